"""Choices of places and personas, as they are kept."""

from datetime import UTC
from zoneinfo import ZoneInfo

from bot.choices import Chosen, Name
from bot.ports import Holding
from bot.prompts.personas import Persona, Scope
from bot.storage.choices import HOLDING
from tests.bot.storage.conftest import NOW, Look, OpenDatabase

GUILD, CHANNEL, THREAD, ADA = 3, 5, 7, 11


async def test_what_may_hold_comes_together(open_database: OpenDatabase) -> None:
    """One look finds what a thread, its channel and the server chose, and nobody else's."""
    database = await open_database()
    mine = [
        Chosen(0, Name.TEMPERATURE, "0.5"),
        Chosen(CHANNEL, Name.TEMPERATURE, "1"),
        Chosen(THREAD, Name.FOOTER, "hidden"),
    ]
    personas = [
        Persona(Scope.CHANNEL, THREAD, "thread"),
        Persona(Scope.SERVER, GUILD, "server"),
        Persona(Scope.PERSON, ADA, "own \0"),
    ]
    others = [Persona(Scope.CHANNEL, 6, "x"), Persona(Scope.PERSON, GUILD, "x")]
    async with database.writing() as tx:
        for chosen in mine:
            await tx.choices.choose(GUILD, chosen, ADA, NOW)
        await tx.choices.choose(GUILD, Chosen(6, Name.FOOTER, "hidden"), ADA, NOW)
        await tx.choices.choose(4, Chosen(0, Name.TOP_P, "1"), ADA, NOW)
        for persona in (*personas, *others):
            await tx.choices.set_persona(persona, ADA, NOW)
        await tx.preferences.set_time_zone(GUILD, "Asia/Tokyo")
        await tx.commit()
    async with database.reading() as tx:
        found = await tx.choices.holding(GUILD, (THREAD, CHANNEL), ADA)
        alone = await tx.choices.holding(None, (THREAD,), 99)
    assert set(found.chosen) == set(mine)
    assert {it.text for it in found.personas} == {"thread", "server", "own �"}
    assert found.zone == ZoneInfo("Asia/Tokyo")
    assert alone == Holding((), (personas[0],), UTC)


async def test_the_last_word_holds(open_database: OpenDatabase) -> None:
    """What is set anew takes the place of what was there; what is taken away is gone."""
    database = await open_database()
    async with database.writing() as tx:
        for value in ("shown", "hidden"):
            await tx.choices.choose(GUILD, Chosen(0, Name.FOOTER, value), ADA, NOW)
            await tx.choices.set_persona(Persona(Scope.SERVER, GUILD, value), ADA, NOW)
        found = await tx.choices.holding(GUILD, (CHANNEL,), ADA)
        assert [it.value for it in found.chosen] == ["hidden"]
        assert [it.text for it in found.personas] == ["hidden"]
        await tx.choices.unchoose(GUILD, 0, Name.FOOTER)
        assert await tx.choices.remove_persona(Scope.SERVER, GUILD)
        assert not await tx.choices.remove_persona(Scope.SERVER, GUILD)
        assert await tx.choices.holding(GUILD, (CHANNEL,), ADA) == Holding()


async def test_both_are_sought_by_their_keys(
    open_database: OpenDatabase, look: Look, kind: str
) -> None:
    """However many places and people there are, a turn reads but its own."""
    if kind != "sqlite":
        return
    await open_database()
    HOLDING.prepare(["guild", "channel", "parent", "user"])
    plan = await look(f"EXPLAIN QUERY PLAN {HOLDING.text.replace('?', 'NULL')}")
    assert not [row for row in plan if str(row[-1]).startswith("SCAN ")]
