"""The conformance lines, which C and Node run too: as single calls, fed turn by turn and as a batch, in every unit."""

import json
import os
import pathlib
from functools import lru_cache
from typing import Any

import pytest

import care

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))
LINES = [json.loads(line) for file in sorted((SOURCE / "tests/conformance").glob("*.jsonl")) for line in file.open(encoding="utf-8")]


@lru_cache
def analyzer(names: tuple[str, ...] | str) -> care.Analyzer:
    if names == "english":
        return care.Analyzer()
    pack = None
    for name in names:
        pack = care.Pack.compile(SOURCE / "tests/packs" / name, base=pack)
    return care.Analyzer(pack)


def text_of(turn: dict[str, Any], unit: str) -> Any:
    if "utf16" in turn:
        return b"".join(one.to_bytes(2, "little") for one in turn["utf16"]).decode("utf-16-le", "surrogatepass")
    return turn["text"].encode() if unit == "byte" else turn["text"]


def part(place: dict[str, Any], unit: str) -> dict[str, Any]:
    return {**place, "start": place["start"][unit], "end": place["end"][unit]}


def expected(line: dict[str, Any], unit: str) -> list[dict[str, Any]]:
    return [
        {**part(one, unit), "slots": [part(slot, unit) for slot in one["slots"]], "evidence": [part(piece, unit) for piece in one["evidence"]]}
        for one in line["findings"]
    ]


def given(findings: list[care.Finding]) -> list[dict[str, Any]]:
    made = []
    for finding in findings:
        one = finding.as_dict()
        del one["text"], one["contexts"]
        for piece in one["slots"] + one["evidence"]:
            del piece["text"]
        made.append(one)
    return made


def check_words(findings: list[care.Finding], texts: list[Any]) -> None:
    for finding in findings:
        assert texts[finding.turn][finding.start : finding.end] == finding.text
        for slot in finding.slots:
            assert texts[finding.turn][slot.start : slot.end] == slot.text
        for piece in finding.evidence:
            if piece.text is not None:
                assert texts[piece.turn][piece.start : piece.end] == piece.text


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "byte"])
@pytest.mark.parametrize("line", LINES, ids=lambda line: line["name"])
def test_line(line: dict[str, Any], unit: str) -> None:
    turns = line["turns"]
    if unit == "byte" and any("utf16" in turn for turn in turns):
        return
    by = analyzer(line["pack"] if isinstance(line["pack"], str) else tuple(line["pack"]))
    texts = [text_of(turn, unit) for turn in turns]
    roles, channels = [turn["role"] for turn in turns], [turn.get("channel", "unknown") for turn in turns]
    wanted = expected(line, unit)

    for threads in (1, 2):
        batch = by.analyze_batch(
            texts, roles=roles, channels=channels, conversations=[0] * len(texts), offsets=unit, evidence=True, threads=threads  # type: ignore[arg-type]
        )
        found = [finding for findings in batch for finding in findings]
        assert given(found) == wanted
        if unit != "utf16":
            check_words(found, texts)
    if unit == "utf16":
        return  # of one text a str counts code points

    fed: list[care.Finding] = []
    with care.Conversation(by) as conversation:
        for text, role, channel in zip(texts, roles, channels):
            before = conversation.preview(text, role=role, channel=channel)
            fed += conversation.feed(text, role=role, channel=channel)
            assert before == conversation[-1]
    assert given(fed) == wanted
    check_words(fed, texts)

    other = "agent" if roles[-1] == "customer" else "customer"
    if len(turns) == 1 or (len(turns) == 2 and roles[0] == other and channels[0] == channels[1]):
        previous = texts[0] if len(turns) == 2 else None
        one = by.analyze(texts[-1], role=roles[-1], previous=previous, channel=channels[-1])
        assert given(one) == [finding for finding in wanted if finding["turn"] == len(turns) - 1]
        check_words(one, texts)


def test_there_are_lines() -> None:
    assert len(LINES) > 30
