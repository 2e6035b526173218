"""Packs: where they come from, what they say of themselves, and what is wrong with bad ones."""

import os
import pathlib
import pickle
from array import array
from typing import Any

import pytest

import care

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))
STEP = """pack shop 1
family shop  by agent  counts for
signal shop.warning  "a warning of the step"
    say 80  (mind | watch) the step
    yes     Please mind the step.
"""


def test_english() -> None:
    english = care.Pack.english()
    assert english is care.Pack.english() and english.name == "en" and english.layer_count == 1
    assert "en" in repr(english) and str(len(english.signals)) in repr(english)
    apology = next(signal for signal in english.signals if signal.id == "apology.regret")
    assert apology.polarity == 1 and "agent" in apology.roles and not apology.conversation and apology.meaning
    assert any(signal.conversation for signal in english.signals)
    assert {rule.signal for rule in english.rules} >= {"apology.regret"}
    rule = next(rule for rule in english.rules if rule.signal == "apology.regret")
    assert rule.name.startswith("apology.regret/") and rule.file.endswith(".care") and rule.line > 0 and rule.text and 0 <= rule.weight <= 100


def test_findings_name_signals_and_rules_of_the_pack() -> None:
    english = care.Pack.english()
    for finding in care.analyze("I'm so sorry, I'm new here."):
        assert finding.signal in {signal.id for signal in english.signals}
        assert finding.rule in {rule.name for rule in english.rules}


def test_compile_from_everything(tmp_path: pathlib.Path) -> None:
    base = care.Pack.english()
    path = tmp_path / "shop.care"
    path.write_text(STEP, encoding="utf-8")
    packs = [care.Pack.compile(STEP, base=base), care.Pack.compile(path, base=base), care.Pack.compile([path], base=base), care.Pack.compile({"a": STEP}, base=base)]
    for pack in packs:
        found = care.Analyzer(pack).analyze("Mind the step! Sorry about that.")
        assert {finding.signal for finding in found} >= {"shop.warning", "apology.regret"}
        assert pack.name == "shop" and pack.version == "1" and pack.layer_count == 2


def test_alone_and_composed() -> None:
    alone = care.Pack.compile({"es": (SOURCE / "tests/packs/toy_es.care").read_text(encoding="utf-8")})
    assert alone.layer_count == 1
    toy = care.Pack.compile(SOURCE / "tests/packs/toy_en.care")
    layer = care.Pack.compile(SOURCE / "tests/packs/toy_layer.care", base=toy)
    assert care.Pack.compose(toy, layer) == layer and hash(care.Pack.compose(toy, layer)) == hash(layer)
    assert care.Pack.compose(toy) == toy and toy != layer and toy != "toy"


def test_store_and_load(tmp_path: pathlib.Path) -> None:
    pack = care.Pack.compile(STEP, base=care.Pack.english())
    stored = pack.to_bytes()
    (tmp_path / "shop.pack").write_bytes(stored)
    for source in (stored, bytearray(stored), memoryview(stored), tmp_path / "shop.pack", str(tmp_path / "shop.pack")):
        loaded = care.Pack.load(source)
        assert loaded == pack and loaded.to_bytes() == stored
    for again in (pickle.loads(pickle.dumps(pack)), pickle.loads(pickle.dumps(care.Analyzer(pack))).pack):
        assert again == pack
    assert pickle.loads(pickle.dumps(care.Pack.english())) is care.Pack.english()
    assert pickle.loads(pickle.dumps(care.analyze))("Sorry about that.") == care.analyze("Sorry about that.")
    assert len(pickle.dumps(care.analyze)) < 200


def test_mistakes_are_all_told() -> None:
    with pytest.raises(care.CareError) as caught:
        care.Pack.compile(STEP + "    huhu\n    say 999 x\n", base=care.Pack.english(), file="shop.care")
    error = caught.value
    assert error.code == "syntax" and error.file == "shop.care" and error.line == 6 and error.column == 5
    assert str(error).startswith("shop.care:6:5: ") and "more: see .problems" in str(error)
    assert [problem.line for problem in error.problems if problem.severity == "error"] == [6, 7]
    assert str(error.problems[0]).startswith("shop.care:6:5: error: ")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) and again.problems == error.problems and again.code == error.code


