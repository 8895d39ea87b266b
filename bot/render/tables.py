"""Tables as Discord can show them: an aligned code block, or a list where that is too wide."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from bot.render.inline import in_code, shown
from bot.render.pieces import Fence, width

MOST_COLUMNS = 42
"""A phone wraps code blocks that are wider."""

_INLINE = MarkdownIt("commonmark")
_NOTHING = "\u2013"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells as Markdown, and how each column is aligned (`left`, `right`, `center`)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligned: tuple[str, ...]

    def shown(self, quote: str, most: int) -> tuple[Fence | None, list[str]] | None:
        """Return the code block, if it is to be one, and each row's text.

        None where a row would take more than `most`: the table is shown as it was written.
        """
        laid = self._as_code(quote) or (None, [self._as_list(row, quote) for row in self.rows])
        fence, texts = laid
        around = width(fence.again) + width(fence.close) + 2 if fence else 0
        longest = max(map(width, texts), default=0)
        return laid if longest + around <= most else None

    def _as_code(self, quote: str) -> tuple[Fence, list[str]] | None:
        plain = []
        for cells in (self.header, *self.rows):
            texts = [_plain(cell) for cell in cells]
            if any(text is None for text in texts):
                return None
            plain.append([text or "" for text in texts])
        spans = [max(columns(row[i]) for row in plain) for i in range(len(self.header))]
        if sum(spans) + 2 * (len(spans) - 1) > MOST_COLUMNS:
            return None
        lines = [quote + in_code(self._line(row, spans)) for row in plain]
        if max(map(width, lines)) > 2 * MOST_COLUMNS:
            return None
        rule = quote + "  ".join("─" * span for span in spans)
        head = f"{quote}```\n{lines[0]}\n{rule}"
        return Fence(head, head, f"{quote}```"), lines[1:]

    def _line(self, cells: Sequence[str], spans: Sequence[int]) -> str:
        padded = [_pad(*each) for each in zip(cells, spans, self.aligned, strict=True)]
        return "  ".join(padded).rstrip()

    def _as_list(self, row: tuple[str, ...], quote: str) -> str:
        lines = []
        for name, cell in zip(self.header, row, strict=True):
            value = shown(_BREAK.sub(" / ", cell))
            bold = shown(name.replace("**", ""))
            if bold:
                lines.append(f"**{bold}:** {value or _NOTHING}")
            elif value:
                lines.append(value)
        return "\n".join(
            f"{quote}{'  ' if number else '- '}{line}"
            for number, line in enumerate(lines or [_NOTHING])
        )


def columns(text: str) -> int:
    """Return how many columns of a fixed-width font the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _pad(cell: str, span: int, aligned: str) -> str:
    room = span - columns(cell)
    left = {"right": room, "center": room // 2}.get(aligned, 0)
    return " " * left + cell + " " * (room - left)


def _plain(cell: str) -> str | None:
    """Return a cell without its marks; None where code would hide a link or the cell is long."""
    if len(cell) > 2 * MOST_COLUMNS:
        return None
    children = _INLINE.parseInline(cell)[0].children or []
    if any(token.type in ("link_open", "image", "html_inline") for token in children):
        return None
    return "".join(token.content or " " * (token.type == "softbreak") for token in children)
