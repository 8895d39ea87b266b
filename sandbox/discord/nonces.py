"""Nonces, by which a message that is sent again is known again."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.model import Clock, Message

REMEMBERED = 300.0
"""Seconds for which a nonce is known."""


class Nonces:
    """Remembers under which nonce an author made which message of a channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[tuple[int, int, str], tuple[float, int]] = {}

    def find(self, author_id: int, channel_id: int, payload: Mapping[str, Any]) -> int | None:
        """Return the id of the message that a payload repeats, if it asks for that to be found."""
        if payload.get("nonce") is None or not payload.get("enforce_nonce"):
            return None
        found = self._made.get((author_id, channel_id, str(payload["nonce"])))
        return None if found is None or self._is_old(found[0]) else found[1]

    def remember(self, message: Message) -> None:
        """Remember a message's nonce, and forget old ones."""
        if message.nonce is None:
            return
        while self._made and self._is_old(next(iter(self._made.values()))[0]):
            del self._made[next(iter(self._made))]
        key = (message.author_id, message.channel_id, message.nonce)
        self._made[key] = (self._clock(), message.id)

    def _is_old(self, at: float) -> bool:
        return self._clock() - at > REMEMBERED
