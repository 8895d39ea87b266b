"""Questions that wait for a yes to their price: sent, trimmed, cancelled, changed or withdrawn."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import msgspec

from bot.errors import (
    NothingThere,
    NotYours,
    ProposalGone,
    QuoteForgotten,
    Refused,
    Repeated,
    Withdrawn,
)
from bot.messages import Consent, Question, ScreenAddress
from bot.ports import Storage, Transaction
from bot.quota.pricing import WAITS_FOR, KnownProposal, Proposed
from bot.records.erasures import DELETED, GONE, requoted
from bot.turns.opening import Openings
from bot.turns.quotes import is_quote_forgotten, unquoted


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a proposal whose message was changed: a new offer, or the reason for none."""

    address: ScreenAddress | None
    proposed: Proposed | None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a message concerns: what waits in it, what waits and quotes it, and whether the past."""

    about: KnownProposal | None
    quoting: tuple[KnownProposal, ...]
    is_remembered: bool


@dataclass(frozen=True, slots=True)
class Bereft:
    """Proposals that lost their quotes, and those that were withdrawn as messages were deleted.

    Of those that were asked by a menu the reason is told; of those that were asked in a message
    which is deleted by now the price question goes, which stood there (`withdrawn_at`).
    """

    reworded: Sequence[KnownProposal]
    withdrawn: Sequence[Changed]
    withdrawn_at: Sequence[ScreenAddress]


Reword = Callable[[Question], Question]
"""Returns what a question says from now on; the same where nothing is to be changed."""


class Proposals:
    """Keeps questions between the price and the yes."""

    def __init__(
        self, storage: Storage, openings: Openings, *, now: Callable[[], datetime]
    ) -> None:
        self._storage = storage
        self._openings = openings
        self._now = now
        self._pressed: set[int] = set()
        # Before anybody knew where it is shown.
        self._changed: set[int] = set()
        self._withdrawn: set[int] = set()

    async def shown(self, proposal_id: int, address: ScreenAddress) -> Changed | None:
        """Remember where a person is asked; return what is to stand there if it changed since."""
        async with self._storage.writing() as tx:
            await tx.proposals.locate(proposal_id, address)
            known = await tx.proposals.find(proposal_id)
            await tx.commit()
        is_withdrawn, is_changed = proposal_id in self._withdrawn, proposal_id in self._changed
        self._forget(proposal_id)
        if is_withdrawn:
            return Changed(address, None, Withdrawn())
        return await self.offer_again(known) if known is not None and is_changed else None

    def _forget(self, proposal_id: int) -> None:
        self._withdrawn.discard(proposal_id)
        self._changed.discard(proposal_id)

    async def agreed(self, proposal_id: int, by: Question, *, trim: bool) -> Question:
        """Return the question as it is to be sent; raise `NotYours` or `ProposalGone`.

        It still waits: opening its turn takes it away. `by` says who agreed, with their roles.
        """
        known = await self._waiting(proposal_id, by.author.id)
        return replace(
            known.proposal.question,
            role_ids=by.role_ids,
            parent_channel_id=by.parent_channel_id,
            consent=Consent(proposal_id, trim),
        )

    @contextmanager
    def pressed(self, proposal_id: int) -> Generator[None]:
        """Work on a press until the block ends; raise `Repeated` where one is worked on."""
        if proposal_id in self._pressed:
            raise Repeated
        self._pressed.add(proposal_id)
        try:
            yield
        finally:
            self._pressed.discard(proposal_id)

    async def cancel(self, proposal_id: int, person_id: int) -> None:
        """Forget a question's words; raise `NotYours` or `ProposalGone`."""
        await self._waiting(proposal_id, person_id)
        async with self._storage.writing() as tx:
            taken = await tx.proposals.take(proposal_id, person_id)
            await tx.commit()
        if taken is None:
            raise ProposalGone

    async def _waiting(self, proposal_id: int, person_id: int) -> KnownProposal:
        async with self._storage.reading() as tx:
            known = await tx.proposals.find(proposal_id)
        if known is None or known.made_at < self._now() - WAITS_FOR:
            raise ProposalGone
        if known.user_id != person_id:
            raise NotYours
        return known

    async def concerned(self, message_id: int) -> Concerned:
        """Return what is to be changed as a message is edited, in one look."""
        async with self._storage.reading() as tx:
            # In this order: what is sent between the two is found as a turn.
            naming = await tx.proposals.naming([message_id])
            is_remembered = await tx.history.concerns(message_id)
        return Concerned(
            next((it for it in naming if it.proposal.is_about(message_id)), None),
            tuple(it for it in naming if it.proposal.question.quoted_message_id == message_id),
            is_remembered,
        )

    async def change(self, proposal_id: int, reword: Reword) -> Changed:
        """Let a proposal have new words and a price; withdraw it where they can't be asked."""
        reworded = await self._reword(proposal_id, reword)
        return Changed(None, None) if reworded is None else await self.offer_again(reworded)

    async def _reword(self, proposal_id: int, reword: Reword) -> KnownProposal | None:
        """Store new words at once; return what waits then, None where nothing changed.

        Their price takes longer: whoever agrees before it is known is asked anew if it is higher.
        """
        async with self._storage.writing() as tx:
            known = await tx.proposals.hold(proposal_id)
            if known is None:  # it was sent or cancelled meanwhile
                return None
            question = reword(known.proposal.question)
            if question == known.proposal.question:
                return None
            try:
                if await is_quote_forgotten(question, tx):
                    question = unquoted(question, GONE)
            except QuoteForgotten:  # all of it is about to be erased
                return None
            proposal = msgspec.structs.replace(known.proposal, question=question)
            await tx.proposals.replace(proposal_id, proposal)
            stored = await tx.proposals.find(proposal_id)
            await tx.commit()
        return stored

    async def offer_again(self, known: KnownProposal) -> Changed:
        """Let a proposal have the price of its words; withdraw it where they can't be asked.

        What changes it meanwhile does that itself.
        """
        offer, refusal, question = None, None, known.proposal.question
        try:
            offer = await self._openings.appraise(question)
        except Refused as error:
            refusal = error
        async with self._storage.writing() as tx:
            newest = await tx.proposals.hold(known.id)
            if newest is None or newest.proposal.question != question:
                return Changed(None, None)
            address = newest.proposal.address
            if offer is None:
                await self._take(newest, tx)
            else:
                priced = msgspec.structs.replace(newest.proposal, offer=offer)
                await tx.proposals.replace(known.id, priced)
                if address is None:
                    self._changed.add(known.id)
            await tx.commit()
        return Changed(address, Proposed(known.id, offer) if offer else None, refusal)

    async def requote(self, quoting: Iterable[KnownProposal], quote: str) -> list[KnownProposal]:
        """Let proposals about an edited message quote it as it is; return those that did not."""
        reworded = [await self._reword(it.id, partial(_requoted, it, quote)) for it in quoting]
        return [it for it in reworded if it is not None]

    async def let_go(self, message_ids: Sequence[int]) -> Bereft:
        """Withdraw what waits in deleted messages, and take their words out of what quotes them.

        A question that came by a menu is about that message alone: it is withdrawn, too.
        """
        reworded, withdrawn = list[KnownProposal](), list[Changed]()
        withdrawn_at = list[ScreenAddress]()
        async with self._storage.reading() as tx:
            naming = await tx.proposals.naming(message_ids)
        for known in naming:
            question = known.proposal.question
            if question.message_id in message_ids:
                if (address := await self._withdraw(known)) is not None:
                    withdrawn_at.append(address)
            elif any(known.proposal.is_about(it) for it in message_ids):
                await self._withdraw(known)  # what asked for the yes is gone
            elif question.quoted_message_id not in message_ids:
                continue
            elif question.message_id is None:
                withdrawn.append(Changed(await self._withdraw(known), None, NothingThere()))
            elif (it := await self._reword(known.id, partial(_bereft, message_ids))) is not None:
                reworded.append(it)
        return Bereft(reworded, withdrawn, withdrawn_at)

    async def discard(self, proposal_id: int) -> None:
        """Forget a proposal that nobody was shown."""
        async with self._storage.writing() as tx:
            known = await tx.proposals.hold(proposal_id)
            if known is not None:
                await tx.proposals.take(proposal_id, known.user_id)
                await tx.commit()
        self._forget(proposal_id)

    async def _withdraw(self, known: KnownProposal) -> ScreenAddress | None:
        """Forget a proposal; return where it was shown."""
        async with self._storage.writing() as tx:
            address = await self._take(known, tx)
            await tx.commit()
        return address

    async def _take(self, known: KnownProposal, tx: Transaction) -> ScreenAddress | None:
        taken = await tx.proposals.take(known.id, known.user_id)
        if taken is not None and taken.address is None:
            self._withdrawn.add(known.id)
        return None if taken is None else taken.address


def _requoted(known: KnownProposal, quote: str, question: Question) -> Question:
    """Return a question with another quote, unless it has lost that meanwhile."""
    if question.quoted_message_id != known.proposal.question.quoted_message_id:
        return question
    return replace(question, text=requoted(question.text, quote))


def _bereft(message_ids: Sequence[int], question: Question) -> Question:
    """Return a question without its quote, if that is of one of these messages."""
    is_gone = question.quoted_message_id in message_ids
    return unquoted(question, DELETED) if is_gone else question
