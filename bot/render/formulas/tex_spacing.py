# ruff: noqa: RUF001 - what looks like a letter is a symbol here
"""The spaces between the parts of a formula in one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.formulas.tex_symbols import Role

_FUNCTION = re.compile(r"(?!lim|max|min|sup|inf|arg|mod)[a-zA-Z]")
"""Of sin 1/x nobody knows where the sine ends."""

_DERIVATIVE = re.compile(r"[d∂][²³ⁿ]?/[d∂]\w[²³ⁿ]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line."""

    text: str
    role: Role = Role.ORDINARY


_SIDES = (Role.RELATION, Role.BINARY)
_BEFORE_SIGN = (Role.RELATION, Role.BINARY, Role.OPEN, Role.COMMA, Role.NAME)
_ENDS_FACTOR = (Role.ORDINARY, Role.CLOSE, Role.FRACTION, Role.LOOSE)
_STARTS_FACTOR = (Role.ORDINARY, Role.OPEN, Role.FRACTION, Role.LOOSE, Role.NAME)


def spaced(pieces: Sequence[Piece], *, tight: bool = False) -> str:
    """Return the line that these parts make; a tight one has no spaces around its signs."""
    pieces = _signed(_barred([it for it in pieces if it.text]))
    text = ""
    before: Piece | None = None
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if before is not None:
            text += _gap(before, piece, tight)
        text += _guarded(before, piece, after)
        before = piece
    return text


def _barred(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the parts with bars as what they are: they open and close by turns."""
    found, open_bars = [], set[str]()
    for piece in pieces:
        if piece.role is Role.ORDINARY and piece.text[0] in "|‖":
            opens = piece.text[0] not in open_bars
            open_bars ^= {piece.text[0]}
            piece = Piece(piece.text, Role.OPEN if opens else Role.CLOSE)
        found.append(piece)
    return found


def _signed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the parts with a sign, such as that of a negative number, as part of its number."""
    found: list[Piece] = []
    for piece in pieces:
        last = next((it.role for it in reversed(found) if it.role is not Role.SPACE), None)
        if (
            piece.role is Role.BINARY
            and piece.text in "+−±∓¬"
            and (last is None or last in _BEFORE_SIGN)
        ):
            piece = Piece(piece.text, Role.TEXT)
        found.append(piece)
    return found


def _guarded(before: Piece | None, piece: Piece, after: Piece | None) -> str:
    """Return a fraction in parentheses where it would seem to go on in what is beside it."""
    if piece.role is not Role.FRACTION or _DERIVATIVE.fullmatch(piece.text):
        return piece.text
    if before and before.role is Role.NAME and _FUNCTION.match(before.text):
        return f"({piece.text})"
    joined = (before and before.role in _ENDS_FACTOR) or (after and after.role in _STARTS_FACTOR)
    return f"({piece.text})" if joined else piece.text


def _gap(left: Piece, right: Piece, tight: bool) -> str:
    """Return the space between two parts."""
    if _separate(left, right):
        return " "
    sides = left.role in _SIDES or right.role in _SIDES or left.role is Role.COMMA
    if not sides or tight:
        return ""
    if ":" in (left.text, right.text):
        return "" if right.text == ":" or right.text[0].isdigit() else " "
    return "" if right.role is Role.COMMA else " "


def _separate(left: Piece, right: Piece) -> bool:
    """Tell whether two parts would be read as one."""
    if left.role is Role.NAME:
        if right.role is Role.OPEN:
            return left.text[0] in "∑∏∫∬∭∮" or left.text[-1] == "]"
        return right.role not in (Role.CLOSE, Role.COMMA, Role.SPACE)
    if right.role is Role.NAME:
        return left.role in _ENDS_FACTOR
    if left.role is Role.LOOSE:
        return right.role is Role.ORDINARY
    derivative = left.role is Role.FRACTION and _DERIVATIVE.fullmatch(left.text) is not None
    return derivative and right.role in _STARTS_FACTOR
