"""Conversations: fed, previewed, closed, and used in ways that are errors."""

import threading

import pytest

import care

TURNS = [("agent", "And how was your stay with us?"), ("customer", "Fine."), ("agent", "Great! Would you like the receipt by e-mail?")]


def test_feed_and_read_back() -> None:
    with care.Conversation() as conversation:
        for role, text in TURNS:
            conversation.feed(text, role=role)
        assert len(conversation) == 3 and conversation.analyzer.pack is care.Pack.english()
        assert [[finding.signal for finding in findings] for findings in conversation] == [["probe.experience"], ["fine.tepid"], ["conv.fine_unprobed"]]
        assert conversation[-1][0].turn == 2 and conversation[1:] == list(conversation)[1:]
        assert any(piece.turn == 1 and piece.text is None for piece in conversation[2][0].evidence)
        assert repr(conversation) == "<care.Conversation of 3 turns>"
    assert [len(findings) for findings in conversation] == [1, 1, 1]


def test_preview_remembers_nothing() -> None:
    conversation = care.Conversation()
    conversation.feed(TURNS[0][1], role="agent")
    assert conversation.preview("Fine.", role="customer") == conversation.preview("Fine.", role="customer")
    assert len(conversation) == 1
    assert conversation.suppressed("I'm not sorry.", role="agent") and len(conversation) == 1
    assert conversation.feed("Fine.", role="customer", channel="chat")[0].signal == "fine.tepid"


def test_it_is_a_batch_of_one_conversation() -> None:
    with care.Conversation() as conversation:
        for role, text in TURNS:
            conversation.feed(text, role)
    batch = care.analyze_batch([text for _, text in TURNS], roles=[role for role, _ in TURNS], conversations=["x"] * 3)
    assert [[finding.rule for finding in findings] for findings in batch] == [[finding.rule for finding in findings] for findings in conversation]


def test_use_after_close() -> None:
    conversation = care.Conversation()
    conversation.feed("Hello.")
    conversation.close()
    conversation.close()
    for call in (conversation.feed, conversation.preview, conversation.suppressed):
        with pytest.raises(care.CareError) as caught:
            call("Hello.")
        assert caught.value.code == "state" and "closed" in str(caught.value)
    with pytest.raises(care.CareError, match="closed") as caught:
        with conversation:
            raise AssertionError("entered")
    assert caught.value.code == "state"
    assert len(conversation) == 1 and repr(conversation) == "<care.Conversation of 1 turns, closed>"


def test_two_threads_at_once_are_an_error_not_a_race() -> None:
    conversation = care.Conversation()
    text = "Sorry about that. " * 20_000
    codes: set[str] = set()
    fed = [0, 0]

    def feed(which: int) -> None:
        for _ in range(40):
            try:
                conversation.feed(text)
                fed[which] += 1
            except care.CareError as error:
                codes.add(error.code)

    threads = [threading.Thread(target=feed, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == {"state"} and len(conversation) == sum(fed) > 0


def test_a_failure_loses_nothing() -> None:
    conversation = care.Conversation()
    conversation.feed(TURNS[0][1])
    for bad in (None, 3, object()):
        with pytest.raises(TypeError):
            conversation.feed(bad)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        conversation.feed("Fine.", role="guest")
    assert conversation.feed("Fine.", role="customer")[0].signal == "fine.tepid" and len(conversation) == 2
    with pytest.raises(TypeError):
        care.Conversation("en")  # type: ignore[arg-type]
