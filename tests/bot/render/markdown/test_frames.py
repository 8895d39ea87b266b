"""Frames: a growing text is shown up to where it looks right, and never less of it than before."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.render.markdown.frames import frame
from bot.render.markdown.graphemes import joins
from tests.bot.render.markdown.mixtures import FORMULAS, FRAGMENTS, TABLES, answers, mixtures

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MARKED = re.compile("(?<=[`*_~|])[\u200d\u0301]")
"""A mark that closes may look like one that was written: nothing is to belong to that."""

lines = mixtures(FRAGMENTS + TABLES + FORMULAS).map(lambda text: _CONTROL.sub("", text))


def shown(text: str, *, in_code: bool = False) -> str:
    """Return what a frame shows of a text whose last line is unfinished."""
    *whole, tail = text.split("\n")
    kept, last = frame(whole, tail, in_code=in_code)
    return "\n".join([*whole[:kept], last])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("A few wor", "A few"),
        ("A few words ", "A few words"),
        ("Word", ""),
        ("中文的句", "中文的"),
        ("ภาษาไท", "ภาษาไ"),
        ("see [the do", "see"),
        ("see [the docs](https://exam", "see"),
        ("see [the docs](https://example.org) a", "see [the docs](https://example.org)"),
        ("look ![a pic", "look"),
        ("go to https://exam", "go to"),
        ("ask <@1234", "ask"),
        ("so **bold te", "so **bold**"),
        ("so **bold words te", "so **bold words**"),
        ("so **bo", "so"),
        ("an *italic **and bold te", "an *italic **and bold***"),
        ("with `code sp", "with `code`"),
        ("~~struck ou", "~~struck~~"),
        ("a ||secret wo", "a ||secret||"),
        ("2 * 3 is si", "2 * 3 is"),
        ("snake_case is fi", "snake_case is"),
        ("- ", ""),
        ("1. Fir", ""),
        ("1. First o", "1. First"),
        ("##", ""),
        ("> quo", ""),
        ("-# small wo", "-# small"),
        ("``", ""),
        ("```pyth", ""),
        ("~~~", ""),
        ("| Name | Si", ""),
        ("text\n\n| Name | Size |\n", "text\n\n"),
        ("text\n\n| Name | Size |\n|--", "text\n\n"),
        ("| Name | Size |\n|--|--|\n| a | 1", ""),
        ("| Name | Size |\nother wo", "| Name | Size |\nother"),
        ("| Name | Size |\n|--|--|\n| a | 1 |\n| b", "| Name | Size |\n|--|--|\n| a | 1 |\n"),
        ("costs $5 and te", "costs $5 and"),
        ("with $x^2 + y", "with"),
        ("so\n$$\nx = \\frac{1}", "so\n"),
        ("so\n$$\nx = 1\n$$", "so\n"),
        ("the flag 🇩", "the flag"),
    ],
)
def test_a_frame_ends_well(text: str, seen: str) -> None:
    """What is half written is held back, and open marks are closed."""
    assert shown(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**注意**请看", "**注意**请"),
        ("**“注意”**请看", "**“注意”**请"),
        ("**LLM**s are ", "**LLM**s are"),
        ("*kernel*s and ", "*kernel*s and"),
        ("**Note:**this ", "**Note:**this"),
        ("un**believ**able an", "un**believ**able"),
        ("a*b or x**2 is ", "a*b or x**2 is"),
        ("src/**/*.ts is ", "src/**/*.ts is"),
        ("see **https://x.y/z** and ", "see **https://x.y/z** and"),
        ("use **kwargs and **opts ", "use **kwargs and **opts**"),
    ],
)
def test_marks_in_words_close(text: str, seen: str) -> None:
    """A mark within a word closes what is open, so that no frame has one that nobody wrote."""
    assert shown(text) == seen


@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        (
            "[C](https://en.wikipedia.org/wiki/C_(lang",
            "[C](https://en.wikipedia.org/wiki/C_(lang))",
        ),
        ("[C](https://x.y/C_(l)_an", "[C](https://x.y/C_(l)_and_(m))"),
        ("[a [b", "[a [b] c](https://x.y)"),
        ("[a [b] c](https://x", "[a [b] c](https://x.y)"),
        ("![a](https://x.y/(b", "![a](https://x.y/(b).png)"),
    ],
)
def test_a_link_is_shown_once_it_is_whole(begun: str, whole: str) -> None:
    """Brackets in a label and parentheses in an address do not end a link."""
    assert shown(f"see {begun}") == shown(f"see {whole[:-1]}") == "see"
    assert shown(f"see {whole} and ") == f"see {whole} and"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Press ` to have $x^2$ an", "Press ` to have $x^2$"),
        ("Press ` to have $x^2", "Press ` to have"),
        ("the backtick (`) an", "the backtick (`)"),
        (r"three \`\`\` mar", r"three \`\`\`"),
        ("in `a code sp", "in `a code`"),
    ],
)
def test_a_lone_backtick_begins_no_code(text: str, seen: str) -> None:
    """What follows a backtick that is only spoken of is text."""
    assert shown(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("x = compute(y, z", "x = compute(y,"),
        ("int **argv, cha", "int **argv,"),
        ("echo $HOME $PA", "echo $HOME"),
        ("``", ""),
        ("| x -> y", "| x ->"),
    ],
)
def test_code_is_not_text(text: str, seen: str) -> None:
    """In code only words and the fence that ends it are waited for."""
    assert shown(text, in_code=True) == seen


@pytest.mark.parametrize("start", ["[", "<", "$", "`", "**", "|", "~~~", "![", "https://", "\\["])
def test_nothing_stays_hidden(start: str) -> None:
    """A mark that nothing ever closes holds the text back for a while only."""
    assert "words" in shown(f"Some {start}" + "words and more " * 160)
    assert "words" in shown(start + "words and more " * 160)
    assert "wwww" in shown(start + "w" * 3000)


@settings(max_examples=300, deadline=None)
@given(lines, st.booleans())
@example(line="$$語" + "x" * 90 + "\\[", in_code=False)
def test_what_was_shown_stays(line: str, in_code: bool) -> None:
    """However a line goes on, no less of it is shown than before."""
    ends = [_end(line[:place], in_code=in_code) for place in range(len(line) + 1)]
    assert all(before <= after for before, after in pairwise(ends))


@settings(max_examples=200, deadline=None)
@given(answers, st.integers(1, 7))
def test_what_was_shown_of_an_answer_stays(text: str, step: int) -> None:
    """However an answer goes on, no less of it is shown than before."""
    ends = [_end(text[:place]) for place in range(0, len(text), step)]
    assert all(before <= after for before, after in pairwise(ends))


def _end(text: str, *, in_code: bool = False) -> int:
    """Return how many of a text's characters a frame shows, spaces and closing marks aside."""
    seen = shown(text, in_code=in_code)
    end = next((n for n, (a, b) in enumerate(zip(seen, text, strict=False)) if a != b), None)
    return len(text[: len(seen) if end is None else end].rstrip())


@settings(max_examples=300, deadline=None)
@given(lines.map(lambda line: _MARKED.sub("", line)))
def test_no_character_is_shown_in_half(line: str) -> None:
    """Whatever comes next, it does not belong to the last character that is shown."""
    for place in range(len(line)):
        end = _end(line[:place])
        assert not joins(line, end)


@pytest.mark.parametrize(
    "line", ["`" + ">" * 40 + "$$```", ">" * 40 + "```", "a `code` and ``more``"]
)
def test_ticks_that_may_be_more_are_waited_for(line: str) -> None:
    """A run of backticks at the end is shown once it is known how long it is."""
    ends = [_end(line[:place], in_code=False) for place in range(len(line) + 1)]
    assert ends == sorted(ends)
