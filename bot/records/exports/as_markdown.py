"""An exported conversation as Markdown; whatever people wrote, it can't break out of its place.

Words stand in quotes, which end whatever was left open in them; files stand in fences longer than
any in them; names are escaped. What the bot says itself it says in the language that is spoken.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.records.exports.values import FileText, Head, Said, Turn
from bot.words import say

SUFFIX = "md"

_LINE_END = re.compile(r"\r\n|\r|\n")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|~&:@$^=-]")
_STATES = {
    "length": "document-length",
    "stopped": "document-stopped",
    "interrupted": "document-interrupted",
}


def turn(it: Turn) -> bytes:
    """Return a turn: who asked what with which files, and what was answered."""
    author = inert(it.author.name) or inert(it.author.username)
    if it.author.name != it.author.username:
        author += f" ({inert('@' + it.author.username)})"
    marks = [
        _moment(it.asked_at),
        *([say("document-edited", when=_moment(it.edited_at))] if it.edited_at else []),
        *([say("document-private")] if it.private else []),
        *([say("document-pinned")] if it.pinned else []),
    ]
    parts = [f"## {author}", f"*{' · '.join(marks)}*"]
    parts += [quoted(it.text)] if it.text else []
    for file in it.files:
        parts += _file(file)
    for place, said in enumerate(it.answers, 1):
        parts += _answer(said, place, len(it.answers))
    return _encoded("\n\n".join(parts) + "\n")


def _file(file: FileText) -> list[str]:
    name = f"**{inert(file.name) or say('document-unnamed')}**"
    words = say("document-file-pinned" if file.pinned else "document-file", name=name)
    return [words, fenced(file.text)]


def _answer(said: Said, place: int, of: int) -> list[str]:
    which = say("document-answer-of", place=place, count=of) if of > 1 else say("document-answer")
    marks = [
        _moment(said.started_at),
        *([say("document-chosen")] if said.chosen and of > 1 else []),
        *([say(_STATES[said.state])] if said.state in _STATES else []),
        *([say("document-stale")] if said.stale else []),
        inert(said.model),
    ]
    return [f"### {which}", f"*{' · '.join(it for it in marks if it)}*", quoted(said.text)]


def document(head: Head, turns: Sequence[bytes], part: int, *, last: bool) -> Iterator[bytes]:
    """Yield a part of an export, piece by piece; its turns are Markdown already."""
    title = inert(head.place.channel) or say("document-channel", id=head.place.channel_id)
    if head.place.server:
        title = say("document-in-server", place=title, server=inert(head.place.server))
    if part > 1 or not last:
        title = say("document-part", title=title, part=part)
    whom, when = inert(head.exported_for.name), _moment(head.exported_at)
    lines = [f"# {title}", f"*{say('document-for', person=whom, when=when)}*"]
    if not turns:
        lines.append(say("document-nothing"))
    yield _encoded("\n\n".join(lines) + "\n")
    for it in turns:
        yield b"\n"
        yield it
    if not last:
        yield _encoded(f"\n*{say('document-goes-on')}*\n")


def inert(name: str) -> str:
    """Return a name on one line, of which nothing is Markdown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return _SPECIAL.sub(lambda special: f"\\{special.group()}", line)


def quoted(text: str) -> str:
    """Return words as a quote: what they leave open ends with it."""
    return "\n".join(f"> {line}" if line else ">" for line in _LINE_END.split(text))


def fenced(text: str) -> str:
    """Return text in a fence that is longer than any in it."""
    # By halves, and not by looking at each of them: there may be a million.
    ticks = bisect_left(range(len(text) + 2), True, 3, key=lambda many: "`" * many not in text)
    fence = "`" * ticks
    end = "" if text.endswith(("\n", "\r")) or not text else "\n"
    return f"{fence}text\n{text}{end}{fence}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
