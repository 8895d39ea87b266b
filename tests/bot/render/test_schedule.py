"""The schedule: no budget is ever overdrawn, and who lags most goes first."""

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.schedule import BUDGETS, GLOBAL, Lane, LaneKind, Schedule, Ticket, Urgency

LANES = [Lane.edit(1), Lane.create(1), Lane.edit(2), Lane.interaction("t"), Lane.other(1)]

requests = st.lists(
    st.tuples(
        st.sampled_from(LANES),
        st.sampled_from(list(Urgency)),
        st.floats(0, 8),  # asked at
        st.floats(0.01, 3),  # takes
    ),
    max_size=60,
)


def play(
    asked: list[tuple[Lane, Urgency, float, float]], schedule: Schedule | None = None
) -> list[tuple[float, float, Ticket]]:
    """Play requests against a schedule; return when each was sent and answered, in this order."""
    schedule = schedule or Schedule()
    coming = sorted(asked, key=lambda entry: entry[2])
    takes: dict[Ticket, float] = {}
    flying: list[tuple[float, float, Ticket]] = []
    sent: list[tuple[float, float, Ticket]] = []
    now = 0.0
    while coming or flying or schedule.next_at(now) is not None:
        nexts = [coming[0][2]] if coming else []
        nexts += [min(flying, key=lambda entry: entry[0])[0]] if flying else []
        at = schedule.next_at(now)
        now = max(now, min([*nexts, *([at] if at is not None else [])]))
        while coming and coming[0][2] <= now:
            lane, urgency, since, duration = coming.pop(0)
            takes[schedule.ask(lane, urgency, since)] = duration
        for landed in [entry for entry in flying if entry[0] <= now]:
            flying.remove(landed)
            schedule.done(landed[2], now)
        for ticket in schedule.grant(now):
            flying.append((now + takes[ticket], now, ticket))
            sent.append((now, now + takes[ticket], ticket))
    return sent


@settings(max_examples=150, deadline=None)
@given(requests)
def test_a_bucket_keeps_its_last_permit(asked: list[tuple[Lane, Urgency, float, float]]) -> None:
    """In any window of Discord's, whenever each request gets there, one permit stays unspent.

    Only a last paint may spend it; nothing ever goes beyond it.
    """
    by_lane: dict[Lane, list[tuple[float, float, Urgency]]] = defaultdict(list)
    for granted, returned, ticket in play(asked):
        by_lane[ticket.lane].append((granted, returned, ticket.urgency))
    for lane, flights in by_lane.items():
        budget = BUDGETS[lane.kind]
        for _, begin, _ in flights:  # a window that begins when a request arrives at its latest
            inside = [
                urgency
                for granted, returned, urgency in flights
                if returned >= begin and granted < begin + budget.seconds - 1e-9
            ]
            assert len(inside) <= budget.permits
            assert len(inside) < budget.permits or Urgency.LAST in inside


@settings(max_examples=150, deadline=None)
@given(requests)
def test_everybody_is_served_one_at_a_time(
    asked: list[tuple[Lane, Urgency, float, float]],
) -> None:
    """Every request is granted once, and a lane has one in flight at most."""
    sent = play(asked)
    assert Counter(ticket.number for *_, ticket in sent) == Counter(range(1, len(asked) + 1))
    for lane in LANES:
        flights = [(start, end) for start, end, ticket in sent if ticket.lane == lane]
        assert all(a[1] <= b[0] for a, b in pairwise(flights))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 2), min_size=60, max_size=120))
def test_all_lanes_together_stay_below_the_global_limit(times: list[float]) -> None:
    """No second sees more than 40 requests that count, however many channels there are."""
    asked = [(Lane.edit(n), Urgency.LAST, at, 0.1) for n, at in enumerate(times)]
    granted = [start for start, *_ in play(asked)]
    for begin in granted:
        assert sum(begin <= at < begin + 1 - 1e-9 for at in granted) <= 40
        inside = sum(begin <= at < begin + GLOBAL.seconds - 1e-9 for at in granted)
        assert inside <= GLOBAL.permits


def test_interactions_do_not_count_globally() -> None:
    """Discord's global limit leaves interactions out, and so does the schedule."""
    asked = [(Lane.interaction(str(n)), Urgency.LAST, 0.0, 0.1) for n in range(200)]
    assert {start for start, *_ in play(asked)} == {0.0}


def test_first_and_last_paints_come_before_growth_and_growth_before_ticks() -> None:
    """Where the global budget is short, urgency decides."""
    asked = [
        (Lane.edit(n), urgency, 0.0, 0.01)
        for n, urgency in enumerate(
            [Urgency.TICK, Urgency.GROWTH, Urgency.NOTICE, Urgency.LAST, Urgency.FIRST] * 10
        )
    ]
    order = [ticket.urgency for *_, ticket in play(asked)]
    assert order == sorted(order)


def test_who_lags_most_goes_first() -> None:
    """Among growing answers the one whose text waits longest is painted next."""
    schedule = Schedule()
    tickets = [schedule.ask(Lane.edit(n), Urgency.GROWTH, since=-float(n)) for n in range(30)]
    assert schedule.grant(0.0) == tickets[:-11:-1]


def test_growth_leaves_a_permit_for_the_last_paint() -> None:
    """However long an answer has been growing, its last paint need not wait."""
    schedule = Schedule()
    lane = Lane.edit(1)
    now = 0.0
    for _ in range(20):
        growth = schedule.ask(lane, Urgency.GROWTH, now)
        while not growth.granted:
            now = schedule.next_at(now) or now
            schedule.grant(now)
        schedule.done(growth, now)
        last = Schedule.ask(schedule, lane, Urgency.LAST, now)
        assert schedule.grant(now) == [last]
        schedule.done(last, now)
        now += BUDGETS[LaneKind.EDIT].seconds


def test_growth_is_spread_evenly() -> None:
    """A channel's edits come at a steady pace instead of in bursts."""
    asked = [(Lane.edit(1), Urgency.GROWTH, 0.0, 0.001) for _ in range(10)]
    starts = [start for start, *_ in play(asked)]
    gaps = [b - a for a, b in pairwise(starts)]
    assert all(1.2 < gap < 1.35 for gap in gaps)


def test_a_lane_rests_when_discord_says_so() -> None:
    """After a 429 the lane waits as long as it was told to; the others go on."""
    schedule = Schedule()
    schedule.back_off(Lane.edit(1), 7.0)
    resting = schedule.ask(Lane.edit(1), Urgency.LAST, 0.0)
    free = schedule.ask(Lane.edit(2), Urgency.LAST, 0.0)
    assert schedule.grant(0.0) == [free]
    assert schedule.next_at(0.0) == 7.0
    assert schedule.grant(7.0) == [resting]


def test_all_that_counts_globally_rests_after_a_global_429() -> None:
    """Interactions go on; channels wait."""
    schedule = Schedule()
    schedule.back_off_all(3.0)
    schedule.ask(Lane.create(1), Urgency.LAST, 0.0)
    free = schedule.ask(Lane.interaction("t"), Urgency.TICK, 0.0)
    assert schedule.grant(0.0) == [free]
    assert schedule.next_at(0.0) == 3.0


def test_a_lane_never_shows_its_key() -> None:
    """An interaction's token is a secret and must not get into a log."""
    assert "secret" not in repr(Lane.interaction("secret"))
