"""Words for what was changed, by whom and when."""

import re
from collections.abc import Sequence

from bot.quota.access import Kind, Target
from bot.quota.rules import Meter, Scope
from bot.records.changes import Change
from bot.render.admissions import mention
from bot.render.amounts import amount_words, part_words, relative
from bot.render.notices import plain_text
from bot.words import command, say

_ROOM = 3_700
"""Characters of all lines: below a heading they must fit in one message."""

_SIZES = (500, 200, 90)
"""Characters of a target or of a value on its line: of the last size ten lines fit, whatever."""

_ID = re.compile(r"\b(channel|role|member):(\d{1,20})\b")
_WHOM = {Scope.EVERYONE.value: "audit-each-member", Scope.SERVER.value: "audit-whole-server"}
_WHOSE = re.compile(rf"^(?:{'|'.join(_WHOM)})(?= )")
_METERS = "|".join(Meter)
_N = r"\d{1,18}"  # what a database keeps; a reason that somebody wrote may hold more
_METER = re.compile(rf"\b({_METERS})(?:/|$)")
_AMOUNT = re.compile(rf"\b(?:(?:({_N}) of )?({_N}) ({_METERS})|({_METERS})=({_N}))\b")


def change_lines(changes: Sequence[Change]) -> list[str]:
    """Return changes in a line each, what was written in them as whole as a message holds."""
    lines: list[str] = []
    for most in _SIZES:
        lines = [_line(change, most) for change in changes]
        if sum(len(line) + 1 for line in lines) <= _ROOM:
            break
    return lines


def _line(change: Change, most: int) -> str:
    """Return a change in one line: when, who, by which command, what, from what to what."""
    target = _WHOSE.sub(lambda it: say(_WHOM[it[0]]), _short(change.target, most))
    target = _ID.sub(_mention, target)
    meter = _METER.search(change.target)
    before, after = (
        _value(value, meter[1] if meter else None, most) for value in (change.before, change.after)
    )
    return say(
        "audit-line",
        when=relative(change.at),
        actor=f"<@{change.actor_id}>",
        command=command(plain_text(change.command)),
        target=target,
        before=before,
        after=after,
    )


def _mention(found: re.Match[str]) -> str:
    return mention(Target(Kind(found[1]), int(found[2])))


def _value(value: str | None, meter: str | None, most: int) -> str:
    if value is None:
        return say("audit-nothing")
    if meter is not None and re.fullmatch(_N, value):
        return amount_words(meter, int(value))
    ours, bracket, reason = value.partition(" (")
    return _short(f"{_AMOUNT.sub(_amount, ours)}{bracket}{reason}", most)


def _amount(found: re.Match[str]) -> str:
    part, amount, meter = found[1], found[2] or found[5], found[3] or found[4]
    words = amount_words(meter, int(amount))
    return words if part is None else part_words(meter, int(part), int(amount))


def _short(text: str, most: int) -> str:
    """Return a text on one line, as it was written, and shortened so that one sees it."""
    line = " ".join(text.split())
    shown, kept = plain_text(line), line[:most]
    while len(shown) > most:  # with its marks it is up to twice as long
        kept = kept[:-1]
        shown = plain_text(f"{kept}…")
    return shown
