"""JSON lines: what comes out for what goes in, and the lines that are refused."""

import json

from case import Case, run, turn


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
        found = self.analyze('{"text":"ordinary food"}\n', "--role", "customer", "--channel", "survey")[0]
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
                     + turn(text="x", name=None, time=None, channel=None, turn=None))
        self.assertEqual(self.analyze(turn(text="x", role=None), "--role", "staff")[0]["role"], "staff")

    def test_utf8_is_not_escaped(self):
        code, out, _ = run("analyze", *self.toy, "--format", "jsonl", "-", stdin='{"conversation":"caf\\u00e9 \\ud83d\\ude00","role":"agent","text":"x"}\n')
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

    def test_evidence_in_an_earlier_turn(self):
        content = turn(conversation=1, role="customer", turn=10, text="Ordinary.") + turn(conversation=1, role="agent", turn=20, text="Goodbye.")
        finding = self.analyze(content, "--evidence")[1]["findings"][0]
        self.assertEqual(finding["signal"], "conv.unthanked")
        self.assertIn(("plain.answer/1", 10, 0, 8, "Ordinary"),
                      [(piece["rule"], piece["turn"], piece["start"], piece["end"], piece["text"]) for piece in finding["evidence"]])

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
        finding = self.analyze('{"text":"a\\u0000 thank you"}', "--role", "agent")[0]["findings"][0]
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
            '{"text":"x","role":"robot"}': 'unknown role "robot"; there are agent, customer, bot, system, leader, staff',
            '{"text":"x","role":3}': '"role" must be',
            '{"role":"agent","text":"x","channel":"fax"}': 'unknown channel "fax"; there are unknown, call, chat, email, social, survey, review',
            '{"role":"agent","text":"x","channel":[]}': '"channel" must be',
            '{"role":"agent","text":"x","conversation":1.5}': '"conversation" must be',
            '{"role":"agent","text":"x","conversation":{}}': '"conversation" must be',
            '{"text":"x"}': 'no "role": one of agent, customer, bot, system, leader, staff; or give --role',
            '{"text":"x","role":null}': 'no "role"',
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
        out, errors = self.refusals(b'{"text":"a \xff b"}\n{"text":"\xc3\xa9 thank you"}\n', "--role", "agent")
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

    def test_a_table_is_no_transcript(self):
        for header in ("conversation,time,speaker,text", '"id";"Message";"who"', "speaker\tutterance", "\n\ntext,role"):
            code, out, errors = run("analyze", *self.toy, "-", stdin=header + "\nC-1,09:02,agent,It was fine.\n")
            self.assertEqual((code, out), (2, ""), header)
            self.assertIn("a table with a header", errors)
            self.assertIn("csv.DictReader", errors)
        self.assertEqual(len(self.analyze("text,role\nIt was fine.\n", "--input", "text")), 2)
        for speech in ("Text, please.", "text", "a,b", "text, role", "texts,role", "Customer: text,role", ",", "contents,tex"):
            self.assertEqual(len(self.analyze(speech + "\n")), 1, speech)

    def test_an_array_is_no_lines(self):
        for content in ('[{"role":"agent","text":"x"}]', '\n [\n{"role":"agent","text":"x"}\n]\n', "[]"):
            code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin=content)
            self.assertEqual((code, out), (2, ""), content)
            self.assertIn("one object a line", errors)
        self.assertEqual(run("analyze", *self.toy, "--input", "jsonl", "-", stdin="[1]")[0], 2)
        self.assertEqual(len(self.analyze("[10:02] Agent: Thank you.\n")), 1)
        self.assertEqual(len(self.analyze("[\nx\n", "--input", "text")), 2)
