"""The desk for access: what it changes, and what it notes."""

import pytest

from bot.administration.access import AccessDesk
from bot.administration.auditing import AuditDesk
from bot.errors import InvalidChoice
from bot.quota.access import MOST_RULES, Area, Effect, Kind, Target
from bot.storage.database import Database
from tests.bot.administration.conftest import ADA, GUILD, OLGA, clock

STAFF, MEMBER = Target(Kind.ROLE, 7), Target(Kind.MEMBER, ADA)


async def test_only_what_changes_is_noted(database: Database) -> None:
    """What stood already is told apart, and the trail has one line for each real change."""
    desk, trail = AccessDesk(database, now=clock), AuditDesk(database)
    await desk.set_rules(GUILD, Area.USE, Effect.ALLOW, [STAFF], OLGA)
    outcome = await desk.set_rules(GUILD, Area.USE, Effect.ALLOW, [STAFF, MEMBER], OLGA)
    assert (outcome.changed, outcome.unchanged) == ((MEMBER,), (STAFF,))
    assert len(outcome.rules) == 2
    await desk.set_rules(GUILD, Area.REPORTS, Effect.DENY, [MEMBER], OLGA)
    outcome = await desk.remove_rules(GUILD, Area.REPORTS, [STAFF, MEMBER], OLGA)
    assert (outcome.changed, outcome.unchanged) == ((MEMBER,), (STAFF,))
    changes = (await trail.page(GUILD, None, "", 1)).changes
    assert [(it.command, it.target, it.before, it.after, it.subject_id) for it in changes] == [
        ("access remove", f"member:{ADA} reports", "deny", None, ADA),
        ("access deny", f"member:{ADA} reports", None, "deny", ADA),
        ("access allow", f"member:{ADA}", None, "allow", ADA),
        ("access allow", "role:7", None, "allow", None),
    ]
    assert {(it.actor_id, it.at) for it in changes} == {(OLGA, clock())}


async def test_nothing_named_and_too_many(database: Database) -> None:
    """A command without a target is explained, and so is one rule more than there can be."""
    desk = AccessDesk(database, now=clock)
    for effect in Effect:
        with pytest.raises(InvalidChoice):
            await desk.set_rules(GUILD, Area.USE, effect, [], OLGA)
    with pytest.raises(InvalidChoice):
        await desk.remove_rules(GUILD, Area.USE, [], OLGA)
    many = [Target(Kind.MEMBER, number) for number in range(1, MOST_RULES + 1)]
    await desk.set_rules(GUILD, Area.USE, Effect.DENY, many, OLGA)
    with pytest.raises(InvalidChoice):
        await desk.set_rules(GUILD, Area.USE, Effect.DENY, [STAFF], OLGA)
    await desk.set_rules(GUILD, Area.USE, Effect.ALLOW, many[:1], OLGA)  # in another's place
    assert len(await desk.rules(GUILD)) == MOST_RULES
