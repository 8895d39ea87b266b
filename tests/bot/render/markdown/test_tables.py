"""Tables: aligned code where it is narrow, cards where it is not, a picture for many numbers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.render.markdown.cells import MOST_COLUMNS, columns, read_cell, unbold
from bot.render.markdown.tables import Table, table_of

PARSER = MarkdownIt("commonmark").enable("table").disable(["inline"])
LONG = "many words and more of them, so that it is wide"

FRAGMENTS = [
    *("a", "word ", "1,024", "$5", "語", "👍🏽", "e\u0301", "⚠\ufe0f", " ", "\u2013", "x_y", "\\|"),
    *(
        "*",
        "**",
        "***",
        "`",
        "``",
        "```",
        "~~",
        "\\",
        "_",
        "||",
        "<br>",
        "<br/>",
        "# ",
        "- ",
        "1. ",
    ),
    *("**b**", "*i*", "`c`", "`**`", "[l](https://x.y)", "https://x.y/z", "<@12>", "&amp;", "5*"),
    LONG,
]
cells = st.lists(st.sampled_from(FRAGMENTS), max_size=4).map("".join).map(str.strip)


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> Table:
    """Return tables of all sizes, with all kinds of cells."""
    wide = draw(st.integers(1, most))
    row = st.tuples(*[cells] * wide)
    aligned = st.tuples(*[st.sampled_from(["", "left", "right", "center"])] * wide)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=6))), draw(aligned))


def table(source: str) -> Table:
    """Return the table that some Markdown is."""
    return table_of(PARSER.parse(source))


def shown(source: str, quote: str = "") -> str:
    """Return a table as a page shows it."""
    laid = table(source).shown(quote, 4000)
    assert laid is not None
    fence, texts = laid
    return "\n".join([fence.head, *texts, fence.close] if fence else texts)


def letters(text: str) -> str:
    """Return the letters and digits of a text, sorted: a label may stand before its rank."""
    return "".join(sorted(filter(str.isalnum, text)))


def test_a_narrow_table_is_aligned_in_code() -> None:
    """What fits a phone keeps its columns; marks that code would show are gone."""
    text = "| Name | Size |\n|:--|--:|\n| **a** | 5 |\n| 語 | `1024` |"
    assert shown(text) == "```\nName  Size\n────  ────\na        5\n語    1024\n```"


@pytest.mark.parametrize(
    "cell",
    [
        "5",
        "1,024",
        "$1,200.50",
        "\u221212%",
        "+3.4 %",
        "2.1 M",
        "384 400 km",
        "~10",
        "5\u201310 ms",
        "1/2",
    ],
)
def test_numbers_stand_on_the_right(cell: str) -> None:
    """Units, currencies and separators make no number a word, and a dash among them is none."""
    lines = shown(f"| Item | Long header |\n|---|---|\n| Tea | {cell} |\n| No | \u2013 |").split(
        "\n"
    )
    assert lines[3] == f"Tea   {cell:>11}"
    assert lines[4] == "No              \u2013"


@pytest.mark.parametrize("cell", ["version 3", "3rd of May, 1999", "v2", "five", "1 a 2 b"])
def test_words_stay_on_the_left(cell: str) -> None:
    """A word that begins with a digit or holds one is still a word."""
    lines = shown(f"| Item | Quite a long header |\n|---|---|\n| Tea | {cell} |").split("\n")
    assert lines[3] == f"Tea   {cell}"


def test_an_alignment_that_is_given_holds() -> None:
    """Numbers go to the right only where the source says nothing."""
    assert "\nTea   5\n" in shown("| Item | Price |\n|---|:---|\n| Tea | 5 |")


def test_rows_of_a_wide_table_become_cards() -> None:
    """Each row is a bold line and one with its other cells, of which empty ones are left out."""
    assert shown(
        "| City | Country | Population | Founded |\n|---|---|---|---|\n"
        "| Paris | France | **2.1** M | 3rd century BC |\n| [Rome](https://x.y) | | `2.8` M |"
    ) == (
        "-# City · Country · Population · Founded\n"
        "**Paris**\nCountry: France · Population: **2.1** M · Founded: 3rd century BC\n"
        "\n**[Rome](https://x.y)**\nPopulation: `2.8` M"
    )


def test_cards_with_much_to_say_have_a_line_for_each_cell() -> None:
    """Long cells are a list, and what breaks divide is one in it."""
    first, second = "owned and borrowed", "checked before it runs"
    assert shown(
        "| | Python | **Rust:** |\n|---|---|---|\n"
        f"| Memory | {LONG} | - {first}<br>- {second} |\n| Speed | a<br>b | {LONG} |"
    ) == (
        "-# Python · Rust:\n"
        f"**Memory**\n- Python: {LONG}\n- Rust:\n  - {first}\n  - {second}\n"
        f"**Speed**\n- Python: a / b\n- Rust: {LONG}"
    )


def test_two_wide_columns_become_a_list() -> None:
    """What explains a term follows it on its line."""
    assert shown(f"| Name | Meaning |\n|---|---|\n| `a`: | {LONG} |\n| b<br>c | |\n| | d |") == (
        f"-# Name · Meaning\n- **`a`:**: {LONG}\n- **b / c**\n- d"
    ).replace("`:**", "`**")


def test_one_wide_column_becomes_a_list() -> None:
    """Nothing is a label there; and no cell begins a heading or a list in the list."""
    assert shown(f"| # |\n|---|\n| {LONG} |\n| # a |\n| 1. b |\n| |") == (
        f"-# #\n- {LONG}\n- \\# a\n- 1\\. b\n- \u2013"
    )


def test_a_rank_is_no_label() -> None:
    """A row's number is joined by what it numbers."""
    assert shown(f"| # | Task | Note |\n|---|---|---|\n| 1 | Write | {LONG} |\n| 2 | 3 | |") == (
        f"-# \\# · Task · Note\n**1 · Write**\nNote: {LONG}\n\n**2**\nTask: 3"
    )


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("| | France | |", "**Country: France**"),
        ("| | | |", "**\u2013**"),
        ("| **kwargs | | |", "**\\*\\*kwargs**"),
        ("| **a** and *b* | | |", "**a and *b***"),
        ("| `a**b` | | |", "`a**b`"),
        ("| C:\\ | | |", "**C:\\\\**"),
        (f"| # {LONG * 3} | | |", f"\\# {LONG * 3}"),
    ],
)
def test_a_label_is_bold_where_that_can_be(row: str, label: str) -> None:
    """Marks in a cell never end the bold line early, and a whole paragraph is not bold."""
    text = f"| City | Country | Note |\n|---|---|---|\n{row}\n| a | b | {LONG} |"
    assert shown(text).split("\n")[1] == label


