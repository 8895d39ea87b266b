"""Words for what servers and channels chose."""

from collections.abc import Sequence
from decimal import Decimal

from bot.choices import FRACTIONS, WHOLE_SERVER, Chosen, Decided, Name
from bot.words import choice, decimal, joined, option, say

_TOKENS = frozenset({Name.MAX_OUTPUT, Name.CONTEXT})


def decided_lines(decided: Sequence[Decided], channel_id: int) -> list[str]:
    """Return a line for each setting that holds in a channel: its value, and who decided it."""
    lines = [say("settings-heading", channel=f"<#{channel_id}>")]
    for it in decided:
        whose = place_words(it.channel_id, channel_id)
        value, meaning = value_words(it.name, it.value), say(f"meaning-{_slug(it.name)}")
        name = option(it.name)
        lines.append(say("settings-line", name=name, value=value, whose=whose, meaning=meaning))
    return lines


def chosen_lines(chosen: Sequence[Chosen], channel_id: int) -> list[str]:
    """Return what was set, and for which place."""
    values = [
        say("settings-set-one", name=option(it.name), value=value_words(it.name, it.value))
        for it in chosen
    ]
    return [say("settings-set", where=_where(channel_id), settings=joined(values))]


def gone_lines(names: Sequence[Name], channel_id: int) -> list[str]:
    """Return what was reset, and for which place."""
    where = _where(channel_id)
    if not names:
        return [say("settings-reset-nothing", where=where)]
    return [say("settings-reset", where=where, names=joined([option(it) for it in names]))]


def _where(channel_id: int) -> str:
    return say("settings-this-server") if channel_id == WHOLE_SERVER else f"<#{channel_id}>"


def place_words(channel_id: int | None, here: int) -> str:
    """Return who decided a value that holds in a channel."""
    if channel_id is None:
        return say("settings-default")
    if channel_id == WHOLE_SERVER:
        return say("settings-by-server")
    return say("settings-here") if channel_id == here else f"<#{channel_id}>"


def value_words(name: Name, value: str) -> str:
    """Return a value with its unit."""
    if name in _TOKENS:
        return say("settings-tokens", amount=int(value))
    if name in FRACTIONS:
        return decimal(Decimal(value), 0, 4)
    return choice(name, value)


def _slug(name: Name) -> str:
    return name.replace("_", "-")
