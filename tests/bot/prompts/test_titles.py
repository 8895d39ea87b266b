"""Names of threads: short, on one line, without mentions or markup."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.prompts.context import one_line
from bot.prompts.titles import (
    INSTRUCTIONS,
    LONGEST,
    LONGEST_CUT,
    READ,
    cut,
    messages,
    plain,
    read,
    without_a_question,
)
from bot.words import LANGUAGES

HOSTILE = st.text(
    st.sampled_from(list("ab é狐😀\u202e\u200b\x00\n\t *_~|`#>-[]()<@!&:/.,“”1")), max_size=300
)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is a lamp?", "What is a lamp?"),
        ("  **What**\nis `a` ~~lamp~~?\n", "What is a lamp?"),
        ("<@123> <@&5> <#7> what is <:lamp:12345> it?", "what is it?"),
        ("# Title\n> quoted\n- item", "Title quoted item"),
        ("See [the page](https://example.org/x) now", "See the page now"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("snake_case and my_name stay", "snake_case and my_name stay"),
        ("\u202eesrever", "esrever"),
        ("<@123>", "Chat"),
        ("", "Chat"),
        ("狐" * 80, "狐" * 59 + "…"),
        ("a" * 61, "a" * 59 + "…"),
        (
            "How do I grow tomatoes on a balcony that only gets sun in the morning?",
            "How do I grow tomatoes on a balcony that only gets sun in…",
        ),
    ],
)
def test_cuts(question: str, name: str) -> None:
    """A question's beginning is cut between words, and is plain text."""
    assert cut(question) == name


@given(HOSTILE)
@example("1 * 1")  # spaces on both sides of what goes
def test_a_cut_is_always_a_name(question: str) -> None:
    """Whatever a question is, its cut is a name that Discord takes, on one line, shown as it is."""
    name = cut(question)
    assert 1 <= len(name) <= LONGEST_CUT
    assert name == one_line(name)
    assert not re.search(r"<[@#][!&]?\d{1,20}>", name)


@given(HOSTILE)
def test_a_cut_begins_as_the_question_does(question: str) -> None:
    """A cut holds nothing but how the question begins."""
    name = cut(question, "-")
    assert name == "-" or plain(question).startswith(name.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        ("Lamps and light", "Lamps and light"),
        ("“Lamps and light”.", "Lamps and light"),
        ('\n\n"Lamps."\nThat is my title.', "Lamps"),
        ("Title: **Lamps**", "Lamps"),
        ("# Lamps", "Lamps"),
        ("标题\uff1a灯与光。", "灯与光"),
        ("What is a lamp?", "What is a lamp?"),
        ("Wait for it...", "Wait for it..."),
        ("", None),
        ("“”", None),
        ("...", None),
        ("a" * 101, None),
        ("This is no title but an answer that goes on and on and on for ever", None),
    ],
)
def test_replies(reply: str, title: str | None) -> None:
    """A title is the first line without its dressing; what is none is not taken for one."""
    assert read(reply) == title


@given(HOSTILE)
def test_a_title_is_always_a_name(reply: str) -> None:
    """Whatever the model replies, what is taken for a title is a name that Discord takes."""
    title = read(reply)
    if title is not None:
        assert 1 <= len(title) <= LONGEST
        assert title == one_line(title)


def test_what_is_called_like_nothing() -> None:
    """What threads are called without a question is known in all languages, without tricks."""
    names = without_a_question("Ada\u202e")
    assert len(names) == len(LANGUAGES)
    assert {"Chat with Ada", "Gespräch mit Ada", "与 Ada 聊天"} < names
    assert "Chat with Ada and Ben" not in names


def test_the_prompt_is_short() -> None:
    """Of long questions and pasts only so much is sent: the beginning, and the end."""
    system, asked = messages("q" * 50_000 + "z", "e" * 50_000 + "before")
    assert system.content == INSTRUCTIONS
    assert len(asked.content) < 2 * READ + 100
    assert "before\n" in asked.content
    assert "z" not in asked.content
    assert "What came before" not in messages("q")[1].content
