"""Reads a table's cell: what it is without its marks, how wide it is, whether it is a number."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

from bot.render.formulas.finding import formulas_in, linear
from bot.render.markdown.inline import shown

MOST_COLUMNS = 42
"""A phone wraps code blocks that are wider."""

NOTHING = "\u2013"
"""What stands for a row in which there is nothing."""

_INLINE = MarkdownIt("commonmark")
_KEPT = 4096
"""A growing answer's tables are read again for every frame, and most cells are those of before."""

_LONGEST_PLAIN = 200
"""No longer cell has room where marks would have to go: in code or in a picture."""

_LONGEST_NUMBER = 32
_WIDE = 2

# What may mean more than it says; anything else is shown as it is written.
_SPECIAL = re.compile(
    r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?@#:])|&(?=#?\w+;)|\]\(|https?://|~~|\|\|"
)
_LIVE = re.compile(r"<(?:[@#]|a?:\w|t:|/\w)|https?://")
"""Mentions, emoji, timestamps and addresses: in code they would be dead."""

# Code, bold, italics and what is escaped, one inside no other, need no parser: a twentieth of the
# time, and hardly any other mark stands in a cell.
_TEXT = r"[^*_`\\<&\[\]~|]"
_SIMPLE = re.compile(
    r"`(?!\s)([^`]+)(?<!\s)`"
    rf"|(?<![\w*])\*\*(?!\s)({_TEXT}+)(?<!\s)\*\*(?![\w*])"
    rf"|(?<![\w*])\*(?!\s)({_TEXT}+)(?<!\s)\*(?![\w*])"
    rf"|(?<!\w)_(?!\s)({_TEXT}+)(?<!\s)_(?!\w)"
    r"|\\([!-/:-@\[-`{-~])"
)
CODE = r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
"""Code within a line, as the source of an expression."""

_BREAK = re.compile(rf"{CODE}|<br\s*/?>", re.IGNORECASE)
_KEPT_WHOLE = rf"\\.|{CODE}|<[^<>\s]{{1,120}}>|\]\([^()\n]*\)|https?://[^\s*]+"
_PAIRS = r"\*\*\*.+?\*\*\*|\*\*.+?\*\*|(?<![\w*])\*[^\s*][^*]*\*(?!\*)|~~.+?~~"
_MARKS = re.compile(rf"{_KEPT_WHOLE}|{_PAIRS}|(?P<lone>\*+|`+|~~|\|\||\\$)")
_BOLD = re.compile(rf"{_KEPT_WHOLE}|\*\*(?P<inner>.+?)\*\*(?!\*)")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_BULLET = re.compile(r"[-*+•◦▪‣]\s+")

# Written with escapes where a character looks like another: minus, dashes, times, a quotation mark.
_MONEY = r"[$€£¥₹]?"
_POWER = r"[\u207a\u207b\u2070\u00b9\u00b2\u00b3\u2074-\u2079]*"
_DIGITS = rf"(?:\d[\d.,'\u2019\u00a0\u202f]*(?: \d{{3}})*|\.\d+){_POWER}"
_UNIT = r"(?:\s?[^\W\d_][\w²³/·%]{0,7}|\s?[%‰°$€£¥\u00d7][\w/]{0,7})?"
_NUMBER = re.compile(
    rf"[~≈<>≤≥±+\-\u2212\u2013]{{0,2}}\s?{_MONEY}\s?[+\-\u2212]?{_DIGITS}"
    rf"(?:\s?[-\u2013\u2014/:\u00d7·±^]\s?{_MONEY}\d[\d.,]*{_POWER}){{0,2}}{_UNIT}"
    rf"(?:\s?\([+\-\u2212±~<]?{_MONEY}\d[^()]{{0,10}}\))?"
)
_BLANKS = frozenset(("", "-", "\u2013", "\u2014", "\u2212", "?", "…", "n/a", "N/A"))


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of a cell: its Markdown for Discord, as one line and in parts.

    `plain` is without marks: None where code would hide something, or where the cell is too long.
    `columns` counts what a reader sees of it. A blank one says nothing, as a dash among numbers.
    """

    text: str
    parts: tuple[str, ...]
    plain: str | None
    columns: int
    is_number: bool
    is_blank: bool


@lru_cache(maxsize=_KEPT)
def read_cell(source: str) -> Cell:
    """Return what there is to know of a cell."""
    if "$" in source or "\\" in source:
        source = _without_formulas(source)
    if not _SPECIAL.search(source):
        plain = source if len(source) <= _LONGEST_PLAIN else None
        return _cell((source,), plain, columns(source))
    parts = tuple(_tamed(part) for part in lines_of(source))
    plain = _plain(source)
    seen = _LINK.sub(r"\1", " / ".join(parts).replace("**", "")) if plain is None else plain
    return _cell(parts, plain, columns(seen))


def lines_of(source: str) -> list[str]:
    """Return the lines of a cell, which `<br>` parts; marks of lists before them are left out."""
    broken = _BREAK.sub(lambda it: it.group() if it["ticks"] else "\n", source)
    if "\n" not in broken:
        return [source]
    lines = [_BULLET.sub("", line.strip(), count=1) for line in broken.split("\n")]
    return [line for line in lines if line] or [""]


def unbold(text: str) -> str:
    """Return Markdown that has nothing bold in it, outside of code."""
    if "**" not in text:
        return text
    return _BOLD.sub(lambda it: it["inner"] or it.group(), text)


def columns(text: str) -> int:
    """Return how many columns of a fixed-width font the text takes."""
    if text.isascii():
        return len(text)
    count = last = 0
    joined = False
    for character in text:
        if character == "\ufe0f":
            count += _WIDE - last if last else 0  # what is before it becomes an emoji
        elif character == "\u200d":
            joined = last == _WIDE
        elif joined or "\U0001f3fb" <= character <= "\U0001f3ff":
            joined = False  # it is part of the emoji before
        elif wide := _columns_of(character):
            last = wide
            count += wide
    return count


@lru_cache(maxsize=_KEPT)
def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else 1


def _without_formulas(source: str) -> str:
    """Return a cell with its formulas as text: a picture would tear the table apart."""
    for formula in reversed(formulas_in(source)):
        text = linear(formula.source)
        source = f"{source[: formula.start]}{text}{source[formula.end :]}"
    return source


def _cell(parts: tuple[str, ...], plain: str | None, seen: int) -> Cell:
    short = plain is not None and len(plain) <= _LONGEST_NUMBER
    is_number = short and _NUMBER.fullmatch(plain or "") is not None
    return Cell(" / ".join(parts), parts, plain, seen, is_number, plain in _BLANKS)


def _tamed(part: str) -> str:
    """Return a part of a cell so that no mark in it pairs with one of another cell."""
    return shown(_MARKS.sub(_escaped, part))


def _escaped(match: re.Match[str]) -> str:
    text = match.group()
    return "".join(f"\\{mark}" for mark in text) if match["lone"] else text


def _plain(source: str) -> str | None:
    """Return a cell without its marks; None where code would hide a link or the cell is long."""
    if len(source) > _LONGEST_PLAIN or _LIVE.search(source):
        return None
    if not _SPECIAL.search(_SIMPLE.sub("", source)):
        return _SIMPLE.sub(lambda it: it[it.lastindex or 0], source)
    children = _INLINE.parseInline(source)[0].children or []
    if any(token.type in ("link_open", "image", "html_inline") for token in children):
        return None
    return "".join(token.content or " " * (token.type == "softbreak") for token in children)
