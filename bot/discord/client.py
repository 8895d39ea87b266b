"""The Discord client: loads the cogs, acknowledges, explains errors, drains turns on close."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from structlog.typing import FilteringBoundLogger

from bot.core import Core
from bot.discord.answering import Answering
from bot.discord.asides import Asides
from bot.discord.explaining import cause_of, explain, take_note
from bot.discord.listening import speak_to_each
from bot.discord.parsers import guard
from bot.discord.permitted import allows
from bot.discord.renaming import renames_for
from bot.errors import NotAllowed, PlaceClosed, Repeated, Withdrawn
from bot.housekeeping import Shards
from bot.render.command_mentions import CommandMentions
from bot.render.notices import notice
from bot.render.pacing.lanes import Lane
from bot.render.pacing.traffic import traffic_of
from bot.render.sayings import messages_of, said
from bot.render.screen.refusals import NO_REPLY_ALLOWED, UNDONE, told_of
from bot.words.registering import localised

COGS = (
    "chat",
    "edits",
    "menus",
    "continuing",
    "places",
    "answer_buttons",
    "branch_button",
    "history",
    "proposal_buttons",
    "persona",
    "sponsor",
    "usage",
    "help",
    "joining",
)
COGS_FOR_MANAGERS = ("quota", "access", "audit", "settings")

GRACE = 6.0
"""Seconds that running answers have to end when the bot is told to stop (Docker waits 10)."""


class Tree(app_commands.CommandTree["Threadlight"]):
    """The slash commands and menus, with one way to explain what went wrong."""

    async def on_error(
        self,
        interaction: discord.Interaction["Threadlight"],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        """Tell the person what went wrong with their command."""
        await interaction.client.explain(interaction, cause_of(error))


class Threadlight(commands.AutoShardedBot):
    """The bot as Discord sees it."""

    def __init__(
        self,
        core: Core,
        *,
        log: FilteringBoundLogger,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        operator_id: int | None = None,
        own_gateway: bool = True,
        shard_count: int | None = None,
        shard_ids: list[int] | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=True
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            help_command=None,
            tree_cls=Tree,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=60.0,
            http_trace=traffic_of(core.pacer, lambda: discord.http.Route.BASE),
            shard_count=shard_count,
            shard_ids=shard_ids,  # type: ignore[arg-type]  # None is its default, wrongly typed
        )
        self.core = core
        self.log = log
        speak_to_each(self._connection.parsers, self._locale_of)
        self.commands_by_name = CommandMentions()
        guard(self._connection.parsers, log, lambda: self._connection.self_id)
        self._shards = Shards(shard_count, shard_ids)
        self._own_gateway = own_gateway
        self.asides = Asides(
            self, core.proposals, core.pacer, operator_id=operator_id, now=now, log=log
        )
        self.answering = Answering(self, core, self.asides, now=now, monotonic=monotonic, log=log)

    async def setup_hook(self) -> None:
        """Find the gateway, load the cogs, register the commands, and mend what a kill left."""
        if not self._own_gateway:
            # Only a bot without a shard count asks for it; reconnects always use this default.
            _, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        for cog in (*COGS, *COGS_FOR_MANAGERS):
            # As an extension it would be taken out of memory at the end, and run anew by the next.
            await import_module(f"cogs.{cog}").setup(self)
        await self.core.forgetting.resume()
        lost = await self.core.housekeeping.find_lost(self._shards)
        self.core.housekeeping.start(lost, self._shards, self.answering.screens_at)
        self.core.alarms.start(self.asides.tell_operator)
        self.core.titling.start(renames_for(self, self.log))
        # Last: from now on people use them, and the bot must be there soon.
        await self._register_commands()

    async def _register_commands(self) -> None:
        commands = [localised(it.to_dict(self.tree)) for it in self.tree.get_commands()]
        made = await self.http.bulk_upsert_global_commands(self.application_id or 0, commands)
        slash = [it for it in made if it["type"] == discord.AppCommandType.chat_input.value]
        self.commands_by_name = CommandMentions({it["name"]: int(it["id"]) for it in slash})
        self.log.info("commands registered", count=len(made))

    def _locale_of(self, guild_id: int) -> str | None:
        guild = self.get_guild(guild_id)
        return guild.preferred_locale.value if guild is not None else None

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no prefix commands."""

    async def on_ready(self) -> None:
        """Say that the bot can be used."""
        self.log.info("ready", servers=len(self.guilds), shards=self.shard_count)

    async def acknowledge(
        self, interaction: discord.Interaction["Threadlight"], *, ephemeral: bool
    ) -> int | None:
        """Answer with "thinking…", before any other work; return the message's id."""
        response = await interaction.response.defer(ephemeral=ephemeral, thinking=True)
        interaction.extras["ephemeral"] = ephemeral
        return response.message_id if response is not None else None

    async def explain(
        self, interaction: discord.Interaction["Threadlight"], error: Exception, typed: str = ""
    ) -> None:
        """Tell the person alone what went wrong, and give back what they `typed` into a form."""
        await explain(interaction, error, self.log, typed)

    async def show_lines(
        self, interaction: discord.Interaction["Threadlight"], lines: Sequence[str]
    ) -> None:
        """Answer a privately acknowledged command; what one message can't hold follows."""
        first, *more = messages_of(lines)
        await interaction.edit_original_response(view=said(first))
        for text in more:
            await interaction.followup.send(view=said(text), ephemeral=True)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell whoever wrote a message what went wrong with its answer."""
        del kwargs
        error = sys.exc_info()[1]
        if isinstance(error, Withdrawn | Repeated | PlaceClosed):
            return
        take_note(error, f"{event_method} failed", self.log)
        if isinstance(error, Exception) and args and isinstance(args[0], discord.Message):
            await self.tell(args[0], notice(error))

    async def tell(self, message: discord.Message, text: str) -> None:
        """Reply to a message with a sentence of our own."""
        reference = message.to_reference(fail_if_not_exists=False)
        try:
            try:
                await self.post(message.channel, text, reference)
            except discord.Forbidden as refusal:
                if refusal.code != NO_REPLY_ALLOWED:
                    raise
                await self.post(message.channel, text)
        except UNDONE as failure:
            self.log.warning("could not reply", **told_of(failure))

    async def post(
        self,
        channel: "discord.abc.MessageableChannel",
        text: str,
        reference: discord.MessageReference | None = None,
    ) -> discord.Message:
        """Send a message of our own as the pacer lets it: a crowd of them causes no 429."""
        async with self.core.pacer.permit(Lane.create(channel.id)):
            if reference is None:
                return await channel.send(view=said(text))
            return await channel.send(view=said(text), reference=reference)

    async def close(self) -> None:
        """Let running answers end, then leave Discord."""
        await self.core.titling.close()
        await self.core.turns.close(GRACE)
        await self.core.housekeeping.close()
        await self.core.forgetting.close()
        await super().close()


def require_manager(interaction: discord.Interaction[Threadlight]) -> None:
    """Raise `NotAllowed` unless the person may manage the server; clients only hide the command."""
    if not allows(interaction.permissions, "manage_guild"):
        raise NotAllowed("you", "Manage Server")
