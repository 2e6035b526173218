"""The program as such: help, usage, exit codes, streaming, and the English pack on the project's own conversations."""

import json
import select
import subprocess

import case
from case import ROOT, Case, run, turn


CONVERSATIONS = sorted((ROOT / "examples" / "conversations").glob("*.txt"))

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

    def test_what_was_meant(self):
        for arguments, part in ((("analyze", "--offsets", "chars", "-"), "byte, utf16 or codepoint"), (("analyze", "--input", "csv", "-"), "auto, text or jsonl"),
                                (("analyze", "--evidences", "-"), "did you mean '--evidence'?"), (("explain", "--chanel", "chat", "x"), "did you mean '--channel'?"),
                                (("pack", "list", "--jason"), "there is no option '--jason'\n"), (("analyze", "--why=3", "-"), "takes no value"),
                                (("pack", "list", "--forms"), "care pack show"), (("analyze", "-x", "-"), "there is no option '-x'")):
            code, out, errors = run(*arguments)
            self.assertEqual((code, out), (1, ""), arguments)
            self.assertIn(part, errors)

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
                done = subprocess.run([case.care, *map(str, arguments)], input=content.encode(), stdout=full, stderr=subprocess.PIPE, timeout=60)
            self.assertEqual(done.returncode, 4, arguments)
            self.assertIn(b"cannot write", done.stderr)

    def test_a_reader_that_leaves(self):
        big = self.file("big.jsonl", turn(text="Thank you.") * 200_000)
        for shape in ("human", "jsonl", "json"):
            program = subprocess.Popen([case.care, "analyze", *map(str, self.toy), "--format", shape, str(big)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
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
        program = subprocess.Popen([case.care, "analyze", *map(str, self.toy), "--input", "jsonl", "--format", "jsonl", *arguments, "-"], stdin=subprocess.PIPE,
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
        program = subprocess.Popen([case.care, "analyze", *map(str, self.toy), "--format", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        program.stdin.write(b"Agent: Thank you.\nCustomer: ")
        program.stdin.write(b"Ordinary.\n")
        self.assertEqual(json.loads(self.answer(program))["role"], "agent")
        program.stdin.close()
        self.assertEqual(json.loads(self.answer(program))["role"], "customer")
        program.stdout.close()
        self.assertEqual(program.wait(60), 0)

    def test_bytes_one_by_one(self):
        program = subprocess.Popen([case.care, "analyze", *map(str, self.toy), "--format", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
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
