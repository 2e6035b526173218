"""What people see: analyze and explain."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios

import case
from case import TOY, Case, run, turn


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

    def test_evidence_is_shown(self):
        content = "Agent: how kind, thank you\n"
        self.assertEqual(self.human(content, "--evidence"), self.human(content, "--why"))

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

    def on_terminal(self, *arguments, stderr_only=False, env=None):
        """What the program writes to a terminal of 50 columns."""
        mine, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
        environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")} | {"TERM": "xterm"} | (env or {})
        program = subprocess.Popen([case.care, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if stderr_only else its,
                                   stderr=its, env=environment)
        os.close(its)
        written = b""
        try:
            while chunk := os.read(mine, 65536):
                written += chunk
        except OSError:  # the other end is closed
            pass
        os.close(mine)
        self.assertEqual(program.wait(60), 0)
        return written.decode()

    def test_terminal(self):
        path = self.file("screen.txt", "Agent: " + "word " * 30 + "thank you\n")
        out = self.on_terminal("analyze", *self.toy, path)
        self.assertIn("\x1b[0;32m", out)
        self.assertNotIn("\x1b", self.on_terminal("analyze", *self.toy, path, env={"NO_COLOR": "1"}))
        self.assertNotIn("\x1b", self.on_terminal("analyze", *self.toy, path, env={"TERM": "dumb"}))
        plain = self.on_terminal("analyze", *self.toy, "--color", "never", path)
        self.assertTrue(all(len(line) <= 50 for line in plain.splitlines()[2:]), plain)

    def test_legend(self):
        path = self.file("legend.txt", "Agent: Thank you.\n")
        words = " ".join(re.sub("\x1b[^m]*m", "", self.on_terminal("analyze", *self.toy, path)).split())
        self.assertIn("the number is the confidence, 0 to 100; green counts", words)
        self.assertIn("= marks a finding about the conversation", words)
        self.assertNotIn("green", self.on_terminal("analyze", *self.toy, "--color", "never", path))
        self.assertNotIn("confidence", self.on_terminal("analyze", *self.toy, self.file("nothing.txt", "Agent: x\n")))
        self.assertNotIn("confidence, 0", self.human("Agent: Thank you.\n"))

    def test_progress(self):
        path = self.file("large.jsonl", turn(text="word " * 1000) * 4000)
        self.assertRegex(self.on_terminal("analyze", *self.toy, "--format", "jsonl", path, stderr_only=True), r"large\.jsonl: \d+ of 19 MB, \d+ %")
        small = self.file("small.jsonl", turn(text="word"))
        self.assertEqual(self.on_terminal("analyze", *self.toy, "--format", "jsonl", small, stderr_only=True), "")
        self.assertEqual(run("analyze", *self.toy, "--format", "jsonl", path)[2], "")

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
        self.assertEqual(list(found), ["text", "role", "channel", "words", "findings", "suppressed"])
        raw = found["text"].encode()
        for word in found["words"]:
            self.assertEqual(set(word), {"start", "end", "sentence", "form"})
            self.assertTrue(raw[word["start"]:word["end"]].decode().strip())
        self.assertTrue(any(word["form"] is not None for word in found["words"]))
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

    def test_a_pack_whose_examples_fail(self):
        bad = self.file("failing.care", TOY.replace("yes     Thank you.", "yes     Never mind.").replace("cue     trouble", "list    answer  fine |\n  no | yes\ncue     trouble"))
        self.assertEqual(run("analyze", "--base", "none", "--pack", bad, "-")[0], 2)
        code, out, errors = run("explain", "--base", "none", "--pack", bad, "--format", "json", "Thank you")
        self.assertEqual((code, json.loads(out)["findings"][0]["line"]), (0, 19), errors)
        self.assertIn("examples were not run", errors)
        self.assertEqual(len(errors.splitlines()), 1)

    def test_a_layer_that_breaks_the_examples_below(self):
        blob = self.folder / "below.pack"
        self.assertEqual(run("pack", "compile", "--base", "none", blob, self.pack)[0], 0)
        more = self.file("breaks.care", "pack more 1\nextend signal thanks.plain\n    not    thank you\n    no (speaker)  Hm,\n    yes   Nothing.\n")
        for packs in (("--pack", blob, "--pack", more), (*self.toy, "--pack", more), ("--base", blob, "--pack", more)):
            self.assertEqual(run("analyze", *packs, "-")[0], 2)
            code, out, errors = run("explain", *packs, "--format", "json", "Thank you")
            self.assertEqual([each["reason"] for each in json.loads(out)["suppressed"]], ["not"], errors)
        code, out, errors = run("explain", "--pack", blob, "--format", "json", "Thank you")
        self.assertEqual((len(json.loads(out)["findings"]), errors), (1, ""))

    def test_a_mistake_keeps_its_line(self):
        bad = self.file("mistake.care", TOY + "signal  thanks.more\n    yes  One.\n    say 80 (x\n")
        code, out, errors = run("explain", "--base", "none", "--pack", bad, "x")
        self.assertEqual(code, 2)
        self.assertIn(f"{bad}:{TOY.count(chr(10)) + 3}:", errors)

    def test_a_speaker_is_the_role(self):
        code, out, errors = run("explain", *self.toy, "--format", "json", "customer: Ordinary.")
        found = json.loads(out)
        self.assertEqual((found["role"], found["text"], len(found["findings"])), ("customer", "Ordinary.", 1))
        self.assertIn("--role customer", errors)
        code, out, errors = run("explain", *self.toy, "--format", "json", "--role", "agent", "Customer: Ordinary.")
        self.assertEqual((json.loads(out)["role"], json.loads(out)["text"]), ("agent", "Customer: Ordinary."))
        for text in ("Note: Ordinary.", ": x", "Customer", "Customer " * 9 + ": x"):
            self.assertEqual(json.loads(run("explain", *self.toy, "--format", "json", text)[1])["text"], text)
