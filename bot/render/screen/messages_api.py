"""The requests for an answer's messages, in Discord's own JSON.

discord.py carries them, with its rate limits, retries and errors. Its views and messages are left
out: an answer is edited hundreds of times, only ids matter of each reply, and to make objects of
both takes as long as the request itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol, Self

import discord
import msgspec
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

from bot.render.screen.attachments import Attached
from bot.render.screen.layouts import Layout

_SHOWN_AS = discord.MessageFlags(components_v2=True, suppress_embeds=True).value
_EPHEMERAL = discord.MessageFlags(ephemeral=True).value


@dataclass(frozen=True, slots=True)
class Posted:
    """What Discord says of a message: its id, and its files' in their order."""

    id: int
    file_ids: tuple[int, ...]

    @classmethod
    def of(cls, reply: Any) -> Self:
        """Read a message's JSON."""
        return cls(int(reply["id"]), tuple(int(it["id"]) for it in reply["attachments"]))


class MessagesApi(Protocol):
    """The routes that reach an answer's messages; all raise what discord.py raises."""

    async def create(self, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Post a message."""
        ...

    async def edit(self, message_id: int, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Let a message show this."""
        ...

    async def delete(self, message_id: int) -> None:
        """Delete a message."""
        ...


def parameters(
    layout: Layout, files: Sequence[Attached], flags: int = 0, **fields: Any
) -> MultipartParameters:
    """Return a message as discord.py sends it; `fields` are further ones of the JSON."""
    uploads = [discord.File(BytesIO(it.content), it.name) for it in files if it.id is None]
    payload = fields | {
        "flags": flags | _SHOWN_AS,
        "components": layout.components(),
        "allowed_mentions": {"parse": []},
        "attachments": [
            *({"id": str(it.id)} for it in files if it.id is not None),
            *({"id": n, "filename": it.filename} for n, it in enumerate(uploads)),
        ],
    }
    if not uploads:
        return MultipartParameters(payload, None, None)
    parts = [
        {
            "name": f"files[{number}]",
            "value": upload.fp,
            "filename": upload.filename,
            "content_type": "application/octet-stream",
        }
        for number, upload in enumerate(uploads)
    ]
    head = {"name": "payload_json", "value": msgspec.json.encode(payload).decode()}
    return MultipartParameters(None, [head, *parts], uploads)


@dataclass(frozen=True, slots=True)
class ChannelMessages:
    """A channel's own routes; Discord posts what has the same `nonce` once."""

    client: discord.Client
    channel_id: int
    nonce: int = 0
    reply_to: int | None = None

    async def create(self, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Post a message, as a reply where there is something to reply to."""
        fields: dict[str, Any] = {"nonce": str(self.nonce), "enforce_nonce": True}
        if self.reply_to is not None:
            fields["message_reference"] = {
                "message_id": str(self.reply_to),
                "channel_id": str(self.channel_id),
                "fail_if_not_exists": False,
            }
        params = parameters(layout, files, **fields)
        return Posted.of(await self.client.http.send_message(self.channel_id, params=params))

    async def edit(self, message_id: int, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Let a message show this."""
        http, params = self.client.http, parameters(layout, files)
        return Posted.of(await http.edit_message(self.channel_id, message_id, params=params))

    async def delete(self, message_id: int) -> None:
        """Delete a message."""
        await self.client.http.delete_message(self.channel_id, message_id)


class TokenMessages:
    """An interaction's routes while its token lives; a deferred one has `promised` a message.

    Discord takes no nonce here: if the answer to a create is lost, the message may come twice. Not
    to try again would lose it, which is worse.
    """

    def __init__(
        self,
        client: discord.Client,
        application_id: int,
        token: str,
        *,
        ephemeral: bool = False,
        promised: bool = False,
        original_id: int | None = None,
    ) -> None:
        self._of = (application_id, token)
        self._flags = _EPHEMERAL if ephemeral else 0
        self._promised = promised
        self._original_id = original_id
        # The client's own connections: requests are paced by what they tell.
        self._connection: dict[str, Any] = {
            "session": discord.Webhook.partial(application_id, token, client=client).session,
            "proxy": client.http.proxy,
            "proxy_auth": client.http.proxy_auth,
        }

    async def create(self, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Fill the message that was promised, or else post a follow-up."""
        if self._promised:
            filled = await self._edit_original(layout, files)
            self._promised, self._original_id = False, filled.id
            return filled
        carried = self._carried(parameters(layout, files, self._flags), with_components=True)
        posted = await async_context.get().execute_webhook(*self._of, **carried, wait=True)
        return Posted.of(posted)

    async def edit(self, message_id: int, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Let a message show this."""
        if message_id == self._original_id:
            return await self._edit_original(layout, files)
        carried = self._carried(parameters(layout, files), with_components=True)
        adapter = async_context.get()
        return Posted.of(await adapter.edit_webhook_message(*self._of, message_id, **carried))

    async def delete(self, message_id: int) -> None:
        """Delete a message."""
        adapter = async_context.get()
        await adapter.delete_webhook_message(*self._of, message_id, **self._connection)

    async def _edit_original(self, layout: Layout, files: Sequence[Attached]) -> Posted:
        """Use the shortest way: it has no query, which takes aiohttp longer than it should."""
        carried, adapter = self._carried(parameters(layout, files)), async_context.get()
        return Posted.of(await adapter.edit_original_interaction_response(*self._of, **carried))

    def _carried(self, params: MultipartParameters, **options: bool) -> dict[str, Any]:
        return self._connection | params._asdict() | options
