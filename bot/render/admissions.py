"""Words for who may use the bot, and where; mentions here ping nobody."""

from collections.abc import Iterable, Sequence

from bot.access import AccessRule, Area, Effect, Kind, Target
from bot.errors import AccessDenied

_SIGNS = {Kind.CHANNEL: "#", Kind.ROLE: "@&", Kind.MEMBER: "@"}

_MOST_NAMED = 5
"""Channels or roles that a refusal names."""

_READERS = (
    "Discord shows `/quota`, `/access`, `/audit` and `/settings` to those who manage it alone, "
    "until someone changes that in **Server Settings → Integrations**."
)


def denied_words(error: AccessDenied) -> str:
    """Return what forbids somebody the bot or its reports, and whom to ask."""
    if error.area == Area.REPORTS:
        return _reports_denied(error)
    forbids = _forbidding(error) if error.target_id is not None else _not_among(error)
    return f"{forbids} Ask someone who manages this server to change that. Nothing was spent."


def _forbidding(error: AccessDenied) -> str:
    what = mention(Target(Kind(error.kind), error.target_id or 0))
    match error.kind:
        case Kind.CHANNEL:
            return f"This server does not let anyone use me in {what}."
        case Kind.ROLE:
            return f"This server does not let members with {what} use me."
        case _:
            return "This server does not let you use me."


def _not_among(error: AccessDenied) -> str:
    if error.kind == Kind.CHANNEL:
        return f"This server lets people use me only in {_named(error.allowed, Kind.CHANNEL)}."
    roles = _named(error.allowed, Kind.ROLE)
    if not roles:
        return "This server lets only some members, by name, use me."
    others = any(kind == Kind.MEMBER for kind, _ in error.allowed)
    by_name = ", and some members by name" if others else ""
    return f"This server lets only members with {roles} use me{by_name}."


def _named(targets: Iterable[tuple[str, int]], kind: Kind) -> str:
    """Name the first of these that are of a kind, and say how many more there are."""
    names = [mention(Target(kind, target_id)) for each, target_id in targets if each == kind]
    more = len(names) - _MOST_NAMED
    if more > 0:
        names = [*names[:_MOST_NAMED], f"{more} more"]
    *first, last = names or [""]
    return f"{', '.join(first)} or {last}" if first else last


def _reports_denied(error: AccessDenied) -> str:
    if error.target_id is None and error.kind == Kind.CHANNEL:
        return f"You may read that only in {_named(error.allowed, Kind.CHANNEL)}."
    if error.target_id is not None and error.kind == Kind.CHANNEL:
        here = mention(Target(Kind.CHANNEL, error.target_id))
        return f"This server does not allow reading that in {here}."
    return (
        "You need the permission **Manage Server** for that, or somebody who has it lets you read "
        "it (`/access allow` with `area: reports`)."
    )


def mention(target: Target) -> str:
    """Return a channel, role or member as Discord shows it."""
    return f"<{_SIGNS[target.kind]}{target.id}>"


def mentions(targets: Iterable[Target]) -> str:
    """Return several of them in one line."""
    return ", ".join(map(mention, targets))


def outcome_lines(
    effect: Effect | None,
    area: Area,
    changed: Sequence[Target],
    unchanged: Sequence[Target],
    rules: Sequence[AccessRule],
) -> list[str]:
    """Return what a command changed (None: it removed rules), and what holds now."""
    done = {Effect.ALLOW: "Allowed", Effect.DENY: "Denied", None: "Removed"}[effect]
    stood = {
        Effect.ALLOW: "Allowed already",
        Effect.DENY: "Denied already",
        None: "There was no such rule for",
    }[effect]
    lines = [f"{done}: {mentions(changed)}."] if changed else []
    lines += [f"{stood}: {mentions(unchanged)}."] if unchanged else []
    lines.append(summary(area, rules))
    return lines


def summary(area: Area, rules: Sequence[AccessRule]) -> str:
    """Return in a sentence who may use the bot now, or read its reports."""
    allowed = [it.target for it in rules if it.area is area and it.effect is Effect.ALLOW]
    denied = any(it.area is area and it.effect is Effect.DENY for it in rules)
    has_places = any(target.kind is Kind.CHANNEL for target in allowed)
    has_people = any(target.kind is not Kind.CHANNEL for target in allowed)
    where = "in the allowed channels and their threads" if has_places else "in every channel"
    but = ", unless they or the channel are denied" if denied else ""
    if area is Area.USE:
        who = "The allowed roles and members" if has_people else "Everyone"
        return f"{who} may use me {where}{but}."
    if not has_people:
        return "Only those who manage this server may read its reports."
    who = "Those who manage this server may read its reports; so may the allowed roles and members"
    return f"{who} {where}{but}. {_READERS}"


def access_lines(rules: Sequence[AccessRule]) -> list[str]:
    """Return all rules of a server, and what they come to."""
    lines: list[str] = []
    for area, heading in (
        (Area.USE, "**Who may use me**"),
        (Area.REPORTS, "**Who may read reports: limits, use, changes**"),
    ):
        lines.append(f"{heading}\n{summary(area, rules)}")
        for effect in Effect:
            of_effect = [it.target for it in rules if it.area is area and it.effect is effect]
            of_effect.sort(key=lambda target: list(Kind).index(target.kind))
            lines += [f"- {effect.capitalize()}: {mention(target)}" for target in of_effect]
    return lines
