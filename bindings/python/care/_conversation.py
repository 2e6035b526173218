"""Conversations: turns fed one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Iterator, overload

from . import _care
from ._analyzer import Analyzer, english
from ._care import Candidate, Finding
from ._errors import CareError

if TYPE_CHECKING:
    from ._batch import Text

__all__ = ["Conversation"]

_SUPPRESSED = 1 << 1
_EVIDENCE = 1 << 2


class Conversation(Sequence[list[Finding]]):
    """A conversation as it goes on: each turn is judged by those before it.

    It is a sequence of what was found, turn by turn, and keeps no texts: evidence in an earlier turn says where, but its ``text``
    is None. It is for one thread at a time; used by two at once, or after :meth:`close`, it raises a :class:`CareError` with the
    code ``"state"``. It closes at the end of a ``with``, or when it is dropped.

    >>> import care
    >>> with care.Conversation() as conversation:
    ...     _ = conversation.feed("How was your stay?", role="agent")
    ...     found = conversation.feed("It was fine.", role="customer")
    >>> [finding.signal for finding in found]
    ['fine.tepid']
    >>> len(conversation)
    2
    """

    __slots__ = ("_analyzer", "_handle", "_found", "_closed", "__weakref__")

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        """A conversation read by ``analyzer``, or by the one of the English pack."""
        analyzer = english if analyzer is None else analyzer
        if not isinstance(analyzer, Analyzer):
            raise TypeError(f"analyzer must be a care.Analyzer, not {type(analyzer).__name__}")
        self._analyzer = analyzer
        self._handle = _care.conversation_new(analyzer.pack._handle)
        self._found: list[list[Finding]] = []
        self._closed = False

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer that reads it."""
        return self._analyzer

    def feed(self, text: Text, role: str = "agent", channel: str | None = None) -> list[Finding]:
        """Reads the next turn, and gives what is found in it, or by it in the course of the conversation."""
        found = _care.feed_text(self._handle, self._analyzer._handle, _EVIDENCE, text, role, channel)
        self._found.append(found)
        return found

    def preview(self, text: Text, role: str = "agent", channel: str | None = None) -> list[Finding]:
        """The same as :meth:`feed` without remembering the turn: for a draft, or a half-typed reply.

        >>> import care
        >>> with care.Conversation() as conversation:
        ...     [finding.signal for finding in conversation.preview("Sorry about that.")]
        ...     len(conversation)
        ['apology.regret']
        0
        """
        return _care.preview_text(self._handle, self._analyzer._handle, _EVIDENCE, text, role, channel)

    def suppressed(self, text: Text, role: str = "agent", channel: str | None = None) -> list[Candidate]:
        """What would be considered in ``text``, were it the next turn, and not count, each with its ``reason``."""
        return _care.preview_text(self._handle, self._analyzer._handle, _SUPPRESSED | _EVIDENCE, text, role, channel)  # type: ignore[return-value]

    def close(self) -> None:
        """Gives its memory back; what was found stays. A second time does nothing."""
        _care.conversation_close(self._handle)
        self._closed = True

    def __enter__(self) -> Conversation:
        if self._closed:
            raise CareError("this conversation is closed", "state")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of turns that were fed."""
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> list[Finding]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[Finding]]: ...

    def __getitem__(self, index: int | slice) -> list[Finding] | list[list[Finding]]:
        return self._found[index]

    def __iter__(self) -> Iterator[list[Finding]]:
        return iter(self._found)

    def __repr__(self) -> str:
        return f"<care.Conversation of {len(self)} turns{', closed' if self._closed else ''}>"
