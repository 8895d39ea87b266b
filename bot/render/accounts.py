"""How somebody stands, in words: which limit decides and why, what blocks, what is granted."""

from collections.abc import Iterator, Sequence

from bot.grants import Account, Exemption, ExemptKind, Grant, in_order
from bot.quota import Decision, Scope, Standing
from bot.render.amounts import (
    amount_words,
    number,
    relative,
    rule_words,
    target_words,
    usage_bars,
    window_words,
)

_WHY = {
    Scope.MEMBER: "it is set for this very member",
    Scope.ROLE: "of this member's roles it is the most generous",
    Scope.EVERYONE: "it is for every member, and no role or member limit comes before it",
    Scope.DEFAULT: "this server has set no limit for this member",
    Scope.CHANNEL: "a channel's limit counts always",
    Scope.SERVER: "the server's limit counts always",
    Scope.OPERATOR: "the operator's limit for a server counts always",
    Scope.BOT: "the whole bot's limit counts always",
}

_MOST_YIELDING = 5
"""Rules that are named beside the one that decides: a member may have 250 roles, each with its."""


def account_lines(account: Account) -> tuple[str, ...]:
    """Return what blocks somebody, each limit with why it decides, and what is granted."""
    return tuple(_lines(account))


def own_lines(account: Account) -> tuple[str, ...]:
    """Return for somebody themselves how they stand: each limit, and what is granted."""
    return tuple(_own_lines(account))


def exempt_lines(exempt: Sequence[Exemption]) -> tuple[str, ...]:
    """Return one line for each who is exempt; roles first."""
    ordered = sorted(exempt, key=lambda it: (it.kind is ExemptKind.MEMBER, it.target_id))
    return tuple(f"- {exempt_words(it)}" for it in ordered)


def exempt_words(who: Exemption) -> str:
    """Return whom an exemption is for; mentions here ping nobody."""
    if who.kind is ExemptKind.MEMBER:
        return f"<@{who.target_id}>"
    return f"each member with <@&{who.target_id}>"


def _own_lines(account: Account) -> Iterator[str]:
    # What the whole bot spends is its operator's business.
    shown = [it for it in account.standings if it.rule.scope is not Scope.BOT]
    if account.exempt_by is not None:
        how = by_words(account.exempt_by)
        yield f"You are **exempt** {how}: only limits that everyone shares count for you here."
    elif not shown:
        yield "No limit is set for you."
    yield from usage_bars(shown)
    yield from _granted(account)


def _lines(account: Account) -> Iterator[str]:
    if account.exempt_by is not None:
        how = by_words(account.exempt_by)
        yield f"**Exempt** {how}: only the limits that everyone shares count."
    blocking = [it for it in account.standings if it.left == 0]
    for standing in sorted(blocking, key=lambda it: it.resets_at, reverse=True):
        yield blocked_words(standing)
    if not account.standings:
        yield "No limit is set."
    bars = usage_bars(account.standings)
    for bar, decision in zip(bars, account.decisions, strict=True):
        yield f"{bar}\n-# {_why(decision)}"
    yield from _granted(account)
    if account.reset_at is not None:
        yield f"-# This member's windows were begun afresh {relative(account.reset_at)}."


def _granted(account: Account) -> Iterator[str]:
    if account.grants:
        yield "**Granted on top**, spent when a limit above is used up"
        yield from (f"- {grant_words(grant)}" for grant in in_order(account.grants))


def blocked_words(standing: Standing) -> str:
    """Return which limit lets nothing through, and until when."""
    rule = standing.rule
    limit = f"{amount_words(rule.meter, rule.amount)} {window_words(rule.window)}"
    return (
        f"**Blocked by**: {_whose(rule.scope, target_words(rule))}, {limit}, "
        f"resets {relative(standing.resets_at)}"
    )


def grant_words(grant: Grant) -> str:
    """Return what a grant has left, and until when."""
    left = f"{number(grant.meter, grant.left)} of {amount_words(grant.meter, grant.amount)} left"
    expires = "never expires"
    if grant.expires_at is not None:
        expires = f"expires {relative(grant.expires_at)}"
    return f"{left}, {expires}"


def _whose(scope: Scope, target: str) -> str:
    if scope is Scope.ROLE:
        return f"role {target.removeprefix('each member with ')}"
    return f"member {target}" if scope is Scope.MEMBER else target


def by_words(by: Exemption) -> str:
    """Return by what somebody is exempt."""
    return "as a member" if by.kind is ExemptKind.MEMBER else f"by the role <@&{by.target_id}>"


def _why(decision: Decision) -> str:
    why = f"Decides: {_WHY[decision.rule.scope]}."
    if decision.yielding:
        others = [rule_words(rule) for rule in decision.yielding[:_MOST_YIELDING]]
        if more := len(decision.yielding) - len(others):
            others.append(f"{more:,} more")
        why += f" Yielding to it: {'; '.join(others)}."
    return why
