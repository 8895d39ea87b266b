"""Trouble by switch: what a visitor turns on to watch the bot cope, and off again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox.discord.model import Json
from sandbox.discord.server import DiscordServer
from sandbox.openrouter import scripts
from sandbox.openrouter.faults import Fault
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer, Script

SLOW_TOKENS, SLOW_START = 6.0, 4.0
"""A slow model's tokens a second, and the seconds before its first."""
CUT_AT = 0.6
"""The part of an answer's text after which its stream is cut."""
RETRY_AFTER = 3
"""Seconds after which an overloaded OpenRouter says to come again: few, as somebody watches."""

_WRITES = r"^/(channels/\d+/messages|webhooks/)"


@dataclass(frozen=True, slots=True)
class Switch:
    """One trouble; `moment` tells that it happens once, at the press of a button."""

    name: str
    label: str
    explains: str
    moment: bool = False
    needs_model: bool = False


SWITCHES = (
    Switch(
        "openrouter-429",
        "OpenRouter answers 429",
        "Every request to the model is refused as one too many.",
        needs_model=True,
    ),
    Switch(
        "stream-cut",
        "Stream cut",
        "The connection breaks in the middle of each answer.",
        needs_model=True,
    ),
    Switch(
        "slow-model",
        "Slow model",
        f"The first word takes {SLOW_START:.0f} seconds, and few follow.",
        needs_model=True,
    ),
    Switch(
        "discord-5xx",
        "Discord 5xx",
        "Discord answers every other message of the bot with 502.",
    ),
    Switch(
        "gateway-drop",
        "Gateway drop",
        "Discord's live connection to the bot breaks; the bot resumes it.",
        moment=True,
    ),
)


class Switches:
    """Turns trouble on and off; without a `router` of our own its troubles can't be had."""

    def __init__(self, discord: DiscordServer, router: OpenRouterServer | None) -> None:
        self._discord = discord
        self._router = router
        self._on: set[str] = set()
        self._script: Script = router.script if router is not None else scripts.answer
        if router is not None:
            router.script = self._troubled

    def state(self) -> list[Json]:
        """Return every switch: what it does, whether it is on, and whether it can be."""
        return [
            {
                "name": each.name,
                "label": each.label,
                "explains": each.explains,
                "moment": each.moment,
                "on": each.name in self._on,
                "possible": self._router is not None or not each.needs_model,
            }
            for each in SWITCHES
        ]

    def turn(self, name: str, *, on: bool) -> None:
        """Turn a switch; raise LookupError where there is none that can be turned."""
        switch = next((each for each in SWITCHES if each.name == name), None)
        if switch is None or (switch.needs_model and self._router is None):
            raise LookupError(f"There is no switch {name!r} to turn here.")
        if switch.moment:
            self._discord.gateway.drop()
            return
        (self._on.add if on else self._on.discard)(name)
        self._apply()

    def _apply(self) -> None:
        if self._router is not None:
            headers = {"Retry-After": str(RETRY_AFTER)}
            refused = "openrouter-429" in self._on
            self._router.standing = Fault(status=429, headers=headers) if refused else None
        if "discord-5xx" in self._on:
            self._discord.faults.keep("discord-5xx", None, _WRITES, status=502, every=2)
        else:
            self._discord.faults.lift("discord-5xx")

    def _troubled(self, messages: Sequence[Mapping[str, Any]]) -> Reply:
        """Answer by script, with what is switched on happening to the stream."""
        reply = self._script(messages)
        if "slow-model" in self._on:
            reply = replace(
                reply, tokens_per_second=SLOW_TOKENS, first_delay=SLOW_START, comments=4
            )
        if "stream-cut" in self._on:
            cut = len(reply.thinking) + max(1, round(len(reply.text) * CUT_AT))
            reply = replace(reply, cut_after=cut)
        return reply
