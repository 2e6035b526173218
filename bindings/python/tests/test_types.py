"""The types: complete, true of what is there, and enough for those who use care under mypy --strict."""

import os
import pathlib
import subprocess
import sys

import care

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))
CONFIGURATION = SOURCE / "bindings/python/pyproject.toml"

USER = """
import care
from typing import Any

findings: list[care.Finding] = care.analyze("Sorry.", role="agent", previous=b"x", channel=None)
signal: str = findings[0].signal
span: slice = slice(findings[0].start, findings[0].end)
pieces: tuple[care.Evidence, ...] = findings[0].evidence
slots: tuple[care.Slot, ...] = findings[0].slots
name: str = slots[0].slot
yes: bool = care.is_tepid("Fine.", question="How are you?")
batch: care.Batch = care.analyze_batch(["a", None, b"c"], roles=["agent"] * 3, conversations=[1, 1, 2])
some: list[list[care.Finding]] = batch[1:]
counts: dict[str, int] = batch.counts()
for each in batch:
    said: dict[str, Any] = each[0].as_dict()
with care.Conversation(care.Analyzer(care.Pack.english())) as conversation:
    fed: list[care.Finding] = conversation.feed("x", role="customer")
    why: str = conversation.suppressed("x")[0].reason
try:
    pack: care.Pack = care.Pack.compile({"a": "pack a 1"}, base=None)
except care.CareError as error:
    code: str = error.code
    where: tuple[str, int] = (error.problems[0].file, error.line)
"""

WRONG = {
    "care.analyze(7)": "arg-type",
    "care.analyze('a', rolle='agent')": "call-arg",
    "care.analyze('a')[0].signall": "attr-defined",
    "care.analyze('a')[0].start = 3": "misc",
    "care.analyze_batch([3])": "list-item",
    "care.analyze_batch(['a'], offsets='bytes')": "arg-type",
    "x: int = care.has_apology": "assignment",
}


def mypy(*arguments: str | os.PathLike[str], folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    package = pathlib.Path(care.__file__).parents[1]
    environment = {**os.environ, "MYPYPATH": str(package)}
    environment.pop("PYTHONPATH", None)
    command = [sys.executable, "-m", "mypy", "--config-file", CONFIGURATION, "--strict", "--cache-dir", folder / "cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=300)


def test_package_tests_examples_and_benchmarks(tmp_path: pathlib.Path) -> None:
    files = [*(SOURCE / "bindings/python/tests").glob("*.py"), *(SOURCE / "examples/python").glob("*.py"), *(SOURCE / "bench/python").glob("*.py")]
    done = mypy("-p", "care", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    done = mypy(*files, folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_users(tmp_path: pathlib.Path) -> None:
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    done = mypy("user.py", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    for number, (line, code) in enumerate(WRONG.items()):
        (tmp_path / f"wrong{number}.py").write_text(f"import care\n\n{line}\n", encoding="utf-8")
    done = mypy(*(f"wrong{number}.py" for number in range(len(WRONG))), folder=tmp_path)
    for number, (line, code) in enumerate(WRONG.items()):
        assert f"wrong{number}.py:3: error:" in done.stdout and f"[{code}]" in done.stdout, (line, done.stdout)


def test_stubs_are_true(tmp_path: pathlib.Path) -> None:
    allowed = tmp_path / "allowed"
    allowed.write_text(
        "care\\._care\\.(nothing|library_time|library_clock|\\w+Handle|NameOf|ProblemTuple)\ncare\\.\\w+\\.(Offsets|pyarrow|Buffer)\n"
        "care\\..*\\.__replace__\n",  # what Python 3.13 gives to every record of its kinds
        encoding="utf-8",
    )
    command: list[str | os.PathLike[str]] = [sys.executable, "-m", "mypy.stubtest", "--mypy-config-file", CONFIGURATION, "--allowlist", allowed, "--ignore-unused-allowlist", "care"]
    environment = {**os.environ, "MYPYPATH": str(pathlib.Path(care.__file__).parents[1])}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
