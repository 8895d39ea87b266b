"""Keeps turns in step with their messages: what was edited or deleted, in every copy of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import or_, select, update

from bot.messages import Attached, ScreenAddress
from bot.records.erasures import DELETED
from bot.storage.files import revise_files
from bot.storage.growing import GrowingAnswers
from bot.storage.tables import answers, conversations, turns
from bot.storage.work import AnyRow

DEEPEST = 100
"""Branches of branches in which a thread's beginning is found."""


class Revising(GrowingAnswers):
    """Changes turns and answers as their messages change, inside one transaction.

    A branch has copies of them: what happens to a message happens to each.
    """

    async def revise(
        self,
        message_id: int,
        text: str,
        tokens: int,
        at: datetime,
        files: Sequence[Attached] = (),
        quoted_id: int | None = None,
        quoted_message_id: int | None = None,
    ) -> bool:
        """Let a turn say what its message says now; False where no turn came from that message.

        Where that is something else, answers from that turn on rested on the old words: they are
        marked stale.
        """
        known = await self._asked_in(message_id)
        quoted = {"quoted_id": quoted_id, "quoted_message_id": quoted_message_id}
        for turn in known:
            has_other_files = await revise_files(self._work, turn.id, files)
            reworded = await self._work.value(
                update(turns)
                .where(turns.c.id == turn.id, turns.c.text.not_in((text, DELETED + text)))
                .values(text=text, tokens=tokens, **quoted)
                .returning(turns.c.id)
            )
            if has_other_files or reworded is not None:
                await self._work.run(
                    update(turns).where(turns.c.id == turn.id).values(edited_at=at)
                )
                await self._outdate(turn.conversation_id, turn.id)
        return bool(known)

    async def knows(self, message_id: int, channel_id: int | None = None) -> bool:
        """Tell whether a turn came from this message, in any conversation or in a channel's own."""
        found = select(turns.c.id).where(turns.c.message_id == message_id).limit(1)
        if channel_id is not None:
            found = found.join(conversations, conversations.c.id == turns.c.conversation_id)
            found = found.where(conversations.c.channel_id == channel_id)
        return await self._work.value(found) is not None

    async def retract(self, message_id: int, at: datetime) -> bool:
        """Forget the turn of a deleted message; False where no turn came from that message.

        Answers from that turn on rested on it: they are marked stale.
        """
        return bool(await self.retract_all([message_id], at))

    async def retract_all(self, message_ids: Sequence[int], at: datetime) -> set[int]:
        """Do the same for several at once; return those that turns came from."""
        known = await self._turns_of(*message_ids)
        which = turns.c.id.in_([it.id for it in known])
        await self._work.run(update(turns).where(which).values(deleted_at=at))
        await self._outdate_all((it.conversation_id, it.id) for it in known)
        return {it.message_id for it in known}

    async def answer_shown(self, channel_id: int, message_id: int) -> int | None:
        """Return the answer that this message is a part of, or None."""
        return next(iter(await self.answers_shown(channel_id, [message_id])), None)

    async def answers_shown(self, channel_id: int, message_ids: Sequence[int]) -> list[int]:
        """Return the answers that any of these messages is a part of; there are 100 at most."""
        named = [answers.c.address.contains(str(it), autoescape=True) for it in message_ids]
        if not named:
            return []
        rows = await self._work.rows(
            select(answers.c.id, answers.c.address)
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(conversations.c.channel_id == channel_id, or_(*named))
            .order_by(answers.c.id)
        )
        # An address may hold that number elsewhere, as in a link to what the answer is about.
        addresses = ((it.id, msgspec.json.decode(it.address, type=ScreenAddress)) for it in rows)
        wanted = set(message_ids)
        return [known for known, it in addresses if not wanted.isdisjoint(it.message_ids)]

    async def forget_answer(self, *answer_ids: int) -> None:
        """Forget what answers said, and the others of their questions; what they cost stays.

        One that stands in a message of its own stays. Later answers are marked stale.
        """
        of = select(answers.c.turn_id).where(answers.c.id.in_(answer_ids))
        gone = select(answers.c.id).where(
            answers.c.turn_id.in_(of),
            or_(answers.c.id.in_(answer_ids), answers.c.address.is_(None)),
        )
        rows = await self._work.rows(
            select(answers.c.id, answers.c.text, turns.c.conversation_id, turns.c.id.label("turn"))
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .where(or_(answers.c.id.in_(gone), answers.c.copy_of.in_(gone)))
        )
        ids = [row.id for row in rows]
        await self._change(answers.c.id.in_(ids), text="", thinking="", tokens=0)
        where = ((row.conversation_id, row.turn) for row in rows if row.text)
        await self._outdate_all(where, itself=False)

    async def _turns_of(self, *message_ids: int) -> Sequence[AnyRow]:
        """Return the turns that came from messages: one of each, and its copies in branches."""
        return await self._work.rows(
            select(turns.c.id, turns.c.conversation_id, turns.c.message_id)
            .where(turns.c.message_id.in_(message_ids), turns.c.deleted_at.is_(None))
            .order_by(turns.c.id)
        )

    async def _asked_in(self, message_id: int) -> list[AnyRow]:
        """Return those that ask: a thread may have begun with the message as well."""
        known = await self._turns_of(message_id)
        return [it for it in known if not await self._begins_with(it.conversation_id, message_id)]

    async def _begins_with(self, conversation_id: int, message_id: int) -> bool:
        """Tell whether a conversation, or one that it branched off, is the thread on a message.

        That has the message's id.
        """
        looked_at: int | None = conversation_id
        for _ in range(DEEPEST):
            row = await self._work.row(
                select(conversations.c.channel_id, turns.c.conversation_id)
                .outerjoin_from(
                    conversations, answers, answers.c.id == conversations.c.branched_from
                )
                .outerjoin(turns, turns.c.id == answers.c.turn_id)
                .where(conversations.c.id == looked_at)
            )
            if row is None or row.channel_id == message_id:
                return row is not None
            looked_at = row.conversation_id
        return False

    async def _outdate_all(
        self, changed: Iterable[tuple[int, int]], *, itself: bool = True
    ) -> None:
        """Do it for turns, each with its conversation: where one is marked for, later ones are."""
        firsts: dict[tuple[int, bool], int] = {}
        for conversation, turn in sorted(set(changed)):
            cleared = await self._work.value(
                select(conversations.c.cleared_turn_id).where(conversations.c.id == conversation)
            )
            firsts.setdefault((conversation, turn > cleared), turn)
        for (conversation, _), turn in firsts.items():
            await self._outdate(conversation, turn, itself=itself)

    async def _outdate(self, conversation_id: int, turn_id: int, *, itself: bool = True) -> None:
        """Mark the answers stale that rested on a turn: its own, where it is meant too, and later.

        Where the conversation was cleared in between, what came after that never rested on it.
        """
        cleared = (
            select(conversations.c.cleared_turn_id)
            .where(conversations.c.id == conversation_id)
            .scalar_subquery()
        )
        later = select(turns.c.id).where(
            turns.c.conversation_id == conversation_id,
            turns.c.id >= turn_id if itself else turns.c.id > turn_id,
            or_(cleared < turn_id, turns.c.id <= cleared),
        )
        # Those that are so already may be thousands.
        await self._change(answers.c.turn_id.in_(later), answers.c.stale.is_(False), stale=True)
