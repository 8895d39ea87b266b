"""Finds what did not end by itself: running answers, open bills, the questions behind answers."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, or_, select

from bot.messages import AnswerState, Person, Place, Question, ScreenAddress
from bot.quota import Amounts, Subject
from bot.storage.tables import RUNNING, answers, conversations, holds, turns
from bot.storage.work import AnyRow, Work
from bot.unfinished import AskedTurn, RunningAnswer, UnsettledHold

_turn_columns = (
    turns.c.conversation_id,
    turns.c.author_id,
    turns.c.author_name,
    turns.c.author_username,
    turns.c.text.label("asked"),
    turns.c.asked_at,
    turns.c.message_id,
    turns.c.private_to,
    turns.c.deleted_at,
    conversations.c.channel_id,
    conversations.c.guild_id,
)


class Mending:
    """Finds what did not end by itself, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def running(self) -> list[RunningAnswer]:
        """Return the answers that are being written, or were when their process ended."""
        rows = await self._work.rows(
            _answers_with_turns().where(answers.c.state == RUNNING).order_by(answers.c.id)
        )
        return [_running(row) for row in rows]

    async def question_of(self, answer_id: int) -> AskedTurn | None:
        """Return the turn that an answer belongs to, deleted or not."""
        row = await self._work.row(_answers_with_turns().where(answers.c.id == answer_id))
        if row is None:
            return None
        return AskedTurn(
            turn_id=row.turn_id,
            conversation_id=row.conversation_id,
            question=_question(row),
            deleted=row.deleted_at is not None,
            answer_id=row.id,
            answer_state=AnswerState(row.state),
            address=_address(row),
        )

    async def unsettled_holds(self, before: datetime) -> list[UnsettledHold]:
        """Return holds that nobody settles any more, all of it having happened before this moment.

        Those are holds of answers that ended while their bill was open, holds without an answer,
        and expired ones whose answer is called running though its process has gone quiet.
        """
        ended = and_(answers.c.state != AnswerState.RUNNING, answers.c.finished_at < before)
        unanswered = and_(answers.c.id.is_(None), holds.c.reserved_at < before)
        quiet = and_(holds.c.expires_at < before, answers.c.drafted_at < before)
        rows = await self._work.rows(
            select(
                holds,
                answers.c.id.label("answer_id"),
                answers.c.state,
                answers.c.generation_id,
                answers.c.estimated_prompt_tokens,
                answers.c.text,
                answers.c.thinking,
            )
            .outerjoin_from(holds, answers, answers.c.hold_id == holds.c.id)
            .where(or_(ended, unanswered, quiet))
            .order_by(holds.c.id)
        )
        return [_unsettled(row) for row in rows]


def _answers_with_turns() -> Select[Any]:
    return (
        select(answers, *_turn_columns)
        .join_from(answers, turns, turns.c.id == answers.c.turn_id)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
    )


def _question(row: AnyRow) -> Question:
    return Question(
        author=Person(row.author_id, row.author_name, row.author_username),
        place=Place(row.channel_id, row.guild_id),
        text=row.asked,
        asked_at=row.asked_at,
        message_id=row.message_id,
        private=row.private_to is not None,
    )


def _address(row: AnyRow) -> ScreenAddress | None:
    return msgspec.json.decode(row.address, type=ScreenAddress) if row.address else None


def _running(row: AnyRow) -> RunningAnswer:
    return RunningAnswer(
        id=row.id,
        turn_id=row.turn_id,
        question=_question(row),
        hold_id=row.hold_id,
        model=row.model,
        generation_id=row.generation_id,
        text=row.text,
        thinking=row.thinking,
        estimated_prompt_tokens=row.estimated_prompt_tokens,
        started_at=row.started_at,
        drafted_at=row.drafted_at,
        address=_address(row),
    )


def _unsettled(row: AnyRow) -> UnsettledHold:
    return UnsettledHold(
        id=row.id,
        subject=Subject(
            row.user_id, row.guild_id, row.channel_id, parent_channel_id=row.parent_channel_id
        ),
        amounts=Amounts(row.requests, row.tokens, row.cost_micros),
        reserved_at=row.reserved_at,
        expires_at=row.expires_at,
        answer_id=row.answer_id,
        answer_state=None if row.state is None else AnswerState(row.state),
        generation_id=row.generation_id,
        estimated_prompt_tokens=row.estimated_prompt_tokens or 0,
        text=row.text or "",
        thinking=row.thinking or "",
    )
