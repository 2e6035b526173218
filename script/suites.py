"""Adds up CTest's JUnit files by suite (the part of a test's name before the dot) and prints the table that ends script/test.

usage: suites.py RESULTS_DIRECTORY PRESET ...
"""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def main(directory, *presets):
    results = pathlib.Path(directory)
    rows, failures = [], []
    for line in (results / "builds").read_text(encoding="utf-8").splitlines():
        preset, seconds, outcome = line.split()
        rows.append([preset, "build", float(seconds), int(outcome == "passed"), int(outcome != "passed")])
        if outcome != "passed":
            failures.append(f"{preset}: build")
    for preset in presets:
        file = results / f"{preset}.xml"
        suites = {}
        for case in ElementTree.parse(file).getroot().iter("testcase") if file.exists() else ():
            row = suites.setdefault(case.get("name").split(".")[0], [0.0, 0, 0])
            row[0] += float(case.get("time"))
            good = case.get("status") == "run"
            row[1 if good else 2] += 1
            if not good:
                failures.append(f"{preset}: {case.get('name')}")
        rows += [[preset, suite, *row] for suite, row in sorted(suites.items())]

    print(f"\n{'preset':8} {'suite':14} {'seconds':>8} {'passed':>7} {'failed':>7}")
    for preset, suite, seconds, passed, failed in rows:
        print(f"{preset:8} {suite:14} {seconds:8.1f} {passed:7} {failed:7}")
    for failure in failures:
        print(f"FAILED {failure}")
    tests = [row for row in rows if row[1] != "build"]
    passed, failed = sum(row[3] for row in tests), len(failures)
    print(f"\n{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main(*sys.argv[1:])
