"""What a limit would have stopped."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.quota.rules import Meter
from bot.quota.windows import Window, window_bounds
from bot.records.reports.replay import Proposal, Replay, Spend, begins

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 10, 23, 22, tzinfo=UTC)
"""Shortly before the clock changes in Berlin."""

spends = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 6 * 24 * 60).map(lambda it: micros(START + timedelta(minutes=it))),
        st.integers(0, 50),
    ),
    max_size=60,
).map(lambda found: sorted(found, key=lambda it: it[1]))
proposals = st.builds(
    Proposal, st.sampled_from(list(Meter)), st.sampled_from(list(Window)), st.integers(0, 120)
)


def micros(at: datetime) -> int:
    """Return a moment in microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """Return the moment after so many microseconds."""
    return EPOCH + timedelta(microseconds=at)


def naive(turns: list[Spend], proposal: Proposal, since: datetime) -> dict[int, list[int]]:
    """Return when each person is stopped: every turn looks through all admitted ones again."""
    stopped: dict[int, list[int]] = {}
    admitted: list[Spend] = []
    for user, at, amount in turns:
        start, end = map(micros, window_bounds(proposal.window, moment(at), BERLIN))
        used = sum(it[2] for it in admitted if it[0] == user and start <= it[1] < end)
        if used + amount <= proposal.amount:
            admitted.append((user, at, amount))
        elif at >= micros(since):
            stopped.setdefault(user, []).append(at)
    return stopped


@given(spends, proposals, st.integers(0, 3), st.integers(1, 9))
def test_like_a_naive_replay(turns: list[Spend], proposal: Proposal, days: int, chunk: int) -> None:
    """Whoever is stopped, how often and when first is what a plain model says, in any chunks."""
    since = START + timedelta(days=days)
    replay = Replay(proposal, BERLIN, since)
    for first in range(0, len(turns), chunk):
        replay.take(turns[first : first + chunk])
    outcome = replay.outcome()
    expected = naive(turns, proposal, since)
    found = {it.user_id: (it.stopped, it.first) for it in outcome.stopped}
    assert found == {user: (len(at), moment(at[0])) for user, at in expected.items()}
    told = Counter(user for user, at, _ in turns if at >= micros(since))
    assert (outcome.turns, outcome.people) == (told.total(), len(told))
    assert {it.user_id: it.turns for it in outcome.stopped} == {
        user: told[user] for user in expected
    }
    assert outcome.stopped_turns == sum(map(len, expected.values()))


def test_refused_turns_leave_room() -> None:
    """What does not fit is no use: a smaller turn after it still fits."""
    amounts = (60, 50, 40, 1)
    turns = [(1, micros(START) + n, it) for n, it in enumerate(amounts)]
    replay = Replay(Proposal(Meter.TOKENS, Window.DAY, 100), UTC, START)
    replay.take(turns)
    [stopped] = replay.outcome().stopped
    assert (stopped.stopped, stopped.turns) == (2, 4)
    assert stopped.first == START + timedelta(microseconds=1)


def test_only_those_whom_it_is_for() -> None:
    """Others are neither stopped nor counted."""
    turns = [(user, micros(START), 1) for user in (1, 2, 2)]
    replay = Replay(Proposal(Meter.REQUESTS, Window.DAY, 0), UTC, START, {1}.__contains__)
    replay.take(turns)
    outcome = replay.outcome()
    assert (outcome.people, outcome.turns, outcome.stopped_turns) == (1, 1, 1)


def test_a_window_that_had_begun_counts() -> None:
    """A month is replayed from its first day on, and told of from the thirtieth day back."""
    since = datetime(2026, 10, 20, tzinfo=UTC)
    proposal = Proposal(Meter.REQUESTS, Window.MONTH, 2)
    assert begins(proposal, since, UTC) == datetime(2026, 10, 1, tzinfo=UTC)
    days = (2, 3, 21, 22)
    turns = [(1, micros(datetime(2026, 10, it, tzinfo=UTC)), 1) for it in days]
    replay = Replay(proposal, UTC, since)
    replay.take(turns)
    [stopped] = replay.outcome().stopped
    assert (stopped.turns, stopped.stopped) == (2, 2)
