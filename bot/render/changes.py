"""Words for what was changed, by whom and when."""

import re

from bot.access import Kind, Target
from bot.changes import Change
from bot.quota import Meter
from bot.render.admissions import mention
from bot.render.amounts import amount_words, relative
from bot.render.notices import plain_text

_MOST = 90
"""Characters of a target or of a value on its line: ten lines must fit in one message."""

_ID = re.compile(r"\b(channel|role|member):(\d+)\b")
_METER = re.compile(rf"\b({'|'.join(Meter)})(?:/|$)")


def change_line(change: Change) -> str:
    """Return a change in one line: when, who, by which command, what, from what to what."""
    target = _ID.sub(_mention, _short(change.target))
    meter = _METER.search(change.target)
    before, after = (
        _value(value, meter[1] if meter else None) for value in (change.before, change.after)
    )
    return (
        f"- {relative(change.at)} <@{change.actor_id}> **/{plain_text(change.command)}** "
        f"{target}: {before} → {after}"
    )


def _mention(found: re.Match[str]) -> str:
    return mention(Target(Kind(found[1]), int(found[2])))


def _value(value: str | None, meter: str | None) -> str:
    if value is None:
        return "none"
    if meter is not None and value.isdecimal():
        return amount_words(meter, int(value))
    return _short(value)


def _short(text: str) -> str:
    """Return a text on one line, as it was written, and shortened so that one sees it."""
    line = " ".join(text.split())
    shown, kept = plain_text(line), line[:_MOST]
    while len(shown) > _MOST:  # with its marks it is up to twice as long
        kept = kept[:-1]
        shown = plain_text(f"{kept}…")
    return shown
