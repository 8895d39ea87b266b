"""`/persona show, set, reset`: the instructions for the model."""

from dataclasses import dataclass

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.administration.personas import PersonaDesk
from bot.discord.client import Threadlight
from bot.discord.permitted import allows
from bot.errors import InvalidChoice, NotAllowed
from bot.prompts.persona_library import LIBRARY, sample_of
from bot.prompts.personas import LONGEST, Persona, Scope, shared
from bot.reading.questions import question_from_interaction
from bot.render.personas import hint_words, persona_lines, reset_words, set_words
from bot.render.sayings import said
from bot.words import say

OPEN_FOR = 3600.0
"""Seconds after which an open form is forgotten: nobody tells when one is closed unused."""

SCOPES = [
    app_commands.Choice(name=it, value=it) for it in (Scope.PERSON, Scope.CHANNEL, Scope.SERVER)
]
SAMPLES = [app_commands.Choice(name=it.key, value=it.key) for it in LIBRARY]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose persona a command is about."""

    scope: Scope
    target_id: int


class Form(ui.Modal):
    """A form for a persona's words."""

    def __init__(self, whose: Whose, text: str) -> None:
        super().__init__(title=say(f"form-persona-{whose.scope}"), timeout=OPEN_FOR)
        self.whose = whose
        self.written: ui.TextInput[Form] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=say("form-persona-example"),
            default=text or None,
            max_length=LONGEST,
        )
        words = say("form-persona-instructions")
        self.add_item(ui.Label(text=words, description=hint_words(), component=self.written))

    async def on_submit(self, interaction: discord.Interaction[Threadlight], /) -> None:  # type: ignore[override]  # only our own client calls it
        """Set the persona, if the person still may."""
        await interaction.client.acknowledge(interaction, ephemeral=True)
        await require(interaction, self.whose.scope)
        persona = Persona(self.whose.scope, self.whose.target_id, self.written.value.strip())
        desk = interaction.client.core.administration.personas
        await desk.set(interaction.guild_id, persona, interaction.user.id)
        await interaction.edit_original_response(view=said(set_words(persona.scope)))

    async def on_error(  # type: ignore[override]  # only our own client calls it
        self, interaction: discord.Interaction[Threadlight], error: Exception, /
    ) -> None:
        """Tell the person what went wrong with their persona."""
        self.stop()
        await interaction.client.explain(interaction, error)


@app_commands.allowed_contexts(guilds=True, dms=True)
class Personas(commands.GroupCog, group_name="persona"):
    """Shows and changes personas; every command checks the permission itself."""

    def __init__(self, bot: Threadlight) -> None:
        self.bot = bot

    @app_commands.command()
    async def show(self, interaction: discord.Interaction[Threadlight]) -> None:
        """See which personas hold for you here."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        asked = question_from_interaction(interaction, "")
        await self.bot.core.conversations.admit(asked)
        found = await self._desk.holding(
            interaction.guild_id, asked.channel_ids, interaction.user.id
        )
        of_all = shared(found, asked.channel_ids)
        own = [it for it in found if it.scope is Scope.PERSON]
        lines = persona_lines([*([of_all] if of_all else []), *own])
        await self.bot.show_lines(interaction, lines)

    @app_commands.command(name="set")
    @app_commands.choices(scope=SCOPES, start_from=SAMPLES)
    async def set_(
        self,
        interaction: discord.Interaction[Threadlight],
        scope: str = Scope.PERSON.value,
        start_from: str | None = None,
    ) -> None:
        """Write a persona, in a form."""
        whose = await allowed(interaction, scope)
        sample = sample_of(start_from) if start_from else None
        persona = None if sample else await self._desk.of(whose.scope, whose.target_id)
        text = sample.text if sample else persona.text if persona else ""
        await interaction.response.send_modal(Form(whose, text))

    @app_commands.command()
    @app_commands.choices(scope=SCOPES)
    async def reset(
        self, interaction: discord.Interaction[Threadlight], scope: str = Scope.PERSON.value
    ) -> None:
        """Take a persona away."""
        await self.bot.acknowledge(interaction, ephemeral=True)
        whose = await allowed(interaction, scope)
        was_there = await self._desk.reset(
            interaction.guild_id, whose.scope, whose.target_id, interaction.user.id
        )
        words = reset_words(whose.scope, was_there=was_there)
        await interaction.edit_original_response(view=said(words))

    @property
    def _desk(self) -> PersonaDesk:
        return self.bot.core.administration.personas


async def allowed(interaction: discord.Interaction[Threadlight], scope: str) -> Whose:
    """Return whose persona is meant; raise `Refused` where the person may not change it."""
    chosen = Scope(scope)
    await require(interaction, chosen)
    targets = {
        Scope.PERSON: interaction.user.id,
        Scope.CHANNEL: interaction.channel_id or 0,
        Scope.SERVER: interaction.guild_id or 0,
    }
    return Whose(chosen, targets[chosen])


async def require(interaction: discord.Interaction[Threadlight], scope: Scope) -> None:
    """Raise `Refused` where somebody may not change a persona with this scope."""
    if scope is Scope.PERSON:
        asked = question_from_interaction(interaction, "")
        await interaction.client.core.conversations.admit(asked)
        return
    if interaction.guild_id is None:
        raise InvalidChoice("scope", "advice-only-me")
    may = interaction.permissions
    if scope is Scope.CHANNEL and not allows(may, "manage_channels"):
        raise NotAllowed("you", "Manage Channels")
    if scope is Scope.SERVER and not allows(may, "manage_guild"):
        raise NotAllowed("you", "Manage Server")


async def setup(bot: Threadlight) -> None:
    """Add the cog."""
    await bot.add_cog(Personas(bot))
