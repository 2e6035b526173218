"""Transcripts in plain text."""

import json

from case import Case, run


class Text(Case):
    """Transcripts in plain text."""

    def shape(self, content, *arguments):
        return [(each["role"], len(each["findings"])) for each in self.analyze(content, *arguments)]

    def test_labels(self):
        self.assertEqual(self.shape("Agent: Thank you.\nCustomer: x\nRep: x\nAGENT : thank you\ncustomer:ordinary\n"),
                         [("agent", 1), ("customer", 0), ("agent", 0), ("agent", 1), ("customer", 1)])

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

    def test_dates_and_halves_of_the_day(self):
        self.assertEqual(self.shape("2026-01-05 10:02 Agent: Thank you.\n10:03 AM Customer: Ordinary.\n[05/01/2026, 10:04 PM] Rep: thank you\n"),
                         [("agent", 1), ("customer", 1), ("agent", 1)])

    def test_decorated_labels(self):
        self.assertEqual(self.shape("Agent 1: Thank you.\nJo (Customer): Ordinary.\n**Rep:** thank you\n"),
                         [("agent", 1), ("customer", 1), ("agent", 1)])
        self.assertEqual(self.shape("Agent (Priya): Thank you.\nCustomer ( Jo ): Ordinary.\n10:34 AM Rep (Tom B): thank you\n"),
                         [("agent", 1), ("customer", 1), ("agent", 1)])
        self.assertEqual(self.shape("Agent: x\nRoom 1: Thank you.\nTalk (long): thank you\n(): x\n): y\n( : z\n"), [("agent", 2)])

    def test_dashes_behind_labels(self):
        self.assertEqual(self.shape("Agent - Thank you.\n10:02 Customer \u2013 Ordinary.\nRep\tthank you\nAgent 2 \u2014 Thank you: yes\n"),
                         [("agent", 1), ("customer", 1), ("agent", 1), ("agent", 1)])
        self.assertEqual(self.shape("Agent: x\nMonday - thank you\nagent-thank you\n - thank you\nAgent -thank you\n"), [("agent", 4)])

    def test_long_titles_are_noted(self):
        _, _, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="\none\ntwo\nthree\nfour\nAgent: x\n")
        self.assertIn("standard input:2: note: these 4 lines stand above the first speaker", errors)
        _, _, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="one\ntwo\nthree\n\nAgent: x\n")
        self.assertEqual(errors, "")

    def test_label_option(self):
        content = "Priya: Thank you.\nTom B: Ordinary.\n"
        self.assertEqual(self.shape(content, "--label", "Priya=agent", "--label", "tom b=customer"), [("agent", 1), ("customer", 1)])

    def test_strangers_are_noted_once(self):
        code, out, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="Agent: x\nPriya: y\nPriya: z\nPriya: w\n")
        self.assertEqual((code, len(out.splitlines()), len(errors.splitlines())), (0, 1, 1))
        self.assertIn("standard input:3: note: 'Priya:'", errors)
        _, _, errors = run("analyze", *self.toy, "--format", "jsonl", "-", stdin="Agent: x\n[10:02] Priya: y\n[10:03] Priya: z\n")
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
