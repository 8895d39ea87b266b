"""How much of a growing text may be shown, so that no frame of it ends badly.

What is held back is shown later and never taken back: every rule looks at how something begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.formulas.finding import unfinished
from bot.render.markdown.emphasis import flanks
from bot.render.markdown.graphemes import UNSPACED, joins, last_begins
from bot.render.markdown.leftovers import COMMENT
from bot.render.markdown.links import BEGUN_LINK, LINK, LONGEST_LINK

LONGEST_WORD = 40
_LONGEST_MARKS = 40
_LONGEST_FENCE = 120
_LONGEST_LEAD = 30
"""Marks of quotes and lists before a fence; they are held back as long as it may still come."""

_LONGEST_ROW = 500
_LONGEST_MARKED = 400
"""Characters after which a mark that nothing closes was not meant as one."""

_CONTAINERS = r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*"
_ONLY_MARKS = re.compile(rf"{_CONTAINERS}(?:[-+*#|=_~`>:.!\[<$\\]+|\d{{1,9}}[.)]?|-#)?[ \t]*$")
_OPENS_FENCE = re.compile(rf"({_CONTAINERS})(?:`{{3,}}[^`]*|~{{3,}}.*)$")
_ENDS_FENCE = re.compile(r"[ \t>]*(?:`+|~+)[ \t]*$")
_ROW = re.compile(r"[ \t>]*\|")
_RULE = re.compile(r"[ \t>]*\|?[ \t|:\-]*$")

_UNSPACED = re.compile(f"[{UNSPACED}]")
# Looked for by its first character, which is fast; an address, by its colon.
_FIRST = re.compile(r"[\\`*_~|\[<:]")
_SPACES = " \t\u3000"
_MARK = re.compile(r"\\.|`+|\*+|_+|~~|\|\||\[|<|://", re.DOTALL)
_SCHEMES = ("https", "http")
_LINK = re.compile(rf"{LINK}|\[[^\[\]\n]{{2,80}}\]\[[\w .-]{{0,30}}\]")
_ANGLED = re.compile(r"<[^<>\s]{1,120}>|" + COMMENT)
_BEGUN_ANGLED = re.compile(r"<(?:[^<>\s]{0,120}|!--.{0,300})$")
_ADDRESS = re.compile(r"(?=\S++\s)\S*[^\s*_~|](?=[*_~|]*\s)")
_BEGUN_ADDRESS = re.compile(r"\S+$")
_OPENS_NO_CODE = re.compile(r"(?<!`)`(?=[\s),;])")
"""A backtick that is spoken of, unless another one follows."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a line has in it: what is whole or nothing, and the marks that nothing closes."""

    atoms: list[tuple[int, int]]
    opened: list[tuple[str, int]]


def frame(lines: Sequence[str], tail: str, *, in_code: bool) -> tuple[int, str]:
    """Return how many of the lines to show, and what of the unfinished line after them.

    The lines are those that what follows may still change; marks that are still open at the end of
    what is shown are closed.
    """
    if in_code:
        return len(lines), "" if _ENDS_FENCE.match(tail) else tail[: _word_end(tail)].rstrip()
    kept, end = len(lines), _line_end(tail)
    held = _held_rows(lines, tail)
    if held:
        kept, end = kept - held, 0
    formula = _formula([*lines[:kept], tail[:end]])
    if formula is not None and formula < (kept, end):
        kept, end = formula
    line = lines[kept] if kept < len(lines) else tail
    return kept, closed(line[:end])


def closed(text: str) -> str:
    """Return a text that a frame ends in with its open marks closed."""
    text = text.rstrip()
    opened = _marks(text).opened
    while opened and opened[-1][1] + len(opened[-1][0]) == len(text):
        text = text[: opened.pop()[1]].rstrip()
    closing = (mark for mark, at in reversed(opened) if len(text) - at <= _LONGEST_MARKED)
    return text + "".join(closing)


def atoms(line: str) -> list[tuple[int, int]]:
    """Return what must not be split in a line; what has no end yet reaches beyond it."""
    return _marks(line).atoms


def _line_end(tail: str) -> int:
    """Return how much of an unfinished line may be shown, apart from its formulas."""
    fence = _OPENS_FENCE.match(tail) if len(tail) <= _LONGEST_FENCE else None
    if fence and fence.end(1) <= _LONGEST_LEAD:
        return 0
    if len(tail) <= _LONGEST_ROW and _ROW.match(tail):
        return 0
    # More backticks may follow, and mean something else; those that close are put there anyway.
    end = len(tail[: _word_end(tail)].rstrip("`"))
    end = next((start for start, stop in _marks(tail).atoms if start < end < stop), end)
    return 0 if end <= _LONGEST_MARKS and _ONLY_MARKS.match(tail[:end]) else end


