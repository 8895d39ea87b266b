"""`/sponsor`: a thread's owner pays for all turns there, up to a cap."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.sponsoring import METERS
from bot.discord.client import Threadlight
from bot.discord.managers import thread_owner
from bot.discord.permitted import allows
from bot.errors import NotHere, NotOwner
from bot.messages import Place
from bot.reading.questions import role_ids
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.sponsors import begun_words, ended_words, state_words
from bot.words import speaking


@app_commands.guild_only()
class Sponsor(commands.GroupCog, group_name="sponsor"):
    """Begins, ends and shows sponsorships; each command checks by itself who may."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command(name="on")
    @app_commands.choices(
        meter=[app_commands.Choice(name=meter.value, value=meter.value) for meter in METERS]
    )
    async def begin(
        self,
        interaction: discord.Interaction[Threadlight],
        meter: str,
        cap: app_commands.Range[float, 0],
    ) -> None:
        """Let everybody's turns in this thread of yours count on you, up to a cap."""
        await self.bot.acknowledge(interaction, ephemeral=False)
        thread = thread_of(interaction)
        owner_id = await thread_owner(self.bot, thread)
        if owner_id != interaction.user.id:
            raise NotOwner(owner_id)
        sponsorship = await self.bot.core.sponsoring.start(
            Place(thread.id, thread.guild.id), owner_id, role_ids(interaction.user), meter, cap
        )
        with speaking(language_at(interaction, private=False)):
            words = begun_words(sponsorship)
        await interaction.edit_original_response(view=said(words))

    @app_commands.command(name="off")
    async def end(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Let everybody's turns in this thread count on themselves again."""
        await self.bot.acknowledge(interaction, ephemeral=False)
        thread = thread_of(interaction)
        may = interaction.permissions
        if not (allows(may, "manage_messages") or allows(may, "manage_guild")):
            sponsorship = await self.bot.core.sponsoring.of(thread.id)
            owner_id = await thread_owner(self.bot, thread)
            sponsor_id = sponsorship.sponsor_id if sponsorship else owner_id
            if interaction.user.id not in (owner_id, sponsor_id):
                raise NotOwner(owner_id)
        place = Place(thread.id, thread.guild.id)
        ended = await self.bot.core.sponsoring.stop(place, interaction.user.id)
        with speaking(language_at(interaction, private=False)):
            words = ended_words(ended)
        await interaction.edit_original_response(view=said(words))

    @app_commands.command(name="show")
    async def show(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Show who sponsors this thread, and what is left of it."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        sponsorship = await self.bot.core.sponsoring.of(thread_of(interaction).id)
        await interaction.edit_original_response(view=said(state_words(sponsorship)))


def thread_of(interaction: discord.Interaction[Threadlight]) -> discord.Thread:
    """Return the thread that a command was used in; raise `NotHere`."""
    if not isinstance(interaction.channel, discord.Thread):
        raise NotHere("advice-sponsor-in-thread")
    return interaction.channel


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Sponsor(bot))
