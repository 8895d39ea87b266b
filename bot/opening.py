"""The beginning of a turn: what the model is sent, what is held for it, and the words stored."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b

from bot import context, going_on, tokens
from bot.asked import ALONE, Asked, Placement, answered_before, check, check_access
from bot.choices import Most
from bot.errors import QuestionEmpty, QuestionTooLong, Repeated
from bot.messages import EVERYTHING, Looks, Prompt, Question, ScreenAddress, Turn
from bot.notes import FellOut, Note, Trimmed
from bot.placing import placed, unplaced
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
    most_turns: int = context.MOST_TURNS


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first transaction of a turn settled before the model is asked.

    `prompt_tokens` are corrected by experience, `estimated_tokens` as counted; `paid_by` is who
    pays, where that is another than who asked; at `address` an answer stands that is replaced.
    """

    answer_id: int
    subject: Subject
    hold_id: int
    prompt: Prompt
    prompt_tokens: int
    estimated_tokens: int
    notes: tuple[Note, ...]
    paid_by: int | None = None
    turn_id: int = 0
    placement: Placement = ALONE
    address: ScreenAddress | None = None
    looks: Looks = EVERYTHING


@dataclass(frozen=True, slots=True)
class _Past:
    """The turns that a question rests on, and how the conversation's prompts are measured."""

    conversation: int
    turns: Sequence[Turn]
    scale: tokens.Scale


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

        What is dear is stored as a proposal instead, unless its asker has agreed to about as much.
        Raise `Refused` where no turn is begun; then nothing is stored.
        """
        return await self._storage.write(partial(self._begin, await self._asked(question)))

    async def appraise(self, question: Question) -> Offer:
        """Return what a question would take if it was sent now; raise `Refused`."""
        return await self._storage.write(partial(self._appraise, await self._asked(question)))

    async def _asked(self, question: Question) -> Asked:
        answered = await answered_before(question, self._storage)
        if answered is not None:  # it may have been edited since somebody asked again
            said = answered.question
            question = replace(question, text=said.text, files=said.files)
        text = context.with_files(question.text, question.files)
        if context.is_blank(text):
            raise QuestionEmpty(question.unread)
        words = await tokens.measure(question.text)
        files = [await context.sized(file) for file in question.files]
        question = replace(question, files=tuple(files))
        size = words + sum(file.tokens for file in files)
        price = await self._model.price(self._slug)
        pricing = Pricing(price, self._limits.max_output_tokens)
        here = unplaced(self._most)
        asked = Asked(question, text, size, words, pricing, Subject.of(question), here, answered)
        known = asked.continued
        return asked if known is None else replace(asked, size=size + going_on.tokens(known))

    async def _placed(self, asked: Asked, tx: Transaction) -> Asked:
        """Take in what holds where the question was asked."""
        here = await placed(asked.question, self._most, self._now(), tx)
        pricing = replace(asked.pricing, max_output_tokens=here.choices.max_output)
        return replace(asked, here=here, pricing=pricing)

    async def admit(self, question: Question) -> None:
        """Raise `AccessDenied` where this person may not ask here; opening checks it once more."""
        if question.place.guild_id is not None:
            async with self._storage.reading() as tx:
                await check_access(question, tx)

    async def _begin(self, asked: Asked, tx: Transaction) -> Opening | Proposed:
        question, consent, now = asked.question, asked.question.consent, self._now()
        told = await check(question, tx)
        asked = await self._placed(asked, tx)
        conversation = await tx.history.open(question.place)
        past = await self._past(asked, conversation, tx)
        fitted = whole = await self._fit(asked, past, tx)
        standings = await self._standings(asked, whole, now, tx)
        if consent is not None and consent.trim:
            fitted = await self._trimmed(asked, past, whole, standings, tx)
        hold = await self._reserve(asked, fitted, now, tx)
        if told is None or asked.pricing.exceeds(fitted.tokens, told):
            standings = [] if hold.sponsor_id else standings
            if asked.pricing.is_dear(fitted.tokens, standings):
                offer = await self._offer(asked, past, whole, standings, tx)
                return await self._propose(question, offer, hold, now, tx)
        notes = await self._notes(asked, past, whole, fitted, hold, now, tx)
        return await self._store(
            asked, conversation, fitted, hold, notes, now, tx, moves=fitted is whole
        )

    async def _store(
        self,
        asked: Asked,
        conversation: int,
        fitted: context.Fitted,
        hold: Hold,
        notes: tuple[Note, ...],
        now: datetime,
        tx: Transaction,
        *,
        moves: bool,
    ) -> Opening:
        """Store the words and the answer's beginning; its window `moves` if it has to."""
        question = asked.question
        turn = await _turn_of(asked, conversation, tx)
        if moves and fitted.moved and not question.private and question.again is None:
            await tx.history.move_window(conversation, fitted.window_start or turn)
        address, known = None, asked.continued
        if question.again is not None and question.again.is_in_place:
            address = await tx.variants.take_over(turn)
        answer = await tx.history.begin(
            turn,
            hold.id,
            self._slug,
            fitted.estimated,
            now,
            continues=known.id if known else None,
            address=address,
        )
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
            turn_id=turn,
            placement=asked.placement,
            address=address,
            looks=asked.here.looks,
        )

    async def _appraise(self, asked: Asked, tx: Transaction) -> Offer:
        asked = await self._placed(asked, tx)
        past = await self._past(asked, await tx.history.open(asked.question.place), tx)
        fitted = await self._fit(asked, past, tx)
        standings = await tx.ledger.standings(asked.subject, self._now())
        return await self._offer(asked, past, fitted, standings, tx)

    async def _past(self, asked: Asked, conversation: int, tx: Transaction) -> _Past:
        """Return the turns that the question rests on."""
        question = asked.question
        # What was said in private stays out of an answer that others can read.
        viewer = question.author.id if question.private else None
        again = question.again
        before = None if again is None else again.turn_id
        # One more than fit, so that it shows when there are too many.
        most = self._limits.most_turns + 1
        past = await tx.history.past(conversation, viewer, most, before)
        if again is not None:
            latest = again.latest_id or again.answer_id
            if await tx.history.latest_answer(again.turn_id) != latest:
                raise Repeated
        pairs = await tx.history.token_ratios_of(conversation)
        return _Past(conversation, past, tokens.scale(self._correction.factor, pairs))

    async def _fit(
        self,
        asked: Asked,
        past: _Past,
        tx: Transaction,
        budget: int | None = None,
        *,
        in_blocks: bool = True,
    ) -> context.Fitted:
        """Fit the prompt; where the past is long, the event loop goes on meanwhile."""
        fit = partial(
            context.fit,
            past.turns,
            asked.question.author,
            asked.text,
            asked.size,
            asked.here.choices.context if budget is None else budget,
            past.scale,
            asked.here.orders.opening,
            most_turns=self._limits.most_turns,
            in_blocks=in_blocks,
            aside=asked.here.orders.aside,
        )
        return await tx.apart(fit) if len(past.turns) > MANY_TURNS else fit()

    async def _trimmed(
        self,
        asked: Asked,
        past: _Past,
        whole: context.Fitted,
        standings: Sequence[Standing],
        tx: Transaction,
    ) -> context.Fitted:
        """Leave old turns out until nobody needs to be asked, or as far as it goes."""
        if not asked.pricing.is_dear(whole.tokens, standings):
            return whole
        most = asked.pricing.most_prompt_tokens(whole.tokens, standings)
        try:
            return await self._fit(asked, past, tx, most, in_blocks=False)
        except QuestionTooLong:
            pinned = context.pinned_only(past.turns)
            left_out = sum(not turn.pinned for turn in past.turns)
            bare = await self._fit(asked, replace(past, turns=pinned), tx)
            return replace(bare, left_out=left_out)

    async def _standings(
        self, asked: Asked, fitted: context.Fitted, now: datetime, tx: Transaction
    ) -> Sequence[Standing]:
        """Return how the limits stand, if that matters for whether to ask first."""
        if not asked.pricing.may_be_dear(fitted.tokens):
            return ()
        return await tx.ledger.standings(asked.subject, now)

    async def _reserve(
        self, asked: Asked, fitted: context.Fitted, now: datetime, tx: Transaction
    ) -> Hold:
        demand = Demand(
            prompt_tokens=math.ceil(fitted.tokens * tokens.MARGIN),
            max_output_tokens=asked.here.choices.max_output,
            least_output_tokens=min(
                self._limits.least_output_tokens, asked.here.choices.max_output
            ),
            price=asked.pricing.price,
        )
        return await tx.ledger.reserve(asked.subject, demand, now)

    async def _offer(
        self,
        asked: Asked,
        past: _Past,
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
        proposal = Proposal(replace(question, consent=None), offer=offer)
        proposal_id = await tx.proposals.add(proposal, now)
        await tx.commit()
        return Proposed(proposal_id, offer)

    async def _notes(
        self,
        asked: Asked,
        past: _Past,
        whole: context.Fitted,
        fitted: context.Fitted,
        hold: Hold,
        now: datetime,
        tx: Transaction,
    ) -> tuple[Note, ...]:
        notes: list[Note] = [*asked.question.unread]
        if (turns := fitted.left_out - whole.left_out) > 0:
            notes.append(Trimmed(turns))
        if whole.left_out:
            # In private it is said to one person; all others are still to hear of it.
            telling = not asked.question.private
            if not await tx.history.is_told_of_loss(past.conversation, telling=telling):
                notes.append(FellOut(whole.left_out))
        if hold.max_output_tokens < asked.here.choices.max_output:
            standings = () if hold.sponsor_id else await tx.ledger.standings(asked.subject, now)
            notes.append(asked.pricing.shortened(hold, standings))
        return tuple(notes)

    def _prompt(self, asked: Asked, fitted: context.Fitted, hold: Hold) -> Prompt:
        question, known, choices = asked.question, asked.continued, asked.here.choices
        return Prompt(
            model=self._slug,
            messages=going_on.messages(fitted.messages, known) if known else fitted.messages,
            max_output_tokens=hold.max_output_tokens,
            user=pseudonym("user", question.author.id),
            session=pseudonym("conversation", question.place.channel_id),
            temperature=choices.temperature,
            top_p=choices.top_p,
        )

    def learn(self, opening: Opening, reported_tokens: int) -> None:
        """Take in what a prompt was reported to take, for the estimates to come."""
        self._correction.learn(opening.estimated_tokens, reported_tokens)


async def _turn_of(asked: Asked, conversation: int, tx: Transaction) -> int:
    """Return the turn of a question: a new one with its words, unless it is asked again."""
    if asked.question.again is not None:
        return asked.question.again.turn_id
    return await tx.history.ask(conversation, asked.question, asked.words)


def pseudonym(kind: str, discord_id: int) -> str:
    """Return a stable name for an id, so that OpenRouter tells people apart but can't find them."""
    return blake2b(f"{kind}:{discord_id}".encode(), digest_size=16).hexdigest()
