"""Keeps more in step with messages: what threads began with, late files, questions by command."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, update

from bot.messages import AnswerState, Attached
from bot.storage.files import revise_files
from bot.storage.revising import Revising
from bot.storage.tables import answers, conversations, turns
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

    async def retract_with(self, *answer_ids: int) -> None:
        """Forget the questions of deleted answers, in every copy, that have no message themselves.

        They were asked by commands: nothing but the answer shows them, unless another one stands
        in a message of its own. What was asked in private stays: nobody else ever saw it.
        """
        other = answers.alias("other")
        stands = (
            select(other.c.id)
            .where(other.c.turn_id == turns.c.id, other.c.id.not_in(answer_ids))
            .where(other.c.address.is_not(None))
            .where(or_(other.c.text != "", other.c.state == AnswerState.RUNNING))
            .correlate(turns)
            .exists()
        )
        copies = turns.alias("copies")
        said = and_(copies.c.author_id == turns.c.author_id, copies.c.asked_at == turns.c.asked_at)
        rows = await self._work.rows(
            select(copies.c.id, copies.c.conversation_id)
            .join_from(turns, conversations, conversations.c.id == turns.c.conversation_id)
            .join(copies, said)
            .where(turns.c.id.in_(select(answers.c.turn_id).where(answers.c.id.in_(answer_ids))))
            .where(turns.c.message_id.is_(None), turns.c.private_to.is_(None), ~stands)
            .where(copies.c.message_id.is_(None), copies.c.deleted_at.is_(None))
            # Copies come later. One that is perhaps a copy itself has its original before it.
            .where(or_(copies.c.id >= turns.c.id, conversations.c.branched_from.is_not(None)))
        )
        known = {row.id: row.conversation_id for row in rows}
        if known:
            which = turns.c.id.in_(known)
            await self._work.run(update(turns).where(which).values(deleted_at=self._clock()))
            await self._outdate_all((conversation, turn) for turn, conversation in known.items())

    async def _begun_with(self, message_id: int) -> list[AnyRow]:
        asked = {turn.id for turn in await self._asked_in(message_id)}
        return [turn for turn in await self._turns_of(message_id) if turn.id not in asked]

    async def _note_edit(self, turn: AnyRow, at: datetime) -> None:
        await self._work.run(update(turns).where(turns.c.id == turn.id).values(edited_at=at))
        await self._outdate(turn.conversation_id, turn.id)
