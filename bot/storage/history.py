"""Remembers turns: questions and their answers, as the tables hold them."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from bot.messages import (
    Answer,
    AnswerState,
    Person,
    Place,
    Question,
    ScreenAddress,
    Turn,
)
from bot.storage.growing import GrowingAnswers
from bot.storage.tables import answers, conversations, turns
from bot.storage.work import AnyRow

REMEMBERED = (
    AnswerState.COMPLETE,
    AnswerState.LENGTH,
    AnswerState.STOPPED,
    AnswerState.INTERRUPTED,
)
"""The states of answers that later turns build on, as far as they have any text."""


_AFTER_ALL = 2**62
"""Comes after every turn."""


class TurnHistory(GrowingAnswers):
    """Remembers turns, inside one transaction."""

    async def conversation_of(self, channel_id: int) -> int | None:
        """Return the id of a channel's conversation, or None where none was begun."""
        found: int | None = await self._work.value(
            select(conversations.c.id).where(conversations.c.channel_id == channel_id)
        )
        return found

    async def open(self, place: Place) -> int:
        """Return the id of the place's conversation, begun if there was none."""
        known = await self.conversation_of(place.channel_id)
        if known is None:
            new = self._work.insert(conversations).values(
                channel_id=place.channel_id, guild_id=place.guild_id
            )
            await self._work.run(new.on_conflict_do_nothing(index_elements=["channel_id"]))
            known = await self.conversation_of(place.channel_id)
        if known is None:
            raise LookupError(f"the conversation of channel {place.channel_id} is not there")
        return known

    async def past(
        self, conversation_id: int, viewer_id: int | None, most: int, before: int | None = None
    ) -> list[Turn]:
        """Return the latest turns, oldest first, from the window's start, or `before` a turn.

        Those in private are left out, but for the viewer's own; without a viewer, all of them.
        """
        values = {
            "conversation": conversation_id,
            "viewer": viewer_id,
            "most": most,
            "before": _AFTER_ALL if before is None else before,
        }
        return [_turn(row) for row in await self._work.rows(_past(), values)]

    async def move_window(self, conversation_id: int, first_turn_id: int) -> None:
        """Let the conversation's window start at this turn from now on."""
        await self._work.run(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(window_start=first_turn_id)
        )

    async def ask(self, conversation_id: int, question: Question, tokens: int) -> int:
        """Store a question and return its turn's id."""
        return await self._insert(
            turns,
            conversation_id=conversation_id,
            author_id=question.author.id,
            author_name=question.author.name,
            author_username=question.author.username,
            text=question.text,
            tokens=tokens,
            message_id=question.message_id,
            private_to=question.author.id if question.private else None,
            asked_at=question.asked_at,
        )

    async def latest_answer(self, turn_id: int) -> int | None:
        """Return the id of a turn's newest answer, whatever its state."""
        newest: int | None = await self._work.value(
            select(func.max(answers.c.id)).where(answers.c.turn_id == turn_id)
        )
        return newest

    async def revise(self, message_id: int, text: str, tokens: int, at: datetime) -> bool:
        """Let a turn say what its message says now; False where no turn came from that message.

        Answers from that turn on rested on the old words: they are marked stale.
        """
        return await self._rewrite(message_id, text=text, tokens=tokens, edited_at=at)

    async def knows(self, message_id: int) -> bool:
        """Tell whether a turn came from this message."""
        found = select(turns.c.id).where(turns.c.message_id == message_id).limit(1)
        return await self._work.value(found) is not None

    async def retract(self, message_id: int, at: datetime) -> bool:
        """Forget the turn of a deleted message; False where no turn came from that message.

        Answers from that turn on rested on it: they are marked stale.
        """
        return await self._rewrite(message_id, deleted_at=at)

    async def answer_shown(self, channel_id: int, message_id: int) -> int | None:
        """Return the answer that this message is a part of, or None."""
        rows = await self._work.rows(
            select(answers.c.id, answers.c.address)
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(conversations.c.channel_id == channel_id)
            .where(answers.c.address.contains(str(message_id), autoescape=True))
        )
        # An address may hold that number elsewhere, as in a link to what the answer is about.
        found = ((row.id, msgspec.json.decode(row.address, type=ScreenAddress)) for row in rows)
        return next((known for known, it in found if message_id in it.message_ids), None)

    async def forget_answer(self, answer_id: int) -> None:
        """Forget what an answer said, and the others of its question; what they cost stays.

        One that stands in a message of its own stays.
        """
        of = select(answers.c.turn_id).where(answers.c.id == answer_id).scalar_subquery()
        gone = or_(answers.c.id == answer_id, answers.c.address.is_(None))
        await self._change(answers.c.turn_id == of, gone, text="", thinking="", tokens=0)

    async def _rewrite(self, message_id: int, **values: Any) -> bool:
        changed = await self._work.row(
            update(turns)
            .where(turns.c.message_id == message_id, turns.c.deleted_at.is_(None))
            .values(**values)
            .returning(turns.c.id, turns.c.conversation_id)
        )
        if changed is None:
            return False
        later = select(turns.c.id).where(
            turns.c.conversation_id == changed.conversation_id, turns.c.id >= changed.id
        )
        await self._change(answers.c.turn_id.in_(later), stale=True)
        return True


@cache
def _past() -> Select[Any]:
    """Return the statement for the latest turns; to put it together takes longer than to run it."""
    before = bindparam("before", type_=BigInteger)
    # What an old answer rested on may lie before the window.
    is_old = conversations.c.window_start >= before
    window_start = (
        select(case((is_old, 0), else_=conversations.c.window_start))
        .where(conversations.c.id == bindparam("conversation"))
        .scalar_subquery()
    )
    newest = (
        select(turns, _in_the_past().label("answer_id"))
        .where(turns.c.conversation_id == bindparam("conversation"), turns.c.id >= window_start)
        .where(turns.c.id < before)
        .where(turns.c.deleted_at.is_(None))
        .where(or_(turns.c.private_to.is_(None), turns.c.private_to == bindparam("viewer")))
        .order_by(turns.c.id.desc())
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
    return (
        select(
            newest.c.id,
            newest.c.author_id,
            newest.c.author_name,
            newest.c.author_username,
            newest.c.text,
            newest.c.tokens,
            newest.c.answer_id,
            answers.c.text,
            answers.c.state,
            answers.c.tokens,
        )
        .outerjoin_from(newest, answers, answers.c.id == newest.c.answer_id)
        .order_by(newest.c.id)
    )


def _in_the_past() -> ColumnElement[int]:
    """Return which answer of a turn counts: the chosen one, or else the newest."""
    readable = (
        select(func.max(answers.c.id))
        .where(answers.c.text != "", answers.c.state.in_(REMEMBERED))
        .correlate(turns)
    )
    return func.coalesce(
        readable.where(answers.c.id == turns.c.chosen_answer_id).scalar_subquery(),
        readable.where(answers.c.turn_id == turns.c.id).scalar_subquery(),
    )


def _turn(row: AnyRow) -> Turn:
    # By position: with thousands of turns, looking up names would be half of the work.
    turn_id, author_id, name, username, text, tokens, answer_id, said, state, said_tokens = row
    answer = None
    if answer_id is not None:
        answer = Answer(answer_id, said, AnswerState(state), said_tokens)
    return Turn(turn_id, Person(author_id, name, username), text, tokens, answer)
