"""Keeps what places chose, and the personas; what a turn needs of both is one statement."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnClause,
    and_,
    bindparam,
    delete,
    literal_column,
    or_,
    select,
    union_all,
)

from bot.choices import WHOLE_SERVER, Chosen, Name
from bot.ports.choices import Holding
from bot.prompts.personas import Persona, Scope
from bot.storage.quick import Prepared
from bot.storage.tables import guild_settings, personas, preferences
from bot.storage.work import Work

_NAMES = frozenset(Name)
_NOBODY = 0
"""Stands for a channel or server that there is not: nothing is kept for it."""


def _statement() -> Any:
    guild: BindParameter[int] = bindparam("guild")
    user: BindParameter[int] = bindparam("user")
    places: list[BindParameter[int]] = [bindparam("channel"), bindparam("parent")]
    chosen, persona, zone = preferences.c, personas.c, guild_settings.c
    empty: ColumnClause[str] = literal_column("''")
    of_places = or_(
        and_(persona.scope == literal_column("'channel'"), persona.target_id.in_(places)),
        and_(persona.scope == literal_column("'server'"), persona.target_id == guild),
        and_(persona.scope == literal_column("'person'"), persona.target_id == user),
    )
    nought = literal_column("0", BigInteger)
    whole = literal_column(str(WHOLE_SERVER), BigInteger)
    return union_all(
        select(literal_column("'choice'"), chosen.name, chosen.value, chosen.channel_id).where(
            chosen.guild_id == guild, chosen.channel_id.in_([whole, *places])
        ),
        select(literal_column("'persona'"), persona.scope, persona.text, persona.target_id).where(
            of_places
        ),
        select(literal_column("'zone'"), zone.time_zone, empty, nought).where(
            zone.guild_id == guild
        ),
    )


HOLDING = Prepared(_statement())


class ChoiceBook:
    """Reads and changes settings of places and personas, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def holding(
        self, guild_id: int | None, channel_ids: Sequence[int], user_id: int
    ) -> Holding:
        """Return what may hold for somebody in a channel and what it belongs to."""
        channel, parent = (*channel_ids, _NOBODY, _NOBODY)[:2]
        values = {
            "guild": guild_id or _NOBODY,
            "channel": channel,
            "parent": parent,
            "user": user_id,
        }
        chosen: list[Chosen] = []
        written: list[Persona] = []
        zone: tzinfo = UTC
        for what, name, value, number in await self._work.quick(HOLDING, values):
            match what:
                case "choice" if name in _NAMES:
                    chosen.append(Chosen(number, Name(name), value))
                case "persona":
                    written.append(Persona(Scope(name), number, value))
                case "zone":
                    zone = ZoneInfo(name)
        return Holding(tuple(chosen), tuple(written), zone)

    async def choose(self, guild_id: int, chosen: Chosen, by: int, at: datetime) -> None:
        """Set a value for a channel or a server, in place of the one before."""
        new = {"value": chosen.value, "set_by": by, "set_at": at}
        keys = {"guild_id": guild_id, "channel_id": chosen.channel_id, "name": chosen.name.value}
        insert = self._work.insert(preferences).values(**keys, **new)
        await self._work.run(insert.on_conflict_do_update(index_elements=list(keys), set_=new))

    async def unchoose(self, guild_id: int, channel_id: int, name: Name) -> None:
        """Let a setting be as if nothing had been chosen there."""
        await self._work.run(
            delete(preferences).where(
                preferences.c.guild_id == guild_id,
                preferences.c.channel_id == channel_id,
                preferences.c.name == name.value,
            )
        )

    async def set_persona(self, persona: Persona, by: int, at: datetime) -> None:
        """Set a persona in place of the one before."""
        new = {"text": persona.text, "set_by": by, "set_at": at}
        keys = {"scope": persona.scope.value, "target_id": persona.target_id}
        insert = self._work.insert(personas).values(**keys, **new)
        await self._work.run(insert.on_conflict_do_update(index_elements=list(keys), set_=new))

    async def remove_persona(self, scope: Scope, target_id: int) -> bool:
        """Remove a persona; False where there was none."""
        old = personas.c
        gone = delete(personas).where(old.scope == scope.value, old.target_id == target_id)
        return bool(await self._work.count(gone))
