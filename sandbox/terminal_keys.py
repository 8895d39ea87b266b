"""A line that is typed on a terminal while something else is drawn above it."""

import asyncio
import codecs
import os
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.text import Text

from sandbox.terminal_text import clean

if sys.platform != "win32":
    import termios

LONGEST = 4_000
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^\[O])")
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"


class Leave(Exception):
    """Say that the visitor wants to go."""


@dataclass(slots=True)
class LineEditor:
    """The line being typed: takes what the keyboard sends, and gives whole lines."""

    complete: Callable[[str], str] = lambda line: line
    text: str = ""
    cursor: int = 0
    lines: list[str] = field(default_factory=list)
    """Lines that were finished, in order, for whoever takes them."""
    entered: int = 0
    """How often Enter was pressed."""
    _history: list[str] = field(default_factory=list)
    _at: int = 0
    _rest: str = ""
    _pasting: bool = False
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def feed(self, data: bytes) -> None:
        """Take bytes from the keyboard; raise `Leave` on Ctrl-C and Ctrl-D."""
        keys = self._rest + self._decoder.decode(data)
        self._rest = ""
        while keys:
            if keys[0] != "\x1b":
                self._key(keys[0])
                keys = keys[1:]
            elif found := _ESCAPE.match(keys):
                self._sequence(found.group())
                keys = keys[found.end() :]
            else:
                # A sequence that was cut; a lone Escape means nothing here.
                self._rest = keys[:32]
                return

    def clear(self) -> None:
        """Forget what was typed before anybody looked."""
        self.lines.clear()
        self._replace("")

    def shown(self) -> Text:
        """Return the line with its cursor."""
        line = Text(self.text[: self.cursor])
        line.append(self.text[self.cursor : self.cursor + 1] or " ", "reverse")
        return line.append(self.text[self.cursor + 1 :])

    def _key(self, key: str) -> None:
        if self._pasting and key in "\r\n\t":
            self._insert(" ")
        elif key in "\r\n":
            self._finish()
        elif key == "\x03" or (key == "\x04" and not self.text):
            raise Leave
        elif key == "\t":
            if self.cursor == len(self.text):
                self._replace(self.complete(self.text))
        elif key < " " or key == "\x7f":
            self._control(key)
        else:
            self._insert(key)

    def _control(self, key: str) -> None:
        """Move and cut as shells do."""
        match key:
            case "\x7f" | "\x08":
                self._cut(self.cursor - 1, self.cursor)
            case "\x04":
                self._cut(self.cursor, self.cursor + 1)
            case "\x15":
                self._cut(0, self.cursor)
            case "\x0b":
                self._cut(self.cursor, len(self.text))
            case "\x17":
                before = self.text[: self.cursor].rstrip()
                self._cut(before.rfind(" ") + 1, self.cursor)
            case "\x01":
                self.cursor = 0
            case "\x05":
                self.cursor = len(self.text)
            case _:
                pass

    def _sequence(self, sequence: str) -> None:
        match sequence[-1] if sequence not in (_PASTE, _PASTED) else sequence:
            case "D":
                self.cursor = max(0, self.cursor - 1)
            case "C":
                self.cursor = min(len(self.text), self.cursor + 1)
            case "H":
                self.cursor = 0
            case "F":
                self.cursor = len(self.text)
            case "A":
                self._recall(-1)
            case "B":
                self._recall(1)
            case "~" if sequence == "\x1b[3~":
                self._cut(self.cursor, self.cursor + 1)
            case "\x1b[200~":
                self._pasting = True
            case "\x1b[201~":
                self._pasting = False
            case _:
                pass

    def _insert(self, typed: str) -> None:
        typed = clean(typed)[: max(0, LONGEST - len(self.text))]
        self.text = self.text[: self.cursor] + typed + self.text[self.cursor :]
        self.cursor += len(typed)

    def _cut(self, start: int, end: int) -> None:
        start = max(0, start)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def _replace(self, text: str) -> None:
        self.text, self.cursor = text, len(text)

    def _finish(self) -> None:
        self.entered += 1
        line = self.text.strip()
        if line:
            self.lines.append(line)
            self._history.append(line)
        self._at = len(self._history)
        self._replace("")

    def _recall(self, step: int) -> None:
        self._at = min(max(0, self._at + step), len(self._history))
        self._replace(self._history[self._at] if self._at < len(self._history) else "")


class Keyboard:
    """Hands what is typed to an editor, and finished lines to whoever waits for them."""

    def __init__(self, editor: LineEditor, on_key: Callable[[], None]) -> None:
        self.editor = editor
        self._on_key = on_key
        self._changed = asyncio.Event()
        self._left = False

    @contextmanager
    def listening(self, descriptor: int) -> Generator[None]:
        """Read single keys, without echo, until the block ends."""
        before = termios.tcgetattr(descriptor)
        quiet = termios.tcgetattr(descriptor)
        quiet[0] &= ~(termios.IXON | termios.INLCR)
        # Ctrl-C comes as a key: `make` would otherwise be interrupted as well, and say so.
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        loop = asyncio.get_running_loop()
        termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
        loop.add_reader(descriptor, self._read, descriptor)
        try:
            yield
        finally:
            loop.remove_reader(descriptor)
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    async def line(self) -> str:
        """Wait for the next line; raise `Leave` once the visitor wants to go."""
        while not self.editor.lines:
            if self._left:
                raise Leave
            self._changed.clear()
            await self._changed.wait()
        return self.editor.lines.pop(0)

    async def entered(self) -> None:
        """Wait for Enter, whatever was typed before it; raise `Leave` as `line` does."""
        before = self.editor.entered
        while self.editor.entered == before:
            if self._left:
                raise Leave
            self._changed.clear()
            await self._changed.wait()

    async def left(self) -> None:
        """Raise `Leave` once the visitor wants to go."""
        while True:
            await self.entered()

    def _read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, 4096)
            if not data:
                raise Leave
            self.editor.feed(data)
        except (Leave, OSError):
            self._left = True
            asyncio.get_running_loop().remove_reader(descriptor)
        self._changed.set()
        self._on_key()
