"""What the cogs work with, put together."""

from dataclasses import dataclass

from bot.administration import Administration
from bot.administration.sponsoring import Sponsoring
from bot.conversation import Conversations
from bot.housekeeping import Housekeeping
from bot.memory.edits import Memory
from bot.memory.exporting import Exporting
from bot.memory.forgetting import Forgetting
from bot.memory.shelves import Shelves
from bot.memory.variants import Variants
from bot.render.drawing.pictures import Pictures
from bot.render.pacing.pacer import Pacer
from bot.threads.beginnings import Threads
from bot.threads.branching import Branching
from bot.threads.stays import Stays
from bot.threads.titling import Titling
from bot.turns.alarms import Alarms
from bot.turns.changing import Changing
from bot.turns.deletions import Deletions
from bot.turns.order import Turns
from bot.turns.proposals import Proposals
from bot.turns.quoting import Quoting
from bot.turns.repainting import Repainting


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
    repainting: Repainting
    proposals: Proposals
    sponsoring: Sponsoring
    alarms: Alarms
    titling: Titling
    stays: Stays
    changing: Changing
    deletions: Deletions
    quoting: Quoting
    turns: Turns
    pacer: Pacer
    pictures: Pictures
