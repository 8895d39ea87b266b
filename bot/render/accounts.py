"""How somebody stands, in words: which limit decides and why, what blocks, what is granted."""

from collections.abc import Iterator, Sequence

from bot.quota.grants import Account, Exemption, ExemptKind, Grant, in_order
from bot.quota.rules import Decision, Rule, Scope, Standing
from bot.render.amounts import (
    limit_words,
    part_words,
    relative,
    rule_words,
    target_words,
    usage_bars,
)
from bot.words import say

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
    return say("target-role", role=f"<@&{who.target_id}>")


def _own_lines(account: Account) -> Iterator[str]:
    # What the whole bot spends is its operator's business.
    shown = [it for it in account.standings if it.rule.scope is not Scope.BOT]
    match account.exempt_by:
        case Exemption(kind=ExemptKind.MEMBER):
            yield say("own-exempt-member")
        case Exemption(target_id=role_id):
            yield say("own-exempt-role", role=f"<@&{role_id}>")
        case None if not shown:
            yield say("own-no-limit")
    yield from usage_bars(shown)
    yield from _granted(account)


def _lines(account: Account) -> Iterator[str]:
    match account.exempt_by:
        case Exemption(kind=ExemptKind.MEMBER):
            yield say("exempt-member")
        case Exemption(target_id=role_id):
            yield say("exempt-role", role=f"<@&{role_id}>")
    blocking = [it for it in account.standings if it.left == 0]
    for standing in sorted(blocking, key=lambda it: it.resets_at, reverse=True):
        yield blocked_words(standing)
    if not account.standings:
        yield say("no-limit")
    bars = usage_bars(account.standings)
    for bar, decision in zip(bars, account.decisions, strict=True):
        yield f"{bar}\n-# {_why(decision)}"
    yield from _granted(account)
    if account.reset_at is not None:
        yield say("afresh", when=relative(account.reset_at))


def _granted(account: Account) -> Iterator[str]:
    if account.grants:
        yield say("granted-heading")
        yield from (f"- {grant_words(grant)}" for grant in in_order(account.grants))


def blocked_words(standing: Standing) -> str:
    """Return which limit lets nothing through, and until when."""
    rule = standing.rule
    limit = limit_words(rule.meter, rule.amount, rule.window)
    return say("blocked-by", whose=_whose(rule), limit=limit, resets=relative(standing.resets_at))


def grant_words(grant: Grant) -> str:
    """Return what a grant has left, and until when."""
    left = part_words(grant.meter, grant.left, grant.amount)
    if grant.expires_at is None:
        return say("granted-left-forever", left=left)
    return say("granted-left", left=left, expires=relative(grant.expires_at))


def _whose(rule: Rule) -> str:
    match rule.scope:
        case Scope.ROLE:
            return say("blocked-role", role=f"<@&{rule.target_id}>")
        case Scope.MEMBER:
            return say("blocked-member", member=f"<@{rule.target_id}>")
        case _:
            return target_words(rule)


def _why(decision: Decision) -> str:
    why = say(f"why-{decision.rule.scope}")
    if not decision.yielding:
        return say("decides", why=why)
    others = [rule_words(rule) for rule in decision.yielding[:_MOST_YIELDING]]
    if more := len(decision.yielding) - len(others):
        others.append(say("and-more", count=more))
    return say("decides-yielding", why=why, others=say("yielding-between").join(others))
