"""Lists what a conversation remembers, and keeps what is pinned, dropped or set aside."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select, update

from bot.messages import Answer, AnswerState, KeptFile, Person, Turn
from bot.records.shelf import Card, Cleared, Deed, Kind, Wish
from bot.storage.past import answer_that_counts
from bot.storage.quick import Prepared, Rows
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.windows import tell_anew
from bot.storage.work import Work

BEGINNING = 300
"""Characters of words and answers that are read for a list."""

MANY = 200
"""Cards that are made in a few milliseconds."""


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
        given = {"conversation": conversation_id, "viewer": viewer_id or 0}
        rows = await self._work.quick(_LISTED, {**given, "most": most})
        if not rows:
            return [], 0
        [[count]] = await self._work.quick(_COUNTED, given)
        first = {"conversation": conversation_id, "first": rows[-1][0]}
        files = await self._work.quick(_FILES, first)
        make = partial(_cards, rows, files)
        is_many = len(rows) > MANY and not self._work.in_thread
        return (await asyncio.to_thread(make) if is_many else make()), count

    async def author(self, wish: Wish, conversation_id: int, viewer_id: int) -> int | None:
        """Return who asked what a wish is about; None where the viewer can't see that here."""
        if wish.kind is Kind.TURN:
            of: Any = wish.id
        else:
            of = select(turn_files.c.turn_id).where(turn_files.c.id == wish.id).scalar_subquery()
        given = {"conversation": conversation_id, "viewer": viewer_id}
        found: int | None = await self._work.value(
            select(turns.c.author_id).where(turns.c.id == of, *_THERE), given
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
        given = {"conversation": conversation_id, "viewer": viewer_id}
        [[count]] = await self._work.quick(_COUNTED, given)
        if not count:
            return None
        before: int = await self._work.value(_CLEARED, given)
        until: int = await self._work.value(
            select(func.max(turns.c.id)).where(turns.c.conversation_id == conversation_id)
        )
        await self._work.run(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(cleared_turn_id=until)
        )
        await tell_anew(self._work, conversation_id)
        return Cleared(until, before, count)

    async def undo_clear(self, conversation_id: int, until: int, before: int) -> bool:
        """Let the past begin where it did before it was cleared; False where that is over."""
        undone = (
            update(conversations)
            .where(conversations.c.id == conversation_id, conversations.c.cleared_turn_id == until)
            .values(cleared_turn_id=before)
        )
        return await self._work.count(undone) > 0


_CLEARED = select(conversations.c.cleared_turn_id).where(
    conversations.c.id == bindparam("conversation")
)
_THERE = (
    turns.c.conversation_id == bindparam("conversation"),
    turns.c.id > _CLEARED.scalar_subquery(),
    turns.c.deleted_at.is_(None),
    or_(turns.c.private_to.is_(None), turns.c.private_to == bindparam("viewer")),
)
"""What makes a turn one that the viewer may see, since the conversation was cleared."""
_COUNTED = Prepared(select(func.count()).select_from(turns).where(*_THERE))
_FILES = Prepared(
    select(
        turn_files.c.turn_id,
        turn_files.c.id,
        turn_files.c.name,
        turn_files.c.tokens,
        turn_files.c.pinned,
        turn_files.c.dropped_at.is_not(None),
    )
    .join_from(turns, turn_files, turn_files.c.turn_id == turns.c.id)
    .where(turns.c.conversation_id == bindparam("conversation"), turns.c.id >= bindparam("first"))
    .order_by(turn_files.c.id)
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
            func.substr(turns.c.text, 1, BEGINNING),
            turns.c.tokens,
            turns.c.pinned,
            turns.c.dropped_at.is_not(None),
            turns.c.private_to.is_not(None),
            running.exists(),
            said.c.id,
            func.substr(said.c.text, 1, BEGINNING),
            said.c.state,
            said.c.tokens,
            said.c.stale,
        )
        .outerjoin_from(turns, said, said.c.id == answer_that_counts())
        .where(*_THERE)
        .order_by(turns.c.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


_LISTED = Prepared(_listed())


def _cards(rows: Rows, files: Rows) -> list[Card]:
    """Make cards of rows, the latest of which came first."""
    found: dict[int, list[Sequence[Any]]] = {}
    for turn_id, *file in files:
        found.setdefault(turn_id, []).append(file)
    return [_card(row, found.get(row[0], ())) for row in reversed(rows)]


def _card(row: Sequence[Any], files: Sequence[Sequence[Any]]) -> Card:
    # By position: looking up names would be half of the work.
    turn_id, author_id, name, username, words, tokens, pinned, *more = row
    dropped, private, running, said_id, said, state, said_tokens, stale = more
    answer = None
    if said_id is not None:
        answer = Answer(said_id, said, AnswerState(state), said_tokens)
    return Card(
        turn=Turn(
            id=turn_id,
            author=Person(author_id, name, username),
            text=words,
            tokens=tokens,
            answer=answer,
            files=tuple(
                KeptFile(file_id, filename, "", size, bool(is_pinned))
                for file_id, filename, size, is_pinned, _ in files
            ),
            pinned=bool(pinned),
        ),
        is_dropped=bool(dropped),
        is_stale=bool(stale),
        is_running=bool(running),
        is_private=bool(private),
        dropped_files=frozenset(file_id for file_id, *_, is_dropped in files if is_dropped),
    )
