"""The end of a turn in the books: the bill, the hold settled, the answer stored."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from bot.messages import AnswerState, Price, Usage
from bot.notes import LimitWarning
from bot.ports import Model, Storage, Transaction
from bot.prompts import tokens
from bot.quota import rules as quota
from bot.quota import thresholds
from bot.quota.rules import Amounts, Subject
from bot.snapshots import Left
from bot.whole import whole


@dataclass(frozen=True, slots=True)
class End:
    """How an answer ended, and the hold that was made for it.

    `is_forgotten` is asked when it is stored: somebody may have deleted the answer until then.
    `is_another` tells that its question may have other answers, one of them chosen. It `ended_at`
    the moment when it is stored, where nothing else is known.
    """

    answer_id: int
    hold_id: int
    state: AnswerState
    generation_id: str | None
    text: str
    thinking: str
    is_forgotten: Callable[[], bool] = lambda: False
    is_another: bool = True
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a question since the model read it, and of its answer."""

    is_edited: bool = False
    is_forgotten: bool = False


NOTHING = Since()
"""All is as it was, as nearly always."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left of the tightest limit, the limits that are worth a word, and what came since."""

    left: Left | None = None
    warnings: tuple[LimitWarning, ...] = ()
    since: Since = NOTHING


class Settlement:
    """Closes the books on answers, for a turn that ends and for what a kill left behind."""

    def __init__(
        self,
        storage: Storage,
        model: Model,
        *,
        slug: str,
        least_output_tokens: int,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._model = model
        self._slug = slug
        self._least_output_tokens = least_output_tokens
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
        of the prompt alone for tries before it. So do tokens stand for those that a bill lacks.
        """
        bills = await asyncio.gather(*(self._billed(generation) for generation in generations))
        price = await self._model.price(self._slug) or Price(Decimal(0), Decimal(0))
        usage = reported or Usage(0, 0, 0, tries=0)
        for number, bill in enumerate(bills, start=1):
            words = (text, thinking) if number == len(bills) else ("", "")
            guess = tokens.estimated_usage(prompt_tokens, *words, price)
            if bill is not None and bill.estimated:  # it tells the cost alone
                bill = replace(guess, cost_micros=bill.cost_micros)
            usage += bill or guess
        return usage

    async def _billed(self, generation_id: str | None) -> Usage | None:
        return await self._model.billed(generation_id) if generation_id else None

    async def remember(self, end: End) -> Settled:
        """Store an answer whose bill is still open; its hold stays until that is known."""
        return await whole(self._write(end, None, None, settle=False))

    async def settle(
        self, end: End, usage: Usage | None, subject: Subject | None, *, is_stored: bool = False
    ) -> Settled:
        """Turn the hold into what was spent (None: nothing) and store the answer, in one step.

        Of one that `is_stored`, only its bill is new. Return what to tell the subject of their
        limits; what they were told is noted with it.
        """
        work = self._write(end, usage, subject, settle=True, is_stored=is_stored)
        return await whole(work)

    async def take_back(self, answer_id: int, before_id: int | None) -> None:
        """Let the past hold the answer before an unseen one, unless something newer decided."""
        if before_id is not None:
            await whole(self._storage.write(partial(_take_back, answer_id, before_id)))

    async def interrupt(self, end: End) -> bool:
        """Store what a process left behind; False where it has ended by itself since."""
        work = partial(self._interrupt_in, end, await tokens.measure(end.text))
        return await whole(self._storage.write(work))

    async def _interrupt_in(self, end: End, size: int, tx: Transaction) -> bool:
        if not await tx.history.is_running(end.answer_id):
            return False
        await _finish(end, size, None, self._now(), tx)
        await tx.commit()
        return True

    async def mend(self, end: End, usage: Usage) -> bool:
        """Do the same for what a process left behind; False where it has ended by itself since.

        Then it stays as it is: whoever wrote it knows better than what was found of it.
        """
        return await whole(self._storage.write(partial(self._mend_in, end, usage)))

    async def _mend_in(self, end: End, usage: Usage, tx: Transaction) -> bool:
        now = self._now()
        settled = await tx.ledger.settle(end.hold_id, usage, now)
        if not settled:
            return False
        await _charge(end, usage, tx)
        await tx.commit()
        return True

    async def _write(
        self,
        end: End,
        usage: Usage | None,
        subject: Subject | None,
        *,
        settle: bool,
        is_stored: bool = False,
    ) -> Settled:
        size = await tokens.measure(end.text)
        least = await self._least() if subject is not None else Amounts()
        settling = partial(self._end_in, end, size, usage, subject, least)
        work = partial(settling, settle=settle, is_stored=is_stored)
        return await self._storage.write(work)

    async def _least(self) -> Amounts:
        """Return what the smallest turn takes."""
        price, output = await self._model.price(self._slug), self._least_output_tokens
        return Amounts(1, output, price.micros(0, output) if price else 1)

    async def _end_in(
        self,
        end: End,
        size: int,
        usage: Usage | None,
        subject: Subject | None,
        least: Amounts,
        tx: Transaction,
        *,
        settle: bool,
        is_stored: bool,
    ) -> Settled:
        now = self._now()
        if settle:
            await tx.ledger.settle(end.hold_id, usage, now)
        if is_stored:
            since = await _charge(end, usage, tx)
        else:
            since = await _finish(end, size, usage, now, tx)
        settled = Settled(since=since)
        if subject is not None:
            standings = await tx.ledger.standings(subject, now)
            warnings = [
                thresholds.warning(standing, level)
                for standing in standings
                if (level := thresholds.level(standing, least))
                and await tx.warnings.note(subject, standing, thresholds.key(standing), level)
            ]
            left = quota.left_of(quota.tightest(standings))
            settled = Settled(left, tuple(warnings), since)
        await tx.commit()
        return settled


async def _finish(
    end: End, size: int, usage: Usage | None, now: datetime, tx: Transaction
) -> Since:
    """Store how an answer ended; tell what became of its question, and of itself, meanwhile."""
    forgotten = end.is_forgotten()
    is_stale = await tx.history.finish(
        end.answer_id,
        end.state,
        end.generation_id,
        "" if forgotten else end.text,
        "" if forgotten else end.thinking,
        0 if forgotten else size,
        usage,
        end.ended_at or now,
    )
    if end.is_another and end.text and not forgotten:
        await tx.variants.prefer(end.answer_id)
    if not is_stale and not forgotten and (end.text or not end.is_another):
        return NOTHING  # without a word the one before stands there again
    return await _since(end, tx)


async def _take_back(answer_id: int, before_id: int, tx: Transaction) -> None:
    answered = await tx.variants.of(answer_id)
    if answered is None or answered.chosen is None or answered.latest_id != answer_id:
        return
    if answered.chosen.id == answer_id:
        await tx.variants.choose(answered.turn_id, before_id, None)
        await tx.commit()


async def _charge(end: End, usage: Usage | None, tx: Transaction) -> Since:
    """Store the bill of an answer that is stored: what became of that since stays as it is.

    Tell what became of its question, and of itself, meanwhile.
    """
    if end.is_forgotten():
        await tx.history.forget_answer(end.answer_id)
    if usage is not None:
        await tx.history.charge(end.answer_id, usage)
    return await _since(end, tx)


async def _since(end: End, tx: Transaction) -> Since:
    answered = await tx.variants.of(end.answer_id)
    if answered is None:
        return NOTHING
    known = answered.variant(end.answer_id) or answered.chosen
    is_gone = answered.is_deleted or answered.is_forgotten or end.is_forgotten()
    return Since(answered.is_edited_since(known), is_gone)
