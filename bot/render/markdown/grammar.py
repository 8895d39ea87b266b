"""The parser of Markdown: blocks only, with each table and each formula as one token."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from bot.render.markdown.formula_lines import OPEN, belongs, line_of, read_formula, read_joined
from bot.render.markdown.rows import cells_of, filled, fitted
from bot.render.markdown.tables import Table

_MARK = r"[ \t]*:?-+:?[ \t]*"
_DELIMITERS = re.compile(rf"(?!-[ \t])\|?{_MARK}(?:\|{_MARK})*\|?")
_Cells = tuple[str, ...]


class Grammar:
    """A parser of all but HTML and link definitions, which mean little to Discord."""

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark").disable(["inline", "html_block", "reference"])
        ruler = self._parser.block.ruler
        ruler.before("code", "grid", _read_table, {"alt": ["paragraph"]})
        ruler.before("fence", "formula", read_formula, {"alt": ["paragraph"]})
        ruler.before("lheading", "joined", read_joined, {"alt": ["paragraph"]})

    def read(self, lines: Sequence[str]) -> tuple[list[Token], int | None]:
        """Return the blocks, and the line where a formula begins that the end leaves open."""
        if table := _only_table(lines):
            return [table], None
        tokens: list[Token] = []
        found: dict[str, int] = {}
        self._parser.block.parse("\n".join(lines) + "\n", self._parser, found, tokens)
        return tokens, found.get(OPEN)


def _read_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a table; its rows go on up to an empty line, one without a bar, or the next block."""
    if first + 2 > end or state.is_code_block(first) or not belongs(state, first + 1):
        return False
    columns = _columns(line_of(state, first), line_of(state, first + 1))
    if columns is None:
        return False
    if silent:
        return True
    rows = []
    last = first + 2
    while last < end and belongs(state, last) and not _ends_table(state, last, end):
        rows.append(line_of(state, last))
        last += 1
    token = state.push("table", "", 0)
    token.map = [first, last]
    token.meta["table"] = _table(*columns, rows)
    state.line = last
    return True


def _ends_table(state: StateBlock, line: int, end: int) -> bool:
    text = line_of(state, line).rstrip()
    if "|" not in text:
        return True  # a row elsewhere, but whoever writes one means a paragraph
    if text[0] == "|":
        return False
    rules = state.md.block.ruler.getRules("blockquote")
    return any(rule(state, line, end, True) for rule in rules)


def _only_table(lines: Sequence[str]) -> Token | None:
    """Read lines that are all a table's, which needs no parser."""
    first = next((number for number, line in enumerate(lines) if line), len(lines))
    if len(lines) < first + 2 or any(line[:1] != "|" for line in lines[first:]):
        return None
    columns = _columns(lines[first], lines[first + 1])
    if columns is None:
        return None
    table = _table(*columns, lines[first + 2 :])
    return Token("table", "", 0, map=[first, len(lines)], meta={"table": table})


def _columns(head: str, rule: str) -> tuple[_Cells, _Cells] | None:
    """Return a table's header and how its columns are ruled, if these lines begin one."""
    if "|" not in head or not _DELIMITERS.fullmatch(rule.rstrip()):
        return None
    rules = cells_of(rule)
    header = cells_of(head)
    if len(header) > len(rules):
        header = fitted(head, len(rules)) or ()
    return (header, rules) if header and len(header) == len(rules) else None


def _table(header: _Cells, rules: _Cells, lines: Sequence[str]) -> Table:
    wide = len(header)
    rows = tuple(filled(line, wide) for line in lines)
    return Table(header, rows, tuple(map(_alignment, rules)))


def _alignment(rule: str) -> str:
    right = rule.endswith(":")
    if rule.startswith(":"):
        return "center" if right else "left"
    return "right" if right else ""
