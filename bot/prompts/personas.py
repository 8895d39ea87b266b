"""What people want the model to be: instructions for a channel, a server, a person; pure.

What stands at a prompt's beginning must stay the same from turn to turn, so that a provider's
cache of it keeps hitting: it changes once a day at most. What depends on who asks stands with their
question, at the end.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.messages import Person
from bot.prompts.context import INSTRUCTIONS, one_line, speaker

LONGEST = 4_000
"""Characters of a persona: what Discord lets people write in one field."""

LONGEST_NAME = 100
"""Characters of a server's or channel's name: Discord allows no more."""

_PLACEHOLDER = re.compile(r"\{(date|server|channel|user)\}")
_OF_WHO_ASKS = "{user}"


class Scope(StrEnum):
    """For whom a persona is."""

    CHANNEL = "channel"
    SERVER = "server"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Persona:
    """Instructions for a channel, a server or a person, as they were written."""

    scope: Scope
    target_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the placeholders stand for; the date is the day only."""

    date: date
    server: str
    channel: str
    person: Person


@dataclass(frozen=True, slots=True)
class Orders:
    """What the model is told: at the prompt's beginning, and with the question."""

    opening: str = INSTRUCTIONS
    aside: str = ""


def shared(personas: Sequence[Persona], channel_ids: Sequence[int]) -> Persona | None:
    """Return the persona of all: a thread's own before its channel's before the server's."""
    of_channels = {it.target_id: it for it in personas if it.scope is Scope.CHANNEL}
    found = [of_channels[it] for it in channel_ids if it in of_channels]
    found += [it for it in personas if it.scope is Scope.SERVER]
    return found[0] if found else None


def orders(
    personas: Sequence[Persona], channel_ids: Sequence[int], surroundings: Surroundings
) -> Orders:
    """Return what the model is told where these personas hold."""
    opening, asides = INSTRUCTIONS, []
    persona = shared(personas, channel_ids)
    if persona is not None:
        text = filled(persona.text, surroundings)
        if _OF_WHO_ASKS in persona.text:
            asides.append(f"Instructions for this conversation:\n{text}")
        else:
            opening = f"{INSTRUCTIONS}\n\n{text}"
    name = speaker(surroundings.person)
    asides += [
        f"What {name} wants of every answer to them:\n{filled(own.text, surroundings)}"
        for own in personas
        if own.scope is Scope.PERSON
    ]
    return Orders(opening, "\n\n".join(asides))


def filled(text: str, surroundings: Surroundings) -> str:
    """Put what they stand for in the placeholders' places; other braces stay as they are."""
    values: Mapping[str, str] = {
        "date": f"{surroundings.date:%A}, {surroundings.date.isoformat()}",
        "server": _name(surroundings.server, "direct messages"),
        "channel": _name(surroundings.channel, "direct messages"),
        "user": speaker(surroundings.person),
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _name(name: str, otherwise: str) -> str:
    return one_line(name)[:LONGEST_NAME] or otherwise
