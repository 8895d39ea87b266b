"""Rules of access as they are kept."""

from bot.access import AccessRule, Area, Effect, Kind, Target
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

ROLE, MEMBER = Target(Kind.ROLE, 7), Target(Kind.MEMBER, 7)


async def test_one_rule_for_a_target_in_an_area(database: Database) -> None:
    """A new rule takes the old one's place; areas, kinds and servers are apart."""
    async with database.writing() as tx:
        for area, effect, target in (
            (Area.USE, Effect.ALLOW, ROLE),
            (Area.USE, Effect.DENY, MEMBER),
            (Area.REPORTS, Effect.ALLOW, ROLE),
            (Area.USE, Effect.DENY, ROLE),
        ):
            await tx.access.set_rule(1, AccessRule(area, effect, target), 9, NOW)
        other = AccessRule(Area.USE, Effect.ALLOW, ROLE)
        await tx.access.set_rule(2, other, 9, NOW)
        await tx.commit()
    async with database.reading() as tx:
        assert await tx.access.rules(1) == [
            AccessRule(Area.USE, Effect.DENY, ROLE),
            AccessRule(Area.USE, Effect.DENY, MEMBER),
            AccessRule(Area.REPORTS, Effect.ALLOW, ROLE),
        ]
        assert await tx.access.rules(2) == [other]
        assert await tx.access.rules(3) == []


async def test_a_removed_rule_is_told_and_gone(database: Database) -> None:
    """Removing says what the rule did, and nothing where there was none."""
    async with database.writing() as tx:
        await tx.access.set_rule(1, AccessRule(Area.USE, Effect.DENY, ROLE), 9, NOW)
        assert await tx.access.remove_rule(1, Area.REPORTS, ROLE) is None
        assert await tx.access.remove_rule(1, Area.USE, MEMBER) is None
        assert await tx.access.remove_rule(2, Area.USE, ROLE) is None
        assert await tx.access.remove_rule(1, Area.USE, ROLE) is Effect.DENY
        assert await tx.access.remove_rule(1, Area.USE, ROLE) is None
        assert await tx.access.rules(1) == []
