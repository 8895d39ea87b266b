"""Who may use the bot, and where; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import AccessDenied
from bot.quota.rules import Subject

MOST_RULES = 300
"""Rules that a server may have: they are all read at the beginning of each turn."""


class Area(StrEnum):
    """What a rule is about: asking in any way, or reading what admins read."""

    USE = "use"
    REPORTS = "reports"


class Effect(StrEnum):
    """What a rule does."""

    ALLOW = "allow"
    DENY = "deny"


class Kind(StrEnum):
    """What a rule names."""

    CHANNEL = "channel"
    ROLE = "role"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Target:
    """A channel, role or member that a rule names."""

    kind: Kind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Whom or what a server lets in, or keeps out."""

    area: Area
    effect: Effect
    target: Target


def check_use(rules: Iterable[AccessRule], visitor: Subject) -> None:
    """Raise `AccessDenied` unless this person may use the bot here.

    What is denied is denied. Else the channel, or its thread, and the person must each be allowed,
    where the server allows any channels, or any people. Direct messages are always open.
    """
    if visitor.guild_id is None:
        return
    targets = _targets(Area.USE, rules)
    _check_denied(Area.USE, targets[Effect.DENY], visitor)
    places, people = _by_dimension(targets[Effect.ALLOW])
    if places and places.isdisjoint(_places_of(visitor)):
        raise _not_among(Area.USE, Kind.CHANNEL, places)
    if people and people.isdisjoint(_names_of(visitor)):
        raise _not_among(Area.USE, Kind.MEMBER, people)


def check_reports(rules: Iterable[AccessRule], visitor: Subject) -> None:
    """Raise `AccessDenied` unless this person, who can't manage the server, may read its reports.

    A rule must name them; channels, where any are allowed, say where they may read.
    """
    targets = _targets(Area.REPORTS, rules)
    _check_denied(Area.REPORTS, targets[Effect.DENY], visitor)
    places, people = _by_dimension(targets[Effect.ALLOW])
    if people.isdisjoint(_names_of(visitor)):
        raise AccessDenied(Area.REPORTS, Kind.MEMBER)
    if places and places.isdisjoint(_places_of(visitor)):
        raise _not_among(Area.REPORTS, Kind.CHANNEL, places)


def _targets(area: Area, rules: Iterable[AccessRule]) -> dict[Effect, set[Target]]:
    targets: dict[Effect, set[Target]] = {effect: set() for effect in Effect}
    for rule in rules:
        if rule.area is area:
            targets[rule.effect].add(rule.target)
    return targets


def _check_denied(area: Area, denied: set[Target], visitor: Subject) -> None:
    for target in (*_names_of(visitor), *_places_of(visitor)):
        if target in denied:
            raise AccessDenied(area, target.kind, target.id)


def _by_dimension(targets: Iterable[Target]) -> tuple[set[Target], set[Target]]:
    """Return the places among these, and the people."""
    places: set[Target] = set()
    people: set[Target] = set()
    for target in targets:
        (places if target.kind is Kind.CHANNEL else people).add(target)
    return places, people


def _names_of(visitor: Subject) -> list[Target]:
    """Return everything that names this person; Discord's @everyone has the server's own id."""
    roles = (*visitor.role_ids, visitor.guild_id)
    named = [Target(Kind.ROLE, role_id) for role_id in roles if role_id is not None]
    return [Target(Kind.MEMBER, visitor.user_id), *named]


def _places_of(visitor: Subject) -> list[Target]:
    places = (visitor.channel_id, visitor.parent_channel_id)
    return [Target(Kind.CHANNEL, place) for place in places if place is not None]


def _not_among(area: Area, kind: Kind, allowed: Iterable[Target]) -> AccessDenied:
    among = sorted((target.kind.value, target.id) for target in allowed)
    return AccessDenied(area, kind, None, tuple(among))
