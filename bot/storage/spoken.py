"""Reads what was said around a person's words: theirs, others', and the answers to others.

There may be hundreds of thousands of texts: the driver's own rows are taken, as they come.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union,
)

from bot.messages import AnswerState
from bot.records.echoes import Growth, Spoken
from bot.records.erasures import after_quote, quote_before
from bot.storage.erasures import IS_FORGOTTEN, IS_OWN, IS_QUOTING, LISTED_AT_ONCE
from bot.storage.quick import Given, Prepared
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.work import AnyRow, Work

LOOKED_AT = 20_000
"""Answers among which those elsewhere are sought, the latest ones."""

READ_AT_ONCE = 250
"""Rows with texts that are read together."""

READ_CHARACTERS = 500_000
"""Characters after which no more are read at a time."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_WHERE = select(turns.c.id, turns.c.conversation_id)
_OWN = Prepared(_WHERE.where(*IS_OWN))
_QUOTING = Prepared(_WHERE.where(*IS_QUOTING))
_GROWTHS = Prepared(
    select(conversations.c.id, turns.c.conversation_id, turns.c.id)
    .join_from(conversations, answers, answers.c.id == conversations.c.branched_from)
    .join(turns, turns.c.id == answers.c.turn_id)
)
_HERE = turns.c.conversation_id == bindparam("conversation")
_OTHERS = Prepared(
    select(
        turns.c.id,
        turns.c.text,
        literal_column("''"),
        turns.c.quoted_id,
        turns.c.message_id,
    )
    .where(_HERE, turns.c.id > bindparam("after"))
    .where(turns.c.author_id != bindparam("user"), ~IS_FORGOTTEN)
    .order_by(turns.c.id)
    .limit(bindparam("most", type_=Integer))
)
_FILES = Prepared(
    select(turn_files.c.turn_id, turn_files.c.name, turn_files.c.text).where(
        turn_files.c.turn_id.between(bindparam("first"), bindparam("last"))
    )
)


def _answers(*which: ColumnElement[bool]) -> Prepared:
    is_later = or_(turns.c.id > bindparam("turn"), answers.c.id > bindparam("answer"))
    return Prepared(
        select(answers.c.id, answers.c.text, answers.c.thinking, turns.c.id, answers.c.state)
        .join_from(turns, answers, answers.c.turn_id == turns.c.id)
        .where(_HERE, turns.c.id >= bindparam("first"), turns.c.id < bindparam("stop"))
        .where(is_later)
        .where(turns.c.author_id != bindparam("user"), ~IS_FORGOTTEN, *which)
        .order_by(turns.c.id, answers.c.id)
        .limit(bindparam("most", type_=Integer))
    )


