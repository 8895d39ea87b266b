"""Growing answers: the chunks that a text came in never matter, and a finished page stays."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.markdown.graphemes import joins
from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import MOST_ATTACHED, CodeFile, Page, Words, text_of
from bot.render.markdown.pieces import width
from tests.bot.render.markdown.mixtures import BLOCKS, answers, anything

LIMIT = 300
MOST_TEXT = 4000
MOST_COMPONENTS = 40
MOST_FOR_A_LINE = 1500
MOST_WITHIN_A_LINE = 40
"""Calls of functions for what is repeated; the parser takes many hundreds for a line."""
MOST_FOR_A_LONG_LINE = 1500
MOST_FOR_A_ROW = 250
"""The same for each frame of a long line, and where what is repeated is a table's row."""
AROUND = 10
"""Components of a message that are no parts of its page, at most."""

cuts = st.lists(st.integers(0, 3000), max_size=12).map(sorted)
WHOLE = [
    "🇩🇪",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "e\u0301\u0302",
    "<:smile:123456>",
    "<@123456789>",
    "語",
]
ENDLESS = [
    *("1500\n", "a\n", "    x\n", "|a|b\n", "+x\n", "> (\n", "🎉 yes\n"),
    *("\\[ x\n", "so $$\n", "word \\(a\n"),
    *("\\[ ", "\\( ", "$a$", "\\boxed{", "<br> ", "$ "),
]
"""What a model may fall into saying again and again."""

packed = (
    st.lists(st.sampled_from([*WHOLE, " ", ". ", "x", "words "]), max_size=400)
    .map("".join)
    .map(str.lstrip)  # four spaces would begin code
)


def frames(text: str, places: Iterable[int], limit: int = LIMIT) -> Iterator[tuple[Page, ...]]:
    """Yield the pages of a text that grows up to each place, and those of the whole."""
    pager = Pager(limit)
    for place in places:
        yield pager.pages(text[:place], growing=True)
    yield pager.pages(text)


@settings(max_examples=400, deadline=None)
@given(anything | answers, cuts, st.booleans())
def test_chunks_do_not_matter(text: str, places: list[int], growing: bool) -> None:
    """In whatever chunks a text comes, its pages in the end are those of the whole text."""
    pager = Pager(LIMIT)
    for place in places:
        pager.pages(text[:place], growing=growing)
    assert pager.pages(text) == Pager(LIMIT).pages(text)


@settings(max_examples=400, deadline=None)
@given(anything | answers, cuts)
def test_a_finished_page_stays(text: str, places: list[int]) -> None:
    """Whatever text follows, a page that has a next one never changes."""
    done: tuple[Page, ...] = ()
    for pages in frames(text, places):
        assert pages[: max(0, len(done) - 1)] == done[:-1]
        done = pages


@settings(max_examples=300, deadline=None)
@given(anything | answers, cuts, st.sampled_from([300, 700, 3700]))
def test_every_frame_can_be_sent(text: str, places: list[int], limit: int) -> None:
    """No page is too long, has too many parts, shows nothing or leaves code open."""
    for pages in frames(text, places, limit):
        for page in pages:
            seen = text_of(page)
            assert width(seen) <= min(limit, MOST_TEXT)
            assert len(page) + AROUND <= MOST_COMPONENTS
            assert sum(not isinstance(part, Words) for part in page) <= MOST_ATTACHED
            assert seen.strip() or any(isinstance(part, CodeFile) for part in page)
            assert len(re.findall("```", seen.replace("\\`", ""))) % 2 == 0


@settings(max_examples=200, deadline=None)
@given(packed, st.integers(1, 40))
def test_what_is_one_character_is_never_split(text: str, step: int) -> None:
    """Neither a page nor a frame ends within an emoji, a flag, a mention or a letter's marks."""
    for pages in frames(text, range(step, len(text), step)):
        at = 0
        for page in pages:
            for shown in text_of(page).split():
                at = text.index(shown, at) + len(shown)
            assert not joins(text, at)
            assert text_of(page).count("<") == text_of(page).count(">")


@settings(max_examples=100, deadline=None)
@given(answers, st.integers(1, 60))
def test_an_answer_only_grows(text: str, step: int) -> None:
    """A frame has all the words of the one before it, in their order."""
    before = ""
    for pages in frames(text, range(step, len(text), step), 700):
        shown = _words(pages)
        assert _is_within(before, shown)
        before = shown


