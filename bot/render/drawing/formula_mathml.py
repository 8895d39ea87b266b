# ruff: noqa: RUF001 - what looks like a letter is a symbol here
"""Formulas as MathML, for what draws them."""

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from bot.render.formulas.tex_symbols import ALPHABETS, SIZES, WIDE, Role
from bot.render.formulas.tex_tree import (
    Accent,
    Choose,
    Fenced,
    Fraction,
    Grid,
    Letters,
    Marked,
    Node,
    Root,
    Row,
    Scripts,
    Symbol,
)

_VARIANTS = {
    **dict.fromkeys(("mathrm", "rm", "mathbb", "mathds"), "normal"),
    **dict.fromkeys(("mathbf", "bold"), "bold"),
    **dict.fromkeys(("boldsymbol", "bm", "pmb"), "bold-italic"),
    "mathsf": "sans-serif",
    "mathtt": "monospace",
}
_ACCENTS = {
    "hat": "ˆ",
    "widehat": "\u0302",
    "tilde": "˜",
    "widetilde": "\u0303",
    "bar": "¯",
    **dict.fromkeys(("overline", "underline"), "―"),
    **dict.fromkeys(("vec", "overrightarrow"), "→"),
    "overleftarrow": "←",
    "overleftrightarrow": "↔",
    "dot": "˙",
    "ddot": "¨",
    "dddot": "\u20db",
    "acute": "´",
    "grave": "`",
    "check": "ˇ",
    "breve": "˘",
    "mathring": "˚",
}
_WITH_LIMITS = re.compile(r"lim.*|max|min|sup|inf|arg(?:max|min)|gcd|det|Pr|[∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆]")
_LARGE = re.compile(r"[∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆∫∬∭∮∯]")
_ALIGNED = ("align", "aligned", "alignat", "alignedat", "eqnarray", "split")
_LONG = {"→": "⟶", "←": "⟵", "⇒": "⟹", "↦": "⟼"}
_FENCES = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
    "cases": "{ ",
    "dcases": "{ ",
    "rcases": " }",
}
_SPACES = {
    Role.BINARY: ("mediummathspace", "mediummathspace"),
    Role.RELATION: ("thickmathspace", "thickmathspace"),
    Role.COMMA: ("0em", "0.2em"),
}
_BEFORE_SIGN = (Role.RELATION, Role.BINARY, Role.OPEN, Role.COMMA)
_FACTOR = (Role.ORDINARY, Role.CLOSE)


class NotDrawable(Exception):
    """There is something in a formula whose look is not known."""


def mathml(node: Node, colour: str) -> Element:
    """Return a formula as MathML's root element, or raise `NotDrawable`."""
    root = Element("math", {"display": "block", "mathcolor": colour})
    root.extend(_row(node))
    return root


def _row(node: Node) -> list[Element]:
    """Return the elements side by side, without rows in rows: each would double the work."""
    items = flat(node)
    roles = [_role(it) for it in items]
    found: list[Element] = []
    for at, item in enumerate(items):
        before = next((it for it in reversed(roles[:at]) if it is not Role.SPACE), None)
        after = roles[at + 1] if at + 1 < len(items) else None
        if isinstance(item, Symbol):
            signed = before is None or before in _BEFORE_SIGN
            element = _symbol(item, signed and item.text in "+−±∓¬")
            if found and found[-1].tag == element.tag == "mn":
                found[-1].text = f"{found[-1].text}{element.text}"
                continue
        else:
            element = _one(item)
        name = roles[at] is Role.NAME
        if name and before in _FACTOR:
            found.append(_space(0.17))
        found.append(element)
        if name and after in (Role.ORDINARY, Role.NAME):
            found.append(_space(0.17))
    return found


def flat(node: Node) -> list[Node]:
    """Return what stands side by side, with rows in rows as one."""
    if isinstance(node, Row):
        return [it for item in node.items for it in flat(item)]
    return [node]


def _role(node: Node) -> Role:
    if isinstance(node, Symbol):
        return node.role
    if isinstance(node, Scripts):
        return _role(node.base)
    return Role.CLOSE if isinstance(node, Fenced) else Role.ORDINARY


def _box(node: Node) -> Element:
    """Return a formula as one element."""
    return _grouped(_row(node))


def _grouped(elements: Sequence[Element]) -> Element:
    if len(elements) == 1:
        return elements[0]
    return _element("mrow", *elements) if elements else _space(0)


def _element(
    tag: str, *children: Element, text: str | None = None, given: Mapping[str, str] | None = None
) -> Element:
    element = Element(tag, dict(given or {}))
    element.text = text
    element.extend(children)
    return element


def _space(width: float) -> Element:
    return _element("mspace", given={"width": f"{width}em"})


def _sign(text: str, left: str = "0em", right: str = "0em", **given: str) -> Element:
    return _element("mo", text=text, given={"lspace": left, "rspace": right} | given)


def _symbol(symbol: Symbol, is_sign: bool) -> Element:
    text, role = symbol.text, symbol.role
    if role is Role.UNKNOWN:
        raise NotDrawable
    if role is Role.SPACE:
        return _space(1.0 if text == WIDE else 0.22 if text else 0)
    if role is Role.TEXT:
        words = re.sub(r"\s+", " ", text).replace("-", "‐")
        return _element("mtext", text=words) if words else _space(0)
    if role is Role.NAME and not _LARGE.fullmatch(text):
        return _element("mtext", text=text)
    if role is Role.NAME:
        return _element("mo", text=text)
    if role is Role.ORDINARY and (text.isdigit() or text == "."):
        return _element("mn", text=text)
    if role is Role.ORDINARY and text.isalpha():
        upright = "Α" <= text <= "Ω"
        return _element("mi", text=text, given={"mathvariant": "normal"} if upright else None)
    left, right = ("0em", "0em") if is_sign else _SPACES.get(role, ("0em", "0em"))
    return _sign(text, left, right, stretchy="false")


