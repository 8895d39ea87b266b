"""The sandbox's Discord, made fast enough for a crowd, on a way that takes time.

The sandbox checks every edit as Discord does, which takes it more than a millisecond: half a
processor at the 500 edits a second that 200 answers to `/ask` may have. So the sandbox itself meets
what comes first, every new message and the first edit of each; what follows on the same path is
counted against the same limits, and its words are noted and told to the bot, and nothing else.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import msgspec
from aiohttp import web

from sandbox.discord.gateway_events import Intent
from sandbox.discord.limits import Verdict
from sandbox.discord.model import Json
from sandbox.discord.payloads import member_json
from sandbox.discord.server import DiscordServer

API = "/api/v10"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

Painted = Callable[[int, str, bool], None]
"""Hears of a channel where a message of the bot shows this text now, and can be stopped or not."""

TEXT, BUTTON = 10, 2

CREATES, EDITS, INTERACTION_EDITS, OTHERS = "creates", "edits", "interaction edits", "others"

SHOWING = frozenset({CREATES, EDITS, INTERACTION_EDITS})
"""Requests after which people see something else than before."""


class Shortcut:
    """Stands before a sandbox's Discord; half of `latency` passes on each way."""

    def __init__(self, discord: DiscordServer, painted: Painted, latency: float = 0.0) -> None:
        self.sent: Counter[str] = Counter()
        self.refused: Counter[int] = Counter()
        self._discord = discord
        self._painted = painted
        self._latency = latency
        self._known: dict[str, Json] = {}
        discord.serve_beside(lambda app: app.middlewares.append(self._meet))

    def forget(self) -> None:
        """Count anew."""
        self.sent.clear()
        self.refused.clear()

    @web.middleware
    async def _meet(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(API):
            return await handler(request)
        if self._latency:
            await asyncio.sleep(self._latency / 2)
        response = await self._answered(request, handler)
        self.sent[kind_of(request.method, request.path)] += 1
        if response.status >= HTTPStatus.BAD_REQUEST:
            self.refused[response.status] += 1
        if self._latency:
            await asyncio.sleep(self._latency / 2)
        return response

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        known = self._known.get(request.path) if request.method == "PATCH" else None
        if known is None or request.content_type != "application/json":
            response = await handler(request)
            if kind_of(request.method, request.path) in SHOWING:
                self._learn(request, response)
            return response
        raw = await request.read()
        verdict = self._discord.limits.take("PATCH", request.path)
        if verdict.retry_after is not None:
            self._discord.limits.note_invalid()
            return _refusal(verdict)
        return self._edit(known, msgspec.json.decode(raw), verdict)

    def _learn(self, request: web.Request, response: web.StreamResponse) -> None:
        """Keep what the sandbox made of an edit as the pattern for those that follow."""
        body = response.body if isinstance(response, web.Response) else None
        if response.status != HTTPStatus.OK or not isinstance(body, bytes):
            return
        message = msgspec.json.decode(body)
        if request.method == "PATCH":
            self._known[request.path] = message
        self._note(message)

    def _edit(self, known: Json, changes: Json, verdict: Verdict) -> web.Response:
        changed = {name: changes[name] for name in ("components", "content") if name in changes}
        message = known | changed | {"edited_timestamp": datetime.now(UTC).isoformat()}
        self._note(message)
        self._tell(message)
        headers = {"Content-Type": "application/json", **verdict.headers}
        return web.Response(body=msgspec.json.encode(message), headers=headers)

    def _note(self, message: Json) -> None:
        parts = list(_walk(message.get("components") or ()))
        texts = [message.get("content") or ""]
        texts += [part["content"] for part in parts if part["type"] == TEXT]
        growing = any(part["type"] == BUTTON and part.get("label") == "Stop" for part in parts)
        self._painted(int(message["channel_id"]), "\n".join(texts), growing)

    def _tell(self, message: Json) -> None:
        """Tell the bot's sessions of the edit, as the gateway does."""
        world = self._discord.world
        channel = world.channels[int(message["channel_id"])]
        guild = world.guild_of(channel)
        if guild is None:
            return
        member = member_json(world, guild.members[world.bot.id], with_user=False)
        event = message | {"guild_id": str(guild.id), "member": member}
        for session in self._discord.gateway.sessions.values():
            if session.intents & Intent.GUILD_MESSAGES:
                session.dispatch("MESSAGE_UPDATE", event)


def kind_of(method: str, path: str) -> str:
    """Return what a request of the bot is counted as; follow-ups of an interaction are creates."""
    by_interaction = path.startswith(f"{API}/webhooks/")
    if not by_interaction and "/messages" not in path:
        return OTHERS
    if method == "PATCH":
        return INTERACTION_EDITS if by_interaction else EDITS
    return CREATES if method == "POST" else OTHERS


def _walk(components: Sequence[Json]) -> Iterator[Json]:
    for part in components:
        yield part
        yield from _walk(part.get("components") or ())
        accessory: Any = part.get("accessory")
        if accessory:
            yield accessory


def _refusal(verdict: Verdict) -> web.Response:
    if verdict.body is None:
        return web.Response(status=429, text="error code: 1015", headers=verdict.headers)
    headers = {"Content-Type": "application/json", **verdict.headers}
    return web.Response(status=429, body=msgspec.json.encode(verdict.body), headers=headers)
