"""Batches over columns of Arrow, pandas and Polars: read in place, whatever the layout, and the same as over a list."""

import subprocess
import sys
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import care

TEXTS = ["Sorry about that.", None, "I'm new here.", "", "Désolé 😀, it took more than twelve bytes: sorry about that.", "Fine.", "The parcel is at the depot."] * 3
ROLES = ["agent", "customer", "agent"] * 7
KEYS = [index // 4 for index in range(21)]


def rows(batch: care.Batch) -> list[Any]:
    return [[(one.signal, one.start, one.end, one.text, one.confidence, one.turn) for one in findings] for findings in batch]


EXPECTED = rows(care.analyze_batch(TEXTS, roles=ROLES, conversations=KEYS, evidence=True))

STRINGS = [pa.string(), pa.large_string(), pa.string_view()]
COLUMNS: dict[str, Any] = {
    **{str(kind): pa.array(TEXTS, kind) for kind in STRINGS},
    **{f"{kind} chunked": pa.chunked_array([pa.array(TEXTS[:5], kind), pa.array([], kind), pa.array(TEXTS[5:], kind)]) for kind in STRINGS},
    **{f"{kind} sliced": pa.array(["x", None, "Sorry."] + TEXTS + ["Sorry."], kind).slice(3, len(TEXTS)) for kind in STRINGS},
    "dictionary": pa.array(TEXTS).dictionary_encode(),
    "dictionary chunked": pa.chunked_array([pa.array(TEXTS[:9]).dictionary_encode(), pa.array(TEXTS[9:]).dictionary_encode()]),
    "pandas str": pd.Series(TEXTS, dtype="str"),
    "pandas string": pd.Series(TEXTS, dtype="string"),
    "pandas string[python]": pd.Series(TEXTS, dtype="string[python]"),
    "pandas string[pyarrow]": pd.Series(TEXTS, dtype="string[pyarrow]"),
    "pandas ArrowDtype": pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string())),
    "pandas object": pd.Series(TEXTS, dtype=object),
    "pandas category": pd.Series(TEXTS, dtype="str").astype("category"),
    "pandas sliced": pd.Series(["x"] + TEXTS, dtype="str")[1:],
    "pandas index": pd.Index(TEXTS, dtype="str"),
    "polars": pl.Series(TEXTS),
    "polars sliced": pl.Series(["x", "y"] + TEXTS)[2:],
    "polars categorical": pl.Series(TEXTS, dtype=pl.Categorical),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_of_strings_is_a_list(name: str) -> None:
    batch = care.analyze_batch(COLUMNS[name], roles=ROLES, conversations=KEYS, evidence=True)
    assert rows(batch) == EXPECTED


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view()], ids=str)
def test_a_column_of_bytes(kind: pa.DataType) -> None:
    texts = [None if text is None else text.encode() for text in TEXTS]
    batch = care.analyze_batch(pa.array(texts, kind), roles=ROLES, conversations=KEYS, evidence=True)
    assert rows(batch) == rows(care.analyze_batch(texts, roles=ROLES, conversations=KEYS, evidence=True))


def test_roles_channels_and_conversations_as_columns() -> None:
    channels = ["chat"] * 21
    wanted = rows(care.analyze_batch(TEXTS, roles=ROLES, channels=channels, conversations=KEYS))
    for make in (list, tuple, pa.array, pd.Series, pl.Series, lambda values: pa.chunked_array([values[:4], values[4:]])):
        batch = care.analyze_batch(make(TEXTS), roles=make(ROLES), channels=make(channels), conversations=make(KEYS))
        assert rows(batch) == wanted
        assert batch.to_arrow().column("conversation").to_pylist() == [KEYS[one.turn] for findings in batch for one in findings]
    for keys in (pa.array(KEYS, pa.uint8()), pa.array(map(str, KEYS)), pa.array([str(key).encode() for key in KEYS]), pd.Series(KEYS, dtype="Int64"), pd.Series(KEYS, dtype="float"),
                 pd.Series(map(str, KEYS), dtype="category"), pl.Series(map(str, KEYS))):
        assert rows(care.analyze_batch(TEXTS, roles=ROLES, channels=channels, conversations=keys)) == wanted


def test_a_text_without_a_conversation_stands_alone() -> None:
    texts, roles = ["How was everything?", "Fine."] * 2, ["agent", "customer"] * 2
    apart = rows(care.analyze_batch(texts, roles=roles))
    after = rows(care.analyze_batch(texts, roles=roles, conversations=[0, 1, 2, 2]))
    nan = float("nan")
    lists: list[list[Any]] = [[None] * 4, [nan] * 4, [pd.NA] * 4, [pd.NaT] * 4, [None, nan, pd.NA, pd.NaT], [7, None, None, 8], ["", None, None, ""], [pd.NA, 7, 8, pd.NA]]
    for keys in lists:
        assert rows(care.analyze_batch(texts, roles=roles, conversations=keys)) == apart, keys
    for keys in ([None, None, 7, 7], [nan, nan, "x", "x"], [pd.NA, pd.NA, (nan, 1), (nan, 1)]):
        assert rows(care.analyze_batch(texts, roles=roles, conversations=keys)) == after, keys
    for kind in (pa.int64(), pa.string(), pa.large_string(), pa.string_view(), pa.binary()):
        for nulls in (pa.array([None] * 4, kind), pa.chunked_array([pa.array([None] * 2, kind)] * 2)):
            assert rows(care.analyze_batch(texts, roles=roles, conversations=nulls)) == apart
    for column in (pa.array([None, None, 0, 0]), pa.array([None, None, "", ""]), pl.Series([None, None, 0, 0]), pd.Series([nan, nan, 0, 0]), pd.Series([None, None, 0, 0], dtype="Int64"),
                   pd.Series([None, None, "a", "a"], dtype="str"), pd.Series([None, None, "a", "a"], dtype=object), pd.Series([None, None, "a", "a"], dtype="category")):
        batch = care.analyze_batch(texts, roles=roles, conversations=column)
        assert rows(batch) == after and batch.to_arrow().column("conversation").to_pylist()[0] is None, column


