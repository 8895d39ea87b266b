"""What a transcript is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

from sandbox.discord.model import Message
from sandbox.discord.seen import Seen


@dataclass(eq=False, slots=True)
class Entry:
    """One thing in the transcript: a message that may still change, or a line that does not."""

    place: int
    by_bot: bool
    message: Message | None = None
    line: RenderableType | None = None
    shown: Seen | None = None
    changed_at: float = 0.0
    told: int = 0
    told_at: float = 0.0
    told_of: Seen | None = None
    cached: tuple[object, list[list[Segment]]] | None = None


class Lines:
    """Lets rich draw lines that are there already."""

    def __init__(self, lines: Callable[[Console, ConsoleOptions], list[list[Segment]]]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, line in enumerate(self._lines(console, options)):
            if number:
                yield Segment.line()
            yield from line


class Trimmed:
    """Leaves out the spaces at the end of each line of a renderable."""

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self._body, options, pad=False):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                last = line.pop()
                line.append(Segment(last.text.rstrip(" "), last.style, last.control))
            yield from line
            yield Segment.line()
