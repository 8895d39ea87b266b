"""What finds others' answers that repeat a person's words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.records.echoes import Family, Growth, Spoken


class Echoes(Protocol):
    """Reads who said what where, and erases answers, inside one transaction; amounts stay."""

    async def turns(self, user_id: int, until: datetime) -> list[tuple[int, int]]:
        """Return a person's turns and those that quote them, each with its conversation."""
        ...

    async def growths(self) -> list[Growth]:
        """Return from where each branch grew."""
        ...

    async def own_words(self, user_id: int, turn_ids: Sequence[int]) -> list[Spoken]:
        """Return what a person said in these turns, with files, and quotes of it."""
        ...

    async def others_words(
        self, conversation_id: int, user_id: int, after: int, most: int
    ) -> list[Spoken]:
        """Return what others said there after a turn, with files, without quotes of a person."""
        ...

    async def answers(
        self,
        conversation_id: int,
        user_id: int,
        within: range,
        after: tuple[int, int],
        most: int,
        since: datetime | None = None,
        begun_by: datetime | None = None,
    ) -> list[Spoken]:
        """Return answers there to others within these turns, after a turn and an answer.

        With `since`, only those that are being written or ended after that moment; with `begun_by`,
        only those that had begun then.
        """
        ...

    async def said_elsewhere(self, user_id: int, reached: Sequence[int], most: int) -> list[Spoken]:
        """Return the latest answers where a person never spoke and what they said never got."""
        ...

    async def titles(self, family: Family) -> list[Spoken]:
        """Return the titles that were made for these conversations."""
        ...

    async def erase(self, answer_ids: Sequence[int], conversation_ids: Sequence[int]) -> int:
        """Erase what answers said, with their copies, and titles; return how many answers."""
        ...

    async def erase_unchecked(self) -> int:
        """Erase answers that a kill kept from being looked at; return how many."""
        ...