def _word_end(text: str) -> int:
    """Return where the last word begins that may go on, or character where words have no spaces."""
    if not text or text[-1] in _SPACES:
        return len(text)
    begin = max(map(text.rfind, _SPACES)) + 1
    word = text[begin:]
    if len(word) > 4 * LONGEST_WORD:
        word = text[-LONGEST_WORD - 1 :]
        begin = len(text) - len(word)
    end = begin + max((it.end() for it in _UNSPACED.finditer(word)), default=0)
    if end == len(text) or len(text) - end > LONGEST_WORD:
        return last_begins(text)
    while end > begin and joins(text, end):
        end += 1
    return end if end < len(text) else last_begins(text)


def _held_rows(lines: Sequence[str], tail: str) -> int:
    """Return how many lines at the end may be a table's beginning."""
    if len(tail) > _LONGEST_ROW or not lines or not _ROW.match(lines[-1]):
        return 0
    run = 0
    for line in reversed(lines):
        if not _ROW.match(line):
            break
        run += 1
    rows = lines[-run:]
    if _RULE.match(rows[-1]) and len(rows) > 1:
        return 2 if len(rows) == 2 and (not tail or _ROW.match(tail)) else 0
    if any(map(_RULE.match, rows[1:])) or len(rows[-1]) > _LONGEST_ROW:
        return 0
    return 1 if _RULE.match(tail) else 0


def _formula(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the line and the place in it where an unfinished formula begins."""
    if not any("$" in line or "\\" in line for line in lines):
        return None
    at = unfinished("\n".join(lines))
    if at is None:
        return None
    for number, line in enumerate(lines):
        if at <= len(line):
            return number, at
        at -= len(line) + 1
    return None


def _marks(line: str) -> _Marks:
    found = _Marks([], [])
    at = 0
    while first := _FIRST.search(line, at):
        mark = _MARK.match(line, first.start())
        at = _read(line, mark.group(), first.start(), found) if mark else first.end()
    return found


def _read(line: str, mark: str, start: int, found: _Marks) -> int:
    """Take a mark in and return where to go on."""
    end = start + len(mark)
    if mark[0] == "\\":
        return end
    if mark[0] == "`":
        return _read_code(line, mark, start, found)
    if mark in ("[", "<", "://"):
        return _read_atom(line, mark, start, found)
    _read_pair(line, mark, start, end, found.opened)
    return end


def _read_atom(line: str, mark: str, start: int, found: _Marks) -> int:
    after = start + len(mark)
    if mark == "://":
        scheme = next((it for it in _SCHEMES if line.endswith(it, 0, start)), None)
        if scheme is None:
            return after
        start -= len(scheme)
        whole, begun = _ADDRESS, _BEGUN_ADDRESS
    else:
        whole, begun = (_LINK, BEGUN_LINK) if mark == "[" else (_ANGLED, _BEGUN_ANGLED)
    match = whole.match(line, start)
    if match is None and not begun.match(line, start):
        return after
    if mark == "[" and line.endswith("!", 0, start):
        start -= 1
    if match is not None:
        found.atoms.append((start, match.end()))
        return match.end()
    if len(line) - start > LONGEST_LINK:
        return after
    found.atoms.append((start, len(line) + 1))
    return len(line)


def _read_code(line: str, ticks: str, start: int, found: _Marks) -> int:
    end = start + len(ticks)
    for closing in re.finditer("`+", line[end:]):
        if len(closing.group()) == len(ticks):
            return end + closing.end()
    if len(line) - start > _LONGEST_MARKED or _OPENS_NO_CODE.match(line, start):
        return end
    found.opened.append((ticks, start))
    return len(line)


def _read_pair(line: str, mark: str, start: int, end: int, opened: list[tuple[str, int]]) -> None:
    if mark[0] in "*_":
        opens, closes = flanks(line, start, end)
    else:
        before, after = line[start - 1 : start] or " ", line[end : end + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
    while mark and closes:
        begun = next((it for it, _ in reversed(opened) if it[0] == mark[0]), None)
        if begun is None or len(begun) > len(mark):
            break
        while opened.pop()[0] != begun:
            pass
        mark = mark[len(begun) :]
    if mark and opens and len(mark) <= (3 if mark[0] == "*" else 2):
        for part in ("**", "*") if mark == "***" else (mark,):
            # Who writes the same mark twice meant neither the first nor, often, the second.
            opened[:] = [it for it in opened if it[0] != part]
            opened.append((part, end - len(mark)))
            mark = mark[len(part) :]
