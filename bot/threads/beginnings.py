"""Threads that begin with a message, and those that people start from one of the bot's answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import NothingThere, QuoteForgotten
from bot.messages import Attached, Place, Question
from bot.ports import Storage
from bot.prompts import context, tokens
from bot.threads.branching import Branching

MOST_REMEMBERED = 10_000
"""Threads of which is remembered whether they are conversations."""

MOST_CHARACTERS = 16_000
"""Characters of a message with which a thread begins; only embeds and forwards come near."""

TOO_LONG = "unread-no-room"


@dataclass(frozen=True, slots=True)
class Begun:
    """What a thread began with: a message as it was remembered, and whether all of its words."""

    question: Question
    is_whole: bool = True

    @property
    def read(self) -> tuple[str, ...]:
        """Name the files that were read."""
        return tuple(file.filename for file in self.question.files if file.text is not None)


class Threads:
    """Knows which threads are conversations, and begins those that start from a message.

    What a thread begins with takes at most `most_tokens`.
    """

    def __init__(self, storage: Storage, branching: Branching, *, most_tokens: int) -> None:
        self._storage = storage
        self._branching = branching
        self._most_tokens = most_tokens
        self._known: dict[int, bool] = {}
        self._beginning = asyncio.Lock()

    async def begin(self, place: Place, owner_id: int, name: str | None = None) -> None:
        """Remember for whom the bot opened a thread, and the name if the bot chose that."""
        async with self._storage.writing() as tx:
            await tx.threads.begin(place, owner_id, name)
            await tx.commit()

    async def admit(self, said: Question) -> None:
        """Raise `QuoteForgotten` where the author of a message had it forgotten."""
        async with self._storage.reading() as tx:
            if await tx.erasures.is_forgotten(said.author.id, said.asked_at):
                raise QuoteForgotten

    async def begin_with(self, said: Question, owner_id: int, name: str) -> Begun:
        """Let a message be the first thing in the thread where it is put; return what was kept.

        Words and files that are too long are left out, and named. Raise `QuoteForgotten` where its
        author had all forgotten that they said until then.
        """
        kept, size, is_whole = await self._fitted(said)
        async with self._storage.writing() as tx:
            if await tx.erasures.is_forgotten(said.author.id, said.asked_at):
                raise QuoteForgotten
            await tx.threads.begin(said.place, owner_id, name)
            await tx.history.ask(await tx.history.open(said.place), kept, size)
            await tx.commit()
        return Begun(kept, is_whole)

    async def retell(self, said: Question, at: datetime) -> bool:
        """Remember what a thread began with as it is told now; False where none began with it."""
        if said.message_id is None:
            return False
        kept, size, _ = await self._fitted(said)
        async with self._storage.writing() as tx:
            if await tx.erasures.is_forgotten(said.author.id, said.asked_at):
                return False
            if not await tx.history.retell(said.message_id, kept.text, size, at, kept.files):
                return False
            await tx.commit()
        return True

    async def attach(self, said: Question, at: datetime) -> None:
        """Remember the files of what a thread began with as they are now, as far as they fit."""
        if said.message_id is None:
            return
        kept, _, _ = await self._fitted(said)
        async with self._storage.writing() as tx:
            if await tx.history.attach(said.message_id, kept.files, at, begun=True):
                await tx.commit()

    async def _fitted(self, said: Question) -> tuple[Question, int, bool]:
        """Return a message without what is too long, its words' tokens, and whether all fit."""
        is_whole = len(said.text) <= MOST_CHARACTERS
        words = said.text if is_whole else f"{said.text[:MOST_CHARACTERS]}…"
        size = await tokens.measure(words)
        if size > self._most_tokens:
            words = f"{words[: max(1, len(words) * self._most_tokens // size)]}…"
            size, is_whole = await tokens.measure(words), False
        sized = [await context.sized(file) for file in said.files]
        files = fitting(sized, self._most_tokens - size)
        return replace(said, text=words, files=files), size, is_whole

    async def is_left_empty(self, channel_id: int) -> bool:
        """Tell whether nothing was kept for a thread that the bot opened: a kill came before."""
        async with self._storage.reading() as tx:
            if await tx.threads.is_begun(channel_id):
                return False
            known = await tx.history.conversation_of(channel_id)
            return known is None or not await tx.history.past(known, None, 1)

    async def end(self, channel_id: int) -> None:
        """Take note that a thread was deleted: one that is begun there again begins afresh."""
        self._known.pop(channel_id, None)
        async with self._storage.writing() as tx:
            await tx.threads.end(channel_id)
            await tx.ledger.unsponsor(channel_id)
            await tx.commit()

    async def is_conversation(self, place: Place, parent_id: int | None) -> bool:
        """Tell whether all that is said in a thread is meant for the bot.

        So it is in those that the bot opened, and in those that people started from an answer:
        these begin with what was said until there. Raise `BeingWritten` where that still grows.
        """
        known = self._known.get(place.channel_id)
        if known is not None:
            return known
        # One after the other: two messages at once must not begin it twice.
        async with self._beginning:
            known = self._known.get(place.channel_id)
            if known is None:
                known = await self._look(place, parent_id)
                if known is None:
                    return False
                if len(self._known) >= MOST_REMEMBERED:
                    self._known.clear()
                self._known[place.channel_id] = known
        return known

    async def _look(self, place: Place, parent_id: int | None) -> bool | None:
        """Begin it if need be; None where that may be another time what it is not yet."""
        async with self._storage.reading() as tx:
            if await tx.threads.is_begun(place.channel_id):
                return True
        if parent_id is None:
            return None  # Discord may tell later what it belongs to
        # A thread that was started from a message has that message's id.
        try:
            root = await self._branching.root_in(parent_id, place.channel_id)
        except NothingThere:  # nothing is left of that answer, or it has not had a word yet
            return None
        if root is not None:
            await self._branching.begin(root, place)
        return root is not None


def fitting(files: Sequence[Attached], room: int) -> tuple[Attached, ...]:
    """Return files with the text of as many as fit, and with the reason for the others."""
    kept: list[Attached] = []
    for file in files:
        if file.text is not None and file.tokens > room:
            kept.append(replace(file, text=None, tokens=0, problem=TOO_LONG))
            continue
        room -= file.tokens
        kept.append(file)
    return tuple(kept)
