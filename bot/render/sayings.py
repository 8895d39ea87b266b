"""Messages of the bot's own, beside answers: a few lines as Components V2."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import discord

from bot.words import say

_COPIED = 2_000
"""Characters that are given back in a message, beside a sentence of any length; more as a file."""

_FENCE = "```"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that is shown, with words for those who can't see it."""

    name: str
    png: bytes = field(repr=False)
    description: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that can be saved."""

    name: str
    content: bytes = field(repr=False)


Part = str | Shown | Attachment
"""What a message is made of, one below the other."""


def messages_of(lines: Sequence[str], most: int = 3_900) -> list[str]:
    """Return the lines in as few messages as hold them, each of at most so many characters."""
    messages = [""]
    for line in lines:
        if messages[-1] and len(messages[-1]) + len(line) >= most:
            messages.append("")
        messages[-1] = f"{messages[-1]}\n{line}" if messages[-1] else line
    return messages


def said(text: str) -> discord.ui.LayoutView:
    """Return a message that holds just this text."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    return view


def given_back(typed: str) -> list[Part]:
    """Return what somebody typed, exactly, so that they can copy it; nothing where it is blank."""
    if not typed.strip():
        return []
    if len(typed) <= _COPIED and _FENCE not in typed:
        return [f"{say('form-typed')}\n{_FENCE}\n{typed}\n{_FENCE}"]
    return [say("form-typed"), Attachment("text.txt", typed.encode(errors="replace"))]


def composed(parts: Sequence[Part]) -> tuple[discord.ui.LayoutView, list[discord.File]]:
    """Return a message of texts, pictures and files, and what is to be uploaded with it."""
    view = discord.ui.LayoutView(timeout=None)
    files: list[discord.File] = []
    for part in parts:
        match part:
            case Shown(name, png, description):
                file = discord.File(io.BytesIO(png), name)
                item = discord.MediaGalleryItem(file, description=description)
                view.add_item(discord.ui.MediaGallery(item))
                files.append(file)
            case Attachment(name, content):
                file = discord.File(io.BytesIO(content), name)
                view.add_item(discord.ui.File(file))
                files.append(file)
            case _:
                view.add_item(discord.ui.TextDisplay(part))
    return view, files
