"""The C side. Only the records are public; the rest is for the modules of this package.

The words of a record are ``str``, or ``bytes`` where the text was; they are typed ``str | Any`` so that either may be assumed.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NewType, final

from typing_extensions import disjoint_base

from ._batch import Text

PackHandle = NewType("PackHandle", object)
AnalyzersHandle = NewType("AnalyzersHandle", object)
ConversationHandle = NewType("ConversationHandle", object)
JobHandle = NewType("JobHandle", object)
ChunkHandle = NewType("ChunkHandle", object)

NameOf = Callable[[int], str | None]
ProblemTuple = tuple[str, str, str, int, int, str]

# ---- Records ----

@final
class Slot(tuple[str, int, int, str | bytes]):
    """A part of a finding that has a name."""

    n_fields: ClassVar[int]
    n_sequence_fields: ClassVar[int]
    n_unnamed_fields: ClassVar[int]
    __match_args__: ClassVar[tuple[str, ...]]
    def __new__(cls, sequence: Sequence[Any], dict: dict[str, Any] = ...) -> Slot: ...
    @property
    def slot(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str | Any: ...

@final
class Evidence(tuple[str, int, int, int, int, str | bytes | None]):
    """Something that speaks for a finding."""

    n_fields: ClassVar[int]
    n_sequence_fields: ClassVar[int]
    n_unnamed_fields: ClassVar[int]
    __match_args__: ClassVar[tuple[str, ...]]
    def __new__(cls, sequence: Sequence[Any], dict: dict[str, Any] = ...) -> Evidence: ...
    @property
    def rule(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def turn(self) -> int: ...
    @property
    def weight(self) -> int: ...
    @property
    def text(self) -> str | Any | None: ...

@final
class Finding:
    """Something that was found in a text, and where. Immutable, equal by its fields; can be pickled."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __new__(cls, fields: tuple[Any, ...], /) -> Finding: ...
    def __hash__(self) -> int: ...
    def __eq__(self, value: object, /) -> bool: ...
    @property
    def signal(self) -> str:
        """What was found: a signal's id, such as ``"apology.regret"``."""
    @property
    def start(self) -> int:
        """Where it starts in its text: code points of a ``str``, bytes of ``bytes``."""
    @property
    def end(self) -> int:
        """Where it ends: ``text[start:end]`` is the words."""
    @property
    def text(self) -> str | Any:
        """The words, of the type of its text."""
    @property
    def confidence(self) -> int:
        """How sure, 0 to 100."""
    @property
    def rule(self) -> str:
        """The rule with the most weight in it, such as ``"apology.regret/sorry"``."""
    @property
    def slots(self) -> tuple[Slot, ...]:
        """Parts of it with names, such as whom it blames."""
    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything that spoke for it; empty in a batch that was not asked for it."""
    @property
    def degree(self) -> int:
        """0 to 3; 0 where the signal has no degrees."""
    @property
    def contexts(self) -> tuple[str, ...]:
        """Names of the contexts that it stands in, such as ``"question"``."""
    @property
    def turn(self) -> int:
        """The index of its turn: in the batch or the conversation; of one text 0, or 1 after ``previous``."""
    def as_dict(self) -> dict[str, Any]:
        """Its fields by name, its slots and evidence as lists of dicts: what JSON can say."""

@final
class Candidate:
    """Something that was considered and does not count, and why. Its fields are a :class:`Finding`'s, and ``reason``."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __new__(cls, fields: tuple[Any, ...], /) -> Candidate: ...
    def __hash__(self) -> int: ...
    def __eq__(self, value: object, /) -> bool: ...
    @property
    def signal(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str | Any: ...
    @property
    def confidence(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def slots(self) -> tuple[Slot, ...]: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...
    @property
    def degree(self) -> int: ...
    @property
    def contexts(self) -> tuple[str, ...]: ...
    @property
    def turn(self) -> int: ...
    @property
    def reason(self) -> str:
        """Why it does not count: a context's name, such as ``"not"``, or what its rule lacks."""
    def as_dict(self) -> dict[str, Any]: ...

# ---- One text ----

@disjoint_base
class OneText:
    """The calls of one text; :class:`care.Analyzer` derives from it."""

    @property
    def _handle(self) -> AnalyzersHandle: ...
    def _open(self, handle: AnalyzersHandle, /) -> None: ...
    def analyze(self, text: Text, role: str = "agent", previous: Text | None = None, channel: str | None = None) -> list[Finding]:
        """What is found in a text, in its order.

        ``text`` is a ``str``, and offsets count its code points, or bytes (``bytearray``, ``memoryview``) of UTF-8, and they count
        bytes: ``text[finding.start:finding.end]`` is ``finding.text``. ``role`` is who says it, one of :data:`ROLES`; ``previous``
        what the other side said just before, if anything; ``channel`` one of :data:`CHANNELS`.

        Raises :class:`TypeError` for a text of another type, :class:`ValueError` for an unknown name, :class:`CareError` with the
        code ``"limit"`` for more than 2 GiB.
        """
    def suppressed(self, text: Text, role: str = "agent", previous: Text | None = None, channel: str | None = None) -> list[Candidate]:
        """What was considered in a text and does not count, each with its ``reason``."""
    def has_apology(self, text: Text) -> bool:
        """Whether an agent who says ``text`` apologises. A non-apology ("sorry if") is none."""
    def has_excuse(self, text: Text) -> bool:
        """Whether an agent who says ``text`` makes an excuse."""
    def has_empathy(self, text: Text) -> bool:
        """Whether an agent who says ``text`` shows empathy."""
    def is_tepid(self, text: Text, question: Text | None = None) -> bool:
        """Whether ``text`` is a customer's tepid answer to the agent's ``question``."""

def analyzers_new(pack: PackHandle, /) -> AnalyzersHandle: ...

# ---- Conversations ----

def conversation_new(pack: PackHandle, /) -> ConversationHandle: ...
def conversation_close(conversation: ConversationHandle, /) -> None: ...
def feed_text(
    conversation: ConversationHandle, analyzer: AnalyzersHandle, options: int, text: Text, role: str, channel: str | None, /
) -> list[Finding]: ...
def preview_text(
    conversation: ConversationHandle, analyzer: AnalyzersHandle, options: int, text: Text, role: str, channel: str | None, /
) -> list[Finding]: ...

# ---- Packs ----

def pack_english() -> PackHandle: ...
def pack_load(compiled: bytes | bytearray | memoryview, /) -> PackHandle: ...
def pack_compile(sources: list[tuple[str, str]], base: PackHandle | None, /) -> tuple[PackHandle, list[ProblemTuple]]: ...
def pack_compose(base: PackHandle, overlay: PackHandle, /) -> tuple[PackHandle, list[ProblemTuple]]: ...
def pack_bytes(pack: PackHandle, /) -> bytes: ...
def pack_get_info(pack: PackHandle, /) -> tuple[str, str, int, int, int, int, int, int, int, int, str, str]: ...
def pack_signal(pack: PackHandle, signal: int, /) -> tuple[str, str, str, int, int, int, int, int]: ...
def pack_rule(pack: PackHandle, rule: int, /) -> tuple[str, int, int, str, str, int]: ...
def pack_context_name(pack: PackHandle, index: int, /) -> str | None: ...
def pack_slot_name(pack: PackHandle, index: int, /) -> str | None: ...
def pack_reason_name(pack: PackHandle, reason: int, /) -> str | None: ...

# ---- Batches ----

def job_open(texts: Any, unit: int, /) -> JobHandle: ...
def job_set(job: JobHandle, roles: bytes | str, channels: bytes | str | None, conversations: bytes | None, /) -> None: ...
def job_length(job: JobHandle, /) -> int: ...
def job_cut(job: JobHandle, at: int, /) -> int: ...
def job_names(names: Any, role: bool, /) -> bytes: ...
def job_conversations(keys: Any, /) -> bytes: ...
def chunk_run(analyzer: AnalyzersHandle, job: JobHandle, options: int, begin: int, end: int, /) -> tuple[ChunkHandle, int]: ...
def chunk_findings(analyzer: AnalyzersHandle, chunk: ChunkHandle, index: int, /) -> list[Finding]: ...
def columns_read(
    chunks: list[ChunkHandle], /
) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, int, bool, bool]: ...
def columns_wide(chunks: list[ChunkHandle], length: int, signals: list[int], /) -> list[bytes]: ...
def columns_counts(chunks: list[ChunkHandle], /) -> list[int]: ...

# ---- Names ----

def status_name(status: int, /) -> str: ...
def status_message(status: int, /) -> str: ...
def role_name(number: int, /) -> str | None: ...
def channel_name(number: int, /) -> str | None: ...
def version() -> str: ...
