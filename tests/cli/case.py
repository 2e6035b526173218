"""What the tests of the command line share: the program, a small pack of their own, ways to run the one with the other."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

care = ""  # the program, set by test_cli.py
ROOT = pathlib.Path(__file__).resolve().parents[2]

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
    done = subprocess.run([care, *map(str, arguments)], input=stdin, capture_output=True, timeout=60, env=environment)
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
        return [json.loads(line) for line in out.split("\n")[:-1]]

    def refusals(self, content, *arguments):
        code, out, errors = run("analyze", *self.toy, "--input", "jsonl", "--format", "jsonl", *arguments, "-", stdin=content)
        self.assertEqual(code, 3, errors)
        return out.splitlines(), errors.splitlines()


def turn(**members):
    """A line of JSON; said by an agent, if it does not say who speaks."""
    members.setdefault("role", "agent")
    return json.dumps(members, ensure_ascii=False) + "\n"
