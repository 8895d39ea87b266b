"""Keeps the limits that servers set."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.quota.rules import MOST_AMOUNT, Meter, Rule, Scope
from bot.quota.windows import Window
from bot.storage.tables import quota_rules
from bot.storage.work import Work

_SETTABLE = frozenset(Scope) - {Scope.BOT, Scope.OPERATOR, Scope.DEFAULT}


class RuleBook:
    """Reads and changes a server's rules, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def rules(self, guild_id: int) -> list[Rule]:
        """Return a server's rules, in a fixed order."""
        table = quota_rules.c
        rows = await self._work.rows(
            select(table.scope, table.meter, table.window, table.amount, table.target_id)
            .where(table.guild_id == guild_id)
            .order_by(table.scope, table.target_id, table.meter, table.window)
        )
        return [
            Rule(Scope(scope), Meter(meter), Window(window), amount, target_id or None)
            for scope, meter, window, amount, target_id in rows
        ]

    async def set_rule(self, guild_id: int, rule: Rule, by: int, at: datetime) -> None:
        """Set a server's rule, in place of one with the same scope, target, meter and window."""
        if rule.scope not in _SETTABLE or not 0 <= rule.amount <= MOST_AMOUNT:
            raise ValueError(f"{rule} is no rule that a server can set")
        values = {"amount": rule.amount, "set_by": by, "set_at": at}
        place = {
            "guild_id": guild_id,
            "scope": rule.scope,
            "target_id": rule.target_id or 0,
            "meter": rule.meter,
            "window": rule.window,
        }
        new = self._work.insert(quota_rules).values(**place, **values)
        await self._work.run(new.on_conflict_do_update(index_elements=[*place], set_=values))

    async def remove_rule(
        self, guild_id: int, scope: Scope, target_id: int | None, meter: Meter, window: Window
    ) -> bool:
        """Remove a server's rule; False where there was none."""
        table = quota_rules.c
        removed = await self._work.count(
            delete(quota_rules)
            .where(table.guild_id == guild_id, table.scope == scope)
            .where(table.target_id == (target_id or 0))
            .where(table.meter == meter, table.window == window)
        )
        return removed > 0
