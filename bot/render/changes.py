"""Words for what was changed, by whom and when.

The trail keeps few words, the same in every language. Those that the bot itself may have written
are shown in the reader's; all else as it was written.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.choices import FRACTIONS, WORDS, Name
from bot.quota.access import Kind, Target
from bot.quota.rules import Meter, Scope
from bot.quota.windows import Window
from bot.records.changes import Change
from bot.render.admissions import mention
from bot.render.amounts import amount_words, part_words, relative
from bot.render.choices import value_words
from bot.render.notices import plain_text
from bot.words import choice, command, joined, option, say

_ROOM = 3_700
"""Characters of all lines: below a heading they must fit in one message."""

_SIZES = (500, 200, 90)
"""Characters of a target or of a value on its line: of the last size ten lines fit, whatever."""

_ID = re.compile(r"\b(channel|role|member):([0-9]{1,20})\b")
_WHOM = {Scope.EVERYONE.value: "audit-each-member", Scope.SERVER.value: "audit-whole-server"}
_WHOSE = re.compile(rf"^(?:{'|'.join(_WHOM)})(?= )")
_METERS = "|".join(Meter)
_WINDOWS = "|".join(Window)
_N = r"[0-9]{1,18}"  # what a database keeps; a reason that somebody wrote may hold more
_METER = re.compile(rf"\b({_METERS})(?:/|$)")
_AMOUNT = re.compile(rf"\b(?:(?:({_N}) of )?({_N}) ({_METERS})|({_METERS})=({_N}))\b")
_USED = re.compile(rf"{_N} of {_N} (?:{_METERS})/(?:{_WINDOWS})")
_UNTIL = re.compile(rf"({_N}) ({_METERS}) until (\d{{4}}-\d\d-\d\d \d\d:\d\d) UTC", re.ASCII)
_SIZE = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3}){0,3} characters")

_PLAIN = {
    "allow": "audit-allow",
    "deny": "audit-deny",
    "exempt": "audit-exempt",
    "not exempt": "audit-not-exempt",
    "afresh": "audit-afresh",
}
"""Values that are always written alike."""

_WHO = rf"(?:{'|'.join(_WHOM)}|(?:channel|role|member):[0-9]{{1,20}})"
_SETTINGS = "|".join((*Name, "timezone"))
_SETTING = re.compile(rf"({_SETTINGS})(?: in (channel:[0-9]{{1,20}}))?")


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
    setting, meter = _SETTING.fullmatch(change.target), _METER.search(change.target)
    before, after = (
        _value(value, meter[1] if meter else None, setting[1] if setting else None, most)
        for value in (change.before, change.after)
    )
    return say(
        "audit-line",
        when=relative(change.at),
        actor=f"<@{change.actor_id}>",
        command=command(plain_text(change.command)),
        target=_target(change.target, most),
        before=before,
        after=after,
    )


def _target(target: str, most: int) -> str:
    """Return what was changed: of what the bot notes, in the reader's words."""
    for pattern, words in _TARGETS:
        if found := pattern.fullmatch(target):
            return words(found)
    kept = _WHOSE.sub(lambda it: say(_WHOM[it[0]]), _short(target, most))
    return _mentioned(kept)


def _limit(found: re.Match[str]) -> str:
    meter, window = choice("meter", found[2]), choice("window", found[3])
    return say("audit-limit", whom=_who(found[1]), meter=meter, window=window)


def _allowance(found: re.Match[str]) -> str:
    return say("audit-allowance", whom=_who(found[1]), meter=choice("meter", found[2]))


def _reports(found: re.Match[str]) -> str:
    return say("audit-reports", whom=_who(found[1]))


def _persona(found: re.Match[str]) -> str:
    whose = found[1]
    if whose == "server":
        return say("audit-persona-server")
    return say("audit-persona-channel", channel=_mentioned(whose))


def _setting(found: re.Match[str]) -> str:
    name, place = option(found[1]), found[2]
    if place is None:
        return name
    return say("audit-setting-in", setting=name, channel=_mentioned(place))


_TARGETS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"({_WHO}) ({_METERS})/({_WINDOWS})"), _limit),
    (re.compile(rf"({_WHO}) ({_METERS})"), _allowance),
    (re.compile(rf"({_WHO}) reports"), _reports),
    (re.compile(r"persona of (server|channel:[0-9]{1,20})"), _persona),
    (_SETTING, _setting),
)


def _who(whom: str) -> str:
    return say(_WHOM[whom]) if whom in _WHOM else _mentioned(whom)


def _mentioned(text: str) -> str:
    return _ID.sub(lambda it: mention(Target(Kind(it[1]), int(it[2]))), text)


def _value(value: str | None, meter: str | None, setting: str | None, most: int) -> str:
    """Return a value in the reader's words, and a reason in brackets as it was written."""
    if value is None:
        return say("audit-nothing")
    if meter is not None and re.fullmatch(_N, value):
        return amount_words(meter, int(value))
    if setting in set(Name):
        return _chosen(Name(setting), value, most)
    noted, bracket, reason = value.partition(" (")
    ours = _ours(noted)
    if ours is None:
        return _short(f"{_amounts(noted)}{bracket}{reason}", most)
    room = most * 2 // 3 if bracket else most
    ours = ours if len(ours) <= room else f"{ours[: room - 1]}…"
    return f"{ours} {_short(f'({reason}', most - len(ours))}" if bracket else ours


def _chosen(name: Name, value: str, most: int) -> str:
    """Return a setting's value with its unit; what no setting takes as it was written."""
    pattern = r"[0-9]{1,2}(?:\.[0-9]{1,4})?" if name in FRACTIONS else _N
    fits = value in WORDS[name] if name in WORDS else re.fullmatch(pattern, value)
    return value_words(name, value) if fits else _short(value, most)


def _ours(value: str) -> str | None:
    """Return what the bot itself noted in the reader's words; None where it did not."""
    if value in _PLAIN:
        return say(_PLAIN[value])
    if _SIZE.fullmatch(value):
        return say("audit-characters", count=int(value.split()[0].replace(",", "")))
    if found := _UNTIL.fullmatch(value):
        return _until(found)
    parts = value.split(", ")
    if not all(_USED.fullmatch(it) or _AMOUNT.fullmatch(it) for it in parts):
        return None
    return joined([_used(it) for it in parts])


def _used(part: str) -> str:
    """Return an amount, and where it was used in a window, in which."""
    amount, _, window = part.partition("/")
    if not window:
        return _amounts(amount)
    return say("audit-used", used=_amounts(amount), window=choice("window", window))


def _until(found: re.Match[str]) -> str | None:
    """Return an allowance with its end, as Discord shows it to each reader."""
    try:
        ends = datetime.strptime(f"{found[3]} +0000", "%Y-%m-%d %H:%M %z")
    except ValueError:  # no such day
        return None
    amount = amount_words(found[2], int(found[1]))
    return say("audit-until", amount=amount, when=f"<t:{int(ends.timestamp())}:f>")


def _amounts(text: str) -> str:
    return _AMOUNT.sub(_amount, text)


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
