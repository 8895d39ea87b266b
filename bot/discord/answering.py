"""Answers questions where they were asked: opens the screens, and asks about the price."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
from structlog.typing import FilteringBoundLogger

from bot.core import Core
from bot.discord.asides import Asides
from bot.discord.explaining import remove_pressed
from bot.errors import ScreenGone
from bot.messages import Question, ScreenAddress
from bot.ports import OnAddress, OpenScreen, ReadFiles, Screen, Whisper
from bot.render.screen.live_answer import LiveAnswer
from bot.render.screen.places import Places
from bot.render.screen.surfaces import DiscordSurface
from bot.words import language_of

AnyInteraction = discord.Interaction[Any]


class Answering:
    """Answers in the message of a command or button, in a channel, or where an answer stands."""

    def __init__(
        self,
        client: discord.Client,
        core: Core,
        asides: Asides,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        log: FilteringBoundLogger,
    ) -> None:
        self._client = client
        self._core = core
        self._asides = asides
        self._now = now
        self._monotonic = monotonic
        self._log = log

    async def to_interaction(
        self,
        interaction: AnyInteraction,
        question: Question,
        message_id: int | None,
        read_files: ReadFiles | None = None,
        head: str = "",
    ) -> None:
        """Answer where a command was used, in place of its "thinking…"; raise `Refused`.

        Of a button that was pressed, `message_id` is the message below which it stands.
        """
        surface = self.surface_of(
            interaction, private=question.private, message_id=message_id, head=head
        )
        whisper = self._asides.whisper_to(interaction)
        await self._answer(replace(question, head=head), surface, read_files, whisper)

    async def in_place(
        self,
        interaction: AnyInteraction,
        question: Question,
        *,
        is_agreed: bool = False,
    ) -> None:
        """Answer where an earlier answer to the same question stands; raise `Refused`.

        What it costs is asked in private: the earlier answer stays where it is meanwhile. Where
        that `is_agreed`, what was pressed goes as soon as the answer begins. Raise `ScreenGone`
        where nothing of the new one could be shown.
        """
        places, going = Places(interaction, now=self._now), list[asyncio.Task[None]]()
        opened, begins = list[Screen](), asyncio.Event()
        if ahead := self._core.turns.ahead_of(question.queue):
            telling = self._asides.tell_place_in_line(interaction, ahead, begins)
            going.append(asyncio.create_task(telling))

        def open_screen(hears: OnAddress, address: ScreenAddress | None) -> Screen:
            begins.set()
            if is_agreed:
                going.append(asyncio.create_task(remove_pressed(interaction, self._log)))
            opened.append(screen := self._open(places.surface(address), hears))
            return screen

        whisper = self._asides.whisper_to(interaction)
        talks = self._core.conversations
        try:
            proposed = await talks.answer(question, open_screen, None, whisper)
            if proposed is not None:
                await self._asides.ask_price(proposed, places.aside())
        finally:
            begins.set()
            await asyncio.gather(*going)
        if any(it.is_gone and not it.shows_words for it in opened):
            raise ScreenGone

    def screens_in_place(self, interaction: AnyInteraction) -> OpenScreen:
        """Return what opens the screens of answers that take another's place."""
        places = Places(interaction, now=self._now)
        return lambda hears, address: self._open(places.surface(address), hears)

    def surface_of(
        self,
        interaction: AnyInteraction,
        *,
        private: bool,
        message_id: int | None = None,
        head: str = "",
    ) -> DiscordSurface:
        """Return where an interaction is answered: its own message, or the pressed button's."""
        return DiscordSurface.of_interaction(
            interaction, private=private, now=self._now, message_id=message_id, head=head
        )

    async def in_channel(
        self,
        question: Question,
        reply_to: int | None = None,
        read_files: ReadFiles | None = None,
    ) -> None:
        """Answer with messages in the question's channel, thread or DM; raise `Refused`."""
        channel_id, guild_id = question.place.channel_id, question.place.guild_id
        language = language_of(self._locale_of(guild_id))
        surface = DiscordSurface.in_channel(
            self._client, channel_id, now=self._now, reply_to=reply_to, language=language
        )
        await self._answer(question, surface, read_files)

    async def _answer(
        self,
        question: Question,
        surface: DiscordSurface,
        read_files: ReadFiles | None,
        whisper: Whisper | None = None,
    ) -> None:
        def open_screen(hears: OnAddress, _: ScreenAddress | None) -> Screen:
            return self._open(surface, hears)

        proposed = await self._core.conversations.answer(question, open_screen, read_files, whisper)
        if proposed is not None:
            await self._asides.ask_price(proposed, surface)

    def screens_at(self, hears: OnAddress, address: ScreenAddress | None) -> Screen:
        """Open the screen of an answer that stands somewhere already."""
        if address is None:
            raise ScreenGone
        return self._open(DiscordSurface.at(self._client, address, now=self._now), hears)

    def _open(self, surface: DiscordSurface, on_address: OnAddress) -> Screen:
        pacer, pictures, clock = self._core.pacer, self._core.pictures, self._monotonic
        return LiveAnswer(surface, pacer, pictures, clock=clock, on_address=on_address)

    def _locale_of(self, guild_id: int | None) -> str | None:
        guild = self._client.get_guild(guild_id) if guild_id is not None else None
        return guild.preferred_locale.value if guild is not None else None
