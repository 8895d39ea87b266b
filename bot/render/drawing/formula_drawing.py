"""Formulas as pictures."""

import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

import resvg_py
from ziamath.zmath import Math

from bot.render.drawing.formula_mathml import NotDrawable, flat, mathml
from bot.render.formulas.tex import parse
from bot.render.formulas.tex_reader import TooDeep
from bot.render.formulas.tex_symbols import WIDE, Role
from bot.render.formulas.tex_tree import Grid, Marked, Node, Row, Symbol

INK = "#f2f3f5"
CARD = "#2b2d31"

# All in the picture's pixels. Discord shows a picture alone about 550 wide: one that is narrow
# would have its formula blown up, so a card is never narrower than this. One that is wide would
# have it shrunk, so what has no room is broken into lines, and made smaller only where it can't be.
_LEAST_WIDTH = 1000
_GOOD_WIDTH = 1200
_MOST_WIDTH = 1600
_MOST_HEIGHT = 1200
_LETTER = 40
_MARGIN = 36
_CORNER = 16
_FRAME = 22
_LEAST_SCALE = 0.65

_PAIRED = re.compile(r"\\[a-zA-Z]+|\\.|[{}]", re.DOTALL)
_PAIRS = (("{", "}"), ("\\left", "\\right"), ("\\begin", "\\end"))
_MOST_SOURCE = 2000
_MOST_WORK = 3000


def formula_png(source: str) -> bytes | None:
    """Return a formula's picture, or None where it can't be drawn."""
    if len(source) > _MOST_SOURCE or not _is_whole(source):
        return None
    try:
        tree = parse(source)
        body = _framed(tree)
        frame = _FRAME if body else 0
        drawn = _fitting(body or tree, _GOOD_WIDTH - 2 * (_MARGIN + frame))
    except (NotDrawable, TooDeep):
        return None
    return _card(drawn.svgxml(), frame) if drawn else None


def _is_whole(source: str) -> bool:
    """Tell whether whatever opens closes: what was cut off is better read than seen."""
    marks = _PAIRED.findall(source)
    return all(marks.count(left) == marks.count(right) for left, right in _PAIRS)


def _drawn(tree: Node) -> Math | None:
    formula = mathml(tree, INK)
    if not len(formula) or _work(formula) > _MOST_WORK:
        return None
    drawn = Math(formula, size=_LETTER, margin=0)
    return drawn if _has_letters(drawn, formula) else None


def _fitting(tree: Node, room: float) -> Math | None:
    """Return a formula in one line, or in lines where that makes it less wide than the room."""
    drawn = _drawn(tree)
    for broken in (_statements, _relations):
        if drawn is None or drawn.getsize()[0] <= room:
            break
        other = _drawn(broken(tree))
        drawn = other if other and other.getsize()[0] < drawn.getsize()[0] else drawn
    return drawn


def _statements(tree: Node) -> Node:
    """Return a formula with each of its statements, which wide spaces part, as a line."""
    return _aligned(_parted(tree))


def _relations(tree: Node) -> Node:
    """Return a formula as lines from one relation to the next."""
    lines = []
    for items in _parted(tree):
        places = [at for at, it in enumerate(items) if at and _is_relation(it)]
        starts = [0, *places[1:], len(items)]
        lines += [items[start:end] for start, end in pairwise(starts)]
    return _aligned(lines)


def _parted(tree: Node) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for item in flat(tree):
        if isinstance(item, Symbol) and item.role is Role.SPACE and item.text == WIDE:
            lines.append([])
        else:
            lines[-1].append(item)
    return [line for line in lines if line]


def _aligned(lines: Sequence[Sequence[Node]]) -> Node:
    """Return lines with their first relations one below the other."""
    cells = []
    for items in lines:
        at = next((at for at, it in enumerate(items) if _is_relation(it)), 0)
        cells.append((Row(tuple(items[:at])), Row(tuple(items[at:]))))
    return Grid("aligned", tuple(cells))


def _is_relation(node: Node) -> bool:
    return (
        isinstance(node, Symbol) and node.role is Role.RELATION and node.text not in "\u2223:\u2208"
    )


def _framed(tree: Node) -> Node | None:
    """Return what is in a frame, if all of a formula is."""
    while isinstance(tree, Row) and len(tree.items) == 1:
        tree = tree.items[0]
    return tree.body if isinstance(tree, Marked) and tree.how == "framed" else None


def _work(element: Element) -> int:
    """Return how much work an element is to draw: what is in a row is laid out twice."""
    rows = ("mrow", "math", "msqrt", "mtd", "mpadded")
    return 1 + (2 if element.tag in rows else 1) * sum(_work(child) for child in element)


def _has_letters(drawn: Math, formula: Element) -> bool:
    """Tell whether there is a letter in the font for each that is to be drawn."""
    letters = {it for element in formula.iter() for it in element.text or "" if not it.isspace()}
    return all(drawn.font.glyphindex(it) for it in letters)


def _card(formula: Element, frame: int) -> bytes | None:
    """Return a picture of a card with a formula on it, at its left, and a frame around that."""
    left, top, width, height = map(float, formula.attrib["viewBox"].split())
    if width <= 0 or height <= 0:
        return None
    margin = _MARGIN + frame
    scale = min(1, (_MOST_WIDTH - 2 * margin) / width, (_MOST_HEIGHT - 2 * margin) / height)
    if scale < _LEAST_SCALE:
        return None
    width, height = width * scale, height * scale
    size = _size(max(_LEAST_WIDTH, width + 2 * margin), height + 2 * margin)
    svg = Element("svg", size | {"xmlns": "http://www.w3.org/2000/svg"})
    SubElement(svg, "rect", size | {"rx": str(_CORNER), "fill": CARD})
    if frame:
        at = {"x": str(_MARGIN), "y": str(_MARGIN), "rx": str(_CORNER // 2)}
        line = {"fill": "none", "stroke": INK, "stroke-width": "2.5"}
        SubElement(svg, "rect", _size(width + 2 * frame, height + 2 * frame) | at | line)
    place = f"translate({margin} {margin}) scale({scale:.4f}) translate({-left} {-top})"
    SubElement(svg, "g", {"transform": place}).extend(formula)
    for element in formula.iter():
        for paint in ("fill", "stroke"):
            if element.get(paint) == "black":  # ziamath forgets the colour of an overline
                element.set(paint, INK)
    return bytes(resvg_py.svg_to_bytes(tostring(svg, "unicode"), skip_system_fonts=True))


def _size(width: float, height: float) -> dict[str, str]:
    return {"width": str(round(width)), "height": str(round(height))}
