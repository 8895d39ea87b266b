"""Files of an answer's messages: each is uploaded once, and kept by its id from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import discord

from bot.render.screen.layouts import Layout

File = tuple[str, bytes]
"""A file's name and content."""


@dataclass(frozen=True, slots=True)
class _There:
    """A file that a message has already: discord.py would send all that it knows of it."""

    id: int

    def to_dict(self) -> dict[str, int]:
        return {"id": self.id}


class Attachments:
    """What each message has attached."""

    def __init__(self) -> None:
        self._there: dict[int, dict[File, _There]] = {}

    def wanted(self, index: int, layout: Layout) -> tuple[list[Any], list[File]]:
        """Return what to send so that a message has these files, and the files in that order.

        What is there already comes first; Discord answers with the files in the same order.
        """
        there = self._there.get(index, {})
        files = sorted(layout.attached().items(), key=lambda it: it not in there)
        return [there.get(it) or _upload(it) for it in files], files

    def note(self, index: int, files: Sequence[File], message: discord.Message) -> None:
        """Note that a message has these files now."""
        there = (_There(it.id) for it in message.attachments)
        self._there[index] = dict(zip(files, there, strict=False))

    def forget(self, index: int) -> None:
        """Note that the message of this index is gone: the next one there begins without files."""
        self._there.pop(index, None)


def uploads(layout: Layout) -> list[discord.File]:
    """Return all files of a new message."""
    return [_upload(it) for it in layout.attached().items()]


def _upload(file: File) -> discord.File:
    name, content = file
    return discord.File(BytesIO(content), filename=name)
