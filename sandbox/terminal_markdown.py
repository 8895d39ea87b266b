"""Discord's Markdown on a terminal: blocks and marks as rich's renderables."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.syntax import Syntax
from rich.text import Text

from sandbox.terminal_text import Names, clean

DEEPEST = 6
"""Marks inside marks, and quotes inside lists, are read down to here."""

_FENCE = re.compile(r"^(?P<indent>\s*)```(?P<language>[\w+#.-]*)\s*$")
_CLOSE = re.compile(r"^\s*```\s*$")
_HEADING = re.compile(r"^(?P<marks>#{1,3}) +(?P<words>.+)$")
_SMALL = re.compile(r"^-# (?P<words>.+)$")
_ITEM = re.compile(r"^(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)]) +(?P<words>.*)$")
_QUOTE = re.compile(r"^>(?: (?P<words>.*)|$)")

_INLINE = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | <t:(?P<unix>-?\d{1,13})(?::(?P<style>[tTdDfFR]))?>
    | <@!?(?P<user>\d{1,20})>
    | <@&(?P<role>\d{1,20})>
    | <\#(?P<channel>\d{1,20})>
    | </(?P<command>[\w -]{1,100}):\d{1,20}>
    | \[(?P<label>[^\[\]\n]+)\]\(<?(?P<url>https?://[^\s<>)]+)>?\)
    | \*\*(?P<bold>.+?)\*\*(?!\*)
    | __(?P<under>.+?)__(?!_)
    | ~~(?P<strike>.+?)~~
    | \|\|(?P<spoiler>.+?)\|\|
    | \*(?=[^\s*])(?P<italic>.+?)(?<![\s*])\*(?!\*)
    | (?<!\w)_(?=\S)(?P<slanted>.+?)(?<=\S)_(?!\w)
    """,
    re.VERBOSE | re.DOTALL,
)
_STYLES = {
    "bold": "bold",
    "under": "underline",
    "strike": "strike",
    "spoiler": "italic",
    "italic": "italic",
    "slanted": "italic",
}
MENTION = "bold blue"
CODE = "cyan"


class Prefixed:
    """Puts something before each line of a renderable: a bullet, a bar, an indentation, a name."""

    def __init__(
        self, body: RenderableType, first: str | Text, rest: str | None = None, style: str = ""
    ) -> None:
        self._body = body
        # As spans: rich leaves a text's own style out where it renders it to segments.
        self._first = first if isinstance(first, Text) else Text.assemble((first, style))
        self._rest = Text.assemble((self._first.plain if rest is None else rest, style))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widest = max(self._first.cell_len, self._rest.cell_len)
        inner = options.update(width=max(1, options.max_width - widest), height=None)
        for number, line in enumerate(console.render_lines(self._body, inner, pad=False)):
            lead = self._rest if number else self._first
            yield from lead.render(console)
            yield from line
            yield Segment.line()


def markdown(text: str, names: Names, depth: int = 0) -> Group:
    """Return a text of Discord's as it is to be shown; nothing in it reaches the terminal raw."""
    lines = clean(text).strip("\n").split("\n")
    return Group(*_blocks(lines, names, depth))


def _blocks(lines: list[str], names: Names, depth: int) -> Iterator[RenderableType]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = next((n for n in range(at + 1, len(lines)) if _CLOSE.match(lines[n])), len(lines))
            yield _code(lines[at + 1 : end], fence["language"], fence["indent"])
            at = end + 1
        elif _QUOTE.match(line) and depth < DEEPEST:
            inside = []
            while at < len(lines) and (quote := _QUOTE.match(lines[at])):
                inside.append(quote["words"] or "")
                at += 1
            yield Prefixed(markdown("\n".join(inside), names, depth + 1), "▎ ", style="dim")
        else:
            yield _line(line, names)
            at += 1


def _line(line: str, names: Names) -> RenderableType:
    if heading := _HEADING.match(line):
        style = "bold underline" if len(heading["marks"]) == 1 else "bold"
        return inline(heading["words"], names, style)
    if small := _SMALL.match(line):
        return inline(small["words"], names, "dim")
    if item := _ITEM.match(line):
        bullet = item["mark"] if item["mark"][0].isdigit() else "◦" if item["indent"] else "•"
        first = f"{item['indent']}{bullet} "
        return Prefixed(inline(item["words"], names), first, " " * cell_len(first), "cyan")
    return inline(line, names)


def _code(lines: list[str], language: str, indent: str) -> RenderableType:
    code = "\n".join(line.removeprefix(indent) for line in lines)
    shown = Syntax(
        code, language or "text", theme="ansi_dark", background_color="default", word_wrap=True
    )
    return Prefixed(shown, f"{indent}│ ", style="dim")


def inline(text: str, names: Names, style: str = "") -> Text:
    """Return one line's marks as styles, mentions and timestamps as words."""
    result = Text(style=style)
    _append(result, clean(text), names, "", DEEPEST)
    return result


def _append(result: Text, text: str, names: Names, style: str, depth: int) -> None:
    at = 0
    for found in _INLINE.finditer(text):
        result.append(text[at : found.start()], style)
        at = found.end()
        kind = found.lastgroup or ""
        if kind in _STYLES and depth:
            _append(result, found[kind], names, f"{style} {_STYLES[kind]}", depth - 1)
        else:
            words, own = _leaf(found, names)
            result.append(words, f"{style} {own}")
    result.append(text[at:], style)


def _leaf(found: "re.Match[str]", names: Names) -> tuple[str, str]:
    """Return the words for a mark that holds no others, and their style."""
    match found.lastgroup:
        case "escaped":
            return found["escaped"], ""
        case "code":
            return found["code"].strip("`"), CODE
        case "user":
            return f"@{names.user(int(found['user']))}", MENTION
        case "role":
            return f"@{names.role(int(found['role']))}", MENTION
        case "channel":
            return names.channel(int(found["channel"])), MENTION
        case "command":
            return f"/{found['command']}", MENTION
        case "unix" | "style":
            return names.moment(int(found["unix"]), found["style"] or "f"), "bold"
        case "url":
            return f"{found['label']} ({found['url']})", "underline"
        case _:
            return found.group(), ""
