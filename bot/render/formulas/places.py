"""Whether a formula begins at a place in a text, and what it is."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bot.render.formulas.lookalikes import (
    is_address,
    is_aside,
    is_inline,
    is_prose,
    is_word,
    was_prose,
)

_MOST_INLINE = 1000
_MOST_DISPLAY = 4000
_MOST_NESTED = 20

# How long the end of a growing text may be held back for what may become a formula.
_WAIT_AMOUNT = 60
_WAIT_INLINE = 400
_WAIT_DISPLAY = 2000

EVER = sys.maxsize
"""The place that is `known` where whatever follows may change what was found."""

_DOLLARS = re.compile(r"\$+")
_OPENING = re.compile(r"(\\{1,2})([(\[])")
_CLOSING = {"(": ")", "[": "]"}
GAP = re.compile(r"\n[ \t>]*\n")
_QUOTED = re.compile(r"\n[ \t]*>[ \t]?")
_BOXED = re.compile(r"\\f?boxed?\s*(?=\{)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_KEEPING = re.compile(r"\\.|[{}$]")
_BEGIN = re.compile(
    r"\\begin\{((?:align|aligned|alignat|alignedat|equation|eqnarray|gather|gathered|multline|split"
    r"|cases|array|[bBpvV]?matrix|smallmatrix)\*?)\}"
)
_MAY_OPEN = re.compile(
    r"\\(?:\\|b(?:o(?:x(?:e(?:d\s*)?)?)?|e(?:g(?:i(?:n(?:\{[a-zA-Z]*\*?)?)?)?)?)?)?\Z"
)
_COMMAND = re.compile(r"\\(?:f?boxed?\s*|begin\{[a-zA-Z]*\*?|[a-zA-Z]*)")
_BLANKS = re.compile(r"[ \t]*")
_ENDING = re.compile(r"[ \t.,;]*")
_DOUBLED = re.compile(r"(?:[^\\]|\\\\)*")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text: from `start` to `end` with what surrounds it; the source is its TeX."""

    start: int
    end: int
    source: str
    display: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a formula could begin: whether one does, or may yet, and where to go on.

    What stands in the text from `known` on changes nothing of this.
    """

    start: int
    end: int
    known: int
    formula: Formula | None = None
    may_be: bool = False


def place_at(text: str, start: int, before: str) -> Place:
    """Return what begins at a dollar or a backslash; `before` is the character before it."""
    opening = _OPENING.match(text, start)
    if is_address(text, start) or (opening and is_word(before)):
        return _none(text, start, start + 3)
    if text.startswith("$$", start):
        if text.startswith("$$$", start):
            return _none(text, start, start + 3)
        return _between(text, start, "$$", "$$", display=True)
    if text[start] == "$":
        return _none(text, start, start + 2) if is_word(before) else _dollars(text, start)
    if opening:
        closing = opening[1] + _CLOSING[opening[2]]
        return _between(text, start, opening.group(), closing, display=opening[2] == "[")
    if boxed := _BOXED.match(text, start):
        return _bare(text, start, boxed.end(), _after_brace)
    if begin := _BEGIN.match(text, start):
        return _bare(text, start, start, lambda text, at: _after_block(text, at, begin.group(1)))
    if _MAY_OPEN.match(text, start):
        return _may_be(text, start)
    command = _COMMAND.match(text, start)
    return _none(text, start, (command.end() if command else start) + 2)


def begins_line(text: str, at: int) -> bool:
    """Tell whether only marks of quotes stand before a place in its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t>")


def _none(text: str, start: int, known: int, end: int = 0) -> Place:
    dollars = _DOLLARS.match(text, start)
    after = max(end, dollars.end() if dollars else start + 2)
    return Place(start, after, max(known, after + 1))


def _may_be(text: str, start: int) -> Place:
    dollars = _DOLLARS.match(text, start)
    return Place(start, dollars.end() if dollars else start + 2, EVER, may_be=True)


def _dollars(text: str, start: int) -> Place:
    """Find what single dollars surround within a line; most of what they begin is a price."""
    line = text[start + 1 : start + _MOST_INLINE].partition("\n")[0]
    length = _closing_dollar(line)
    if length < 0:
        wait = _WAIT_AMOUNT if re.match(r"[\s\d.,]", line) else _WAIT_INLINE
        is_open = start + 1 + len(line) == len(text)
        if is_open and len(line) < wait and not was_prose(line) and "`" not in line:
            return _may_be(text, start)
        return _none(text, start, EVER if is_open else start + len(line) + 2)
    content, end = line[:length], start + length + 2
    if not is_inline(content, text[end : end + 4]):
        return _none(text, start, end + 4)
    return Place(start, end, end + 4, Formula(start, end, content.strip(), False))


