"""Leaked thinking, told apart from the answer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.openrouter.thinking import LONGEST_LEAK, LONGEST_TAIL, ThinkFilter


def sorted_out(*pieces: str, thought: bool = False) -> tuple[str, str]:
    """Return (text, thinking) as a reader of the filter's deltas ends up with."""
    sieve = ThinkFilter()
    if thought:
        sieve.thought()
    text = thinking = ""
    for delta in [*map(sieve.feed, pieces), sieve.flush()]:
        if delta.recast:
            text, thinking = "", thinking + text
        text, thinking = text + delta.text, thinking + delta.thinking
    return text, thinking


LONG = "so " * LONGEST_LEAK


@pytest.mark.parametrize(
    ("content", "text", "thinking"),
    [
        ("Just an answer.", "Just an answer.", ""),
        ("<think>hm</think>Four.", "Four.", "hm"),
        ("\n <think>hm</think>\n\n  Four.", "  Four.", "hm"),
        ("<think>a</think>\n<think>b</think>Four.", "Four.", "ab"),
        ("2 + 2, so\n</think>\n\nFour.", "Four.", "2 + 2, so\n"),
        ("</think>\n\nFour.", "Four.", ""),
        ("<think>never closed", "", "never closed"),
        ("<think>cut </thi", "", "cut </thi"),
        ("\n\nFour.", "Four.", ""),
        ("    code first", "    code first", ""),
        ("1 < 2", "1 < 2", ""),
        ("<thin", "<thin", ""),
        ("<b>", "<b>", ""),
        ("It writes `</think>` then.", "It writes `</think>` then.", ""),
        ("A <think>tag</think> pair.", "A <think>tag</think> pair.", ""),
        ("See:\n```\n<think>\n</think>\n```\n", "See:\n```\n<think>\n</think>\n```\n", ""),
        ("See:\n```\n</think>\n```\nok", "See:\n```\n</think>\n```\nok", ""),
        ("`</think>` hm\n</think>Four", "Four", "`</think>` hm\n"),
        (LONG + "</think>x", LONG + "</think>x", ""),
    ],
)
def test_what_counts_as_thinking(content: str, text: str, thinking: str) -> None:
    """Tags count where models leak them, and nowhere else."""
    assert sorted_out(content) == (text, thinking)
    assert sorted_out(*content) == (text, thinking)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("</think>\n\nFour.", "Four."),
        ("It is\n</think>four.", "It is\nfour."),
        ("x" * (LONGEST_TAIL + 1) + "</think>y", "x" * (LONGEST_TAIL + 1) + "</think>y"),
    ],
)
def test_a_stray_tag_after_proper_thinking(content: str, text: str) -> None:
    """Where thinking came by its own way, a stray tag near the start is dropped and no word is."""
    assert sorted_out(content, thought=True) == (text, "")
    assert sorted_out(*content, thought=True) == (text, "")


def test_text_is_not_kept_waiting() -> None:
    """Text goes out with the piece it came in, but for what may be half a tag."""
    sieve = ThinkFilter()
    assert sieve.feed("Hel").text == "Hel"
    assert sieve.feed("lo </").text == "lo "
    assert sieve.feed("b>").text == "</b>"


PIECES = st.lists(
    st.sampled_from(
        (
            *("<think>", "</think>", "<thi", "nk>", "</", "think>", "<", "\n", " ", "a", "```"),
            *("`", "word ", "\n\n", "x" * LONGEST_TAIL),
        )
    ),
    max_size=25,
).map("".join)


@given(content=PIECES, cuts=st.lists(st.integers(0, 400), max_size=20), thought=st.booleans())
def test_any_split_gives_the_same_result(content: str, cuts: list[int], thought: bool) -> None:
    """However the content is cut into chunks, text and thinking come out the same."""
    places = sorted({0, len(content), *(cut % (len(content) + 1) for cut in cuts)})
    pieces = [content[a:b] for a, b in pairwise(places)]
    assert sorted_out(*pieces, thought=thought) == sorted_out(content, thought=thought)
    assert sorted_out(*content, thought=thought) == sorted_out(content, thought=thought)
