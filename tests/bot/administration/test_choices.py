"""The desks for settings of places and for personas."""

import pytest

from bot.administration.auditing import AuditDesk
from bot.administration.choices import ChoiceDesk
from bot.administration.personas import PersonaDesk
from bot.choices import Most, Name
from bot.errors import InvalidChoice
from bot.prompts.personas import LONGEST, Persona, Scope
from bot.storage.database import Database
from tests.bot.administration.conftest import ADA, GUILD, OLGA, clock

CHANNEL, THREAD = 5, 7
MOST = Most(32_000, 8_000)


async def test_all_or_nothing(database: Database) -> None:
    """Where one of several values is out of its range none is set."""
    desk = ChoiceDesk(database, most=MOST, now=clock)
    before = await desk.shown(GUILD, (CHANNEL,))
    with pytest.raises(InvalidChoice):
        await desk.set(GUILD, 0, {Name.FOOTER: "hidden", Name.CONTEXT: 1}, OLGA)
    with pytest.raises(InvalidChoice):
        await desk.set(GUILD, 0, {}, OLGA)
    assert await desk.shown(GUILD, (CHANNEL,)) == before


async def test_who_decided(database: Database) -> None:
    """Each setting is shown once, with the place that decides it in a thread."""
    desk = ChoiceDesk(database, most=MOST, now=clock)
    await desk.set(GUILD, 0, {Name.MENTION_ONLY: "on", Name.FOOTER: "hidden"}, OLGA)
    await desk.set(GUILD, CHANNEL, {Name.FOOTER: "shown"}, OLGA)
    await desk.set(GUILD, THREAD, {Name.MENTION_ONLY: "off"}, OLGA)
    shown = {
        it.name: (it.value, it.channel_id) for it in await desk.shown(GUILD, (THREAD, CHANNEL))
    }
    assert shown[Name.FOOTER] == ("shown", CHANNEL)
    assert shown[Name.MENTION_ONLY] == ("off", THREAD)
    assert shown[Name.TOP_P] == ("0.95", None)
    assert not await desk.mention_only(GUILD, (THREAD, CHANNEL))
    assert await desk.mention_only(GUILD, (CHANNEL,))
    assert await desk.reset(GUILD, THREAD, list(Name), OLGA) == [Name.MENTION_ONLY]
    assert await desk.mention_only(GUILD, (THREAD, CHANNEL))


async def test_personas_are_noted_without_their_words(database: Database) -> None:
    """A person's own leaves no trace in the trail, others their length; what changes not, none."""
    desk, trail = PersonaDesk(database, now=clock), AuditDesk(database)
    await desk.set(GUILD, Persona(Scope.PERSON, ADA, "mine"), ADA)
    for _ in range(2):
        await desk.set(GUILD, Persona(Scope.CHANNEL, CHANNEL, "four"), OLGA)
    assert await desk.reset(GUILD, Scope.CHANNEL, CHANNEL, OLGA)
    assert not await desk.reset(GUILD, Scope.CHANNEL, CHANNEL, OLGA)
    assert await desk.of(Scope.PERSON, ADA) == Persona(Scope.PERSON, ADA, "mine")
    changes = (await trail.page(GUILD, None, "", 1)).changes
    assert [(it.command, it.target, it.before, it.after) for it in changes] == [
        ("persona reset", "persona of channel:5", "4 characters", None),
        ("persona set", "persona of channel:5", None, "4 characters"),
    ]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "x" * (LONGEST + 1)])
async def test_what_is_no_persona(database: Database, text: str) -> None:
    """Nothing and too much are refused."""
    desk = PersonaDesk(database, now=clock)
    with pytest.raises(InvalidChoice):
        await desk.set(GUILD, Persona(Scope.PERSON, ADA, text), ADA)
    assert await desk.of(Scope.PERSON, ADA) is None
