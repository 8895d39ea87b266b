"""The commands there are, with options that each can be tried with."""

from collections.abc import Callable
from typing import Any

from tests.second_opinion.server import Server

Options = Callable[[Server], dict[str, Any]]

REQUESTS = {"meter": "requests", "window": "day"}

PERSONA = {"persona show", "persona set", "persona reset"}
HISTORY = {"history show", "history clear", "history export", "history forget"}
SPONSOR = {"sponsor on", "sponsor off", "sponsor show"}
ANYBODY = {"ask", "chat", "help", "usage"} | SPONSOR | PERSONA | HISTORY
"""What everybody has."""

READING: dict[str, Options] = {
    "quota list": lambda _: {},
    "quota show": lambda it: {"member": it.member},
    "quota report": lambda _: {},
    "quota simulate": lambda _: {**REQUESTS, "amount": 3},
    "access list": lambda _: {},
    "settings show": lambda _: {},
    "audit": lambda _: {},
}
"""What admins read, and those whom they let."""

CHANGING: dict[str, Options] = {
    "quota set": lambda _: {**REQUESTS, "amount": 3},
    "quota remove": lambda _: REQUESTS,
    "quota grant": lambda it: {"member": it.member, "meter": "requests", "amount": 3},
    "quota reset": lambda it: {"member": it.member},
    "quota exempt": lambda it: {"member": it.member, "on": True},
    "access allow": lambda it: {"member": it.member},
    "access deny": lambda it: {"member": it.member},
    "access remove": lambda it: {"member": it.member},
    "settings set": lambda _: {"timezone": "Europe/Berlin"},
    "settings reset": lambda _: {"setting": "timezone"},
}
"""What changes something for a server."""
