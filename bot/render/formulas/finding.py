"""Formulas in a text that TeX users write: where they are, and what they are as text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.render.formulas.lookalikes import is_address, is_aside, is_script
from bot.render.formulas.tex_text import fluent, linear, simple

__all__ = ["Formula", "fluent", "formulas_in", "linear", "simple", "unfinished"]

_MOST_INLINE = 1000
_MOST_DISPLAY = 4000
_MOST_NESTED = 20
_MOST_PLACES = 400
"""Places in a line that are looked at: a line with more repeats itself without an end."""

# How long the end of a growing text may be held back for what may become a formula.
_WAIT_AMOUNT = 60
_WAIT_INLINE = 400
_WAIT_DISPLAY = 2000

_CANDIDATE = re.compile(r"[`$\\]")
_TICKS = re.compile(r"`+")
_DOLLARS = re.compile(r"\$+")
_OPENING = ("(", "[")
_GAP = re.compile(r"\n[ \t>]*\n")
_QUOTED = re.compile(r"\n[ \t]*>[ \t]?")
_BOXED = re.compile(r"\\f?boxed?\s*(?=\{)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_KEEPING = re.compile(r"\\.|[{}$]")
_BEGIN = re.compile(
    r"\\begin\{((?:align|aligned|alignat|alignedat|equation|eqnarray|gather|gathered|multline|split"
    r"|cases|array|[bBpvV]?matrix|smallmatrix)\*?)\}"
)
_MAY_OPEN = re.compile(
    r"\\(?:b(?:o(?:x(?:e(?:d\s*)?)?)?|e(?:g(?:i(?:n(?:\{[a-zA-Z]*\*?)?)?)?)?)?)?\Z"
)

_COMMAND = re.compile(
    r"\\(?:text\w*|mbox|mathrm|operatorname\*?|begin|end)\s*\{[^{}]*\}|\\(?:[a-zA-Z]+|.)"
)
_CODE = re.compile(r"`|(?<!\\)#")
_STRONG = re.compile(r"[\\^=]")
_LINKING = re.compile(
    r"(?<![A-Za-z])(?:and|or|to|is|are|was|the|of|for|with|per|vs|from|but|you|und|oder|bis)"
    r"(?![A-Za-z])"
)
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_LONE_WORD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{4,}")
_FOREIGN = re.compile(
    r"[^\W\d_A-Za-z\u0370-\u03ff\u2100-\u214f\U0001d400-\U0001d7ff]|[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]"
)
_ENDING = re.compile(r"(?:th|st|nd|rd|s|es|D)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text: from `start` to `end` with what surrounds it; the source is its TeX."""

    start: int
    end: int
    source: str
    display: bool


class _Not(Enum):
    """Why no formula begins at a place: the text has to go on, or there is none."""

    YET = "yet"
    AT_ALL = "at all"


_Found = Formula | _Not


def formulas_in(text: str) -> list[Formula]:
    """Return the formulas in a text in their order; none is inside code."""
    return [it for _, it in _places(text) if isinstance(it, Formula)]


def unfinished(text: str) -> int | None:
    """Return where a formula begins that a growing text may still close, or None."""
    for start, it in _places(text):
        if it is _Not.YET or (start == len(text) - 1 and text[start] == "$"):
            return start  # a lone dollar at the end may be the first of two
        if isinstance(it, Formula) and _may_be_none(text, it):
            return start  # what comes next decides whether this closes anything
    return None


def _may_be_none(text: str, formula: Formula) -> bool:
    if text.startswith("\\[", formula.start):
        return not text[formula.end :].strip(" \t")
    return formula.end == len(text) and text[formula.start] == "$" and not formula.display


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[tuple[int, _Found], ...]:
    """Return every place where a formula could begin, with what was found there."""
    return tuple(_look_through(text))


def _look_through(text: str) -> Iterator[tuple[int, _Found]]:
    at = 0
    for _ in range(_MOST_PLACES):
        candidate = _CANDIDATE.search(text, at)
        if candidate is None:
            return
        start = candidate.start()
        if candidate.group() == "`":
            at = _after_code(text, start)
            continue
        found = _formula_at(text, start, text[start - 1] if start > at else "")
        yield start, found
        if isinstance(found, Formula):
            at = found.end
        elif dollars := _DOLLARS.match(text, start):
            at = dollars.end()
        else:
            at = start + 2


def _after_code(text: str, start: int) -> int:
    """Return where the code ends that begins with these backticks, or where they end."""
    ticks = _TICKS.match(text, start)
    end = ticks.end() if ticks else start + 1
    fence = end - start >= 3
    gap = None if fence else _GAP.search(text, end)
    for closing in _TICKS.finditer(text, end, gap.start() if gap else len(text)):
        if closing.end() - closing.start() == end - start:
            return closing.end()
    return len(text) if fence and _begins_line(text, start) else end


