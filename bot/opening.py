"""The beginning of a turn: what the model is sent, what is held for it, and the words stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b

from bot import context, tokens
from bot.access import Visitor, check_use
from bot.choices import Most
from bot.errors import AccessDenied, ProposalGone, QuestionEmpty, QuestionTooLong, Repeated
from bot.messages import EVERYTHING, Looks, Prompt, Question, Turn
from bot.notes import Note, Trimmed
from bot.placing import Placed, placed, unplaced
from bot.ports import Model, Storage, Transaction
from bot.pricing import Offer, Pricing, Proposal, Proposed, Trimming
from bot.quota import Demand, Hold, Standing, Subject

MANY_TURNS = 200
"""Turns that are fitted in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a turn may take: tokens of context, tokens of output, and the least worth asking for."""

    context_tokens: int
    max_output_tokens: int
    least_output_tokens: int = 300
    most_turns: int = 2_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first transaction of a turn settled before the model is asked.

    `prompt_tokens` are corrected by experience, `estimated_tokens` as counted; `paid_by` is who
    pays, where that is another than who asked.
    """

    answer_id: int
    subject: Subject
    hold_id: int
    prompt: Prompt
    prompt_tokens: int
    estimated_tokens: int
    notes: tuple[Note, ...]
    paid_by: int | None = None
    looks: Looks = EVERYTHING


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its files' text, their tokens, and what decides its price and limits.

    What is `here` is known once it has been read.
    """

    question: Question
    text: str
    size: int
    pricing: Pricing
    subject: Subject
    here: Placed


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
        self._most = Most(limits.context_tokens, limits.max_output_tokens)
        self._correction = correction
        self._now = now

    async def open(self, question: Question) -> Opening | Proposed:
        """Read the past, fit the prompt, hold the worst case, store the words: one transaction.

        What is dear is stored as a proposal instead, unless its asker has agreed. Raise `Refused`
        where no turn is begun; then nothing is stored.
        """
        return await self._storage.write(partial(self._begin, await self._asked(question)))

    async def appraise(self, question: Question) -> Offer:
        """Return what a question would take if it was sent now; raise `Refused`."""
        return await self._storage.write(partial(self._appraise, await self._asked(question)))

    async def _asked(self, question: Question) -> _Asked:
        text = context.with_files(question.text, question.files)
        if context.is_blank(text):
            raise QuestionEmpty(question.unread)
        size = await tokens.measure(text)
        price = await self._model.price(self._slug)
        pricing = Pricing(price, self._limits.max_output_tokens)
        here = unplaced(self._most)
        return _Asked(question, text, size, pricing, Subject.of(question), here)

    async def _placed(self, asked: _Asked, tx: Transaction) -> _Asked:
        """Take in what holds where the question was asked."""
        here = await placed(asked.question, self._most, self._now(), tx)
        pricing = replace(asked.pricing, max_output_tokens=here.choices.max_output)
        return replace(asked, here=here, pricing=pricing)

    async def admit(self, question: Question) -> None:
        """Raise `AccessDenied` where this person may not ask here; opening checks it once more."""
        if question.place.guild_id is not None:
            async with self._storage.reading() as tx:
                await _check_access(question, tx)

    async def _begin(self, asked: _Asked, tx: Transaction) -> Opening | Proposed:
        question, consent, now = asked.question, asked.question.consent, self._now()
        await _check(question, tx)
        asked = await self._placed(asked, tx)
        conversation = await tx.history.open(question.place)
        past = await self._past(asked, conversation, tx)
        fitted = whole = await self._fit(asked, past, tx)
        standings = await self._standings(asked, whole, now, tx)
        if consent is not None and consent.trim:
            fitted = await self._trimmed(asked, past, whole, standings, tx)
        hold = await self._reserve(asked, fitted, now, tx)
        if consent is None:
            standings = [] if hold.sponsor_id else standings
            if asked.pricing.is_dear(fitted.tokens, standings):
                offer = await self._offer(asked, past, whole, standings, tx)
                return await self._propose(question, offer, hold, now, tx)
        notes = await self._notes(asked, whole, fitted, hold, now, tx)
        turn = await _turn_of(asked, conversation, tx)
        if fitted is whole and fitted.moved and not question.private:
            await tx.history.move_window(conversation, fitted.window_start or turn)
        answer = await tx.history.begin(turn, hold.id, self._slug, fitted.estimated, now)
        await tx.commit()
        return Opening(
            answer_id=answer,
            subject=asked.subject,
            hold_id=hold.id,
            prompt=self._prompt(asked, fitted, hold),
            prompt_tokens=fitted.tokens,
            estimated_tokens=fitted.estimated,
            notes=notes,
            paid_by=hold.sponsor_id,
            looks=asked.here.looks,
        )

    async def _appraise(self, asked: _Asked, tx: Transaction) -> Offer:
        asked = await self._placed(asked, tx)
        past = await self._past(asked, await tx.history.open(asked.question.place), tx)
        fitted = await self._fit(asked, past, tx)
        standings = await tx.ledger.standings(asked.subject, self._now())
        return await self._offer(asked, past, fitted, standings, tx)

    async def _past(self, asked: _Asked, conversation: int, tx: Transaction) -> Sequence[Turn]:
        """Return the turns that the question rests on."""
        question = asked.question
        # What was said in private stays out of an answer that others can read.
        viewer = question.author.id if question.private else None
        past = await tx.history.past(conversation, viewer, self._limits.most_turns)
        again = question.again
        if again is None:
            return past
        if await tx.history.latest_answer(again.turn_id) != again.answer_id:
            raise Repeated
        return [turn for turn in past if turn.id < again.turn_id]

    async def _fit(
        self,
        asked: _Asked,
        past: Sequence[Turn],
        tx: Transaction,
        budget: int | None = None,
        after_a_move: float = context.AFTER_A_MOVE,
    ) -> context.Fitted:
        """Fit the prompt; where the past is long, the event loop goes on meanwhile."""
        fit = partial(
            context.fit,
            past,
            asked.question.author,
            asked.text,
            asked.size,
            asked.here.choices.context if budget is None else budget,
            self._correction.factor,
            asked.here.orders.opening,
            after_a_move,
            asked.here.orders.aside,
        )
        return await tx.apart(fit) if len(past) > MANY_TURNS else fit()

    async def _trimmed(
        self,
        asked: _Asked,
        past: Sequence[Turn],
        whole: context.Fitted,
        standings: Sequence[Standing],
        tx: Transaction,
    ) -> context.Fitted:
        """Leave old turns out until nobody needs to be asked, or as far as it goes."""
        if not asked.pricing.is_dear(whole.tokens, standings):
            return whole
        most = asked.pricing.most_prompt_tokens(whole.tokens, standings)
        try:
            return await self._fit(asked, past, tx, most, after_a_move=1.0)
        except QuestionTooLong:
            return replace(await self._fit(asked, (), tx), left_out=len(past))

    async def _standings(
        self, asked: _Asked, fitted: context.Fitted, now: datetime, tx: Transaction
    ) -> Sequence[Standing]:
        """Return how the limits stand, if that matters for whether to ask first."""
        if not asked.pricing.may_be_dear(fitted.tokens):
            return ()
        return await tx.ledger.standings(asked.subject, now)

    async def _reserve(
        self, asked: _Asked, fitted: context.Fitted, now: datetime, tx: Transaction
    ) -> Hold:
        demand = Demand(
            prompt_tokens=fitted.tokens,
            max_output_tokens=asked.here.choices.max_output,
            least_output_tokens=min(
                self._limits.least_output_tokens, asked.here.choices.max_output
            ),
            price=asked.pricing.price,
        )
        return await tx.ledger.reserve(asked.subject, demand, now)

    async def _offer(
        self,
        asked: _Asked,
        past: Sequence[Turn],
        whole: context.Fitted,
        standings: Sequence[Standing],
        tx: Transaction,
    ) -> Offer:
        trimmed = await self._trimmed(asked, past, whole, standings, tx)
        turns = trimmed.left_out - whole.left_out
        trimming = Trimming(turns, asked.pricing.estimate(trimmed.tokens)) if turns > 0 else None
        return asked.pricing.offer(whole.tokens, standings, trimming)

    async def _propose(
        self, question: Question, offer: Offer, hold: Hold, now: datetime, tx: Transaction
    ) -> Proposed:
        """Keep the question until its asker has decided; what was held to see that it fits goes."""
        if question.message_id and await tx.proposals.about(question.message_id):
            raise Repeated
        await tx.ledger.settle(hold.id, None, now)
        proposal_id = await tx.proposals.add(Proposal(question), now)
        await tx.commit()
        return Proposed(proposal_id, offer)

    async def _notes(
        self,
        asked: _Asked,
        whole: context.Fitted,
        fitted: context.Fitted,
        hold: Hold,
        now: datetime,
        tx: Transaction,
    ) -> tuple[Note, ...]:
        notes: list[Note] = [*asked.question.unread]
        if (turns := fitted.left_out - whole.left_out) > 0:
            notes.append(Trimmed(turns))
        if hold.max_output_tokens < asked.here.choices.max_output:
            standings = () if hold.sponsor_id else await tx.ledger.standings(asked.subject, now)
            notes.append(asked.pricing.shortened(hold, standings))
        return tuple(notes)

    def _prompt(self, asked: _Asked, fitted: context.Fitted, hold: Hold) -> Prompt:
        question, choices = asked.question, asked.here.choices
        return Prompt(
            model=self._slug,
            messages=fitted.messages,
            max_output_tokens=hold.max_output_tokens,
            user=pseudonym("user", question.author.id),
            session=pseudonym("conversation", question.place.channel_id),
            temperature=choices.temperature,
            top_p=choices.top_p,
        )

    def learn(self, opening: Opening, reported_tokens: int) -> None:
        """Take in what a prompt was reported to take, for the estimates to come."""
        self._correction.learn(opening.estimated_tokens, reported_tokens)


async def _check(question: Question, tx: Transaction) -> None:
    """Raise `Refused` where a question may not be asked, or not again; take what was agreed to."""
    if question.message_id and await tx.history.knows(question.message_id):
        raise Repeated
    await _check_access(question, tx)
    consent = question.consent
    if consent is not None and not await tx.proposals.take(consent.proposal_id, question.author.id):
        raise ProposalGone


async def _turn_of(asked: _Asked, conversation: int, tx: Transaction) -> int:
    """Return the turn of a question: a new one with its words, unless it is asked again."""
    if asked.question.again is not None:
        return asked.question.again.turn_id
    return await tx.history.ask(conversation, replace(asked.question, text=asked.text), asked.size)


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
