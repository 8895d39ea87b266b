"""What happens inside a line: what Discord shows otherwise, and where a line may be cut."""

import re
from collections.abc import Callable, Iterator

from bot.render.markdown.emphasis import with_literals
from bot.render.markdown.formula_places import replaced, spans_of
from bot.render.markdown.frames import atoms
from bot.render.markdown.graphemes import joins
from bot.render.markdown.leftovers import UNSPLIT, at_beginning, has_any, mended
from bot.render.markdown.links import LINK, TARGET
from bot.render.markdown.pieces import width

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(rf"(?<!\\)!\[([^\[\]\n]*)\](?=\(\S+(?:\s+\"[^\"\n]*\")?\))(?={TARGET})")
_TICKS = re.compile(r"`{3,}")
_RUN = re.compile(r"`{2,}")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_ITEM_QUOTE = re.compile(r"^\s*(?:[-+*]|\d{1,9}[.)])\s+(?:\S\s+)*>")

_WHOLE = re.compile(
    r"<[^<>\s]{1,120}>"  # mentions, timestamps, custom emoji, autolinks
    rf"|!?{LINK}"
    r"|https?://\S+"
    r"|:\w{2,32}:"
)
_SPAN = re.compile(r"`+[^`\n]+`+|\*\*.+?\*\*|\|\|.+?\|\||~~.+?~~|__.+?__|(?<![\w*])\*[^\s*][^*]*\*")
_SENTENCE = re.compile(r"(?:[.!?…:;][\"')\]»”*_]*\s+|[\u3002\uff01\uff1f\uff1b]+)")
_WORD = re.compile(r"\s+")
_STARTS_BLOCK = re.compile(r"[-+*#>|`~=:]|\d+[.)]")
_MARKS = re.compile(r"(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")
_WIDEST = 4
"""What a character takes at most, but for those of formulas: no place nearer than that has room."""

_NO_BREAK = re.compile(r"(?:[\\:\s]|^|\\\S*)\\$")
"""A backslash at a line's end that breaks none: one that is escaped, a path's, or a command's."""

_BLANK = "\u200b"
DEEPEST = 5
"""Quotes in quotes that are told apart."""

BAR = "\u258e"
"""What stands at the left of a quote in a quote."""


def shown(line: str, depth: int = 0) -> str:
    """Return a line of text as Discord has to be sent it; `depth` is that of the quotes around."""
    if depth:
        line = _quoted(line, depth)
    line = with_literals(replaced(line))
    if line.endswith("\\") and not _NO_BREAK.search(line[-80:]):
        line = line[:-1]
    if "![" not in line and "```" not in line and not has_any(line):
        return line
    line = at_beginning(line)
    parts, at = [], 0
    for code in _CODE.finditer(line):
        parts += [_outside_code(line[at : code.start()]), _code(code)]
        at = code.end()
    whole = "".join([*parts, _outside_code(line[at:])])
    return _indented(whole, line) if "\n" in whole else whole


def _indented(text: str, line: str) -> str:
    """Return a line that was broken so that what follows stays in its quote and its list."""
    dent = re.sub(r"[^>\s]", " ", marks_of(line))
    return text.replace("\n", f"\n{dent}")


def in_code(line: str) -> str:
    """Return a line of a code block so that nothing in it ends the block."""
    return _TICKS.sub(lambda ticks: _BLANK.join(_by_two(ticks.group())), line)


def _by_two(ticks: str) -> list[str]:
    return [ticks[i : i + 2] for i in range(0, len(ticks), 2)]


def _code(code: re.Match[str]) -> str:
    """Return code in a line: three backticks would begin a block in the midst of it, or end one."""
    ticks, content = code.groups()
    if len(ticks) < 3 and "```" not in content:
        return code.group()
    if not content.strip():
        return _escaped(code.group())
    content = _RUN.sub(lambda run: _BLANK.join(run.group()), content)
    return f"`` {content.strip()} ``" if "`" in content else f"`{content}`"


def _escaped(text: str) -> str:
    return _TICKS.sub(lambda ticks: "\\`" * len(ticks.group()), text)


def _outside_code(text: str) -> str:
    text = _IMAGE.sub(lambda image: f"[{image.group(1) or 'image'}]", _escaped(text))
    return mended(text) if has_any(text) else text


def _quoted(line: str, depth: int) -> str:
    """Return a quote's line with the marks that Discord needs: one and a space on each line."""
    marks = _QUOTE.match(line)
    if marks:
        return quote_of(marks.group().count(">")) + line[marks.end() :]
    return line if _ITEM_QUOTE.match(line) else quote_of(depth) + line


def quote_of(depth: int) -> str:
    """Return what a quote's line begins with: a quote in a quote, which Discord lacks, has bars."""
    return quote_in(depth) + f"{BAR} " * (min(depth, DEEPEST) - 1)


def quote_in(depth: int) -> str:
    """Return the mark that Discord needs on each line of a quote that holds more than words."""
    return "> " if depth else ""


def marks_of(line: str) -> str:
    """Return the marks of lists and quotes that a line begins with, and a space at their end."""
    match = _MARKS.match(line)
    marks = match.group() if match else ""
    return marks if not marks or marks.endswith((" ", "\t")) else f"{marks} "


def cut_text(raw: str, room: int, render: Callable[[str], str], at_least: int) -> int:
    """Return where to cut a line of text: at a sentence, a word, or else anywhere that is safe.

    The part before it, rendered, is no longer than `room`; more than `at_least` of the source
    goes into it, unless nothing of it has room (then 0).
    """
    head = raw[: room + 1]
    whole = [match.span() for match in _WHOLE.finditer(raw[: room + 200])]
    whole += [match.span() for match in UNSPLIT.finditer(raw[: room + 200])]
    whole += atoms(raw[: room + 400]) + spans_of(raw[: room + 400])
    spans = whole + [match.span() for match in _SPAN.finditer(raw[: room + 400])]
    for pattern, around, share in ((_SENTENCE, spans, 0.6), (_WORD, spans, 0.6), (_WORD, whole, 0)):
        least = max(at_least, int(room * share))
        places = [m.end() for m in pattern.finditer(head) if m.end() > least]
        most = len(raw)
        for place in reversed(places):
            if place > most or _splits(place, around) or _STARTS_BLOCK.match(raw, place):
                continue
            over = width(render(raw[:place].rstrip())) - room
            if over <= 0:
                return place
            most = place - over // _WIDEST
    return _cut_hard(raw, room, render, at_least, whole)


def cut_code(raw: str, room: int, render: Callable[[str], str], at_least: int) -> int:
    """Return where to cut a line of code, as `cut_text` does."""
    for word in reversed([m.end() for m in _WORD.finditer(raw[: room + 1])]):
        if word > max(at_least, room // 2) and width(render(raw[:word])) <= room:
            return word
    return _cut_hard(raw, room, render, at_least, [])


def _cut_hard(
    raw: str,
    room: int,
    render: Callable[[str], str],
    at_least: int,
    whole: list[tuple[int, int]],
) -> int:
    for place in _falling(raw, room, render, at_least):
        if not _splits(place, whole) and not joins(raw, place):
            return place
    return next(iter(_falling(raw, room, render, at_least)), 0)


def _falling(raw: str, room: int, render: Callable[[str], str], at_least: int) -> Iterator[int]:
    """Yield every place from the last one that has room down to the first."""
    place = min(room, len(raw))
    while place > at_least and (over := width(render(raw[:place])) - room) > 0:
        place -= max(1, over // _WIDEST)
    yield from range(place, at_least, -1)


def _splits(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in spans)
