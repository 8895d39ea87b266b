"""Words for what was used, and for what a limit would have stopped."""

from collections.abc import Sequence
from datetime import datetime

from bot.quota import Amounts
from bot.render.amounts import amount_words, window_words
from bot.render.charts.making import hours_words, money, percent, zone_name
from bot.reports.replay import Outcome, Proposal
from bot.reports.sums import PersonUse, Report, Share, Span, Spent

MOST_LINES = 10
"""People, or channels, that are named; a file has the others."""

_SPANS = {
    Span.DAY: "today",
    Span.WEEK: "this week",
    Span.MONTH: "this month",
    Span.THIRTY_DAYS: "in the last 30 days",
}


def span_words(span: Span) -> str:
    """Return a span in words: "this week"."""
    return _SPANS[span]


def all_words(amounts: Amounts) -> str:
    """Return amounts of every meter: "2 requests · 1,204 tokens · $0.0012"."""
    requests = amount_words("requests", amounts.requests)
    tokens = amount_words("tokens", amounts.tokens)
    return f"{requests} · {tokens} · {money(amounts.cost_micros)}"


def latest_lines(use: PersonUse, user_id: int) -> tuple[str, ...]:
    """Return a person's latest turns: when each was, and what it came to."""
    if not use.latest:
        return ("You have not asked anything here yet.",)
    return ("**Your last turns here**", *(_spent(it, user_id) for it in use.latest))


def _spent(spent: Spent, user_id: int) -> str:
    about = "about " if spent.estimated else ""
    tokens = amount_words("tokens", spent.amounts.tokens)
    by = ""
    if spent.asker_id is not None and spent.asker_id != user_id:
        by = f" · asked by <@{spent.asker_id}>, paid by you"
    return f"- {moment(spent.at)} · {about}{tokens} · {about}{money(spent.amounts.cost_micros)}{by}"


def moment(at: datetime) -> str:
    """Return a moment as Discord shows it to each reader: its date and time."""
    return f"<t:{int(at.timestamp())}:f>"


def report_head(report: Report) -> str:
    """Return what a report is about, and what all of it comes to."""
    since = f"<t:{int(report.start.timestamp())}:f>"
    about = f"**Use of this server {span_words(report.span)}**, since {since}"
    if not report.total.requests:
        return f"{about}\nNobody has used anything."
    return f"{about}\n{all_words(report.total)}"


def report_table(report: Report) -> tuple[str, ...]:
    """Return who used most, where, and in which hours of the day."""
    whole = report.total.tokens
    lines = [f"**Top people** of {len(report.people):,}", *_shares(report.people, "@", whole)]
    lines += [
        f"**Top channels** of {len(report.channels):,}, with their threads",
        *_shares(report.channels, "#", whole),
    ]
    busiest = sorted(range(24), key=lambda it: -report.hours[it].tokens)[:3]
    hours = (
        f"{hours_words(it)} ({percent(report.hours[it].tokens, whole)})"
        for it in busiest
        if report.hours[it].tokens
    )
    lines.append(f"**Busiest hours** ({zone_name(report.zone)}): {', '.join(hours) or 'none'}")
    return tuple(lines)


def _shares(shares: Sequence[Share], sign: str, whole: int) -> list[str]:
    lines = [
        f"{place}. <{sign}{it.id}> · {all_words(it.amounts)} · {percent(it.amounts.tokens, whole)}"
        for place, it in enumerate(shares[:MOST_LINES], 1)
    ]
    others = shares[MOST_LINES:]
    if others:
        tokens = sum(it.amounts.tokens for it in others)
        share = percent(tokens, whole)
        lines.append(f"-# and {len(others):,} more, {amount_words('tokens', tokens)} · {share}")
    return lines


def proposal_words(proposal: Proposal, role_id: int | None) -> str:
    """Return a limit as it might be set: "20 requests a day for each member"."""
    limit = f"{amount_words(proposal.meter, proposal.amount)} {window_words(proposal.window)}"
    return f"{limit} for each {'member' if role_id is None else f'holder of <@&{role_id}>'}"


def outcome_lines(outcome: Outcome) -> tuple[str, ...]:
    """Return whom a limit would have stopped, how often, and when first."""
    if not outcome.turns:
        return ("Nobody whom it would be for has asked anything in that time.",)
    asked = f"{amount_words('requests', outcome.turns)} by {_people(outcome.people)}"
    if not outcome.stopped:
        return (f"It would have stopped nothing: all {asked} fit.",)
    share = percent(outcome.stopped_turns, outcome.turns)
    stopped = outcome.stopped
    requests = amount_words("requests", outcome.turns)
    whose = f"from {len(stopped):,} of {_people(outcome.people)}"
    head = f"It would have stopped **{outcome.stopped_turns:,}** of {requests} ({share}), {whose}."
    lines = [
        f"- <@{it.user_id}>: {it.stopped:,} of {amount_words('requests', it.turns)}, "
        f"first {moment(it.first)}"
        for it in stopped[:MOST_LINES]
    ]
    lines.insert(0, head)
    others = stopped[MOST_LINES:]
    if others:
        count = sum(it.stopped for it in others)
        lines.append(f"-# and {len(others):,} more, {count:,} requests: the file has all of them")
    return tuple(lines)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
