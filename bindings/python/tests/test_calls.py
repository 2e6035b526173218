"""Calls of one text: what they give, by str and by bytes, and the records that they give it in."""

import copy
import inspect
import itertools
import json
import pickle
from typing import Any

import pytest

import care

TEXT = "Désolé 😀 ... I'm so sorry about that, our courier lost it."


def test_offsets_slice_the_text() -> None:
    for text in (TEXT, TEXT.encode(), bytearray(TEXT.encode()), memoryview(TEXT.encode())):
        found = care.analyze(text)
        assert [finding.signal for finding in found] == [finding.signal for finding in care.analyze(TEXT)]
        for finding in found:
            assert bytes(text[finding.start : finding.end]) == finding.text if not isinstance(text, str) else text[finding.start : finding.end] == finding.text
            assert isinstance(finding.text, str if isinstance(text, str) else bytes)


def test_questions() -> None:
    assert care.has_apology("Sorry about the wait.") is True
    assert care.has_apology(b"Sorry about the wait.") is True
    assert care.has_apology("The wait is over.") is False
    assert care.has_excuse("I'm new here.") is True
    assert care.has_empathy("That must have been so frustrating for you.") is True
    assert care.is_tepid("Fine.", "How was everything?") is True
    assert care.is_tepid("Fine.", question=b"How was everything?") is True
    assert care.is_tepid(text="Fine.", question="How are you?") is False
    assert care.is_tepid("Great!") is False


def test_previous_role_and_channel() -> None:
    [tepid] = care.analyze("Fine.", "customer", "How was everything?", "chat")
    assert tepid.signal == "fine.tepid" and tepid.turn == 1
    assert any(piece.turn == 0 and piece.text for piece in tepid.evidence) or all(piece.turn == 1 for piece in tepid.evidence)
    assert care.analyze("Fine.", role="system", previous="How was everything?") == []
    assert care.analyze(text="Fine.", previous=None, channel=None, role="customer") == care.analyze("Fine.", "customer")


def test_roles_and_channels() -> None:
    assert care.ROLES == ("agent", "customer", "bot", "system", "leader", "staff")
    assert care.CHANNELS == ("unknown", "call", "chat", "email", "social", "survey", "review")
    for role in care.ROLES:
        for channel in care.CHANNELS:
            care.analyze("Fine.", role=role, channel=channel)


def test_suppressed_says_why() -> None:
    candidates = care.suppressed("I'm not sorry.")
    assert candidates and all(isinstance(one, care.Candidate) for one in candidates)
    assert ("apology.regret", "sorry", "not") in [(one.signal, one.text, one.reason) for one in candidates]
    assert care.analyze("I'm not sorry.") == []


def test_finding_is_a_value() -> None:
    finding, same = care.analyze(TEXT)[0], care.analyze(TEXT)[0]
    assert finding == same and hash(finding) == hash(same) and len({finding, same}) == 1
    assert finding != care.analyze("Sorry.")[0] and finding != 7
    assert repr(finding).startswith("care.Finding(signal='apology.") and "evidence=(care.Evidence(" in repr(finding)
    with pytest.raises(AttributeError):
        finding.start = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        finding.colour = 3  # type: ignore[attr-defined]
    match finding:
        case care.Finding(signal=signal):
            assert signal == finding.signal
    with pytest.raises(TypeError):
        care.Finding((1, 2))
    with pytest.raises(TypeError):
        finding < same  # type: ignore[operator]


def test_findings_travel() -> None:
    given: list[Any] = [*care.analyze(TEXT), *care.suppressed(TEXT), *care.analyze_batch([TEXT], evidence=True)[0]]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(given, protocol)) == given
    assert copy.deepcopy(given) == given
    again = pickle.loads(pickle.dumps(given))
    assert repr(again) == repr(given) and [one.as_dict() for one in again] == [one.as_dict() for one in given]


def test_as_dict_has_the_names_of_the_command_line() -> None:
    pack = care.Pack.english()
    found = care.analyze("Unlike FastShip, we are sorry about that.", previous="FastShip never lost it.")
    for finding in found:
        said = json.loads(json.dumps(finding.as_dict()))
        assert list(said) == ["signal", "start", "end", "text", "confidence", "rule", "slots", "evidence", "degree", "contexts", "turn"]
        for piece in said["evidence"]:
            assert list(piece) == ["rule", "start", "end", "turn", "weight", "text"]
    assert list(care.suppressed("I'm not sorry.")[0].as_dict())[-1] == "reason"
    assert pack.contexts


def test_a_finding_outlives_its_analyzer() -> None:
    text = "".join(["Sorry about that, ", "Kim."])
    found = care.Analyzer(care.Pack.load(care.Pack.english().to_bytes())).analyze(text)
    batch = care.Analyzer(care.Pack.load(care.Pack.english().to_bytes())).analyze_batch([text], evidence=True)
    kept = batch[0]
    del text, batch
    assert found[0].text.startswith("Sorry") and found[0].evidence[0].text == found[0].text
    assert kept == found


def test_findings_outlive_their_list_and_each_other() -> None:
    text = "I'm so sorry, I'm new here."
    expected = [one.as_dict() for one in care.analyze(text)]
    batch = care.analyze_batch([text], evidence=True)
    for order in itertools.permutations(range(len(expected))):
        for found in (care.analyze(text), batch[0], pickle.loads(pickle.dumps(care.analyze(text)))):
            kept = dict(enumerate(found))
            del found
            for index in order:
                care.analyze(text)  # which may take the memory of what is dropped
                assert [one.as_dict() for one in kept.values()] == [expected[i] for i in kept]
                del kept[index]


def test_a_finding_may_hold_anything_and_still_be_dropped() -> None:
    class Speaks:
        def __del__(self) -> None:
            heard.append([finding.text for finding in care.analyze("Sorry about the wait.")])

    heard: list[list[str]] = []
    fields = care.Finding.__match_args__
    for _ in range(3):
        care.Finding((Speaks(), *range(len(fields) - 1)))
    assert heard == [["Sorry about the wait"]] * 3


def test_signatures_and_documentation() -> None:
    assert str(inspect.signature(care.analyze)) == "(text, role='agent', previous=None, channel=None)"
    assert str(inspect.signature(care.is_tepid)) == "(text, question=None)"
    for name in care.__all__:
        assert isinstance(getattr(care, name), tuple) or getattr(care, name).__doc__, name
    for kind in (care.Analyzer, care.Batch, care.Conversation, care.Pack, care.Finding, care.Candidate, care.Slot, care.Evidence):
        for name, member in inspect.getmembers(kind):
            if not name.startswith("_") and not name.startswith("n_"):
                assert member.__doc__, f"{kind.__name__}.{name}"


def test_version_stands_in_one_place() -> None:
    assert care.__version__.count(".") == 2
