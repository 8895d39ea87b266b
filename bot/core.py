"""What the cogs work with, put together."""

from dataclasses import dataclass

from bot.administration import Administration
from bot.alarms import Alarms
from bot.branching import Branching
from bot.conversation import Conversations
from bot.exporting import Exporting
from bot.forgetting import Forgetting
from bot.housekeeping import Housekeeping
from bot.memory import Memory
from bot.proposals import Proposals
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.pacer import Pacer
from bot.shelves import Shelves
from bot.sponsoring import Sponsoring
from bot.stays import Stays
from bot.threads import Threads
from bot.titling import Titling
from bot.turns import Turns
from bot.variants import Variants


@dataclass(frozen=True, slots=True)
class Core:
    """What the cogs work with."""

    conversations: Conversations
    administration: Administration
    variants: Variants
    branching: Branching
    threads: Threads
    memory: Memory
    shelves: Shelves
    forgetting: Forgetting
    exporting: Exporting
    housekeeping: Housekeeping
    proposals: Proposals
    sponsoring: Sponsoring
    alarms: Alarms
    titling: Titling
    stays: Stays
    turns: Turns
    pacer: Pacer
    pictures: Pictures
