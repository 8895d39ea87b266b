"""Keeps who may use the bot, and where."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, or_, select

from bot.quota.access import AccessRule, Area, Effect, Kind, Target
from bot.quota.rules import Subject
from bot.storage.tables import access_rules
from bot.storage.work import Work

_OF_GUILD = access_rules.c.guild_id == bindparam("guild")
_COLUMNS = (
    access_rules.c.area,
    access_rules.c.effect,
    access_rules.c.kind,
    access_rules.c.target_id,
)
_ALL = select(*_COLUMNS).where(_OF_GUILD).order_by(access_rules.c.id)
FEW = 10
"""Rules that are read sooner than the database finds those that matter."""
_SOME = _ALL.limit(FEW + 1)


def _one_allowing(are_places: ColumnElement[bool]) -> Select[int]:
    """Return the id of a rule that allows any places, or any people."""
    return (
        select(func.min(access_rules.c.id))
        .where(_OF_GUILD, access_rules.c.area == Area.USE)
        .where(access_rules.c.effect == Effect.ALLOW, are_places)
    )


_MET = (
    select(*_COLUMNS)
    .where(_OF_GUILD, access_rules.c.area == Area.USE)
    .where(
        or_(
            access_rules.c.target_id.in_(bindparam("ids", expanding=True)),
            access_rules.c.id
            == _one_allowing(access_rules.c.kind == Kind.CHANNEL).scalar_subquery(),
            access_rules.c.id
            == _one_allowing(access_rules.c.kind != Kind.CHANNEL).scalar_subquery(),
        )
    )
)
"""As little as decides. All of these are made once: every turn asks one or two of them."""


class AccessBook:
    """Reads and changes a server's rules, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def rules(self, guild_id: int) -> list[AccessRule]:
        """Return a server's rules, the oldest first."""
        return await self._read(_ALL, {"guild": guild_id})

    async def rules_met(self, visitor: Subject) -> list[AccessRule]:
        """Return as many of a server's rules as decide whether somebody may use the bot.

        Those are the rules that name this person or place, and where any places, or any people, are
        allowed, one that does so; where there are few, it is all of them.
        """
        some = await self._read(_SOME, {"guild": visitor.guild_id})
        if len(some) <= FEW:
            return some
        ids = (visitor.user_id, visitor.channel_id, visitor.parent_channel_id)
        named = {*ids, *visitor.role_ids, visitor.guild_id} - {None}
        return await self._read(_MET, {"guild": visitor.guild_id, "ids": list(named)})

    async def _read(self, asked: Select[Any], values: dict[str, Any]) -> list[AccessRule]:
        return [
            AccessRule(Area(area), Effect(effect), Target(Kind(kind), target_id))
            for area, effect, kind, target_id in await self._work.rows(asked, values)
        ]

    async def set_rule(self, guild_id: int, rule: AccessRule, by: int, at: datetime) -> None:
        """Set a rule, in place of the one for the same target in the same area."""
        values = {"effect": rule.effect, "set_by": by, "set_at": at}
        place = {
            "guild_id": guild_id,
            "area": rule.area,
            "kind": rule.target.kind,
            "target_id": rule.target.id,
        }
        new = self._work.insert(access_rules).values(**place, **values)
        await self._work.run(new.on_conflict_do_update(index_elements=[*place], set_=values))

    async def remove_rule(self, guild_id: int, area: Area, target: Target) -> Effect | None:
        """Remove a target's rule and return what it did; None where there was none."""
        table = access_rules.c
        effect = await self._work.value(
            delete(access_rules)
            .where(table.guild_id == guild_id, table.area == area)
            .where(table.kind == target.kind, table.target_id == target.id)
            .returning(table.effect)
        )
        return None if effect is None else Effect(effect)