def _closing_dollar(line: str) -> int:
    """Return where a dollar stands that neither a backslash nor braces keep, or -1."""
    depth = 0
    for sign in _KEEPING.finditer(line):
        if sign.group() == "$" and depth == 0:
            return sign.start()
        depth = max(0, depth + {"{": 1, "}": -1}.get(sign.group(), 0))
        if depth > _MOST_NESTED:
            break
    return -1


def _between(text: str, start: int, opening: str, closing: str, *, display: bool) -> Place:
    """Find what stands up to its closing mark; an empty line ends it before that."""
    begin, most = start + len(opening), _MOST_DISPLAY if display else _MOST_INLINE
    content = text[begin : start + most]
    known = start + most if start + most <= len(text) else EVER
    if closing != opening and (again := _unescaped(content, opening)) >= 0:
        # None begins within another: what nothing closed before that is none.
        content, known = content[:again], begin + again + len(opening)
    if gap := GAP.search(content):
        content, known = content[: gap.start()], begin + gap.end()
    length = _unescaped(content, closing)
    if length < 0:
        wait = _WAIT_DISPLAY if display else _WAIT_INLINE
        is_open = begin + len(content) == len(text) and len(content) < wait
        if is_open and not was_prose(content):
            return _may_be(text, start)
        return _none(text, start, known)
    source = _unquoted(text, start, content[:length]).strip()
    if len(opening) > 2 and _DOUBLED.fullmatch(source):
        source = source.replace("\\\\", "\\")
    end = begin + length + len(closing)
    blanks = _BLANKS.match(text, end)
    known = (blanks.end() if blanks else end) + 1
    if not source or is_prose(source) or is_aside(text, start, end, source):
        return _none(text, start, known)
    return Place(start, end, known, Formula(start, end, source, display))


def _bare(text: str, start: int, at: int, after: Callable[[str, int], tuple[int, int]]) -> Place:
    """Find a formula that only its own command surrounds."""
    end, known = after(text, at)
    if gap := GAP.search(text, start, end if end > 0 else start + _MOST_DISPLAY):
        return _none(text, start, gap.end())
    if end < 0 and known < EVER:
        return _none(text, start, known, known)
    if end < 0:
        waits = len(text) - start < _WAIT_DISPLAY
        return _may_be(text, start) if waits else _none(text, start, at + _MOST_DISPLAY)
    ending = _ENDING.match(text, end)
    stop = ending.end() if ending else end
    alone = begins_line(text, start) and text[stop : stop + 1] in ("", "\n")
    display = alone or text.startswith("\\begin", start)
    source = _unquoted(text, start, text[start:end]).strip()
    return Place(start, end, stop + 1, Formula(start, end, source, display))


def _after_brace(text: str, at: int) -> tuple[int, int]:
    """Return where the braces end that open here, or -1, and where they are nested too deep."""
    depth = 0
    for brace in _BRACE.finditer(text, at, at + _MOST_DISPLAY):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0 and brace.group() == "}":
            return brace.end(), EVER
        if depth > _MOST_NESTED:
            return -1, brace.end()
    return -1, EVER


def _after_block(text: str, at: int, name: str) -> tuple[int, int]:
    """Return where the environment ends that begins here, as `_after_brace` does."""
    depth = 0
    marks = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}")
    for mark in marks.finditer(text, at, at + _MOST_DISPLAY):
        depth += 1 if mark.group(1) == "begin" else -1
        if depth == 0:
            return mark.end(), EVER
        if depth > _MOST_NESTED:
            return -1, mark.end()
    return -1, EVER


def _unquoted(text: str, start: int, content: str) -> str:
    """Return a formula in a quote without the marks of the quote in its further lines."""
    quoted = text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith(">")
    return _QUOTED.sub("\n", content) if quoted else content


def _unescaped(text: str, mark: str) -> int:
    """Return where a mark stands that no backslash escapes, or -1."""
    at = 0
    while (found := text.find(mark, at)) >= 0:
        backslashes = found - len(text[at:found].rstrip("\\")) - at
        if backslashes % 2 == 0:
            return found
        at = found + 1
    return -1
