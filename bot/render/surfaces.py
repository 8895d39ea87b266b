"""Where an answer appears: the one place that sends and edits its messages and reads refusals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import randbits
from typing import Any, Protocol

import aiohttp
import discord
import msgspec
import structlog

from bot.errors import ScreenGone, ThreadlightError
from bot.messages import ScreenAddress
from bot.render.layouts import Layout
from bot.render.schedule import Lane

TOKEN_MARGIN = timedelta(minutes=1)
"""So long before a token ends, a public answer moves to the channel's own routes."""

NO_REPLY_ALLOWED = 160002
"""Discord's code for a reply by a bot that may not read the channel's past."""

_NOBODY = discord.AllowedMentions.none()

log = structlog.get_logger(__name__)


class NotPainted(ThreadlightError):
    """Say that Discord could not be reached or was in trouble: the next paint may succeed."""


class Surface(Protocol):
    """A row of messages; `DiscordSurface` is one."""

    @property
    def address(self) -> ScreenAddress:
        """Return where the messages are, as it stands now."""
        ...

    @property
    def is_ending(self) -> bool:
        """Tell whether soon nothing can be painted here any more."""
        ...

    def lane(self, index: int) -> Lane:
        """Return the bucket that painting this message takes its permit from now."""
        ...

    async def paint(self, index: int, layout: Layout) -> None:
        """Show this as the message of that index; raise `NotPainted` or `ScreenGone`."""
        ...

    async def remove(self, index: int) -> None:
        """Delete the last message, which has this index; raise `NotPainted` or `ScreenGone`."""
        ...


def _any_nonce() -> int:
    return randbits(63)


