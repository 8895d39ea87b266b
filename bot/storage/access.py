"""Keeps who may use the bot, and where."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.access import AccessRule, Area, Effect, Kind, Target
from bot.storage.tables import access_rules
from bot.storage.work import Work

_ALL = (
    select(
        access_rules.c.area, access_rules.c.effect, access_rules.c.kind, access_rules.c.target_id
    )
    .where(access_rules.c.guild_id == bindparam("guild"))
    .order_by(access_rules.c.id)
)
"""Made once: every turn asks it."""


class AccessBook:
    """Reads and changes a server's rules, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def rules(self, guild_id: int) -> list[AccessRule]:
        """Return a server's rules, the oldest first."""
        rows = await self._work.rows(_ALL, {"guild": guild_id})
        return [
            AccessRule(Area(area), Effect(effect), Target(Kind(kind), target_id))
            for area, effect, kind, target_id in rows
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
