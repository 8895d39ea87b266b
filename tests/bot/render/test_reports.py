"""Words for what was used, and for what a limit would have stopped."""

from datetime import UTC, datetime, timedelta

from bot.quota.rules import Amounts, Meter
from bot.quota.windows import Window
from bot.records.reports.replay import Outcome, Proposal, Stopped
from bot.records.reports.sums import PersonUse, Report, Share, Span, Spent
from bot.render.reports import (
    MOST_LINES,
    latest_lines,
    outcome_lines,
    proposal_words,
    report_head,
    report_table,
)
from bot.render.sayings import messages_of

NOW = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)
STAMP = f"<t:{int(NOW.timestamp())}:f>"


def report(people: int, tokens: int = 1_000) -> Report:
    """Return a report of so many people with as many tokens each, in one channel."""
    each = Amounts(2, tokens, 3_000)
    whole = Amounts(2 * people, tokens * people, 3_000 * people)
    shares = tuple(Share(10**18 + it, each) for it in range(people))
    hours = tuple(whole if hour == 23 else Amounts() for hour in range(24))
    channels = (Share(7, whole),) if people else ()
    return Report(Span.WEEK, NOW, NOW, UTC, whole, shares, channels, hours)


def test_latest_turns() -> None:
    """Each turn has its time, tokens and cost; estimates, and turns of others, are said to be."""
    other = Spent(NOW, Amounts(1, 1, 90), estimated=True, asker_id=5)
    use = PersonUse((), (Spent(NOW, Amounts(1, 1_204, 1_200), estimated=False), other))
    assert latest_lines(use, 4) == (
        "**Your last turns here**",
        f"- {STAMP} · 1,204 tokens · $0.0012",
        f"- {STAMP} · about 1 token · about $0.000090 · asked by <@5>, paid by you",
    )


def test_a_reports_table() -> None:
    """It says who used most and where, with shares, and when."""
    assert report_head(report(2)) == (
        f"**Use of this server this week**, since {STAMP}\n4 requests · 2,000 tokens · $0.006"
    )
    assert report_table(report(2)) == (
        "**Top people** of 2",
        f"1. <@{10**18}> · 2 requests · 1,000 tokens · $0.003 · 50 %",
        f"2. <@{10**18 + 1}> · 2 requests · 1,000 tokens · $0.003 · 50 %",
        "**Top channels** of 1, with their threads",
        "1. <#7> · 4 requests · 2,000 tokens · $0.006 · 100 %",
        "**Busiest hours** (UTC): 23:00 to 00:00 (100 %)",
    )


def test_nobody_is_dropped_in_silence() -> None:
    """Those who are not named are counted, and the table still fits in one message."""
    lines = report_table(report(MOST_LINES + 490, 10**12))
    assert lines[MOST_LINES + 1].startswith("-# and 490 more, 490,000,000,000,000 tokens · 98 %")
    assert len(messages_of(lines, 3_000)) == 1


def test_an_outcome() -> None:
    """It says how much would have been stopped, and of whom how often, and since when."""
    stopped = tuple(Stopped(it, 4, 2, NOW + timedelta(minutes=it)) for it in range(MOST_LINES + 2))
    head, first, *_, others = outcome_lines(Outcome(NOW, 30, 100, stopped))
    assert head == ("It would have stopped **24** of 100 requests (24 %), from 12 of 30 people.")
    assert first == f"- <@0>: 2 of 4 requests, first {STAMP}"
    assert others == "-# and 2 more, 4 requests: the file has all of them"


def test_an_outcome_of_nothing() -> None:
    """Nobody asked, or nobody was stopped: each has its sentence."""
    assert "Nobody" in outcome_lines(Outcome(NOW, 0, 0, ()))[0]
    assert outcome_lines(Outcome(NOW, 1, 2, ())) == (
        "It would have stopped nothing: all 2 requests by 1 person fit.",
    )


def test_a_proposal() -> None:
    """It says for whom it would be."""
    proposal = Proposal(Meter.COST, Window.DAY, 2_500_000)
    assert proposal_words(proposal, None) == "$2.50 a day for each member"
    assert proposal_words(proposal, 3) == "$2.50 a day for each holder of <@&3>"
