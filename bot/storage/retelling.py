"""Keeps in step with their messages what threads began with, and files that are read later."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from bot.messages import Attached
from bot.storage.files import revise_files
from bot.storage.revising import Revising
from bot.storage.tables import turns
from bot.storage.work import AnyRow


class Retelling(Revising):
    """Changes such turns, in every copy of them, inside one transaction."""

    async def retell(
        self, message_id: int, text: str, tokens: int, at: datetime, files: Sequence[Attached]
    ) -> bool:
        """Let what a thread began with say this; False where none began with that message."""
        known = await self._begun_with(message_id)
        for turn in known:
            has_other_files = await revise_files(self._work, turn.id, files)
            reworded = await self._work.value(
                update(turns)
                .where(turns.c.id == turn.id, turns.c.text != text)
                .values(text=text, tokens=tokens)
                .returning(turns.c.id)
            )
            if has_other_files or reworded is not None:
                await self._note_edit(turn, at)
        return bool(known)

    async def attach(
        self, message_id: int, files: Sequence[Attached], at: datetime, *, begun: bool = False
    ) -> bool:
        """Let a message's question, or the threads `begun` with it, have these files.

        Tell whether that changes any.
        """
        known = await (self._begun_with(message_id) if begun else self._asked_in(message_id))
        changed = [turn for turn in known if await revise_files(self._work, turn.id, files)]
        for turn in changed:
            await self._note_edit(turn, at)
        return bool(changed)

    async def _begun_with(self, message_id: int) -> list[AnyRow]:
        asked = {turn.id for turn in await self._asked_in(message_id)}
        return [turn for turn in await self._turns_of(message_id) if turn.id not in asked]

    async def _note_edit(self, turn: AnyRow, at: datetime) -> None:
        await self._work.run(update(turns).where(turns.c.id == turn.id).values(edited_at=at))
        await self._outdate(turn.conversation_id, turn.id)
