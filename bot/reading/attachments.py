"""Reads the attachments of a message as text, and says of each that it can't why."""

import asyncio
from collections.abc import Sequence

import aiohttp
import discord

from bot.messages import Attached
from bot.notes import Unread

MOST_BYTES = 1_000_000
"""Bytes of one file; MiniMax-M1's million tokens hold about four of these."""

PATIENCE = 20.0
"""Seconds to wait for one file."""


async def read(attachments: Sequence[discord.Attachment]) -> tuple[Attached, ...]:
    """Read every attachment, all at the same time."""
    return tuple(await asyncio.gather(*map(_read, attachments)))


def why_unread(attachment: discord.Attachment) -> Unread | None:
    """Return why a file is not even fetched, or None where it is."""
    name = attachment.filename
    if attachment.size > MOST_BYTES:
        return Unread(name, "unread-too-large", str(MOST_BYTES // 1000))
    kind = (attachment.content_type or "").partition(";")[0]
    if kind.partition("/")[0] in {"image", "audio", "video", "font"}:
        return Unread(name, "unread-kind", kind)
    return None


async def _read(attachment: discord.Attachment) -> Attached:
    name = attachment.filename
    if why := why_unread(attachment):
        return Attached(name, None, why.problem, about=why.about)
    try:
        async with asyncio.timeout(PATIENCE):
            data = await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
        return Attached(name, None, "unread-not-handed-out")
    text = decode(data)
    if text is None:
        return Attached(name, None, "unread-no-text")
    return Attached(name, text)


def decode(data: bytes) -> str | None:
    """Return the bytes as text, or None where they are none (UTF-8, or UTF-16 with its mark)."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
