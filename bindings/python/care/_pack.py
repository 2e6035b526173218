"""Packs: what the library listens for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Callable, ClassVar, Mapping, Sequence, Union

from . import _care
from ._errors import CareError, Problem

if TYPE_CHECKING:
    Buffer = Union[bytes, bytearray, memoryview]

__all__ = ["CHANNELS", "ROLES", "Pack", "Rule", "Signal"]


def _names(name_of: "_care.NameOf") -> tuple[str, ...]:
    names: list[str] = []
    while (name := name_of(len(names))) is not None:
        names.append(name)
    return tuple(names)


ROLES: tuple[str, ...] = _names(_care.role_name)
"""Who may say a text: the roles' names, ``"agent"`` first."""

CHANNELS: tuple[str, ...] = _names(_care.channel_name)
"""Through what a text may come: the channels' names, ``"unknown"`` first."""


@dataclass(frozen=True)
class Signal:
    """Something that a pack can find."""

    id: str
    """Its id, such as ``"apology.regret"``: what :attr:`Finding.signal` says."""
    meaning: str
    """What it means, in a sentence."""
    pillar: str
    """The part of good service that it belongs to, or ``""``."""
    roles: tuple[str, ...]
    """Who can say it."""
    polarity: int
    """1 if it counts for the speaker's care, -1 if against it, 0 if neither."""
    draft: bool
    """Whether its author does not call it done."""
    conversation: bool
    """Whether it is found in the course of a conversation, not in one text."""
    drops: tuple[str, ...]
    """Contexts in which it does not count, such as ``"not"``."""
    threshold: int
    """What its hints must add up to, 0 to 100."""


@dataclass(frozen=True)
class Rule:
    """A phrase, or a rule on the course of a conversation, that can be named in a finding."""

    name: str
    """Its name, such as ``"excuse.newness/2"``: what :attr:`Finding.rule` says."""
    signal: str | None
    """The signal that it serves; None for a cue."""
    weight: int
    """0 to 100."""
    text: str
    """The rule as it was written."""
    file: str
    line: int
    """Where it stands in its file, from 1."""


Sources = Union[str, "os.PathLike[str]", Mapping[str, str], Sequence["os.PathLike[str]"]]


