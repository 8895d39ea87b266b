"""The beginning of a turn: what is held for it, its words stored, or its price asked about."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.answers import going_on
from bot.choices import Most
from bot.errors import QuestionEmpty, Repeated
from bot.messages import Question, ScreenAddress
from bot.notes import FellOut, Note, QuoteLost, Trimmed
from bot.ports import Model, Storage, Transaction
from bot.prompts import context, tokens
from bot.quota.pricing import Offer, Pricing, Proposal, Proposed, Trimming
from bot.quota.rules import Demand, Hold, Standing, Subject
from bot.records.erasures import GONE
from bot.snapshots import EVERYTHING, Looks
from bot.streaming import Prompt
from bot.turns.asked import (
    ALONE,
    Asked,
    Placement,
    answered_before,
    check,
    check_access,
    check_latest,
)
from bot.turns.placing import placed, unplaced
from bot.turns.prompting import Past, Prompts
from bot.turns.quotes import is_quote_forgotten, unquoted


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


class Openings:
    """Opens turns."""

    def __init__(
        self,
        storage: Storage,
        model: Model,
        prompts: Prompts,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._model = model
        self._prompts = prompts
        self._limits = prompts.limits
        self._most = Most(self._limits.context_tokens, self._limits.max_output_tokens)
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
        price = await self._model.price(self._prompts.slug)
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
        if await is_quote_forgotten(question, tx):
            asked = _without_quote(asked)
            question = asked.question
        asked = await self._placed(asked, tx)
        conversation = await tx.history.open(question.place)
        await check_latest(question, tx)
        past = await self._prompts.past(asked, conversation, tx)
        fitted = whole = await self._prompts.fit(asked, past, tx)
        standings = await self._standings(asked, whole, now, tx)
        if consent is not None and consent.trim:
            fitted = await self._prompts.trimmed(asked, past, whole, standings, tx)
        hold = await self._reserve(asked, fitted, now, tx)
        if told is None or asked.pricing.exceeds(fitted.tokens, told):
            standings = [] if hold.sponsor_id else standings
            if asked.pricing.is_dear(fitted.tokens, standings):
                offer = await self._offer(asked, past, whole, standings, tx)
                return await self._propose(question, offer, hold, now, tx)
        notes = await self._notes(asked, past, whole, fitted, hold, now, tx)
        turn = await _turn_of(asked, conversation, tx)
        await self._keep_window(asked, past, fitted, turn, notes, tx, moves=fitted is whole)
        return await self._store(asked, turn, fitted, hold, notes, now, tx)

    async def _keep_window(
        self,
        asked: Asked,
        past: Past,
        fitted: context.Fitted,
        turn: int,
        notes: tuple[Note, ...],
        tx: Transaction,
        *,
        moves: bool,
    ) -> None:
        """Note where the past begins from now on, if that `moves`, and whether a loss is told."""
        window = past.window
        if moves and asked.question.again is None:
            budget = asked.here.choices.context
            window = window.after(
                fitted, past.turns, budget, turn, asked.size, is_anew=past.is_anew
            )
        if any(isinstance(note, FellOut) for note in notes):
            window = replace(window, told_in=turn)
        if window != past.window:
            await tx.history.keep_window(past.conversation, past.viewer, window)

    async def _store(
        self,
        asked: Asked,
        turn: int,
        fitted: context.Fitted,
        hold: Hold,
        notes: tuple[Note, ...],
        now: datetime,
        tx: Transaction,
    ) -> Opening:
        """Store the answer's beginning."""
        question = asked.question
        address, known = None, asked.continued
        if question.again is not None and question.again.is_in_place:
            address = await tx.variants.take_over(turn)
        answer = await tx.history.begin(
            turn,
            hold.id,
            self._prompts.slug,
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
            prompt=self._prompts.prompt(asked, fitted, hold),
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
        await check_latest(asked.question, tx)
        past = await self._prompts.past(asked, await tx.history.open(asked.question.place), tx)
        fitted = await self._prompts.fit(asked, past, tx)
        standings = await tx.ledger.standings(asked.subject, self._now())
        return await self._offer(asked, past, fitted, standings, tx)

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
        past: Past,
        whole: context.Fitted,
        standings: Sequence[Standing],
        tx: Transaction,
    ) -> Offer:
        trimmed = await self._prompts.trimmed(asked, past, whole, standings, tx)
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
        past: Past,
        whole: context.Fitted,
        fitted: context.Fitted,
        hold: Hold,
        now: datetime,
        tx: Transaction,
    ) -> tuple[Note, ...]:
        notes: list[Note] = [*asked.question.unread]
        if asked.has_lost_quote:
            notes.append(QuoteLost())
        if (turns := fitted.left_out - whole.left_out) > 0:
            notes.append(Trimmed(turns))
        if whole.left_out:
            # What was said to one person in private is still to be said to all others.
            told_in, again = past.window.told_in, asked.question.again
            if told_in is None or (again is not None and again.turn_id == told_in):
                notes.append(FellOut(whole.left_out))
        if hold.max_output_tokens < asked.here.choices.max_output:
            standings = () if hold.sponsor_id else await tx.ledger.standings(asked.subject, now)
            notes.append(asked.pricing.shortened(hold, standings))
        return tuple(notes)

    def learn(self, opening: Opening, reported_tokens: int) -> None:
        """Take in what a prompt was reported to take, for the estimates to come."""
        self._prompts.learn(opening.estimated_tokens, reported_tokens)


def _without_quote(asked: Asked) -> Asked:
    """Return what is asked without the words of somebody else that stand before it."""
    question = unquoted(asked.question, GONE)
    words = tokens.estimate(question.text)
    return replace(
        asked,
        question=question,
        text=context.with_files(question.text, question.files),
        size=asked.size - asked.words + words,
        words=words,
        has_lost_quote=True,
    )


async def _turn_of(asked: Asked, conversation: int, tx: Transaction) -> int:
    """Return the turn of a question: a new one with its words, unless it is asked again."""
    if asked.question.again is not None:
        return asked.question.again.turn_id
    return await tx.history.ask(conversation, asked.question, asked.words)
