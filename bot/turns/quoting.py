"""Opens turns whose quotes may be edited or deleted while they wait."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from bot.errors import NothingThere
from bot.messages import Question
from bot.ports import Storage, Transaction
from bot.quota.pricing import Proposed
from bot.records.erasures import DELETED, requoted
from bot.turns.opening import Opening, Openings
from bot.turns.quotes import unquoted


class Quoting:
    """Knows which messages are quoted by questions on their way, and what became of those."""

    def __init__(self, storage: Storage, openings: Openings) -> None:
        self._storage = storage
        self._openings = openings
        self._quoted: Counter[int] = Counter()
        # None where a message was deleted: what it said as it was quoted last is gone with it.
        self._newest: dict[int, str | None] = {}

    @contextmanager
    def of(self, question: Question) -> Generator[None]:
        """Hear of what becomes of the message that a question quotes while the block runs."""
        quoted = question.quoted_message_id
        if quoted is None:
            yield
            return
        self._quoted[quoted] += 1
        try:
            yield
        finally:
            self._quoted[quoted] -= 1
            if not self._quoted[quoted]:
                del self._quoted[quoted]
                self._newest.pop(quoted, None)

    def delete(self, message_id: int) -> None:
        """Take note that a message was deleted, if it is quoted."""
        if message_id in self._quoted:
            self._newest[message_id] = None

    def edit(self, message_id: int, quote: str) -> None:
        """Take note that a message is to be quoted in other words from now on, if it is."""
        if message_id in self._quoted and self._newest.get(message_id, quote) is not None:
            self._newest[message_id] = quote

    async def open(self, question: Question) -> Opening | Proposed:
        """Open a turn with its quote as it is by then; raise `Refused`.

        Without it where its message was deleted meanwhile. Where the question came by a menu, it
        is about that message alone.
        """
        while True:
            known = self._newest_of(question)
            opening = await self._openings.open(self._as_it_is(question))
            if self._newest_of(question) == known:
                return opening
            # What became of it was stored before the words were there.
            if not isinstance(opening, Proposed):
                await self._storage.write(partial(self._follow, question))
                return opening
            take = partial(_take, opening.proposal_id, question.author.id)
            await self._storage.write(take)
            question = replace(question, consent=None)  # what was agreed to is gone by now

    def _newest_of(self, question: Question) -> str | None:
        """Return the newest quote, nothing where it is as it was, None where it was deleted."""
        quoted = question.quoted_message_id
        return "" if quoted is None else self._newest.get(quoted, "")

    def _as_it_is(self, question: Question) -> Question:
        """Return a question with its quote as it is by now."""
        newest = self._newest_of(question)
        if newest is not None:
            return replace(question, text=requoted(question.text, newest)) if newest else question
        if question.message_id is None:
            raise NothingThere
        return unquoted(question, DELETED)

    async def _follow(self, question: Question, tx: Transaction) -> None:
        """Store what became of the message that a question quotes."""
        if (quoted := question.quoted_message_id) is None:
            return
        if newest := self._newest_of(question):
            await tx.history.requote(quoted, newest)
        else:
            await tx.history.unquote_all([quoted])
        await tx.commit()


async def _take(proposal_id: int, person_id: int, tx: Transaction) -> None:
    await tx.proposals.take(proposal_id, person_id)
    await tx.commit()
