"""Lists that are longer than a page, turned by buttons that work after a restart."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.discord.client import Threadlight
from bot.discord.pressing import Pressable
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

    template = rf"page:{name}:(?P<number>\d+):(?P<chosen>.*)"

    class PageButton(Pressable, template=template):
        """A button that shows another page in place of its own."""

        async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
            """Show the page."""
            await interaction.response.defer()
            chosen, number = self.said["chosen"], int(self.said["number"])
            page = await show(interaction, chosen, number)
            view = page_view(name, chosen, page)
            await interaction.edit_original_response(view=view)

    bot.add_dynamic_items(PageButton)
