"""Measures the Python binding: what crossing costs, beside an empty call and the library's own time, and whole jobs beside others.

Rounds of all figures are interleaved and the median is taken, because machines are noisy. usage: bench.py [TURNS]
"""

from __future__ import annotations

import csv
import itertools
import pathlib
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa

import care
from care import _care

native: Any = _care  # some of what is called here is only in builds for measuring
ROOT = pathlib.Path(__file__).resolve().parents[2]
ORDINARY = (ROOT / "bench/python/ordinary.txt").read_text(encoding="utf-8").split()
KEYWORDS = (
    "sorry apologize apologise apologies regret forgive mistake fault policy system delay busy new understand frustrating upset terrible fine ok okay"
).split()


def examples() -> list[str]:
    """What is said in the project's example conversations, where every second turn has something to find."""
    said = []
    for file in sorted((ROOT / "examples/conversations").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            speaker, _, text = line.partition(": ")
            if speaker in ("Agent", "Customer"):
                said.append(text)
    with open(ROOT / "examples/python/transcripts.csv", encoding="utf-8", newline="") as table:
        said += [row["text"] for row in csv.DictReader(table)]
    return said


def turns(count: int, every: int) -> list[str]:
    """Turns of which one in `every` is an example's, the others made of ordinary words, in which nothing is found.

    One in five makes about 3,900 findings a megabyte, as many as the English pack finds in real calls, tweets and forum replies
    (4,000 to 5,700 in 14,000 of them); one in twelve makes half of that.
    """
    chance = random.Random(2)
    said = examples()

    def ordinary() -> str:
        return " ".join(chance.choice(ORDINARY) for _ in range(chance.randrange(3, 14))).capitalize() + chance.choice(".?!,")

    plain = [ordinary() for _ in range(20_000)]
    return [chance.choice(said) if chance.randrange(every) == 0 else chance.choice(plain) for _ in range(count)]


def clock(call: Callable[[], object], count: int) -> float:
    """Nanoseconds of one of `count` calls, in a loop that makes no objects of its own, as timeit's does not."""
    repeat = itertools.repeat(None, count)
    begin = time.perf_counter_ns()
    for _ in repeat:
        call()
    return (time.perf_counter_ns() - begin) / count


def medians(figures: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in figures}
    for _ in range(rounds):
        for name, figure in figures.items():
            taken[name].append(figure())
    return {name: statistics.median(values) for name, values in taken.items()}


def verdict(good: bool) -> str:
    return "met" if good else "NOT MET"


def single_calls() -> None:
    print("One text, in nanoseconds. `crossing` is the call less the library's own time in it; it must be at most 1.5 times the empty call.")
    print("`after` is what the empty call takes right after an analysis, which drives the interpreter's code from the processor's cache.")
    print(f"{'':29} {'':>19} {'call':>8} {'library':>8} {'crossing':>9} {'empty':>7} {'ratio':>6} {'after':>6}")
    analyzer = care.Analyzer()
    handle = analyzer._handle
    timer = statistics.median(native.library_clock(1) for _ in range(101))
    texts: dict[str, str | bytes] = {
        "nothing found, 20 characters": "The parcel has come.",
        "one finding, 21 characters": "Sorry about the wait.",
        "two findings, 27 characters": "I'm so sorry, I'm new here.",
        "nothing found, 20 bytes": b"The parcel has come.",
        "one finding, 2,000 characters": "Sorry about the wait." + " The parcel has come." * 94,
    }
    for name, text in texts.items():
        for call_name, call in (
            ("analyze", lambda: care.analyze(text)),  # noqa: B023
            ("has_apology", lambda: care.has_apology(text)),  # noqa: B023
            ("the same by SWIG", lambda: native.swig_text(handle, 4, text, "agent", None, None)),  # noqa: B023
        ):
            count = max(20, 300_000 // (300 + 4 * len(text)))

            def library() -> float:
                native.library_time(1)
                clock(call, count)  # noqa: B023
                return float(native.library_time(0)[0]) / count  # noqa: B023

            found = medians(
                {
                    "loop": lambda: clock(lambda: None, count),  # noqa: B023
                    "call": lambda: clock(call, count),  # noqa: B023
                    "library": library,
                    "empty": lambda: clock(lambda: native.nothing(handle, 4, text, "agent", None, None), count),  # noqa: B023
                    "analysis": lambda: clock(lambda: (care.has_apology(text), None), count),  # noqa: B023
                    "both": lambda: clock(
                        lambda: (care.has_apology(text), native.nothing(handle, 4, text, "agent", None, None)),  # noqa: B023
                        count,  # noqa: B023
                    ),
                },
                301,
            )
            whole, empty, after = found["call"] - found["loop"], found["empty"] - found["loop"], found["both"] - found["analysis"]
            own = found["library"] - timer
            ratio = (whole - own) / empty
            said = "" if call_name.endswith("SWIG") else verdict(ratio <= 1.5)
            label = name if call_name == "analyze" else ""
            figures = f"{whole:8.0f} {own:8.0f} {whole - own:9.0f} {empty:7.0f} {ratio:6.2f} {after:6.0f}"
            print(f"{label:29} {call_name:>19} {figures} {said}")


def batches() -> None:
    print("\nBatches of 100,000 short texts by one thread, in nanoseconds a text of the thread's own time; crossing must be at most 15.")
    print(f"{'':46} {'call':>8} {'library':>8} {'crossing':>9}")
    analyzer = care.Analyzer()
    timer = statistics.median(native.library_clock(2) for _ in range(101))
    chance = random.Random(1)
    ordinary = turns(100_000, 12)
    said = examples()
    dense = [chance.choice(said) for _ in range(100_000)]
    keys = pa.array([index // 12 for index in range(100_000)])
    kinds: dict[str, tuple[Any, Any, bool]] = {
        "Arrow string": (pa.array(ordinary), None, True),
        "Arrow string_view": (pa.array(ordinary, pa.string_view()), None, True),
        "list of str": (ordinary, None, True),
        "list of bytes": ([text.encode() for text in ordinary], None, True),
        "Arrow string, conversations": (pa.array(ordinary), keys, True),
        "list of str, nothing found": (["The parcel has come."] * 100_000, None, True),
        "Arrow string, a finding in each": (pa.array(dense), None, False),
        "Arrow string, a finding in each, evidence": (pa.array(dense), None, False),
    }
    for name, (column, conversations, short) in kinds.items():
        library: list[float] = []

        def run() -> float:
            native.library_time(2)
            begin = time.thread_time_ns()
            analyzer.analyze_batch(column, threads=1, conversations=conversations, evidence="evidence" in name)  # noqa: B023
            whole = time.thread_time_ns() - begin
            inside, pieces = native.library_time(0)
            library.append((inside - pieces * timer) / 100_000)  # noqa: B023
            return float(whole - 2 * pieces * timer) / 100_000 - library[-1]  # noqa: B023

        crossing = statistics.median(run() for _ in range(15))
        own = statistics.median(library)
        print(f"{name:46} {own + crossing:8.1f} {own:8.1f} {crossing:9.1f} {verdict(crossing <= 15) if short else ''}")


def seconds(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def whole_jobs(count: int) -> None:
    texts = turns(count, 5)
    column = pa.array(texts)
    strings = pd.Series(texts, dtype="str")
    objects = pd.Series(texts, dtype=object)
    size = sum(map(len, texts)) / len(texts)
    print(f"\n{count:,} turns, {size:.0f} characters on average, in seconds")
    pattern = "|".join(KEYWORDS)
    ours = seconds(lambda: care.analyze_batch(column), 3)
    rows = [
        ("care, Arrow column, all cores", ours),
        ("care, Arrow column, one thread", seconds(lambda: care.analyze_batch(column, threads=1), 3)),
        ("care, Arrow column, with to_arrow", seconds(lambda: care.analyze_batch(column).to_arrow(), 3)),
        ("care, list of str, all cores", seconds(lambda: care.analyze_batch(texts), 3)),
        ("pandas str.contains, one regex of 20, str", seconds(lambda: strings.str.contains(pattern, case=False), 1)),
        ("pandas str.contains, 20 keywords, str", seconds(lambda: [strings.str.contains(word, case=False, regex=False) for word in KEYWORDS], 1)),
        ("pandas str.contains, one regex of 20, object", seconds(lambda: objects.str.contains(pattern, case=False), 1)),
        ("pandas str.contains, 20 keywords, object", seconds(lambda: [objects.str.contains(word, case=False, regex=False) for word in KEYWORDS], 1)),
    ]
    for name, taken in rows:
        print(f"{name:46} {taken:8.2f} {verdict(ours < taken) if name.startswith('pandas') else ''}")

    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    some = texts[:5000]
    theirs = seconds(lambda: [vader.polarity_scores(text) for text in some], 3) / len(some)
    one = seconds(lambda: [care.analyze(text) for text in some], 3) / len(some)
    print("\nTexts a second; VADER must be passed a hundred times")
    print(f"{'VADER':34} {1 / theirs:12,.0f}")
    print(f"{'care.analyze, one by one':34} {1 / one:12,.0f} {theirs / one:7.0f} times")
    print(f"{'care.analyze_batch':34} {count / ours:12,.0f} {theirs / (ours / count):7.0f} times {verdict(theirs / (ours / count) >= 100)}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    single_calls()
    batches()
    whole_jobs(count)


main()
