"""Which stars and underscores are emphasis and which are only themselves."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.render.markdown.graphemes import UNSPACED
from bot.render.markdown.links import TARGET

_LEAD = re.compile(r"(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")
_FIRST = re.compile(r"[*_]")
_TOKEN = re.compile(
    rf"\\.|(?P<ticks>`+)|\]{TARGET}|</?[A-Za-z@#:!/][^<>\n]*>"
    r"|https?://[^\s<>]*?(?=[*_~|`)\].,;:!?\"']*(?:[\s<>]|$))"
    r"|(?P<run>\*+|_+)",
    re.DOTALL,
)
# Scripts that put no space between a word and what is said of it, Korean among them.
_UNSPACED = re.compile(f"[{UNSPACED}\u1100-\u11ff\uac00-\ud7af]")
_ENDS_MARKED = frozenset(":.!?…”»%")
"""Signs before a closing mark that a word may follow, as in `**Note:**this`."""

_WORD = re.compile(r"[A-Za-z0-9_]")


@dataclass(slots=True)
class _Run:
    """Marks in a row: those that are not emphasis are `left`, after `used` ones if they closed."""

    start: int
    end: int
    opens: bool
    closes: bool
    left: int
    used: int = 0


def flanks(line: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether stars or underscores may open emphasis, and whether they may close it."""
    before, after = line[start - 1 : start] or " ", line[end : end + 1] or " "
    return _flanks(line[start], end - start, before, after)


def with_literals(line: str) -> str:
    """Return a line with a backslash before marks that Discord alone would take as emphasis."""
    if not _FIRST.search(line):
        return line
    runs = _runs(line)
    alike = {char: [run for run in runs if line[run.start] == char] for char in "*_"}
    for some in alike.values():
        _pair(some)
    parts, at = [], 0
    for run in runs:
        is_lone = len(alike[line[run.start]]) == 1
        if not run.left or not _misleads(line, run, is_lone=is_lone):
            continue
        start = run.start + run.used
        parts += [line[at:start], f"\\{line[start]}" * run.left]
        at = start + run.left
    return "".join([*parts, line[at:]])


@lru_cache(maxsize=4096)
def _flanks(mark: str, count: int, before: str, after: str) -> tuple[bool, bool]:
    left, right = _is_beside(after, before), _is_beside(before, after)
    right = right or (before in _ENDS_MARKED and after.isalnum())
    if mark == "_":
        opens = left and (not right or _is_sign(before))
        return opens, right and (not left or _is_sign(after))
    if before == "/" and after in "/.":
        return False, False  # a pattern of paths
    if before.isalnum() and after.isalnum() and not _is_unspaced(before + after):
        is_power = before.isdecimal() or after.isdecimal()
        is_product = before.isdecimal() and after.isdecimal()
        return count > 1 and not is_power, not is_product
    return left, right


def _is_beside(inner: str, outer: str) -> bool:
    """Tell whether a mark between these two belongs to the inner one, by CommonMark's rule."""
    if inner.isspace():
        return False
    return not _is_sign(inner) or outer.isspace() or _is_sign(outer) or _is_unspaced(outer)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_unspaced(text: str) -> bool:
    return _UNSPACED.search(text) is not None


def _runs(line: str) -> list[_Run]:
    """Return the marks of a line that are in no code, no address and no tag."""
    runs: list[_Run] = []
    lead = _LEAD.match(line)
    at = lead.end() if lead else 0
    while token := _TOKEN.search(line, at):
        at = token.end()
        if token["ticks"]:
            ticks = _run_of(token["ticks"]).search(line, at)
            at = ticks.end() if ticks else at
        elif token["run"]:
            opens, closes = flanks(line, token.start(), at)
            runs.append(_Run(token.start(), at, opens, closes, at - token.start()))
    return runs


@lru_cache(maxsize=16)
def _run_of(ticks: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!`){ticks}(?!`)")


def _pair(runs: list[_Run]) -> None:
    """Take from the runs of one mark what is emphasis."""
    opened: list[_Run] = []
    for run in runs:
        while run.closes and run.left:
            at = next((n for n in reversed(range(len(opened))) if _fit(opened[n], run)), None)
            if at is None:
                break
            del opened[at + 1 :]
            taken = 2 if min(opened[at].left, run.left) > 1 else 1
            opened[at].left -= taken
            run.left, run.used = run.left - taken, run.used + taken
            if not opened[at].left:
                opened.pop()
        if run.opens and run.left:
            opened.append(run)


def _fit(opening: _Run, closing: _Run) -> bool:
    """Tell whether two runs may be a pair, by CommonMark's rule of three."""
    if not opening.closes and not closing.opens:
        return True
    lengths = opening.end - opening.start, closing.end - closing.start
    return sum(lengths) % 3 != 0 or all(length % 3 == 0 for length in lengths)


def _misleads(line: str, run: _Run, *, is_lone: bool) -> bool:
    """Tell whether Discord would find emphasis where a run is left; a next line may close one."""
    before, after = line[run.start - 1 : run.start] or " ", line[run.end : run.end + 1] or " "
    if line[run.start] == "*" and before.isdecimal() and after.isdecimal():
        return True
    is_mark = run.opens or run.closes
    if run.left > 1 and not is_mark:
        return True
    if is_lone:
        return False
    if line[run.start] == "_":
        return is_mark or run.left > 1 or not _WORD.match(after)
    return run.left > 1 or not (before.isspace() and after.isspace())
