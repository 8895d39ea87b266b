"""The schedule: Discord never refuses, and who lags most goes first."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.pacing.lanes import BUDGETS, LONGEST_HOLE, Heard, Lane, LaneKind, Ticket, Urgency
from bot.render.pacing.schedule import PATIENCE, Schedule
from tests.bot.render.pacing.discords_limits import Asked, CountingDiscord, Sent, play

LANES = [Lane.edit(1), Lane.create(1), Lane.edit(2), Lane.interaction("t"), Lane.interaction("u")]

ways = st.floats(0.001, 0.4)
requests = st.lists(
    st.builds(Asked, st.sampled_from(LANES), st.sampled_from(Urgency), st.floats(0, 8), ways, ways),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(requests, st.booleans())
def test_discord_never_refuses(asked: list[Asked], tells: bool) -> None:
    """Whenever each request gets there, and whether headers tell or not, no bucket overflows."""
    discord = CountingDiscord(tells=tells)
    assert len(play(asked, discord)) == len(asked)
    assert discord.refused == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 3), st.floats(0, 0.02), ways), min_size=60, max_size=150),
    st.floats(0.001, 0.3),
)
def test_all_lanes_together_stay_within_the_global_limit(
    journeys: list[tuple[float, float, float]], there: float
) -> None:
    """However long the way is, no second of Discord's sees more than 50 requests that count."""
    discord = CountingDiscord()
    urgencies = list(Urgency)
    play(
        [
            Asked(Lane.edit(n), urgencies[n % len(urgencies)], at, there + jitter, back)
            for n, (at, jitter, back) in enumerate(journeys)
        ],
        discord,
    )
    assert discord.refused == []


def test_slow_ways_are_allowed_for() -> None:
    """One request in three takes half a second longer, and still Discord never refuses."""
    discord = CountingDiscord()
    play(
        [Asked(Lane.edit(n), at=n / 60, there=0.05 + (n % 3 == 0) / 2) for n in range(600)], discord
    )
    assert discord.refused == []


@settings(max_examples=100, deadline=None)
@given(requests)
def test_everybody_is_served_one_at_a_time(asked: list[Asked]) -> None:
    """Every request is let go once, and a lane has one in flight at most."""
    sent = play(asked)
    assert Counter(it.asked for it in sent) == Counter(asked)
    for lane in LANES:
        flights = [it for it in sent if it.asked.lane == lane]
        assert all(a.given_back <= b.let_go for a, b in pairwise(flights))


def growing(lane: Lane, seconds: float, way: float = 0.05) -> list[Sent]:
    """Return what is sent for an answer that always has more to show."""
    return play([Asked(lane, there=way, back=way) for _ in range(int(seconds))])


@pytest.mark.parametrize("lane", [Lane.edit(1), Lane.create(1), Lane.interaction("t")])
def test_growth_spends_all_that_discord_allows(lane: Lane) -> None:
    """Five edits in each window, nearly evenly: the mean wait is at most a tenth over the least."""
    budget = BUDGETS[lane.kind]
    gaps = [b.let_go - a.let_go for a, b in pairwise(growing(lane, 51, way=0.01))]
    mean_wait = sum(gap * gap for gap in gaps) / sum(gaps) / 2
    assert mean_wait <= 1.1 * budget.seconds / budget.permits / 2


@pytest.mark.parametrize(("lane", "times"), [(Lane.interaction("t"), 4), (Lane.edit(1), 1)])
def test_under_strain_interactions_grow_more_rarely(lane: Lane, times: int) -> None:
    """Where the processor is the limit, edits that Discord does not count are made less often."""
    gaps = []
    for strain in (1.0, 4.0):
        schedule = Schedule()
        schedule.strain = strain
        now, granted = 0.0, []
        for _ in range(3):
            ticket = schedule.ask(lane, Urgency.GROWTH, now)
            while not schedule.grant(now):
                now = schedule.next_at(now) or now
            granted.append(now)
            schedule.done(ticket, now)
        gaps.append(granted[2] - granted[1])
    assert gaps[1] == pytest.approx(times * gaps[0])


def test_growth_leaves_a_permit_for_a_last_paint() -> None:
    """Whenever an answer ends, its last paint waits half a second at most, or for its own edit."""
    for tenths in range(20, 90):
        lane, ends = Lane.edit(1), tenths / 10
        growth = [Asked(lane, at=n * 0.02, there=0.01, back=0.01) for n in range(int(ends / 0.02))]
        sent = play([*growth[:9], Asked(lane, Urgency.LAST, ends, 0.01, 0.01)])
        [last] = [it for it in sent if it.asked.urgency is Urgency.LAST]
        assert last.let_go - ends <= LONGEST_HOLE + 0.03


