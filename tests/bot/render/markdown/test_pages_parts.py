"""Pages with more than words: formulas and tables that are drawn, and what stands there before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import MOST_ATTACHED, Page, Picture, PictureKind, Words, text_of

HARD = r"\sqrt[3]{\frac{a}{\sqrt{b}}}"
MATRIX = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"
NUMBERS = "| Place in the world | 2021 | 2022 | 2023 | 2024 | 2025 |\n|---|--:|--:|--:|--:|--:|\n"


def numbers(count: int) -> str:
    """Return a table that is worth a picture."""
    rows = (
        f"| Town number {n} | {n}.5 | {n * 9} | {n * 77} | {n}.25 | {n}00 |\n" for n in range(count)
    )
    return NUMBERS + "".join(rows)


def page_of(text: str) -> Page:
    """Return the one page of a short text."""
    [page] = Pager().pages(text)
    return page


def pictures_on(pages: tuple[Page, ...]) -> list[Picture]:
    """Return the pictures on all pages."""
    return [part for page in pages for part in page if isinstance(part, Picture)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("So $x^2$ it is.", "So x² it is."),
        (r"So \(\alpha \le \beta\).", "So \u03b1 ≤ β."),
        ("Costs $5 and $10.", "Costs $5 and $10."),
        ("`$x^2$` is code", "`$x^2$` is code"),
        ("```\n$$x^2$$\n```", "```\n$$x^2$$\n```"),
        ("So:\n$$x^2$$\nand", "So:\nx²\nand"),
        ("So:\n\n$$\nx^2\n$$\n\nand", "So:\n\nx²\n\nand"),
        ("1. $$x^2$$\n2. two", "1. x²\n2. two"),
        ("- so\n  $$\n  x^2\n  $$\n- two", "- so\n  x²\n- two"),
        ("> \\[ x^2 \\]\n> and", "> x²\n> and"),
        ("# About $x^2$", "# About x²"),
        ("$$\nx^2\n\nnever closed", "$$\nx^2\n\nnever closed"),
        ("$$\nx\n```py\ny\n```", "$$\nx\n```py\ny\n```"),
    ],
)
def test_a_simple_formula_is_text(text: str, shown: str) -> None:
    """Where Unicode has it, nothing is drawn; prices and code are no formulas."""
    assert page_of(text) == (Words(shown),)


def test_a_formula_among_words_is_drawn_below_them() -> None:
    """Its line has it as text, and the picture follows that line."""
    words, picture, after = page_of(f"So ${MATRIX}$ it is.\n\nAfter that.")
    assert isinstance(words, Words)
    assert words.text.startswith("So ")
    assert "$" not in words.text
    assert (picture, after) == (Picture(PictureKind.FORMULA, MATRIX, ""), Words("After that."))


def test_no_formula_is_drawn_twice_below_a_line() -> None:
    """What a line says again needs no second picture."""
    assert len(pictures_on((page_of(f"Both ${MATRIX}$ and ${MATRIX}$."),))) == 1


def test_a_formula_that_reads_well_in_a_sentence_is_not_drawn() -> None:
    """A quotient or an index among words is text."""
    [page] = Pager().pages(r"Half of it is $\frac{a + b}{2}$, with $K_{eq}$.")
    assert page == (Words("Half of it is (a + b)/2, with K\\_eq."),)


@pytest.mark.parametrize("marks", ["$$\n{}\n$$", "\\[\n{}\n\\]", "$$ {} $$", "\\[ {} \\]."])
def test_a_formula_in_lines_of_its_own_is_drawn_there(marks: str) -> None:
    """Until it is drawn, its source stands there as code."""
    page = page_of("Before.\n\n" + marks.replace("{}", MATRIX) + "\n\nAfter.")
    picture = Picture(PictureKind.FORMULA, MATRIX, f"```tex\n{MATRIX}\n```")
    assert page == (Words("Before."), picture, Words("After."))
    assert text_of(page) == f"Before.\n```tex\n{MATRIX}\n```\nAfter."


def test_a_formula_in_a_quote_stays_quoted() -> None:
    """What stands in its place has the quote's marks."""
    [words, picture] = page_of(f"> Before.\n> $$\n> {MATRIX}\n> $$")
    assert words == Words("> Before.")
    assert picture == Picture(PictureKind.FORMULA, MATRIX, f"> ```tex\n> {MATRIX}\n> ```")


def test_an_item_keeps_its_mark_before_a_formula() -> None:
    """The number stays, and the picture comes below the line."""
    page = page_of(f"1. $${HARD}$$\n2. two")
    assert [type(part) for part in page] == [Words, Picture, Words]
    assert text_of(page).startswith("1. ")


def test_a_wide_table_of_numbers_is_drawn_once_it_is_complete() -> None:
    """While it grows there are cards; then a picture, and the cards stand for it."""
    pager = Pager()
    growing = pager.pages(f"Look:\n\n{numbers(8)}", growing=True)
    assert pictures_on(growing) == []
    page = pager.pages(f"Look:\n\n{numbers(8)}\nAfter that.", growing=True)[0]
    assert [type(part) for part in page] == [Words, Picture, Words]
    [picture] = pictures_on((page,))
    assert picture.kind is PictureKind.TABLE
    assert len(picture.source.splitlines()) == 10
    assert "Town number 7" in picture.instead
    assert pictures_on(Pager().pages(numbers(8))) == [picture]


def test_rows_of_a_long_table_are_drawn_where_they_stand() -> None:
    """No picture is too tall to read, each has the header, and no row is lost."""
    pictures = pictures_on(Pager(1000).pages(numbers(40)))
    assert len(pictures) > 3
    rows = [picture.source.splitlines() for picture in pictures]
    assert all(lines[0] == rows[0][0] and len(lines) <= 17 for lines in rows)
    towns = [line.split("|")[1].strip() for lines in rows for line in lines[2:]]
    assert towns == [f"Town number {n}" for n in range(40)]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40), st.sampled_from([500, 3700]))
def test_no_page_has_too_many_pictures(count: int, limit: int) -> None:
    """A page full of formulas goes on on the next one, and each is drawn."""
    text = "\n\n".join(f"$$\n{MATRIX}_{{{n}}}\n$$" for n in range(count))
    pages = Pager(limit).pages(text)
    assert all(len(pictures_on((page,))) <= MOST_ATTACHED for page in pages)
    assert len(pictures_on(pages)) == count


def test_a_boxed_result_in_bold_stays_bold() -> None:
    """What is boxed is bold; where the words around are bold already, no marks are doubled."""
    [page] = Pager().pages(r"**Answer: $\boxed{42}$**, that is $\boxed{42}$.")
    assert text_of(page) == "**Answer: 42**, that is **42**."
