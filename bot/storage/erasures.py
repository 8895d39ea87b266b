"""Erases what a person said from every table; what it cost stays, by their id.

A forgotten turn keeps its place, its author's id and its answers' amounts. It has no author's name
any more: by that it is known, and nothing writes words into it or its answers again.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import (
    BindParameter,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.messages import ScreenAddress
from bot.records.erasures import Erased, Found, without_quote
from bot.storage.belongings import Belongings
from bot.storage.past import REMEMBERED
from bot.storage.quick import Prepared
from bot.storage.quotes import delete_quoted_files, reworded
from bot.storage.tables import (
    answers,
    conversations,
    forgettings,
    turn_files,
    turns,
)
from bot.storage.titled import titled_by_whom, titled_with_turns

IS_FORGOTTEN = turns.c.author_username == literal_column("''")
"""What makes a turn a forgotten one: Discord's people all have a name."""

ANSWERS_FORGOTTEN = select(turns.c.id).where(turns.c.id == answers.c.turn_id, IS_FORGOTTEN).exists()
"""Tells of an answer whether its question is forgotten."""

_UNTIL = Prepared(
    select(forgettings.c.user_id).where(
        forgettings.c.user_id == bindparam("user"), forgettings.c.until >= bindparam("said")
    )
)
LISTED_AT_ONCE = 1_000
"""Rows of numbers that are read together."""

_USER: BindParameter[int] = bindparam("user")
_SAID = (turns.c.asked_at <= bindparam("until"), ~IS_FORGOTTEN)
IS_OWN = (turns.c.author_id == _USER, *_SAID)
IS_QUOTING = (turns.c.quoted_id == _USER, turns.c.author_id != _USER, *_SAID)
"""What makes a turn a person's (`user`) that they said `until` then, or one that quotes them."""

_OWN = Prepared(select(turns.c.id).where(*IS_OWN).order_by(turns.c.id))
_QUOTING = Prepared(select(turns.c.id).where(*IS_QUOTING).order_by(turns.c.id))
SAYS_SOMETHING = or_(answers.c.text != "", answers.c.thinking != "")
_BEGAN = func.coalesce(answers.c.completion_tokens, func.length(answers.c.generation_id), 0) > 0
"""Tells of an answer whether a first word came: as its bill says, or else by its having begun."""


class ErasureBook(Belongings):
    """Finds and erases what a person said, inside one transaction."""

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

    async def turns_of(self, user_id: int, until: datetime) -> list[int]:
        """Return a person's turns that are not forgotten yet."""
        return await self._ids(_OWN, user_id, until)

    async def quotes_of(self, user_id: int, until: datetime) -> list[int]:
        """Return others' turns before whose words a person's stand."""
        return await self._ids(_QUOTING, user_id, until)

    async def _ids(self, which: Prepared, user_id: int, until: datetime) -> list[int]:
        given = {"user": user_id, "until": until}
        pages = self._work.pages(which, given, LISTED_AT_ONCE)
        return [row[0] async for rows in pages for row in rows]

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


def _messages_alone(address: str) -> str:
    known = msgspec.json.decode(address, type=ScreenAddress)
    alone = ScreenAddress(known.channel_id, known.message_ids)
    return msgspec.json.encode(alone).decode()
