"""What providers' errors tell the log: no word that anybody said."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import ModelError
from bot.openrouter.failures import translate
from bot.openrouter.telling import TECHNICAL, Said, provider_of, told
from bot.streaming import Message, Prompt

WORDS = st.one_of(
    st.sampled_from(sorted(TECHNICAL)),
    st.sampled_from(["Kelmuffin", "hi", "I", "Straße", "錯誤", "\N{KELVIN SIGN}ey", "İstanbul"]),
    st.text(min_size=1, max_size=8),
    st.from_regex(r"\d{2,9}", fullmatch=True),
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "_", ", ", "\n", "-", ""]))).map(
    lambda pieces: "".join(map("".join, pieces))
)


def asking(*texts: str) -> Prompt:
    """Return a prompt in which people said this."""
    messages = tuple(Message("user", text) for text in texts)
    return Prompt("minimax/minimax-m1", messages, 100, "u", "s")


def words(text: str) -> set[str]:
    """Return the words of a text, however they are written."""
    return {found.casefold() for found in re.findall(r"[^\W_]+", text)}


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.one_of(st.integers(300, 599), TEXTS))
@example("Kelmuffin", "", 'flagged: "Kelmuffin"', "Kelmuffin", "Kelmuffin")
@example("is the token wrong", "", "Input: is the token wrong?", "token", "wrong_token")
def test_no_word_that_was_said_is_told(
    first: str, second: str, message: str, provider: str, code: int | str
) -> None:
    """Whatever an error repeats of its prompt, none of those words is in what is told of it."""
    body = {"code": code, "message": message, "metadata": {"provider_name": provider}}
    for error in (body, message):
        failure = translate(error, asking(first, second), http_status=400)
        assert isinstance(failure, ModelError)
        detail = failure.detail.replace(f"({len(message)} characters)", "")
        assert words(detail).isdisjoint(words(first) | words(second))


@given(TEXTS, TEXTS)
def test_all_that_is_told_are_words_of_ours(said: str, message: str) -> None:
    """Also half a word of somebody's, or one in other letters, is not told."""
    assert words(told(message, Said(asking(said)))) <= TECHNICAL


def test_what_helps_is_told() -> None:
    """An operator reads what was wrong, and with whom."""
    said = Said(asking("Kelmuffin, what is for dinner?"))
    message = "This endpoint's maximum context length is 1000000 tokens, you requested 1200000"
    assert told(message, said) == "… endpoint … maximum context length … tokens … requested …"
    assert provider_of("Novita AI", said) == "Novita AI"
    assert provider_of("Novita AI", Said(asking("I said so."))) == ""
    assert provider_of("Kel\nmuffin", said) == ""
    assert provider_of(None, said) == ""


def test_a_long_code_is_cut() -> None:
    """However long a provider's code is, no more of it than of a message reaches the log."""
    code = "_".join(["rate", "limit"] * 5_000)
    failure = translate({"code": code}, asking("Why?"), http_status=429)
    assert isinstance(failure, ModelError)
    assert failure.detail.startswith("rate limit rate")
    assert len(failure.detail) <= 200


class Counting(str):
    """Words that count how often they are folded."""

    __slots__ = ("folded",)
    folded: int

    def casefold(self) -> str:
        """Count, and fold."""
        self.folded = getattr(self, "folded", 0) + 1
        return super().casefold()


def test_a_prompt_is_folded_once() -> None:
    """A prompt of megabytes is made ready to be looked through once for each error."""
    text = Counting("Kelmuffin")
    body = {"code": "bad_request", "message": "bad", "metadata": {"provider_name": "Novita"}}
    translate(body, asking(text), http_status=400)
    assert text.folded == 1
