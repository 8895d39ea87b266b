"""Words for threads that others pay."""

from bot.grants import Sponsorship
from bot.render.amounts import amount_words, number

NOBODY = "Nobody sponsors this thread: everybody's turns count on themselves."


def begun_words(sponsorship: Sponsorship) -> str:
    """Return what a thread is told when somebody begins to pay."""
    cap = amount_words(sponsorship.meter, sponsorship.cap)
    return (
        f"<@{sponsorship.sponsor_id}> sponsors this thread: everybody's turns here count on them, "
        f"up to {cap} in all.\n-# Beyond that, or where their own limits have no room, each pays "
        "for themselves. `/sponsor off` ends it."
    )


def ended_words(sponsorship: Sponsorship) -> str:
    """Return what a thread is told when nobody pays for others any more."""
    return (
        f"<@{sponsorship.sponsor_id}> no longer sponsors this thread; "
        f"{_spent(sponsorship)}. From now on everybody's turns count on themselves."
    )


def state_words(sponsorship: Sponsorship | None) -> str:
    """Return who sponsors a thread and what is left of it."""
    if sponsorship is None:
        return NOBODY
    left = number(sponsorship.meter, sponsorship.left)
    return f"<@{sponsorship.sponsor_id}> sponsors this thread: {_spent(sponsorship)}, {left} left."


def _spent(sponsorship: Sponsorship) -> str:
    meter = sponsorship.meter
    return f"{number(meter, sponsorship.spent)} of {amount_words(meter, sponsorship.cap)} spent"
