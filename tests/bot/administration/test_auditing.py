"""The desk for the trail: pages and filters."""

from dataclasses import replace

import pytest

from bot.administration.auditing import A_PAGE, AuditDesk, plain_command
from bot.administration.limits import LimitDesk
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.windows import Window
from bot.records.changes import Change
from bot.storage.database import Database
from tests.bot.administration.conftest import GUILD, NOW, OLGA, clock

CHANGE = Change(GUILD, NOW, OLGA, "quota set", None, "everyone requests/day", None, "5")


@pytest.mark.parametrize(
    ("count", "asked", "number", "pages", "shown"),
    [
        (0, 1, 1, 1, 0),
        (A_PAGE, 1, 1, 1, A_PAGE),
        (A_PAGE + 1, 2, 2, 2, 1),
        (A_PAGE + 1, 9, 2, 2, 1),
        (A_PAGE + 1, 0, 1, 2, A_PAGE),
    ],
)
async def test_pages(
    database: Database, count: int, asked: int, number: int, pages: int, shown: int
) -> None:
    """A page holds ten; where there are fewer pages than asked for, the last one is shown."""
    async with database.writing() as tx:
        for after in range(count):
            await tx.audit.note(replace(CHANGE, after=str(after)))
        await tx.commit()
    trail = await AuditDesk(database).page(GUILD, None, "", asked)
    assert (trail.number, trail.pages, len(trail.changes)) == (number, pages, shown)


@pytest.mark.parametrize("typed", ["quota set", "/quota set", " /Quota  SET ", "quota\nset"])
def test_commands_as_people_write_them(typed: str) -> None:
    """Slashes, capitals and spaces do not matter."""
    assert plain_command(typed) == "quota set"


async def test_a_limit_that_was_so_already_is_no_change(database: Database) -> None:
    """Setting a limit to what it is leaves nothing in the trail."""
    limits = LimitDesk(database, defaults=(), ceiling=None, now=clock)
    rule = Rule(Scope.EVERYONE, Meter.REQUESTS, Window.DAY, 5)
    for _ in range(2):
        await limits.set_limit(GUILD, rule, OLGA)
    (change,) = (await AuditDesk(database).page(GUILD, None, "", 1)).changes
    assert (change.before, change.after) == (None, "5")