def test_a_null_channel_is_unknown_and_a_null_role_an_error() -> None:
    care.analyze_batch(["x", "x"], channels=["chat", None])  # type: ignore[list-item]
    care.analyze_batch(["x", "x"], channels=pa.array(["chat", None]))
    for make in (pa.array, pl.Series, lambda names: pd.Series(names, dtype="str")):
        with pytest.raises(ValueError, match=r"^roles\[1\]: null is no role; it must be one of: agent, customer"):
            care.analyze_batch(["x", "x"], roles=make(["agent", None]))
        with pytest.raises(ValueError, match=r"^roles\[1\]: 'guest' is no role; "):
            care.analyze_batch(["x", "x"], roles=make(["agent", "guest"]))
        with pytest.raises(ValueError, match=r"^channels\[1\]: 'fax' is no channel; "):
            care.analyze_batch(["x", "x"], channels=make(["chat", "fax"]))
    wrong: list[Any] = [["agent", None], pd.Series(["agent", None], dtype="category"), pd.Series(["agent", None], dtype=object)]
    for names in wrong:
        with pytest.raises(TypeError, match=r"^roles\[1\] must be"):
            care.analyze_batch(["x", "x"], roles=names)


def test_nothing_is_copied() -> None:
    """A column of 64 MB takes much less than that to analyse."""
    import resource

    column = pa.array(["The parcel is at the depot, and nobody said anything of note about it. " * 15] * 60_000)
    care.analyze_batch(column.slice(0, 100))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    care.analyze_batch(column, threads=2)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


def test_columns_of_other_kinds_are_refused() -> None:
    for column in (pa.array([1, 2]), pd.Series([1.5]), pl.Series([1, 2]), pa.array([["a"]]), pa.table({"a": ["b"]}), pd.Series([1, "x"], dtype=object), pl.DataFrame({"a": ["b"]})):
        with pytest.raises(TypeError, match="texts"):
            care.analyze_batch(column)
    frame = {"a": ["b"], "c": ["d"]}
    tables: list[Any] = [pa.table(frame), pa.RecordBatch.from_pydict(frame), pl.DataFrame(frame), pd.DataFrame(frame)]
    for table in tables:
        with pytest.raises(TypeError, match="^texts must be one column, not a whole table: give one of its columns"):
            care.analyze_batch(table)
    missing: list[Any] = [float("nan"), pd.NA, pd.NaT]
    for value in missing:
        with pytest.raises(TypeError, match=rf"^texts\[1\] must be str, bytes or None, not {type(value).__name__}: .*None.*the column itself"):
            care.analyze_batch(["x", value])
    with pytest.raises(TypeError, match="roles"):
        care.analyze_batch(["x"], roles=pa.array([1]))
    with pytest.raises(TypeError, match="conversations must be a column of strings or whole numbers, not of Arrow's type 'g'"):
        care.analyze_batch(["x"], conversations=pa.array([1.5]))


def test_a_hostile_column() -> None:
    """Offsets that lead outside the data."""
    data = pa.py_buffer(b"Sorry.")
    offsets = pa.py_buffer(b"\x00\x00\x00\x00\xff\xff\xff\x7f\x06\x00\x00\x00")
    with pytest.raises(care.CareError) as caught:
        care.analyze_batch(pa.Array.from_buffers(pa.string(), 2, [None, offsets, data]))
    assert caught.value.code == "corrupt" and caught.value.line == 1


def test_strings_that_are_not_utf8() -> None:
    """Arrow does not check; the words come with U+FFFD."""
    data, offsets = pa.py_buffer(b"I'm \xff\xc3 sorry about that"), pa.py_buffer(b"\x00\x00\x00\x00\x17\x00\x00\x00")
    text = data.to_pybytes().decode(errors="replace")
    [found] = care.analyze_batch(pa.Array.from_buffers(pa.string(), 1, [None, offsets, data]))
    assert found and all(text[one.start : one.end] == one.text for one in found)


PROGRAM = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"pyarrow", "pandas", "polars", "tqdm", "numpy"}:
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
import care
batch = care.analyze_batch(["Sorry.", None], roles=["agent", "agent"], conversations=[1, 2], progress=True)
assert [len(one) for one in batch] == [1, 0] and batch.counts() == {"apology.regret": 1}
try:
    batch.to_arrow()
except ImportError as error:
    print("pyarrow" in str(error))
"""


def test_none_of_them_is_needed() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout == "True\n", done.stderr


def test_importing_care_imports_none_of_them() -> None:
    program = "import care, sys; care.analyze('x'); care.analyze_batch(['x']); print(sorted({'pyarrow', 'pandas', 'polars', 'tqdm', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n", done.stderr