def _one(node: Node) -> Element:
    match node:
        case Fraction(top, bottom):
            return _element("mfrac", _box(top), _box(bottom))
        case Choose(top, bottom):
            fraction = _element("mfrac", _box(top), _box(bottom), given={"linethickness": "0"})
            return _fenced("(", fraction, ")")
        case Root(radicand, degree) if degree == Row():
            return _element("msqrt", _box(radicand))
        case Root(radicand, degree):
            return _element("mroot", _box(radicand), _box(degree))
        case Scripts():
            return _scripts(node)
        case Accent(name, body):
            mark = _sign(_ACCENTS[name], stretchy="false" if name in ("hat", "tilde") else "true")
            return _element("munder" if name == "underline" else "mover", _box(body), mark)
        case Letters():
            return _letters(node)
        case Fenced(opening, body, closing):
            return _fenced(_text_of(opening), _box(body), _text_of(closing))
        case Marked():
            return _marked(node)
        case Grid():
            return _grid(node)
        case _:
            return _box(node)


def _scripts(node: Scripts) -> Element:
    base = _box(node.base)
    below = _box(node.below) if node.below else None
    above = _box(node.above) if node.above else None
    if node.stacked and base.tag == "mo":
        base.text = _LONG.get(base.text or "", base.text)
    limits = node.stacked or (isinstance(node.base, Symbol) and _has_limits(node.base))
    limits = limits or (isinstance(node.base, Marked) and node.base.how.endswith("brace"))
    if below is not None and above is not None:
        return _element("munderover" if limits else "msubsup", base, below, above)
    if below is not None:
        return _element("munder" if limits else "msub", base, below)
    return base if above is None else _element("mover" if limits else "msup", base, above)


def _has_limits(symbol: Symbol) -> bool:
    return symbol.role is Role.NAME and _WITH_LIMITS.fullmatch(symbol.text) is not None


def _letters(node: Letters) -> Element:
    box = _box(node.body)
    if node.name in SIZES:
        for sign in box.iter("mo"):
            size = f"{SIZES[node.name]}em"
            sign.attrib |= {"stretchy": "true", "minsize": size, "maxsize": size}
    for element in box.iter():
        if element.tag in ("mi", "mn", "mtext"):
            _set_in(element, node.name)
    return box


def _set_in(element: Element, name: str) -> None:
    """Set letters in another alphabet: as the characters that it has, or by its variant's name."""
    text, alphabet = element.text or "", ALPHABETS[name]
    if all(it in alphabet for it in text):
        element.text = "".join(alphabet[it] for it in text)
        element.set("mathvariant", "normal")
    elif variant := _VARIANTS.get(name):
        element.set("mathvariant", variant)


def _text_of(node: Node) -> str:
    return node.text if isinstance(node, Symbol) else ""


def _fenced(opening: str, body: Element, closing: str) -> Element:
    parts = [body]
    if opening.strip():
        parts.insert(0, _sign(opening, stretchy="true", form="prefix"))
    if closing.strip():
        parts.append(_sign(closing, stretchy="true", form="postfix"))
    return _grouped(parts)


def _marked(node: Marked) -> Element:
    body = _box(node.body)
    if node.how == "framed":
        padded = _element("mrow", _space(0.2), body, _space(0.2))
        return _element("menclose", padded, given={"notation": "box"})
    if node.how == "struck":
        return _element("menclose", body, given={"notation": "updiagonalstrike"})
    if node.how == "bold":
        return _letters(Letters("mathbf", node.body))
    over = node.how == "overbrace"
    brace = _sign("⏞" if over else "⏟", stretchy="true")
    return _element("mover" if over else "munder", body, brace)


def _grid(node: Grid) -> Element:
    given = {"columnalign": "center", "columnspacing": "0.9em", "rowspacing": "0.45em"}
    if node.name in _ALIGNED or node.name == "lines":
        given |= {"columnalign": "right left " * 4, "columnspacing": "0em 1.5em"}
        given |= {"rowspacing": "0.5em", "displaystyle": "true"}
        if all(len(cells) == 1 for cells in node.lines):
            given["columnalign"] = "left"
    elif node.name.endswith("cases"):
        given |= {"columnalign": "left", "columnspacing": "1em"}
    elif letters := re.sub(r"[^lcr]", "", node.columns):
        aligned = {"l": "left", "c": "center", "r": "right"}
        given["columnalign"] = " ".join(aligned[it] for it in letters)
    lines = [[_element("mtd", *_row(cell)) for cell in cells] for cells in node.lines]
    width = max(map(len, lines), default=0)
    if not width:
        return _space(0)
    for cells in lines:
        cells += [_element("mtd", _space(0)) for _ in range(width - len(cells))]
    table = _element("mtable", *[_element("mtr", *cells) for cells in lines], given=given)
    fences = _FENCES.get(node.name, "  ")
    return _fenced(fences[0], table, fences[1])
