"""What keeps a question's several answers, and copies a past into a branch."""

from typing import Protocol

from bot.answers.answered import Answered
from bot.answers.branches import Branch
from bot.messages import ScreenAddress


class Variants(Protocol):
    """Keeps what a turn's answers are to each other, inside one transaction."""

    async def of(self, answer_id: int) -> Answered | None:
        """Return the question that an answer belongs to, with all its answers."""
        ...

    async def shown_for(self, message_id: int) -> Answered | None:
        """Return a message's question with its answers, where one of those stands anywhere."""
        ...

    async def take_over(self, turn_id: int) -> ScreenAddress | None:
        """Return where a turn's answer stands, and note that none stands there any more."""
        ...

    async def choose(self, turn_id: int, answer_id: int, address: ScreenAddress | None) -> None:
        """Let an answer be the one in the past, and stand where another stood."""
        ...

    async def prefer(self, answer_id: int) -> None:
        """Let an answer that came later be the one in the past, where one was chosen before."""
        ...

    async def thinking(self, answer_id: int) -> str:
        """Return an answer's thinking, with that of the answers which it goes on with."""
        ...


class Branches(Protocol):
    """Begins branches, inside one transaction."""

    async def copy(self, branch: Branch, target_id: int, most: int) -> int:
        """Copy as many of the latest turns, each with the answer in the past; return how many."""
        ...
