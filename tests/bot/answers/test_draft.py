"""A growing answer: words, thinking, time, and what its tries cost."""

from datetime import timedelta

from bot.answers.draft import Draft
from bot.messages import AnswerState, Usage
from bot.snapshots import Closing, Snapshot
from bot.streaming import Charged, Delta, Finished, FinishReason, Started, StreamEvent, Waiting


class Clock:
    """A clock that goes on by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def drafted(*events: StreamEvent, clock: Clock | None = None) -> Draft:
    """Return a draft that took these events, a second apart."""
    clock = clock or Clock()
    draft = Draft(7, ("a.zip: not read",), clock)
    for event in events:
        clock.now += 1
        draft.take(event)
    return draft


def spent(cost: int) -> Usage:
    """Return a usage of ten tokens at a cost."""
    return Usage(prompt_tokens=6, completion_tokens=4, cost_micros=cost)


def test_words_and_thinking_are_kept_apart() -> None:
    """Text and thinking grow side by side, and the snapshot tells how long the thinking took."""
    draft = drafted(
        Started("gen-1"),
        Waiting(),
        Delta(thinking="Let me "),
        Delta(thinking="think."),
        Delta(text="It is "),
        Delta(text="so."),
    )
    snapshot = draft.snapshot()
    assert (draft.text, draft.thinking) == ("It is so.", "Let me think.")
    assert (snapshot.answer_id, snapshot.text) == (7, "It is so.")
    assert snapshot.thinking_for == timedelta(seconds=2)
    assert snapshot.thinking_tokens == 3
    assert snapshot.notes == ("a.zip: not read",)


def test_leaked_thinking_moves_to_the_thinking() -> None:
    """Once text turns out to have been thinking, it is no part of the answer any more."""
    draft = drafted(Delta(text="hmm, maybe"), Delta(text="Yes.", recast=True))
    assert (draft.text, draft.thinking) == ("Yes.", "hmm, maybe")


def test_the_state_follows_the_end() -> None:
    """Without an end it is interrupted, with one it is complete or cut for its length."""
    assert drafted(Delta(text="x")).state is AnswerState.INTERRUPTED
    assert drafted(Finished(FinishReason.STOP, None)).state is AnswerState.COMPLETE
    assert drafted(Finished(FinishReason.LENGTH, None)).state is AnswerState.LENGTH


def test_every_try_that_cost_something_counts() -> None:
    """What failed tries were charged is added to the answer's own report."""
    draft = drafted(
        Started("gen-1"),
        Charged(spent(10)),
        Started("gen-2"),
        Finished(FinishReason.STOP, spent(20)),
    )
    draft.end()
    assert draft.usage == Usage(12, 8, 30)
    assert draft.unreported == ()


def test_what_nobody_told_of_is_to_be_asked_for() -> None:
    """A try without a report, a missing report at the end and a cut try are named by their ids."""
    draft = drafted(Started("gen-1"), Charged(None), Started("gen-2"))
    draft.end(cut=True)
    assert draft.usage is None
    assert draft.unreported == ("gen-1", "gen-2")
    finished = drafted(Started("gen-3"), Finished(FinishReason.STOP, None))
    assert finished.unreported == ("gen-3",)
    unasked = drafted()
    unasked.end(cut=True)
    assert unasked.unreported == (None,)


def test_time_stands_still_after_the_end() -> None:
    """What an answer took does not grow while its bill is asked for."""
    clock = Clock()
    draft = drafted(Delta(text="x"), clock=clock)
    draft.end()
    clock.now += 60
    assert draft.took == timedelta(seconds=1)


def test_what_does_not_count_leaves_what_was_there() -> None:
    """Where a new answer fails, with words or without, the earlier one stands there again."""
    earlier = Snapshot(6, "As before.")
    for words, state in (("", AnswerState.STOPPED), ("Half", AnswerState.FAILED)):
        draft = Draft(7, (), Clock(), before=earlier)
        draft.take(Delta(text=words))
        shown = draft.snapshot(Closing(state, timedelta(0)))
        assert (shown.answer_id, shown.text) == (6, "As before.")
    draft = Draft(7, (), Clock(), before=earlier)
    draft.take(Delta(text="Half"))
    assert draft.snapshot(Closing(AnswerState.STOPPED, timedelta(0))).answer_id == 7