def test_a_tick_leaves_two_permits() -> None:
    """However often a meter would tick, the first words find a permit at once."""
    lane = Lane.edit(1)
    ticks = [Asked(lane, Urgency.TICK, n / 4, 0.01, 0.01) for n in range(12)]
    for at in (3.1, 4.2, 4.9):
        sent = play([*ticks, Asked(lane, Urgency.FIRST, at, 0.01, 0.01)])
        [first] = [it for it in sent if it.asked.urgency is Urgency.FIRST]
        assert first.let_go == pytest.approx(at, abs=0.03)


def test_interactions_do_not_count_globally() -> None:
    """Discord's global limit leaves interactions out, and so does the schedule."""
    sent = play([Asked(Lane.interaction(str(n)), Urgency.LAST) for n in range(200)])
    assert {it.let_go for it in sent} == {0.0}


def test_first_and_last_paints_come_before_growth_and_growth_before_ticks() -> None:
    """Where the global budget is short, urgency decides."""
    urgencies = [Urgency.TICK, Urgency.GROWTH, Urgency.NOTICE, Urgency.LAST, Urgency.FIRST] * 30
    schedule = Schedule()
    for n, urgency in enumerate(urgencies):
        schedule.ask(Lane.edit(n), urgency, since=0.0)
    order = [ticket.urgency for ticket in all_granted(schedule, len(urgencies))]
    assert order == sorted(order)


def test_growth_leaves_room_for_first_and_last_paints() -> None:
    """With 200 answers growing, a last paint goes out at once."""
    growth = [Asked(Lane.edit(n % 200), at=n / 100) for n in range(600)]
    sent = play([*growth, *(Asked(Lane.edit(1000 + n), Urgency.LAST, 2 + n / 2) for n in range(8))])
    lasts = [it for it in sent if it.asked.urgency is Urgency.LAST]
    assert all(it.let_go - it.asked.at < 0.1 for it in lasts)


def test_growth_uses_nearly_all_of_the_global_limit() -> None:
    """In ten seconds 200 growing answers get at least 450 of the 500 edits there are."""
    sent = play([Asked(Lane.edit(n % 200), there=0.1, back=0.1) for n in range(1000)])
    assert 450 <= sum(it.let_go < 10 for it in sent) <= 500


def all_granted(schedule: Schedule, count: int) -> list[Ticket]:
    """Return so many tickets in the order of their grants; none of them is ever answered."""
    granted: list[Ticket] = []
    now = 0.0
    while len(granted) < count:
        granted += schedule.grant(now)
        now = schedule.next_at(now) or now
    return granted


def test_who_lags_most_goes_first() -> None:
    """Among growing answers the one whose text waits longest is painted next."""
    schedule = Schedule(permits=4)
    tickets = [schedule.ask(Lane.edit(n), Urgency.GROWTH, since=-float(n)) for n in range(30)]
    assert all_granted(schedule, 30) == tickets[::-1]


def test_a_request_without_an_answer_holds_nobody_up_for_ever() -> None:
    """What hangs is taken as counted after some seconds."""
    schedule = Schedule()
    for n in range(50):
        schedule.ask(Lane.create(n), Urgency.LAST, 0.0)
    assert len(schedule.grant(0.0)) == 50
    schedule.ask(Lane.create(50), Urgency.LAST, 0.0)
    assert schedule.grant(0.0) == []
    assert schedule.next_at(0.0) == PATIENCE
    assert len(schedule.grant(PATIENCE)) == 1


def test_headers_overrule_the_budget() -> None:
    """Where Discord allows less, or more, that is what counts."""
    schedule, lane = Schedule(), Lane.edit(1)
    starts = []
    now = 0.0
    for _ in range(8):
        ticket = schedule.ask(lane, Urgency.GROWTH, now)
        while not ticket.granted:
            now = max(now, schedule.next_at(now) or now)
            schedule.grant(now)
        starts.append(now)
        left = 1 - (len(starts) - 1) % 2
        schedule.hear(ticket, Heard(2, left, 8.0 if left else 8.0 - (now - starts[-2])), now)
        schedule.done(ticket, now)
    windows = list(zip(starts[::2], starts[1::2], strict=True))
    assert all(begin + 7.4 < second < begin + 8 for begin, second in windows)
    assert all(b - a >= 8 for a, b in pairwise(starts[::2]))


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


def test_a_lane_that_is_not_used_any_more_is_forgotten() -> None:
    """A bot that runs for months keeps nothing of old channels and tokens."""
    schedule = Schedule()
    now = 0.0
    for n in range(500):
        ticket = schedule.ask(Lane.interaction(str(n)), Urgency.FIRST, now)
        assert schedule.grant(now) == [ticket]
        schedule.done(ticket, now)
        now += 1.0
    assert schedule.lanes < 10


def test_a_lane_never_shows_its_key() -> None:
    """An interaction's token is a secret and must not get into a log."""
    assert "secret" not in repr(Lane.interaction("secret"))


def test_every_kind_of_lane_has_a_budget() -> None:
    """No request can find its lane without one."""
    assert set(BUDGETS) == set(LaneKind)
