"""Words for prices, notes, warnings, sponsors and the operator."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import AnswerState, Usage
from bot.notes import Alarm, CreditsLow, FellOut, LimitWarning, Note, Shortened, Trimmed
from bot.quota.grants import Sponsorship
from bot.quota.pricing import Estimate, Offer, Proposed, Trimming
from bot.quota.rules import Meter
from bot.render.footnotes import note_words, warning_words
from bot.render.offers import alarm_words, offer_words, rough_dollars, short
from bot.render.screen.lines import closing_line
from bot.render.screen.price_question import price_question
from bot.render.sponsors import begun_words, ended_words, state_words
from bot.snapshots import Closing

RESETS = datetime(2026, 8, 1, 12, tzinfo=UTC)
STAMP = f"<t:{int(RESETS.timestamp())}:R>"
NEARLY = LimitWarning("requests", "day", 40, 50, 80, False, RESETS)
OFFER = Offer(Estimate(620_000, 250_000), 40, whole_day=True)
PAID = Sponsorship(5, 3, 11, (), Meter.TOKENS, 5_000, 1_200, RESETS)


def test_the_price_question() -> None:
    """It tells tokens, dollars and the day's share, and what Trim would save."""
    words = offer_words(OFFER)
    assert words.startswith("**About 620k tokens, about $0.25, 40 % of your day.** Send it?\n")
    trimmed = replace(OFFER, whole_day=False, trimming=Trimming(14, Estimate(9_400, 6_213)))
    words = offer_words(trimmed)
    assert "40 % of what is left of your day" in words
    assert "-# Trim sends it without 14 earlier turns: about 9.4k tokens, about $0.0062." in words
    unknown = offer_words(Offer(Estimate(620_000, None)))
    assert unknown.startswith("**About 620k tokens.** Send it?")


def test_its_buttons() -> None:
    """Trim can only be pressed where there is something to leave out."""
    layout = price_question("words", Proposed(7, OFFER))
    assert [(it.label, it.custom_id, it.disabled) for it in layout.buttons] == [
        ("Send", "price:send:7", False),
        ("Trim", "price:trim:7", True),
        ("Cancel", "price:cancel:7", False),
    ]
    offer = replace(OFFER, trimming=Trimming(1, Estimate(1, 1)))
    assert not price_question("words", Proposed(7, offer)).buttons[1].disabled


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (950, "950"),
        (1_000, "1k"),
        (9_440, "9.4k"),
        (12_345, "12k"),
        (620_400, "620k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (1_240_000, "1.2M"),
    ],
)
def test_short_numbers(amount: int, expected: str) -> None:
    """Numbers are told in two or three digits."""
    assert short(amount) == expected


@pytest.mark.parametrize(
    ("micros", "expected"),
    [
        (0, "$0.00"),
        (6_213, "$0.0062"),
        (22_999, "$0.023"),
        (250_400, "$0.25"),
        (1_500_000, "$1.50"),
    ],
)
def test_rough_dollars(micros: int, expected: str) -> None:
    """Dollars are told in cents, or in two digits where they are less than ten."""
    assert rough_dollars(micros) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (Shortened("tokens", "day", 900, 900), "Short answer: 900 tokens are left today."),
        (Shortened("tokens", "", 900, 900), "Short answer: 900 tokens are left."),
        (
            Shortened("cost", "hour", 2_500, 1_000),
            "Short answer: $0.0025 is left this hour, enough for 1,000 tokens of answer.",
        ),
        (Trimmed(1), "Trimmed: 1 earlier turn was left out of what the model was sent."),
        (Trimmed(12), "Trimmed: 12 earlier turns were left out of what the model was sent."),
        (
            FellOut(12),
            (
                "This conversation has grown too long for me: 12 earlier turns were left out, "
                "and older ones will be from now on. What you pin in `/history show` stays."
            ),
        ),
        ("a*b.txt: not\nread", r"a\*b.txt: not read"),
        (NEARLY, f"80 % of your 50 requests a day are used; they reset {STAMP}."),
    ],
)
def test_notes(note: Note, expected: str) -> None:
    """Each note is one plain line, and what people named can't format anything."""
    assert note_words(note) == expected


def test_low_credits_are_told_to_everybody() -> None:
    """Whoever asks reads that credits are nearly used up."""
    assert "nearly used up" in note_words(CreditsLow())


def test_warnings_at_the_end() -> None:
    """At the end it says so, and what is left where that is of no use."""
    end = replace(NEARLY, used=50, percent=100, is_end=True)
    assert warning_words(end) == f"Your 50 requests a day are used up; they reset {STAMP}."
    tokens = LimitWarning("tokens", "month", 199_900, 200_000, 99, True, RESETS)
    expected = f"Your 200,000 tokens a month are used up, but for 100; they reset {STAMP}."
    assert warning_words(tokens) == expected
    cost = LimitWarning("cost", "day", 400_000, 500_000, 80, False, RESETS)
    assert warning_words(cost) == f"80 % of your $0.50 a day is used; it resets {STAMP}."


def test_who_paid_stands_below_the_answer() -> None:
    """Of a sponsored answer the closing line says who paid; a mention shows their name."""
    closing = Closing(AnswerState.COMPLETE, timedelta(seconds=2), Usage(10, 20, 30), paid_by=11)
    assert closing_line(closing) == "-# 2.0 s · 30 tokens · $0.000030 · paid by <@11>"


def test_sponsors() -> None:
    """A thread is told who pays, up to what, what was spent, and when that ends."""
    assert "<@11> sponsors this thread" in begun_words(PAID)
    assert "up to 5,000 tokens in all" in begun_words(PAID)
    assert "1,200 of 5,000 tokens spent" in ended_words(PAID)
    assert "3,800 left" in state_words(PAID)
    assert "Nobody sponsors" in state_words(None)


@pytest.mark.parametrize("alarm", list(Alarm))
def test_every_alarm_says_what_to_do(alarm: Alarm) -> None:
    """The operator reads what happened and what to do about it."""
    assert "OpenRouter" in alarm_words(alarm)
    assert len(alarm_words(alarm)) > 80
