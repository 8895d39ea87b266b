"""The model's thinking, shown to one person: in a message, or as a file where it is long."""

import asyncio
from typing import Any

import discord

from bot.render.markdown.pages import PAGE, Pager
from bot.render.markdown.parts import CodeFile, text_of
from bot.render.sayings import Attachment, Part
from bot.render.screen.exhibits import exhibit
from bot.words import say

FILE_NAME = "thinking.md"


async def show_thinking(interaction: discord.Interaction[Any], thinking: str) -> None:
    """Answer a privately acknowledged press with the thinking."""
    await exhibit(interaction, [await _parts(thinking)])


async def _parts(thinking: str) -> list[Part]:
    above = say("thoughts-above")
    if len(thinking) <= PAGE:
        pages = await asyncio.to_thread(Pager(PAGE, most=1).pages, thinking)
        if len(pages) == 1 and not any(isinstance(it, CodeFile) for it in pages[0]):
            return [above, text_of(pages[0])]
    return [above, Attachment(FILE_NAME, thinking.encode())]
