#!/usr/bin/env python3
"""Runs the readable specifications beside this file against the program.

usage: run_spec.py PATH/TO/care [FILE.spec ...]

A block, set off by blank lines, is one conversation. Lines of a block:
    # title                      the first line; a block without turns is prose
    channel: survey              of all turns of the block
    Agent: Sorry about that.     a turn; \\n, \\t and \\uXXXX as in JSON, {word * 500} is the word 500 times
      > apology.regret "sorry"   this turn must have the finding; its text and the quoted words must lie one within the other
      ! apology.regret reported  this turn must have the candidate, suppressed for this reason
      - apology.regret           this turn must not have the finding
"""
import glob, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
TURN = re.compile(r"(Agent|Customer|Bot|System|Leader|Staff): ?(.*)$")
EXPECTED = re.compile(r"\s+([>!-]) ([a-z_]+\.[a-z_]+)(?: (?:\"(.*)\"|(\w+)))?\s*$")


def decode(text):
    """escapes and repetitions of the notation"""
    text = re.sub(r"\{(.+?) \* (\d+)\}", lambda m: (m.group(1) + ("" if len(m.group(1)) == 1 else " ")) * int(m.group(2)), text)
    return re.sub(r"(?:\\u[0-9a-f]{4})+|\\[nt]", lambda m: json.loads('"' + m.group() + '"'), text)


def parse(path):
    """the blocks of a file: title, channel, turns with line numbers and expectations"""
    blocks, block = [], None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line.strip():
                block = None
                continue
            if block is None:
                block = dict(title="", channel=None, turns=[], path=path, line=number)
                blocks.append(block)
            turn, expected = TURN.match(line), EXPECTED.match(line)
            if line.startswith("#"):
                block["title"] = line[1:].strip()
            elif line.startswith("channel: "):
                block["channel"] = line[9:].strip()
            elif turn:
                block["turns"].append(dict(role=turn.group(1).lower(), text=decode(turn.group(2)), line=number, expected=[]))
            elif expected and block["turns"]:
                sign, signal, words, reason = expected.groups()
                block["turns"][-1]["expected"].append(dict(sign=sign, signal=signal, words=decode(words or ""), reason=reason, line=number))
            else:
                sys.exit(f"{path}:{number}: this is neither a turn nor an expectation: {line}")
    return [block for block in blocks if block["turns"]]


def analyze(care, blocks):
    """the program's answer to every turn, by block and turn"""
    lines = []
    for i, block in enumerate(blocks):
        for n, turn in enumerate(block["turns"]):
            line = dict(conversation=f"b{i}", turn=n, role=turn["role"], text=turn["text"])
            if block["channel"]:
                line["channel"] = block["channel"]
            lines.append(json.dumps(line))
    command = [care, "analyze", "--format", "jsonl", "--suppressed", "-"]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["conversation"], answer["turn"]] = answer
    return answers


def fold(text):
    return " ".join(text.lower().split())


def judge(expected, answer):
    """None, or what is wrong"""
    found = [x for x in answer["findings"] if x["signal"] == expected["signal"]]
    dropped = [x for x in answer.get("suppressed", []) if x["signal"] == expected["signal"]]
    seen = "; ".join(f"found {x['text']!r}" for x in found) or "; ".join(f"suppressed {x['text']!r} ({x['reason']})" for x in dropped) or "nothing came near"
    if expected["sign"] == "-":
        return f"must be silent, but {seen}" if found else None
    if expected["sign"] == "!":
        if found:
            return f"must be suppressed ({expected['reason']}), but {seen}"
        return None if any(x["reason"] == expected["reason"] for x in dropped) else f"must be suppressed ({expected['reason']}); {seen}"
    words = fold(expected["words"])
    if any(words in fold(x["text"]) or fold(x["text"]) in words for x in found):
        return None
    return f"must be found{f' at {words!r}' if words else ''}; {seen}"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    passed = failed = 0
    for path in sys.argv[2:] or sorted(glob.glob(os.path.join(HERE, "*.spec"))):
        blocks = parse(path)
        answers = analyze(sys.argv[1], blocks)
        for i, block in enumerate(blocks):
            for n, turn in enumerate(block["turns"]):
                answer = answers.get((f"b{i}", n))
                for expected in turn["expected"]:
                    wrong = judge(expected, answer) if answer else "the program gave no answer to this turn"
                    if wrong is None:
                        passed += 1
                        continue
                    failed += 1
                    print(f"{os.path.basename(path)}:{expected['line']}: {block['title']}\n    {turn['role']}: {turn['text'][:150]}\n    {expected['signal']} {wrong}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