def is_new(since: datetime | ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell of answers whether they are being written, or ended after that moment."""
    return or_(answers.c.state == AnswerState.RUNNING, answers.c.finished_at >= since)


_ANSWERS = _answers()
_NEW_ANSWERS = _answers(is_new(bindparam("since")), answers.c.started_at <= bindparam("begun_by"))


class SpokenBook:
    """Reads who said what where, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def turns(self, user_id: int, until: datetime) -> list[tuple[int, int]]:
        """Return a person's turns and those that quote them, each with its conversation."""
        given = {"user": user_id, "until": until}
        return [
            (row[0], row[1])
            for which in (_OWN, _QUOTING)
            async for rows in self._work.pages(which, given, LISTED_AT_ONCE)
            for row in rows
        ]

    async def growths(self) -> list[Growth]:
        """Return from where each branch grew."""
        pages = self._work.pages(_GROWTHS, {}, LISTED_AT_ONCE)
        return [Growth(*row) async for rows in pages for row in rows]

    async def own_words(self, user_id: int, turn_ids: Sequence[int]) -> list[Spoken]:
        """Return what a person said in these turns, with files, and quotes of it."""
        rows = await self._work.rows(
            select(
                turns.c.id, turns.c.author_id, turns.c.text, turns.c.quoted_id, turns.c.message_id
            ).where(turns.c.id.in_(turn_ids), ~IS_FORGOTTEN)
        )
        files = await self._files({row.id for row in rows if _has_own_files(row, user_id)})
        return [Spoken(row.id, (_own_text(row, user_id), *files[row.id])) for row in rows]

    async def others_words(
        self, conversation_id: int, user_id: int, after: int, most: int
    ) -> list[Spoken]:
        """Return what others said there after a turn, with files, without quotes of a person."""
        given = {"conversation": conversation_id, "user": user_id, "after": after, "most": most}
        rows = await self._read(_OTHERS, given)
        # Those of a menu are whose message it is about.
        files = await self._files(
            {row[0] for row in rows if row[3] != user_id or row[4] is not None}
        )
        return [
            Spoken(
                row[0],
                (after_quote(row[1]) if row[3] == user_id else row[1], *files.get(row[0], ())),
            )
            for row in rows
        ]

    async def _read(self, which: Prepared, given: Given) -> list[Any]:
        """Return rows with two texts each, not many more than are read in a moment."""
        found, size = list[Any](), 0
        async with aclosing(self._work.pages(which, given, READ_AT_ONCE)) as pages:
            async for rows in pages:
                found += rows
                size += sum(len(row[1]) + len(row[2]) for row in rows)
                if size > READ_CHARACTERS:
                    break
        return found

    async def _files(self, turn_ids: set[int]) -> dict[int, list[str]]:
        """Return the names and texts of files, by turn."""
        found: dict[int, list[str]] = defaultdict(list)
        if turn_ids:
            between = {"first": min(turn_ids), "last": max(turn_ids)}
            async for rows in self._work.pages(_FILES, between, READ_AT_ONCE):
                for turn, name, text in rows:
                    if turn in turn_ids:
                        found[turn] += [name, text]
        return found

    async def answers(
        self,
        conversation_id: int,
        user_id: int,
        within: range,
        after: tuple[int, int],
        most: int,
        since: datetime | None = None,
        begun_by: datetime | None = None,
    ) -> list[Spoken]:
        """Return answers there to others within these turns, after a turn and an answer.

        With `since`, only those that are being written or ended after that moment; with `begun_by`,
        only those that had begun then.
        """
        given: Given = {
            "conversation": conversation_id,
            "user": user_id,
            "first": max(after[0], within.start),
            "stop": within.stop,
            "turn": after[0],
            "answer": after[1],
            "most": most,
        }
        if since is None:
            rows = await self._read(_ANSWERS, given)
        else:
            given |= {"since": since, "begun_by": begun_by or _NEVER}
            rows = await self._read(_NEW_ANSWERS, given)
        running = AnswerState.RUNNING.value
        return [
            Spoken(known, (text, thinking), turn, state == running)
            for known, text, thinking, turn, state in rows
        ]

    async def said_elsewhere(self, user_id: int, reached: Sequence[int], most: int) -> list[Spoken]:
        """Return the latest answers where a person never spoke and what they said never got."""
        newest = select(func.max(answers.c.id)).scalar_subquery()
        spoken = union(
            select(turns.c.conversation_id).where(turns.c.author_id == user_id),
            select(turns.c.conversation_id).where(turns.c.quoted_id == user_id),
        )
        rows = await self._work.rows(
            select(answers.c.id, answers.c.text)
            .join_from(answers, turns, turns.c.id == answers.c.turn_id)
            .where(answers.c.id > newest - LOOKED_AT, answers.c.text != "")
            .where(turns.c.conversation_id.not_in(spoken))
            .where(turns.c.conversation_id.not_in(reached))
            .order_by(answers.c.id.desc())
            .limit(most)
        )
        return [Spoken(row.id, (row.text,)) for row in rows]


def _own_text(row: AnyRow, user_id: int) -> str:
    """Return a person's part of a turn: what they asked, what is quoted of them, or both."""
    asked = after_quote(row.text) if row.author_id == user_id else ""
    return (quote_before(row.text) if row.quoted_id == user_id else "") + asked


def _has_own_files(row: AnyRow, user_id: int) -> bool:
    """Tell whether a turn's files are a person's; those of a menu are whose message it is about."""
    by_menu = row.message_id is None and row.quoted_id is not None
    return bool((row.quoted_id if by_menu else row.author_id) == user_id)
