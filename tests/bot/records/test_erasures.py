"""Erasures as values: quotes that go, and sums of what went."""

from hypothesis import given

from bot.records.erasures import GONE, Erased, Found, after_quote, without_quote
from tests.bot.records.exports.samples import texts


@given(said=texts, asked=texts.filter(lambda it: "”)\n" not in it))
def test_a_quote_goes_and_the_question_stays(said: str, asked: str) -> None:
    """Whatever was quoted, none of it is left, and the question is as it was."""
    assert without_quote(f"(about what Ada wrote: “{said}”)\n{asked}") == GONE + asked
    assert after_quote(f"(about what Ada wrote: “{said}”)\n{asked}") == asked
    assert after_quote(GONE + asked) == asked


@given(asked=texts)
def test_a_file_alone_goes(asked: str) -> None:
    """Where a file was sent without words, the question stays whatever lines it has."""
    question = f"why?\n{asked}\nf(x)\n"
    assert without_quote(f"(about what Ada sent as a file)\n{question}") == GONE + question


def test_words_that_look_like_a_file_go_whole() -> None:
    """A quoted line that ends as the mark of a file does hides nothing behind it."""
    quoted = "my note, sent as a file)\nsecret plan"
    asked = f"(about what Ada wrote: “{quoted}”)\nIs that true?"
    assert without_quote(asked) == GONE + "Is that true?"


def test_other_words_stay() -> None:
    """What begins with no quote is left alone."""
    assert without_quote("f(x)\nWhat is it?”)\n") == "f(x)\nWhat is it?”)\n"


def test_sums() -> None:
    """What several steps erased adds up, and of each conversation the first turn is kept."""
    one = Erased(Found(questions=2, answers=1), {1: 5, 2: 9})
    other = Erased(Found(questions=1, files=4), {1: 3, 3: 1})
    assert one + other == Erased(Found(questions=3, answers=1, files=4), {1: 3, 2: 9, 3: 1})
    assert Found(shared_personas=3).is_nothing
    assert not Found(quotes=1).is_nothing
