"""Keeps a question's several answers: which can be read, which is chosen, where one is shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Label, ScalarSelect, func, select, update

from bot.answers.answered import Answered, Variant
from bot.messages import AnswerState, Attached, Person, Place, Question, ScreenAddress
from bot.storage.mending import usage_of
from bot.storage.past import REMEMBERED
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.work import AnyRow, Work

LONGEST_CHAIN = 100
"""Answers that go on with one another, of which the thinking is read."""


class VariantBook:
    """Reads and changes what a turn's answers are to each other, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, answer_id: int) -> Answered | None:
        """Return the question that an answer belongs to, with all its answers."""
        turn = await self._work.row(
            select(turns, conversations.c.channel_id, conversations.c.guild_id, _is_newest())
            .join_from(turns, conversations, conversations.c.id == turns.c.conversation_id)
            .where(turns.c.id == _turn_of(answer_id))
        )
        if turn is None:
            return None
        files = await self._work.rows(
            select(turn_files.c.name, turn_files.c.text, turn_files.c.tokens)
            .where(turn_files.c.turn_id == turn.id, turn_files.c.dropped_at.is_(None))
            .order_by(turn_files.c.id)
        )
        said = await self._work.rows(
            select(answers).where(answers.c.turn_id == turn.id).order_by(answers.c.id)
        )
        return _answered(turn, files, said)

    async def shown_for(self, message_id: int) -> Answered | None:
        """Return a message's question with its answers, where one of those stands anywhere."""
        found = await self._work.value(
            select(func.max(answers.c.id))
            .join_from(turns, answers, answers.c.turn_id == turns.c.id)
            .where(turns.c.message_id == message_id, answers.c.address.is_not(None))
        )
        return None if found is None else await self.of(found)

    async def take_over(self, turn_id: int) -> ScreenAddress | None:
        """Return where a turn's answer stands, and note that none stands there any more.

        The place is about to be another answer's; what becomes of it is no matter of this one.
        """
        standing = (answers.c.turn_id == turn_id, answers.c.address.is_not(None))
        found = await self._work.value(
            select(answers.c.address).where(*standing).order_by(answers.c.id.desc()).limit(1)
        )
        await self._work.run(update(answers).where(*standing).values(address=None, unshown=None))
        return msgspec.json.decode(found, type=ScreenAddress) if found else None

    async def choose(self, turn_id: int, answer_id: int, address: ScreenAddress | None) -> None:
        """Let an answer be the one in the past, and stand where another stood.

        It does so once it is `shown` there.
        """
        await self._work.run(
            update(turns).where(turns.c.id == turn_id).values(chosen_answer_id=answer_id)
        )
        if address is not None:
            place = msgspec.json.encode(address).decode()
            await self._work.run(
                update(answers).where(answers.c.id == answer_id).values(address=place, unshown=True)
            )

    async def prefer(self, answer_id: int) -> None:
        """Let an answer that came later be the one in the past, where one was chosen before."""
        readable = select(answers.c.turn_id).where(
            answers.c.id == answer_id, answers.c.text != "", answers.c.state.in_(REMEMBERED)
        )
        await self._work.run(
            update(turns)
            .where(turns.c.id == readable.scalar_subquery(), turns.c.chosen_answer_id.is_not(None))
            .values(chosen_answer_id=answer_id)
        )

    async def thinking(self, answer_id: int) -> str:
        """Return an answer's thinking, with that of the answers which it goes on with."""
        thoughts: list[str] = []
        wanted: int | None = answer_id
        for _ in range(LONGEST_CHAIN):
            row = await self._work.row(
                select(answers.c.thinking, answers.c.continues_id).where(answers.c.id == wanted)
            )
            if row is None:
                break
            thoughts.insert(0, row.thinking)
            wanted = row.continues_id
        return "\n\n".join(it for it in thoughts if it)


def _turn_of(answer_id: int) -> ScalarSelect[int]:
    return select(answers.c.turn_id).where(answers.c.id == answer_id).scalar_subquery()


def _is_newest() -> Label[bool]:
    later = turns.alias("later")
    found = select(later.c.id).where(
        later.c.conversation_id == turns.c.conversation_id,
        later.c.id > turns.c.id,
        later.c.deleted_at.is_(None),
        later.c.private_to.is_(None),
    )
    return (~found.exists()).label("is_newest")


def _answered(turn: AnyRow, files: Sequence[AnyRow], said: Sequence[AnyRow]) -> Answered:
    readable = tuple(
        _variant(it, turn.edited_at) for it in said if it.text and it.state in REMEMBERED
    )
    places = [(it.id, it.address) for it in said if it.address]
    return Answered(
        turn_id=turn.id,
        conversation_id=turn.conversation_id,
        question=Question(
            author=Person(turn.author_id, turn.author_name, turn.author_username),
            place=Place(turn.channel_id, turn.guild_id),
            text=turn.text,
            asked_at=turn.asked_at,
            message_id=turn.message_id,
            private=turn.private_to is not None,
            files=tuple(Attached(it.name, it.text, tokens=it.tokens) for it in files),
        ),
        is_deleted=turn.deleted_at is not None,
        latest_id=said[-1].id,
        is_running=said[-1].state == AnswerState.RUNNING,
        readable=_with_beginnings(readable),
        chosen_id=turn.chosen_answer_id,
        places=tuple((it, msgspec.json.decode(place, type=ScreenAddress)) for it, place in places),
        is_newest=bool(turn.is_newest),
        is_forgotten=not turn.author_username,
    )


def _variant(row: AnyRow, edited_at: datetime | None) -> Variant:
    took = row.finished_at - row.started_at if row.finished_at else timedelta(0)
    return Variant(
        id=row.id,
        text=row.text,
        state=AnswerState(row.state),
        tokens=row.tokens,
        has_thinking=bool(row.thinking),
        took=max(took, timedelta(0)),
        usage=usage_of(row),
        continues_id=row.continues_id,
        is_outdated=edited_at is not None and row.started_at < edited_at,
    )


def _with_beginnings(readable: Sequence[Variant]) -> tuple[Variant, ...]:
    """Let an answer that goes on have the thinking of the one before, and be as outdated."""
    thought = {it.id for it in readable if it.has_thinking}
    outdated = {it.id for it in readable if it.is_outdated}
    for it in readable:
        for among in (thought, outdated):
            if it.continues_id in among:
                among.add(it.id)
    return tuple(
        replace(it, has_thinking=it.id in thought, is_outdated=it.id in outdated) for it in readable
    )
