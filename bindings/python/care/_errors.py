"""What can go wrong, as exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

__all__ = ["CareError", "Problem"]


@dataclass(frozen=True)
class Problem:
    """Something wrong, or worth a note, in the text of a pack.

    ``line`` and ``column`` count from 1, the column in bytes; 0 where none applies.
    """

    severity: str
    """``"error"``, or ``"note"`` for what does not stop the pack from compiling."""
    code: str
    """As in :attr:`CareError.code`; ``"ok"`` for a note."""
    file: str
    line: int
    column: int
    message: str
    """What is wrong, and the mend."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"


class CareError(Exception):
    """Something that the library could not do. Wrong types are :class:`TypeError`, unknown names :class:`ValueError`.

    >>> import care
    >>> try:
    ...     care.Pack.compile("signal greeting", file="mine.care")
    ... except care.CareError as error:
    ...     print(error.code, error.file, error.line)
    syntax mine.care 1
    """

    code: str
    """What kind: ``"memory"``, ``"argument"``, ``"utf8"``, ``"limit"``, ``"syntax"``, ``"example"``, ``"corrupt"``, ``"version"``,
    ``"pack"`` (objects of two different packs), ``"state"`` (used after its end, or by two threads at once), ``"unsupported"``.
    A note in :attr:`Pack.notes`, which is no error, has ``"ok"``."""
    message: str
    file: str
    """The file it is in, or ``""``."""
    line: int
    """The line, from 1; 0 where none applies."""
    column: int
    """The column in bytes, from 1; 0 where none applies."""
    offset: int
    """Bytes from the start of what was read."""
    problems: tuple[Problem, ...]
    """Everything that is wrong with a pack's text, in the order of its lines."""

    def __init__(self, message: str, code: str = "argument") -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code
        self.file = ""
        self.line = self.column = self.offset = 0
        self.problems = ()

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.file else ""
        more = f" (and {len(self.problems) - 1} more: see .problems)" if len(self.problems) > 1 else ""
        return where + self.message + more

    def _tell(self, message: str, file: str, line: int, column: int, offset: int) -> None:
        self.message = message or self.message
        self.file, self.line, self.column, self.offset = file, line, column, offset

    def _list(self, problems: Iterable[tuple[str, str, str, int, int, str]]) -> None:
        self.problems = tuple(Problem(*problem) for problem in problems)
