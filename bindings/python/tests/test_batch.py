"""Batches over sequences: what they give, in which order, by how many threads."""

import random
from typing import Any, Literal

import numpy
import pytest

import care

WORDS = [
    "Sorry about that.",
    "I'm new here.",
    "The parcel is at the depot.",
    "Désolé 😀 I'm so sorry about that, our courier lost it.",
    "That must have been so frustrating for you.",
    "",
    "Fine.",
    "How was everything?",
]


def made_up(count: int) -> tuple[list[Any], list[str], list[int]]:
    chance = random.Random(7)
    texts: list[Any] = [chance.choice(WORDS) for _ in range(count)]
    for index in range(0, count, 7):
        texts[index] = texts[index].encode()
    for index in range(0, count, 11):
        texts[index] = None
    roles = [chance.choice(["agent", "customer"]) for _ in range(count)]
    conversations = sorted(chance.randrange(count // 5 + 1) for _ in range(count))
    return texts, roles, conversations


def as_turn(findings: list[care.Finding], turn: int) -> list[dict[str, Any]]:
    return [{**finding.as_dict(), "turn": turn} for finding in findings]


def test_each_text_by_itself_is_a_single_call() -> None:
    texts, roles, _ = made_up(2000)
    batch = care.analyze_batch(texts, roles=roles, channels=["chat"] * 2000, evidence=True)
    assert len(batch) == 2000
    for index, (text, role) in enumerate(zip(texts, roles)):
        alone = [] if text is None else care.analyze(text, role=role, channel="chat")
        assert [finding.as_dict() for finding in batch[index]] == [
            {**one, "turn": index, "evidence": [{**piece, "turn": index} for piece in one["evidence"]]} for one in as_turn(alone, index)
        ]


def test_conversations_are_conversations() -> None:
    texts, roles, conversations = made_up(500)
    batch = care.analyze_batch(texts, roles=roles, conversations=conversations)
    for key in set(conversations):
        rows = [index for index, one in enumerate(conversations) if one == key]
        with care.Conversation() as conversation:
            for index in rows:
                found = conversation.feed(texts[index] or "", role=roles[index])
                assert [(one.rule, one.start, one.end, one.text, one.confidence) for one in found] == [
                    (one.rule, one.start, one.end, one.text, one.confidence) for one in batch[index]
                ]


@pytest.mark.parametrize("threads", [1, 2, 5, None])
def test_threads_change_nothing(threads: int | None) -> None:
    texts, roles, conversations = made_up(30_000)
    one = care.analyze_batch(texts, roles=roles, conversations=conversations, evidence=True, threads=1)
    other = care.analyze_batch(texts, roles=roles, conversations=conversations, evidence=True, threads=threads)
    assert one.to_arrow() == other.to_arrow() and one.to_wide() == other.to_wide() and one.counts() == other.counts()
    assert list(one)[20_000:20_100] == other[20_000:20_100]


def test_one_long_conversation() -> None:
    texts = ["Sorry about that."] * 20_000
    batch = care.analyze_batch(texts, conversations=["x"] * 20_000, threads=3)
    assert len(batch[19_999]) == 1 and batch[19_999][0].turn == 19_999


def test_an_id_that_returns_begins_a_new_conversation() -> None:
    texts, roles = ["How was everything?", "The parcel is here.", "Fine."], ["agent", "agent", "customer"]
    batch = care.analyze_batch(texts, roles=roles, conversations=[1, 2, 1])
    assert [len(findings) for findings in batch] == [1, 0, 0]
    assert [len(findings) for findings in care.analyze_batch([texts[0], texts[2]], roles=[roles[0], roles[2]], conversations=[1, 1])] == [1, 1]


def test_counts_count_findings_and_wide_rows_are_texts() -> None:
    import pandas as pd

    batch = care.analyze_batch(pd.Series(["Hello.", "I'm so sorry about that. The parcel is at the depot. I'm so sorry about that."], index=[70, 7]))
    assert batch.counts() == {"apology.regret": 2}
    assert batch.to_wide(["apology.regret"]).to_pandas()["apology.regret"].to_dict() == {0: False, 1: True}


def test_conversations_of_any_kind() -> None:
    texts, roles = ["How was everything?", "Fine.", "Fine."], ["agent", "customer", "customer"]
    for keys in ([1, 1, 2], ["a", "a", "b"], [(1, 2), (1, 2), (3,)], [None, None, 0], [b"a", b"a", None], range(0, 3), iter([1.5, 1.5, 2])):
        batch = care.analyze_batch(texts, roles=roles, conversations=keys)
        table = batch.to_arrow()
        assert "conversation" in table.column_names and table.num_rows == sum(map(len, batch))
    together = care.analyze_batch(texts, roles=roles, conversations=[1, 1, 2])
    apart = care.analyze_batch(texts, roles=roles)
    assert [len(findings) for findings in together] == [1, 1, 0] and [len(findings) for findings in apart] == [1, 0, 0]


def test_iterables_of_all_kinds() -> None:
    for texts in (["Sorry."], ("Sorry.",), {1: "Sorry."}.values(), iter(["Sorry."]), (text for text in ["Sorry."])):
        assert [[one.text for one in findings] for findings in care.analyze_batch(texts)] == [["Sorry"]]
    assert len(care.analyze_batch([])) == 0 and list(care.analyze_batch([])) == []
    assert care.analyze_batch([]).to_arrow().num_rows == 0 and care.analyze_batch([]).to_wide().num_rows == 0


def test_offsets_units() -> None:
    text = WORDS[3]
    units: list[Literal["codepoint", "utf16", "byte"]] = ["codepoint", "utf16", "byte"]
    for offsets in units:
        [found] = care.analyze_batch([text], offsets=offsets, evidence=True)
        for finding in found:
            if offsets == "codepoint":
                assert text[finding.start : finding.end] == finding.text
            elif offsets == "utf16":
                assert text.encode("utf-16-le")[2 * finding.start : 2 * finding.end].decode("utf-16-le") == finding.text
            else:
                assert text.encode()[finding.start : finding.end].decode() == finding.text
        [same] = care.analyze_batch([text.encode()], offsets=offsets)
        assert [text.encode()[one.start : one.end] for one in same] == [one.text for one in same]


def test_lone_surrogates() -> None:
    text = "\ud83d I'm so\udc00 sorry \ud800 about that \udfff. I'm sorry."
    single = care.analyze(text)
    assert single and all(text[one.start : one.end] == one.text for one in single)
    [found] = care.analyze_batch([text])
    assert [(one.signal, one.start, one.end, one.text) for one in found] == [(one.signal, one.start, one.end, one.text) for one in single]
    words = care.analyze_batch([text]).to_arrow().column("text").to_pylist()
    assert [word.replace("\ufffd", "") for word in words] == ["".join(one for one in finding.text if not "\ud800" <= one <= "\udfff") for finding in found]


def test_sequence_protocol() -> None:
    batch = care.analyze_batch(["Sorry.", "x", "I'm new here."])
    assert batch[-1] == batch[2] and batch[::-2] == [batch[2], batch[0]] and batch[5:] == []
    assert [] in batch and batch.index([]) == 1
    for index in (3, -4):
        with pytest.raises(IndexError):
            batch[index]
    anything: Any = batch
    for wrong in ("x", 1.0, None):
        with pytest.raises(TypeError, match=f"^an index is an int or a slice, not {type(wrong).__name__}$"):
            anything[wrong]
    assert anything[numpy.int64(2)] == batch[2]
    assert repr(batch) == "<care.Batch of 3 texts, 2 findings>"
    assert batch.counts() == {"apology.regret": 1, "excuse.newness": 1}


def test_tables() -> None:
    import pyarrow as pa

    texts = ["Sorry.", "x", "I'm so sorry. I'm new here."]
    batch = care.analyze_batch(texts, conversations=["a", "a", "b"])
    table = batch.to_arrow()
    assert table.schema.names == ["index", "conversation", "signal", "start", "end", "text", "confidence", "rule", "degree"]
    assert table.schema.field("signal").type == pa.dictionary(pa.int16(), pa.string())
    table.validate(full=True)
    for row, finding in zip(table.to_pylist(), (one for findings in batch for one in findings), strict=True):
        assert row == {
            "index": finding.turn,
            "conversation": ["a", "a", "b"][finding.turn],
            **{name: getattr(finding, name) for name in ("signal", "start", "end", "text", "confidence", "rule", "degree")},
        }
    wide = batch.to_wide()
    wide.validate(full=True)
    assert wide.num_rows == 3 and wide.num_columns == len(care.Pack.english().signals)
    for row, findings in zip(wide.to_pylist(), batch, strict=True):
        assert {name for name, yes in row.items() if yes} == {finding.signal for finding in findings}
    assert batch.to_wide(["excuse.newness", "excuse.newness"]).to_pydict() == {"excuse.newness": [False, False, True]}
    with pytest.raises(ValueError, match="no.such"):
        batch.to_wide(["no.such"])
    with pytest.raises(TypeError):
        batch.to_wide("apology.regret")


def test_tables_of_bytes() -> None:
    import pyarrow as pa

    table = care.analyze_batch([b"Sorry \xff about that", "Sorry."]).to_arrow()
    assert table.schema.field("text").type == pa.binary()
    assert table.column("text").to_pylist()[-1] == b"Sorry"


def test_progress(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    care.analyze_batch(["Sorry."] * 10_000, progress=True)
    assert "10.0k" in capfd.readouterr().err
    care.analyze_batch(["Sorry."] * 10_000, progress=False)
    care.analyze_batch(["Sorry."] * 10_000)
    assert capfd.readouterr().err == ""
