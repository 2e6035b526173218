"""Compares what a shared library exports with the committed list: nothing may vanish or slip out unnoticed.

usage: symbols.py NM LIBRARY LIST
"""
import subprocess
import sys


def main(nm, library, listed):
    lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, stdout=subprocess.PIPE, text=True).stdout
    exported = {line.split()[-1].split("@")[0] for line in lines.splitlines()}
    with open(listed, encoding="utf-8") as file:
        expected = file.read().split()
    if expected != sorted(set(expected)):
        sys.exit(f"{listed}: sort it and remove what stands twice")
    for name in sorted(exported - set(expected)):
        print(f"exported but not in {listed}: {name}")
    for name in sorted(set(expected) - exported):
        print(f"in {listed} but not exported: {name}")
    if exported != set(expected):
        sys.exit(1)
    print(f"{len(exported)} symbols")


main(*sys.argv[1:])
