"""Shows what commands answer with pictures and files, privately, in place of "thinking…"."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import discord

from bot.render.charts.values import Chart, picture_of
from bot.render.drawing.pictures import Pictures
from bot.render.sayings import Part, Shown, composed
from bot.render.screen.refusals import FILES_REFUSED
from bot.words import say


async def drawn(pictures: Pictures, charts: Sequence[Chart]) -> list[Shown]:
    """Return charts as pictures; those that can't be drawn are left out: words say the same."""
    drawings = [pictures.drawing(picture_of(it)) for it in charts]
    # Shielded, as others may wait for the same drawing.
    pngs = await asyncio.gather(*(asyncio.shield(it) for it in drawings))
    return [
        Shown(f"chart-{sha256(png).hexdigest()[:12]}.png", png, chart.description)
        for chart, png in zip(charts, pngs, strict=True)
        if png is not None
    ]


async def exhibit(
    interaction: discord.Interaction[Any], messages: Sequence[Sequence[Part]]
) -> None:
    """Answer a privately acknowledged command with these messages."""
    for place, parts in enumerate(messages):
        try:
            await _send(interaction, parts, is_first=not place)
        except discord.HTTPException as error:
            texts = [it for it in parts if isinstance(it, str)]
            if error.code not in FILES_REFUSED or len(texts) == len(parts):
                raise
            await _send(interaction, [*texts, say("no-files")], is_first=not place)


async def _send(
    interaction: discord.Interaction[Any], parts: Sequence[Part], *, is_first: bool
) -> None:
    view, files = composed(parts)
    if is_first:
        await interaction.edit_original_response(view=view, attachments=files)
    else:
        await interaction.followup.send(view=view, files=files, ephemeral=True)
