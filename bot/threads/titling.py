"""Gives threads a title after their first answer: by a short call of the model's, if it may."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from structlog.typing import FilteringBoundLogger

from bot.answers.draft import Draft
from bot.errors import ModelError, Refused, ThreadlightError
from bot.messages import AnswerState, Price, Question, Usage
from bot.ports import Model, Storage, Transaction
from bot.prompts import context, titles, tokens
from bot.quota.rules import Demand, Hold
from bot.records.erasures import after_quote
from bot.streaming import Message, Prompt
from bot.turns.alarms import Alarms
from bot.turns.opening import Opening
from bot.turns.settlement import Settlement
from bot.whole import whole

MOST_OUTPUT, LEAST_OUTPUT = 1_000, 400
"""Tokens of a title with the thinking before it: held at most, and at least."""

PATIENCE = 45.0
"""Seconds that a title may take."""

MOST_REMEMBERED = 10_000
"""Threads of which is remembered that they need no title."""

Rename = Callable[[int, str, str], Awaitable[bool]]
"""Renames a thread (its id, the name that it must still have, the new one); False if it did not."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A title that was asked for: what is held for it, and what has come."""

    hold: Hold
    prompt_tokens: int
    price: Price
    draft: Draft

    @property
    def is_whole(self) -> bool:
        """Tell whether it came to its end by itself."""
        return self.draft.state is AnswerState.COMPLETE


