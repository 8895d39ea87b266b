"""Words for who may use the bot, and where; mentions here ping nobody."""

from collections.abc import Iterable, Sequence

from bot.errors import AccessDenied
from bot.quota.access import AccessRule, Area, Effect, Kind, Target
from bot.words import any_of, joined, say

_SIGNS = {Kind.CHANNEL: "#", Kind.ROLE: "@&", Kind.MEMBER: "@"}

_MOST_NAMED = 5
"""Channels or roles that a refusal names."""


def denied_words(error: AccessDenied) -> str:
    """Return what forbids somebody the bot or its reports, and whom to ask."""
    if error.area == Area.REPORTS:
        return _reports_denied(error)
    return _forbidding(error) if error.target_id is not None else _not_among(error)


def _forbidding(error: AccessDenied) -> str:
    what = mention(Target(Kind(error.kind), error.target_id or 0))
    match error.kind:
        case Kind.CHANNEL:
            return say("access-no-channel", channel=what)
        case Kind.ROLE:
            return say("access-no-role", role=what)
        case _:
            return say("access-no-member")


def _not_among(error: AccessDenied) -> str:
    if error.kind == Kind.CHANNEL:
        return say("access-only-channels", channels=_named(error.allowed, Kind.CHANNEL))
    roles = _named(error.allowed, Kind.ROLE)
    if not roles:
        return say("access-only-some")
    if any(kind == Kind.MEMBER for kind, _ in error.allowed):
        return say("access-only-roles-and-some", roles=roles)
    return say("access-only-roles", roles=roles)


def _named(targets: Iterable[tuple[str, int]], kind: Kind) -> str:
    """Name the first of these that are of a kind, and say how many more there are."""
    names = [mention(Target(kind, target_id)) for each, target_id in targets if each == kind]
    more = len(names) - _MOST_NAMED
    if more > 0:
        names = [*names[:_MOST_NAMED], say("and-more", count=more)]
    return any_of(names)


def _reports_denied(error: AccessDenied) -> str:
    if error.target_id is None and error.kind == Kind.CHANNEL:
        return say("access-read-only-in", channels=_named(error.allowed, Kind.CHANNEL))
    if error.target_id is not None and error.kind == Kind.CHANNEL:
        here = mention(Target(Kind.CHANNEL, error.target_id))
        return say("access-read-not-in", channel=here)
    return say("access-read-denied")


def mention(target: Target) -> str:
    """Return a channel, role or member as Discord shows it."""
    return f"<{_SIGNS[target.kind]}{target.id}>"


def mentions(targets: Iterable[Target]) -> str:
    """Return several of them in one line."""
    return joined([mention(it) for it in targets])


def outcome_lines(
    effect: Effect | None,
    area: Area,
    changed: Sequence[Target],
    unchanged: Sequence[Target],
    rules: Sequence[AccessRule],
) -> list[str]:
    """Return what a command changed (None: it removed rules), and what holds now."""
    what = "remove" if effect is None else effect.value
    lines = [say(f"access-done-{what}", whom=mentions(changed))] if changed else []
    if unchanged:
        lines.append(say(f"access-stood-{what}", whom=mentions(unchanged)))
    lines.append(summary(area, rules))
    return lines


def summary(area: Area, rules: Sequence[AccessRule]) -> str:
    """Return in a sentence who may use the bot now, or read its reports."""
    allowed = [it.target for it in rules if it.area is area and it.effect is Effect.ALLOW]
    denied = any(it.area is area and it.effect is Effect.DENY for it in rules)
    has_places = any(target.kind is Kind.CHANNEL for target in allowed)
    has_people = any(target.kind is not Kind.CHANNEL for target in allowed)
    where = say("access-where-some") if has_places else say("access-where-all")
    but = say("access-but-denied") if denied else ""
    if area is Area.USE:
        who = "access-use-some" if has_people else "access-use-all"
        return say(who, where=where, but=but)
    if not has_people:
        return say("access-reports-managers")
    return say("access-reports-some", where=where, but=but)


def access_lines(rules: Sequence[AccessRule]) -> list[str]:
    """Return all rules of a server, and what they come to."""
    lines: list[str] = []
    for area in (Area.USE, Area.REPORTS):
        lines.append(f"{say(f'access-heading-{area}')}\n{summary(area, rules)}")
        for effect in Effect:
            of_effect = [it.target for it in rules if it.area is area and it.effect is effect]
            of_effect.sort(key=lambda target: list(Kind).index(target.kind))
            lines += [say(f"access-rule-{effect}", whom=mention(target)) for target in of_effect]
    return lines
