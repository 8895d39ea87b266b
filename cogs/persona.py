"""`/persona show, set, reset`: the instructions for the model."""

import re
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.administration.personas import PersonaDesk
from bot.discord.client import Threadlight
from bot.discord.forms import Form, field
from bot.discord.permitted import allows
from bot.errors import InvalidChoice, NotAllowed, NotHere
from bot.prompts.persona_library import LIBRARY, sample_of
from bot.prompts.personas import LONGEST, Persona, Scope, shared
from bot.reading.questions import question_from_interaction
from bot.render.personas import hint_words, persona_lines, reset_words, set_words
from bot.render.sayings import said
from bot.words import say

SCOPES = [
    app_commands.Choice(name=it, value=it) for it in (Scope.PERSON, Scope.CHANNEL, Scope.SERVER)
]
SAMPLES = [app_commands.Choice(name=it.key, value=it.key) for it in LIBRARY]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose persona a command is about."""

    scope: Scope
    target_id: int


class PersonaForm(Form, template=rf"persona:(?P<scope>{'|'.join(Scope)}):(?P<target>\d+)"):
    """A form for a persona's words."""

    async def open(
        self, interaction: discord.Interaction[Threadlight], whose: Whose, text: str
    ) -> None:
        """Open it, with what stands there already."""
        written = field(
            say("form-persona-instructions"),
            most=LONGEST,
            example=say("form-persona-example"),
            description=hint_words(),
            text=text,
        )
        about = f"persona:{whose.scope}:{whose.target_id}"
        await self.show(interaction, about, written, say(f"form-persona-{whose.scope}"))

    async def submitted(
        self, interaction: discord.Interaction[Threadlight], custom_id: re.Match[str], typed: str
    ) -> None:
        """Set the persona, if the person still may."""
        await interaction.client.acknowledge(interaction, ephemeral=True)
        whose = await allowed(interaction, custom_id["scope"])
        if whose.target_id != int(custom_id["target"]):  # not where it was opened
            raise NotHere("advice-choose-again")
        persona = Persona(whose.scope, whose.target_id, typed)
        desk = interaction.client.core.administration.personas
        await desk.set(interaction.guild_id, persona, interaction.user.id)
        await interaction.edit_original_response(view=said(set_words(persona.scope)))


@app_commands.allowed_contexts(guilds=True, dms=True)
class Personas(commands.GroupCog, group_name="persona"):
    """Shows and changes personas; every command checks the permission itself."""

    def __init__(self, bot: Threadlight, form: PersonaForm) -> None:
        self.bot = bot
        self.form = form

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
        await self.form.open(interaction, whose, text)

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
    """Add the cog, and listen for its form."""
    form = PersonaForm()
    bot.add_listener(form.hear, "on_interaction")
    await bot.add_cog(Personas(bot, form))
