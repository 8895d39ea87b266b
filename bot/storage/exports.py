"""Reads a conversation for people to keep: what a prompt of theirs may hold, windows aside."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from sqlalchemy import or_, select

from bot.answers.answered import Answered, Variant
from bot.messages import AnswerState, Person, Place, Question
from bot.records.exports.values import FileText, Said, Speaker, Turn
from bot.storage.past import REMEMBERED
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.work import AnyRow, Work

AT_ONCE = 25
"""Turns that are read together; each may bring megabytes of files."""


class ExportBook:
    """Reads conversations, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def turns(self, channel_id: int, viewer_id: int) -> AsyncGenerator[Sequence[Turn], None]:
        """Yield what a prompt of this person's may hold of a channel's past, oldest first."""
        place = await self._work.row(
            select(conversations).where(conversations.c.channel_id == channel_id)
        )
        after = place.cleared_turn_id if place is not None else 0
        while place is not None and (rows := await self._rows(place.id, viewer_id, after)):
            ids = [row.id for row in rows]
            files, said = await self._files(ids), await self._answers(ids)
            yield [_turn(row, files[row.id], said[row.id]) for row in rows]
            after = ids[-1]

    async def _rows(self, conversation: int, viewer_id: int, after: int) -> Sequence[AnyRow]:
        return await self._work.rows(
            select(turns)
            .where(turns.c.conversation_id == conversation, turns.c.id > after)
            .where(turns.c.deleted_at.is_(None), turns.c.dropped_at.is_(None))
            .where(or_(turns.c.private_to.is_(None), turns.c.private_to == viewer_id))
            .order_by(turns.c.id)
            .limit(AT_ONCE)
        )

    async def _files(self, turn_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
        which = (turn_files.c.turn_id.in_(turn_ids), turn_files.c.dropped_at.is_(None))
        return _by_turn(
            await self._work.rows(select(turn_files).where(*which).order_by(turn_files.c.id))
        )

    async def _answers(self, turn_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
        which = (
            answers.c.turn_id.in_(turn_ids),
            answers.c.text != "",
            answers.c.state.in_(REMEMBERED),
        )
        return _by_turn(await self._work.rows(select(answers).where(*which).order_by(answers.c.id)))


def _by_turn(rows: Sequence[AnyRow]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.turn_id].append(row)
    return found


def _turn(row: AnyRow, files: Sequence[AnyRow], said: Sequence[AnyRow]) -> Turn:
    return Turn(
        id=str(row.id),
        message_id=None if row.message_id is None else str(row.message_id),
        author=Speaker(str(row.author_id), row.author_name, row.author_username),
        asked_at=row.asked_at,
        edited_at=row.edited_at,
        private=row.private_to is not None,
        pinned=row.pinned,
        tokens=row.tokens,
        text=row.text,
        files=tuple(FileText(it.name, it.text, it.tokens, it.pinned) for it in files),
        answers=_answers(row, said),
    )


def _answers(turn: AnyRow, said: Sequence[AnyRow]) -> tuple[Said, ...]:
    """Return a turn's variants, in the order of the arrows."""
    rows: dict[int, Any] = {it.id: it for it in said}
    answered = _answered(turn, said)
    chosen = answered.chosen
    return tuple(
        Said(
            id=str(it.id),
            chosen=chosen is not None and it.id == chosen.id,
            state=rows[it.id].state,
            stale=rows[it.id].stale,
            model=rows[it.id].model,
            started_at=rows[it.id].started_at,
            finished_at=rows[it.id].finished_at,
            tokens=it.tokens,
            text=it.text,
        )
        for it in answered.variants
    )


def _answered(turn: AnyRow, said: Sequence[AnyRow]) -> Answered:
    author = Person(turn.author_id, turn.author_name, turn.author_username)
    question = Question(author, Place(0), turn.text, turn.asked_at)
    readable = tuple(
        Variant(it.id, it.text, AnswerState(it.state), it.tokens, continues_id=it.continues_id)
        for it in said
    )
    return Answered(
        turn_id=turn.id,
        conversation_id=turn.conversation_id,
        question=question,
        is_deleted=False,
        latest_id=readable[-1].id if readable else 0,
        is_running=False,
        readable=readable,
        chosen_id=turn.chosen_answer_id,
    )
