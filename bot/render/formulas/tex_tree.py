"""Formulas as trees."""

from dataclasses import dataclass

from bot.render.formulas.tex_symbols import Role


@dataclass(frozen=True, slots=True)
class Symbol:
    """A character, a name, or words."""

    text: str
    role: Role = Role.ORDINARY


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side."""

    items: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Fraction:
    """One above the other, with a line between."""

    top: "Node"
    bottom: "Node"


@dataclass(frozen=True, slots=True)
class Choose:
    """A binomial coefficient."""

    top: "Node"
    bottom: "Node"


@dataclass(frozen=True, slots=True)
class Root:
    """A root; an empty degree is that of a square root."""

    radicand: "Node"
    degree: "Node"


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what stands below and above at its right, or right below and above it."""

    base: "Node"
    below: "Node | None"
    above: "Node | None"
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over what it belongs to; the name is TeX's."""

    name: str
    body: "Node"


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of another alphabet, or a sign of another size; the name is TeX's."""

    name: str
    body: "Node"


@dataclass(frozen=True, slots=True)
class Fenced:
    """What stands between two delimiters that are as high as it."""

    opening: "Node"
    body: "Node"
    closing: "Node"


@dataclass(frozen=True, slots=True)
class Marked:
    """What is "framed", "bold", "struck" out, or has an "overbrace" or an "underbrace"."""

    how: str
    body: "Node"


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells; the name is that of TeX's environment, the columns are as it says."""

    name: str
    lines: tuple[tuple["Node", ...], ...]
    columns: str = ""


Node = Symbol | Row | Fraction | Choose | Root | Scripts | Accent | Letters | Fenced | Marked | Grid
