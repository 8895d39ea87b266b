"""Opens turns whose quotes may be edited or deleted while they wait."""

from collections import Counter
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial

from bot.errors import NothingThere
from bot.messages import Question
from bot.ports import Storage, Transaction
from bot.quota.pricing import Proposed
from bot.records.erasures import DELETED, requoted
from bot.turns.changing import Changing
from bot.turns.opening import Opening, Openings
from bot.turns.proposals import Proposals
from bot.turns.quotes import unquoted


class Quoting:
    """Knows which messages are quoted by questions on their way, and what became of those."""

    def __init__(
        self, storage: Storage, openings: Openings, proposals: Proposals, changing: Changing
    ) -> None:
        self._storage = storage
        self._openings = openings
        self._proposals = proposals
        self._changing = changing
        self._quoted: Counter[int] = Counter()
        # What is to stand before questions about a message that was edited since; None where it
        # was deleted since, which no edit undoes that is heard of later.
        self._newest: dict[int, str | None] = {}

    def of(self, question: Question) -> AbstractContextManager[None]:
        """Hear of what becomes of the message that a question quotes while the block runs."""
        return self.hearing_of(question.quoted_message_id)

    @contextmanager
    def hearing_of(self, *message_ids: int | None) -> Generator[None]:
        """Hear of what becomes of messages, and know what has, while the block runs."""
        known = {it for it in message_ids if it is not None}
        self._quoted.update(known)
        try:
            yield
        finally:
            self._quoted.subtract(known)
            for message_id in known:
                if not self._quoted[message_id]:
                    del self._quoted[message_id]
                    self._newest.pop(message_id, None)

    @contextmanager
    def hearing_anew(self, message_id: int) -> Generator[None]:
        """Hear of what becomes of a message from now on: what did before is no matter of these."""
        with self.hearing_of(message_id):
            self._newest.pop(message_id, None)
            yield

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
            opening = await self._openings.open(self.as_it_is(question))
            if self._newest_of(question) == known:
                return opening
            # What became of it was stored before the words were there.
            if not isinstance(opening, Proposed):
                await self._follow(question)
                return opening
            await self._proposals.discard(opening.proposal_id)
            question = replace(question, consent=None)  # what was agreed to is gone by now

    def _newest_of(self, question: Question) -> str | None:
        """Return the newest quote, nothing where it is as it was, None where it was deleted."""
        quoted = question.quoted_message_id
        return "" if quoted is None else self._newest.get(quoted, "")

    def as_it_is(self, question: Question) -> Question:
        """Return a question with its quote as it is by now; raise `NothingThere`."""
        newest = self._newest_of(question)
        if newest is not None:
            return replace(question, text=requoted(question.text, newest)) if newest else question
        if question.message_id is None:
            raise NothingThere
        return unquoted(question, DELETED)

    async def _follow(self, question: Question) -> None:
        """Store what became of the message that a question quotes."""
        if (quoted := question.quoted_message_id) is None:
            return
        # What becomes of it in this moment is stored after this.
        async with self._changing.under_way(quoted):
            await self._storage.write(partial(_requote, quoted, self._newest_of(question)))


async def _requote(message_id: int, newest: str | None, tx: Transaction) -> None:
    if newest:
        await tx.history.requote(message_id, newest)
    else:
        await tx.history.unquote_all([message_id])
    await tx.commit()