def _words(pages: Iterable[Page]) -> str:
    text = "\n".join(map(text_of, pages))
    # Of a table's header each page has its own, of formulas there is more than one form.
    return re.sub(r"-# .*|[^a-z\u4e00-\u9fff\U0001f000-\U0001ffff]", "", text)


def _is_within(less: str, more: str) -> bool:
    letters = iter(more)
    return all(letter in letters for letter in less)


def test_a_text_that_begins_anew_is_paged_anew() -> None:
    """What was taken for the answer can turn out to be thinking."""
    pager = Pager(LIMIT)
    pager.pages("old words " * 100, growing=True)
    assert pager.pages("new") == ((Words("new"),),)


def test_only_as_many_pages_as_wanted_are_made() -> None:
    """Of a very long text only the first pages are worth their time."""
    text = "word " * 10_000
    assert Pager(LIMIT, most=2).pages(text) == Pager(LIMIT).pages(text)[:3]
    assert list(frames(text, range(0, 50_000, 1000)))[-1] == Pager(LIMIT).pages(text)


def test_a_frame_costs_the_same_in_a_long_answer() -> None:
    """The work for a frame grows neither with the answer nor with what is on its page."""
    period = "\n\n".join(BLOCKS) + "\n\n"
    short, long = (_work(Pager(), period * times) for times in (3, 30))
    assert long < 1.3 * short


@pytest.mark.parametrize("repeated", ENDLESS)
def test_a_text_that_repeats_itself_costs_what_it_is_long(repeated: str) -> None:
    """A page of many lines, or of a single one, takes work by its length, not by its square."""
    text = repeated * 400
    most = MOST_FOR_A_LINE if "\n" in repeated else MOST_WITHIN_A_LINE
    assert _calls(Pager(), text, [len(text)]) < 400 * most


@pytest.mark.parametrize(("repeated", "most"), [("_a ", 50), ("**a ", 120), ("<b>", 40)])
def test_a_line_of_many_marks_is_cut_at_once(repeated: str, most: int) -> None:
    """Where a page is to end in a line, places far too late for it are not tried one by one."""
    text = repeated * 1500
    assert _calls(Pager(), text, [len(text)]) < 1500 * most


def test_a_table_of_many_pages_costs_what_it_is_long() -> None:
    """Its rows are laid out anew only where one changes those before it, on any page."""
    head = "| name | value | more |\n|---|---|---|\n"
    text = head + "".join(f"| row {n} | {3 * n} | some words |\n" for n in range(600))
    assert _calls(Pager(), text, [len(text)]) < 600 * MOST_FOR_A_ROW


@pytest.mark.parametrize(
    "words",
    [
        "Let $x_1$ be and $\\alpha$ then. ",
        "So $\\frac{a}{b} = c$ holds, \\(x^2\\) too. ",
    ],
)
def test_a_long_line_with_many_formulas_is_not_looked_through_anew(words: str) -> None:
    """Of the one line of a page a frame looks only for what is new in it."""
    text = words * (3500 // len(words))
    places = range(20, len(text), 20)
    assert _calls(Pager(), text, places) < len(places) * MOST_FOR_A_LONG_LINE


@pytest.mark.parametrize(
    ("row", "last"),
    [
        ("| a | b |\n", f"| {'a' * 35} | b |\n"),
        ("| 1 | b |\n", f"| {'a' * 35} | b |\n"),
        ("| x | b |\n", "| [a](https://x.y) | 7 |\n"),
    ],
)
def test_a_row_that_widens_all_others_may_fill_the_page(row: str, last: str) -> None:
    """Rows that a new one makes longer are looked at again before a frame is shown."""
    text = "| a | b |\n|---|---|\n" + row * 150
    pager = Pager(1500)
    for at in (len(text), len(text) + len(last)):
        pages = pager.pages((text + last)[:at], growing=True)
        assert max(width(text_of(page)) for page in pages) <= 1500


def _work(pager: Pager, text: str) -> float:
    """Return how many calls of functions a frame takes."""
    places = range(0, len(text), 100)
    return _calls(pager, text, places) / len(places)


def _calls(pager: Pager, text: str, places: Sequence[int]) -> int:
    """Return how many calls of functions the frames at some places take."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        for place in places:
            pager.pages(text[:place], growing=True)
    finally:
        sys.setprofile(before)
    return calls
