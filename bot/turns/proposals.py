"""Questions that wait for a yes to their price: sent, trimmed, cancelled, changed or withdrawn."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from bot.errors import NothingThere, NotYours, ProposalGone, Refused, Repeated, Withdrawn
from bot.messages import Consent, Question, ScreenAddress
from bot.ports import Storage
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
        if proposal_id in self._withdrawn:
            self._withdrawn.discard(proposal_id)
            return Changed(address, None, Withdrawn())
        if known is None or proposal_id not in self._changed:
            return None
        self._changed.discard(proposal_id)
        return await self.change(known, known.proposal.question)

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

    async def find(self, message_id: int) -> KnownProposal | None:
        """Return the proposal that a message is about: its question, or what asks for the yes."""
        async with self._storage.reading() as tx:
            return await tx.proposals.about(message_id)

    async def change(self, known: KnownProposal, question: Question) -> Changed:
        """Let a proposal be about a question's new words; withdraw it where they can't be asked."""
        known_as, text, files = known.proposal.question, question.text, question.files
        question = replace(
            known_as,
            text=text,
            files=files,
            quoted_id=question.quoted_id,
            quoted_message_id=question.quoted_message_id,
            quoted_at=question.quoted_at,
        )
        try:
            offer = await self._openings.appraise(question)
        except Refused as refusal:
            await self.withdraw(known)
            return Changed(known.proposal.address, None, refusal)
        async with self._storage.writing() as tx:
            newest = await tx.proposals.find(known.id)
            if newest is None:  # it was sent or cancelled meanwhile
                return Changed(None, None)
            if await is_quote_forgotten(question, tx):
                question = unquoted(question, GONE)
            proposal = msgspec.structs.replace(newest.proposal, question=question, offer=offer)
            await tx.proposals.replace(known.id, proposal)
            await tx.commit()
        if proposal.address is None:
            self._changed.add(known.id)
        return Changed(proposal.address, Proposed(known.id, offer))

    async def requote(self, message_id: int, quote: str) -> list[Changed]:
        """Let the proposals about an edited message quote it as it is now."""
        async with self._storage.reading() as tx:
            quoting = await tx.proposals.quoting(message_id)
        changed = []
        for known in quoting:
            question = known.proposal.question
            text = requoted(question.text, quote)
            if text != question.text:
                changed.append(await self.change(known, replace(question, text=text)))
        return changed

    async def unquote(self, message_id: int) -> list[Changed]:
        """Take a deleted message's words out of the proposals about it.

        One that came by a menu is about that message alone: it is withdrawn.
        """
        async with self._storage.reading() as tx:
            quoting = await tx.proposals.quoting(message_id)
        return [await self._without_quote(known) for known in quoting]

    async def _without_quote(self, known: KnownProposal) -> Changed:
        question = known.proposal.question
        if question.message_id is not None:
            return await self.change(known, unquoted(question, DELETED))
        await self.withdraw(known)
        return Changed(known.proposal.address, None, NothingThere())

    async def discard(self, proposal_id: int) -> None:
        """Forget a proposal that nobody was shown."""
        async with self._storage.reading() as tx:
            known = await tx.proposals.find(proposal_id)
        if known is not None:
            await self.withdraw(known)
        self._withdrawn.discard(proposal_id)
        self._changed.discard(proposal_id)

    async def withdraw(self, known: KnownProposal) -> None:
        """Forget a proposal."""
        async with self._storage.writing() as tx:
            await tx.proposals.take(known.id, known.user_id)
            await tx.commit()
        if known.proposal.address is None:
            self._withdrawn.add(known.id)
