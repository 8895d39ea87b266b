"""Estimates of tokens: on texts that were counted, and learned from what prompts took."""

import random
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompts.tokens import HIDDEN, Correction, Pair, Scale, estimate, scale

SAMPLES = Path(__file__).parent / "token_samples"

COUNTED = {
    "prose": (143, 146, 139),
    "code": (240, 175, 173),
    "json": (261, 227, 190),
    "chinese": (94, 88, 74),
    "chat": (178, 108, 150),
}
"""Tokens of the samples: counted by a byte-level BPE of 200,000 tokens that splits text as
MiniMax-M1's does, and of Chinese reckoned with the 2.0 characters a token that were measured."""


def error(kind: str, number: int) -> float:
    """Return by how much the estimate of a sample is off, as a share."""
    text = (SAMPLES / f"{kind}-{number}.txt").read_text(encoding="utf-8")
    return estimate(text) / COUNTED[kind][number - 1] - 1


@pytest.mark.parametrize("kind", COUNTED)
def test_each_kind_of_text_is_estimated_closely(kind: str) -> None:
    """Prose, code, JSON, Chinese and chat are off by less than 6 % in the mean."""
    errors = [error(kind, number) for number in (1, 2, 3)]
    assert mean(abs(it) for it in errors) < 0.06
    assert max(abs(it) for it in errors) < 0.1


@pytest.mark.parametrize(
    ("text", "a_token"),
    [
        ("The keeper wrote down what the night had brought, and nobody asked him for it. ", 4.7),
        ("今天天气很好。我们去公园散步。然后回家做饭。", 2.0),
        ("<@123456789012345678> 😀 https://example.org/a?b=c ", 2.7),
    ],
)
def test_densities_are_those_that_were_measured(text: str, a_token: float) -> None:
    """Characters per token of MiniMax-M1, as the facts have them, within 10 %."""
    assert len(text) * 20 / estimate(text * 20) == pytest.approx(a_token, rel=0.1)


@given(st.text())
def test_any_text_has_an_estimate(text: str) -> None:
    """Nothing is free, and nothing takes more tokens than it has bytes and a little."""
    tokens = estimate(text)
    assert (tokens > 0) >= any(c.isalnum() for c in text if c.isascii())
    assert 0 <= tokens <= 2.1 * len(text.encode(errors="replace")) + 1


@given(st.integers(0, 2**32), st.integers(33_000, 80_000))
def test_long_texts_are_estimated_as_well_as_short_ones(seed: int, size: int) -> None:
    """Looking at parts of a long text comes to within a tenth of looking at all of it."""
    chance = random.Random(seed)  # noqa: S311  # only which sample comes next
    samples = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.iterdir())]
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        parts.append(chance.choice(samples))
    whole = sum(estimate(it) for it in parts)
    # Which parts are looked at is another chance in each process, and many texts are tried here.
    assert estimate("".join(parts)) == pytest.approx(whole, rel=0.1)