def test_an_example_that_fails() -> None:
    with pytest.raises(care.CareError) as caught:
        care.Pack.compile(STEP + "    no      Mind the step.\n", base=care.Pack.english())
    assert caught.value.code == "example" and caught.value.line == 6 and caught.value.problems


def test_notes() -> None:
    assert care.Pack.english().notes == ()
    pack = care.Pack.compile(STEP + "    no      Hello.\n", base=care.Pack.english())
    assert [(note.severity, note.code) for note in pack.notes] == [("note", "ok")] and pack.notes[0].line == 6
    assert care.Pack.load(pack.to_bytes()).notes == ()


def test_bad_compiled_packs(tmp_path: pathlib.Path) -> None:
    stored = care.Pack.english().to_bytes()
    other = bytearray(stored)
    other[len(other) // 2] ^= 1
    for bad in (b"", memoryview(array("B")), b"care", stored[:-1], stored + b"x", bytes(other), bytes(len(stored))):
        with pytest.raises(care.CareError) as caught:
            care.Pack.load(bad)
        assert caught.value.code in ("corrupt", "version") and str(caught.value)
    with pytest.raises(FileNotFoundError):
        care.Pack.load(tmp_path / "none")
    with pytest.raises(TypeError):
        care.Pack.load(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        care.Pack()
    with pytest.raises(TypeError):
        care.Pack.compile(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        care.Pack.compile({"a": 7})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        care.Analyzer("en")  # type: ignore[arg-type]


def test_a_path_given_as_text_is_told() -> None:
    for path in ("/tmp/none.care", "shop.care\n", "my packs/shop.care"):
        with pytest.raises(care.CareError, match=r"looks like a path.*Pack\.compile\(pathlib\.Path\(") as caught:
            care.Pack.compile(path)
        assert caught.value.code == "argument" and repr(path.strip()) in str(caught.value)
    for text in ("# mine\n# shop.care", "# shop.care", "pack shop 1  huhu.care"):
        with pytest.raises(care.CareError) as caught:
            care.Pack.compile(text)
        assert caught.value.code == "syntax"


def test_arguments_are_named() -> None:
    compile: Any = care.Pack.compile
    for bad in (None, 7, b"pack shop 1", bytearray(b"pack")):
        with pytest.raises(TypeError, match=f"^sources must be a str, a path, several paths, or a mapping of names to texts, not {type(bad).__name__}$"):
            compile(bad)
    for wrong in (0, None, b"a"):  # a number would be opened as a file's
        with pytest.raises(TypeError, match=rf"^sources\[1\] must be a path, not {type(wrong).__name__}$"):
            compile([SOURCE / "tests/packs/toy_en.care", wrong])
    with pytest.raises(TypeError, match="^base must be a care.Pack, not str$"):
        compile(STEP, base="en")
    load: Any = care.Pack.load
    for other in (3, None, ["a"]):
        with pytest.raises(TypeError, match=f"^source must be a path or bytes, not {type(other).__name__}$"):
            load(other)
    compose: Any = care.Pack.compose
    with pytest.raises(TypeError, match="^base must be a care.Pack, not str$"):
        compose("en")
    with pytest.raises(TypeError, match=r"^overlays\[0\] must be a care.Pack, not str$"):
        compose(care.Pack.english(), "en")


def test_packs_do_not_mix() -> None:
    """A pack's text that another pack does not carry: the error names it."""
    toy = care.Pack.compile(SOURCE / "tests/packs/toy_en.care")
    with pytest.raises(care.CareError):
        care.Pack.compose(care.Pack.compile(SOURCE / "tests/packs/toy_es.care"), care.Pack.compile(SOURCE / "tests/packs/toy_layer.care", base=toy))
