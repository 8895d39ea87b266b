"""Variants: which of a question's answers can be read, in which order, and which stands for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answered import Answered, Variant
from bot.messages import AnswerState, Person, Place, Question, Usage
from bot.snapshots import Closing

QUESTION = Question(
    Person(1, "Ada", "ada"), Place(5, 3), "A colour?", datetime(2026, 3, 18, tzinfo=UTC)
)


def answered(*parents: int | None, chosen: int | None = None) -> Answered:
    """Return answers numbered from 1, each going on with its parent, if it has one."""
    readable = tuple(
        Variant(number, f"answer {number}", AnswerState.COMPLETE, continues_id=parent)
        for number, parent in enumerate(parents, start=1)
    )
    return Answered(
        7, 2, QUESTION, False, len(parents), is_running=False, readable=readable, chosen_id=chosen
    )


@st.composite
def families(draw: st.DrawFn) -> list[int | None]:
    """Draw answers of which each is new, or goes on with an earlier one that none goes on with."""
    parents: list[int | None] = []
    ends: list[int] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        parent = draw(st.sampled_from([None, *ends]))
        if parent is not None:
            ends.remove(parent)
        ends.append(number)
        parents.append(parent)
    return parents


@given(families())
def test_every_answer_has_one_that_stands_for_it(parents: list[int | None]) -> None:
    """Each answer leads to one variant; variants keep the order in which they were begun."""
    known = answered(*parents)
    places = [known.place_of(number) for number in range(1, len(parents) + 1)]
    assert all(place is not None for place in places)
    for number, parent in enumerate(parents, start=1):
        if parent is not None:
            assert known.place_of(number) == known.place_of(parent)
    fresh = [known.place_of(n) for n, parent in enumerate(parents, start=1) if parent is None]
    assert fresh == list(range(len(known.variants)))


@given(families())
def test_one_more_is_known_before_it_is_there(parents: list[int | None]) -> None:
    """How a next answer will stand is what it stands like once it is there."""
    known, number = answered(*parents), len(parents) + 1
    later = answered(*parents, None)
    assert known.next_shown().place == (later.place_of(number) or 0) + 1
    assert known.next_shown().of == len(later.variants)
    end = known.variants[0].id
    later = answered(*parents, end)
    assert known.next_shown(continues=end).place == (later.place_of(number) or 0) + 1
    assert known.next_shown(continues=end).of == len(later.variants)


def test_the_chosen_one_is_in_the_past() -> None:
    """Without a choice, or with one of what is gone, the newest answer counts."""
    assert (it := answered(None, None).chosen) is not None
    assert it.id == 2
    assert (it := answered(None, None, chosen=1).chosen) is not None
    assert it.id == 1
    assert (it := answered(None, None, chosen=9).chosen) is not None
    assert it.id == 2
    assert answered().chosen is None
    assert answered().place_of(1) is None


def test_an_earlier_answer_is_shown_with_a_later_end() -> None:
    """Where no new answer came the old one has its own state, and the end that is told of."""
    known = answered(None)
    closing = Closing(AnswerState.FAILED, timedelta(seconds=1))
    shown = known.snapshot(known.variants[0], closing)
    assert shown.closing is closing
    assert shown.shown.is_earlier
    assert shown.shown.state is AnswerState.COMPLETE
    assert not known.snapshot(known.variants[0]).shown.is_earlier


def test_an_open_bill_is_told_of() -> None:
    """A variant that is shown again before its bill came says that it is being asked for."""
    known = answered(None)
    [variant] = known.variants
    shown = known.snapshot(variant).closing
    assert shown is not None
    assert shown.bill_is_open
    shown = known.snapshot(replace(variant, usage=Usage(1, 2, 3))).closing
    assert shown is not None
    assert not shown.bill_is_open
