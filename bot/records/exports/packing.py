"""Files that Discord takes: whole where that is small enough, else zipped, in as many as needed."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.records.exports import as_json, as_markdown
from bot.records.exports.values import Head, Turn
from bot.words.languages import speaking, spoken

MOST_FILES = 20
"""Files of one export."""

ZIPPED_TOGETHER = 4
"""So many times what Discord takes is zipped together: text becomes that small and smaller."""


class Form(StrEnum):
    """What an export is written in."""

    MARKDOWN = "markdown"
    JSON = "json"


class _Document(Protocol):
    def __call__(
        self, head: Head, turns: Sequence[bytes], part: int, *, last: bool
    ) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class _Writing:
    """How a form is written."""

    suffix: str
    turn: Callable[[Turn], bytes]
    document: _Document


_WRITINGS = {
    Form.MARKDOWN: _Writing(as_markdown.SUFFIX, as_markdown.turn, as_markdown.document),
    Form.JSON: _Writing(as_json.SUFFIX, as_json.turn, as_json.document),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A file to send."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Export:
    """A conversation in files.

    `left_out` are turns each of which is too large for any file; one that is `cut` has more turns
    than `MOST_FILES` hold, the newest of which are missing.
    """

    files: tuple[Packed, ...]
    turns: int
    left_out: int = 0
    cut: bool = False


class Packer:
    """Packs turns, given in their order, into files of at most `limit` bytes.

    What the files say themselves is in the language that was spoken when it was made.
    """

    def __init__(self, name: str, head: Head, form: Form, limit: int) -> None:
        self._language = spoken()
        self._name = name
        self._head = head
        self._writing = _WRITINGS[form]
        self._limit = limit
        self._waiting: list[bytes] = []
        self._size = 0
        self._files: list[Packed] = []
        self._turns = 0
        self._left_out = 0
        self._cut = False

    @property
    def is_full(self) -> bool:
        """Tell whether no further turn can be taken."""
        return len(self._files) >= MOST_FILES

    def take(self, turns: Iterable[Turn]) -> None:
        """Take more turns, as long as it is not full."""
        with speaking(self._language):
            self._take(turns)

    def _take(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            written = self._writing.turn(turn)
            if self._waiting and self._size + len(written) > ZIPPED_TOGETHER * self._limit:
                self._zip(self._waiting, last=False)
                self._waiting, self._size = [], 0
            if self.is_full:
                self._cut = True
                return
            self._waiting.append(written)
            self._size += len(written)

    def close(self, *, cut: bool = False) -> Export:
        """Return the files; `cut` says that not all turns were taken."""
        with speaking(self._language):
            return self._closed(cut=cut)

    def _closed(self, *, cut: bool) -> Export:
        if not self._files and self._size <= self._limit:
            whole = b"".join(self._writing.document(self._head, self._waiting, 1, last=True))
            if len(whole) <= self._limit:
                self._files.append(Packed(f"{self._name}.{self._writing.suffix}", whole))
                self._turns = len(self._waiting)
                return Export(tuple(self._files), self._turns)
        if self._waiting:
            self._zip(self._waiting, last=True)
        return Export(tuple(self._files), self._turns, self._left_out, cut or self._cut)

    def _zip(self, turns: Sequence[bytes], *, last: bool) -> None:
        part = len(self._files) + 1
        name = f"{self._name}-{part}.{self._writing.suffix}"
        zipped = _zipped(name, self._writing.document(self._head, turns, part, last=last))
        if len(zipped) <= self._limit:
            self._files.append(Packed(f"{name}.zip", zipped))
            self._turns += len(turns)
        elif len(turns) == 1:
            self._left_out += 1
        else:
            half = len(turns) // 2
            self._zip(turns[:half], last=False)
            self._zip(turns[half:], last=last)


def _zipped(name: str, content: Iterable[bytes]) -> bytes:
    written = io.BytesIO()
    archive = zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=2)
    with archive, archive.open(name, "w") as file:
        for piece in content:  # so that nothing takes long without a break for other threads
            file.write(piece)
    return written.getvalue()
