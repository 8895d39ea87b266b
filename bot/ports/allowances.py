"""What keeps proposals, warnings, and whose threads are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages import Place, ScreenAddress, Turn
from bot.quota.pricing import KnownProposal, Proposal
from bot.quota.rules import Standing, Subject


class Proposals(Protocol):
    """Keeps questions that wait for a yes, inside one transaction."""

    async def add(self, proposal: Proposal, at: datetime) -> int:
        """Store a proposal of its question's author and return its id."""
        ...

    async def find(self, proposal_id: int) -> KnownProposal | None:
        """Return a proposal that still waits."""
        ...

    async def hold(self, proposal_id: int) -> KnownProposal | None:
        """Return a proposal that still waits; nobody else changes it until this is committed."""
        ...

    async def take(self, proposal_id: int, user_id: int) -> Proposal | None:
        """Remove and return a person's proposal; None where there is no such any more."""
        ...

    async def about(self, message_id: int) -> KnownProposal | None:
        """Return the proposal whose question, or whose price, stands in this message."""
        ...

    async def naming(self, message_ids: Sequence[int]) -> list[KnownProposal]:
        """Return the proposals that hold one of these messages' numbers anywhere."""
        ...

    async def locate(self, proposal_id: int, address: ScreenAddress) -> None:
        """Remember where a person is asked."""
        ...

    async def replace(self, proposal_id: int, proposal: Proposal) -> bool:
        """Put another question in a proposal's place; False where it waits no more."""
        ...

    async def sweep(self, before: datetime) -> int:
        """Forget the proposals made before this moment; return how many they were."""
        ...


class Warnings(Protocol):
    """Remembers which limits a person was told of, inside one transaction."""

    async def note(self, subject: Subject, standing: Standing, rule: str, level: int) -> bool:
        """Remember a level of a limit's present window; False where it was told already."""
        ...

    async def greet(self, guild_id: int, joined_at: datetime) -> bool:
        """Remember that a server is greeted that was joined then; False where it was already."""
        ...

    async def alarm(self, kind: str, at: datetime, again_after: timedelta) -> bool:
        """Remember that the operator is told of this; False where that was so a while ago."""
        ...


class Threads(Protocol):
    """Remembers threads' owners, inside one transaction."""

    async def begin(self, place: Place, owner_id: int, name: str | None = None) -> None:
        """Remember for whom the bot opened a thread, and the name if the bot chose that."""
        ...

    async def name(self, channel_id: int) -> str | None:
        """Return the name that the bot chose for a thread; None where it chose none."""
        ...

    async def rename(self, channel_id: int, known: str, name: str) -> None:
        """Remember another name that the bot chose for a thread, unless it has a third one."""
        ...

    async def answers(self, channel_id: int) -> int:
        """Return how many answers there have been in a thread, for all to see."""
        ...

    async def first_said(self, channel_id: int) -> Turn | None:
        """Return what a thread began with, for all to see: its words alone; None if that is gone.

        It was said until the first answer.
        """
        ...

    async def is_begun(self, channel_id: int) -> bool:
        """Tell whether a thread is a conversation: the bot's own, or a branch."""
        ...

    async def end(self, channel_id: int) -> None:
        """Let a thread that was deleted be nobody's, and without a past if it is begun again."""
        ...

    async def owner(self, channel_id: int) -> int | None:
        """Return for whom the bot opened a thread; None where it opened none."""
        ...
