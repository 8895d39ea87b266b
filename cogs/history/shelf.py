"""`/history show, clear`: what the model sees here, and a fresh start."""

import re
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import Threadlight
from bot.discord.managers import moderates
from bot.discord.pressing import NOTHING, Pressable
from bot.errors import NotAllowed, NothingThere
from bot.messages import Question
from bot.reading.questions import question_from_interaction
from bot.records.shelf import Deed, Kind, Wish
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.shelf import cleared_view, shelf_view
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
    await interaction.client.core.changing.settled()
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


class OnShelf(Pressable, template=NOTHING):
    """What stands below a page of a shelf, and knows which page that is."""

    async def show(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show the page as it is now."""
        back = int(self.said["back"])
        await show_page(interaction, private=self.is_private, back=back)

    @property
    def is_private(self) -> bool:
        """Tell whether the shelf is that of private questions."""
        return self.said["whose"] == "p"


class ShelfSelect(OnShelf, template=rf"shelf:(?P<what>pin|drop):{_PAGE}"):
    """A select below a shelf: it pins and unpins, or drops and puts back."""

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Do what was chosen and show how it stands then."""
        await interaction.response.defer()
        assert isinstance(self.item, ui.Select)  # noqa: S101  # only our selects have such an id
        by = question_from_interaction(interaction, "", private=self.is_private)
        wishes = wishes_of(self.item.values)
        may = await moderates(interaction)
        await interaction.client.core.shelves.change(by, wishes, moderates=may)
        await self.show(interaction)


class ShelfButton(OnShelf, template=rf"shelf:page:{_PAGE}"):
    """A button below a shelf that shows a page of it as it is now."""

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show the page."""
        await interaction.response.defer()
        await self.show(interaction)


class UndoButton(Pressable, template=r"shelf:undo:(?P<until>\d{1,18}):(?P<before>\d{1,18})"):
    """A button that brings back what a fresh start set aside."""

    async def pressed(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Undo it."""
        await interaction.response.defer()
        by = await moderator(interaction)
        until, before = int(self.said["until"]), int(self.said["before"])
        await interaction.client.core.shelves.undo_clear(by, until, before)
        with speaking(language_at(interaction, private=False)):
            words = say("shelf-undone")
        await interaction.edit_original_response(view=said(words))


DYNAMIC: tuple[type[Pressable], ...] = (ShelfSelect, ShelfButton, UndoButton)
"""What stands below these commands' messages."""
