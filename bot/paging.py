"""Lists that are longer than a page, turned by buttons that work after a restart."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from bot.client import Threadlight
from bot.render.sayings import messages_of, said
from bot.words import say

A_PAGE = 1_500
"""Characters on a page: as much as one reads without scrolling far."""

MOST_CHOSEN = 70
"""Characters of what a list was asked for, which its buttons carry."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; pages are numbered from 1."""

    text: str
    number: int
    count: int


ShowPage = Callable[[discord.Interaction[Threadlight], str, int], Awaitable[Page]]
"""Returns a page of what was chosen to be listed, for whoever clicked; raises `Refused`."""


def page_of(lines: Sequence[str], number: int) -> Page:
    """Return a page of these lines, the last one where there are fewer."""
    pages = messages_of(lines, A_PAGE)
    number = min(max(1, number), len(pages))
    return Page(pages[number - 1], number, len(pages))


def page_view(name: str, chosen: str, page: Page) -> ui.LayoutView:
    """Return a page with buttons to those before and after it, if there are any.

    `name` is the list's, and `chosen` what of it was asked for.
    """
    view = said(page.text)
    if page.count > 1:
        view.add_item(ui.TextDisplay(say("page-of", page=page.number, pages=page.count)))
        turns = (("◀", page.number - 1), ("▶", page.number + 1))
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for label, number in turns:
            custom_id = f"page:{name}:{number}:{chosen[:MOST_CHOSEN]}"
            is_there = 1 <= number <= page.count
            row.add_item(ui.Button(label=label, custom_id=custom_id, disabled=not is_there))
        view.add_item(row)
    return view


def turned_by_buttons(bot: Threadlight, name: str, show: ShowPage) -> None:
    """Let the buttons below a list's pages turn them, whichever process made those."""

    class PageButton(
        ui.DynamicItem[ui.Button[Any]], template=rf"page:{name}:(?P<number>\d+):(?P<chosen>.*)"
    ):
        """A button that shows another page in place of its own."""

        def __init__(self, button: ui.Button[Any], number: int, chosen: str) -> None:
            super().__init__(button)
            self.number = number
            self.chosen = chosen

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[discord.Client],
            item: ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            """Rebuild the button from what Discord sent."""
            del interaction
            assert isinstance(item, ui.Button)  # noqa: S101  # only our buttons have such an id
            return cls(item, int(match["number"]), match["chosen"])

        async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
            """Show the page, and explain where that can't be."""
            try:
                await interaction.response.defer()
                page = await show(interaction, self.chosen, self.number)
                view = page_view(name, self.chosen, page)
                await interaction.edit_original_response(view=view)
            except Exception as error:  # noqa: BLE001  # discord.py would only log it
                await interaction.client.explain(interaction, error)

    bot.add_dynamic_items(PageButton)
