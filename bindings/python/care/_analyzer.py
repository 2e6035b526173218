"""Analyzers: a pack at work. The calls of one text come from :class:`_care.OneText`, in C."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from . import _care
from ._batch import Batch, analyze_batch
from ._pack import Pack

if TYPE_CHECKING:
    from ._batch import Column, Names, Offsets, Texts

__all__ = ["Analyzer"]

class Analyzer(_care.OneText):
    """A pack at work. One serves any number of threads at once; it can be pickled.

    A text is a ``str``, whose offsets count code points, or ``bytes`` (a ``bytearray``, a ``memoryview``) in UTF-8, whose offsets
    count bytes: ``text[finding.start:finding.end]`` is ``finding.text`` in either case. Ill-formed bytes and lone surrogates
    separate words. Any other object is a :class:`TypeError`; a text of more than 2 GiB is a :class:`CareError`.

    >>> import care
    >>> analyzer = care.Analyzer()
    >>> [finding.signal for finding in analyzer.analyze("I'm so sorry about the delay.")]
    ['apology.regret']
    """

    __slots__ = ("_pack", "__weakref__")

    def __init__(self, pack: Pack | None = None) -> None:
        """An analyzer of ``pack``, or of the English one."""
        self._pack = Pack.english() if pack is None else pack
        if not isinstance(self._pack, Pack):
            raise TypeError(f"pack must be a care.Pack, not {type(pack).__name__}")
        self._open(_care.analyzers_new(self._pack._handle))

    @property
    def pack(self) -> Pack:
        """Its pack."""
        return self._pack

    def analyze_batch(
        self,
        texts: Texts,
        *,
        roles: Names = "agent",
        conversations: Column | None = None,
        channels: Names | None = None,
        offsets: Offsets = "codepoint",
        evidence: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Batch:
        """What is found in many texts, in one call by all cores, as a :class:`Batch`.

        ``texts`` is any sequence of texts, where None is no text; or, read in place without a copy, a column of strings: of pyarrow
        (``string``, ``large_string``, ``string_view`` and the binary ones), a pandas Series, a Polars Series, or anything else that
        speaks the Arrow C data interface. ``roles`` and ``channels`` are a name for all, or a sequence or column of names. Equal
        neighbours in ``conversations`` are one conversation, each text judged by those before it; an id that returns later begins a
        new one, so sort by conversation first. A text whose id is missing (None, NaN, null), and any without them, stands by itself.

        ``offsets`` is what the offsets in a ``str`` count: ``"codepoint"``, ``"utf16"`` or ``"byte"``; those in bytes always count
        bytes. ``evidence`` adds the evidence to the findings. ``threads`` is the number of threads, all cores if None. ``progress``
        shows a bar by tqdm, if that is installed; None: when there is much to do and standard error is a terminal.

        Wrong types are a :class:`TypeError` that names the text; different lengths, and unknown names, a :class:`ValueError`.
        KeyboardInterrupt ends it within milliseconds, but not before the end of a text, or of a conversation, that is being read.

        >>> import care
        >>> batch = care.analyze_batch(
        ...     ["How was everything?", "Fine.", "Sorry about the wait."],
        ...     roles=["agent", "customer", "agent"],
        ...     conversations=[1, 1, 2],
        ... )
        >>> batch.to_arrow().select(["index", "conversation", "signal"]).to_pylist()[-1]
        {'index': 2, 'conversation': 2, 'signal': 'apology.regret'}
        """
        return analyze_batch(self, texts, roles, conversations, channels, offsets, evidence, threads, progress)

    def __reduce__(self) -> tuple[Callable[..., Analyzer], tuple[Any, ...]]:
        return (_english, ()) if self is english else (type(self), (self._pack,))

    def __repr__(self) -> str:
        return f"<care.Analyzer of {self.pack!r}>"


english = Analyzer()
"""What the functions of the module ``care`` use."""


def _english() -> Analyzer:
    return english
