"""Reads Markdown with a real parser and says how each of its lines is shown."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.render.inline import in_code, shown
from bot.render.pieces import Fence, Piece, Rank, width
from bot.render.tables import Table

RULE = "─" * 16

# Only blocks are of interest here, and neither HTML nor link definitions mean much to Discord.
_PARSER = MarkdownIt("commonmark").enable("table").disable(["inline", "html_block", "reference"])
_LANGUAGE = re.compile(r"[A-Za-z0-9_+\-.#]{1,20}$")
_RULE_AT_END = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_MARKERS = re.compile(r"(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_HEADING = 100
_DEEPEST = 5
_LONGEST_UNDERLINED = 80
"""A longer line above `---` was meant as a paragraph above a rule."""


@dataclass(slots=True)
class _Line:
    """How a line of the source is shown; `text` None means that nothing of it is."""

    text: str | None
    rank: Rank = Rank.LINE
    depth: int = 0
    fence: Fence | None = None
    opens: bool = False
    content: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """Lines of the source that belong together, and what a later page repeats to go on in them."""

    first: int
    last: int
    repeats: tuple[tuple[int, str], ...]


class Blocks:
    """A source's lines as pieces; the first `skipped` lines only set the scene.

    `most` is the size that no table's row may exceed.
    """

    def __init__(self, source: str, skipped: int, most: int) -> None:
        self.lines = source.split("\n")
        self._skipped = skipped
        self._most = most
        self._ends = list(accumulate(len(line) + 1 for line in self.lines))
        self._shown = [_Line(line) for line in self.lines]
        self._spans: list[_Span] = []
        self._read(_PARSER.parse(source if source.endswith("\n") else f"{source}\n"))
        self.pieces = self._make_pieces()

    def scene(self, line: int, *, within: bool) -> tuple[list[str], str]:
        """Return the lines and the padding that set the scene for a page that begins at a line.

        `within` says that it begins in the midst of that line.
        """
        repeated: dict[int, str] = {}
        for span in self._spans:
            if span.first < line < span.last or (within and span.first == line):
                repeated |= span.repeats
        here = self._shown[line]
        pad = ""
        if within and here.content is not None:
            pad = self.lines[line].removesuffix(here.content)
        elif within:
            pad = _quote(here.depth)
        return [text for _, text in sorted(repeated.items())], pad

    def line_at(self, offset: int) -> int:
        """Return the number of the line that begins at an offset."""
        return bisect_left(self._ends, offset) + 1

    def _read(self, tokens: Sequence[Token]) -> None:
        depth = 0
        for number, token in enumerate(tokens):
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.map is None:
                continue
            first, last = token.map[0], min(token.map[1], len(self.lines))
            if token.type != "inline" and token.type not in ("tr_open", "thead_open", "tbody_open"):
                rank = Rank.ITEM if token.level else Rank.BLOCK
                self._shown[first].rank = min(rank, self._shown[first].rank)
            match token.type:
                case "blockquote_open":
                    for line in self._shown[first:last]:
                        line.depth = depth
                case "list_item_open":
                    marks = _marks(self.lines[first])
                    self._spans.append(_Span(first, last, ((first, f"{marks}x"),)))
                case "heading_open":
                    self._read_heading(token, tokens[number + 1].content, first, last, depth)
                case "hr":
                    # "1. ---" is a rule in a list: its number stays.
                    marks = _RULE_AT_END.sub("", self.lines[first])
                    lead = marks if marks.strip("> \t") else _quote(depth)
                    self._shown[first].text, self._shown[first].whole = lead + RULE, True
                case "fence":
                    self._read_fence(token, first, last, depth)
                case "code_block":
                    self._read_indented(token, first, last, depth)
                case "table_open":
                    self._read_table(tokens[number + 1 :], first, last, depth)

    def _read_heading(self, token: Token, content: str, first: int, last: int, depth: int) -> None:
        heading = self._shown[first]
        if token.markup in ("=", "-"):
            rule = self._shown[last - 1]
            if last - first > 2 or len(content) > _LONGEST_UNDERLINED:
                rule.text, rule.whole = _quote(depth) + RULE, True
                return
            rule.text = None
            heading.text = f"{_quote(depth)}{'#' if token.markup == '=' else '##'} {shown(content)}"
        elif len(token.markup) > 3 and content and width(content) <= _LONGEST_HEADING:
            heading.text = f"{_quote(depth)}**{shown(content.replace('**', ''))}**"
        else:
            return
        marks = _marks(self.lines[first])
        if marks.strip("> \t"):
            heading.text = marks + heading.text.removeprefix(_quote(depth))
        heading.whole = True

    def _read_fence(self, token: Token, first: int, last: int, depth: int) -> None:
        contents = token.content.removesuffix("\n").split("\n") if token.content else []
        info = token.info.strip()
        language, _, more = info.partition(" ")
        if not _LANGUAGE.match(language):
            language, more = "", info
        quote = _quote(depth)
        opening = f"{quote}```{language}"
        above = [line for line in (_marks(self.lines[first]).rstrip(" \t>"),) if line]
        self._spans.append(_Span(first, last, ((first, self.lines[first]),)))
        if width(info) > _LONGEST_HEADING:
            # What is long was meant as text: it stands above the block, as it was written.
            above = []
        elif contents:
            above += [f"{quote}-# {info}"] if more else []
            self._shown[first].text = None
        else:
            # While it is still being written, an empty block shows nothing.
            above += [quote + shown(info)] if info and (more or any(self.lines[last:])) else []
            self._shown[first].text = "\n".join(above) or None
        fence = Fence("\n".join([*above, opening]), opening, f"{quote}```")
        self._fill(fence, contents, first + 1, quote)
        for line in self._shown[first + 1 + len(contents) : last]:
            line.text = None
        self._shown[first].whole = width(info) <= _LONGEST_HEADING

    def _read_indented(self, token: Token, first: int, last: int, depth: int) -> None:
        contents = token.content.removesuffix("\n").split("\n")[: last - first]
        quote = _quote(depth)
        fence = Fence(f"{quote}```", f"{quote}```", f"{quote}```")
        # An indented block is one only after a line that is empty.
        self._spans.append(_Span(first, last, ((first, ""),)))
        self._fill(fence, contents, first, quote)

    def _fill(self, fence: Fence, contents: Sequence[str], first: int, quote: str) -> None:
        for number, content in enumerate(contents):
            line = self._shown[first + number]
            line.text = quote + in_code(content)
            line.fence, line.content = fence, content
            line.opens = number == 0 and first > self._skipped
            if number and not contents[number - 1].strip():
                line.rank = Rank.ITEM

    def _read_table(self, tokens: Sequence[Token], first: int, last: int, depth: int) -> None:
        table = _table(tokens)
        wide = len(table.header)
        if any(len(_cells(line)) > wide for line in self.lines[first:last]):
            return
        laid = table.shown(_quote(depth), self._most)
        if laid is None:
            return
        fence, texts = laid
        repeated = tuple((line, self.lines[line]) for line in (first, first + 1))
        self._spans.append(_Span(first + 1, last, repeated))
        names = " · ".join(f"**{name.replace('**', '')}**" for name in table.header if name)
        head, rule = self._shown[first : first + 2]
        head.text, head.whole = None if texts else _quote(depth) + shown(names), True
        rule.text = None
        for number, text in enumerate(texts):
            line = self._shown[first + 2 + number]
            line.text, line.fence, line.whole = text, fence, True
            line.opens = number == 0

    def _make_pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        pending: Rank | None = None
        gap = False
        numbered = enumerate(zip(self.lines, self._shown, self._ends, strict=True))
        for number, (raw, line, end) in numbered:
            start = end - len(raw) - 1
            if number < self._skipped:
                continue
            if line.text is None:
                if pieces and pending is None and line.rank is Rank.LINE:
                    pieces[-1].end = end
                else:
                    pending = line.rank if pending is None else min(line.rank, pending)
                continue
            if line.fence is None and not raw.strip() and not line.whole:
                gap = True
                continue
            rank = line.rank if pending is None else min(pending, line.rank)
            if pieces and _leads_on(pieces[-1], self.lines[pieces[-1].line]):
                rank = Rank.POOR
            piece = Piece(number, line.text, end, rank, gap, line.fence, line.opens)
            if line.fence is None and not line.whole:
                piece.render = partial(shown, depth=line.depth)
                piece.text = piece.render(raw)
                piece.raw, piece.start = raw, start
            elif line.content is not None:
                piece.render = partial(_code_line, _quote(line.depth))
                piece.raw, piece.start = line.content, end - 1 - len(line.content)
            pieces.append(piece)
            pending, gap = None, False
        return pieces


def _leads_on(piece: Piece, raw: str) -> bool:
    """Tell whether a line announces what follows it: a heading, or one that ends in a colon."""
    return piece.fence is None and (
        piece.text.lstrip("> ").startswith("#")
        or (piece.text[:2] == "**" and piece.raw == "")
        or raw.rstrip().endswith((":", "\uff1a"))
    )


def _code_line(quote: str, content: str) -> str:
    return quote + in_code(content)


def _quote(depth: int) -> str:
    return "> " * min(depth, _DEEPEST)


def _marks(line: str) -> str:
    """Return the marks of lists and quotes that a line begins with, and a space at their end."""
    match = _MARKERS.match(line)
    marks = match.group() if match else ""
    return marks if not marks or marks.endswith((" ", "\t")) else f"{marks} "


def _cells(line: str) -> list[str]:
    """Return a row's cells: escaped bars do not count, nor do those around the row."""
    bare = line.strip().lstrip("> ").removeprefix("|")
    return _PIPE.split(bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[str]] = []
    aligned: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(tokens[number + 1].content)
            if token.type == "th_open":
                aligned.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    header, *body = rows
    return Table(tuple(header), tuple(map(tuple, body)), tuple(aligned))
