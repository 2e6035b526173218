#!/usr/bin/env python3
"""The command line, from outside: every line of its contract, bad input, exit codes, streaming.

    python3 tests/cli/test_cli.py PATH/TO/care

Most tests use a small pack of their own, so that they say what the program does and not what the English pack hears."""

import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import unittest

CARE = ""
ROOT = pathlib.Path(__file__).resolve().parents[2]
CONVERSATIONS = sorted((ROOT / "examples" / "conversations").glob("*.txt"))

TOY = """\
pack toy 1
stemmer none
word    be: am is are was 's 'm
speaker agent: Agent | Rep
speaker customer: Customer

list    gift    tulips | cake
slot    gift    <gift>
cue     trouble by customer
    say     broken

context negated
    after   not | never   up to 3

family  thanks  by agent   counts for   pillar enrich   drop negated
signal  thanks.plain    "thanks the customer"
    say 90 @thanks  thank you
    hint 30         kind
    yes     Thank you.
    no (negated)    I will never thank you.
signal  thanks.gift     "promises a gift"
    say 80          bring {gift}
    yes     {gift=tulips} We bring tulips.

family  plain   by customer   counts against   drop none
signal  plain.answer    "a plain answer"
    say 70          ^ ordinary $
    yes     Ordinary.
signal  plain.trouble   "says again what is broken"
    draft
    say 60          still broken
    yes     It is still broken.

family  sign    by anyone   counts neither   drop none
signal  sign.survey     "an ordinary answer where the channel asks"
    say 55          ordinary    needs channel survey
    yes     [survey] It was ordinary.

conversation conv.unthanked  "a plain answer that nobody thanked for"
    opens   customer plain.answer
    met     agent thanks.plain within 1
    yes     Customer: Ordinary. / Agent: Goodbye.
    no      Customer: Ordinary. / Agent: Thank you.
"""


