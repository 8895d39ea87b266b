"""What servers and channels chose for their answers, as admins read and change it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.administration.preferences import PreferenceDesk
from bot.choices import (
    WHOLE_SERVER,
    Chosen,
    Decided,
    Most,
    Name,
    checked,
    choices_of,
    default,
    nearest,
)
from bot.errors import InvalidChoice
from bot.ports import Storage, Transaction
from bot.records.changes import Change

_NOBODY = 0
"""A person without a persona: settings are nobody's own."""

MOST_REMEMBERED = 10_000
"""Channels of which is remembered whether they want mentions."""


class ChoiceDesk:
    """Reads and changes settings of places; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, most: Most, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._zones = PreferenceDesk(storage, now=now)
        self._most = most
        self._now = now
        self._mention_only: dict[tuple[int, tuple[int, ...]], bool] = {}
        self._changes = 0

    async def shown(self, guild_id: int, channel_ids: Sequence[int]) -> list[Decided]:
        """Return what holds in a channel, every setting once, and who decided it."""
        async with self._storage.reading() as tx:
            found = await tx.choices.holding(guild_id, channel_ids, _NOBODY)
        decided = nearest(found.chosen, channel_ids)
        return [self._decided(name, decided.get(name)) for name in Name]

    async def mention_only(self, guild_id: int, channel_ids: Sequence[int]) -> bool:
        """Tell whether in a channel only what is written to the bot itself is answered.

        What was asked once is told at once, without a wait in which a message could be edited: all
        commands of a server come to the process that answers in it.
        """
        key = guild_id, tuple(channel_ids)
        known = self._mention_only.get(key)
        if known is not None:
            return known
        changes = self._changes
        async with self._storage.reading() as tx:
            found = await tx.choices.holding(guild_id, channel_ids, _NOBODY)
        wants = choices_of(nearest(found.chosen, channel_ids), self._most).mention_only
        if changes == self._changes:
            if len(self._mention_only) >= MOST_REMEMBERED:
                self._mention_only.clear()
            self._mention_only[key] = wants
        return wants

    def _forget(self) -> None:
        self._changes += 1
        self._mention_only.clear()

    async def set(
        self,
        guild_id: int,
        channel_id: int,
        given: Mapping[Name, float | str],
        by: int,
        time_zone: str | None = None,
    ) -> list[Chosen]:
        """Set these for a channel, or for the server (0), all or none; raise `InvalidChoice`.

        A `time_zone` is the whole server's.
        """
        if not given and time_zone is None:
            raise InvalidChoice("setting", "advice-one-setting")
        wanted = [
            Chosen(channel_id, name, checked(name, value, self._most))
            for name, value in given.items()
        ]
        zone = await self._zones.known(time_zone) if time_zone is not None else None
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            before = await self._before(tx, guild_id, channel_id)
            for chosen in wanted:
                await tx.choices.choose(guild_id, chosen, by, self._now())
                old, new = before.get(chosen.name), chosen.value
                await self._note(tx, guild_id, "settings set", by, chosen, old, new)
            if zone is not None:
                await self._zones.set_in(tx, guild_id, zone, by)
            await tx.commit()
        self._forget()
        return wanted

    async def reset(
        self,
        guild_id: int,
        channel_id: int,
        names: Sequence[Name],
        by: int,
        *,
        with_zone: bool = False,
    ) -> list[Name]:
        """Let these be as if nothing had been chosen there; return those that were chosen.

        The server's time zone may go with them.
        """
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id)
            before = await self._before(tx, guild_id, channel_id)
            gone = [name for name in names if name in before]
            for name in gone:
                await tx.choices.unchoose(guild_id, channel_id, name)
                chosen = Chosen(channel_id, name, before[name])
                await self._note(tx, guild_id, "settings reset", by, chosen, before[name], None)
            if with_zone:
                await self._zones.reset_in(tx, guild_id, by)
            await tx.commit()
        self._forget()
        return gone

    def _decided(self, name: Name, chosen: Chosen | None) -> Decided:
        if chosen is None:
            return Decided(name, default(name, self._most), None)
        value = chosen.value
        if name is Name.MAX_OUTPUT:
            value = str(min(int(value), self._most.max_output))
        if name is Name.CONTEXT:
            value = str(min(int(value), self._most.context))
        return Decided(name, value, chosen.channel_id)

    async def _before(self, tx: Transaction, guild_id: int, channel_id: int) -> dict[Name, str]:
        found = await tx.choices.holding(guild_id, (channel_id,), _NOBODY)
        return {it.name: it.value for it in found.chosen if it.channel_id == channel_id}

    async def _note(
        self,
        tx: Transaction,
        guild_id: int,
        command: str,
        by: int,
        chosen: Chosen,
        before: str | None,
        after: str | None,
    ) -> None:
        if before == after:
            return
        where = "" if chosen.channel_id == WHOLE_SERVER else f" in channel:{chosen.channel_id}"
        target = f"{chosen.name}{where}"
        await tx.audit.note(Change(guild_id, self._now(), by, command, None, target, before, after))
