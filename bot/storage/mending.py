"""Finds what did not end by itself."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Label, and_, case, func, or_, select

from bot.answers.unfinished import LeftAnswer, LeftHold
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.storage.tables import UNSHOWN, answers, conversations, holds, ledger, turns
from bot.storage.work import AnyRow, Work


class Mending:
    """Finds what did not end by itself, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def running(self) -> list[LeftAnswer]:
        """Return the answers that are being written, or were when their process ended."""
        return await self._left(UNSHOWN, answers.c.state == AnswerState.RUNNING)

    async def unshown(self, since: datetime, before: datetime) -> list[LeftAnswer]:
        """Return answers that ended in that time, and whose end is still to be shown."""
        return await self._unshown(answers.c.finished_at.between(since, before))

    async def unshown_in(self, channel_id: int) -> list[LeftAnswer]:
        """Return those of a channel, whenever they ended."""
        # From the marked ones on: a conversation may have any number of turns.
        marked = await self._work.rows(
            select(answers.c.id, conversations.c.channel_id)
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(UNSHOWN, answers.c.state != AnswerState.RUNNING)
        )
        ids = [it.id for it in marked if it.channel_id == channel_id]
        return await self._unshown(answers.c.id.in_(ids)) if ids else []

    async def unshown_of(self, answer_id: int) -> LeftAnswer | None:
        """Return this answer if it has ended and that is still to be shown."""
        return next(iter(await self._unshown(answers.c.id == answer_id)), None)

    async def _unshown(self, which: ColumnElement[bool]) -> list[LeftAnswer]:
        return await self._left(UNSHOWN, answers.c.state != AnswerState.RUNNING, which)

    async def unsettled(self, before: datetime) -> list[LeftAnswer]:
        """Return answers whose hold nobody settles any more, untouched since this moment.

        They ended while their bill was open, or are called running though their process has gone
        quiet until the hold expired.
        """
        ended = and_(answers.c.state != AnswerState.RUNNING, answers.c.finished_at < before)
        quiet = and_(holds.c.expires_at < before, answers.c.drafted_at < before)
        return await self._left(holds.c.id.is_not(None), or_(ended, quiet))

    async def _left(self, *which: ColumnElement[bool]) -> list[LeftAnswer]:
        rows = await self._work.rows(
            select(
                answers,
                conversations.c.guild_id,
                conversations.c.channel_id,
                turns.c.private_to,
                turns.c.author_username,
                holds.c.parent_channel_id,
                holds.c.id.is_not(None).label("is_held"),
                _begins(),
                _payer(),
            )
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .outerjoin(holds, holds.c.id == answers.c.hold_id)
            .where(*which)
            .order_by(answers.c.id)
        )
        return [_left_answer(row) for row in rows]

    async def orphans(self, before: datetime) -> list[LeftHold]:
        """Return holds that no answer belongs to, made before this moment."""
        rows = await self._work.rows(
            select(holds.c.id, holds.c.guild_id)
            .outerjoin_from(holds, answers, answers.c.hold_id == holds.c.id)
            .where(answers.c.id.is_(None), holds.c.reserved_at < before)
            .order_by(holds.c.id)
        )
        return [LeftHold(row.id, row.guild_id) for row in rows]


def _begins() -> Label[int]:
    """Return how long the answer was that another goes on with."""
    earlier = answers.alias("earlier")
    length = select(func.length(earlier.c.text)).where(earlier.c.id == answers.c.continues_id)
    return length.scalar_subquery().label("begins")


def _payer() -> Label[int]:
    """Return who pays or paid for an answer, where that is another than who asked."""
    spent = select(func.max(ledger.c.user_id)).where(
        ledger.c.hold_id == answers.c.hold_id, ledger.c.asker_id.is_not(None)
    )
    holding = case((holds.c.asker_id.is_not(None), holds.c.user_id))
    return func.coalesce(holding, spent.scalar_subquery()).label("paid_by")


def usage_of(row: AnyRow) -> Usage | None:
    """Return what an answer took, as its row tells; None while its bill is open."""
    if row.cost_micros is None:
        return None
    return Usage(
        row.prompt_tokens,
        row.completion_tokens,
        row.cost_micros,
        row.reasoning_tokens or 0,
        row.cached_tokens or 0,
        bool(row.usage_estimated),
    )


def _address(row: AnyRow) -> ScreenAddress | None:
    if not row.author_username:  # forgotten: nothing of it is shown any more
        return None
    return msgspec.json.decode(row.address, type=ScreenAddress) if row.address else None


def _left_answer(row: AnyRow) -> LeftAnswer:
    return LeftAnswer(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        private=row.private_to is not None,
        hold_id=row.hold_id,
        state=AnswerState(row.state),
        generation_id=row.generation_id,
        text=row.text,
        thinking=row.thinking,
        estimated_prompt_tokens=row.estimated_prompt_tokens,
        started_at=row.started_at,
        last_seen_at=row.finished_at or row.drafted_at,
        address=_address(row),
        begins=row.begins or 0,
        usage=usage_of(row),
        bill_is_open=row.is_held,
        turn_id=row.turn_id,
        paid_by=row.paid_by,
        parent_channel_id=row.parent_channel_id,
    )
