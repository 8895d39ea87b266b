"""`/history show, clear`: what the model sees here, and a fresh start."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client import Threadlight
from bot.errors import NotAllowed, NothingThere
from bot.managers import moderates
from bot.messages import Question
from bot.reading.questions import question_from_interaction
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.shelf import cleared_view, shelf_view
from bot.shelf import Deed, Kind, Wish
from bot.words import say, speaking

_PAGE = r"(?P<whose>[op]):(?P<back>\d{1,6})"
_WISH = re.compile(rf"({'|'.join(Deed)}):({'|'.join(Kind)}):(\d{{1,18}})")


class ShelfCommands(commands.Cog):
    """Shows what is remembered, and sets it aside."""

    bot: Threadlight

    @app_commands.command()
    async def show(
        self, interaction: discord.Interaction[Threadlight], private: bool = False
    ) -> None:
        """See what the model sees here now, with its tokens; pin and drop any of it."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        await show_page(interaction, private=private)

    @app_commands.command()
    async def clear(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Start afresh here: what was said until now is set aside, and nothing is erased."""
        await self.bot.acknowledge(interaction, ephemeral=False)
        cleared = await self.bot.core.shelves.clear(await moderator(interaction))
        with speaking(language_at(interaction, private=False)):
            view = said(say("shelf-nothing-to-clear")) if cleared is None else cleared_view(cleared)
        await interaction.edit_original_response(view=view)


async def moderator(interaction: discord.Interaction[Threadlight]) -> Question:
    """Return who is here and where; raise `NotAllowed` unless they look after this conversation."""
    if not await moderates(interaction):
        raise NotAllowed("you", "Manage Messages")
    return question_from_interaction(interaction, "")


async def show_page(
    interaction: discord.Interaction[Threadlight], *, private: bool, back: int = 0
) -> None:
    """Show the shelf as it is now, so many pages back, in place of what is there."""
    by = question_from_interaction(interaction, "", private=private)
    await interaction.client.core.memory.settled()
    shelf = await interaction.client.core.shelves.show(by)
    may = await moderates(interaction)
    view = shelf_view(
        shelf, viewer_id=interaction.user.id, moderates=may, back=back, private=private
    )
    await interaction.edit_original_response(view=view)


def wishes_of(values: Sequence[str]) -> list[Wish]:
    """Return what was chosen in a select; raise `NothingThere` where it is none of ours."""
    found = [match for value in values if (match := _WISH.fullmatch(value))]
    if not found:
        raise NothingThere
    return [Wish(Deed(it[1]), Kind(it[2]), int(it[3])) for it in found]


class ShelfSelect(
    ui.DynamicItem[ui.Select[ui.LayoutView]], template=rf"shelf:(?P<what>pin|drop):{_PAGE}"
):
    """A select below a shelf: it pins and unpins, or drops and puts back."""

    def __init__(self, select: ui.Select[ui.LayoutView], what: str, whose: str, back: int) -> None:
        super().__init__(select)
        self.what = what
        self.is_private = whose == "p"
        self.back = back

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the select from what Discord sent."""
        del interaction
        assert isinstance(item, ui.Select)  # noqa: S101  # only our selects have such an id
        return cls(item, match["what"], match["whose"], int(match["back"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Do what was chosen and show how it stands then; explain where that can't be."""
        try:
            await interaction.response.defer()
            by = question_from_interaction(interaction, "", private=self.is_private)
            wishes = wishes_of(self.item.values)
            may = await moderates(interaction)
            await interaction.client.core.shelves.change(by, wishes, moderates=may)
            await show_page(interaction, private=self.is_private, back=self.back)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)


class ShelfButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=rf"shelf:page:{_PAGE}"):
    """A button below a shelf that shows a page of it as it is now."""

    def __init__(self, button: ui.Button[ui.LayoutView], whose: str, back: int) -> None:
        super().__init__(button)
        self.is_private = whose == "p"
        self.back = back

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button from what Discord sent."""
        del interaction
        assert isinstance(item, ui.Button)  # noqa: S101  # only our buttons have such an id
        return cls(item, match["whose"], int(match["back"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Show the page, and explain where that can't be."""
        try:
            await interaction.response.defer()
            await show_page(interaction, private=self.is_private, back=self.back)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)


class UndoButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"shelf:undo:(?P<until>\d{1,18}):(?P<before>\d{1,18})",
):
    """A button that brings back what a fresh start set aside."""

    def __init__(self, button: ui.Button[ui.LayoutView], until: int, before: int) -> None:
        super().__init__(button)
        self.until = until
        self.before = before

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button from what Discord sent."""
        del interaction
        assert isinstance(item, ui.Button)  # noqa: S101  # only our buttons have such an id
        return cls(item, int(match["until"]), int(match["before"]))

    async def callback(self, interaction: discord.Interaction[Threadlight]) -> None:  # type: ignore[override]  # only our own client calls it
        """Undo it, and explain where that can't be."""
        try:
            await interaction.response.defer()
            by = await moderator(interaction)
            await interaction.client.core.shelves.undo_clear(by, self.until, self.before)
            with speaking(language_at(interaction, private=False)):
                words = say("shelf-undone")
            await interaction.edit_original_response(view=said(words))
        except Exception as error:  # noqa: BLE001  # discord.py would only log it
            await interaction.client.explain(interaction, error)


DYNAMIC: tuple[type[ui.DynamicItem[Any]], ...] = (ShelfSelect, ShelfButton, UndoButton)
"""What stands below these commands' messages."""
