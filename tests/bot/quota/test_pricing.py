"""Prices: what is asked about first, and how much trimming is enough."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Price
from bot.quota.pricing import ANSWER_TOKENS, DEAR, WORTH_A_SHARE, Pricing
from bot.quota.rules import Amounts, Hold, Meter, Rule, Scope, Standing
from bot.quota.windows import Window

M1 = Price(Decimal("0.0000004"), Decimal("0.0000022"))
PRICING = Pricing(M1, 8_000)


def standing(
    amount: int,
    used: int = 0,
    *,
    meter: Meter = Meter.TOKENS,
    window: Window = Window.DAY,
    scope: Scope = Scope.EVERYONE,
) -> Standing:
    """Return how a limit stands."""
    return Standing(Rule(scope, meter, window, amount), used, 0, datetime(2026, 8, 1, tzinfo=UTC))


def test_an_estimate_is_the_prompt_and_a_thousand_tokens_of_answer() -> None:
    """The expected price counts an answer of 1,000 tokens, at most the output limit."""
    estimate = PRICING.estimate(620_000)
    assert estimate.tokens == 621_000
    assert estimate.cost_micros == 620_000 * 4 // 10 + 2_200
    assert Pricing(M1, 300).estimate(100).tokens == 400
    assert Pricing(None, 300).estimate(100).cost_micros is None


def test_five_cents_are_dear_whatever_the_limits() -> None:
    """The price alone is a reason from five cents on."""
    assert not PRICING.is_dear(119_000, [])
    assert PRICING.is_dear(120_000, [])


def test_a_quarter_of_what_is_left_today_is_dear() -> None:
    """A quarter of a day's tokens or cost is a reason, once 10,000 tokens are at stake."""
    assert not PRICING.is_dear(48_000, [standing(200_000)])
    assert PRICING.is_dear(49_000, [standing(200_000)])
    assert PRICING.is_dear(20_000, [standing(200_000, used=120_000)])
    assert not PRICING.is_dear(8_000, [standing(10_000)])
    assert PRICING.is_dear(9_000, [standing(10_000)])
    assert PRICING.is_dear(20_000, [standing(40_000, meter=Meter.COST)])


def test_other_limits_are_no_reason() -> None:
    """What counts is a person's own day, in tokens or cost."""
    others = [
        standing(20_000, window=Window.HOUR),
        standing(20_000, window=Window.MONTH),
        standing(20_000, scope=Scope.SERVER),
        standing(20_000, scope=Scope.CHANNEL),
        standing(1, meter=Meter.REQUESTS),
    ]
    assert not PRICING.is_dear(19_000, others)
    assert PRICING.offer(19_000, others).share is None


def test_the_share_is_of_what_is_left_and_says_so() -> None:
    """Of a fresh day the share is the day's; of a used one it is that of what is left."""
    fresh = PRICING.offer(79_000, [standing(200_000)])
    assert (fresh.share, fresh.whole_day) == (40, True)
    used = PRICING.offer(39_000, [standing(200_000, used=100_000)])
    assert (used.share, used.whole_day) == (40, False)


def test_without_a_price_tokens_alone_decide() -> None:
    """Where nobody knows the price, shares of tokens still do."""
    unknown = Pricing(None, 8_000)
    assert not unknown.is_dear(900_000, [])
    assert unknown.is_dear(900_000, [standing(1_000_000)])


@given(
    st.integers(0, 1_000_000),
    st.integers(0, 2_000_000),
    st.integers(0, 2_000_000),
    st.sampled_from([Meter.TOKENS, Meter.COST]),
)
def test_trimming_stops_where_nobody_needs_to_be_asked(
    prompt: int, amount: int, used: int, meter: Meter
) -> None:
    """The longest fair prompt is fair, the next one is not, and none is longer than wanted."""
    standings = [standing(amount, used, meter=meter)]
    most = PRICING.most_prompt_tokens(prompt, standings)
    assert 0 <= most <= prompt
    assert most == 0 or not PRICING.is_dear(most, standings)
    assert most == prompt or PRICING.is_dear(most + 1, standings)


@given(st.integers(0, 1_000_000), st.integers(0, 2_000_000))
def test_nothing_is_dear_that_is_not_worth_a_look(prompt: int, amount: int) -> None:
    """The quick look never leaves out a turn that has to be asked about."""
    if PRICING.is_dear(prompt, [standing(amount)]):
        assert PRICING.may_be_dear(prompt)
    assert WORTH_A_SHARE > ANSWER_TOKENS
    assert DEAR > 0


def test_a_short_answer_names_the_limit_that_is_used_up() -> None:
    """Of several limits the one without room is named, in tokens or in money."""
    hold = Hold(1, Amounts(1, 2_000, 1_500), 900)
    by_tokens = [standing(5_000, used=5_000), standing(10**6, meter=Meter.COST)]
    note = PRICING.shortened(hold, by_tokens)
    assert (note.meter, note.window, note.left, note.output) == ("tokens", "day", 900, 900)
    by_cost = [standing(10**6), standing(99, 98, meter=Meter.COST, window=Window.MONTH)]
    note = PRICING.shortened(hold, by_cost)
    assert (note.meter, note.window, note.left, note.output) == ("cost", "month", 1_500, 900)
    assert PRICING.shortened(hold, []).window == ""