def test_marks_pair_within_their_cell() -> None:
    """An asterisk for a footnote does not make its neighbours italic."""
    text = f"| a | b | c |\n|---|---|---|\n| 1 | *x | y* `z |\n| 2 | \\|\\| u | v \\|\\| {LONG} |"
    assert shown(text).split("\n")[1:] == [
        "**1 · \\*x**",
        "c: y\\* \\`z",
        "",
        "**2 · \\|\\| u**",
        f"c: v \\|\\| {LONG}",
    ]


@pytest.mark.parametrize("cell", ["[x](https://y.z)", "https://y.z", "<@123>", "a<br>b"])
def test_what_would_be_dead_in_code_is_not_in_code(cell: str) -> None:
    """Code shows addresses and mentions only as text, so a narrow table with any is cards."""
    assert "```" not in shown(f"| A | B |\n|---|---|\n| {cell} | 1 |")


def test_a_quote_goes_around_every_line() -> None:
    """Code and cards stay in the quote that the table is in."""
    for text in (
        "| A | B |\n|---|---|\n| a | b |",
        f"| A | B | C |\n|---|---|---|\n| a | {LONG} | c |",
    ):
        assert all(line.startswith("> ") for line in shown(text, "> ").split("\n"))


def test_a_header_alone_is_no_card() -> None:
    """The pager shows a header's names until there is a row."""
    laid = table(f"| {LONG} | b | c |\n|---|---|---|").shown("", 4000)
    assert laid == (None, [])


def test_a_row_that_is_too_long_is_not_shown() -> None:
    """The pager then shows the table as it was written, and can cut it."""
    assert Table(("a", "b"), (("a", LONG * 9),), ("", "")).shown("", 300) is None


def test_formulas_in_cells_are_text() -> None:
    """A picture of its own would tear the table apart; and prices are no formulas."""
    text = "| Name | Value |\n|---|---|\n| $x^2 + \\alpha$ | $3 \\times 10^8$ |\n| $5 | \\$6 |"
    assert shown(text).split("\n")[3:5] == ["x² + \u03b1  3 \u00d7 10⁸", "$5           $6"]


