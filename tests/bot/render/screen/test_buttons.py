"""Buttons below an answer: what can be done depends on how it ended, and on what there is."""

from datetime import timedelta

import pytest

from bot.messages import AnswerState
from bot.render.screen.buttons import buttons_below
from bot.snapshots import Closing, Looks, Shown, Snapshot


def labels(snapshot: Snapshot, state: AnswerState) -> tuple[list[str], list[str]]:
    """Return what stands on the buttons and on the arrows."""
    closing = Closing(state, timedelta(0))
    below, arrows = buttons_below(snapshot, closing, shows_text=snapshot.has_text)
    return [it.label for it in below], [it.label for it in arrows]


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (AnswerState.COMPLETE, ["Regenerate"]),
        (AnswerState.LENGTH, ["Regenerate", "Continue"]),
        (AnswerState.STOPPED, ["Regenerate", "Continue"]),
        (AnswerState.INTERRUPTED, ["Regenerate", "Continue"]),
        (AnswerState.FAILED, ["Retry"]),
    ],
)
def test_only_what_was_cut_short_goes_on(state: AnswerState, wanted: list[str]) -> None:
    """Continue stands below what was cut short; without a word there is only Retry."""
    assert labels(Snapshot(5, "Words"), state) == (wanted, [])
    assert labels(Snapshot(5), state) == (["Retry"], [])


def test_thinking_and_thread_where_there_are_any() -> None:
    """Thinking that was heard, or is stored, can be looked at; a thread needs a server."""
    heard = Snapshot(5, "Words", thinking_tokens=3, shown=Shown(can_branch=True))
    wanted = ["Regenerate", "Thinking", "Thread"]
    assert labels(heard, AnswerState.COMPLETE) == (wanted, [])
    stored = Snapshot(5, "Words", shown=Shown(has_thinking=True))
    assert labels(stored, AnswerState.COMPLETE)[0] == ["Regenerate", "Thinking"]
    assert labels(Snapshot(5, thinking_tokens=3), AnswerState.LENGTH)[0] == ["Retry", "Thinking"]


@pytest.mark.parametrize(
    ("place", "ends"), [(1, [True, False]), (2, [False] * 2), (3, [False, True])]
)
def test_arrows_end_where_the_variants_do(place: int, ends: list[bool]) -> None:
    """Between the arrows stands which of how many this is; at an end there is no way on."""
    snapshot = Snapshot(5, "Words", shown=Shown(place=place, of=3))
    _, arrows = buttons_below(
        snapshot, Closing(AnswerState.COMPLETE, timedelta(0)), shows_text=True
    )
    earlier, middle, later = arrows
    assert (middle.label, middle.disabled) == (f"{place}/3", True)
    assert [earlier.disabled, later.disabled] == ends
    assert [it.custom_id for it in arrows] == ["earlier:5", "place:5", "later:5"]


def test_an_answer_from_before_goes_on_as_it_could() -> None:
    """Where no new answer came, what can be done is what could be done with the old one."""
    shown = Shown(state=AnswerState.LENGTH, is_earlier=True)
    wanted = ["Regenerate", "Continue"]
    assert labels(Snapshot(5, "Words", shown=shown), AnswerState.FAILED)[0] == wanted


def test_no_thinking_where_the_place_hides_it() -> None:
    """Where thinking is hidden there is no button for it."""
    hidden = Snapshot(5, "Words", shown=Shown(has_thinking=True), looks=Looks(thinking=False))
    assert labels(hidden, AnswerState.COMPLETE)[0] == ["Regenerate"]


def test_what_shows_nothing_leads_back_to_the_others() -> None:
    """A new answer in which nothing can be seen hides the others from nobody."""
    snapshot = Snapshot(5, "<br>", shown=Shown(place=2, of=2))
    closing = Closing(AnswerState.COMPLETE, timedelta(0))
    below, arrows = buttons_below(snapshot, closing, shows_text=False)
    assert [it.label for it in (*below, *arrows)] == ["Regenerate", "◀", "2/2", "▶"]


@pytest.mark.parametrize("state", list(AnswerState))
@pytest.mark.parametrize("text", ["", "Words"])
def test_what_is_forgotten_has_no_buttons(state: AnswerState, text: str) -> None:
    """Nothing can be done with an answer of which nothing is kept."""
    snapshot = Snapshot(5, text, thinking_tokens=3, shown=Shown(place=2, of=2, can_branch=True))
    closing = Closing(state, timedelta(0), is_forgotten=True)
    assert buttons_below(snapshot, closing, shows_text=bool(text)) == ((), ())
