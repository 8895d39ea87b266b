"""Lookalikes: patterns, scripts, notes and addresses are no formulas, however they grow."""

import pytest

from bot.render.formulas.finding import formulas_in, unfinished

LOOKALIKES = [
    "export A=$B; export C=$D",
    "if [ $x = $y ]; then",
    r'print "$a\n$b\n"',
    r"sed 's/\(foo\)/\1/'",
    r"grep '\(a\|b\)'",
    r"regex \(\d+\)\s*",
    r"\[a-z\]+ and \[A-Z\] or \[^0-9\]",
    r"\[0-9\]{3}",
    r"\[a-z\] matches a letter",
    r"\(see below\) and \(see Figure 1\)",
    r"optional \(default: 5\)",
    r"\[INFO\] started",
    r"\[1\] Smith 2020",
    r"> \[1, 2\] Smith 2020",
    r"\[link\](x)",
    r"foo\(x\), array\[i\] and array\[0\]",
    r"https://example.com/a\(b\)c",
    "https://example.com/$a$/b?q=$x$",
    "$1,000 = 10^3 cents$?",
]

FORMULAS = [
    (r"\(x\), \(n\)th and \(a_i\)", ["x", "n", "a_i"]),
    (r"\(\alpha\) and \(f: A \to B\)", [r"\alpha", r"f: A \to B"]),
    (r"\(AB\), \(ABC\), \(abc\), \(mgh\) and \(dx\)", ["AB", "ABC", "abc", "mgh", "dx"]),
    (r"\(\|x\|\) and \(\sin x\)", [r"\|x\|", r"\sin x"]),
    (r"\[E=mc^2\]", ["E=mc^2"]),
    (r"> \[ a-b \]", ["a-b"]),
    (r"\[x\], \[ a \\ b \\ d \].", ["x", r"a \\ b \\ d"]),
    (r"\(\text{see below}\)", [r"\text{see below}"]),
    (r"\(speed = distance / t\)", ["speed = distance / t"]),
    (r"$x$, $5\text{ kg}$ and $10 = 2x$", ["x", r"5\text{ kg}", "10 = 2x"]),
    ("https://example.com $x$", ["x"]),
    ("<https://example.com>$x$", ["x"]),
    ("见https://example.com。设$x$", ["x"]),
    (r"[link](https://example.com)\(x\)", ["x"]),
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_formula_stays_text(text: str) -> None:
    """Patterns, scripts, asides in escaped brackets and addresses hold no formula."""
    assert formulas_in(text) == []


@pytest.mark.parametrize(("text", "sources"), FORMULAS)
def test_formulas_like_those_are_found_still(text: str, sources: list[str]) -> None:
    """What has a sign of mathematics, or no sign of anything else, is a formula."""
    assert [it.source for it in formulas_in(text)] == sources


@pytest.mark.parametrize("text", [*LOOKALIKES, *(text for text, _ in FORMULAS)])
def test_a_formula_that_was_shown_stays_one(text: str) -> None:
    """What may turn out to be none, or to be one, is unfinished for as long as that is open."""
    whole = formulas_in(text)
    for end in range(len(text)):
        start = unfinished(text[:end])
        shown = end if start is None else start
        known = [it for it in formulas_in(text[:end]) if it.start < shown]
        assert known == [it for it in whole if it.start < shown]


@pytest.mark.parametrize(
    ("text", "start"),
    [(r"so \[x\]", 3), (r"so \[x\] ", 3), ("so \\[x\\]\n", None), (r"so \[x\].", None)],
)
def test_a_closed_bracket_waits_for_what_follows_it(text: str, start: int | None) -> None:
    """A formula in square brackets is none where a text or a pattern goes on behind it."""
    assert unfinished(text) == start