def _begins_line(text: str, at: int) -> bool:
    """Tell whether only marks of quotes stand before a place in its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t>")


def _formula_at(text: str, start: int, before: str) -> _Found:
    if is_address(text, start) or (text[start + 1 : start + 2] in _OPENING and _is_word(before)):
        return _Not.AT_ALL
    if text.startswith("$$", start):
        return _Not.AT_ALL if text.startswith("$$$", start) else _between(text, start, "$$", True)
    if text[start] == "$":
        return _Not.AT_ALL if _is_word(before) else _dollars(text, start)
    if text.startswith("\\(", start):
        return _between(text, start, "\\)", False)
    if text.startswith("\\[", start):
        return _between(text, start, "\\]", True)
    if boxed := _BOXED.match(text, start):
        return _bare(text, start, boxed.end(), _after_brace)
    if begin := _BEGIN.match(text, start):
        return _bare(text, start, start, lambda text, at: _after_block(text, at, begin.group(1)))
    return _Not.YET if _MAY_OPEN.match(text, start) else _Not.AT_ALL


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _dollars(text: str, start: int) -> _Found:
    """Find what single dollars surround within a line; most of what they begin is a price."""
    line = text[start + 1 : start + _MOST_INLINE].partition("\n")[0]
    length = _closing_dollar(line)
    if length < 0:
        wait = _WAIT_AMOUNT if re.match(r"[\s\d.,]", line) else _WAIT_INLINE
        open_ended = start + 1 + len(line) == len(text) and len(line) < wait
        maybe = open_ended and not _was_prose(line) and "`" not in line
        return _Not.YET if maybe else _Not.AT_ALL
    content, end = line[:length], start + length + 2
    if not _is_inline(content, text[end : end + 4]):
        return _Not.AT_ALL
    return Formula(start, end, content.strip(), False)


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


def _is_inline(content: str, after: str) -> bool:
    """Tell whether this is TeX between two dollars, and not the text between two prices."""
    if not content.strip() or _CODE.search(content) or _is_prose(content):
        return False
    if is_script(content, after):
        return False
    if content[0].isspace() or content[-1].isspace():
        spaced = content[0].isspace() and content[-1].isspace()
        return spaced and re.search(r"\\[a-zA-Z]|\^|_\{", content) is not None
    if after[:1].isdigit() or after.startswith("{"):
        return False
    if _is_word(after[:1]) and "\\" not in content and not _ENDING.match(after):
        return False
    return len(content) == 1 or content[-1] not in ("-\u2013/," if content[0].isdigit() else "/:")


def _is_prose(content: str) -> bool:
    """Tell whether words stand here, or an amount of money among words."""
    bare = _COMMAND.sub(" ", content)
    strong = _STRONG.search(content) is not None
    if content.lstrip()[:1].isdigit():
        alien = _LINKING.search(bare) or _FOREIGN.search(bare)
        return alien is not None or (not strong and _LONE_WORD.search(bare) is not None)
    if strong:
        return False
    if _LINKING.search(bare) or _FOREIGN.search(bare):
        return True
    return len(_LETTERS.findall(bare)) >= 3


def _was_prose(content: str) -> bool:
    """Tell whether words stand here, or stood here before a sign of TeX came after them.

    What a growing text has shown as words already is not taken back.
    """
    strong = _STRONG.search(content)
    return _is_prose(content) or (strong is not None and _is_prose(content[: strong.start()]))


def _between(text: str, start: int, closing: str, display: bool) -> _Found:
    """Find what stands up to its closing mark; an empty line ends it before that."""
    most = _MOST_DISPLAY if display else _MOST_INLINE
    content = text[start + 2 : start + most]
    if closing != "$$" and (again := _unescaped(content, text[start : start + 2], 0)) >= 0:
        # None begins within another: what nothing closed before that is none.
        content = content[:again]
    gap = _GAP.search(content)
    content = content[: gap.start()] if gap else content
    length = _unescaped(content, closing, 0)
    if length < 0:
        wait = _WAIT_DISPLAY if display else _WAIT_INLINE
        open_ended = start + 2 + len(content) == len(text) and len(content) < wait
        return _Not.YET if open_ended and not _was_prose(content) else _Not.AT_ALL
    source = _unquoted(text, start, content[:length]).strip()
    end = start + 2 + length + len(closing)
    alone = closing == "\\]" and _begins_line(text, start)
    if not source or _is_prose(source) or is_aside(text, start, end, source, alone=alone):
        return _Not.AT_ALL
    return Formula(start, end, source, display)


def _bare(text: str, start: int, at: int, after: Callable[[str, int], int]) -> _Found:
    """Find a formula that only its own command surrounds."""
    end = after(text, at)
    if _GAP.search(text, start, end if end > 0 else start + _MOST_DISPLAY):
        return _Not.AT_ALL
    if end < 0:
        return _Not.YET if len(text) - start < _WAIT_DISPLAY else _Not.AT_ALL
    alone = _begins_line(text, start) and re.compile(r"[ \t.,;]*(?:\n|\Z)").match(text, end)
    display = bool(alone) or text.startswith("\\begin", start)
    return Formula(start, end, _unquoted(text, start, text[start:end]).strip(), display)


def _after_brace(text: str, at: int) -> int:
    """Return where the braces end that open here, or -1."""
    depth = 0
    for brace in _BRACE.finditer(text, at, at + _MOST_DISPLAY):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0 and brace.group() == "}":
            return brace.end()
        if depth > _MOST_NESTED:
            break
    return -1


def _after_block(text: str, at: int, name: str) -> int:
    """Return where the environment ends that begins here, or -1."""
    depth = 0
    marks = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}")
    for mark in marks.finditer(text, at, at + _MOST_DISPLAY):
        depth += 1 if mark.group(1) == "begin" else -1
        if depth == 0:
            return mark.end()
        if depth > _MOST_NESTED:
            break
    return -1


def _unquoted(text: str, start: int, content: str) -> str:
    """Return a formula in a quote without the marks of the quote in its further lines."""
    quoted = text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith(">")
    return _QUOTED.sub("\n", content) if quoted else content


def _unescaped(text: str, mark: str, at: int) -> int:
    """Return where a mark stands that no backslash escapes, or -1."""
    while (found := text.find(mark, at)) >= 0:
        backslashes = found - len(text[at:found].rstrip("\\")) - at
        if backslashes % 2 == 0:
            return found
        at = found + 1
    return -1
