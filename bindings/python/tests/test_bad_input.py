"""What does not make sense, or too much of it: each has a stated answer."""

import decimal
import math
import re
from typing import Any

import pytest

import care

NOT_TEXTS: list[Any] = [math.nan, 0, 1.5, True, decimal.Decimal(1), object(), [], ["a"], {"a": 1}, {1}, range(3), str, len, care]


@pytest.mark.parametrize("bad", [None, *NOT_TEXTS], ids=repr)
def test_not_a_text(bad: Any) -> None:
    for call in (care.analyze, care.suppressed, care.has_apology, care.has_excuse, care.has_empathy, care.is_tepid):
        with pytest.raises(TypeError, match=f"text must be str or bytes, not {type(bad).__name__}"):
            call(bad)
    with care.Conversation() as conversation:
        with pytest.raises(TypeError, match="text must be"):
            conversation.feed(bad)
        assert len(conversation) == 0


@pytest.mark.parametrize("bad", NOT_TEXTS, ids=repr)
def test_not_a_text_elsewhere(bad: Any) -> None:
    with pytest.raises(TypeError, match="previous must be"):
        care.analyze("Fine.", "customer", bad)
    with pytest.raises(TypeError, match="previous must be|question must be"):
        care.is_tepid("Fine.", question=bad)
    with pytest.raises(TypeError, match=r"texts\[2\] must be str, bytes or None, not " + type(bad).__name__):
        care.analyze_batch(["Sorry.", None, bad, "Sorry."])
    roles: list[Any] = [bad, None]
    for role in roles:
        with pytest.raises(TypeError, match="role must be"):
            care.analyze("Fine.", role=role)
    with pytest.raises(TypeError, match="channel must be"):
        care.analyze("Fine.", channel=bad)


def test_arguments() -> None:
    call: Any = care.analyze
    for arguments, keywords in [((), {}), (("a", "agent", None, None, 1), {}), (("a",), {"text": "b"}), (("a",), {"rolle": "agent"})]:
        with pytest.raises(TypeError, match=r"analyze\(\)"):
            call(*arguments, **keywords)
    ask: Any = care.has_apology
    with pytest.raises(TypeError):
        ask("a", question="b")
    batch: Any = care.analyze_batch
    for bad in (None, 3, "one text", b"one text", len):
        with pytest.raises(TypeError, match="texts must be"):
            batch(bad)
        with pytest.raises(TypeError):
            batch(["a"], conversations=bad if bad is not None else 3)
    for texts in ({"Sorry.": 1}, {"Sorry."}, frozenset(["Sorry."])):
        with pytest.raises(TypeError, match=f"^texts must be a sequence or a column, not {type(texts).__name__}"):
            batch(texts)
        with pytest.raises(TypeError, match="^conversations must be a sequence or a column, not"):
            batch(["a"], conversations=texts)
    with pytest.raises(TypeError):
        batch(["a"], "agent")
    with pytest.raises(ValueError, match="offsets must be one of"):
        batch(["a"], offsets="bytes")
    with pytest.raises(ValueError, match="threads must be at least 1"):
        batch(["a"], threads=0)


def test_unknown_names() -> None:
    for call in (
        lambda: care.analyze("Fine.", role="guest"),
        lambda: care.analyze_batch(["Fine."], roles="guest"),
        lambda: care.analyze_batch(["Fine."], roles=["guest"]),
        lambda: care.Conversation().feed("Fine.", role="guest"),
    ):
        with pytest.raises(ValueError, match="'guest' is no role; it must be one of: agent, customer, bot, system, leader, staff"):
            call()
    for call in (lambda: care.analyze("Fine.", channel="fax"), lambda: care.analyze_batch(["Fine."], channels="fax"), lambda: care.analyze_batch(["Fine."], channels=["fax"])):
        with pytest.raises(ValueError, match="'fax' is no channel; it must be one of: unknown, call"):
            call()
    for name in ("", "Agent", "agent\0", "\ud800", "a" * 100_000):
        with pytest.raises(ValueError, match="is no role"):
            care.analyze("Fine.", role=name)