class DiscordSurface:
    """Messages in Discord, reached by an interaction's token while it lives, else by their ids."""

    def __init__(
        self,
        client: discord.Client,
        address: ScreenAddress,
        *,
        now: Callable[[], datetime],
        reply_to: int | None = None,
        interaction: discord.Interaction[Any] | None = None,
        nonces: Callable[[], int] = _any_nonce,
    ) -> None:
        self._client = client
        self._address = address
        self._now = now
        self._reply_to = reply_to
        self._interaction = interaction
        self._nonces = nonces
        # One nonce a message: Discord then posts a repeated create once.
        self._nonce = nonces()

    @classmethod
    def of_interaction(
        cls,
        interaction: discord.Interaction[Any],
        *,
        private: bool,
        now: Callable[[], datetime],
        message_id: int | None = None,
        head: str = "",
    ) -> "DiscordSurface":
        """Return the surface of an interaction already deferred with `thinking=True`.

        `message_id` is the deferral's (`(await response.defer(...)).message_id`), if known.
        """
        address = ScreenAddress(
            channel_id=interaction.channel_id or 0,
            message_ids=() if message_id is None else (message_id,),
            application_id=interaction.application_id,
            interaction_token=interaction.token,
            token_expires_at=interaction.expires_at,
            ephemeral=private,
            head=head,
        )
        return cls(interaction.client, address, now=now, interaction=interaction)

    @classmethod
    def in_channel(
        cls,
        client: discord.Client,
        channel_id: int,
        *,
        now: Callable[[], datetime],
        reply_to: int | None = None,
    ) -> "DiscordSurface":
        """Return the surface of a channel, thread or DM; the first message replies if told to."""
        return cls(client, ScreenAddress(channel_id), now=now, reply_to=reply_to)

    @classmethod
    def at(
        cls, client: discord.Client, address: ScreenAddress, *, now: Callable[[], datetime]
    ) -> "DiscordSurface":
        """Return the surface of messages that an earlier process painted."""
        return cls(client, address, now=now)

    @property
    def address(self) -> ScreenAddress:
        """Return where the messages are, as it stands now."""
        return self._address

    @property
    def is_ending(self) -> bool:
        """Tell whether a private answer's token ends within a minute: nothing else reaches it."""
        expires_at = self._address.token_expires_at
        if not self._address.ephemeral or expires_at is None:
            return False
        return expires_at - self._now() < TOKEN_MARGIN

    def lane(self, index: int) -> Lane:
        """Return the bucket that painting this message takes its permit from now."""
        if token := self._living_token():
            return Lane.interaction(token)
        if index < len(self._address.message_ids):
            return Lane.edit(self._address.channel_id)
        return Lane.create(self._address.channel_id)

    async def paint(self, index: int, layout: Layout) -> None:
        """Show this as the message of that index; raise `NotPainted` or `ScreenGone`."""
        known = self._address.message_ids
        with self._translated():
            if token := self._living_token():
                message_id = await self._paint_by_token(token, index, layout)
            elif index < len(known):
                await self._message(known[index]).edit(
                    view=layout.view(), attachments=layout.files(), allowed_mentions=_NOBODY
                )
                message_id = known[index]
            else:
                message_id = await self._send(layout)
        if index >= len(known):
            self._nonce = self._nonces()
            self._remember((*known, message_id))

    async def remove(self, index: int) -> None:
        """Delete the last message, which has this index; raise `NotPainted` or `ScreenGone`."""
        message_id = self._address.message_ids[index]
        with self._translated():
            try:
                if token := self._living_token():
                    await self._webhook(token).delete_message(message_id)
                else:
                    await self._message(message_id).delete()
            except discord.NotFound:
                log.debug("message to be removed was gone already")
        self._remember(self._address.message_ids[:index])

    async def _paint_by_token(self, token: str, index: int, layout: Layout) -> int:
        view, files = layout.view(), layout.files()
        known = self._address.message_ids
        if index == 0 and self._interaction is not None:
            original = await self._interaction.edit_original_response(
                view=view, attachments=files, allowed_mentions=_NOBODY
            )
            return original.id
        webhook = self._webhook(token)
        if index < len(known):
            await webhook.edit_message(
                known[index], view=view, attachments=files, allowed_mentions=_NOBODY
            )
            return known[index]
        sent = await webhook.send(
            view=view,
            files=files,
            ephemeral=self._address.ephemeral,
            allowed_mentions=_NOBODY,
            wait=True,
        )
        return sent.id

    async def _send(self, layout: Layout) -> int:
        channel = self._client.get_partial_messageable(self._address.channel_id)
        options: dict[str, Any] = {}
        if self._reply_to is not None and not self._address.message_ids:
            options["reference"] = discord.MessageReference(
                message_id=self._reply_to, channel_id=channel.id, fail_if_not_exists=False
            )
        sent = await channel.send(
            view=layout.view(),
            files=layout.files(),
            nonce=self._nonce,
            allowed_mentions=_NOBODY,
            **options,
        )
        return sent.id

    def _living_token(self) -> str | None:
        """Return the token while it is to be used; raise `ScreenGone` where nothing else helps."""
        address = self._address
        if address.interaction_token is None or address.token_expires_at is None:
            return None
        left = address.token_expires_at - self._now()
        if left > (timedelta(0) if address.ephemeral else TOKEN_MARGIN):
            return address.interaction_token
        if address.ephemeral:
            raise ScreenGone
        return None

    def _forget_token(self) -> bool:
        """Go on by the channel's routes where a token ended early; False where that can't be."""
        address = self._address
        if address.ephemeral or address.interaction_token is None or not address.message_ids:
            return False
        self._interaction = None
        self._address = msgspec.structs.replace(address, interaction_token=None)
        return True

    def _webhook(self, token: str) -> discord.Webhook:
        if self._interaction is not None:
            return self._interaction.followup
        application_id = self._address.application_id or self._client.application_id or 0
        webhook = discord.Webhook.partial(application_id, token, client=self._client)
        # Only an application's may send what one person alone sees.
        webhook.type = discord.WebhookType.application
        return webhook

    def _message(self, message_id: int) -> discord.PartialMessage:
        channel = self._client.get_partial_messageable(self._address.channel_id)
        return channel.get_partial_message(message_id)

    def _remember(self, message_ids: tuple[int, ...]) -> None:
        self._address = msgspec.structs.replace(self._address, message_ids=message_ids)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what discord.py and aiohttp raise into our two errors."""
        if self._client.is_closed():
            raise ScreenGone
        try:
            yield
        except discord.HTTPException as error:
            if error.code == NO_REPLY_ALLOWED:
                self._reply_to = None
            if error.code in _TOKEN_ENDED and self._forget_token():
                raise NotPainted from error
            raise _meaning_of(error) from error
        except (discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise NotPainted from error


_TOKEN_ENDED = frozenset({10015, 10062, 50027})
"""Unknown webhook or interaction; invalid token."""

_GONE = frozenset({10003, 10008, 10015, 10062, 50001, 50007, 50013, 50027, 50083})
"""Unknown channel, message, webhook or interaction; no access, no DMs, no permission; token
ended; thread archived."""


def _meaning_of(error: discord.HTTPException) -> ThreadlightError:
    """Return whether painting again may help."""
    if error.status == 429 or error.status >= 500 or error.code == NO_REPLY_ALLOWED:
        return NotPainted()
    if error.code not in _GONE:
        log.warning("Discord refused a paint", status=error.status, code=error.code)
    return ScreenGone()
