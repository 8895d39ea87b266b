"""The gateway, version 10: sessions, heartbeats, resuming, and closing codes."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.discord.gateway_codes import Close, Op
from sandbox.discord.gateway_events import KNOWN_INTENTS, Intent, shard_of, told
from sandbox.discord.gateway_session import Connection, Session
from sandbox.discord.gateway_wire import packer
from sandbox.discord.model import Event, Json
from sandbox.discord.payloads import gateway_guild_json, member_json, user_json
from sandbox.discord.world import World

SESSION_START_LIMIT = 1000
"""Identifies a day."""
COMMANDS_A_MINUTE = 120
"""Messages that a client may send in a minute."""
RESUMABLE_FOR = 300.0
"""Seconds for which a session without a connection can be resumed."""

MESSAGE_CONTENT_FLAG = 1 << 18
GUILD_MEMBERS_FLAG = 1 << 14
PRESENCE_FLAG = 1 << 12
_LIMITED = 1
"""The flag beside each of these, shifted by this much, is for bots in under 100 servers."""


class Gateway:
    """Serves the gateway; the seconds of its times are those of the event loop.

    `acknowledging` set to False leaves heartbeats without an answer, as a dead connection does.
    """

    def __init__(
        self,
        world: World,
        token: str,
        application_flags: int,
        *,
        url: Callable[[], str],
        max_concurrency: int,
        heartbeat_interval: float,
        identify_interval: float,
    ) -> None:
        self.acknowledging = True
        self.identifies = 0
        self.resumes = 0
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self._world = world
        self._token = token
        self._application_flags = application_flags
        self._url = url
        self._max_concurrency = max_concurrency
        self._heartbeat_interval = heartbeat_interval
        self._identify_interval = identify_interval
        self._identified_at: dict[int, float] = {}
        self._unsubscribe = world.news.subscribe(self._spread)

    # Trouble on demand

    def drop(self, code: int | None = Close.UNKNOWN_ERROR) -> None:
        """Close every connection with a code, or cut it (None); sessions can be resumed."""
        for connection in tuple(self.connections):
            if code is not None:
                connection.close(code)
            elif connection.transport is not None:
                connection.transport.abort()

    def reconnect(self) -> None:
        """Ask every connection to come again (opcode 7)."""
        self._send_all({"op": Op.RECONNECT, "d": None})

    def invalidate(self, resumable: bool = False) -> None:
        """Tell every session that it is invalid (opcode 9): to be resumed, or to begin anew."""
        if not resumable:
            self.sessions.clear()
        self._send_all({"op": Op.INVALID_SESSION, "d": resumable})

    def request_heartbeat(self) -> None:
        """Ask every connection for a heartbeat at once (opcode 1)."""
        self._send_all({"op": Op.HEARTBEAT, "d": None})

    def _send_all(self, payload: Json) -> None:
        for connection in self.connections:
            connection.send(payload)

    async def close(self) -> None:
        """Send everybody away and stop listening."""
        self._unsubscribe()
        self.drop(1001)
        if self.connections:
            await asyncio.wait([connection.ended for connection in self.connections])

    # Serving

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection from its hello to its end."""
        socket = web.WebSocketResponse(compress=False, timeout=2.0, max_msg_size=4096 * 16)
        await socket.prepare(request)
        kind = packer(request.query.get("compress"))
        if request.query.get("v") not in ("9", "10") or kind is None:
            await socket.close(code=Close.INVALID_VERSION)
            return socket
        connection = Connection(socket, kind, self._now(), request.transport)
        self.connections.add(connection)
        writer = asyncio.create_task(connection.write())
        watch = asyncio.create_task(self._watch(connection))
        interval = round(self._heartbeat_interval * 1000)
        connection.send({"op": Op.HELLO, "d": {"heartbeat_interval": interval}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        finally:
            self.connections.discard(connection)
            connection.ended.set_result(None)
            for task in (writer, watch):
                task.cancel()
            await asyncio.gather(writer, watch, return_exceptions=True)
            self._left(connection)
        return socket

    async def _watch(self, connection: Connection) -> None:
        """Close a connection that has missed two heartbeats."""
        while True:
            silent = self._now() - connection.heard_at
            if silent > 2 * self._heartbeat_interval:
                connection.close(Close.SESSION_TIMED_OUT)
                return
            await asyncio.sleep(2 * self._heartbeat_interval - silent + 0.01)

    def _left(self, connection: Connection) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        session.left_at = self._now()
        goodbye = connection.closed_with is None and connection.socket.close_code in (1000, 1001)
        if goodbye or connection.closed_with == Close.SESSION_TIMED_OUT:
            self.sessions.pop(session.id, None)

    def _receive(self, connection: Connection, text: str) -> None:
        now = self._now()
        connection.received.append(now)
        while connection.received[0] < now - 60:
            connection.received.popleft()
        if len(connection.received) > COMMANDS_A_MINUTE:
            connection.close(Close.RATE_LIMITED)
            return
        try:
            message = json.loads(text)
            op, data = message["op"], message.get("d")
        except (ValueError, KeyError, TypeError, AttributeError):
            connection.close(Close.DECODE_ERROR)
            return
        if op == Op.HEARTBEAT:
            connection.heard_at = now
            if self.acknowledging:
                connection.send({"op": Op.HEARTBEAT_ACK, "d": None})
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            connection.close(Close.NOT_AUTHENTICATED)
        elif op == Op.REQUEST_MEMBERS:
            self._send_members(connection.session, data)
        elif op not in (Op.PRESENCE, Op.VOICE_STATE):
            connection.close(Close.UNKNOWN_OPCODE)

    def _identify(self, connection: Connection, data: Any) -> None:
        refusal = self._refusal(connection, data)
        if refusal is not None:
            connection.close(refusal)
            return
        shard, shards = data.get("shard") or (0, 1)
        key = shard % self._max_concurrency
        now = self._now()
        if now - self._identified_at.get(key, -1e9) < self._identify_interval:
            connection.send({"op": Op.INVALID_SESSION, "d": False})
            return
        self._identified_at[key] = now
        self.identifies += 1
        session = Session(shard, shards, data["intents"], connection=connection)
        connection.session = session
        self.sessions[session.id] = session
        self._greet(session)

    def _refusal(self, connection: Connection, data: Any) -> Close | None:
        if connection.session is not None:
            return Close.ALREADY_AUTHENTICATED
        if not isinstance(data, dict) or "intents" not in data:
            return Close.DECODE_ERROR
        if data.get("token") not in (self._token, f"Bot {self._token}"):
            return Close.AUTHENTICATION_FAILED
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            return Close.INVALID_SHARD
        if data["intents"] & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS
        for intent, flag in (
            (Intent.MESSAGE_CONTENT, MESSAGE_CONTENT_FLAG),
            (Intent.GUILD_MEMBERS, GUILD_MEMBERS_FLAG),
            (Intent.GUILD_PRESENCES, PRESENCE_FLAG),
        ):
            granted = self._application_flags & (flag | flag << _LIMITED)
            if data["intents"] & intent and not granted:
                return Close.DISALLOWED_INTENTS
        return None

    def _greet(self, session: Session) -> None:
        world = self._world
        guilds = [
            guild
            for guild in world.guilds.values()
            if world.bot.id in guild.members and (guild.id >> 22) % session.shards == session.shard
        ]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": user_json(world.bot) | {"mfa_enabled": False, "verified": True},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "private_channels": [],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self._url(),
                "shard": [session.shard, session.shards],
                "application": {"id": str(world.bot.id), "flags": self._application_flags},
            },
        )
        if session.intents & Intent.GUILDS:
            members = bool(session.intents & Intent.GUILD_MEMBERS)
            for guild in guilds:
                body = gateway_guild_json(world, guild, all_members=members)
                session.dispatch("GUILD_CREATE", body)
        world.emit("SHARD_GREETED")  # for those who wait for the bot; no session hears of it

    def _resume(self, connection: Connection, data: Any) -> None:
        if connection.session is not None:
            connection.close(Close.ALREADY_AUTHENTICATED)
            return
        if not isinstance(data, dict) or data.get("token") not in (
            self._token,
            f"Bot {self._token}",
        ):
            connection.close(Close.AUTHENTICATION_FAILED)
            return
        session = self.sessions.get(str(data.get("session_id")))
        sequence = data.get("seq") or 0
        if session is None or self._expired(session) or not session.can_replay(sequence):
            connection.send({"op": Op.INVALID_SESSION, "d": False})
            return
        if session.connection is not None:
            session.connection.close(Close.UNKNOWN_ERROR)
        connection.session = session
        session.connection = connection
        session.left_at = None
        self.resumes += 1
        for payload in session.missed(sequence):
            connection.send(payload)
        session.dispatch("RESUMED", {})

    def _expired(self, session: Session) -> bool:
        return session.left_at is not None and self._now() - session.left_at > RESUMABLE_FOR

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        wanted = {int(each) for each in data.get("user_ids") or ()}
        query = str(data.get("query") or "").lower()
        found = [
            member_json(self._world, member)
            for member in guild.members.values()
            if (member.user_id in wanted if wanted else True)
            and self._world.users[member.user_id].username.startswith(query)
        ]
        session.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild.id),
                "members": found[: data.get("limit") or None],
                "chunk_index": 0,
                "chunk_count": 1,
                "nonce": data.get("nonce"),
            },
        )

    def _spread(self, event: Event) -> None:
        for session in tuple(self.sessions.values()):
            if self._expired(session):
                del self.sessions[session.id]
                continue
            if shard_of(event, session.shards) != session.shard:
                continue
            body = told(self._world, event, session.intents)
            if body is not None:
                session.dispatch(event.name, body)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
