"""Rules of access as they are kept."""

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import AccessDenied
from bot.quota.access import AccessRule, Area, Effect, Kind, Target, check_use
from bot.quota.rules import Subject
from bot.storage.access import FEW
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


CASES = st.integers(1, 4)
RULES = st.lists(
    st.builds(
        AccessRule,
        st.sampled_from(Area),
        st.sampled_from(Effect),
        st.builds(Target, st.sampled_from(Kind), CASES),
    ),
    max_size=3 * FEW,
)
VISITORS = st.builds(
    Subject,
    user_id=CASES,
    guild_id=st.just(1),
    channel_id=CASES,
    role_ids=st.lists(CASES, max_size=2).map(tuple),
    parent_channel_id=st.none() | CASES,
)


def may(rules: Iterable[AccessRule], visitor: Subject) -> bool:
    """Tell whether these rules let somebody use the bot."""
    try:
        check_use(rules, visitor)
    except AccessDenied:
        return False
    return True


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rules=RULES, visitor=VISITORS)
async def test_the_rules_that_one_meets_decide_as_all_do(
    database: Database, rules: list[AccessRule], visitor: Subject
) -> None:
    """What is read for a turn comes to the same as all rules of the server, however many."""
    async with database.writing() as tx:  # never committed
        for rule in rules:
            await tx.access.set_rule(1, rule, 9, NOW)
            await tx.access.set_rule(2, rule, 9, NOW)
        met = await tx.access.rules_met(visitor)
        assert may(met, visitor) == may(await tx.access.rules(1), visitor)
        assert len(met) <= len(rules)
