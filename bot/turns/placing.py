"""What holds for a question where it was asked: what its place chose, and the personas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.choices import MOST_CONTEXT, MOST_OUTPUT, Choices, Most, choices_of, nearest
from bot.messages import Question
from bot.ports import Transaction
from bot.prompts.personas import Orders, Surroundings, orders
from bot.snapshots import Looks

_NOBODY = 0
"""A person without a persona: how answers look is nobody's own."""

_ANY = Most(MOST_CONTEXT, MOST_OUTPUT)
"""How much a turn may take does not matter to how its answer looks."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What a place chose for its answers, and what the model is told there."""

    choices: Choices
    orders: Orders

    @property
    def looks(self) -> Looks:
        """Return which of the small lines around an answer are shown."""
        return _looks(self.choices)


def unplaced(most: Most) -> Placed:
    """Return what holds where nobody chose anything."""
    return Placed(choices_of({}, most), Orders())


async def placed(question: Question, most: Most, now: datetime, tx: Transaction) -> Placed:
    """Return what holds for a question; it takes one statement."""
    channels = question.channel_ids
    found = await tx.choices.holding(question.place.guild_id, channels, question.author.id)
    day, names = now.astimezone(found.zone).date(), question.names
    around = Surroundings(day, names.server, names.channel, question.author)
    return Placed(
        choices_of(nearest(found.chosen, channels), most),
        orders(found.personas, channels, around),
    )


async def looks_of(guild_id: int | None, channel_ids: Sequence[int], tx: Transaction) -> Looks:
    """Return which of the small lines around an answer are shown in a place now."""
    found = await tx.choices.holding(guild_id, channel_ids, _NOBODY)
    return _looks(choices_of(nearest(found.chosen, channel_ids), _ANY))


def _looks(choices: Choices) -> Looks:
    return Looks(choices.shows_thinking, choices.shows_footer)
