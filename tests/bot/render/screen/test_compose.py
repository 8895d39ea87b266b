"""Layouts: every message has something to show, and room for all that it may have to say."""

from datetime import timedelta

import pytest

from bot.messages import AnswerState, Usage
from bot.render.markdown.pages import PAGE, Pager
from bot.render.markdown.parts import CodeFile, Page, Picture, PictureKind, Words
from bot.render.markdown.pieces import width
from bot.render.screen.compose import compose
from bot.render.screen.layouts import MOST_TEXT, Layout, not_in_file
from bot.snapshots import Closing, Snapshot

DONE = Closing(AnswerState.COMPLETE, timedelta(seconds=3), Usage(10, 20, 300))
FILE = CodeFile("code-1.py", "x = 1\n")


def texts(layout: Layout) -> list[str]:
    """Return what a message's text displays say."""
    return [it["content"] for it in layout.components() if "content" in it]


def composed(text: str, pages: tuple[Page, ...], closing: Closing | None = DONE) -> list[Layout]:
    """Return what each message of an answer shows."""
    notes = ("A note that takes some room.",) if closing is not None else ()
    return compose(Snapshot(5, text, notes=notes, closing=closing), pages, timedelta(0))


@pytest.mark.parametrize("text", ["<br>", "```\n```", " \n", "> "])
@pytest.mark.parametrize(
    ("state", "words"),
    [(AnswerState.COMPLETE, "without a word"), (AnswerState.STOPPED, "before the first word")],
)
def test_an_answer_that_shows_nothing_says_so(text: str, state: AnswerState, words: str) -> None:
    """A text of which Discord shows nothing counts as no text, bill or not."""
    [layout] = composed(text, Pager().pages(text), Closing(state, timedelta(0)))
    assert words in layout.footer


def test_a_text_that_shows_something_has_no_excuse_below_it() -> None:
    """Below words stand the small lines alone."""
    [layout] = composed("Hello", Pager().pages("Hello"))
    assert "without a word" not in layout.footer


def test_no_message_is_empty() -> None:
    """A full page of pictures that are not drawn yet, and have no text here, is a message too."""
    page = (Picture(PictureKind.FORMULA, "x", ""),)
    for layout in composed("x", (page, (Words("More"),))):
        assert any(texts(layout))


@pytest.mark.parametrize("state", [None, AnswerState.COMPLETE, AnswerState.STOPPED])
def test_there_is_room_to_say_that_files_are_refused(state: AnswerState | None) -> None:
    """Where Discord takes no files the messages still keep to its limit, and say so."""
    closing = Closing(state, timedelta(seconds=3)) if state is not None else None
    pages: tuple[Page, ...] = ((Words("x" * PAGE), FILE),)
    for size in range(1, 300):
        snapshot = Snapshot(5, "x", notes=("n" * size,), closing=closing)
        layouts = [it.without_files() for it in compose(snapshot, pages, timedelta(0))]
        shown = [texts(it) for it in layouts]
        assert all(sum(map(width, each)) <= MOST_TEXT for each in shown)
        assert sum(not_in_file() in "\n".join(each) for each in shown) == 1
