"""Reports and replays by a server's own calendar, on both databases."""

from datetime import UTC, date, datetime

from bot.administration.reporting import ReportDesk
from bot.quota.rules import Amounts, Meter, Rule, Scope
from bot.quota.windows import Window
from bot.records.reports.replay import Proposal
from bot.records.reports.sums import Share, Span
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_reports import Entry, write


def entry(user: int, at: str, tokens: int = 10) -> Entry:
    """Return a turn at a time of UTC."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    minutes = (NOW.replace(second=0, microsecond=0) - moment).total_seconds() // 60
    return Entry(user, 10, None, int(minutes), tokens, 0)


async def desk_in_kolkata(database: Database, look: Look, *rows: Entry) -> ReportDesk:
    """Return the desk of a server half an hour beside all full hours, with these turns."""
    async with database.writing() as tx:
        await tx.preferences.set_time_zone(1, "Asia/Kolkata")
        await tx.commit()
    await write(look, rows, guild=1)
    return ReportDesk(database, now=lambda: NOW)


async def test_days_and_hours_of_the_server(database: Database, look: Look) -> None:
    """A day begins at the server's midnight, and its hours are those of its clock."""
    rows = [entry(1, "2026-03-17T18:20"), entry(2, "2026-03-17T18:40", 7)]
    desk = await desk_in_kolkata(database, look, *rows)
    report = await desk.report(1, Span.DAY)
    assert report.start == datetime(2026, 3, 17, 18, 30, tzinfo=UTC)
    assert report.people == (Share(2, Amounts(1, 7, 14)),)
    assert report.channels == (Share(10, Amounts(1, 7, 14)),)
    assert report.total == Amounts(1, 7, 14)
    assert [hour for hour, it in enumerate(report.hours) if it.requests] == [0]
    use = await desk.use_of(1, 1)
    assert [it.date for it in use.days if it.ordinary.requests] == [date(2026, 3, 17)]
    assert [it.amounts.tokens for it in use.latest] == [10]


async def test_a_replay_of_the_server(database: Database, look: Look) -> None:
    """Whoever is not spared is stopped by the server's days; of a role, only its holders are."""
    rows = [entry(user, f"2026-03-17T18:{minute}") for minute in (20, 40, 50) for user in (1, 2, 3)]
    desk = await desk_in_kolkata(database, look, *rows)
    async with database.writing() as tx:
        own = Rule(Scope.MEMBER, Meter.TOKENS, Window.DAY, 99, 3)
        await tx.ledger.set_rule(1, own, 9, NOW)
        await tx.commit()
    proposal = Proposal(Meter.TOKENS, Window.DAY, 15)
    outcome = await desk.simulate(1, proposal)
    assert (outcome.people, outcome.turns) == (2, 6)
    assert [(it.user_id, it.stopped) for it in outcome.stopped] == [(1, 1), (2, 1)]
    assert {it.first.minute for it in outcome.stopped} == {50}
    held = await desk.simulate(1, proposal, frozenset({2, 3}))
    assert [(it.user_id, it.turns, it.stopped) for it in held.stopped] == [(2, 3, 1)]
    assert sorted(await desk.spenders(1)) == [1, 2, 3]
