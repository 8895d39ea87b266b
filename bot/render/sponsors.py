"""Words for threads that others pay."""

from bot.quota.grants import Sponsorship
from bot.render.amounts import amount_words, number
from bot.words import say


def begun_words(sponsorship: Sponsorship) -> str:
    """Return what a thread is told when somebody begins to pay."""
    cap = amount_words(sponsorship.meter, sponsorship.cap)
    begun = say("sponsor-begun", sponsor=_sponsor(sponsorship), cap=cap)
    return f"{begun}\n{say('sponsor-begun-more')}"


def ended_words(sponsorship: Sponsorship | None) -> str:
    """Return what a thread is told when nobody pays for others any more, or nobody did."""
    if sponsorship is None:
        return say("sponsor-nobody")
    meter = sponsorship.meter
    spent, cap = number(meter, sponsorship.spent), amount_words(meter, sponsorship.cap)
    return say("sponsor-ended", sponsor=_sponsor(sponsorship), spent=spent, cap=cap)


def state_words(sponsorship: Sponsorship | None) -> str:
    """Return who sponsors a thread and what is left of it."""
    if sponsorship is None:
        return say("sponsor-nobody")
    meter = sponsorship.meter
    return say(
        "sponsor-state",
        sponsor=_sponsor(sponsorship),
        spent=number(meter, sponsorship.spent),
        cap=amount_words(meter, sponsorship.cap),
        left=number(meter, sponsorship.left),
    )


def _sponsor(sponsorship: Sponsorship) -> str:
    return f"<@{sponsorship.sponsor_id}>"
