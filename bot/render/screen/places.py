"""Where an answer is shown that takes an earlier one's place, as a button's press lets it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import discord
from msgspec.structs import replace

from bot.messages import ScreenAddress
from bot.render.screen.surfaces import DiscordSurface, language_at


class Places:
    """Finds the surfaces that one press can paint.

    A press brings a token of its own, which reaches the message that the button stands below, and
    new ones. The other messages of an answer are reached by the channel's routes, however old they
    are; those of a private one only as long as the token lives that it was posted with.
    """

    def __init__(
        self, interaction: discord.Interaction[Any], *, now: Callable[[], datetime]
    ) -> None:
        self._interaction = interaction
        self._now = now

    def surface(self, address: ScreenAddress | None) -> DiscordSurface:
        """Return where the answer that stands at this address is to be replaced."""
        message = self._interaction.message
        private = message is not None and message.flags.ephemeral
        head = address.head if address is not None else ""
        known = address.message_ids if address is not None else ()
        pressed = message.id if message is not None else 0
        if known == (pressed,) or (address is None and pressed):
            return DiscordSurface.of_interaction(
                self._interaction, private=private, now=self._now, message_id=pressed, head=head
            )
        if address is not None and not address.ephemeral:
            return self._at(self._known(address))
        if address is not None and self._lives(address):
            return self._at(address)
        return self._at(replace(self._new(), head=head))

    def aside(self) -> DiscordSurface:
        """Return where something is said to whoever pressed alone."""
        return self._at(self._new())

    def _new(self) -> ScreenAddress:
        """Return a place for new messages that nobody else sees."""
        interaction = self._interaction
        return ScreenAddress(
            channel_id=interaction.channel_id or 0,
            application_id=interaction.application_id,
            interaction_token=interaction.token,
            token_expires_at=interaction.expires_at,
            ephemeral=True,
            language=language_at(interaction, private=True),
        )

    @staticmethod
    def _known(address: ScreenAddress) -> ScreenAddress:
        """Return the place of messages that all can see, which keep their language."""
        return ScreenAddress(
            address.channel_id, address.message_ids, head=address.head, language=address.language
        )

    def _at(self, address: ScreenAddress) -> DiscordSurface:
        """Return what paints there; where the button stands, one message is at least."""
        client = self._interaction.client
        return DiscordSurface.at(client, address, now=self._now, may_lack=True)

    def _lives(self, address: ScreenAddress) -> bool:
        ends_at = address.token_expires_at
        return ends_at is not None and ends_at > self._now()
