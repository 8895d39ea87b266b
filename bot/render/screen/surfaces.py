"""Where an answer appears: the one place that sends and edits its messages and reads refusals."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import randbits
from typing import Any

import aiohttp
import discord
import msgspec
import structlog

from bot.errors import OutOfReach
from bot.messages import ScreenAddress
from bot.render.pacing.lanes import Lane
from bot.render.pacing.pacer import permit_in_use
from bot.render.screen.attachments import Attached, Attachments
from bot.render.screen.interaction_tokens import ends_in, living_token, without_token
from bot.render.screen.layouts import Layout
from bot.render.screen.messages_api import ChannelMessages, MessagesApi, TokenMessages
from bot.render.screen.refusals import (
    ARCHIVED,
    FILES_REFUSED,
    MESSAGE_GONE,
    NO_REPLY_ALLOWED,
    TOKEN_ENDED,
    NotPainted,
    meaning_of,
)
from bot.render.screen.waking import seems_to_grow
from bot.words import ENGLISH, language_for

OLD, MARGIN = timedelta(hours=1), timedelta(minutes=1)
"""From this age on a message's edits are counted in a bucket of their own, which is smaller."""

MOST_WAKINGS = 3
"""Times that one answer wakes its thread; somebody who archives it more often means it."""

log = structlog.get_logger(__name__)


