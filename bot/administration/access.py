"""Who may use the bot, as admins read and change it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import InvalidChoice
from bot.ports import Storage
from bot.quota.access import MOST_RULES, AccessRule, Area, Effect, Kind, Target, check_reports
from bot.quota.rules import Subject
from bot.records.changes import Change


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command changed, what stood as it wanted it already, and all rules after it."""

    changed: tuple[Target, ...]
    unchanged: tuple[Target, ...]
    rules: tuple[AccessRule, ...]


class AccessDesk:
    """Reads and changes who may use the bot; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def rules(self, guild_id: int) -> tuple[AccessRule, ...]:
        """Return a server's rules, the oldest first."""
        async with self._storage.reading() as tx:
            return tuple(await tx.access.rules(guild_id))

    async def check_reports(self, visitor: Subject) -> None:
        """Raise `AccessDenied` unless somebody who can't manage the server may read its reports."""
        check_reports(await self.rules(visitor.guild_id or 0), visitor)

    async def set_rules(
        self, guild_id: int, area: Area, effect: Effect, targets: Sequence[Target], by: int
    ) -> Outcome:
        """Allow or deny these, in place of what was said of them; it holds from the next turn on.

        Raise `InvalidChoice` where nothing is named, or where there are too many rules.
        """
        _check_named(targets)
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            now, rules = self._now(), await tx.access.rules(guild_id)
            before = {rule.target: rule.effect for rule in rules if rule.area is area}
            changed = [target for target in targets if before.get(target) is not effect]
            if len(rules) + sum(target not in before for target in changed) > MOST_RULES:
                raise InvalidChoice(
                    "channel, role, member", "advice-most-rules", {"most": MOST_RULES}
                )
            for target in changed:
                await tx.access.set_rule(guild_id, AccessRule(area, effect, target), by, now)
                command, was = f"access {effect}", before.get(target)
                change = _change(guild_id, now, by, command, area, target, was, effect)
                await tx.audit.note(change)
            after = await tx.access.rules(guild_id)
            await tx.commit()
        return _outcome(targets, changed, after)

    async def remove_rules(
        self, guild_id: int, area: Area, targets: Sequence[Target], by: int
    ) -> Outcome:
        """Take back what was said of these; raise `InvalidChoice` where nothing is named."""
        _check_named(targets)
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            now, changed = self._now(), []
            for target in targets:
                was = await tx.access.remove_rule(guild_id, area, target)
                if was is not None:
                    changed.append(target)
                    change = _change(guild_id, now, by, "access remove", area, target, was, None)
                    await tx.audit.note(change)
            after = await tx.access.rules(guild_id)
            await tx.commit()
        return _outcome(targets, changed, after)


def _check_named(targets: Sequence[Target]) -> None:
    if not targets:
        raise InvalidChoice("channel, role, member", "advice-name-one")


def _outcome(
    wanted: Sequence[Target], changed: Sequence[Target], rules: Sequence[AccessRule]
) -> Outcome:
    unchanged = tuple(target for target in wanted if target not in changed)
    return Outcome(tuple(changed), unchanged, tuple(rules))


def _change(
    guild_id: int,
    at: datetime,
    by: int,
    command: str,
    area: Area,
    target: Target,
    before: Effect | None,
    after: Effect | None,
) -> Change:
    return Change(
        guild_id=guild_id,
        at=at,
        actor_id=by,
        command=command,
        subject_id=target.id if target.kind is Kind.MEMBER else None,
        target=str(target) if area is Area.USE else f"{target} {area}",
        before=before,
        after=after,
    )
