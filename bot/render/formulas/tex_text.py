# ruff: noqa: RUF001, RUF002 - what looks like a letter is a symbol here
"""Formulas as text in one line."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.render.formulas.tex import parse
from bot.render.formulas.tex_reader import TooDeep
from bot.render.formulas.tex_spacing import Piece, spaced
from bot.render.formulas.tex_symbols import (
    ACCENTS,
    ALPHABETS,
    LOWER,
    PRIME,
    UPPER,
    VULGAR,
    WIDE,
    Role,
)
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

# Stand for the marks of Discord's Markdown until all that is not one has been escaped.
_BOLD, _STRUCK = "\ue001", "\ue002"
_MARKS = re.compile(r"[\ue000-\ue002]")

_MARKDOWN = re.compile(r"[\\*_~|`]|<(?=\S)|\](?=\()")
_STARTS_BLOCK = re.compile(r"(?:[#>+=-]|\d+(?=[.)](?:\s|$)))")
_SPACES = re.compile(r"\s*\ue000[\s\ue000]*|\s+")
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?|[{}]|\\(?=.)")

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NAME = re.compile(r"[A-Za-z]{2,}")
_INDICES = "[′₀-₉ₐ-ₜᵢⱼᵣᵤᵥₓ⁰-⁹ⁿ²³\u0300-\u036f\u20d0-\u20ff]*[!%°]?"
_FACTOR = re.compile(rf"(?>(?:\d+(?:[.,]\d+)*|[d∂]?[^\W\d_]){_INDICES})")
_PRODUCT = re.compile(rf"−?(?>[√∛∜]?{_FACTOR.pattern})++")
_CALLS = re.compile(rf"−?(?>{_FACTOR.pattern}|\([^()]*\))++")
_CALL = re.compile(rf"{_FACTOR.pattern}\([^()]*\)")
_AMOUNT = re.compile(r"[$€£]\d[\d.,]*")
_POWER = re.compile(rf"{_FACTOR.pattern}\^\([^()]*\)")
_ROOT = re.compile(rf"[√∛∜](?:{_FACTOR.pattern}|\([^()]*\))")
_CONDITION = re.compile(r"(?:if|when|for|otherwise|else|where|wenn|sonst)\b")
_DENSE = re.compile(r"[_^√∛∜](?=\()|/(?=\()|(?<=\))/")
_BOUNDED = re.compile(r"[∑∏∐∫∬∭∮⋃⋂]|lim(?:\s?sup|\s?inf)?|max|min|sup|inf|arg\s?(?:max|min)")
_FENCES = {"vmatrix": "||", "Vmatrix": "‖‖", "pmatrix": "()"}
_MOST_SIMPLE = 12
_MOST_FLUENT = 60


class _NotSimple(Exception):
    """Only a picture does this justice."""


class _Care(IntEnum):
    """What a formula may lose by standing in one line."""

    NOTHING = 0
    LITTLE = 1
    MUCH = 2


def simple(source: str, *, bold: bool = True) -> str | None:
    """Return a formula as Discord Markdown, or None where only a picture does it justice.

    A frame is shown by bold letters, unless the formula stands in what is bold already.
    """
    return _written(source, _Care.NOTHING, bold)


def fluent(source: str, *, bold: bool = True) -> str | None:
    """Return a formula as Discord Markdown where that reads well in a sentence, or else None.

    More does than what is simple: e^(−λt), (a + b)/2, ∑[n=1…∞] 1/n².
    """
    text = _written(source, _Care.LITTLE, bold)
    dense = text is None or len(text) > _MOST_FLUENT or len(_DENSE.findall(text)) > 2
    return None if dense else text


def _written(source: str, care: _Care, bold: bool) -> str | None:
    try:
        return _finished(_Writer(care).row(parse(_clean(source))), bold) or None
    except (_NotSimple, TooDeep):
        return None


def linear(source: str, *, bold: bool = True) -> str:
    """Return a formula as Discord Markdown in one line, as readable as that can be."""
    text = _written(source, _Care.MUCH, bold)
    return text or _finished(_COMMAND.sub(" ", _clean(source)), bold) or _finished(source, bold)


def _clean(source: str) -> str:
    return _MARKS.sub("", source)


def _finished(text: str, bold: bool) -> str:
    """Return a text with its spaces joined, and as Discord has to be sent it."""
    text = _SPACES.sub(lambda it: "\u2003" if WIDE in it.group() else " ", text).strip()
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    if start := _STARTS_BLOCK.match(text):
        at = start.end() if start.group().isdigit() else 0
        text = f"{text[:at]}\\{text[at:]}"
    text = text.replace(_BOLD * 2, f"{_BOLD} {_BOLD}")
    return text.replace(_BOLD, "**" if bold else "").replace(_STRUCK, "~~")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes trees; a careful one refuses what loses by standing in one line."""

    care: _Care

    def row(self, node: Node, *, tight: bool = False) -> str:
        """Return what stands side by side, with spaces where a reader expects them."""
        return spaced(self.pieces(node), tight=tight)

    def pieces(self, node: Node) -> list[Piece]:
        """Return the parts of a line."""
        if isinstance(node, Row):
            return [piece for item in node.items for piece in self.pieces(item)]
        if isinstance(node, Symbol):
            return [self._symbol(node)]
        if isinstance(node, Fenced):
            return self.pieces(Row((node.opening, node.body, node.closing)))
        if isinstance(node, Letters):
            return self._letters(node)
        if isinstance(node, Scripts):
            return self._scripts(node)
        return [self._one(node)]

    def _one(self, node: Fraction | Choose | Root | Accent | Marked | Grid) -> Piece:
        match node:
            case Fraction():
                return self._fraction(node)
            case Choose(top, bottom):
                self._refuse()
                return Piece(f"C({self.row(top)}, {self.row(bottom)})", Role.CLOSE)
            case Root():
                return self._root(node)
            case Accent():
                return self._accent(node)
            case Marked():
                return self._marked(node)
            case Grid():
                self._refuse(loses=_Care.MUCH)
                return Piece(self._grid(node))

    def _refuse(self, unless: bool = False, loses: _Care = _Care.LITTLE) -> None:
        if self.care < loses and not unless:
            raise _NotSimple

    def _symbol(self, symbol: Symbol) -> Piece:
        self._refuse(unless=symbol.role is not Role.UNKNOWN, loses=_Care.MUCH)
        role = Role.NAME if symbol.role is Role.UNKNOWN and len(symbol.text) > 1 else symbol.role
        return Piece(symbol.text, role)

    def _letters(self, node: Letters) -> list[Piece]:
        pieces, alphabet = self.pieces(node.body), ALPHABETS[node.name]
        letters = sum(len(it.text) for it in pieces)
        if not alphabet or letters > 3:
            return pieces
        return [Piece("".join(alphabet.get(c, c) for c in it.text), it.role) for it in pieces]

    def _scripts(self, node: Scripts) -> list[Piece]:
        self._refuse(unless=not node.stacked, loses=_Care.MUCH)
        if bounded := self._bounds(node):
            return [bounded]
        base = self.pieces(node.base) or [Piece("")]
        if base[-1].role is Role.FRACTION:
            base = [Piece(f"({spaced(base)})")]
        tail = self._script(node.below, LOWER, "_") + self._script(node.above, UPPER, "^")
        open_ended = re.search(r"[_^]\w+$", tail) and base[-1].role is Role.ORDINARY
        return [
            *base[:-1],
            Piece(base[-1].text + tail, Role.LOOSE if open_ended else base[-1].role),
        ]

    def _bounds(self, node: Scripts) -> Piece | None:
        """Return a sum, an integral or a limit with its bounds, if these can't be small."""
        base = node.base
        if not isinstance(base, Symbol) or not _BOUNDED.fullmatch(base.text) or not node.below:
            return None
        below = self.row(node.below, tight=True).strip()
        above = self.row(node.above, tight=True).strip() if node.above else ""
        if not below or (all(it in LOWER for it in below) and all(it in UPPER for it in above)):
            return None
        self._refuse()
        return Piece(f"{base.text}[{below}{'…' if above else ''}{above}]", Role.NAME)

    def _script(self, node: Node | None, table: Mapping[str, str], mark: str) -> str:
        return "" if node is None else self._moved(self.row(node, tight=True).strip(), table, mark)

    def _moved(self, text: str, table: Mapping[str, str], mark: str) -> str:
        """Return what stands above or below: smaller if there are such characters for it."""
        if all(character in table for character in text):
            return "".join(table[character] for character in text)
        self._refuse()
        primes = len(text) - len(text.lstrip(PRIME))
        return text[:primes] + self._mark(mark, text[primes:])

    def _mark(self, mark: str, text: str) -> str:
        bare = len(text) == 1 or text.isdigit() or (mark == "_" and _NAME.fullmatch(text))
        return mark + (text if bare else f"({text})")

    def _fraction(self, node: Fraction) -> Piece:
        top, bottom = self.row(node.top), self.row(node.bottom)
        sign, digits = ("−", top[1:]) if top.startswith("−") else ("", top)
        if vulgar := VULGAR.get(f"{digits}/{bottom}"):
            return Piece(sign + vulgar)
        whole = _PRODUCT.fullmatch(top) and (
            _FACTOR.fullmatch(bottom) or re.fullmatch(r"d\w", bottom)
        )
        self._refuse(unless=whole is not None and len(top) + len(bottom) < _MOST_SIMPLE)
        if not any(it.fullmatch(top) for it in (_PRODUCT, _CALLS, _AMOUNT, _POWER)):
            top = f"({top})"
        if not any(it.fullmatch(bottom) for it in (_FACTOR, _CALL, _ROOT)):
            bottom = f"({bottom})"
        return Piece(f"{top}/{bottom}", Role.FRACTION)

    def _root(self, node: Root) -> Piece:
        radicand, degree = self.row(node.radicand), self.row(node.degree, tight=True)
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        if sign is None:
            sign = self._moved(degree, UPPER, "") + "√"
        self._refuse(unless=len(radicand) <= _MOST_SIMPLE and "/" not in radicand)
        if re.fullmatch(r"\d+(?:[.,]\d+)?", radicand) or _FACTOR.fullmatch(radicand):
            return Piece(sign + radicand, Role.LOOSE)
        return Piece(f"{sign}({radicand})", Role.CLOSE)

    def _accent(self, node: Accent) -> Piece:
        body, mark = self.row(node.body, tight=True), ACCENTS[node.name]
        letters = [it for it in body if not unicodedata.combining(it)]
        bare = "".join(letters).replace("ı", "i").replace("ȷ", "j")
        if len(letters) == 1:
            return Piece(unicodedata.normalize("NFC", bare + body[1:] + mark))
        if _WORD.fullmatch(body) and len(letters) <= 3:
            each = mark in (ACCENTS["bar"], ACCENTS["underline"])
            return Piece("".join(it + mark for it in body) if each else body + mark)
        self._refuse()
        return Piece(f"{node.name}({body})", Role.CLOSE)

    def _marked(self, node: Marked) -> Piece:
        body = self.row(node.body).strip()
        if node.how.endswith("brace") or not body:
            self._refuse(unless=not body, loses=_Care.MUCH)
            return Piece(body and f"({body})", Role.CLOSE)
        self._refuse(unless=node.how != "struck")
        mark = _STRUCK if node.how == "struck" else _BOLD
        return Piece(mark + body.replace(mark, "") + mark)

    def _grid(self, node: Grid) -> str:
        if node.name.endswith("matrix") or node.name == "array":
            fences = _FENCES.get(node.name, "[]")
            lines = [", ".join(self.row(cell) for cell in cells) for cells in node.lines]
            return f"{fences[0]}{'; '.join(lines)}{fences[1]}"
        if node.name in ("cases", "rcases", "dcases"):
            return "; ".join(_case([self.row(it).strip() for it in cells]) for cells in node.lines)
        return _chained([self.row(Row(cells)) for cells in node.lines])


def _case(cells: Sequence[str]) -> str:
    value, condition = cells[0], " ".join(cells[1:]).strip()
    if not condition:
        return value
    joint = " " if _CONDITION.match(condition) else " if "
    return value.rstrip(", ") + joint + condition


def _chained(lines: Sequence[str]) -> str:
    """Return aligned lines: one that begins with a relation goes on with the one before."""
    text = ""
    for line in filter(None, (line.strip() for line in lines)):
        goes_on = line[0] in "=<>≤≥≠≈≡∼→⇒⇔⟹⟺∝+−×·" and text
        text += (" " if goes_on else "; " if text else "") + line
    return text
