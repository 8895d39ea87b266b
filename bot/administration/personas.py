"""Personas, as people read and change them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.errors import InvalidChoice
from bot.ports import Storage, Transaction
from bot.prompts.context import is_blank
from bot.prompts.personas import LONGEST, Persona, Scope
from bot.records.changes import Change


class PersonaDesk:
    """Reads and changes personas; whoever calls has checked who may."""

    def __init__(self, storage: Storage, *, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    async def holding(
        self, guild_id: int | None, channel_ids: Sequence[int], user_id: int
    ) -> tuple[Persona, ...]:
        """Return the personas that there are for a person in a channel, and what it belongs to."""
        async with self._storage.reading() as tx:
            return (await tx.choices.holding(guild_id, channel_ids, user_id)).personas

    async def of(self, scope: Scope, target_id: int) -> Persona | None:
        """Return the persona of a channel, a server or a person, if there is one."""
        async with self._storage.reading() as tx:
            return await _kept(tx, scope, target_id)

    async def set(self, guild_id: int | None, persona: Persona, by: int) -> None:
        """Set a persona; what is not a person's own is noted, its words left out."""
        if is_blank(persona.text):
            raise InvalidChoice("text", "advice-some-words")
        if len(persona.text) > LONGEST:
            raise InvalidChoice("text", "advice-most-characters", {"most": LONGEST})
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id or persona.target_id)
            before = await _kept(tx, persona.scope, persona.target_id)
            await tx.choices.set_persona(persona, by, self._now())
            await self._note(tx, guild_id, "persona set", by, before, persona)
            await tx.commit()

    async def reset(self, guild_id: int | None, scope: Scope, target_id: int, by: int) -> bool:
        """Remove a persona; False where there was none."""
        async with self._storage.writing() as tx:
            await tx.audit.queue(guild_id or target_id)
            before = await _kept(tx, scope, target_id)
            if before is None:
                return False
            await tx.choices.remove_persona(scope, target_id)
            await self._note(tx, guild_id, "persona reset", by, before, None)
            await tx.commit()
        return True

    async def _note(
        self,
        tx: Transaction,
        guild_id: int | None,
        command: str,
        by: int,
        before: Persona | None,
        after: Persona | None,
    ) -> None:
        persona = after or before
        if guild_id is None or persona is None or persona.scope is Scope.PERSON or before == after:
            return
        is_channel = persona.scope is Scope.CHANNEL
        target = f"persona of channel:{persona.target_id}" if is_channel else "persona of server"
        sizes = [None if it is None else f"{len(it.text):,} characters" for it in (before, after)]
        await tx.audit.note(Change(guild_id, self._now(), by, command, None, target, *sizes))


async def _kept(tx: Transaction, scope: Scope, target_id: int) -> Persona | None:
    guild_id = target_id if scope is Scope.SERVER else None
    channel_ids = (target_id,) if scope is Scope.CHANNEL else ()
    user_id = target_id if scope is Scope.PERSON else 0
    found = await tx.choices.holding(guild_id, channel_ids, user_id)
    return next(
        (it for it in found.personas if (it.scope, it.target_id) == (scope, target_id)), None
    )
