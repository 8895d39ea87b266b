"""What stands where a formula stood: text where that serves, else a picture after it."""

from dataclasses import dataclass
from functools import lru_cache

from bot.render.formulas.finding import fluent, formulas_in, linear, simple
from bot.render.markdown.parts import Picture, PictureKind

_MOST_IN_A_LINE = 4
_READABLE = 60
"""Characters of a formula in one line that can be read without a picture."""


@dataclass(frozen=True, slots=True)
class Displayed:
    """A formula that has lines for itself: text, or a picture with that text in its place."""

    text: str
    picture: Picture | None = None
    parts: tuple[Picture, ...] = ()


def replaced(line: str) -> str:
    """Return a line of text with each formula as text."""
    if not _may_have_some(line):
        return line
    parts, at, marks = [], 0, 0
    for formula in formulas_in(line):
        # What is boxed is bold, and bold in bold would be neither.
        marks += line.count("**", at, formula.start)
        bold = marks % 2 == 0
        text = _text(formula.source, bold)[0] if formula.display else _inline(formula.source, bold)
        parts += [line[at : formula.start], text]
        at = formula.end
    return "".join([*parts, line[at:]]) if parts else line


def pictures_in(line: str) -> tuple[Picture, ...]:
    """Return the pictures that a line of text needs after it: none twice, and not too many."""
    if not _may_have_some(line):
        return ()
    sources = dict.fromkeys(
        it.source for it in formulas_in(line) if not _reads_well(it.source, it.display)
    )
    pictures = (Picture(PictureKind.FORMULA, source, "") for source in sources)
    return tuple(pictures)[:_MOST_IN_A_LINE]


def spans_of(line: str) -> list[tuple[int, int]]:
    """Return where formulas stand in a line."""
    return [(it.start, it.end) for it in formulas_in(line)] if _may_have_some(line) else []


def displayed(source: str, lead: str, *, is_item: bool) -> Displayed:
    """Return what stands for a formula in its own lines; the lead is what its first begins with."""
    text, is_simple = _text(source)
    if is_simple:
        return Displayed(lead + text)
    picture = Picture(PictureKind.FORMULA, source, "")
    if is_item:
        return Displayed(lead + text, parts=(picture,))
    if len(text) > _READABLE or "\\begin" in source:
        lead = lead.lstrip(" \t")
        text = f"\n{lead}".join(("```tex", *source.replace("```", "").split("\n"), "```"))
    instead = lead + text
    return Displayed(instead, Picture(PictureKind.FORMULA, source, instead))


def _may_have_some(line: str) -> bool:
    return "$" in line or "\\" in line


@lru_cache(maxsize=1024)
def _reads_well(source: str, display: bool) -> bool:
    """Tell whether a formula in a line needs no picture."""
    return _text(source)[1] or (not display and fluent(source) is not None)


@lru_cache(maxsize=1024)
def _inline(source: str, bold: bool) -> str:
    return fluent(source, bold=bold) or _text(source, bold)[0]


@lru_cache(maxsize=1024)
def _text(source: str, bold: bool = True) -> tuple[str, bool]:
    """Return a formula as text, and whether that is as good as a picture."""
    text = simple(source, bold=bold)
    return (linear(source, bold=bold), False) if text is None else (text, True)
