"""Reads what was said around a person's words, and erases answers to others that repeat them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update

from bot.messages import AnswerState
from bot.records.echoes import Family, Growth, Spoken
from bot.records.erasures import GONE, after_quote, quote_before
from bot.storage.erasures import IS_FORGOTTEN, SAYS_SOMETHING
from bot.storage.tables import answers, conversations, forgettings, turn_files, turns
from bot.storage.work import AnyRow, Work

LOOKED_AT = 20_000
"""Answers among which those elsewhere are sought, the latest ones."""


SLACK = timedelta(minutes=1)
"""How long an answer's beginning may wait to be stored."""


class EchoBook:
    """Reads who said what where, and erases answers, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def firsts(self, user_id: int, until: datetime, after: int, span: int) -> dict[int, int]:
        """Return a person's first turns by conversation, or quotes, among so many after one."""
        rows = await self._work.rows(
            select(turns.c.conversation_id, func.min(turns.c.id))
            .where(turns.c.id > after, turns.c.id <= after + span)
            .where(*_of(user_id, until))
            .group_by(turns.c.conversation_id)
        )
        return {row[0]: row[1] for row in rows}

    async def growths(self) -> list[Growth]:
        """Return from where each branch grew."""
        rows = await self._work.rows(
            select(conversations.c.id, turns.c.conversation_id, turns.c.id)
            .join_from(conversations, answers, answers.c.id == conversations.c.branched_from)
            .join(turns, turns.c.id == answers.c.turn_id)
        )
        return [Growth(*row) for row in rows]

    async def own_words(
        self, family: Family, user_id: int, until: datetime, after: int, most: int
    ) -> list[Spoken]:
        """Return what a person said there after a turn, with files, and quotes of it."""
        here = turns.c.conversation_id.in_(family.conversations)
        rows = await self._said(here, *_of(user_id, until), turns.c.id > after, most=most)
        files = await self._files({row.id for row in rows if _has_own_files(row, user_id)})
        return [Spoken(row.id, (_own_text(row, user_id), *files[row.id])) for row in rows]

    async def others_words(
        self, conversation_id: int, user_id: int, after: int, most: int
    ) -> list[Spoken]:
        """Return what others said there after a turn, with files, without quotes of a person."""
        here = turns.c.conversation_id == conversation_id, turns.c.id > after
        rows = await self._said(*here, turns.c.author_id != user_id, ~IS_FORGOTTEN, most=most)
        files = await self._files({row.id for row in rows if not _has_own_files(row, user_id)})
        return [Spoken(row.id, (_others_text(row, user_id), *files[row.id])) for row in rows]

    async def _said(self, *which: ColumnElement[bool], most: int) -> Sequence[AnyRow]:
        return await self._work.rows(
            select(
                turns.c.id, turns.c.author_id, turns.c.text, turns.c.quoted_id, turns.c.message_id
            )
            .where(*which)
            .order_by(turns.c.id)
            .limit(most)
        )

    async def _files(self, turn_ids: set[int]) -> dict[int, list[str]]:
        """Return the names and texts of files, by turn."""
        found: dict[int, list[str]] = defaultdict(list)
        if turn_ids:
            between = turn_files.c.turn_id.between(min(turn_ids), max(turn_ids))
            rows = await self._work.rows(
                select(turn_files.c.turn_id, turn_files.c.name, turn_files.c.text).where(between)
            )
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
        turn, answer = after
        which = [] if since is None else [_is_new(since)]
        which += [] if begun_by is None else [answers.c.started_at <= begun_by]
        rows = await self._work.rows(
            select(answers.c.id, answers.c.text, answers.c.thinking, turns.c.id, answers.c.state)
            .join_from(turns, answers, answers.c.turn_id == turns.c.id)
            .where(turns.c.conversation_id == conversation_id)
            .where(turns.c.id >= max(turn, within.start), turns.c.id < within.stop)
            .where(or_(turns.c.id > turn, answers.c.id > answer))
            .where(turns.c.author_id != user_id, ~IS_FORGOTTEN, *which)
            .order_by(turns.c.id, answers.c.id)
            .limit(most)
        )
        return [
            Spoken(known, (text, thinking), turn, is_running=state == AnswerState.RUNNING)
            for known, text, thinking, turn, state in rows
        ]

    async def said_elsewhere(self, user_id: int, reached: Sequence[int], most: int) -> list[Spoken]:
        """Return the latest answers where a person never spoke and what they said never got."""
        newest = select(func.max(answers.c.id)).scalar_subquery()
        spoken = select(turns.c.conversation_id).where(
            or_(turns.c.author_id == user_id, turns.c.quoted_id == user_id)
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

    async def titles(self, family: Family) -> list[Spoken]:
        """Return the titles that were made for these conversations."""
        rows = await self._work.rows(
            select(conversations.c.id, conversations.c.title).where(
                conversations.c.id.in_(family.conversations), conversations.c.title != ""
            )
        )
        return [Spoken(row.id, (row.title,)) for row in rows]

    async def erase(self, answer_ids: Sequence[int], conversation_ids: Sequence[int]) -> int:
        """Erase what answers said, with their copies, and titles; return how many answers.

        Of an answer that is being written, what it comes to is still to be looked at.
        """
        if conversation_ids:
            titled = conversations.c.id.in_(conversation_ids)
            await self._work.run(update(conversations).where(titled).values(title=""))
        if not answer_ids:
            return 0
        ids = list(answer_ids)
        return await self._erase(or_(answers.c.id.in_(ids), answers.c.copy_of.in_(ids)))

    async def _erase(self, *which: ColumnElement[bool]) -> int:
        erased = update(answers).where(*which, SAYS_SOMETHING)
        return await self._work.count(erased.values(text="", thinking="", tokens=0))

    async def erase_unchecked(self) -> int:
        """Erase answers that a kill kept from being looked at; return how many.

        The words to look for are gone by then: it is all that was being written when they went.
        """
        begun = await self._work.rows(
            select(forgettings.c.user_id, forgettings.c.until).where(
                forgettings.c.erased_at.is_(None)
            )
        )
        gone = 0
        for user_id, until in begun:
            gone += await self._erase_since(user_id, until)
        return gone

    async def _erase_since(self, user_id: int, until: datetime) -> int:
        erased = await self._work.rows(
            select(turns.c.conversation_id, func.min(turns.c.id), func.max(turns.c.deleted_at))
            .where(turns.c.author_id == user_id, IS_FORGOTTEN)
            .group_by(turns.c.conversation_id)
        )
        quoted = await self._work.rows(
            select(turns.c.conversation_id, func.min(turns.c.id))
            .where(turns.c.text.startswith(GONE, autoescape=True))
            .group_by(turns.c.conversation_id)
        )
        spans = [(of, first, max(until, at or until)) for of, first, at in erased]
        # Whose words stood there is not known any more. They went together with the person's own,
        # and the answer to the question itself rested on them, too.
        last = max((at for *_, at in spans), default=until)
        spans += [(of, first - 1, last) for of, first in quoted]
        gone = 0
        for conversation, first, at in spans:
            of = select(turns.c.id).where(
                turns.c.conversation_id == conversation,
                turns.c.id > first,
                turns.c.author_id != user_id,
            )
            # What began later never knew the words; the slack is for who waited to write that.
            was_written = answers.c.started_at <= at + SLACK
            gone += await self._erase(answers.c.turn_id.in_(of), _is_new(until), was_written)
        return gone


def _of(user_id: int, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Tell of turns whether words of a person are in them that are not forgotten yet."""
    own = or_(turns.c.author_id == user_id, turns.c.quoted_id == user_id)
    return own, turns.c.asked_at <= until, ~IS_FORGOTTEN


def _own_text(row: AnyRow, user_id: int) -> str:
    """Return a person's part of a turn: what they asked, what is quoted of them, or both."""
    asked = after_quote(row.text) if row.author_id == user_id else ""
    return (quote_before(row.text) if row.quoted_id == user_id else "") + asked


def _others_text(row: AnyRow, user_id: int) -> str:
    """Return what of another's turn is no quote of a person."""
    text: str = row.text
    return after_quote(text) if row.quoted_id == user_id else text


def _has_own_files(row: AnyRow, user_id: int) -> bool:
    """Tell whether a turn's files are a person's; those of a menu are whose message it is about."""
    by_menu = row.message_id is None and row.quoted_id is not None
    return bool((row.quoted_id if by_menu else row.author_id) == user_id)


def _is_new(since: datetime) -> ColumnElement[bool]:
    return or_(answers.c.state == AnswerState.RUNNING, answers.c.finished_at >= since)
