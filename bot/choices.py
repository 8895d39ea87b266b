"""What servers and channels choose for the answers in them, each within its range; pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import InvalidChoice
from bot.streaming import TEMPERATURE, TOP_P

WHOLE_SERVER = 0
"""Stands in a channel's place where something is chosen for all of a server."""

LEAST_OUTPUT, MOST_OUTPUT = 300, 40_000
LEAST_CONTEXT, MOST_CONTEXT = 1_000, 1_000_000


class Name(StrEnum):
    """What can be chosen."""

    TEMPERATURE = "temperature"
    TOP_P = "top_p"
    MAX_OUTPUT = "max_output"
    CONTEXT = "context"
    THINKING = "thinking"
    FOOTER = "footer"
    MENTION_ONLY = "mention_only"


FRACTIONS = {Name.TEMPERATURE: 2, Name.TOP_P: 1}
"""Settings that are fractions from 0 on, and how far they go."""

WORDS = {
    Name.THINKING: ("shown", "hidden"),
    Name.FOOTER: ("shown", "hidden"),
    Name.MENTION_ONLY: ("off", "on"),
}
"""Settings that are one word of two, the usual one first."""


@dataclass(frozen=True, slots=True)
class Most:
    """What the bot's operator lets a turn take at most, which holds where nothing is chosen."""

    context: int
    max_output: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that was chosen for a channel, or for the whole server (0)."""

    channel_id: int
    name: Name
    value: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A setting's value, and for which channel it was chosen: 0 the server, None nobody chose."""

    name: Name
    value: str
    channel_id: int | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What holds for the answers in one place."""

    temperature: float
    top_p: float
    max_output: int
    context: int
    shows_thinking: bool
    shows_footer: bool
    mention_only: bool


def nearest(chosen: Iterable[Chosen], channel_ids: Sequence[int]) -> dict[Name, Chosen]:
    """Return what decides each setting: a thread's own before its channel's before the server's."""
    order = [*channel_ids, WHOLE_SERVER]
    known = [it for it in chosen if it.channel_id in order]
    known.sort(key=lambda it: order.index(it.channel_id), reverse=True)
    return {it.name: it for it in known}


def choices_of(decided: dict[Name, Chosen], most: Most) -> Choices:
    """Return what holds; what was chosen never goes beyond what the operator lets a turn take."""
    value = {name: default(name, most) for name in Name}
    value |= {name: it.value for name, it in decided.items()}
    return Choices(
        temperature=float(value[Name.TEMPERATURE]),
        top_p=float(value[Name.TOP_P]),
        max_output=min(int(value[Name.MAX_OUTPUT]), most.max_output),
        context=min(int(value[Name.CONTEXT]), most.context),
        shows_thinking=value[Name.THINKING] == "shown",
        shows_footer=value[Name.FOOTER] == "shown",
        mention_only=value[Name.MENTION_ONLY] == "on",
    )


def default(name: Name, most: Most) -> str:
    """Return the value that holds where nothing is chosen."""
    match name:
        case Name.TEMPERATURE:
            return f"{TEMPERATURE:g}"
        case Name.TOP_P:
            return f"{TOP_P:g}"
        case Name.MAX_OUTPUT:
            return str(most.max_output)
        case Name.CONTEXT:
            return str(most.context)
        case _:
            return WORDS[name][0]


def checked(name: Name, given: float | str, most: Most) -> str:
    """Return a value as it is kept; raise `InvalidChoice`, which names the range."""
    if name in WORDS:
        if given not in WORDS[name]:
            one, other = WORDS[name]
            raise InvalidChoice(name, "advice-either", {"one": one, "other": other})
        return str(given)
    value = _number(given)
    if name in FRACTIONS:
        if value is None or not 0 <= value <= FRACTIONS[name]:
            raise InvalidChoice(name, "advice-number", {"most": FRACTIONS[name]})
        return f"{round(value, 4) + 0.0:g}"
    least, limit = _whole_range(name, most)
    if value is None or value != int(value) or not least <= value <= limit:
        raise InvalidChoice(name, "advice-tokens", {"least": least, "most": limit})
    return str(int(value))


def _whole_range(name: Name, most: Most) -> tuple[int, int]:
    if name is Name.MAX_OUTPUT:
        limit = min(MOST_OUTPUT, most.max_output)
        return min(LEAST_OUTPUT, limit), limit
    limit = min(MOST_CONTEXT, most.context)
    return min(LEAST_CONTEXT, limit), limit


def _number(given: float | str) -> float | None:
    try:
        value = float(given)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None
