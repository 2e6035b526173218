"""Batches: many texts in one call."""

from __future__ import annotations

import operator
import os
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Callable, Literal, Protocol, Union, overload

from . import _care
from ._care import Finding

if TYPE_CHECKING:
    import pyarrow

    from ._analyzer import Analyzer

__all__ = ["Batch"]


class _Arrow(Protocol):
    """What pyarrow's arrays, pandas' and Polars' series and others offer: https://arrow.apache.org/docs/format/CDataInterface"""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


Text = Union[str, bytes, bytearray, memoryview]
"""A text: a str, or UTF-8 as bytes."""

Texts = Union[Iterable[Union[Text, None]], _Arrow, _ArrowArray]
"""Texts: any sequence of them, or a column of strings; None or null is no text, in which nothing is found."""

Names = Union[str, Iterable[str], _Arrow, _ArrowArray]
"""A name for all texts, or one for each."""

Column = Union[Iterable[Any], _Arrow, _ArrowArray]
"""Values of any kind, one for each text."""

Offsets = Literal["codepoint", "utf16", "byte"]
"""What the offsets in a str count; those in bytes always count bytes."""

_UNITS = {"byte": 0, "utf16": 1, "codepoint": 2}
_EVIDENCE = 1 << 2
_CHUNK = 1024, 16384  # texts to a worker at a time, at least and at most: milliseconds
_LONG = 200_000  # texts from which a progress bar is worth its place


def _is_arrow(column: object) -> bool:
    return hasattr(column, "__arrow_c_stream__") or hasattr(column, "__arrow_c_array__")


def _tuple_or_arrow(column: Any, what: str) -> Any:
    """A tuple, or what offers an Arrow column of a kind that the C side reads; anything else becomes one of the two."""
    if isinstance(column, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"{what} must be a sequence, not one {type(column).__name__}")
    if isinstance(column, (dict, set, frozenset)):
        why = "give a list of its values" if isinstance(column, dict) else "it has no order"
        raise TypeError(f"{what} must be a sequence or a column, not {type(column).__name__}: {why}")
    if _library(column) == "pandas":
        column = _of_pandas(column, what)
    if _is_arrow(column):
        return _plain_arrow(column)
    try:
        return tuple(column)
    except TypeError:
        raise TypeError(f"{what} must be a sequence or a column, not {type(column).__name__}") from None


def _library(column: object) -> str:
    return type(column).__module__.partition(".")[0]


def _of_pandas(series: Any, what: str) -> Any:
    """The Arrow column inside a pandas Series or Index, if it has one; else its values, None for those missing."""
    if series.ndim != 1:
        raise TypeError(f"{what} must be one column, not a whole table: give one of its columns")
    array = series.array
    if hasattr(array, "__arrow_array__"):
        try:
            return array.__arrow_array__()
        except ImportError:  # pandas without pyarrow
            pass
    values = series.tolist()
    return [None if missing else value for value, missing in zip(values, series.isna())] if series.hasnans else values


def _plain_arrow(column: Any) -> Any:
    """An Arrow column without a dictionary."""
    if _library(column) == "pyarrow":
        import pyarrow

        if isinstance(column, (pyarrow.Array, pyarrow.ChunkedArray)) and pyarrow.types.is_dictionary(column.type):
            return column.cast(column.type.value_type)
    elif _library(column) == "polars" and str(getattr(column, "dtype", "")).startswith(("Categorical", "Enum")):
        import polars

        return column.cast(polars.String)
    return column


