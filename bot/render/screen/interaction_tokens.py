"""An interaction's token, by which messages are reached as long as it lives; pure."""

from datetime import datetime, timedelta
from math import inf

from msgspec.structs import replace

from bot.errors import OutOfReach
from bot.messages import ScreenAddress

TOKEN_MARGIN = timedelta(minutes=1)
"""So long before a token ends, a public answer moves to the channel's own routes."""


def ends_in(address: ScreenAddress, now: datetime) -> float:
    """Return the seconds until a private answer's token, which alone reaches it, nearly ends.

    A minute is left then to say so.
    """
    if not address.ephemeral or address.token_expires_at is None:
        return inf
    return (address.token_expires_at - TOKEN_MARGIN - now).total_seconds()


def living_token(address: ScreenAddress, now: datetime) -> str | None:
    """Return the token while it is to be used; raise `OutOfReach` where nothing else helps."""
    if address.interaction_token is None or address.token_expires_at is None:
        return None
    if address.token_expires_at - now > (timedelta(0) if address.ephemeral else TOKEN_MARGIN):
        return address.interaction_token
    if address.ephemeral:
        raise OutOfReach
    return None


def without_token(address: ScreenAddress) -> ScreenAddress | None:
    """Return how to go on where a token ended early: by the channel's routes, if that can be."""
    if address.ephemeral or address.interaction_token is None or not address.message_ids:
        return None
    return replace(address, interaction_token=None)
