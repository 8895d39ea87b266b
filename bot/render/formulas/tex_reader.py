"""Reading TeX's formulas: their groups, scripts and arguments."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.render.formulas.tex_symbols import ACCENTS, ALPHABETS, CHARACTERS, PRIME, SYMBOLS, Role
from bot.render.formulas.tex_tree import (
    Accent,
    Choose,
    Fraction,
    Letters,
    Node,
    Row,
    Scripts,
    Symbol,
)

_MOST_NESTED = 60
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\s+|.", re.DOTALL)
_SPACED = (Role.COMMA, Role.RELATION, Role.BINARY)
_CLOSING = ("}", "\\right", "\\end")


class TooDeep(Exception):
    """A formula is nested more deeply than anybody would write by hand."""


def tokens(source: str) -> list[str]:
    """Return the tokens of a source, the first one last."""
    return _TOKEN.findall(source)[::-1]


@dataclass(slots=True)
class Reader:
    """Reads tokens one after the other."""

    tokens: list[str]
    """What is still to be read, the next one last."""

    commands: Mapping[str, "Read"]
    depth: int = 0

    def lines(self) -> list[tuple[Node, ...]]:
        """Read lines of cells up to what closes them."""
        found: list[list[Node]] = [[]]
        while True:
            found[-1].append(self.row(("&", "\\\\", "\\cr", "\\newline")))
            if not self.tokens or self.tokens[-1] in _CLOSING:
                return [tuple(cells) for cells in found]
            if self.tokens.pop() != "&":
                self.optional()
                found.append([])

    def row(self, until: tuple[str, ...] = ()) -> Node:
        """Read what stands side by side up to one of these tokens."""
        self._descend()
        items: list[Node] = []
        while (mark := self._next()) and mark not in _CLOSING and mark not in until:
            if mark in ("\\over", "\\choose", "\\atop"):
                self.tokens.pop()
                kind = Fraction if mark == "\\over" else Choose
                items = [kind(Row(tuple(items)), self.row(until))]
            else:
                items.append(self._scripted())
        self.depth -= 1
        return items[0] if len(items) == 1 else Row(tuple(items))

    def argument(self) -> Node:
        """Read a command's argument: what is in braces, or else one token."""
        mark = self._next()
        return self.atom() if mark and mark not in _CLOSING else Row()

    def optional(self) -> Node:
        """Read an argument in brackets, if there is one."""
        if self.tokens and self.tokens[-1] == "[" and "]" in self.tokens:
            self.tokens.pop()
            body = self.row(("]",))
            self.skip("]")
            return body
        return Row()

    def atom(self) -> Node:
        """Read one thing, without what stands above or below it."""
        self._descend()
        found = self._atom()
        self.depth -= 1
        return found

    def _descend(self) -> None:
        self.depth += 1
        if self.depth > _MOST_NESTED:
            raise TooDeep

    def _atom(self) -> Node:
        mark = self.tokens.pop()
        if mark == "{":
            body = self.row()
            self.skip("}")
            if isinstance(body, Symbol) and body.role in _SPACED:
                return Symbol(body.text)  # braces take the spaces around it: 1{,}000
            return body
        if not mark.startswith("\\") or mark == "\\":
            return Symbol(*CHARACTERS.get(mark, (mark, Role.ORDINARY)))
        name = mark[1:]
        if read := self.commands.get(name):
            return read(self)
        if name in ACCENTS:
            return Accent(name, self.argument())
        if name in ALPHABETS:
            return Letters(name, self.argument())
        if name in SYMBOLS:
            return Symbol(*SYMBOLS[name])
        return Symbol(name, Role.UNKNOWN)

    def words(self) -> str:
        """Read a text's argument as it is written."""
        if self._next() != "{":
            return self.tokens.pop() if self.tokens else ""
        depth, found = 0, []
        while self.tokens:
            mark = self.tokens.pop()
            depth += {"{": 1, "}": -1}.get(mark, 0)
            if depth == 0:
                break
            found.append(mark)
        return "".join(found[1:])

    def name(self) -> str:
        """Read an argument that is a name."""
        return self.words().strip()

    def delimiter(self, role: Role | None = None) -> Node:
        """Read what follows a command such as `left`; a dot stands for nothing."""
        mark = self._next()
        if not mark or mark in ("{", *_CLOSING):
            return Row()
        self.tokens.pop()
        if mark == ".":
            return Row()
        known = SYMBOLS.get(mark[1:]) or CHARACTERS.get(mark) or (mark.lstrip("\\"), None)
        return Symbol(known[0], role or known[1] or Role.ORDINARY)

    def _scripted(self) -> Node:
        base: Node = Row() if self.tokens[-1] in ("^", "_") else self.atom()
        below: list[Node] = []
        above: list[Node] = []
        while (mark := self._next()) in ("^", "_", "'", "\\limits", "\\nolimits"):
            self.tokens.pop()
            if mark == "'":
                above.append(Symbol(PRIME))
            elif mark in ("^", "_"):
                (above if mark == "^" else below).append(self.argument())
        if not below and not above:
            return base
        return Scripts(base, _joined(below), _joined(above))

    def _next(self) -> str:
        while self.tokens and self.tokens[-1].isspace():
            self.tokens.pop()
        return self.tokens[-1] if self.tokens else ""

    def nested(self, source: str) -> Node:
        """Read another source in the place of what was read."""
        return Reader(tokens(source), self.commands, self.depth + 1).row()

    def skip(self, mark: str) -> bool:
        """Read this mark, if it is the next one."""
        if found := self._next() == mark:
            self.tokens.pop()
        return found


Read = Callable[[Reader], Node]


def _joined(nodes: list[Node]) -> Node | None:
    return Row(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)