def test_a_bad_name_in_a_batch_names_its_place() -> None:
    call: Any = care.analyze_batch
    texts, nan = ["Fine."] * 5000, math.nan
    for name, good in (("role", "agent"), ("channel", "chat")):
        names: list[Any] = [good] * 5000
        for bad in ("manager", "manager\ud800"):
            names[4711] = bad
            with pytest.raises(ValueError, match=rf"^{name}s\[4711\]: {re.escape(repr(bad))} is no {name}; it must be one of: "):
                call(texts, **{name + "s": names})
        for wrong in (nan, 3, b"agent", *([None] if name == "role" else [])):
            names[4711] = wrong
            with pytest.raises(TypeError, match=rf"^{name}s\[4711\] must be the name of a {name}, a str, not {type(wrong).__name__}$"):
                call(texts, **{name + "s": names})
    with pytest.raises(TypeError, match="^role must be the name of a role, a str, not NoneType$"):
        care.analyze("Fine.", role=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^roles must be a name for all texts, or one for each, not None$"):
        call(texts, roles=None)


def test_mismatched_lengths_say_both() -> None:
    for name in ("roles", "channels", "conversations"):
        for values in ([], ["chat"] * 2, ["chat"] * 4) if name == "channels" else ([], ["agent"] * 2, ["agent"] * 4):
            with pytest.raises(ValueError, match=f"there are 3 texts, but {len(values)} {name}"):
                care.analyze_batch(["a", "b", "c"], **{name: values})  # type: ignore[arg-type]


def test_bytes_that_are_not_utf8() -> None:
    text = b"\xff\xfe I'm so sorry\x80 about that \xc3"
    found = care.analyze(text)
    assert "apology.regret" in [one.signal for one in found] and all(text[one.start : one.end] == one.text for one in found)
    assert [one.as_dict() for one in care.analyze_batch([text], evidence=True)[0]] == [one.as_dict() for one in found]
    for text in (b"\xff" * 10_000, bytes(range(256)) * 10, b"\xed\xa0\x80", b"\xf0\x9f\x98"):
        assert care.analyze(text) == []


def test_strings_that_are_not_utf8() -> None:
    text = "\udcff I'm so sorry\ud83d about that \ude00"
    found = care.analyze(text)
    assert "apology.regret" in [one.signal for one in found] and all(text[one.start : one.end] == one.text for one in found)
    assert care.analyze("Fine.", "customer", "How was everything?\ud800")[0].signal == "fine.tepid"
    assert care.has_apology("\ud800" * 1000) is False


def test_nul_and_odd_characters() -> None:
    for text in ("\0", "\0" * 1000, "\ufeff", "\u2028", "\U0010ffff", "a" * 100_000, "é" * 100_000, "\u0301" * 10_000):
        assert care.analyze(text) == [] == care.analyze(text.encode())
    assert care.analyze("I'm sorry\0")[0].signal == "apology.regret"


def test_buffers_of_other_items_are_refused() -> None:
    import array

    for bad in (array.array("i", [1]), memoryview(b"abcd").cast("I"), memoryview(b"abcdef")[::2]):
        with pytest.raises(TypeError, match="text must be"):
            care.analyze(bad)  # type: ignore[arg-type]
    assert care.analyze(memoryview(b"xx Sorry.")[3:])[0].text == b"Sorry"


def test_a_million_empty_strings() -> None:
    batch = care.analyze_batch([""] * 1_000_000)
    assert len(batch) == 1_000_000 and batch.counts() == {} and batch.to_arrow().num_rows == 0


def test_ten_megabytes() -> None:
    text = "I'm so sorry about that. The parcel is at the depot. " * 200_000
    assert len(text) > 10_000_000
    found = care.analyze(text)
    assert len(found) == 200_000 and text[found[-1].start : found[-1].end] == found[-1].text
    wide = "é" + text[:5_000_000]
    [more] = care.analyze_batch([wide])
    assert wide[more[-1].start : more[-1].end] == more[-1].text and len(more) == len(care.analyze(wide))


def test_objects_that_misbehave() -> None:
    class Failing:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError("no")

    class Endless:
        def __iter__(self) -> "Endless":
            return self

        def __next__(self) -> str:
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        care.analyze_batch(["a", "b"], conversations=[Failing(), Failing()])
    one = Failing()
    with pytest.raises(RuntimeError, match="no"):
        care.analyze_batch(["a", "b"], conversations=[one, one])
    with pytest.raises(RuntimeError, match="no"):
        care.analyze_batch(Endless())

    class Text(str):
        pass

    assert care.analyze(Text("Sorry."))[0].text == "Sorry"

    class Arrow:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return "no capsule"

    with pytest.raises((TypeError, ValueError)):
        care.analyze_batch(Arrow())


def test_a_list_that_changes_while_it_is_read() -> None:
    from care import _care

    texts = ["Sorry."] * 1000
    job = _care.job_open(texts, 2)
    _care.job_set(job, "agent", None, None)
    del texts[500:]
    with pytest.raises(RuntimeError, match="texts changed its length"):
        _care.chunk_run(care.Analyzer()._handle, job, 0, 0, 1000)
    texts += ["Sorry."] * 500
    assert _care.chunk_run(care.Analyzer()._handle, job, 0, 0, 1000)[1] == 1000


def test_handles_are_not_interchangeable() -> None:
    from care import _care

    wrong: Any = care.Pack.english()._handle
    with pytest.raises(TypeError, match="care_analyzers"):
        _care.feed_text(_care.conversation_new(wrong), wrong, 0, "a", "agent", None)
    wrong = care.Analyzer()._handle
    with pytest.raises(TypeError, match="care_pack"):
        _care.pack_bytes(wrong)
    wrong = object()
    for call in (_care.pack_bytes, _care.job_length, _care.analyzers_new, _care.conversation_close):
        with pytest.raises(TypeError):
            call(wrong)
    raw: Any = care.Analyzer.__new__(care.Analyzer)
    with pytest.raises(care.CareError, match="__init__"):
        raw.analyze("a")
    with pytest.raises(care.CareError):
        care.Analyzer.__init__(care.Analyzer())
        analyzer = care.Analyzer()
        analyzer.__init__()  # type: ignore[misc]
