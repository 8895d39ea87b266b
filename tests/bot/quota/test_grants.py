"""Which grants pay for what of a turn."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.quota.grants import Draw, Grant, draws, granted_left, in_order, settled
from bot.quota.rules import Amounts, Meter, Rule, Scope, Standing
from bot.quota.windows import Window

NOW = datetime(2026, 3, 18, tzinfo=UTC)


def grant(number: int, left: int, days: int | None = None, meter: Meter = Meter.TOKENS) -> Grant:
    """Return a grant."""
    return Grant(number, meter, 1000, left, None if days is None else NOW + timedelta(days))


def standing(
    left: int, scope: Scope = Scope.EVERYONE, meter: Meter = Meter.TOKENS, granted: int = 0
) -> Standing:
    """Return a limit with so much left."""
    return Standing(Rule(scope, meter, Window.DAY, 1000), 1000 - left, 0, NOW, granted)


def drawn(*pairs: tuple[int, int]) -> tuple[Draw, ...]:
    """Return draws of tokens."""
    return tuple(Draw(number, Amounts(tokens=tokens)) for number, tokens in pairs)


def test_order() -> None:
    """What expires first is spent first, what never expires last, and of equals the older."""
    grants = [grant(1, 5), grant(2, 5, 9), grant(3, 5, 2), grant(4, 5, 2), grant(5, 5)]
    assert [it.id for it in in_order(grants)] == [3, 4, 2, 1, 5]


def test_left_of_a_meter() -> None:
    """Each meter has its own grants."""
    grants = [grant(1, 5), grant(2, 7, meter=Meter.COST), grant(3, 11)]
    assert [granted_left(grants, meter) for meter in Meter] == [0, 16, 7]


def test_limits_come_first() -> None:
    """While a limit has enough left, grants are not touched."""
    assert draws([standing(100)], [grant(1, 50)], Amounts(tokens=100)) == ()


def test_what_is_missing_is_drawn() -> None:
    """Grants pay what the limit lacks, one after the other."""
    grants = [grant(1, 50), grant(2, 30, days=1)]
    assert draws([standing(40)], grants, Amounts(tokens=100)) == drawn((2, 30), (1, 30))


def test_one_draw_for_all_windows() -> None:
    """Of several windows the one that lacks most decides, and the draw counts for all."""
    limits = [standing(40), standing(90), standing(0, Scope.SERVER)]
    assert draws(limits, [grant(1, 500)], Amounts(tokens=100)) == drawn((1, 60))


def test_shared_limits_are_no_reason() -> None:
    """Grants add to nothing that everybody shares."""
    assert draws([standing(0, Scope.CHANNEL)], [grant(1, 500)], Amounts(tokens=100)) == ()


def test_settled_ordinary_first() -> None:
    """Less than was held leaves grants alone as far as the ordinary part goes."""
    held, on = Amounts(1, 100, 0), drawn((1, 30), (2, 20))
    assert settled(Amounts(1, 50, 0), held, on) == (Amounts(1, 50, 0), ())
    assert settled(Amounts(1, 60, 0), held, on) == (Amounts(1, 50, 0), drawn((1, 10)))
    assert settled(Amounts(1, 100, 0), held, on) == (Amounts(1, 50, 0), on)


def test_settled_beyond_the_hold() -> None:
    """What exceeds the hold is ordinary."""
    held, on = Amounts(1, 100, 0), drawn((1, 30), (2, 20))
    assert settled(Amounts(1, 130, 0), held, on) == (Amounts(1, 80, 0), on)


def test_a_request_on_a_grant() -> None:
    """A request that a grant pays is none of the ordinary ones, whatever the answer took."""
    on = (Draw(1, Amounts(requests=1)),)
    assert settled(Amounts(1, 7, 9), Amounts(1, 100, 100), on) == (Amounts(0, 7, 9), on)


@given(
    lefts=st.lists(st.integers(0, 100), min_size=1, max_size=3),
    granted=st.lists(st.tuples(st.integers(1, 60), st.none() | st.integers(1, 9)), max_size=4),
    wanted=st.integers(0, 200),
    spent=st.integers(0, 300),
)
def test_nothing_is_paid_twice(
    lefts: list[int], granted: list[tuple[int, int | None]], wanted: int, spent: int
) -> None:
    """Each token is paid once: by the limits, or by grants that have it and that were drawn on."""
    grants = [grant(number, *it) for number, it in enumerate(granted)]
    room = sum(it.left for it in grants)
    wanted = min(wanted, min(lefts) + room)
    on = draws([standing(left) for left in lefts], grants, Amounts(tokens=wanted))
    from_grants = sum(it.amounts.tokens for it in on)
    assert from_grants == max(0, wanted - min(lefts))
    assert all(it.amounts.tokens <= grants[it.grant_id].left for it in on)
    ordinary, paid = settled(Amounts(tokens=spent), Amounts(tokens=wanted), on)
    assert ordinary.tokens + sum(it.amounts.tokens for it in paid) == spent
    assert {it.grant_id for it in paid} <= {it.grant_id for it in on}
    assert ordinary.tokens <= max(min(lefts), min(lefts) + spent - wanted)
