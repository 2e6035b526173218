"""Looks for language in the C sources: what is to be detected is the packs' business, so src/ and tools/ may hold no signal
id (anywhere, comments included) and no word that people say to customers (outside comments).

usage: neutral.py SOURCE_DIRECTORY [CARE_TOOL]    (the tool lists the signal ids of the built-in pack)
"""
import json
import pathlib
import re
import subprocess
import sys

COMMENT_OR_LITERAL = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def without_comments(text):
    def keep(match):
        found = match.group()
        return "\n" * found.count("\n") if found.startswith("/") else found

    return COMMENT_OR_LITERAL.sub(keep, text)


def signal_ids(tool):
    listing = subprocess.run([tool, "pack", "list", "--format", "json"], check=True, stdout=subprocess.PIPE).stdout
    return {signal["signal"] for signal in json.loads(listing)}


def main(source, tool=None):
    root = pathlib.Path(source)
    words = {line.strip() for line in (root / "tests/neutral/words.txt").read_text(encoding="utf-8").splitlines()}
    words = {word for word in words if word and not word.startswith("#")}
    ids = signal_ids(tool) if tool else set()
    if tool and not ids:
        sys.exit("`care pack list` gave no signal ids")
    id_pattern = re.compile(r"(?<![\w./-])(?:" + "|".join(map(re.escape, sorted(ids))) + r")(?![\w-])") if ids else None
    files = sorted(path for folder in ("src", "tools") for path in (root / folder).rglob("*.[ch]"))
    found = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        places = []
        if id_pattern:
            places += [(text, match.start(), f"signal id {match.group()}") for match in id_pattern.finditer(text)]
        code = without_comments(text)
        places += [(code, match.start(), f'word "{match.group()}"') for match in re.finditer(r"[A-Za-z]+", code) if match.group().lower() in words]
        for where, offset, what in places:
            line = where.count("\n", 0, offset) + 1
            print(f"{path.relative_to(root)}:{line}: {what} belongs into a pack")
            found += 1
    print(f"{len(files)} files, {len(ids)} signal ids, {len(words)} words, {found} found")
    sys.exit(1 if found or not files else 0)


main(*sys.argv[1:])
