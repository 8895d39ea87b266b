"""Keeps questions that wait for a person's yes to their price."""

import json
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, or_, select, update

from bot.messages import ScreenAddress
from bot.quota.pricing import KnownProposal, Proposal
from bot.storage.tables import proposals
from bot.storage.work import AnyRow, Work


class ProposalBook:
    """Reads and changes proposals, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(self, proposal: Proposal, at: datetime) -> int:
        """Store a proposal of its question's author and return its id."""
        author = proposal.question.author
        new_id: int = await self._work.value(
            insert(proposals)
            .values(user_id=author.id, question=_json(proposal), made_at=at)
            .returning(proposals.c.id)
        )
        return new_id

    async def find(self, proposal_id: int) -> KnownProposal | None:
        """Return a proposal that still waits."""
        row = await self._work.row(select(proposals).where(proposals.c.id == proposal_id))
        return None if row is None else _known(row)

    async def hold(self, proposal_id: int) -> KnownProposal | None:
        """Return a proposal that still waits; nobody else changes it until this is committed."""
        found = select(proposals).where(proposals.c.id == proposal_id).with_for_update()
        row = await self._work.row(found)
        return None if row is None else _known(row)

    async def take(self, proposal_id: int, user_id: int) -> Proposal | None:
        """Remove and return a person's proposal; None where there is no such any more."""
        taken = await self._work.row(
            delete(proposals)
            .where(proposals.c.id == proposal_id, proposals.c.user_id == user_id)
            .returning(proposals)
        )
        return None if taken is None else _known(taken).proposal

    async def about(self, message_id: int) -> KnownProposal | None:
        """Return the proposal whose question, or whose price, stands in this message."""
        found = await self.naming([message_id])
        return next((it for it in found if it.proposal.is_about(message_id)), None)

    async def naming(self, message_ids: Sequence[int]) -> list[KnownProposal]:
        """Return those that hold a message's number anywhere, as in the words of the question."""
        # All of a day that nobody has answered: never many. Of the messages there are 100 at most.
        named = [proposals.c.question.contains(str(it), autoescape=True) for it in message_ids]
        if not named:
            return []
        rows = await self._work.rows(select(proposals).where(or_(*named)).order_by(proposals.c.id))
        return [_known(row) for row in rows]

    async def locate(self, proposal_id: int, address: ScreenAddress) -> None:
        """Remember where a person is asked."""
        known = await self.hold(proposal_id)
        if known is not None:
            located = msgspec.structs.replace(known.proposal, address=address)
            await self.replace(proposal_id, located)

    async def replace(self, proposal_id: int, proposal: Proposal) -> bool:
        """Put another question in a proposal's place; False where it waits no more."""
        changed = await self._work.count(
            update(proposals).where(proposals.c.id == proposal_id).values(question=_json(proposal))
        )
        return changed > 0

    async def sweep(self, before: datetime) -> int:
        """Forget the proposals made before this moment; return how many they were."""
        return await self._work.count(delete(proposals).where(proposals.c.made_at < before))


def _json(proposal: Proposal) -> str:
    try:
        return msgspec.json.encode(proposal).decode()
    except UnicodeEncodeError:  # halves of surrogate pairs, which the column replaces
        return json.dumps(msgspec.to_builtins(proposal), ensure_ascii=False)


def _known(row: AnyRow) -> KnownProposal:
    proposal = msgspec.json.decode(row.question, type=Proposal)
    return KnownProposal(row.id, row.user_id, row.made_at, proposal)
