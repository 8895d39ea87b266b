"""What erases a person's words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.records.erasures import Erased, Found


class Files(Protocol):
    """The database's files, as far as they are ours."""

    async def size(self) -> int | None:
        """Return their bytes, None where they are a server's."""
        ...

    async def purge(self, *, most_bytes: int | None = None) -> bool:
        """Let nothing that was deleted remain in them, and tell whether that is done.

        Nothing else is written meanwhile. False where they are larger than `most_bytes`, or in use.
        """
        ...


class Erasures(Protocol):
    """Finds and erases what a person said, inside one transaction; amounts stay."""

    async def begin(self, user_id: int, until: datetime) -> None:
        """Note that all that a person said up to then is to be forgotten."""
        ...

    async def is_forgotten(self, user_id: int, said_at: datetime) -> bool:
        """Tell whether what a person said then is to be forgotten."""
        ...

    async def begun(self) -> list[tuple[int, datetime]]:
        """Return whose words are not all erased and purged yet, and until when they said them."""
        ...

    async def note_erased(self, user_id: int, at: datetime) -> None:
        """Note that no table holds any of it any more."""
        ...

    async def note_purged(self, at: datetime) -> None:
        """Note that the files hold nothing more of what was erased up to then."""
        ...

    async def turns_of(self, user_id: int, until: datetime) -> list[int]:
        """Return a person's turns that are not forgotten yet."""
        ...

    async def quotes_of(self, user_id: int, until: datetime) -> list[int]:
        """Return others' turns before whose words a person's stand."""
        ...

    async def erase_quotes(self, turn_ids: Sequence[int]) -> Erased:
        """Take the words of others away that stand before these turns' own."""
        ...

    async def count_turns(self, turn_ids: Sequence[int]) -> Found:
        """Count what is kept of these turns."""
        ...

    async def erase_turns(self, turn_ids: Sequence[int], at: datetime) -> Erased:
        """Erase the words of these turns, their files and answers."""
        ...

    async def is_emptied(self, answer_id: int) -> bool:
        """Tell whether what an answer said was erased."""
        ...

    async def titled_by(self, user_id: int) -> set[int]:
        """Return the conversations of a person's that have a title made for them."""
        ...

    async def titled_with(self, turn_ids: Sequence[int]) -> set[int]:
        """Return the conversations whose title may be made of these turns' words."""
        ...

    async def mark_stale(self, conversation_id: int, first_turn_id: int) -> None:
        """Note of a conversation's answers from this turn on that they rested on what is gone."""
        ...

    async def count_others(self, user_id: int) -> Found:
        """Count what else there is of a person: personas, waiting questions, reasons."""
        ...

    async def erase_others(self, user_id: int) -> Found:
        """Erase what else there is of a person, and return how much that was."""
        ...