def run(*arguments, stdin=b"", env=None):
    """Runs care; gives exit code, output and errors as text. It may not take longer than a minute."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    environment.update(env or {})
    done = subprocess.run([CARE, *map(str, arguments)], input=stdin, capture_output=True, timeout=60, env=environment)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.kept.name)
        cls.pack = cls.folder / "toy.care"
        cls.pack.write_text(TOY)
        cls.toy = ("--base", "none", "--pack", cls.pack)

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def analyze(self, content, *arguments, expect=0):
        """The objects of `care analyze --format jsonl` on this input."""
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", *arguments, "-", stdin=content)
        self.assertEqual(code, expect, errors)
        return [json.loads(line) for line in out.splitlines()]

    def refusals(self, content, *arguments):
        code, out, errors = run("analyze", *self.toy, "--input", "jsonl", "--format", "jsonl", *arguments, "-", stdin=content)
        self.assertEqual(code, 3, errors)
        return out.splitlines(), errors.splitlines()


def turn(**members):
    return json.dumps(members, ensure_ascii=False) + "\n"


class Lines(Case):
    """JSON lines in, JSON lines out."""

    def test_exact_bytes(self):
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin=turn(conversation="c1", turn=0, role="customer", text="Ordinary."))
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(out, '{"conversation":"c1","turn":0,"role":"customer","findings":[{"signal":"plain.answer","start":0,"end":8,'
                              '"confidence":70,"rule":"plain.answer/1","text":"Ordinary"}]}\n')

    def test_order_and_count(self):
        content = "".join(turn(conversation=f"c{i // 3}", turn=i % 3, role="agent", text=f"Thank you {i}.") for i in range(300))
        found = self.analyze(content)
        self.assertEqual([(each["conversation"], each["turn"]) for each in found], [(f"c{i // 3}", i % 3) for i in range(300)])
        self.assertTrue(all(len(each["findings"]) == 1 for each in found))

    def test_conversation_is_echoed(self):
        content = turn(conversation=17, text="a") + turn(conversation="17", text="b") + turn(text="c") + turn(conversation=None, text="d")
        content += turn(conversation="é\u2028\"\\\n", text="e") + turn(conversation=-9223372036854775808, text="f") + turn(conversation="", text="g")
        found = self.analyze(content)
        self.assertEqual([each["conversation"] for each in found], [17, "17", None, None, "é\u2028\"\\\n", -9223372036854775808, ""])
        self.assertEqual([each["turn"] for each in found], [0, 0, 0, 1, 0, 0, 0])

    def test_turn_is_counted_or_echoed(self):
        content = turn(conversation=1, text="a") + turn(conversation=1, text="b") + turn(conversation=1, turn=40, text="c") + turn(conversation=1, text="d")
        self.assertEqual([each["turn"] for each in self.analyze(content)], [0, 1, 40, 41])

    def test_role_and_channel_defaults(self):
        self.assertEqual(self.analyze(turn(text="Thank you."))[0]["role"], "agent")
        found = self.analyze(turn(text="ordinary food"), "--role", "customer", "--channel", "survey")[0]
        self.assertEqual((found["role"], found["findings"][0]["signal"]), ("customer", "sign.survey"))
        self.assertEqual(self.analyze(turn(text="ordinary food", role="customer", channel="survey"))[0]["findings"][0]["signal"], "sign.survey")
        self.assertEqual(self.analyze(turn(text="ordinary food", role="customer", channel="call"), "--channel", "survey")[0]["findings"], [])

    def test_every_role_and_channel(self):
        for role in ("agent", "customer", "bot", "system", "leader", "staff"):
            self.assertEqual(self.analyze(turn(text="x", role=role))[0]["role"], role)
        for channel in ("call", "chat", "email", "social", "survey", "review"):
            self.analyze(turn(text="x", channel=channel))

    def test_members_that_are_allowed(self):
        self.analyze(turn(text="x", name="Jo", time=1700000000000, other={"a": [1]}) + turn(text="x", time="2024-01-01T00:00:00Z") + turn(text="x", time=1.5)
                     + turn(text="x", name=None, time=None, role=None, channel=None, turn=None))

    def test_utf8_is_not_escaped(self):
        code, out, _ = run("analyze", *self.toy, "--format", "jsonl", "-", stdin='{"conversation":"caf\\u00e9 \\ud83d\\ude00","text":"x"}\n')
        self.assertEqual(out, '{"conversation":"café 😀","turn":0,"role":"agent","findings":[]}\n')

    def test_offsets(self):
        text = "é 😀 Thank you"
        spans = {"byte": (8, 17), "utf16": (5, 14), "codepoint": (4, 13)}
        for unit, span in spans.items():
            finding = self.analyze(turn(text=text), "--offsets", unit)[0]["findings"][0]
            self.assertEqual((finding["start"], finding["end"], finding["text"]), (*span, "Thank you"), unit)
        self.assertEqual(text.encode()[8:17], b"Thank you")
        self.assertEqual(text[4:13], "Thank you")

    def test_offsets_of_everything(self):
        text = "😀 kind: thank you. We bring cake. I never thank you."
        for unit, encoded in (("byte", text.encode()), ("codepoint", text)):
            found = self.analyze(turn(text=text), "--offsets", unit, "--evidence", "--suppressed")[0]
            places = []
            for each in found["findings"] + found["suppressed"]:
                places += [each, *each.get("slots", ()), *each.get("evidence", ())]
            self.assertGreater(len(places), 5)
            for place in places:
                cut = encoded[place["start"]:place["end"]]
                self.assertEqual(cut if isinstance(cut, str) else cut.decode(), place["text"])

    def test_slots(self):
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin=turn(text="We bring tulips."))
        self.assertIn('"rule":"thanks.gift/1","text":"bring tulips","slots":[{"slot":"gift","start":9,"end":15,"text":"tulips"}]}]}\n', out)

    def test_suppressed(self):
        found = self.analyze(turn(text="I never thank you."))[0]
        self.assertNotIn("suppressed", found)
        found = self.analyze(turn(text="I never thank you."), "--suppressed")[0]
        self.assertEqual(list(found), ["conversation", "turn", "role", "findings", "suppressed"])
        self.assertEqual(found["findings"], [])
        self.assertEqual(list(found["suppressed"][0]), ["signal", "start", "end", "confidence", "rule", "text", "reason"])
        self.assertEqual((found["suppressed"][0]["signal"], found["suppressed"][0]["reason"]), ("thanks.plain", "negated"))
        self.assertEqual(self.analyze(turn(text="x"), "--suppressed")[0]["suppressed"], [])

    def test_suppressed_speaker(self):
        found = self.analyze(turn(text="Thank you.", role="customer"), "--suppressed")[0]
        self.assertEqual([each["reason"] for each in found["suppressed"]], ["speaker"])

    def test_evidence(self):
        finding = self.analyze(turn(text="How kind, thank you.", turn=7), "--evidence")[0]["findings"][0]
        self.assertEqual(list(finding), ["signal", "start", "end", "confidence", "rule", "text", "evidence"])
        self.assertEqual(finding["confidence"], 99)
        for piece in finding["evidence"]:
            self.assertEqual(list(piece), ["rule", "start", "end", "turn", "weight", "text"])
            self.assertEqual(piece["turn"], 7)
        self.assertEqual({(piece["rule"], piece["weight"], piece["text"]) for piece in finding["evidence"]},
                         {("thanks.plain/thanks", 90, "thank you"), ("thanks.plain/2", 30, "kind")})

    def test_system_is_never_judged(self):
        found = self.analyze(turn(text="Thank you.", role="system"), "--suppressed")[0]
        self.assertEqual(found["findings"], [])

    def test_conversations_remember(self):
        content = turn(conversation=1, role="customer", text="Ordinary.") + turn(conversation=1, role="agent", text="Goodbye.")
        self.assertEqual([[each["signal"] for each in line["findings"]] for line in self.analyze(content)], [["plain.answer"], ["conv.unthanked"]])
        content = turn(conversation=1, role="customer", text="Ordinary.") + turn(conversation=2, role="agent", text="Goodbye.")
        self.assertEqual([[each["signal"] for each in line["findings"]] for line in self.analyze(content)], [["plain.answer"], []])

    def test_json_array(self):
        content = turn(conversation=1, text="Thank you.") + turn(conversation=1, text="x")
        code, out, _ = run("analyze", *self.toy, "--format", "json", "-", stdin=content)
        self.assertEqual(json.loads(out), self.analyze(content))
        code, out, _ = run("analyze", *self.toy, "--format", "json", "-", stdin="")
        self.assertEqual((code, json.loads(out)), (0, []))
        one = self.file("one.jsonl", content)
        code, out, _ = run("analyze", *self.toy, "--format", "json", one, one)
        self.assertEqual(len(json.loads(out)), 4)

    def test_detection(self):
        self.assertEqual(self.analyze("\n  " + turn(text="Thank you."))[0]["conversation"], None)
        self.assertEqual(self.analyze("\ufeff" + turn(text="Thank you."))[0]["conversation"], None)
        self.assertEqual(self.analyze(turn(text="Thank you."), "--input", "text")[0]["conversation"], "-")

    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r", "\n\n\r\n  \n"):
            content = end.join(turn(text="Thank you.").strip() for _ in range(3))
            self.assertEqual(len(self.analyze(content)), 3, repr(end))

    def test_long_lines(self):
        text = "word " * 2_200_000 + "thank you"
        found = self.analyze(turn(text=text) + turn(text="Thank you."))
        self.assertEqual([len(each["findings"]) for each in found], [1, 1])
        self.assertEqual(found[0]["findings"][0]["end"], len(text))

    def test_nul_in_text(self):
        finding = self.analyze('{"text":"a\\u0000 thank you"}')[0]["findings"][0]
        self.assertEqual((finding["start"], finding["end"]), (3, 12))

    def test_same_bytes_twice(self):
        content = "".join(turn(conversation=i // 4, role=("agent", "customer")[i % 2], text="Thank you, ordinary kind cake.") for i in range(100))
        first = run("analyze", *self.toy, "--format", "jsonl", "--evidence", "--suppressed", "-", stdin=content)
        self.assertEqual(first, run("analyze", *self.toy, "--format", "jsonl", "--evidence", "--suppressed", "-", stdin=content))


class Refusals(Case):
    """Lines that cannot be used are named; the rest goes on."""

    def test_each_kind(self):
        bad = {
            '{"conversation":1,"text":"x"': "not valid JSON",
            "not json": "not valid JSON",
            '{"text":"x"} y': "not valid JSON",
            '{"text":"x","text":"y"}': "not valid JSON",
            '[{"text":"x"}]': "not a JSON object",
            '"text"': "not valid JSON",
            '{"conversation":1}': 'no "text"',
            '{"text":null}': 'no "text"',
            '{"text":5}': '"text" must be',
            '{"text":["x"]}': '"text" must be',
            '{"text":"x","role":"robot"}': 'unknown role "robot"',
            '{"text":"x","role":3}': '"role" must be',
            '{"text":"x","channel":"fax"}': 'unknown channel "fax"',
            '{"text":"x","channel":[]}': '"channel" must be',
            '{"text":"x","conversation":1.5}': '"conversation" must be',
            '{"text":"x","conversation":{}}': '"conversation" must be',
            '{"text":"x","turn":"1"}': '"turn" must be',
            '{"text":"x","turn":1.0}': '"turn" must be',
            '{"text":"x","name":1}': '"name" must be',
            '{"text":"x","time":true}': '"time" must be',
            '{"text":"x","turn":123456789012345678901}': "not valid JSON",
            '{"text":"a \\ud800 b"}': "not valid JSON",
            '{"text":"a \\udc00 b"}': "not valid JSON",
            '{"text":"a \\ud83d\\u0041 b"}': "not valid JSON",
        }
        for line, message in bad.items():
            out, errors = self.refusals(turn(text="Thank you.") + line + "\n" + turn(text="Thank you."))
            self.assertEqual(len(out), 2, line)
            self.assertEqual(len(errors), 1, line)
            self.assertTrue(errors[0].startswith("standard input:2: "), errors)
            self.assertIn(message, errors[0], line)

    def test_ill_formed_utf8(self):
        out, errors = self.refusals(b'{"text":"a \xff b"}\n{"text":"\xc3\xa9 thank you"}\n')
        self.assertEqual((len(out), len(errors)), (1, 1))

    def test_line_numbers_and_file(self):
        path = self.file("bad.jsonl", "\r\n\r\n" + turn(text="x") + "\n{}\n" + turn(text="y") + "oops\n")
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", path)
        self.assertEqual(code, 3)
        self.assertEqual([line.split(": ")[0] for line in errors.splitlines()], [f"{path}:5", f"{path}:7"])
        self.assertEqual(len(out.splitlines()), 2)

    def test_refused_lines_do_not_count(self):
        out, _ = self.refusals(turn(conversation=1, text="a") + "{}\n" + turn(conversation=1, text="b"))
        self.assertEqual([json.loads(line)["turn"] for line in out], [0, 1])

    def test_all_refused(self):
        out, errors = self.refusals("{\n[\n")
        self.assertEqual((out, len(errors)), ([], 2))

    def test_message_is_harmless(self):
        _, errors = self.refusals(turn(text="x", role="\u001b[31mred"))
        self.assertNotIn("\x1b", errors[0])


class Text(Case):
    """Transcripts in plain text."""

    def shape(self, content, *arguments):
        return [(each["role"], len(each["findings"])) for each in self.analyze(content, *arguments)]

    def test_labels(self):
        self.assertEqual(self.shape("Agent: Thank you.\nCustomer: Ordinary.\nRep: x\nAGENT : thank you\ncustomer:ordinary\n"),
                         [("agent", 1), ("customer", 1), ("agent", 0), ("agent", 1), ("customer", 1)])

    def test_continuation_and_blank_lines(self):
        code, out, _ = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="\nAgent: We\n\nbring cake. Note: thank\nyou\n\n\nCustomer: x\n\n")
        found = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([each["role"] for each in found], ["agent", "customer"])
        self.assertEqual(found[0]["findings"][-1]["text"], "thank\nyou")
        self.assertEqual(found[0]["findings"][-1]["end"], len("We\n\nbring cake. Note: thank\nyou"))

    def test_no_label_at_all(self):
        self.assertEqual(self.shape("Thank you.\n\nThank you: again\nx\n"), [("agent", 1), ("agent", 1), ("agent", 0)])
        self.assertEqual(self.shape("Ordinary.\nx\n", "--role", "customer"), [("customer", 1), ("customer", 0)])

    def test_role_does_not_touch_labels(self):
        self.assertEqual(self.shape("Agent: Thank you.\nCustomer: Ordinary.\n", "--role", "staff"), [("agent", 1), ("customer", 1)])

    def test_title(self):
        self.assertEqual(self.shape("A talk: thank you\nof 1 May\n\nAgent: Thank you.\n"), [("system", 0), ("agent", 1)])

    def test_channel_header(self):
        self.assertEqual(self.shape("Channel: Survey\nCustomer: it was ordinary food\n"), [("customer", 1)])
        self.assertEqual(self.shape("channel: call\nCustomer: it was ordinary food\n"), [("customer", 0)])
        self.assertEqual(self.shape("channel: survey\nit was ordinary food\n", "--role", "customer"), [("customer", 1)])
        self.assertEqual(self.shape("Customer: x\nchannel: survey\nCustomer: it was ordinary food\n"), [("customer", 0), ("customer", 0)])

    def test_times_before_labels(self):
        self.assertEqual(self.shape("[10:02] Agent: Thank you.\n10:02:33 Customer: Ordinary.\n(00:14) Rep: thank you\n"),
                         [("agent", 1), ("customer", 1), ("agent", 1)])

    def test_label_option(self):
        content = "Priya: Thank you.\nTom B: Ordinary.\n"
        self.assertEqual(self.shape(content, "--label", "Priya=agent", "--label", "tom b=customer"), [("agent", 1), ("customer", 1)])

    def test_strangers_are_noted_once(self):
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="Agent: x\nPriya: y\nPriya: z\nPriya: w\n")
        self.assertEqual((code, len(out.splitlines()), len(errors.splitlines())), (0, 1, 1))
        self.assertIn("standard input:3: note: 'Priya:'", errors)

    def test_long_labels_are_none(self):
        self.assertEqual(self.shape("Agent: x\n" + " " * 50 + "Agent: Thank you.\n" + "A" * 41 + ": y"), [("agent", 0), ("agent", 1)])

    def test_bytes_marks_and_line_ends(self):
        for content in ("\ufeffAgent: Thank you.\nCustomer: Ordinary.", "Agent: Thank you.\r\nCustomer: Ordinary.\r\n", "Agent: Thank you.\rCustomer: Ordinary.\r"):
            self.assertEqual(self.shape(content), [("agent", 1), ("customer", 1)], repr(content))

    def test_ill_formed_bytes(self):
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin=b"Agent: a\xff thank you\nAgent: \xfe\n")
        self.assertEqual(code, 0)
        self.assertEqual(json.loads(out.splitlines()[0])["findings"][0]["start"], 3)
        self.assertIn("standard input:1: note: ", errors)
        self.assertEqual(len(errors.splitlines()), 1)

    def test_utf16_is_named(self):
        code, out, errors = run("analyze", *self.toy, self.file("wide.txt", "Agent: x\n".encode("utf-16")))
        self.assertEqual((code, out), (2, ""))
        self.assertIn("UTF-16", errors)

    def test_empty(self):
        for content in ("", "\n\n", "\ufeff"):
            self.assertEqual(self.analyze(content), [])

    def test_conversation_is_the_file(self):
        path = self.file("talk.txt", "Agent: Thank you.\n")
        code, out, _ = run("analyze", *self.toy, "--format", "jsonl", path)
        self.assertEqual(json.loads(out)["conversation"], str(path))

    def test_without_labels_and_without_end(self):
        content = "Thank you and so on.\n" * 100_000
        self.assertEqual(len(self.analyze(content)), 100_000)


class Human(Case):
    """What people see."""

    def human(self, content, *arguments, env=None):
        code, out, errors = run("analyze", *self.toy, *arguments, "-", stdin=content, env=env)
        self.assertEqual(code, 0, errors)
        return out

    def test_underline_and_label(self):
        lines = self.human("Agent: Hello, thank you.\n").splitlines()
        at = lines.index("  0  agent     Hello, thank you.")
        self.assertEqual(lines[at + 1], "                      ^~~~~~~~~ thanks.plain 90  thanks the customer")

    def test_summary(self):
        out = self.human("Agent: Thank you. Thank you.\nCustomer: Ordinary.\nAgent: Bye.\n")
        self.assertIn("\n     3 turns, 4 findings\n", out)
        self.assertIn("     for       thanks.plain 2\n", out)
        self.assertIn("     against   plain.answer", out)
        self.assertIn("= conv.unthanked", out)
        self.assertIn("1 turn, nothing found", self.human("Agent: x\n"))

    def test_wrapping(self):
        out = self.human("Agent: " + "wordy " * 60 + "thank you " + "日本語" * 40 + "\n", "--width", "60")
        for line in out.splitlines():
            wide = sum(2 if ord(character) > 0x2fff else 1 for character in line)
            self.assertLessEqual(wide, 60, line)

    def test_underline_is_under_wide_and_combining(self):
        lines = self.human("Agent: 日本 cafe\u0301 😀 thank you\n").splitlines()
        under = [line for line in lines if "^~" in line][0]
        self.assertEqual(under.index("^"), 15 + 4 + 1 + 4 + 1 + 2 + 1)

    def test_a_finding_over_two_lines(self):
        lines = self.human("Agent: " + "x" * 19 + " thank you\n", "--width", "40").splitlines()
        self.assertTrue(any(line.strip() == "^~~~~" for line in lines), lines)
        self.assertTrue(any(line.strip().startswith("~~~") for line in lines), lines)

    def test_why(self):
        out = self.human("Agent: how kind, thank you\n", "--why")
        self.assertIn(f"rule thanks.plain/thanks, ", out)
        self.assertIn("say 90 @thanks thank you", out)
        self.assertIn('+30 "kind" by thanks.plain/2', out)

    def test_suppressed(self):
        out = self.human("Agent: I never thank you\n", "--suppressed")
        self.assertIn("^-------- thanks.plain 90  not counted: negated", out)

    def test_slots(self):
        self.assertIn('{gift "cake"}', self.human("Agent: we bring cake\n"))

    def test_colour(self):
        content = "Agent: Thank you.\nCustomer: Ordinary.\n"
        plain = self.human(content)
        self.assertNotIn("\x1b", plain)
        self.assertNotIn("\x1b", self.human(content, "--color", "never"))
        colour = self.human(content, "--color", "always", env={"NO_COLOR": "1"})
        self.assertIn("\x1b[0;32mThank you", colour)
        self.assertIn("\x1b[0;31mOrdinary", colour)

    def test_nothing_from_outside_controls_the_screen(self):
        out = self.human("Agent: a \x1b[2J thank \x1b you \u202e x \x7f \u009b31m\n", "--why")
        for character in "\x1b\u202e\x7f\u009b":
            self.assertNotIn(character, out)

    def test_columns(self):
        out = self.human("Agent: " + "word " * 40 + "\n", env={"COLUMNS": "50"})
        self.assertLessEqual(max(map(len, out.splitlines())), 50)

    def test_several_conversations(self):
        code, out, _ = run("analyze", *self.toy, "-", stdin=turn(conversation=5, text="x", channel="chat") + turn(conversation="six", text="y"))
        self.assertIn("5 (chat)\n", out)
        self.assertIn("six\n", out)
        self.assertTrue(out.endswith("2 conversations, 2 turns\n"))


class Explain(Case):
    def test_human(self):
        code, out, _ = run("explain", *self.toy, "I never thank you, how kind")
        self.assertEqual(code, 0)
        self.assertIn("not counted: negated", out)
        self.assertIn("say 90 @thanks thank you", out)
        self.assertIn("toy.care:", out)
        self.assertIn("nothing found", out)

    def test_json(self):
        code, out, _ = run("explain", *self.toy, "--format", "json", "How kind, thank you")
        found = json.loads(out)
        self.assertEqual(list(found), ["text", "role", "channel", "findings", "suppressed"])
        finding = found["findings"][0]
        self.assertEqual(list(finding), ["signal", "start", "end", "confidence", "rule", "text", "evidence", "degree", "contexts", "rule_text", "file", "line"])
        self.assertEqual((finding["rule_text"].split(), finding["line"]), (["say", "90", "@thanks", "thank", "you"], 17))

    def test_role_channel_previous(self):
        code, out, _ = run("explain", *self.toy, "--format", "json", "--role", "customer", "--channel", "survey", "It was ordinary")
        self.assertEqual([each["signal"] for each in json.loads(out)["findings"]], ["sign.survey"])
        code, out, _ = run("explain", *self.toy, "--format", "json", "--previous", "Ordinary.", "Goodbye")
        self.assertEqual([each["signal"] for each in json.loads(out)["findings"]], ["conv.unthanked"])
        code, out, _ = run("explain", *self.toy, "--previous", "Thank you", "Goodbye")
        self.assertIn("customer  Thank you\n", out)

    def test_standard_input_and_dashes(self):
        self.assertEqual(json.loads(run("explain", *self.toy, "--format", "json", "-", stdin="Thank you\n")[1])["text"], "Thank you")
        self.assertEqual(json.loads(run("explain", *self.toy, "--format", "json", "--", "--help")[1])["text"], "--help")
        self.assertEqual(run("explain", *self.toy, "--format", "json", "")[0], 0)


class Packs(Case):
    def test_check(self):
        code, out, errors = run("pack", "check", "--base", "none", self.pack)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("ok: toy 1: 1 layer, 6 signals", out)
        self.assertTrue(out.endswith("\n"))
        self.assertIn("0 errors, ", out)

    def test_check_shows_all_problems(self):
        bad = self.file("bad.care", "pack bad 1\nstemmer none\nspeaker agent: Agent\nlist a  <nothing>\nfamily f by agent\nsignal f.a \"m\"\n    say 90 (x\n    sayy 3 y\n")
        code, out, _ = run("pack", "check", "--base", "none", bad)
        self.assertEqual(code, 2)
        places = [line for line in out.splitlines() if line.startswith(f"{bad}:")]
        self.assertGreaterEqual(len(places), 2, out)
        for line in places:
            self.assertRegex(line[len(str(bad)):], r"^:\d+:\d+: \S")
        self.assertRegex(out, r"\n\d+ errors, \d+ notes\n$")

    def test_check_runs_examples(self):
        bad = self.file("examples.care", TOY.replace("yes     Ordinary.", "yes     Rather special."))
        code, out, _ = run("pack", "check", "--base", "none", bad)
        self.assertEqual(code, 2)
        self.assertIn(f"{bad}:{TOY[:TOY.index('yes     Ordinary.')].count(chr(10)) + 1}:", out)

    def test_missing_files(self):
        for arguments in (("check", self.folder / "none.care"), ("compile", self.folder / "x.pack", self.folder / "none.care"), ("list", "--pack", self.folder / "none.care")):
            code, out, errors = run("pack", *arguments)
            self.assertEqual(code, 2)
            self.assertIn("none.care", errors)

    def test_compile_and_use(self):
        blob = self.folder / "toy.pack"
        code, out, errors = run("pack", "compile", "--base", "none", blob, self.pack)
        self.assertEqual((code, out, errors), (0, "", ""))
        again = run("pack", "compile", "--base", "none", self.folder / "again.pack", self.pack)
        self.assertEqual(blob.read_bytes(), (self.folder / "again.pack").read_bytes())
        content = turn(text="Thank you.")
        for arguments in (("--pack", blob), ("--base", blob), ("--base", "none", "--pack", blob)):
            code, out, errors = run("analyze", *arguments, "--format", "jsonl", "-", stdin=content)
            self.assertEqual((code, [json.loads(out)]), (0, self.analyze(content)), errors)

    def test_compile_to_standard_output(self):
        blob = subprocess.run([CARE, "pack", "compile", "--base", "none", "-", str(self.pack)], capture_output=True, timeout=60).stdout
        run("pack", "compile", "--base", "none", self.folder / "same.pack", self.pack)
        self.assertEqual(blob, (self.folder / "same.pack").read_bytes())

    def test_compile_does_not_touch_out_on_failure(self):
        out_file = self.file("kept.pack", "precious")
        bad = self.file("broken.care", "pack bad 1\nnonsense\n")
        code, _, errors = run("pack", "compile", "--base", "none", out_file, bad)
        self.assertEqual(code, 2)
        self.assertIn("broken.care:2:", errors)
        self.assertEqual(out_file.read_bytes(), b"precious")
        self.assertEqual([path.name for path in self.folder.glob("kept.pack*")], ["kept.pack"])

    def test_compile_mistakes(self):
        code, _, errors = run("pack", "compile", self.pack, self.pack)
        self.assertEqual(code, 1)
        self.assertEqual(self.pack.read_text(), TOY)
        self.assertEqual(run("pack", "compile", self.folder / "x.pack")[0], 1)
        self.assertEqual(run("pack", "compile", "--base", "none", self.folder / "nowhere" / "x.pack", self.pack)[0], 4)

    def test_corrupt_blob(self):
        run("pack", "compile", "--base", "none", self.folder / "good.pack", self.pack)
        good = (self.folder / "good.pack").read_bytes()
        for name, content in (("cut.pack", good[:-7]), ("short.pack", good[:20]), ("bent.pack", good[:200] + bytes([good[200] ^ 1]) + good[201:]), ("zero.pack", bytes(100))):
            code, out, errors = run("pack", "list", "--pack", self.file(name, content))
            self.assertEqual((code, out), (2, ""), name)
            self.assertIn(name, errors)

    def test_layers(self):
        more = self.file("more.care", "pack more 1\nextend signal thanks.plain\n    say 60 @ta  ta\n    yes     Ta.\n")
        for pack in (more,):
            code, out, errors = run("analyze", *self.toy, "--pack", pack, "--format", "jsonl", "-", stdin=turn(text="ta and thank you"))
            self.assertEqual(code, 0, errors)
            self.assertEqual([each["rule"] for each in json.loads(out)["findings"]], ["thanks.plain/ta", "thanks.plain/thanks"])
        blob, base = self.folder / "more.pack", self.folder / "base.pack"
        self.assertEqual(run("pack", "compile", "--base", "none", base, self.pack)[0], 0)
        self.assertEqual(run("pack", "compile", "--base", base, blob, more)[0], 0)
        for packs in (("--pack", blob), ("--pack", base, "--pack", blob), ("--base", self.pack, "--pack", blob)):
            code, out, errors = run("analyze", *packs, "--format", "jsonl", "-", stdin=turn(text="ta and thank you"))
            self.assertEqual(code, 0, errors)
            self.assertEqual([each["rule"] for each in json.loads(out)["findings"]], ["thanks.plain/ta", "thanks.plain/thanks"])

    def test_a_pack_in_two_files(self):
        head, tail = TOY[:TOY.index("family  plain")], TOY[TOY.index("family  plain"):]
        one, two = self.file("one.care", head), self.file("two.care", tail)
        code, out, errors = run("pack", "check", "--base", "none", one, two)
        self.assertEqual(code, 0, out + errors)
        self.assertIn("1 layer, 6 signals", out)
        code, out, errors = run("analyze", "--base", "none", "--pack", one, "--pack", two, "--format", "jsonl", "-", stdin=turn(text="Thank you."))
        self.assertEqual(code, 0, errors)

    def test_list(self):
        code, out, _ = run("pack", "list", *self.toy)
        self.assertEqual(code, 0)
        lines = {line.split()[0]: line for line in out.splitlines() if line}
        self.assertRegex(lines["thanks.plain"], r"^thanks\.plain +agent +for +enrich +2 +thanks the customer$")
        self.assertRegex(lines["plain.trouble*"], r"^plain\.trouble\* +customer +against +1 +says again")
        self.assertRegex(lines["sign.survey"], r"^sign\.survey +anyone +neither +1 ")
        code, out, _ = run("pack", "list", *self.toy, "--format", "json")
        first = json.loads(out)[0]
        self.assertEqual(first, {"signal": "thanks.plain", "by": ["agent", "bot"], "counts": "for", "pillar": "enrich", "draft": False,
                                 "conversation": False, "rule_count": 2, "meaning": "thanks the customer"})
        self.assertEqual([each["signal"] for each in json.loads(out) if each["conversation"]], ["conv.unthanked"])
        code, out, _ = run("pack", "list", *self.toy, "--format", "jsonl")
        self.assertEqual(len([json.loads(line) for line in out.splitlines()]), 6)

    def test_show(self):
        code, out, _ = run("pack", "show", *self.toy, "thanks.plain")
        self.assertEqual(code, 0)
        self.assertIn("thanks.plain  thanks the customer\n  by agent, counts for, pillar enrich\n", out)
        self.assertRegex(out, r"   90  thanks\.plain/thanks  .*toy\.care:17\n       say 90 @thanks thank you\n")
        code, out, _ = run("pack", "show", *self.toy, "--format", "json", "thanks")
        shown = json.loads(out)
        self.assertEqual([each["signal"] for each in shown], ["thanks.plain", "thanks.gift"])
        self.assertEqual(list(shown[0]["rules"][0]), ["rule", "weight", "file", "line", "text", "forms"])
        self.assertTrue({"thank", "you"} <= set(" ".join(shown[0]["rules"][0]["forms"]).split()))
        self.assertEqual(run("pack", "show", *self.toy, "thanks.nobody")[0], 1)


class CommandLine(Case):
    def test_help(self):
        for arguments in (("--help",), ("help",), ("analyze", "--help"), ("explain", "--help"), ("pack", "--help"), ("pack", "list", "--help"),
                          ("pack", "show", "--help"), ("pack", "check", "--help"), ("pack", "compile", "--help"), ("help", "analyze"), ("help", "pack")):
            code, out, errors = run(*arguments)
            self.assertEqual((code, errors), (0, ""), arguments)
            self.assertIn("Usage: care", out)
            self.assertLessEqual(max(map(len, out.splitlines())), 80)
        for number in "01234":
            self.assertRegex(run("--help")[1], rf"\n  {number}  \S")

    def test_version(self):
        code, out, _ = run("--version")
        self.assertRegex(out, r"^care \d+\.\d+\.\d+\n$")

    def test_usage_errors(self):
        for arguments in ((), ("nonsense",), ("help", "nonsense"), ("analyze",), ("analyze", "--nonsense", "-"), ("analyze", "-x", "-"), ("analyze", "--role", "king", "-"),
                          ("analyze", "--role"), ("analyze", "--channel", "fax", "-"), ("analyze", "--format", "xml", "-"), ("analyze", "--offsets", "bits", "-"),
                          ("analyze", "--offsets", "utf16", "-"), ("analyze", "--input", "csv", "-"), ("analyze", "--label", "Jo", "-"),
                          ("analyze", "--label", "Jo=king", "-"), ("analyze", "--color", "pink", "-"), ("analyze", "--width", "7", "-"),
                          ("analyze", "--width", "many", "-"), ("analyze", "--why=3", "-"), ("explain",), ("explain", "two", "texts"), ("pack",),
                          ("pack", "nonsense"), ("pack", "list", "x"), ("pack", "show"), ("pack", "check"), ("pack", "check", "--pack", "x", "y")):
            code, out, errors = run(*arguments)
            self.assertEqual((code, out), (1, ""), arguments)
            self.assertIn("--help", errors, arguments)

    def test_unreadable(self):
        good = self.file("good.txt", "Agent: Thank you.\n")
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", self.folder / "none.txt", self.folder, good)
        self.assertEqual(code, 2)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertEqual(len(errors.splitlines()), 2)
        bad = self.file("bad.jsonl", "{}\n")
        self.assertEqual(run("analyze", *self.toy, bad, self.folder / "none.txt")[0], 2)

    def test_no_pack(self):
        self.assertEqual(run("analyze", "--base", "none", "-")[0], 2)

    def test_output_that_cannot_be_written(self):
        content = turn(text="Thank you.") * 10
        for arguments in (("analyze", *self.toy, "-"), ("explain", *self.toy, "Thank you."), ("pack", "list", *self.toy), ("--help",)):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([CARE, *map(str, arguments)], input=content.encode(), stdout=full, stderr=subprocess.PIPE, timeout=60)
            self.assertEqual(done.returncode, 4, arguments)
            self.assertIn(b"cannot write", done.stderr)

    def test_a_reader_that_leaves(self):
        big = self.file("big.jsonl", turn(text="Thank you.") * 200_000)
        for shape in ("human", "jsonl", "json"):
            program = subprocess.Popen([CARE, "analyze", *map(str, self.toy), "--format", shape, str(big)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            program.stdout.read(100)
            program.stdout.close()
            errors = program.stderr.read()
            program.stderr.close()
            self.assertEqual((program.wait(60), errors), (4, b""))


class Streaming(Case):
    """An answer comes before the next line is sent."""

    def answer(self, program):
        ready, _, _ = select.select([program.stdout], [], [], 30)
        self.assertTrue(ready, "no answer within half a minute")
        return program.stdout.readline()

    def converse(self, *arguments):
        program = subprocess.Popen([CARE, "analyze", *map(str, self.toy), "--input", "jsonl", "--format", "jsonl", *arguments, "-"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        for number in range(3):
            program.stdin.write(turn(conversation=1, text="Thank you.").encode())
            self.assertEqual(json.loads(self.answer(program))["turn"], number)
        program.stdin.close()
        self.assertEqual(program.wait(60), 0)
        program.stdout.close()

    def test_pipe(self):
        self.converse()

    def test_unbuffered(self):
        self.converse("--unbuffered")

    def test_text(self):
        program = subprocess.Popen([CARE, "analyze", *map(str, self.toy), "--format", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        program.stdin.write(b"Agent: Thank you.\nCustomer: ")
        program.stdin.write(b"Ordinary.\n")
        self.assertEqual(json.loads(self.answer(program))["role"], "agent")
        program.stdin.close()
        self.assertEqual(json.loads(self.answer(program))["role"], "customer")
        program.stdout.close()
        self.assertEqual(program.wait(60), 0)

    def test_bytes_one_by_one(self):
        program = subprocess.Popen([CARE, "analyze", *map(str, self.toy), "--format", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        for byte in ("\ufeff" + turn(conversation="é", text="Thank you.")).encode() + b"\r\n":
            program.stdin.write(bytes([byte]))
        self.assertEqual(json.loads(self.answer(program))["conversation"], "é")
        program.stdin.close()
        program.stdout.close()
        self.assertEqual(program.wait(60), 0)


class English(Case):
    """The built-in pack and the conversations that come with the project."""

    def test_conversations(self):
        self.assertEqual(len(CONVERSATIONS), 5)
        for path in CONVERSATIONS:
            code, out, errors = run("analyze", "--format", "jsonl", "--evidence", "--suppressed", path)
            self.assertEqual((code, errors), (0, ""), path)
            turns = [json.loads(line) for line in out.splitlines()]
            self.assertTrue(8 <= len(turns) <= 17, path)
            self.assertTrue(any(each["findings"] for each in turns), path)

    def signals(self, name):
        code, out, _ = run("analyze", "--format", "jsonl", ROOT / "examples" / "conversations" / name)
        return {finding["signal"] for line in out.splitlines() for finding in json.loads(line)["findings"]}

    def test_what_they_are_for(self):
        self.assertTrue(any(signal.startswith("excuse.") for signal in self.signals("support_excuses.txt")))
        self.assertTrue(any(signal.startswith("fine.") for signal in self.signals("hotel_checkout.txt")))
        right = self.signals("doing_it_right.txt")
        self.assertTrue(any(signal.startswith("apology.") for signal in right))
        self.assertFalse(any(signal.startswith(("excuse.", "nonapology.", "blame.")) for signal in right), right)

    def test_own_layer(self):
        own = self.file("own.care", 'pack own 1\nfamily own by agent counts for\nsignal own.xyzzy "says the word"\n    say 90  xyzzy\n    yes     Xyzzy.\n')
        self.assertEqual(run("pack", "check", own)[0], 0)
        code, out, errors = run("analyze", "--pack", own, "--format", "jsonl", "-", stdin=turn(text="Xyzzy!"))
        self.assertEqual([each["signal"] for each in json.loads(out)["findings"]], ["own.xyzzy"], errors)

    def test_list_and_show(self):
        code, out, _ = run("pack", "list", "--format", "jsonl")
        signals = [json.loads(line) for line in out.splitlines()]
        self.assertGreater(len(signals), 20)
        code, out, _ = run("pack", "show", signals[0]["signal"])
        self.assertEqual(code, 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: test_cli.py PATH/TO/care [unittest's arguments]")
    CARE = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
