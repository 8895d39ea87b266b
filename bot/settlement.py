"""The end of a turn in the books: the bill, the hold settled, the answer stored."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from bot import quota, tokens
from bot.messages import AnswerState, Left, Price, Usage
from bot.ports import Model, Storage, Transaction
from bot.quota import Standing, Subject
from bot.whole import whole


@dataclass(frozen=True, slots=True)
class End:
    """How an answer ended, and the hold that was made for it.

    `is_forgotten` is asked when it is stored: somebody may have deleted the answer until then.
    """

    answer_id: int
    hold_id: int
    state: AnswerState
    generation_id: str | None
    text: str
    thinking: str
    is_forgotten: Callable[[], bool] = lambda: False


class Settlement:
    """Closes the books on answers, for a turn that ends and for what a kill left behind."""

    def __init__(
        self, storage: Storage, model: Model, *, slug: str, now: Callable[[], datetime]
    ) -> None:
        self._storage = storage
        self._model = model
        self._slug = slug
        self._now = now

    async def bill(
        self,
        generations: Sequence[str | None],
        reported: Usage | None,
        prompt_tokens: int,
        text: str,
        thinking: str,
    ) -> Usage:
        """Return what was reported and what these generations were charged, together.

        Where no report comes, an estimate stands for it: of what was read, for the last one, and
        of the prompt alone for tries before it.
        """
        bills = await asyncio.gather(*(self._billed(generation) for generation in generations))
        price = await self._model.price(self._slug) or Price(Decimal(0), Decimal(0))
        usage = reported or Usage(0, 0, 0)
        for number, bill in enumerate(bills, start=1):
            words = (text, thinking) if number == len(bills) else ("", "")
            usage += bill or tokens.estimated_usage(prompt_tokens, *words, price)
        return usage

    async def _billed(self, generation_id: str | None) -> Usage | None:
        return await self._model.billed(generation_id) if generation_id else None

    async def remember(self, end: End) -> None:
        """Store an answer whose bill is still open; its hold stays until that is known."""
        await whole(self._write(end, None, None, settle=False))

    async def settle(self, end: End, usage: Usage | None, subject: Subject | None) -> Left | None:
        """Turn the hold into what was spent (None: nothing) and store the answer, in one step.

        Return what is left of the subject's tightest limit.
        """
        return await whole(self._write(end, usage, subject, settle=True))

    async def _write(
        self, end: End, usage: Usage | None, subject: Subject | None, *, settle: bool
    ) -> Left | None:
        size = await tokens.measure(end.text)
        standings = await self._storage.write(
            partial(self._end_in, end, size, usage, subject, settle=settle)
        )
        standing = quota.tightest(standings)
        if standing is None:
            return None
        rule = standing.rule
        return Left(rule.meter, rule.window, standing.left, rule.amount, standing.resets_at)

    async def _end_in(
        self,
        end: End,
        size: int,
        usage: Usage | None,
        subject: Subject | None,
        tx: Transaction,
        *,
        settle: bool,
    ) -> list[Standing]:
        now, forgotten = self._now(), end.is_forgotten()
        if settle:
            await tx.ledger.settle(end.hold_id, usage, now)
        await tx.history.finish(
            end.answer_id,
            end.state,
            end.generation_id,
            "" if forgotten else end.text,
            "" if forgotten else end.thinking,
            0 if forgotten else size,
            usage,
            now,
        )
        standings = await tx.ledger.standings(subject, now) if subject is not None else []
        await tx.commit()
        return standings
