"""Packs: checked, compiled, layered, listed, shown."""

import json
import subprocess

import case
from case import TOY, Case, run, turn


class Packs(Case):
    def test_check(self):
        code, out, errors = run("pack", "check", "--base", "none", self.pack)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("ok: toy 1: 1 layer, 6 signals", out)
        self.assertTrue(out.endswith("\n"))
        self.assertIn("0 errors, ", out)

    def test_check_shows_all_problems(self):
        bad = self.file("bad.care", "pack bad 1\nspeaker agent: Agent\nlist a  <nothing>\nfamily f by agent\nsignal f.a \"m\"\n    say 90 (x\n    sayy 3 y\n")
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
            self.assertEqual((code, out), (2, ""), "nothing was compiled, so nothing is counted")
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
        blob = subprocess.run([case.care, "pack", "compile", "--base", "none", "-", str(self.pack)], capture_output=True, timeout=60).stdout
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

    def test_a_list_of_files(self):
        head, tail = TOY[:TOY.index("family  plain")], TOY[TOY.index("family  plain"):]
        (self.folder / "parts").mkdir(exist_ok=True)
        self.file("parts/two.care", tail)
        one = self.file("one.care", head)
        order = self.file("order.txt", f"# words first\n\n  {one}\t\r\nparts/two.care")
        code, out, errors = run("pack", "check", "--base", "none", f"@{order}")
        self.assertEqual(code, 0, out + errors)
        self.assertIn("1 layer, 6 signals", out)
        code, out, errors = run("analyze", "--base", "none", "--pack", f"@{order}", "--format", "jsonl", "-", stdin=turn(text="Thank you."))
        self.assertEqual((code, len(json.loads(out)["findings"])), (0, 1), errors)
        for content, said in (("", "names none"), ("#\n \n", "names none"), ("nowhere.care\n", "nowhere.care: No such file")):
            code, out, errors = run("pack", "check", "@" + str(self.file("bad.txt", content)))
            self.assertEqual((code, out), (2, ""))
            self.assertIn(said, errors)
        self.assertIn("No such file", run("pack", "check", f"@{self.folder}/none.txt")[2])

    def test_list(self):
        code, out, _ = run("pack", "list", *self.toy)
        self.assertEqual(code, 0)
        lines = {line.split()[0]: line for line in out.splitlines() if line}
        self.assertRegex(lines["thanks.plain"], r"^thanks\.plain +agent +for +enrich +2 +thanks the customer$")
        self.assertRegex(lines["plain.trouble*"], r"^plain\.trouble\* +customer +against +1 +says again")
        self.assertRegex(lines["sign.survey"], r"^sign\.survey +anyone +neither +1 ")
        layer = self.file("names.care", "pack names 1\ncue first\n    say x\nlist many  a | b\ncue next\n    say y\nextend cue first\n    say z\n")
        code, out, _ = run("pack", "list", "--pack", layer)
        self.assertRegex(out, r"\ncues \('care pack show cue.NAME' prints one\): .*, first, next\n")
        self.assertRegex(out, r"\nlists \('care pack show NAME' prints one\): .*, many\n")
        code, out, _ = run("pack", "list", *self.toy, "--format", "json")
        first = json.loads(out)[0]
        self.assertEqual(first, {"signal": "thanks.plain", "by": ["agent", "bot"], "counts": "for", "pillar": "enrich", "draft": False,
                                 "conversation": False, "drops": ["negated"], "threshold": 60, "rule_count": 2, "meaning": "thanks the customer"})
        self.assertEqual([each["signal"] for each in json.loads(out) if each["conversation"]], ["conv.unthanked"])
        code, out, _ = run("pack", "list", *self.toy, "--format", "jsonl")
        self.assertEqual(len([json.loads(line) for line in out.splitlines()]), 6)

    def test_show(self):
        code, out, _ = run("pack", "show", *self.toy, "thanks.plain")
        self.assertEqual(code, 0)
        self.assertIn("thanks.plain  thanks the customer\n  by agent, counts for, pillar enrich\n  drops negated; hints must add up to 60\n", out)
        self.assertRegex(out, r"   90  thanks\.plain/thanks  .*toy\.care:17\n       say 90 @thanks thank you\n")
        code, out, _ = run("pack", "show", *self.toy, "--format", "json", "thanks")
        shown = json.loads(out)
        self.assertEqual([each["signal"] for each in shown], ["thanks.plain", "thanks.gift"])
        self.assertEqual(list(shown[0]["rules"][0]), ["rule", "weight", "file", "line", "text", "forms"])
        self.assertTrue({"thank", "you"} <= set(" ".join(shown[0]["rules"][0]["forms"]).split()))
        code, out, errors = run("pack", "show", *self.toy, "thanks.nobody")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("the contexts are: negated", errors)

    def test_show_drops_nothing(self):
        code, out, _ = run("pack", "show", *self.toy, "plain.answer", "conv.unthanked")
        self.assertIn("  by customer, counts against\n  drops no context; hints must add up to 60\n", out)
        self.assertIn("  drops no context\n", out)

    def test_show_cuts_many_forms(self):
        words = [f"word{i:03}" for i in range(99)]
        many = self.file("many.care", "pack many 1\nstemmer none\nfamily m by anyone\nsignal m.any\n    say 80  " + " | ".join(words) + "\n")
        packs = ("--base", "none", "--pack", many)
        code, out, _ = run("pack", "show", *packs, "m.any")
        self.assertIn(f"       {' '.join(words[:40])} ... and 59 more (--forms shows all)\n", out)
        self.assertIn(f"       {' '.join(words)}\n", run("pack", "show", *packs, "--forms", "m.any")[1])
        self.assertEqual(len(json.loads(run("pack", "show", *packs, "--format", "json", "m.any")[1])[0]["rules"][0]["forms"]), 99)

    def test_show_what_rules_lean_on(self):
        code, out, errors = run("pack", "show", *self.toy, "cue.trouble")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(out, f"cue trouble  {self.pack}:9\n  cue     trouble by customer\n      say     broken\n")
        code, out, _ = run("pack", "show", *self.toy, "negated")
        self.assertTrue(out.startswith(f"context negated  {self.pack}:12\n  context negated\n      after   not | never   up to 3\n\n"), out)
        self.assertIn("negated is a context", out)
        more = self.file("gifts.care", "pack more 1\nextend list gift | ring |\n\n  # or\n  chain\n\n# no more\nextend cue trouble\n    say  torn\n")
        code, out, _ = run("pack", "show", *self.toy, "--pack", more, "--format", "json", "gift", "cue.trouble", "thanks.gift")
        shown = json.loads(out)
        self.assertEqual([each.get("kind") for each in shown], ["list", "slot", "list", "cue", "cue", None])
        self.assertEqual([each["line"] for each in shown[:5]], [7, 8, 2, 9, 8])
        self.assertEqual(shown[2], {"kind": "list", "name": "gift", "file": str(more), "line": 2, "text": "extend list gift | ring |\n\n  # or\n  chain"})
        code, out, errors = run("pack", "show", *self.toy, "cue.negated")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("'cue.negated'", errors)