class Pack:
    """Compiled rules: what to listen for. It never changes, and any number of threads may use it at once.

    >>> import care
    >>> english = care.Pack.english()
    >>> english.name
    'en'
    >>> "apology.regret" in [signal.id for signal in english.signals]
    True

    Packs are made by :meth:`english`, :meth:`load`, :meth:`compile` and :meth:`compose`. They can be pickled and are equal if their
    rules are.
    """

    _handle: "_care.PackHandle"
    _english: ClassVar[Pack | None] = None
    _signal_count: int
    _rule_count: int

    name: str
    """The name of its topmost layer."""
    version: str
    """The version of its topmost layer."""
    fingerprint: int
    """A number of 64 bits that stands for the rules: the same text gives the same number everywhere."""
    format: int
    """The version of the compiled form."""
    layer_count: int
    """How many layers it has; English is one."""
    stemmer: str
    """The stemming algorithm, and the version of its library."""
    unicode: str
    """The version of Unicode."""
    notes: tuple[Problem, ...]
    """What the compiler had to say about a pack that it did compile: each with the severity ``"note"`` and the code ``"ok"``. A pack
    that was loaded or pickled has none."""

    def __init__(self) -> None:
        raise TypeError("a Pack is made by Pack.english, Pack.load, Pack.compile or Pack.compose")

    @classmethod
    def _of(cls, handle: "_care.PackHandle", notes: Sequence[tuple[str, str, str, int, int, str]] = ()) -> Pack:
        self = cls.__new__(cls)
        self._handle = handle
        self.notes = tuple(Problem(*note) for note in notes)
        info = _care.pack_get_info(handle)
        self.name, self.version, self.fingerprint, self.format, self.layer_count = info[:5]
        self._signal_count, self._rule_count = info[5:7]
        self.stemmer, self.unicode = info[10:12]
        return self

    @classmethod
    def english(cls) -> Pack:
        """The English pack that comes with the library."""
        if cls._english is None:
            cls._english = cls._of(_care.pack_english())
        return cls._english

    @classmethod
    def load(cls, source: "str | os.PathLike[str] | Buffer") -> Pack:
        """A compiled pack, from a file or from bytes.

        Every byte is checked: a truncated or altered one is a :class:`CareError` with the code ``"corrupt"``, one of another
        format ``"version"``. A file that cannot be read is an :class:`OSError`.

        >>> import care
        >>> care.Pack.load(care.Pack.english().to_bytes()) == care.Pack.english()
        True
        """
        if isinstance(source, (str, os.PathLike)):
            with open(source, "rb") as file:
                source = file.read()
        try:
            memoryview(source)
        except TypeError:
            raise TypeError(f"source must be a path or bytes, not {type(source).__name__}") from None
        return cls._of(_care.pack_load(source))

    @classmethod
    def compile(cls, sources: Sources, *, base: Pack | None = None, file: str = "pack.care") -> Pack:
        """Compiles pack text: a str, a path (:class:`os.PathLike`), several paths, or a mapping of names to texts.

        On top of ``base``, if that is given, it is a layer that may extend and override it; else a language of its own.
        ``file`` is what messages call a str. The examples in the text are run. A mistake is a :class:`CareError` with the code
        ``"syntax"`` or ``"example"``, whose ``problems`` lists them all. A layer on English takes about 1 s and 14 MB: compile it
        once, and store :meth:`to_bytes`.

        >>> import care
        >>> pack = care.Pack.compile('''
        ... pack shop 1
        ... family shop  by agent  counts for
        ... signal shop.warning  "a warning of the step"
        ...     say 80  (mind | watch) the step
        ...     yes     Please mind the step.
        ... ''', base=care.Pack.english())
        >>> care.Analyzer(pack).analyze("Please mind the step!")[0].signal
        'shop.warning'
        """
        if base is not None:
            _check_pack("base", base)
        pairs: list[tuple[str, str]]
        if isinstance(sources, str):
            _check_text(sources)
            pairs = [(file, sources)]
        elif isinstance(sources, Mapping):
            pairs = list(sources.items())
        else:
            pairs = []
            for path in _paths(sources):
                with open(path, encoding="utf-8", newline="") as text:
                    pairs.append((os.fspath(path), text.read()))
        return cls._of(*_care.pack_compile(pairs, None if base is None else base._handle))

    @classmethod
    def compose(cls, base: Pack, *overlays: Pack) -> Pack:
        """Links the topmost layer of each overlay onto ``base``, in order, as if its text had been compiled there."""
        _check_pack("base", base)
        for index, overlay in enumerate(overlays):
            _check_pack(f"overlays[{index}]", overlay)
        made, notes = base, list[tuple[str, str, str, int, int, str]]()
        for overlay in overlays:
            handle, more = _care.pack_compose(made._handle, overlay._handle)
            notes += more
            made = cls._of(handle, notes)
        return made

    def to_bytes(self) -> bytes:
        """The compiled form, to store or send; :meth:`load` reads it."""
        return _care.pack_bytes(self._handle)

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """What it can find, in the order of its text."""
        contexts = self.contexts
        made = []
        for number in range(self._signal_count):
            id, meaning, pillar, roles, polarity, flags, drops, threshold = _care.pack_signal(self._handle, number)
            made.append(
                Signal(
                    id=id,
                    meaning=meaning,
                    pillar=pillar,
                    roles=tuple(name for bit, name in enumerate(ROLES) if roles >> bit & 1),
                    polarity=polarity,
                    draft=bool(flags & 1),
                    conversation=bool(flags & 2),
                    drops=tuple(name for bit, name in enumerate(contexts) if drops >> bit & 1),
                    threshold=threshold,
                )
            )
        return tuple(made)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that findings may name, in the order of its text."""
        made = []
        for number in range(self._rule_count):
            name, signal, weight, text, file, line = _care.pack_rule(self._handle, number)
            of = self.signals[signal].id if signal < self._signal_count else None
            made.append(Rule(name=name, signal=of, weight=weight, text=text, file=file, line=line))
        return tuple(made)

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """The names of its contexts, such as ``"not"``."""
        return _names(lambda index: _care.pack_context_name(self._handle, index))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[Callable[..., Pack], tuple[Any, ...]]:
        return (Pack.english, ()) if self is Pack._english else (Pack.load, (self.to_bytes(),))

    def __repr__(self) -> str:
        return f"<care.Pack {self.name} {self.version}: {self._signal_count} signals, {self._rule_count} rules>"


def _check_pack(name: str, given: object) -> None:
    if not isinstance(given, Pack):
        raise TypeError(f"{name} must be a care.Pack, not {type(given).__name__}")


def _check_text(text: str) -> None:
    """A path given as a str would be read as the text of a pack, and fail in its first line."""
    text = text.strip()
    if text.endswith(".care") and "\n" not in text and not text.startswith(("pack ", "#")):
        raise CareError(f"{text!r} looks like a path, not the text of a pack; to read a file call Pack.compile(pathlib.Path({text!r}))")


def _paths(sources: Any) -> list[str | os.PathLike[str]]:
    if isinstance(sources, os.PathLike):
        return [sources]
    if isinstance(sources, (bytes, bytearray, memoryview)) or not hasattr(sources, "__iter__"):
        raise TypeError(f"sources must be a str, a path, several paths, or a mapping of names to texts, not {type(sources).__name__}")
    paths = list(sources)
    for index, path in enumerate(paths):
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"sources[{index}] must be a path, not {type(path).__name__}")
    return paths
