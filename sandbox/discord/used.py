"""What a person has set off with a command, a click or a modal, and how the bot answers it."""

import asyncio
from typing import Any

from sandbox.discord.modals import Modal, shown_modal
from sandbox.discord.model import CallbackType, Interaction
from sandbox.discord.seen import Seen, seen
from sandbox.discord.world import World

PATIENCE = 20.0
"""Seconds for which people wait unless told otherwise: more than it takes on a busy machine."""


class Used:
    """One interaction as the person follows it."""

    def __init__(self, world: World, interaction: Interaction) -> None:
        self._world = world
        self._interaction = interaction

    @property
    def id(self) -> int:
        """Return the interaction's id."""
        return self._interaction.id

    @property
    def token(self) -> str:
        """Return the interaction's token."""
        return self._interaction.token

    @property
    def callback(self) -> CallbackType | None:
        """Return how the bot acknowledged it, None while it has not."""
        return self._interaction.callback

    @property
    def failed(self) -> bool:
        """Tell whether "The application did not respond" is shown."""
        return self._interaction.failed

    @property
    def modal(self) -> Modal | None:
        """Return the modal that the bot answered with, if it did."""
        return shown_modal(self._interaction)

    @property
    def choices(self) -> list[dict[str, Any]] | None:
        """Return what the bot proposed for an option, None while it has not."""
        return self._interaction.choices

    @property
    def message_ids(self) -> tuple[int, ...]:
        """Return the ids of the original response and the follow-ups."""
        first = self._interaction.original_id
        return (*(() if first is None else (first,)), *self._interaction.followup_ids)

    @property
    def responses(self) -> list[Seen]:
        """Return the original response and the follow-ups as they are now, without deleted ones."""
        found = (self._world.messages.get(message_id) for message_id in self.message_ids)
        return [seen(self._world, message) for message in found if message is not None]

    async def acknowledged(self, timeout: float = PATIENCE) -> CallbackType:
        """Wait until the bot acknowledges it; raise TimeoutError if it does not in its 3 s."""
        async with asyncio.timeout(timeout):
            await self._interaction.settled.wait()
        if self._interaction.callback is None:
            raise TimeoutError("The application did not respond")
        return self._interaction.callback

    async def answered(self, timeout: float = PATIENCE) -> Seen:
        """Wait until the original response is there and no longer says "thinking…"."""
        await self.acknowledged(timeout)

        def ready() -> bool:
            message = self._world.messages.get(self._interaction.original_id or 0)
            return message is not None and not message.loading

        try:
            await self._world.news.until(ready, timeout, self._interaction.channel_id)
        except TimeoutError:
            raise TimeoutError(f"No answer within {timeout} s but {self.responses}") from None
        return self.responses[0]

    async def opened(self, timeout: float = PATIENCE) -> Modal:
        """Wait for the modal that the bot answers with."""
        callback = await self.acknowledged(timeout)
        modal = self.modal
        if modal is None:
            raise TimeoutError(f"The bot opened no modal but answered with {callback.name}.")
        return modal
