#!/usr/bin/env python3
"""Reads prose about customer care as if an agent said it: the library must stay all but silent, for such texts mention
apologies, excuses and "fine" without making them.

usage: silence.py PATH/TO/care FOLDER [--limit FINDINGS-PER-THOUSAND-WORDS] [--show]

FOLDER holds .txt files; each paragraph is one turn. Counted are the findings that would speak about an agent's conduct:
apology, nonapology, excuse, blame, empathy and fine. The default limit is 4 per thousand words.
"""
import argparse, glob, json, os, subprocess, sys

COUNTED = ("apology.", "nonapology.", "excuse.", "explanation.", "blame.", "empathy.", "fine.", "dismissive.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("care")
    parser.add_argument("folder")
    parser.add_argument("--limit", type=float, default=4.0)
    parser.add_argument("--show", action="store_true", help="print every finding")
    options = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(options.folder, "*.txt")))
    if not paths:
        sys.exit(f"no .txt files in {options.folder}")
    lines, words = [], 0
    for i, path in enumerate(paths):
        with open(path, encoding="utf-8", errors="replace") as text:
            paragraphs = [part for part in text.read().split("\n") if part.strip()]
        for n, part in enumerate(paragraphs):
            words += len(part.split())
            lines.append(json.dumps(dict(conversation=f"p{i}", turn=n, role="agent", text=part)))
    done = subprocess.run([options.care, "analyze", "--format", "jsonl", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{options.care} ended with {done.returncode}:\n{done.stderr}")
    count = 0
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        for finding in answer["findings"]:
            if not finding["signal"].startswith(COUNTED):
                continue
            count += 1
            if options.show:
                print(f"{os.path.basename(paths[int(answer['conversation'][1:])])}: {finding['signal']} {finding['text']!r}")
    rate = 1000.0 * count / words
    print(f"{len(paths)} texts, {words} words, {count} findings, {rate:.1f} per thousand words (limit {options.limit})")
    sys.exit(rate > options.limit)


if __name__ == "__main__":
    main()
