"""What is said beside answers: price questions, warnings to one person, alarms to the operator."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import discord
from structlog.typing import FilteringBoundLogger

from bot.errors import ScreenGone
from bot.messages import ScreenAddress
from bot.notes import Alarm, LimitWarning
from bot.ports import Whisper
from bot.quota.pricing import Proposed
from bot.render.footnotes import warning_words
from bot.render.notices import notice
from bot.render.offers import alarm_words, offer_words
from bot.render.pacing.lanes import Lane, Urgency
from bot.render.pacing.pacer import Pacer
from bot.render.sayings import said
from bot.render.screen.interaction_tokens import TOKEN_MARGIN
from bot.render.screen.layouts import Layout
from bot.render.screen.price_question import price_question, sentence
from bot.render.screen.refusals import UNDONE, NotPainted, told_of
from bot.render.screen.surfaces import DiscordSurface
from bot.turns.proposals import Changed, Proposals
from bot.words import language_of, say, speaking

RETRY_DELAYS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try to show something."""

SOON = 0.5
"""Seconds for which nobody needs to hear why what they pressed does not begin."""


class Asides:
    """Says what is no answer; `operator_id` is whom alarms go to, if to anybody."""

    def __init__(
        self,
        client: discord.Client,
        proposals: Proposals,
        pacer: Pacer,
        *,
        operator_id: int | None,
        now: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        self._client = client
        self._proposals = proposals
        self._pacer = pacer
        self._operator_id = operator_id
        self._now = now
        self._log = log

    async def ask_price(self, proposed: Proposed, surface: DiscordSurface) -> None:
        """Ask for a yes to a price, where the answer would stand."""
        layout = self._price_question(proposed, surface.address)
        if not await self._show(surface, layout):
            await self._proposals.discard(proposed.proposal_id)
            return
        changed = await self._proposals.shown(proposed.proposal_id, surface.address)
        if changed is not None:
            await self.show_change(changed)

    def _price_question(self, proposed: Proposed, address: ScreenAddress) -> Layout:
        with speaking(address.language):
            return price_question(offer_words(proposed.offer), proposed, address.head)

    async def say_instead(self, surface: DiscordSurface, message_id: str) -> None:
        """Let a sentence of the catalogue stand where a price was asked for."""
        with speaking(surface.address.language):
            layout = sentence(say(message_id))
        await self._show(surface, layout)

    async def show_change(self, changed: Changed) -> None:
        """Show what became of a price question whose message was edited."""
        if changed.address is None:
            return
        if changed.proposed is not None:
            layout = self._price_question(changed.proposed, changed.address)
        elif changed.refusal is not None:
            with speaking(changed.address.language):
                layout = sentence(notice(changed.refusal))
        else:  # it was sent or cancelled meanwhile
            return
        await self._show(self._at(changed.address), layout)

    async def show_withdrawal(self, address: ScreenAddress | None) -> None:
        """Say, where a price was asked for, that its question was deleted."""
        if address is not None:
            await self.say_instead(self._at(address), "price-withdrawn")

    def _at(self, address: ScreenAddress) -> DiscordSurface:
        return DiscordSurface.at(self._client, address, now=self._now)

    async def _show(self, surface: DiscordSurface, layout: Layout) -> bool:
        """Show one message; False where it can't be shown."""
        for delay in (*RETRY_DELAYS, None):
            try:
                async with self._pacer.permit(surface.lane(0), Urgency.FIRST):
                    await surface.paint(0, layout)
            except NotPainted:
                if delay is not None:
                    await asyncio.sleep(delay)
            except ScreenGone:
                break
            else:
                return True
        self._log.info("an aside has no screen")
        return False

    def whisper_to(self, interaction: discord.Interaction[Any]) -> Whisper:
        """Return what tells whoever used this how their limits stand, and nobody else."""
        language = language_of(interaction.locale.value)

        async def whisper(warnings: Sequence[LimitWarning]) -> None:
            with speaking(language):
                words = "\n".join(warning_words(it) for it in warnings)
            try:
                async with self._pacer.permit(Lane.interaction(interaction.token)):
                    await interaction.followup.send(view=said(words), ephemeral=True)
            except UNDONE as failure:
                self._log.info("could not warn", **told_of(failure))

        return whisper

    async def tell_place_in_line(
        self, interaction: discord.Interaction[Any], ahead: int, begins: asyncio.Event
    ) -> None:
        """Tell whoever pressed a button, until it begins, that others come first.

        That goes before the press's token does, which alone can take it away.
        """
        until = interaction.expires_at - TOKEN_MARGIN
        try:
            async with asyncio.timeout(SOON):
                await begins.wait()
        except TimeoutError:
            with speaking(language_of(interaction.locale.value)):
                view = said(say("in-line", ahead=ahead))
            try:
                async with self._pacer.permit(Lane.interaction(interaction.token)):
                    sent = await interaction.followup.send(view=view, ephemeral=True, wait=True)
                with suppress(TimeoutError):
                    async with asyncio.timeout((until - self._now()).total_seconds()):
                        await begins.wait()
                await sent.delete()
            except UNDONE as failure:  # the answer comes all the same
                self._log.info("could not tell of a line", **told_of(failure))

    async def tell_operator(self, alarm: Alarm) -> None:
        """Send the operator a direct message, if anybody knows who that is."""
        if self._operator_id is None:
            return
        try:
            channel = await self._client.create_dm(discord.Object(self._operator_id))
            async with self._pacer.permit(Lane.create(channel.id)):
                await channel.send(view=said(alarm_words(alarm)))
        except UNDONE as failure:
            self._log.warning("could not reach the operator", **told_of(failure))
