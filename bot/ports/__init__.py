"""What the core needs from outside, as Protocols; the adapters that fit them do not import them."""

from bot.ports.history import History
from bot.ports.ledger import Audit, Ledger
from bot.ports.model import Model
from bot.ports.reports import Reports
from bot.ports.screen import Growing, OpenScreen, ReadFiles, Screen
from bot.ports.storage import Storage, Transaction

__all__ = [
    "Audit",
    "Growing",
    "History",
    "Ledger",
    "Model",
    "OpenScreen",
    "ReadFiles",
    "Reports",
    "Screen",
    "Storage",
    "Transaction",
]
