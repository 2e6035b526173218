"""Compiles the English pack again, elsewhere and in other surroundings, and compares with what the build made, byte by byte.

usage: pack.py HOST_TOOL GENERATED_FILE SOURCE_DIRECTORY FILE.care ...    (the files as the build names them, relative)
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SURROUNDINGS = [
    {"LC_ALL": "C", "TZ": "UTC"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "MALLOC_PERTURB_": "85"},
]


def main(tool, generated, source, *files):
    expected = pathlib.Path(generated).read_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch) / "somewhere else"
        for file in files:
            target = root / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pathlib.Path(source) / file, target)
        for number, surroundings in enumerate(SURROUNDINGS):
            out = pathlib.Path(scratch) / f"{number}.c"
            subprocess.run([tool, out, *files], check=True, cwd=root, env={**os.environ, **surroundings})
            if out.read_bytes() != expected:
                sys.exit(f"the pack's bytes differ under {surroundings}")
    print(f"{len(SURROUNDINGS)} times the same {len(expected)} bytes")


main(*sys.argv[1:])
