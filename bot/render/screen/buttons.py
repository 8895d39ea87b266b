"""The buttons below an answer that has ended: what can be done with it next."""

from bot.answers.answered import CUT_SHORT
from bot.messages import AnswerState
from bot.render.screen.layouts import Press
from bot.snapshots import Closing, Snapshot
from bot.words import say

Row = tuple[Press, ...]


def buttons_below(snapshot: Snapshot, closing: Closing, *, shows_text: bool) -> tuple[Row, Row]:
    """Return the buttons below an ended answer, and the arrows to its other variants.

    Each would only say of one that is forgotten that there is nothing of it any more.
    """
    if closing.is_forgotten:
        return (), ()
    of, shown = snapshot.answer_id, snapshot.shown
    state = shown.state or closing.state
    thinking = Press(say("button-thinking"), f"thinking:{of}")
    has_thought = shown.has_thinking or snapshot.thinking_tokens > 0
    thinks = has_thought and snapshot.looks.thinking
    # Beside others also what shows nothing is one of them: the arrows lead away from it.
    if shown.of <= 1 and (not shows_text or state is AnswerState.FAILED):
        retry = Press(say("button-retry"), f"retry:{of}")
        return (retry, thinking) if thinks else (retry,), ()
    wanted = (
        (True, Press(say("button-regenerate"), f"regenerate:{of}")),
        (state in CUT_SHORT, Press(say("button-continue"), f"continue:{of}")),
        (thinks, thinking),
        (shown.can_branch, Press(say("button-thread"), f"thread:{of}")),
    )
    return tuple(press for is_wanted, press in wanted if is_wanted), _arrows(snapshot)


def _arrows(snapshot: Snapshot) -> Row:
    of, place, most = snapshot.answer_id, snapshot.shown.place, snapshot.shown.of
    if most <= 1:
        return ()
    return (
        Press("◀", f"earlier:{of}", disabled=place <= 1),
        Press(f"{place}/{most}", f"place:{of}", disabled=True),
        Press("▶", f"later:{of}", disabled=place >= most),
    )
