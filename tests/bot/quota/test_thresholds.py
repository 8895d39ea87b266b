"""Warnings: which level a limit has reached."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quota.rules import Amounts, Meter, Rule, Scope, Standing
from bot.quota.thresholds import END, NEARLY, key, level, warning
from bot.quota.windows import Window

LEAST = Amounts(1, 300, 660)
RESETS = datetime(2026, 8, 1, tzinfo=UTC)


def standing(
    used: int,
    amount: int = 50,
    *,
    held: int = 0,
    meter: Meter = Meter.REQUESTS,
    scope: Scope = Scope.MEMBER,
) -> Standing:
    """Return how a limit stands."""
    return Standing(Rule(scope, meter, Window.DAY, amount, 7), used, held, RESETS)


@pytest.mark.parametrize(
    ("used", "expected"), [(0, None), (39, None), (40, NEARLY), (49, NEARLY), (50, END), (60, END)]
)
def test_levels_of_fifty_requests(used: int, expected: int | None) -> None:
    """From 40 of 50 on a limit is nearly used up, at 50 it is."""
    assert level(standing(used), LEAST) == expected


def test_what_is_held_counts_for_nothing() -> None:
    """A hold may come back: only what was spent is told of."""
    assert level(standing(10, held=40), LEAST) is None


def test_the_end_is_where_no_turn_has_room() -> None:
    """Of tokens and cost the last few are worth nothing: they are too few for any answer."""
    assert level(standing(199_700, 200_000, meter=Meter.TOKENS), LEAST) == NEARLY
    assert level(standing(199_701, 200_000, meter=Meter.TOKENS), LEAST) == END
    assert level(standing(999_341, 1_000_000, meter=Meter.COST), LEAST) == END


def test_what_was_granted_puts_the_end_off() -> None:
    """Whose limit is used up goes on with what was granted: that is no end yet."""
    assert level(replace(standing(50), granted=1), LEAST) == NEARLY
    assert level(replace(standing(50), granted=0), LEAST) == END


def test_what_exceeds_a_limit_takes_nothing_from_a_grant() -> None:
    """Where a limit was lowered below what is used already, a grant still opens all of itself."""
    assert replace(standing(60), granted=5).left == 5
    assert level(replace(standing(60), granted=5), LEAST) == NEARLY


@pytest.mark.parametrize("scope", [Scope.BOT, Scope.SERVER, Scope.CHANNEL])
def test_shared_limits_warn_nobody(scope: Scope) -> None:
    """What everybody uses together is nobody's own."""
    assert level(standing(50, scope=scope), LEAST) is None


def test_a_limit_of_nothing_warns_nobody() -> None:
    """Who may ask nothing at all is refused, and need not be warned."""
    assert level(standing(0, 0), LEAST) is None


def test_a_changed_amount_is_another_limit() -> None:
    """A raised limit is told of anew; the same one has the same name."""
    assert key(standing(1)) == key(standing(2))
    assert key(standing(1)) != key(standing(1, 60))


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.sampled_from(list(Meter)))
def test_levels_only_rise(amount: int, used: int, meter: Meter) -> None:
    """Who uses more is never at a lower level, and a warning tells at least its level's share."""
    now = level(standing(used, amount, meter=meter), LEAST)
    later = level(standing(used + 1, amount, meter=meter), LEAST)
    assert (now or 0) <= (later or 0)
    if now is not None:
        told = warning(standing(used, amount, meter=meter), now)
        assert told.is_end == (now == END)
        assert told.is_end or told.percent >= NEARLY