def language_at(interaction: discord.Interaction[Any], *, private: bool) -> str:
    """Return the language of what answers an interaction: its reader's, or its server's."""
    guild_locale = interaction.guild_locale
    return language_for(
        interaction.locale.value, guild_locale.value if guild_locale else None, private=private
    )


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
        is_promised: bool = False,
        nonces: Callable[[], int] = _any_nonce,
        may_lack: bool = False,
    ) -> None:
        self._client = client
        self._address = address
        self._now = now
        self._reply_to = reply_to
        # An interaction that was deferred has a first message without anything in it.
        self._is_promised = is_promised
        self._by_token: TokenMessages | None = None
        self._nonces = nonces
        # One nonce a message: Discord then posts a repeated create once.
        self._nonce = nonces()
        self._attachments = Attachments()
        self._takes_files = True
        self._tried: Layout | None = None
        self._sleeps = False
        self._wakings = 0
        # Those that may have been deleted while the bot was away, and nobody told of it.
        self._unsure = set(address.message_ids) if may_lack else set()

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
            language=language_at(interaction, private=private),
        )
        return cls(interaction.client, address, now=now, is_promised=True)

    @classmethod
    def in_channel(
        cls,
        client: discord.Client,
        channel_id: int,
        *,
        now: Callable[[], datetime],
        reply_to: int | None = None,
        language: str = ENGLISH,
    ) -> "DiscordSurface":
        """Return the surface of a channel, thread or DM; the first message replies if told to."""
        return cls(client, ScreenAddress(channel_id, language=language), now=now, reply_to=reply_to)

    @classmethod
    def at(
        cls,
        client: discord.Client,
        address: ScreenAddress,
        *,
        now: Callable[[], datetime],
        may_lack: bool = False,
    ) -> "DiscordSurface":
        """Return the surface of messages that were painted earlier.

        Where it `may_lack` some of them, it goes on with those that are there.
        """
        return cls(client, address, now=now, may_lack=may_lack)

    @property
    def address(self) -> ScreenAddress:
        """Return where the messages are, as it stands now."""
        return self._address

    @property
    def ends_in(self) -> float:
        """Return after how many seconds the last words are due, or infinity."""
        return ends_in(self._address, self._now())

    def lane(self, index: int, *, removes: bool = False) -> Lane:
        """Return the bucket that painting, or removing, this message takes its permit from now."""
        if token := self._living_token():
            return Lane.interaction(token)
        if removes:
            return Lane.other(self._address.message_ids[index])
        if index < len(self._address.message_ids):
            posted_at = discord.utils.snowflake_time(self._address.message_ids[index])
            is_old = self._now() - posted_at > OLD - MARGIN
            lane = Lane.old_edit if is_old else Lane.edit
            return lane(self._address.channel_id)
        return Lane.create(self._address.channel_id)

    async def paint(self, index: int, layout: Layout) -> None:
        """Show this as the message of that index; raise `NotPainted` or `ScreenGone`."""
        known = self._address.message_ids
        if not self._takes_files:
            layout = layout.without_files()
        files = self._attachments.wanted(index, layout)
        with self._translated(has_files=bool(files)):
            await self._wake()
            routes = self._routes()
            if index < len(known):
                await self._edit(index, routes, layout, files)
                return
            again, self._tried = self._tried, layout
            posted = await routes.create(layout, files)
            self._tried = None
        self._attachments.note(index, files, posted.file_ids)
        self._nonce = self._nonces()
        self._remember((*known, posted.id))
        if again is not None and again != layout:
            raise NotPainted  # the one that was thought lost may have come: it shows less

    async def _edit(
        self, index: int, routes: MessagesApi, layout: Layout, files: Sequence[Attached]
    ) -> None:
        message_id, permit = self._address.message_ids[index], permit_in_use()
        editing = routes.edit(message_id, layout, files)
        try:
            if permit is not None and all(it.id is not None for it in files):
                await permit.once_accepted(editing)
                self._attachments.keep(index, files)
            else:  # the reply has the ids of what is new
                self._attachments.note(index, files, (await editing).file_ids)
        except discord.NotFound as error:
            if error.code == MESSAGE_GONE and self._forget(message_id):
                raise NotPainted from error
            raise
        self._unsure.discard(message_id)

    def _forget(self, message_id: int) -> bool:
        """Go on without a message that is gone; False where that is all there is, or was seen."""
        known = self._address.message_ids
        if message_id not in self._unsure or len(known) == 1:
            return False
        self._remember(tuple(it for it in known if it != message_id))
        return True

    async def remove(self, index: int) -> None:
        """Delete the last message, which has this index; raise `NotPainted` or `ScreenGone`."""
        message_id = self._address.message_ids[index]
        with self._translated():
            await self._wake()
            try:
                await self._routes().delete(message_id)
            except discord.NotFound as error:
                if error.code != MESSAGE_GONE:
                    raise  # the token ended, say, and the message is still there
                log.debug("message to be removed was gone already")
        self._attachments.forget(index)
        self._remember(self._address.message_ids[:index])

    async def _wake(self) -> None:
        """Wake the thread in which the messages stand, if an edit found it archived.

        It sleeps on where the last of them tells of the answer's end: only its cost is new.
        """
        if self._sleeps:
            self._sleeps = False
            if not await seems_to_grow(self._client, self._address):
                raise OutOfReach
            await self._client.http.edit_channel(self._address.channel_id, archived=False)

    def _routes(self) -> MessagesApi:
        """Return what reaches the messages now; raise `ScreenGone` where nothing does."""
        address = self._address
        if token := self._living_token():
            if self._by_token is None:
                known = next(iter(address.message_ids), None)
                self._by_token = TokenMessages(
                    self._client,
                    address.application_id or self._client.application_id or 0,
                    token,
                    ephemeral=address.ephemeral,
                    promised=self._is_promised and known is None,
                    original_id=known if self._is_promised else None,
                )
            return self._by_token
        reply_to = None if address.message_ids else self._reply_to
        return ChannelMessages(self._client, address.channel_id, self._nonce, reply_to)

    def _living_token(self) -> str | None:
        return living_token(self._address, self._now())

    def _forget_token(self) -> bool:
        """Go on by the channel's routes where a token ended early; False where that can't be."""
        address = without_token(self._address)
        self._address = address or self._address
        return address is not None

    def _remember(self, message_ids: tuple[int, ...]) -> None:
        self._address = msgspec.structs.replace(self._address, message_ids=message_ids)

    @contextmanager
    def _translated(self, *, has_files: bool = False) -> Iterator[None]:
        """Turn what discord.py and aiohttp raise into our two errors."""
        if self._client.is_closed():
            raise OutOfReach
        try:
            yield
        except discord.HTTPException as error:
            if error.code == NO_REPLY_ALLOWED:
                self._reply_to = None
            if error.code == ARCHIVED and self._wakings < MOST_WAKINGS:
                self._wakings += 1
                self._sleeps = True
                raise NotPainted from error
            if has_files and error.code in FILES_REFUSED:
                self._takes_files = False
                raise NotPainted from error
            if error.code in TOKEN_ENDED and self._forget_token():
                raise NotPainted from error
            raise meaning_of(error) from error
        except (discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise NotPainted from error