class Titling:
    """Names threads by their first question, once; where it `asks` no model, by its beginning."""

    def __init__(
        self,
        storage: Storage,
        model: Model,
        settlement: Settlement,
        alarms: Alarms,
        *,
        asks: bool,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        log: FilteringBoundLogger,
    ) -> None:
        self._storage = storage
        self._model = model
        self._settlement = settlement
        self._alarms = alarms
        self._asks = asks
        self._now = now
        self._monotonic = monotonic
        self._log = log
        self._rename: Rename | None = None
        self._named: set[int] = set()
        self._named_in_order = deque[int]()
        self._work: dict[int, asyncio.Task[None]] = {}

    def start(self, rename: Rename) -> None:
        """Name threads from now on."""
        self._rename = rename

    async def close(self) -> None:
        """Name no more threads; what was asked of the model is settled before this returns."""
        self._rename = None
        tasks = list(self._work.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def after(self, opening: Opening, question: Question) -> None:
        """Name the thread of a question that has its answer, if it has no name of its own yet."""
        thread_id = question.place.channel_id
        in_thread = question.place.guild_id is not None and question.parent_channel_id is not None
        if self._rename is None or not in_thread or question.private:
            return
        if thread_id in self._named or thread_id in self._work:
            return
        task = asyncio.create_task(self._guarded(self._rename, opening, question))
        self._work[thread_id] = task
        task.add_done_callback(lambda _: self._work.pop(thread_id, None))

    async def _guarded(self, rename: Rename, opening: Opening, question: Question) -> None:
        """Let whatever goes wrong with a title be nothing but a thread that keeps its name."""
        try:
            await self._name(rename, opening, question)
        except ThreadlightError as error:
            self._log.info("no title", error=type(error).__name__)
        except Exception:  # noqa: BLE001  # a title is not worth more than a line in the log
            self._log.exception("no title")

    async def _name(self, rename: Rename, opening: Opening, question: Question) -> None:
        thread_id = question.place.channel_id
        async with self._storage.reading() as tx:
            known = await tx.threads.name(thread_id)
            answers = await tx.threads.answers(thread_id) if known is not None else 0
            answered = await tx.variants.of(opening.answer_id)
        if known is not None and not answers:
            return  # the first answer is still to come: this one failed
        if answered is None or answered.is_deleted:
            return  # the next question may name it
        # While it waited and was answered, it and what it is about may have been edited or erased.
        question = answered.question
        self._remember(thread_id)
        if not known:  # one that was forgotten stays so
            return
        if answers > 1:
            await self._name_late(rename, thread_id, known, question)
            return
        call = await self._asked(opening, question)
        title = titles.read(call.draft.text) if call and call.is_whole else None
        own = known if _before(opening) else titles.cut(after_quote(question.text), known)
        # Discord may let a name wait for a minute, and a bill may take longer: side by side.
        naming = asyncio.create_task(self._give(rename, thread_id, known, title or own))
        try:
            if call is not None:
                await self._settle(call)
            await naming
        finally:
            naming.cancel()
            await asyncio.wait([naming])

    async def _name_late(
        self, rename: Rename, thread_id: int, known: str, question: Question
    ) -> None:
        """Let a thread that is called like one without a question be called like its first one.

        What was to name it did not come to that: the bot was stopped, or Discord refused it.
        """
        async with self._storage.reading() as tx:
            first = await tx.threads.first_said(thread_id)
        if first is not None and known in {
            *titles.without_a_question(first.author.name),
            *titles.without_a_question(question.author.name),
        }:
            await self._give(rename, thread_id, known, titles.cut(after_quote(first.text), known))

    async def _give(self, rename: Rename, thread_id: int, known: str, name: str) -> None:
        """Give a thread that has still the `known` name another one."""
        if name == known or not await self._is_called(thread_id, known):
            return
        if not await rename(thread_id, known, name):
            return
        async with self._storage.writing() as tx:
            await tx.threads.rename(thread_id, known, name)
            await tx.commit()
        self._log.info("thread named", thread=thread_id)

    async def _is_called(self, thread_id: int, known: str) -> bool:
        """Tell whether a thread still has its name: whose words that is may be forgotten."""
        async with self._storage.reading() as tx:
            return await tx.threads.name(thread_id) == known

    def _remember(self, thread_id: int) -> None:
        self._named.add(thread_id)
        self._named_in_order.append(thread_id)
        if len(self._named_in_order) > MOST_REMEMBERED:
            self._named.discard(self._named_in_order.popleft())

    async def _asked(self, opening: Opening, question: Question) -> _Call | None:
        """Ask the model within the asker's limits; None where it is not to be asked."""
        price = await self._model.price(opening.prompt.model) if self._asks else None
        if price is None:  # a turn without a price would hold all that is left of a limit
            return None
        prompt = _prompt(opening, question)
        size = tokens.HIDDEN + sum(
            tokens.estimate(it.content) + tokens.PER_MESSAGE for it in prompt.messages
        )
        demand = Demand(size, MOST_OUTPUT, LEAST_OUTPUT, price, requests=0)
        try:
            self._alarms.require_open()
            hold = await self._storage.write(partial(self._hold, opening, demand))
        except (Refused, ModelError) as error:
            self._log.info("no title asked for", error=type(error).__name__)
            return None
        call = _Call(hold, size, price, Draft(0, (), self._monotonic))
        await self._listen(call, prompt)
        return call

    async def _hold(self, opening: Opening, demand: Demand, tx: Transaction) -> Hold:
        hold = await tx.ledger.reserve(opening.subject, demand, self._now())
        await tx.commit()
        return hold

    async def _listen(self, call: _Call, prompt: Prompt) -> None:
        draft = call.draft
        try:
            async with asyncio.timeout(PATIENCE), aclosing(self._model.stream(prompt)) as events:
                async for event in events:
                    draft.take(event)
        except ModelError as error:
            draft.end()
            self._alarms.hear(error)
        except TimeoutError:
            draft.end(cut=True)
        except asyncio.CancelledError:
            draft.end(cut=draft.generation_id is not None)
            await self._settle(call, at_once=True)
            raise
        else:
            draft.end()

    async def _settle(self, call: _Call, *, at_once: bool = False) -> None:
        """Turn what is held into what the title took; nobody waits for a bill `at_once`."""
        draft = call.draft
        usage = draft.usage
        try:
            if draft.unreported and not at_once:
                usage = await self._settlement.bill(
                    draft.unreported, usage, call.prompt_tokens, draft.text, draft.thinking
                )
        except asyncio.CancelledError:
            await self._settle(call, at_once=True)
            raise
        if draft.unreported and at_once:
            estimate = tokens.estimated_usage(
                call.prompt_tokens, draft.text, draft.thinking, call.price
            )
            usage = (usage or Usage(0, 0, 0)) + estimate
        await whole(self._storage.write(partial(self._settled, call.hold.id, usage)))

    async def _settled(self, hold_id: int, usage: Usage | None, tx: Transaction) -> None:
        await tx.ledger.settle(hold_id, usage, self._now())
        await tx.commit()


def _prompt(opening: Opening, question: Question) -> Prompt:
    """Return what asks for a title: the question, and the last of what came before it.

    Words that it is about come before it too, and files stand for a question without words.
    """
    own = after_quote(question.text)
    before = [it.content[: titles.READ // 2] for it in _before(opening)]
    earlier = "\n\n".join((*before, question.text.removesuffix(own))).strip()
    asked = context.with_files(own, () if own.strip() else question.files)
    return Prompt(
        model=opening.prompt.model,
        messages=titles.messages(asked, earlier),
        max_output_tokens=MOST_OUTPUT,
        user=opening.prompt.user,
        session=f"{opening.prompt.session}-title",
        is_brief=True,
    )


def _before(opening: Opening) -> Sequence[Message]:
    """Return the last of what came before the question, if anything did."""
    return opening.prompt.messages[1:-1][-2:]