@pytest.mark.parametrize("size", [32, 64, 128, 256, 512])
@pytest.mark.parametrize("shift", range(4))
def test_nothing_hides_between_the_parts(size: int, shift: int) -> None:
    """Whoever sets what is dear between what is cheap, at any rhythm, changes no estimate."""
    dear = ("x1Yz " * size)[: 3 * size]
    text = (" " * size + dear) * (120_000 // size // 4)
    text = text[shift * size :] + text[: shift * size]
    whole = sum(estimate(text[at : at + 16_384]) for at in range(0, len(text), 16_384))
    assert estimate(text) == pytest.approx(whole, rel=0.15)


def test_a_correction_is_bounded() -> None:
    """Odd reports move the correction no further than from 1 to 3, and none leave it at 1."""
    assert Correction([]).factor == 1
    assert Correction([(10, 1_000)]).factor == 3
    assert Correction([(1_000, 10)]).factor == 1
    assert Correction([(0, 10), (10, 0)]).factor == 1
    assert Correction([(600, 600), (700, 100_000)]).factor == 1


def test_without_reports_all_conversations_count() -> None:
    """A new conversation is measured by what was learned from the others."""
    assert scale(1.5, []).tokens(1_000) == 1_500


scales = st.builds(
    Scale,
    st.floats(0.5, 3),
    st.integers(0, 1_000_000),
    st.integers(0, 1_000_000),
    st.none() | st.floats(0, 2_000),
)


@given(scales, st.integers(0, 1_000_000))
def test_room_is_what_fits_and_no_less(scale: Scale, tokens: int) -> None:
    """What fits the room is expected to keep within the tokens, and one more is not."""
    room = scale.room(tokens)
    assert scale.tokens(room) <= tokens or room == 0
    assert scale.tokens(room + 1) > tokens


@given(
    st.floats(0.6, 2.5),
    st.integers(100, 1_500),
    st.floats(1, 1.5),
    st.lists(st.integers(60, 4_000), min_size=3, max_size=12),
)
def test_a_conversation_is_known_after_three_turns(
    density: float, hidden: int, factor: float, sizes: list[int]
) -> None:
    """Then the next prompt is within 10 %, whatever the texts' density and what is added unseen.

    Turns may differ in length, but for a next one of more than half of all that was said before.
    """
    pairs: list[tuple[int, int]] = []
    said = 0
    for number, size in enumerate(sizes):
        said += min(size, said // 2) if number >= 3 else size
        estimated, reported = HIDDEN + 80 + said, round(hidden + 80 + density * said)
        if number >= 3:
            expected = scale(factor, pairs[:5]).tokens(estimated)
            assert expected == pytest.approx(reported, rel=0.1)
        pairs.insert(0, (estimated, reported))


@given(
    st.floats(0.6, 2.5),
    st.floats(0.6, 2.5),
    st.integers(5_000, 60_000),
    st.lists(st.integers(60, 900), min_size=3, max_size=6),
)
def test_a_fresh_start_is_measured_as_well(
    before: float, since: float, size: int, sizes: list[int]
) -> None:
    """Where little is left of a long prompt, it takes no more and no less than texts can.

    Most of it may have been of quite another kind than what was said last.
    """
    pairs: list[tuple[int, int]] = []
    said = 0
    for turn in sizes:
        said += turn
        pairs.insert(0, (HIDDEN + size + said, round(HIDDEN + before * size + since * said)))
    known = scale(1.0, pairs)
    expected = known.tokens(600)
    assert 0.5 * 600 <= expected <= 2.6 * 600
    assert known.room(1_600) >= 600


def test_one_odd_report_misleads_nobody() -> None:
    """A turn that took several tries was charged for each: the next one is not measured by it."""
    pairs = [(1_300, 2_700), (1_200, 1_250), (1_100, 1_150), (1_000, 1_050)]
    assert scale(1.0, pairs).tokens(1_400) == pytest.approx(1_450, rel=0.02)


def test_a_moved_window_is_measured_as_well() -> None:
    """Where a prompt is shorter than the last one, the rest is still what it was."""
    pairs = [(9_000, 14_000), (8_000, 12_400), (7_000, 10_800)]
    assert scale(1.0, pairs).tokens(5_000) == pytest.approx(7_600, rel=0.06)


@given(
    st.floats(0.8, 1.25),
    st.integers(0, 1_000),
    st.lists(st.integers(60, 300), min_size=4, max_size=8),
    st.floats(0.2, 0.9),
)
def test_after_a_window_moved_what_is_hidden_still_counts(
    density: float, hidden: int, sizes: list[int], left: float
) -> None:
    """What is left of a short prompt is within 10 %, also of a server that hides nothing."""
    pairs: list[Pair] = []
    said = 0
    for size in sizes:
        said += size
        pairs.insert(0, (HIDDEN + 100 + said, round(hidden + 100 + density * said)))
    rest = left * said
    expected = scale(1.0, pairs[:5]).tokens(round(HIDDEN + 100 + rest))
    assert expected == pytest.approx(hidden + 100 + density * rest, rel=0.1)


def largest(budget: int, report: int, sizes: list[int], turns: int = 80) -> int:
    """Return the largest prompt of a conversation of which a server always reports the same."""
    pairs: list[Pair] = []
    said = most = 0
    for number in range(turns):
        size = sizes[number % len(sizes)]
        room = scale(1.0, pairs[:5]).room(budget) - HIDDEN - 100
        if said + size > room:  # the window moves
            said = max(0, min(said, room // 3))
        said += min(size, max(0, room - said))
        pairs.insert(0, (HIDDEN + 100 + said, report))
        most = max(most, HIDDEN + 100 + said)
    return most


@given(
    st.integers(1_500, 40_000),
    st.integers(1, 20_000),
    st.lists(st.integers(60, 300), min_size=1, max_size=5),
)
def test_whoever_counts_nothing_lets_no_prompt_grow_without_end(
    budget: int, report: int, sizes: list[int]
) -> None:
    """Where all prompts are said to take the same, the largest is at most twice the budget."""
    assert largest(budget, report, sizes) <= 2 * budget + HIDDEN


@pytest.mark.parametrize("report", [1, 10, 100])
def test_a_report_of_next_to_nothing_is_none(report: int) -> None:
    """Where that is always said, prompts keep to the budget as estimated."""
    assert largest(1_500, report, [120]) <= 1_500


def test_reports_that_cannot_be_are_not_believed() -> None:
    """A first report of many times a prompt's estimate, or of a fraction, is as good as none."""
    for report in (100_000, 20):
        assert scale(1.0, [(900, report), (700, 720)]).tokens(1_000) <= 1_100
        assert scale(1.0, [(900, report)]) == Scale(1.0)


def test_three_reports_bear_each_other_out() -> None:
    """Where a server adds thousands of tokens to each prompt, that is believed after three."""
    pairs = [(800, 5_260), (700, 5_150), (600, 5_050)]
    assert scale(1.0, pairs[1:]) == Scale(1.0)
    assert scale(1.0, pairs).tokens(900) == pytest.approx(5_370, rel=0.02)


def test_an_odd_report_among_others_misleads_nobody() -> None:
    """Whether it came first, last or between, the next prompt is not measured by it."""
    for odd in range(4):
        pairs = [(1_300, 1_350), (1_200, 1_250), (1_100, 1_150), (1_000, 1_050)]
        pairs[odd] = (pairs[odd][0], 40_000)
        assert scale(1.0, pairs).tokens(1_400) == pytest.approx(1_450, rel=0.05)
