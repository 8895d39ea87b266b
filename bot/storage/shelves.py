"""Lists what a conversation remembers, and keeps what is pinned, dropped or set aside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from bot.messages import Answer, AnswerState, KeptFile, Person, Turn
from bot.shelf import Card, Cleared, Deed, Kind, Wish
from bot.storage.past import answer_that_counts
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.work import AnyRow, Work

BEGINNING = 300
"""Characters of words and answers that are read for a list."""


class ShelfBook:
    """Reads and changes what stands on shelves, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def cards(
        self, conversation_id: int, viewer_id: int | None, most: int
    ) -> tuple[list[Card], int]:
        """Return the latest turns, oldest first, and how many there are in all.

        Those in private are left out, but for the viewer's own.
        """
        there = _there(conversation_id, viewer_id)
        rows = await self._work.rows(_listed().where(*there).limit(most))
        if not rows:
            return [], 0
        count: int = await self._work.value(select(func.count()).where(*there))
        files = await self._files(conversation_id, rows[-1].id)
        return [_card(row, files.get(row.id, ())) for row in reversed(rows)], count

    async def _files(self, conversation_id: int, first: int) -> dict[int, list[AnyRow]]:
        rows = await self._work.rows(
            select(
                turn_files.c.id,
                turn_files.c.turn_id,
                turn_files.c.name,
                turn_files.c.tokens,
                turn_files.c.pinned,
                turn_files.c.dropped_at,
            )
            .join_from(turns, turn_files, turn_files.c.turn_id == turns.c.id)
            .where(turns.c.conversation_id == conversation_id, turns.c.id >= first)
            .order_by(turn_files.c.id)
        )
        found: dict[int, list[AnyRow]] = {}
        for row in rows:
            found.setdefault(row.turn_id, []).append(row)
        return found

    async def author(self, wish: Wish, conversation_id: int, viewer_id: int) -> int | None:
        """Return who asked what a wish is about; None where the viewer can't see that here."""
        if wish.kind is Kind.TURN:
            of: Any = wish.id
        else:
            of = select(turn_files.c.turn_id).where(turn_files.c.id == wish.id).scalar_subquery()
        found: int | None = await self._work.value(
            select(turns.c.author_id).where(turns.c.id == of, *_there(conversation_id, viewer_id))
        )
        return found

    async def fulfil(self, wish: Wish, at: datetime) -> None:
        """Pin, unpin, drop or restore a turn or a file."""
        table = turns if wish.kind is Kind.TURN else turn_files
        values: dict[str, Any]
        match wish.deed:
            case Deed.PIN | Deed.UNPIN:
                values = {"pinned": wish.deed is Deed.PIN}
            case Deed.DROP | Deed.RESTORE:
                values = {"dropped_at": at if wish.deed is Deed.DROP else None}
        await self._work.run(update(table).where(table.c.id == wish.id).values(**values))

    async def clear(self, conversation_id: int, viewer_id: int) -> Cleared | None:
        """Let the past begin after the newest turn; None where there is nothing to set aside.

        People hear anew of it when the beginning no longer fits.
        """
        there = _there(conversation_id, viewer_id)
        count: int = await self._work.value(select(func.count()).where(*there))
        if not count:
            return None
        before: int = await self._work.value(_cleared(conversation_id))
        until: int = await self._work.value(
            select(func.max(turns.c.id)).where(turns.c.conversation_id == conversation_id)
        )
        await self._work.run(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(cleared_turn_id=until, told_of_loss=False)
        )
        return Cleared(until, before, count)

    async def undo_clear(self, conversation_id: int, until: int, before: int) -> bool:
        """Let the past begin where it did before it was cleared; False where that is over."""
        undone = (
            update(conversations)
            .where(conversations.c.id == conversation_id, conversations.c.cleared_turn_id == until)
            .values(cleared_turn_id=before)
        )
        return await self._work.count(undone) > 0


def _cleared(conversation_id: int) -> Select[Any]:
    return select(conversations.c.cleared_turn_id).where(conversations.c.id == conversation_id)


def _there(conversation_id: int, viewer_id: int | None) -> Sequence[ColumnElement[bool]]:
    """Return what makes a turn one that the viewer may see, since the conversation was cleared."""
    return (
        turns.c.conversation_id == conversation_id,
        turns.c.id > _cleared(conversation_id).scalar_subquery(),
        turns.c.deleted_at.is_(None),
        or_(turns.c.private_to.is_(None), turns.c.private_to == (viewer_id or 0)),
    )


def _listed() -> Select[Any]:
    said, growing = answers.alias("said"), answers.alias("growing")
    running = select(growing.c.id).where(
        growing.c.turn_id == turns.c.id, growing.c.state == AnswerState.RUNNING
    )
    return (
        select(
            turns.c.id,
            turns.c.author_id,
            turns.c.author_name,
            turns.c.author_username,
            func.substr(turns.c.text, 1, BEGINNING).label("words"),
            turns.c.tokens,
            turns.c.pinned,
            turns.c.dropped_at,
            turns.c.private_to,
            said.c.id.label("said_id"),
            func.substr(said.c.text, 1, BEGINNING).label("said_text"),
            said.c.state,
            said.c.tokens.label("said_tokens"),
            said.c.stale,
            running.exists().label("is_running"),
        )
        .outerjoin_from(turns, said, said.c.id == answer_that_counts())
        .order_by(turns.c.id.desc())
    )


def _card(row: AnyRow, files: Sequence[AnyRow]) -> Card:
    answer = None
    if row.said_id is not None:
        answer = Answer(row.said_id, row.said_text, AnswerState(row.state), row.said_tokens)
    return Card(
        turn=Turn(
            id=row.id,
            author=Person(row.author_id, row.author_name, row.author_username),
            text=row.words,
            tokens=row.tokens,
            answer=answer,
            files=tuple(KeptFile(it.id, it.name, "", it.tokens, bool(it.pinned)) for it in files),
            pinned=bool(row.pinned),
        ),
        is_dropped=row.dropped_at is not None,
        is_stale=bool(row.stale),
        is_running=bool(row.is_running),
        is_private=row.private_to is not None,
        dropped_files=frozenset(it.id for it in files if it.dropped_at is not None),
    )
