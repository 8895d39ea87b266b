"""Hands a conversation out as a file, to whoever may read and use it."""

import asyncio
import re
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime
from functools import partial

from bot.messages import Question
from bot.ports import Storage
from bot.records.exports.packing import Export, Form, Packer
from bot.records.exports.values import Head, Place, Speaker
from bot.turns.opening import Openings

AT_ONCE = 2
"""Exports that are made at the same time; each reads for a while."""

_UNFIT = re.compile(r"[^\w-]+")


class Exporting:
    """Exports what a prompt of the person's may hold: nobody reads more by it than by asking."""

    def __init__(
        self, storage: Storage, openings: Openings, *, now: Callable[[], datetime]
    ) -> None:
        self._storage = storage
        self._openings = openings
        self._now = now
        self._places = asyncio.Semaphore(AT_ONCE)

    async def export(self, by: Question, form: Form, limit: int) -> Export:
        """Return the conversation of a place in files of at most so many bytes.

        Raise `Refused` where this person may not use the bot there.
        """
        await self._openings.admit(by)
        packer = Packer(_file_name(by), _head(by, self._now()), form, limit)
        cut = False
        async with self._places, self._storage.reading() as tx:
            pages = tx.exports.turns(by.place.channel_id, by.author.id)
            async with aclosing(pages):
                async for turns in pages:
                    if cut := packer.is_full:
                        break
                    await tx.apart(partial(packer.take, turns))
        return await asyncio.to_thread(partial(packer.close, cut=cut))


def _head(by: Question, at: datetime) -> Head:
    author, place = by.author, by.place
    guild_id = None if place.guild_id is None else str(place.guild_id)
    return Head(
        exported_at=at,
        exported_for=Speaker(str(author.id), _whole(author.name), author.username),
        place=Place(
            *(guild_id, _whole(by.names.server)),
            *(str(place.channel_id), _whole(by.names.channel)),
        ),
    )


def _whole(name: str) -> str:
    """Return a name without halves of surrogate pairs, which no file takes."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _file_name(by: Question) -> str:
    channel = _UNFIT.sub("-", by.names.channel).strip("-")[:60]
    return f"history-{channel or by.place.channel_id}"
