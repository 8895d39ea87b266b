"""Lays an answer out over its messages: pages, the meter or the closing lines, buttons, a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages import AnswerState, Closing, Snapshot
from bot.render.layouts import MOST_TEXT, Layout, Press
from bot.render.lines import closing_line, ending_words, meter_line, note_lines
from bot.render.pages import PAGE, Pager
from bot.render.pieces import width

MOST_PAGES = 5
"""Messages that an answer takes at most; a longer one ends in a file."""

_RETRYABLE = (AnswerState.INTERRUPTED, AnswerState.FAILED)


TOO_LATE = (
    "⚠️ Discord lets me write to a private answer for 15 minutes, and they are over. "
    "What comes from here on can't be shown. For an answer that takes so long, ask in public."
)


def pager_below(head: str) -> Pager:
    """Return a pager whose pages leave room for a line above them."""
    return Pager(PAGE - width(head), most=MOST_PAGES)


def compose(
    snapshot: Snapshot,
    pages: Sequence[str],
    waited: timedelta,
    head: str = "",
    *,
    is_ending: bool = False,
) -> list[Layout]:
    """Return what each message shows; `waited` is the time since the question.

    `head` stands above all. On a screen that `is_ending` a growing answer says that it can't be
    shown further.
    """
    first, *more = _laid_out(snapshot, pages, waited, MOST_TEXT - width(head), is_ending)
    return [replace(first, head=head), *more]


def _laid_out(
    snapshot: Snapshot, pages: Sequence[str], waited: timedelta, room: int, is_ending: bool
) -> list[Layout]:
    if snapshot.closing is None and is_ending:
        *done, last = pages[:MOST_PAGES] or [""]
        return [*(Layout(page) for page in done), Layout(last, footer=TOO_LATE)]
    if snapshot.closing is None:
        return _growing(snapshot, pages, waited)
    return _ended(snapshot, snapshot.closing, pages, room)


def _growing(snapshot: Snapshot, pages: Sequence[str], waited: timedelta) -> list[Layout]:
    *done, last = pages[:MOST_PAGES] or [""]
    meter = meter_line(snapshot, waited)
    if len(pages) > MOST_PAGES:
        meter += "\n-# The answer goes on; the whole of it will come in a file."
    stop = Press("Stop", f"stop:{snapshot.answer_id}", danger=True)
    return [*(Layout(page) for page in done), Layout(last, meter, buttons=(stop,))]


def _ended(snapshot: Snapshot, closing: Closing, pages: Sequence[str], room: int) -> list[Layout]:
    *done, last = pages[:MOST_PAGES] or [""]
    words = ending_words(snapshot, closing)
    lines = [note_lines(snapshot.notes), closing_line(closing)]
    document = None
    if len(pages) > MOST_PAGES:
        document = snapshot.text
        lines.insert(
            0, f"The answer is longer than {MOST_PAGES} messages: this file has all of it."
        )
    footer = "\n".join(line for line in (words, *lines) if line)
    retry = Press("Retry", f"retry:{snapshot.answer_id}")
    buttons = (retry,) if closing.state in _RETRYABLE else ()
    layouts = [Layout(page) for page in done]
    if last and width(last) + width(footer) > room:
        layouts.append(Layout(last))
        last = ""
    return [*layouts, Layout(last, footer=footer, document=document, buttons=buttons)]
