"""Reads Markdown with a real parser and says how each of its lines is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from bot.render.markdown.cells import unbold
from bot.render.markdown.code_files import label_of
from bot.render.markdown.grammar import Grammar
from bot.render.markdown.inline import DEEPEST, in_code, marks_of, quote_in, shown
from bot.render.markdown.making import Line, formula_line, joined_line, piece_of
from bot.render.markdown.pieces import Fence, Piece, Rank, Row, width
from bot.render.markdown.tables import Table

RULE = "─" * 16

_GRAMMAR = Grammar()
_LANGUAGE = re.compile(r"[A-Za-z0-9_+\-.#]{1,20}$")
_RULE_AT_END = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_LONGEST_HEADING = 100
_LONGEST_UNDERLINED = 80
"""A longer line above `---` was meant as a paragraph above a rule."""

_PICTURE_ROWS = 15
"""Discord shrinks a taller picture until nobody can read it."""

_LEAVES = frozenset(
    ("paragraph_open", "heading_open", "hr", "fence", "code_block", "table", "formula", "joined")
)
_CONTAINERS = frozenset(("list_item_open", "blockquote_open"))


@dataclass(frozen=True, slots=True)
class _Span:
    """Lines that belong together, and those of them that set the scene for the rest.

    One that `stays` goes on with the line after it, if that fits.
    """

    first: int
    last: int
    repeats: tuple[tuple[int, str], ...]
    stays: bool
    is_item: bool = False


class Blocks:
    """The lines after a scene as pieces; `most` is the size that none drawn or tabled may exceed.

    What follows can change none of the first `settled` lines. The first `before` show nothing and
    end the block before. The scene's code `goes_on`, or other code may: they end `in_code`. They
    may end in a `table`, in no list and no quote. From `text_from` on all are a paragraph's or an
    indented block's that may go on, from `open_from` on perhaps a formula's.
    """

    def __init__(self, scene: Sequence[str], lines: Sequence[str], most: int) -> None:
        self.lines = [*scene, *lines]
        self.before = 0
        self.goes_on = self.in_code = False
        self._skipped = len(scene)
        self._most = most
        self._shown = [Line(line) for line in self.lines]
        self._spans: list[_Span] = []
        tokens, formula = _GRAMMAR.read(self.lines)
        begun, leaf = self._read(tokens)
        settled = min(self._settled(leaf, begun), len(self.lines) if formula is None else formula)
        while self._skipped < settled < len(self.lines) and not self.lines[settled - 1].strip():
            settled -= 1  # the gap belongs to what comes after it
        self.settled = max(0, settled - self._skipped)
        at_end = leaf is not None and leaf.map is not None and leaf.map[1] == len(self.lines)
        is_table = at_end and leaf is not None and leaf.type == "table" and not leaf.level
        self.table: Table | None = leaf.meta["table"] if leaf and is_table else None
        is_text = at_end and leaf is not None and leaf.type in ("paragraph_open", "code_block")
        self.text_from = max(0, begun - self._skipped) if is_text else None
        self.open_from = len(lines) if formula is None else max(0, formula - self._skipped)
        self.pieces = self._make_pieces()

    @property
    def ends_in_item(self) -> bool:
        """Tell whether the last line begins an item."""
        return any(span.is_item and span.first == len(self.lines) - 1 for span in self._spans)

    def scene(self, line: int, *, within: bool = False, begins: bool = False) -> tuple[str, ...]:
        """Return the lines that set the scene for what follows before a line, or `within` it.

        Where a block is known to begin there, fewer lines do.
        """
        line += self._skipped
        repeated: dict[int, str] = {}
        for span in self._spans:
            begun = span.first < line or (within and span.first == line)
            stays = span.stays and not begins
            if begun and (line < span.last or (stays and line == span.last)):
                # A heading is over at once; a paragraph is what the rest of one goes on with.
                content = ("x" if within else "#") if span.is_item else ""
                repeated |= {at: text + content for at, text in span.repeats}
        return tuple(text for _, text in sorted(repeated.items()))

    def scene_in_text(self, line: int) -> tuple[str, ...] | None:
        """Return the scene for the rest of the last block from a line on, if one can tell it."""
        inside, depth = self.scene(line, within=True), self._shown[line + self._skipped].depth
        if inside == ("",):  # an indented block's own
            return None if depth else ("    x",)
        return None if inside and (depth or "" in inside) else inside or ("> " * depth + "x",)

    def pad(self, line: int) -> str:
        """Return what the rest of a line must begin with to be what its beginning is."""
        here = self._shown[line + self._skipped]
        if here.content is not None:
            return self.lines[line + self._skipped].removesuffix(here.content)
        return "> " * min(here.depth, DEEPEST)

    def _read(self, tokens: Sequence[Token]) -> tuple[int, Token | None]:
        """Take the blocks in; return where the last one begins, and what it is inside."""
        depth = begun = 0
        leaf: Token | None = None
        for number, token in enumerate(tokens):
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.map is None or token.type == "inline":
                continue
            first, last = token.map
            rank = Rank.ITEM if token.level else Rank.BLOCK
            self._shown[first].rank = min(rank, self._shown[first].rank)
            if token.type in _LEAVES:
                leaf = token
                self._read_leaf(token, tokens[number + 1 : number + 2], depth)
            if token.type in _CONTAINERS or token.type in _LEAVES:
                begun = max(begun, first)
            if token.type == "blockquote_open":
                for line in self._shown[first:last]:
                    line.depth = depth
            elif token.type == "list_item_open":
                repeats = ((first, marks_of(self.lines[first])),)
                self._spans.append(_Span(first, last, repeats, stays=True, is_item=True))
        return begun, leaf

    def _settled(self, leaf: Token | None, begun: int) -> int:
        """Return how many lines nothing can change that follows."""
        total = written = len(self.lines)
        while written > 0 and not self.lines[written - 1].strip():
            written -= 1
        if leaf is None or leaf.map is None:
            return begun if written == total else written
        first, last = leaf.map
        if leaf.type == "fence" and last == total and not _is_closed(leaf):
            self.goes_on = first < self._skipped
            self.in_code = True
            return total if leaf.content or self.goes_on else first
        if leaf.type == "code_block":
            return first
        if written < total:
            return written
        is_over = leaf.type not in ("paragraph_open", "table") and last == total
        return total if is_over else begun

    def _read_leaf(self, token: Token, after: Sequence[Token], depth: int) -> None:
        first, last = token.map or (0, 0)
        match token.type:
            case "heading_open":
                self._read_heading(token, after[0].content, first, last, depth)
            case "hr":
                # "1. ---" is a rule in a list: its number stays.
                marks = _RULE_AT_END.sub("", self.lines[first])
                lead = marks if marks.strip("> \t") else quote_in(depth)
                self._shown[first].text, self._shown[first].whole = lead + RULE, True
            case "fence":
                self._read_fence(token, first, last, depth)
            case "code_block":
                self._read_indented(token, first, last, depth)
            case "table":
                self._read_table(token.meta["table"], first, last, depth)
            case "formula" | "joined":
                self._read_formula(token, first, last, depth)

    def _read_heading(self, token: Token, content: str, first: int, last: int, depth: int) -> None:
        heading = self._shown[first]
        if token.markup in ("=", "-"):
            rule = self._shown[last - 1]
            if last - first > 2 or len(content) > _LONGEST_UNDERLINED:
                rule.text, rule.whole = quote_in(depth) + RULE, True
                return
            rule.text = None
            heading.text = (
                f"{quote_in(depth)}{'#' if token.markup == '=' else '##'} {shown(content)}"
            )
        elif len(token.markup) > 3 and content and width(content) <= _LONGEST_HEADING:
            heading.text = f"{quote_in(depth)}**{unbold(shown(content))}**"
        else:
            return
        marks = marks_of(self.lines[first])
        if marks.strip("> \t"):
            heading.text = marks + heading.text.removeprefix(quote_in(depth))
        heading.whole = True

    def _read_fence(self, token: Token, first: int, last: int, depth: int) -> None:
        contents = token.content.removesuffix("\n").split("\n") if token.content else []
        info = token.info.strip()
        language, _, more = info.partition(" ")
        if not _LANGUAGE.match(language):
            language, more = "", info
        quote = quote_in(depth)
        opening = f"{quote}```{language}"
        above = [line for line in (marks_of(self.lines[first]).rstrip(" \t>"),) if line]
        stays = last == len(self.lines) and not _is_closed(token)
        self._spans.append(_Span(first, last, ((first, self.lines[first]),), stays))
        if width(info) > _LONGEST_HEADING:
            # What is long was meant as text: it stands above the block, as it was written.
            above = []
        elif contents:
            above += [f"{quote}-# {shown(label_of(info))}"] if more else []
            self._shown[first].text = None
        else:
            # While it is still being written, an empty block shows nothing.
            above += (
                [quote + shown(label_of(info))] if info and (more or any(self.lines[last:])) else []
            )
            self._shown[first].text = "\n".join(above) or None
        fence = Fence("\n".join([*above, opening]), opening, f"{quote}```", info)
        self._fill(fence, contents, first + 1, quote, opens=first >= self._skipped)
        for line in self._shown[first + 1 + len(contents) : last]:
            line.text = None
        self._shown[first].whole = width(info) <= _LONGEST_HEADING

    def _read_indented(self, token: Token, first: int, last: int, depth: int) -> None:
        contents = token.content.removesuffix("\n").split("\n")[: last - first]
        quote = quote_in(depth)
        fence = Fence(f"{quote}```", f"{quote}```", f"{quote}```")
        # An indented block is one only after a line that is empty.
        self._spans.append(_Span(first, last, ((first, ""),), stays=False))
        self._fill(fence, contents, first, quote, opens=first >= self._skipped)

    def _fill(
        self, fence: Fence, contents: Sequence[str], first: int, quote: str, *, opens: bool
    ) -> None:
        for number, content in enumerate(contents):
            line = self._shown[first + number]
            line.text = quote + in_code(content)
            line.fence, line.content = fence, content
            line.opens = opens and number == 0

    def _read_table(self, table: Table, first: int, last: int, depth: int) -> None:
        laid = table.shown(quote_in(depth), self._most)
        if laid is None:
            return
        fence, texts = laid
        repeated = tuple((line, self.lines[line]) for line in (first, first + 1))
        self._spans.append(_Span(first + 1, last, repeated, stays=last == len(self.lines)))
        names = " · ".join(f"**{unbold(name)}**" for name in table.header if name)
        head, rule = self._shown[first : first + 2]
        head.text, head.whole = None if texts else quote_in(depth) + shown(names), True
        rule.text = None
        pictures = -(-len(texts) // _PICTURE_ROWS)
        is_drawn = fence is None and table.is_for_picture
        for number, text in enumerate(texts):
            line = self._shown[first + 2 + number]
            line.text, line.fence, line.whole = text, fence, True
            line.opens = number == 0
            if is_drawn:
                key = (id(table), number * pictures // len(texts))
                line.row = Row(key, number, table.markdown)

    def _read_formula(self, token: Token, first: int, last: int, depth: int) -> None:
        made = formula_line if token.type == "formula" else joined_line
        line = made(self._shown[first], self.lines[first], token.content, depth)
        if width(line.text or "") > self._most:
            return
        self._shown[first] = line
        for line in self._shown[first + 1 : last]:
            line.text = None

    def _make_pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        pending: Rank | None = None
        gap = False
        for number in range(self._skipped, len(self.lines)):
            raw, line, at = self.lines[number], self._shown[number], number - self._skipped
            if line.text is None:
                if pending is not None or line.rank is not Rank.LINE:
                    pending = line.rank if pending is None else min(line.rank, pending)
                elif pieces:
                    pieces[-1].end = at + 1
                else:
                    self.before = at + 1
                continue
            if line.fence is None and not raw.strip() and not line.whole:
                gap = True
                continue
            rank = line.rank if pending is None else min(pending, line.rank)
            pieces.append(piece_of(at, raw, line, rank, gap))
            pending, gap = None, False
        return pieces


def _is_closed(fence: Token) -> bool:
    first, last = fence.map or (0, 0)
    return last - first - 1 > fence.content.count("\n")
