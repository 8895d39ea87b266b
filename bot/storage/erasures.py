"""Erases what a person said from every table; what it cost stays, by their id.

A forgotten turn keeps its place, its author's id and its answers' amounts. It has no author's name
any more: by that it is known, and nothing writes words into it or its answers again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.messages import ScreenAddress
from bot.prompts.personas import Scope
from bot.quota.pricing import Proposal
from bot.records.erasures import Erased, Found, without_quote
from bot.storage.past import REMEMBERED
from bot.storage.quick import Prepared
from bot.storage.quotes import delete_quoted_files, reworded
from bot.storage.tables import (
    IS_ALLOWANCE,
    answers,
    audit,
    conversations,
    forgettings,
    ledger,
    personas,
    proposals,
    turn_files,
    turns,
)
from bot.storage.titled import titled_by_whom, titled_with_turns
from bot.storage.windows import erase_windows
from bot.storage.work import Work

IS_FORGOTTEN = turns.c.author_username == literal_column("''")
"""What makes a turn a forgotten one: Discord's people all have a name."""

ANSWERS_FORGOTTEN = select(turns.c.id).where(turns.c.id == answers.c.turn_id, IS_FORGOTTEN).exists()
"""Tells of an answer whether its question is forgotten."""

_UNTIL = Prepared(
    select(forgettings.c.user_id).where(
        forgettings.c.user_id == bindparam("user"), forgettings.c.until >= bindparam("said")
    )
)
SAYS_SOMETHING = or_(answers.c.text != "", answers.c.thinking != "")
_BEGAN = func.coalesce(answers.c.completion_tokens, func.length(answers.c.generation_id), 0) > 0
"""Tells of an answer whether a first word came: as its bill says, or else by its having begun."""
_BEGINS_REASON = " ("
_WITH_REASONS = ("quota grant", "quota reset")
"""Commands in whose notes a reason stands in brackets, after what was changed."""


