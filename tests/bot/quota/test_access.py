"""Who may use the bot, and where: what the rules of a server come to."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AccessDenied
from bot.quota.access import AccessRule, Area, Effect, Kind, Target, check_reports, check_use
from bot.quota.rules import Subject

GUILD = 1
IDS = st.integers(1, 4)
"""Few, so that rules and visitors meet; roles share the server's id with @everyone."""

TARGETS = st.builds(Target, st.sampled_from(Kind), IDS)
USE = st.builds(AccessRule, st.just(Area.USE), st.sampled_from(Effect), TARGETS)
REPORTS = st.builds(AccessRule, st.just(Area.REPORTS), st.sampled_from(Effect), TARGETS)


def books(rules: st.SearchStrategy[AccessRule]) -> st.SearchStrategy[list[AccessRule]]:
    """Return rules as they are kept: one for a target in an area."""
    return st.lists(rules, max_size=8, unique_by=lambda rule: (rule.area, rule.target))


VISITORS = st.builds(
    Subject,
    user_id=IDS,
    guild_id=st.just(GUILD),
    channel_id=IDS,
    role_ids=st.lists(IDS, max_size=3).map(tuple),
    parent_channel_id=st.none() | IDS,
)


def may(
    check: Callable[[Iterable[AccessRule], Subject], None],
    rules: Iterable[AccessRule],
    visitor: Subject,
) -> bool:
    """Tell whether a check lets somebody in."""
    try:
        check(rules, visitor)
    except AccessDenied:
        return False
    return True


def names(target: Target, visitor: Subject) -> bool:
    """Tell, in words as plain as can be, whether a target is this person or where they are."""
    match target.kind:
        case Kind.MEMBER:
            return target.id == visitor.user_id
        case Kind.ROLE:
            return target.id in visitor.role_ids or target.id == visitor.guild_id
        case Kind.CHANNEL:
            return target.id in (visitor.channel_id, visitor.parent_channel_id)


def of(rules: Iterable[AccessRule], effect: Effect, *kinds: Kind) -> list[Target]:
    """Return what rules of an effect name, of these kinds."""
    return [it.target for it in rules if it.effect is effect and it.target.kind in kinds]


@given(books(USE), VISITORS)
def test_deny_wins_and_an_empty_allow_list_is_open(
    rules: list[AccessRule], visitor: Subject
) -> None:
    """Who is denied stays out; else person and place must be allowed where any of theirs are."""
    denied = any(names(it, visitor) for it in of(rules, Effect.DENY, *Kind))
    places = of(rules, Effect.ALLOW, Kind.CHANNEL)
    people = of(rules, Effect.ALLOW, Kind.MEMBER, Kind.ROLE)
    allowed = all(not it or any(names(each, visitor) for each in it) for it in (places, people))
    assert may(check_use, rules, visitor) == (allowed and not denied)


@given(books(REPORTS), VISITORS)
def test_reports_are_closed_until_a_rule_names_somebody(
    rules: list[AccessRule], visitor: Subject
) -> None:
    """A person must be named by an allowing rule; places and denials work as for use."""
    denied = any(names(it, visitor) for it in of(rules, Effect.DENY, *Kind))
    places = of(rules, Effect.ALLOW, Kind.CHANNEL)
    people = of(rules, Effect.ALLOW, Kind.MEMBER, Kind.ROLE)
    named = any(names(each, visitor) for each in people)
    here = not places or any(names(each, visitor) for each in places)
    assert may(check_reports, rules, visitor) == (named and here and not denied)


@given(books(USE), books(REPORTS), VISITORS)
def test_areas_do_not_touch_each_other(
    use: list[AccessRule], reports: list[AccessRule], visitor: Subject
) -> None:
    """What is said of reports changes nothing for asking, and the other way round."""
    assert may(check_use, use + reports, visitor) == may(check_use, use, visitor)
    assert may(check_reports, use + reports, visitor) == may(check_reports, reports, visitor)


@given(books(USE), VISITORS, IDS)
def test_a_thread_follows_its_channel(
    rules: list[AccessRule], visitor: Subject, thread: int
) -> None:
    """In a thread that no rule names one may just what one may in its channel."""
    channel = Subject(visitor.user_id, GUILD, visitor.channel_id, visitor.role_ids)
    inside = Subject(visitor.user_id, GUILD, 100 + thread, visitor.role_ids, visitor.channel_id)
    assert may(check_use, rules, inside) == may(check_use, rules, channel)


@given(books(USE), IDS, IDS)
def test_direct_messages_are_always_open(rules: list[AccessRule], user: int, channel: int) -> None:
    """Servers have no say in what people write to the bot alone."""
    assert may(check_use, rules, Subject(user, None, channel))


def test_a_refusal_carries_what_decided() -> None:
    """It is the denied member before a role, or what is allowed instead."""
    visitor = Subject(20, GUILD, 10, (30, 31))
    everyone = AccessRule(Area.USE, Effect.DENY, Target(Kind.ROLE, GUILD))
    me = AccessRule(Area.USE, Effect.DENY, Target(Kind.MEMBER, 20))
    elsewhere = AccessRule(Area.USE, Effect.ALLOW, Target(Kind.CHANNEL, 11))
    with pytest.raises(AccessDenied) as refused:
        check_use([everyone, me, elsewhere], visitor)
    assert (refused.value.kind, refused.value.target_id) == ("member", 20)
    with pytest.raises(AccessDenied) as refused:
        check_use([everyone, elsewhere], visitor)
    assert (refused.value.kind, refused.value.target_id) == ("role", GUILD)
    with pytest.raises(AccessDenied) as refused:
        check_use([elsewhere], visitor)
    assert (refused.value.kind, refused.value.target_id) == ("channel", None)
    assert refused.value.allowed == (("channel", 11),)