@settings(deadline=None)
@given(tables())
def test_no_cell_is_lost(it: Table) -> None:
    """Every letter of every cell is shown, row by row."""
    laid = it.shown("", 100_000)
    assert laid is not None
    fence, texts = laid
    assert len(texts) == len(it.rows)
    for number, (text, row) in enumerate(zip(texts, it.rows, strict=True)):
        read = [read_cell(cell) for cell in row]
        if fence is not None:
            assert letters(text) == letters("".join(cell.plain or "" for cell in read))
            continue
        card = text.split("\n", 1)[1] if number == 0 and text.startswith("-# ") else text
        said = [letters(unbold(cell.text)) for cell in read]
        rest = letters(unbold(card))
        assert all(all(part.count(c) <= rest.count(c) for c in set(part)) for part in said)


@settings(deadline=None)
@given(tables())
def test_code_fits_a_phone_and_its_columns_align(it: Table) -> None:
    """No line is wider than a phone, and each column begins or ends where its rule does."""
    laid = it.shown("", 100_000)
    fence = laid[0] if laid else None
    if fence is None or laid is None:
        return
    head, rule = fence.head.split("\n")[1:]
    assert all(columns(line) <= MOST_COLUMNS for line in (head, rule, *laid[1]))
    assert all(columns(line) <= columns(rule) for line in (head, *laid[1]))
    assert rule == "  ".join("─" * span for span in map(len, rule.split("  ")))


@settings(deadline=None)
@given(tables())
def test_a_tables_markdown_is_read_as_the_same_table(it: Table) -> None:
    """A picture's source holds the rows that it is to show."""
    again = table(it.markdown(slice(None)))
    assert len(again.rows) == len(it.rows)
    assert table(it.markdown(range(1, len(it.rows)))).rows == again.rows[1:]


def test_some_rows_are_aligned_as_all_are() -> None:
    """A picture of the first rows has the columns of the next one."""
    it = table("| a | b |\n|---|---|\n| x | 5 |\n| y \\| z | \u2013 |\n| z | 7 |")
    assert it.markdown(range(1, 2)) == "| a | b |\n| --- | --: |\n| y \\| z | \u2013 |"


NUMBERS = "| Model | Size of it | Speed of it | Price per token |\n|---|---|---|---|\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (NUMBERS + "| a | 1 GB | \u2013 | $5 |\n| b | 2 GB | fast | $6 |", True),
        (NUMBERS + "| a | big | fast | $5 |\n| b | small | slow | $6 |", False),
        (NUMBERS + "| a | 1 | 2 | 3 |", False),
        (NUMBERS + "| a | 1 | 2 | 3 |\n" * 41, False),
        (NUMBERS + "| [a](https://b.c) | 1 | 2 | 3 |\n| b | 1 | 2 | 3 |", False),
        (NUMBERS + f"| a | 1 | 2 | 3 |\n| {LONG * 3} | 1 | 2 | 3 |", False),
        (NUMBERS + "| a<br>b | 1 | 2 | 3 |\n| b | 1 | 2 | 3 |", True),
        (NUMBERS + "| a | | | |\n| b | | | |", False),
        ("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 1 | 2 | 3 |", False),
        (f"| a | {LONG} |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |", False),
    ],
)
def test_a_picture_is_for_many_numbers_in_a_wide_table(source: str, expected: bool) -> None:
    """Few rows, words, links and narrow tables are better off as text."""
    assert table(source).is_for_picture is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("a", 1), ("語", 2), ("e\u0301", 1), ("👍🏽", 2), ("⚠\ufe0f", 2), ("👩\u200d👧", 2)],
)
def test_columns_are_counted_as_they_are_seen(text: str, count: int) -> None:
    """Emoji are as wide as two letters, whatever they are made of; accents have no width."""
    assert columns(text) == count


def test_a_code_block_opens_again_with_its_header() -> None:
    """A reader of the next page still knows the columns."""
    laid = table("| Key | Value |\n|---|---|\n| a | 1 |").shown("", 400)
    assert laid is not None
    assert laid[0] is not None
    assert laid[0].head == laid[0].again == "```\nKey  Value\n───  ─────"


def test_every_card_can_be_told_from_text() -> None:
    """No line of a card begins a heading, a quote or a block of code."""
    text = shown(
        f"| | b | c |\n|---|---|---|\n| # x | > y | {LONG} |\n| | | ``` |\n| {LONG * 3} | | |"
    )
    assert not re.search(r"^(?:#|>|```)", text, re.MULTILINE)
