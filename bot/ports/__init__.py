"""What the core needs from outside, as Protocols; the adapters that fit them do not import them."""

from bot.ports.allowances import Proposals, Threads, Warnings
from bot.ports.choices import Holding, PlaceChoices
from bot.ports.echoes import Echoes
from bot.ports.erasures import Erasures, Files
from bot.ports.exports import Exports
from bot.ports.history import History
from bot.ports.ledger import Ledger
from bot.ports.model import Model
from bot.ports.reports import Reports
from bot.ports.screen import Growing, OnAddress, OpenScreen, ReadFiles, Screen, Whisper
from bot.ports.servers import Access, Audit, Preferences
from bot.ports.shelves import Shelves
from bot.ports.storage import Storage, Transaction
from bot.ports.variants import Branches, Variants

__all__ = [
    "Access",
    "Audit",
    "Branches",
    "Echoes",
    "Erasures",
    "Exports",
    "Files",
    "Growing",
    "History",
    "Holding",
    "Ledger",
    "Model",
    "OnAddress",
    "OpenScreen",
    "PlaceChoices",
    "Preferences",
    "Proposals",
    "ReadFiles",
    "Reports",
    "Screen",
    "Shelves",
    "Storage",
    "Threads",
    "Transaction",
    "Variants",
    "Warnings",
    "Whisper",
]