class ErasureBook:
    """Finds and erases what a person said, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(self, user_id: int, until: datetime) -> None:
        """Note that all that a person said up to then is to be forgotten."""
        new = {"until": until, "erased_at": None, "purged_at": None}
        insert = self._work.insert(forgettings).values(user_id=user_id, **new)
        await self._work.run(insert.on_conflict_do_update(index_elements=["user_id"], set_=new))

    async def is_forgotten(self, user_id: int, said_at: datetime) -> bool:
        """Tell whether what a person said then is to be forgotten."""
        return bool(await self._work.quick(_UNTIL, {"user": user_id, "said": said_at}))

    async def begun(self) -> list[tuple[int, datetime]]:
        """Return whose words are not all erased and purged yet, and until when they said them."""
        rows = await self._work.rows(
            select(forgettings.c.user_id, forgettings.c.until)
            .where(forgettings.c.purged_at.is_(None))
            .order_by(forgettings.c.user_id)
        )
        return [(row.user_id, row.until) for row in rows]

    async def note_erased(self, user_id: int, at: datetime) -> None:
        """Note that no table holds any of it any more."""
        await self._work.run(
            update(forgettings).where(forgettings.c.user_id == user_id).values(erased_at=at)
        )

    async def note_purged(self, at: datetime) -> None:
        """Note that the files hold nothing more of what was erased up to then."""
        await self._work.run(
            update(forgettings)
            .where(forgettings.c.erased_at <= at, forgettings.c.purged_at.is_(None))
            .values(purged_at=at)
        )

    async def newest_turn(self) -> int:
        """Return the id of the newest turn, 0 where there is none."""
        return await self._work.value(select(func.max(turns.c.id))) or 0

    async def turns_of(self, user_id: int, until: datetime, after: int, span: int) -> list[int]:
        """Return a person's turns that are not forgotten yet, among so many after one."""
        rows = await self._work.rows(
            select(turns.c.id)
            .where(turns.c.id > after, turns.c.id <= after + span)
            .where(turns.c.author_id == user_id, turns.c.asked_at <= until, ~IS_FORGOTTEN)
            .order_by(turns.c.id)
        )
        return [row.id for row in rows]

    async def quotes_of(self, user_id: int, until: datetime, after: int, span: int) -> list[int]:
        """Return others' turns before whose words a person's stand, among so many after one."""
        rows = await self._work.rows(
            select(turns.c.id)
            .where(turns.c.id > after, turns.c.id <= after + span)
            .where(turns.c.quoted_id == user_id, turns.c.author_id != user_id)
            .where(turns.c.asked_at <= until, ~IS_FORGOTTEN)
            .order_by(turns.c.id)
        )
        return [row.id for row in rows]

    async def erase_quotes(self, turn_ids: Sequence[int]) -> Erased:
        """Take the words of others away that stand before these turns' own.

        A question that came by a menu has none but the other's files.
        """
        which = turns.c.id.in_(turn_ids)
        rows = await self._work.rows(select(turns.c.id, turns.c.conversation_id).where(which))
        await reworded(self._work, which, without_quote)
        await self._work.run(
            update(turns).where(which).values(quoted_id=None, quoted_message_id=None)
        )
        gone = await delete_quoted_files(self._work, turn_ids)
        titles = await self._erase_titles(turn_ids)
        firsts: dict[int, int] = {}
        for turn_id, conversation in rows:
            # The answer to it rested on those words, too.
            firsts[conversation] = min(turn_id - 1, firsts.get(conversation, turn_id))
        return Erased(Found(quotes=len(rows), files=gone, titles=titles), firsts)

    async def count_turns(self, turn_ids: Sequence[int]) -> Found:
        """Count what is kept of these turns."""
        files = select(func.count()).where(turn_files.c.turn_id.in_(turn_ids))
        said = select(func.count()).where(answers.c.turn_id.in_(turn_ids), SAYS_SOMETHING)
        return Found(
            questions=len(turn_ids),
            answers=await self._work.value(said),
            files=await self._work.value(files),
        )

    async def erase_turns(self, turn_ids: Sequence[int], at: datetime) -> Erased:
        """Erase the words of these turns, their files and answers.

        They stay as deleted ones. Of where an answer stands only the messages are kept, so that
        nobody can quote them: a line with the question's words may stand above it.
        """
        found = await self.count_turns(turn_ids)
        found += Found(titles=await self._erase_titles(turn_ids))
        rows = await self._work.rows(
            update(turns)
            .where(turns.c.id.in_(turn_ids))
            .values(
                text="",
                tokens=0,
                author_name="",
                author_username="",
                pinned=False,
                deleted_at=func.coalesce(
                    turns.c.deleted_at, bindparam("at", at, turns.c.deleted_at.type)
                ),
            )
            .returning(turns.c.id, turns.c.conversation_id)
        )
        await self._work.run(delete(turn_files).where(turn_files.c.turn_id.in_(turn_ids)))
        await self._work.run(
            update(answers)
            .where(answers.c.turn_id.in_(turn_ids))
            .values(text="", thinking="", tokens=0)
        )
        await self._erase_addresses(turn_ids)
        firsts: dict[int, int] = {}
        for turn_id, conversation in rows:
            firsts[conversation] = min(turn_id, firsts.get(conversation, turn_id))
        return Erased(found, firsts)

    async def _erase_addresses(self, turn_ids: Sequence[int]) -> None:
        rows = await self._work.rows(
            select(answers.c.id, answers.c.address).where(
                answers.c.turn_id.in_(turn_ids), answers.c.address.is_not(None)
            )
        )
        values = [{"of": row.id, "kept": _messages_alone(row.address)} for row in rows]
        if values:
            kept = update(answers).where(answers.c.id == bindparam("of"))
            await self._work.run(kept.values(address=bindparam("kept")), values)

    async def is_emptied(self, answer_id: int) -> bool:
        """Tell whether what an answer said was erased: not so where it never said anything."""
        said = select(answers.c.id).where(
            answers.c.id == answer_id, answers.c.state.in_(REMEMBERED), ~SAYS_SOMETHING, _BEGAN
        )
        return await self._work.value(said) is not None

    async def titled_by(self, user_id: int) -> set[int]:
        """Return the conversations of a person's that have a title made for them."""
        rows = await self._work.rows(select(conversations.c.id).where(*titled_by_whom(user_id)))
        return {row.id for row in rows}

    async def titled_with(self, turn_ids: Sequence[int]) -> set[int]:
        """Return the conversations whose title may be made of these turns' words."""
        rows = await self._work.rows(select(conversations.c.id).where(*titled_with_turns(turn_ids)))
        return {row.id for row in rows}

    async def _erase_titles(self, turn_ids: Sequence[int]) -> int:
        which = titled_with_turns(turn_ids)
        return await self._work.count(update(conversations).where(*which).values(title=""))

    async def mark_stale(self, conversation_id: int, first_turn_id: int) -> None:
        """Note of a conversation's answers from this turn on that they rested on what is gone."""
        later = select(turns.c.id).where(
            turns.c.conversation_id == conversation_id, turns.c.id > first_turn_id, ~IS_FORGOTTEN
        )
        await self._work.run(
            update(answers)
            .where(answers.c.turn_id.in_(later), answers.c.stale.is_(False))
            .values(stale=True)
        )

    async def count_others(self, user_id: int) -> Found:
        """Count what else there is of a person: personas, waiting questions, reasons."""
        return Found(
            personas=await self._count(personas, *_own_persona(user_id)),
            waiting=await self._count(proposals, proposals.c.user_id == user_id),
            reasons=await self._count(ledger, *_reasons_of(user_id)),
            shared_personas=await self._count(
                personas, personas.c.scope != Scope.PERSON.value, personas.c.set_by == user_id
            ),
        )

    async def _count(self, table: Any, *which: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(table).where(*which)
        return int(await self._work.value(counted))

    async def erase_others(self, user_id: int) -> Found:
        """Erase what else there is of a person, and return how much that was."""
        found = await self.count_others(user_id)
        await self._work.run(delete(personas).where(*_own_persona(user_id)))
        await self._work.run(delete(proposals).where(proposals.c.user_id == user_id))
        await self._erase_quoting_proposals(user_id)
        await erase_windows(self._work, user_id)
        # Empty, not absent: the thread has had its one title.
        titled = update(conversations).where(*titled_by_whom(user_id)).values(title="")
        found += Found(titles=await self._work.count(titled))
        await self._work.run(update(ledger).where(*_reasons_of(user_id)).values(reason=None))
        await self._erase_noted_reasons(user_id)
        return found

    async def _erase_quoting_proposals(self, user_id: int) -> None:
        """Forget what others ask about a person's message, while it waits: never many."""
        named = proposals.c.question.contains(str(user_id), autoescape=True)
        rows = await self._work.rows(select(proposals.c.id, proposals.c.question).where(named))
        quoting = [
            row.id
            for row in rows
            if msgspec.json.decode(row.question, type=Proposal).question.quoted_id == user_id
        ]
        if quoting:
            await self._work.run(delete(proposals).where(proposals.c.id.in_(quoting)))

    async def _erase_noted_reasons(self, user_id: int) -> None:
        """Leave of what an admin noted the change alone: a reason stands in brackets after it."""
        rows = await self._work.rows(
            select(audit.c.id, audit.c.after).where(
                audit.c.actor_id == user_id,
                audit.c.command.in_(_WITH_REASONS),
                audit.c.after.contains(_BEGINS_REASON, autoescape=True),
            )
        )
        values = [{"of": row.id, "kept": row.after.partition(_BEGINS_REASON)[0]} for row in rows]
        if values:
            kept = update(audit).where(audit.c.id == bindparam("of"))
            await self._work.run(kept.values(after=bindparam("kept")), values)


def _messages_alone(address: str) -> str:
    known = msgspec.json.decode(address, type=ScreenAddress)
    alone = ScreenAddress(known.channel_id, known.message_ids)
    return msgspec.json.encode(alone).decode()


def _own_persona(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return personas.c.scope == Scope.PERSON.value, personas.c.target_id == user_id


def _reasons_of(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return IS_ALLOWANCE, ledger.c.by_id == user_id, ledger.c.reason.is_not(None)
