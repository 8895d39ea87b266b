"""Words for what was used, and for what a limit would have stopped."""

from collections.abc import Sequence
from datetime import datetime

from bot.quota.rules import Amounts
from bot.records.reports.replay import Outcome, Proposal, Stopped
from bot.records.reports.sums import PersonUse, Report, Share, Span, Spent
from bot.render.amounts import amount_words, limit_words
from bot.render.charts.making import SPAN_IDS, hours_words, money, percent, zone_name
from bot.words import joined, say

MOST_LINES = 10
"""People, or channels, that are named; a file has the others."""


def span_words(span: Span) -> str:
    """Return a span in words: "this week"."""
    return say(f"span-{SPAN_IDS[span]}")


def all_words(amounts: Amounts) -> str:
    """Return amounts of every meter: "2 requests · 1,204 tokens · $0.0012"."""
    return say(
        "amounts-line",
        requests=amount_words("requests", amounts.requests),
        tokens=amount_words("tokens", amounts.tokens),
        cost=money(amounts.cost_micros),
    )


def latest_lines(use: PersonUse, user_id: int) -> tuple[str, ...]:
    """Return a person's latest turns: when each was, and what it came to."""
    if not use.latest:
        return (say("usage-nothing"),)
    return (say("usage-heading"), *(_spent(it, user_id) for it in use.latest))


def _spent(spent: Spent, user_id: int) -> str:
    values = {
        "when": moment(spent.at),
        "about": say("roughly") if spent.estimated else "",
        "tokens": amount_words("tokens", spent.amounts.tokens),
        "cost": money(spent.amounts.cost_micros),
    }
    if spent.asker_id is None or spent.asker_id == user_id:
        return say("usage-turn", **values)
    return say("usage-turn-of", asker=f"<@{spent.asker_id}>", **values)


def moment(at: datetime) -> str:
    """Return a moment as Discord shows it to each reader: its date and time."""
    return f"<t:{int(at.timestamp())}:f>"


def report_head(report: Report) -> str:
    """Return what a report is about, and what all of it comes to."""
    about = say("report-head", span=span_words(report.span), since=moment(report.start))
    if not report.total.requests:
        return f"{about}\n{say('report-empty')}"
    return f"{about}\n{all_words(report.total)}"


def report_table(report: Report) -> tuple[str, ...]:
    """Return who used most, where, and in which hours of the day."""
    whole = report.total.tokens
    people, channels = report.people, report.channels
    lines = [say("report-people", count=len(people)), *_shares(people, "@", whole)]
    lines += [say("report-channels", count=len(channels)), *_shares(channels, "#", whole)]
    busiest = sorted(range(24), key=lambda it: -report.hours[it].tokens)[:3]
    hours = [
        say("report-hour", hours=hours_words(it), share=percent(report.hours[it].tokens, whole))
        for it in busiest
        if report.hours[it].tokens
    ]
    named = joined(hours) or say("report-hours-none")
    lines.append(say("report-hours", zone=zone_name(report.zone), hours=named))
    return tuple(lines)


def _shares(shares: Sequence[Share], sign: str, whole: int) -> list[str]:
    lines = [
        say(
            "report-share",
            place=place,
            who=f"<{sign}{it.id}>",
            amounts=all_words(it.amounts),
            share=percent(it.amounts.tokens, whole),
        )
        for place, it in enumerate(shares[:MOST_LINES], 1)
    ]
    others = shares[MOST_LINES:]
    if others:
        count = sum(it.amounts.tokens for it in others)
        tokens, share = amount_words("tokens", count), percent(count, whole)
        lines.append(say("report-others", count=len(others), tokens=tokens, share=share))
    return lines


def proposal_words(proposal: Proposal, role_id: int | None) -> str:
    """Return a limit as it might be set: "20 requests a day for each member"."""
    limit = limit_words(proposal.meter, proposal.amount, proposal.window)
    if role_id is None:
        return say("limit-for-members", limit=limit)
    return say("limit-for-holders", limit=limit, role=f"<@&{role_id}>")


def outcome_lines(outcome: Outcome) -> tuple[str, ...]:
    """Return whom a limit would have stopped, how often, and when first."""
    if not outcome.turns:
        return (say("simulated-nobody"),)
    requests, people = amount_words("requests", outcome.turns), say("people", count=outcome.people)
    if not outcome.stopped:
        return (say("simulated-nothing", requests=requests, people=people),)
    stopped = outcome.stopped
    head = say(
        "simulated",
        stopped=outcome.stopped_turns,
        requests=requests,
        share=percent(outcome.stopped_turns, outcome.turns),
        who=len(stopped),
        people=people,
    )
    lines = [head, *(_stopped(it) for it in stopped[:MOST_LINES])]
    others = stopped[MOST_LINES:]
    if others:
        count = sum(it.stopped for it in others)
        lines.append(say("simulated-others", people=len(others), stopped=count))
    return tuple(lines)


def _stopped(person: Stopped) -> str:
    return say(
        "simulated-person",
        person=f"<@{person.user_id}>",
        stopped=person.stopped,
        requests=amount_words("requests", person.turns),
        first=moment(person.first),
    )
