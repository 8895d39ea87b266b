"""The trail of changes as it is kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.administration.choices import ChoiceDesk
from bot.administration.limits import LimitDesk
from bot.administration.personas import PersonaDesk
from bot.choices import Most, Name
from bot.prompts.personas import Persona
from bot.prompts.personas import Scope as Whose
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.windows import Window
from bot.records.changes import Change
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

CHANGE = Change(1, NOW, 20, "quota set", None, "everyone requests/day", None, "5")


async def note(database: Database, *changes: Change) -> None:
    """Note these changes."""
    async with database.writing() as tx:
        for change in changes:
            await tx.audit.note(change)
        await tx.commit()


async def found(database: Database, person_id: int | None = None, command: str = "") -> list[str]:
    """Return what the changes came to that are asked for, and check their count."""
    async with database.reading() as tx:
        changes = await tx.audit.changes(1, person_id, command, skip=0, most=50)
        assert await tx.audit.count(1, person_id, command) == len(changes)
    return [change.after or "" for change in changes]


async def test_changes_come_back_as_they_were_newest_first(database: Database) -> None:
    """All that was noted is read again, in pages, of one server alone."""
    others = replace(CHANGE, guild_id=2)
    changes = [replace(CHANGE, after=str(number), subject_id=number) for number in range(5)]
    await note(database, *changes[:3], others, *changes[3:])
    async with database.reading() as tx:
        first = await tx.audit.changes(1, None, "", skip=0, most=2)
        rest = await tx.audit.changes(1, None, "", skip=2, most=50)
    assert [*first, *rest] == changes[::-1]


async def test_who_and_by_which_command(database: Database) -> None:
    """A person's changes are those by and about them; a command is one, or a whole group's."""
    await note(
        database,
        replace(CHANGE, after="a"),
        replace(CHANGE, after="b", actor_id=21, subject_id=20),
        replace(CHANGE, after="c", actor_id=21, command="quota remove"),
        replace(CHANGE, after="d", actor_id=22, command="quotas"),
    )
    assert await found(database) == ["d", "c", "b", "a"]
    assert await found(database, 20) == ["b", "a"]
    assert await found(database, 21) == ["c", "b"]
    assert await found(database, None, "quota") == ["c", "b", "a"]
    assert await found(database, None, "quota set") == ["b", "a"]
    assert await found(database, 21, "quota set") == ["b"]
    assert await found(database, None, "quot_") == []
    async with database.reading() as tx:
        assert await tx.audit.commands(1) == ["quota remove", "quota set", "quotas"]
        assert await tx.audit.commands(3) == []


async def test_forgetting_what_is_old(database: Database) -> None:
    """Only what was noted before the moment goes, in every server."""
    young = replace(CHANGE, after="young")
    old = replace(CHANGE, at=NOW - timedelta(microseconds=1))
    await note(database, old, young, replace(old, guild_id=2))
    async with database.writing() as tx:
        assert await tx.audit.forget(NOW) == 2
        await tx.commit()
    assert await found(database) == ["young"]


async def test_changes_at_once_follow_one_another(database: Database) -> None:
    """Of admins who change the same limit at once, each is noted with what the one before set."""
    desk = LimitDesk(database, defaults=(), ceiling=None, now=lambda: NOW)
    rule = Rule(Scope.EVERYONE, Meter.REQUESTS, Window.DAY, 0)
    await asyncio.gather(*(desk.set_limit(1, replace(rule, amount=it), 20) for it in range(1, 9)))
    async with database.reading() as tx:
        newest_first = await tx.audit.changes(1, None, "", skip=0, most=50)
        (kept,) = await tx.ledger.rules(1)
    changes = newest_first[::-1]
    assert [it.before for it in changes] == [None, *(it.after for it in changes[:-1])]
    assert changes[-1].after == str(kept.amount)


async def test_settings_and_personas_at_once_follow_one_another(database: Database) -> None:
    """Also of settings and personas each change is noted with what the one before set."""
    choices = ChoiceDesk(database, most=Most(32_000, 8_000), now=lambda: NOW)
    personas = PersonaDesk(database, now=lambda: NOW)
    await asyncio.gather(
        *(choices.set(1, 0, {Name.CONTEXT: 2_000 + it}, 20) for it in range(8)),
        *(personas.set(1, Persona(Whose.SERVER, 1, "x" * it), 20) for it in range(1, 9)),
    )
    async with database.reading() as tx:
        newest_first = await tx.audit.changes(1, None, "", skip=0, most=50)
    for target in ("context", "persona of server"):
        changes = [it for it in newest_first[::-1] if it.target == target]
        assert len(changes) == 8
        assert [it.before for it in changes] == [None, *(it.after for it in changes[:-1])]