class Batch(Sequence[list[Finding]]):
    """What was found in many texts: a sequence that holds, for each text, the list of its findings.

    >>> import care
    >>> batch = care.analyze_batch(["Sorry about that.", "The parcel is here.", None])
    >>> len(batch)
    3
    >>> [[finding.text for finding in findings] for findings in batch]
    [['Sorry about that'], [], []]
    >>> batch.counts()
    {'apology.regret': 1}

    Lists are made when they are asked for. ``finding.turn`` is the index of the text.
    """

    __slots__ = ("_analyzer", "_chunks", "_begins", "_length", "_conversations", "__weakref__")

    def __init__(self, analyzer: Analyzer, chunks: list[_care.ChunkHandle], begins: list[int], length: int, conversations: Any) -> None:
        self._analyzer = analyzer
        self._chunks = chunks
        self._begins = begins
        self._length = length
        self._conversations = conversations

    def __len__(self) -> int:
        """The number of texts."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> list[Finding]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[Finding]]: ...

    def __getitem__(self, index: int | slice) -> list[Finding] | list[list[Finding]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        try:
            index = operator.index(index)
        except TypeError:
            raise TypeError(f"an index is an int or a slice, not {type(index).__name__}") from None
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError("the batch has no such text")
        chunk = self._chunks[bisect_right(self._begins, index) - 1]
        return _care.chunk_findings(self._analyzer._handle, chunk, index)

    def __iter__(self) -> Iterator[list[Finding]]:
        find, by = _care.chunk_findings, self._analyzer._handle
        for chunk, begin, end in zip(self._chunks, self._begins, [*self._begins[1:], self._length]):
            for index in range(begin, end):
                yield find(by, chunk, index)

    def counts(self) -> dict[str, int]:
        """How many findings, not texts, there are of each signal; signals without any are left out."""
        signals = self._analyzer.pack.signals
        return {signals[number].id: count for number, count in enumerate(_care.columns_counts(self._chunks)) if count}

    def to_arrow(self) -> pyarrow.Table:
        """A table with one row a finding: ``index`` (of the text), ``conversation`` (if they were given), ``signal``, ``start``, ``end``,
        ``text``, ``confidence``, ``rule``, ``degree``. Needs pyarrow.

        >>> import care
        >>> care.analyze_batch(["Sorry about that."]).to_arrow().column("signal").to_pylist()
        ['apology.regret']
        """
        import pyarrow as pa

        turn, signal, start, end, confidence, rule, degree, offsets, text, length, large, binary = _care.columns_read(self._chunks)
        pack = self._analyzer.pack

        def column(kind: pa.DataType, *buffers: bytes) -> pa.Array:
            return pa.Array.from_buffers(kind, length, [None, *map(pa.py_buffer, buffers)])

        words = (pa.large_binary() if binary else pa.large_string()) if large else pa.binary() if binary else pa.string()
        index = column(pa.int64(), turn)
        columns = {"index": index}
        if self._conversations is not None:
            columns["conversation"] = _values(self._conversations).take(index)
        columns["signal"] = pa.DictionaryArray.from_arrays(column(pa.int16(), signal), pa.array([one.id for one in pack.signals], pa.string()))
        columns["start"] = column(pa.uint32(), start)
        columns["end"] = column(pa.uint32(), end)
        columns["text"] = column(words, offsets, text)
        columns["confidence"] = column(pa.uint8(), confidence)
        columns["rule"] = pa.array([one.name for one in pack.rules], pa.string()).dictionary_encode().take(column(pa.int32(), rule))
        columns["degree"] = column(pa.uint8(), degree)
        return pa.table(columns)

    def to_wide(self, signals: Iterable[str] | None = None) -> pyarrow.Table:
        """A table of booleans with one row a text, in the order given, and one column a signal: of those named, or of all that the
        pack has. An unknown one is a :class:`ValueError`. Needs pyarrow.

        >>> import care
        >>> batch = care.analyze_batch(["Sorry about that.", "Hello."])
        >>> batch.to_wide(["apology.regret"]).to_pylist()
        [{'apology.regret': True}, {'apology.regret': False}]
        """
        import pyarrow as pa

        numbers = {signal.id: number for number, signal in enumerate(self._analyzer.pack.signals)}
        if isinstance(signals, str):
            raise TypeError("signals must be a sequence of names, not one str")
        wanted = list(dict.fromkeys(numbers if signals is None else signals))
        for name in wanted:
            if name not in numbers:
                raise ValueError(f"{name!r} is no signal of the pack {self._analyzer.pack.name}; see Pack.signals")
        bits = _care.columns_wide(self._chunks, self._length, [numbers[name] for name in wanted])
        columns = [pa.Array.from_buffers(pa.bool_(), self._length, [None, pa.py_buffer(one)]) for one in bits]
        return pa.table(dict(zip(wanted, columns)))

    def __repr__(self) -> str:
        return f"<care.Batch of {self._length} texts, {sum(self.counts().values())} findings>"


def _values(conversations: Any) -> Any:
    """The conversations as a pyarrow column."""
    import pyarrow as pa

    if isinstance(conversations, tuple):
        try:
            return pa.array(conversations)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            return pa.array([None if one is None else str(one) for one in conversations])
    if isinstance(conversations, (pa.Array, pa.ChunkedArray)):
        return conversations
    return pa.chunked_array(conversations)


def _check_length(name: str, given: int, length: int) -> None:
    if given != length:
        raise ValueError(f"there are {length} texts, but {given} {name}")


def _open_names(given: Names | None, name: str, length: int) -> Any:
    if given is None and name == "roles":
        raise TypeError("roles must be a name for all texts, or one for each, not None")
    if given is None or isinstance(given, str):
        return given
    made = _care.job_names(_tuple_or_arrow(given, name), name == "roles")
    _check_length(name, len(made), length)
    return made


def _progress_bar(total: int, progress: bool | None) -> Any:
    if progress is None:
        progress = total >= _LONG and sys.stderr is not None and sys.stderr.isatty()
    if not progress:
        return None
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit=" texts", unit_scale=True)


def analyze_batch(
    analyzer: Analyzer,
    texts: Texts,
    roles: Names,
    conversations: Column | None,
    channels: Names | None,
    offsets: Offsets,
    evidence: bool,
    threads: int | None,
    progress: bool | None,
) -> Batch:
    if offsets not in _UNITS:
        raise ValueError(f"offsets must be one of {', '.join(_UNITS)}, not {offsets!r}")
    if threads is not None and threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    column = texts if type(texts) is list else _tuple_or_arrow(texts, "texts")
    job = _care.job_open(column, _UNITS[offsets])
    length = _care.job_length(job)
    numbers = None
    if conversations is not None:
        conversations = _tuple_or_arrow(conversations, "conversations")
        numbers = _care.job_conversations(conversations)
        _check_length("conversations", len(numbers) // 4, length)
    names = _open_names(roles, "roles", length), _open_names(channels, "channels", length)
    _care.job_set(job, *names, numbers)
    chunks, begins = _run(analyzer, job, length, _EVIDENCE if evidence else 0, threads, progress)
    return Batch(analyzer, chunks, begins, length, conversations)


def _run(
    analyzer: Analyzer, job: _care.JobHandle, length: int, options: int, threads: int | None, progress: bool | None
) -> tuple[list[_care.ChunkHandle], list[int]]:
    """The chunks, and the text that each begins with."""
    workers = threads or _cores()
    chunks: list[_care.ChunkHandle] = []
    begins: list[int] = []
    stopped = False

    def read(begin: int, end: int) -> list[tuple[_care.ChunkHandle, int]]:
        read: list[tuple[_care.ChunkHandle, int]] = []
        while begin < end and not stopped:
            chunk, after = _care.chunk_run(analyzer._handle, job, options, begin, end)
            read.append((chunk, begin))
            begin = after
        return read

    cuts = _cuts(job, length, workers)
    bar = _progress_bar(length, progress)
    try:
        if workers == 1 or len(cuts) <= 2:
            parts: Iterable[list[tuple[_care.ChunkHandle, int]]] = map(read, cuts, cuts[1:])
            _collect(parts, cuts, chunks, begins, bar)
        else:
            with ThreadPoolExecutor(min(workers, len(cuts) - 1), "care") as pool:
                futures = [pool.submit(read, begin, end) for begin, end in zip(cuts, cuts[1:])]
                try:
                    _collect((future.result() for future in futures), cuts, chunks, begins, bar)
                except BaseException:
                    stopped = True
                    pool.shutdown(cancel_futures=True)
                    raise
    finally:
        if bar is not None:
            bar.close()
    return chunks, begins


def _collect(parts: Iterable[list[tuple[_care.ChunkHandle, int]]], cuts: list[int], chunks: list[_care.ChunkHandle], begins: list[int], bar: Any) -> None:
    for part, begin, end in zip(parts, cuts, cuts[1:]):
        for chunk, first in part:
            chunks.append(chunk)
            begins.append(first)
        if bar is not None:
            bar.update(end - begin)


def _cuts(job: _care.JobHandle, length: int, workers: int) -> list[int]:
    """Where the workers' parts begin, each with a conversation, and the end. A worker gets several, lest one waits for another."""
    least, most = _CHUNK
    step = max(least, min(most, length // (workers * 4)))
    cuts = [0]
    while cuts[-1] < length:
        cuts.append(_care.job_cut(job, cuts[-1] + step))
    return cuts


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
