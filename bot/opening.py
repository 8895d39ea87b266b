"""The beginning of a turn: what the model is sent, what is held for it, and the words stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b

from bot import context, tokens
from bot.access import Visitor, check_use
from bot.errors import AccessDenied, QuestionEmpty, Repeated
from bot.messages import Price, Prompt, Question, Turn
from bot.ports import Model, Storage, Transaction
from bot.quota import Demand, Subject

MANY_TURNS = 200
"""Turns that are fitted in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a turn may take: tokens of context, tokens of output, and the least worth asking for."""

    context_tokens: int
    max_output_tokens: int
    least_output_tokens: int = 256
    most_turns: int = 2_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first transaction of a turn settled before the model is asked.

    `prompt_tokens` are corrected by experience, `estimated_tokens` as counted.
    """

    answer_id: int
    subject: Subject
    hold_id: int
    prompt: Prompt
    prompt_tokens: int
    estimated_tokens: int
    notes: tuple[str, ...]


class Openings:
    """Opens turns."""

    def __init__(
        self,
        storage: Storage,
        model: Model,
        *,
        slug: str,
        limits: Limits,
        correction: tokens.Correction,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._model = model
        self._slug = slug
        self._limits = limits
        self._correction = correction
        self._now = now

    async def open(self, question: Question) -> Opening:
        """Read the past, fit the prompt, hold the worst case, store the words: one transaction.

        Raise `Refused` where no turn is begun; then nothing is stored.
        """
        text = context.with_files(question.text, question.files)
        if context.is_blank(text):
            raise QuestionEmpty(question.unread)
        size = await tokens.measure(text)
        price = await self._model.price(self._slug)
        subject = Subject.of(question)
        begin = partial(self._begin, replace(question, text=text), size, price, subject)
        return await self._storage.write(begin)

    async def admit(self, question: Question) -> None:
        """Raise `AccessDenied` where this person may not ask here; opening checks it once more."""
        if question.place.guild_id is not None:
            async with self._storage.reading() as tx:
                await _check_access(question, tx)

    async def _begin(
        self, question: Question, size: int, price: Price | None, subject: Subject, tx: Transaction
    ) -> Opening:
        if question.message_id and await tx.history.knows(question.message_id):
            raise Repeated
        await _check_access(question, tx)
        conversation = await tx.history.open(question.place)
        # What was said in private stays out of an answer that others can read.
        viewer = question.author.id if question.private else None
        past = await tx.history.past(conversation, viewer, self._limits.most_turns)
        again = question.again
        if again is not None:
            if await tx.history.latest_answer(again.turn_id) != again.answer_id:
                raise Repeated
            past = [turn for turn in past if turn.id < again.turn_id]
        fitted = await self._fit(past, question, size, tx)
        demand = Demand(
            prompt_tokens=fitted.tokens,
            max_output_tokens=self._limits.max_output_tokens,
            least_output_tokens=self._limits.least_output_tokens,
            price=price,
        )
        now = self._now()
        hold = await tx.ledger.reserve(subject, demand, now)
        if again is not None:
            turn = again.turn_id
        else:
            turn = await tx.history.ask(conversation, question, size)
        if fitted.moved and not question.private:
            await tx.history.move_window(conversation, fitted.window_start or turn)
        answer = await tx.history.begin(turn, hold.id, self._slug, fitted.estimated, now)
        await tx.commit()
        prompt = Prompt(
            model=self._slug,
            messages=fitted.messages,
            max_output_tokens=hold.max_output_tokens,
            user=pseudonym("user", question.author.id),
            session=pseudonym("conversation", question.place.channel_id),
        )
        return Opening(
            answer, subject, hold.id, prompt, fitted.tokens, fitted.estimated, question.unread
        )

    async def _fit(
        self, past: Sequence[Turn], question: Question, size: int, tx: Transaction
    ) -> context.Fitted:
        """Fit the prompt; where the past is long, the event loop goes on meanwhile."""
        budget, factor = self._limits.context_tokens, self._correction.factor
        text, author = question.text, question.author
        fit = partial(context.fit, past, author, text, size, budget, factor)
        return await tx.apart(fit) if len(past) > MANY_TURNS else fit()

    def learn(self, opening: Opening, reported_tokens: int) -> None:
        """Take in what a prompt was reported to take, for the estimates to come."""
        self._correction.learn(opening.estimated_tokens, reported_tokens)


async def _check_access(question: Question, tx: Transaction) -> None:
    visitor = Visitor.of(question)
    if visitor.guild_id is None:
        return
    try:
        check_use(await tx.access.rules_met(visitor), visitor)
    except AccessDenied:
        check_use(await tx.access.rules(visitor.guild_id), visitor)  # it tells what is allowed
        raise


def pseudonym(kind: str, discord_id: int) -> str:
    """Return a stable name for an id, so that OpenRouter tells people apart but can't find them."""
    return blake2b(f"{kind}:{discord_id}".encode(), digest_size=16).hexdigest()
