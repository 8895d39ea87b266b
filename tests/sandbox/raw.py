"""A bot without a library: plain requests and a plain WebSocket, to see what the server says."""

import io
import json
import zlib
from types import TracebackType
from typing import Any, Self

import aiohttp
import zstandard

from sandbox.discord.model import CallbackType, Channel, Json
from sandbox.discord.people import Person
from sandbox.discord.server import DiscordServer
from sandbox.discord.used import Used

ALL_INTENTS = (1 << 0) | (1 << 1) | (1 << 9) | (1 << 11) | (1 << 12) | (1 << 14) | (1 << 15)


class Reply:
    """What a request was answered with."""

    def __init__(self, status: int, body: Any, headers: dict[str, str]) -> None:
        self.status = status
        self.body = body
        self.headers = headers

    @property
    def code(self) -> tuple[int, int]:
        """Return the status and Discord's code of a refusal."""
        return self.status, self.body["code"]


class RawBot:
    """Sends requests with the bot's token."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.now = [0.0]
        self._http = aiohttp.ClientSession(headers={"Authorization": f"Bot {server.bot_token}"})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: dict[str, bytes] | None = None,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Reply:
        """Send one request and return its answer."""
        data: Any = raw
        if files:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body or {}))
            for index, (name, content) in enumerate(files.items()):
                data.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
        url = path if path.startswith("http") else self.server.api_url + path
        async with self._http.request(
            method, url, json=body if data is None else None, data=data, headers=headers
        ) as response:
            received = await response.read()
            is_json = response.content_type == "application/json"
            content = json.loads(received) if is_json else received
            return Reply(response.status, content, dict(response.headers))

    async def get(self, path: str) -> Reply:
        """Send a GET."""
        return await self.request("GET", path)

    async def post(self, path: str, body: Any = None, **more: Any) -> Reply:
        """Send a POST."""
        return await self.request("POST", path, {} if body is None else body, **more)

    async def patch(self, path: str, body: Any, **more: Any) -> Reply:
        """Send a PATCH."""
        return await self.request("PATCH", path, body, **more)

    async def put(self, path: str, body: Any = None) -> Reply:
        """Send a PUT."""
        return await self.request("PUT", path, body)

    async def delete(self, path: str) -> Reply:
        """Send a DELETE."""
        return await self.request("DELETE", path)

    async def say(self, channel: Channel | int, body: Any, **more: Any) -> Reply:
        """Send a message to a channel."""
        number = channel if isinstance(channel, int) else channel.id
        return await self.post(f"/channels/{number}/messages", body, **more)

    async def register(self, *commands: Json, guild_id: int | None = None) -> Reply:
        """Make these all the commands."""
        place = "" if guild_id is None else f"/guilds/{guild_id}"
        bot = self.server.world.bot.id
        return await self.put(f"/applications/{bot}{place}/commands", list(commands))

    async def answer(
        self,
        used: Used,
        type_: CallbackType,
        data: Json | None = None,
        query: str = "",
        **more: Any,
    ) -> Reply:
        """Answer an interaction for the first time."""
        body = {"type": int(type_)} | ({} if data is None else {"data": data})
        return await self.post(
            f"/interactions/{used.id}/{used.token}/callback{query}", body, **more
        )

    def webhook(self, used: Used, tail: str = "") -> str:
        """Return the path of an interaction's token."""
        return f"/webhooks/{self.server.world.bot.id}/{used.token}{tail}"


class RawGateway:
    """One connection to the gateway."""

    def __init__(self, server: DiscordServer, compress: str = "", version: int = 10) -> None:
        self._server = server
        self._query = f"?v={version}&encoding=json" + (f"&compress={compress}" if compress else "")
        self._http = aiohttp.ClientSession()
        self._zlib = zlib.decompressobj()
        self._zstd = zstandard.ZstdDecompressor().decompressobj()
        self._compress = compress
        self.sequence: int | None = None
        self.ready: Json = {}

    async def __aenter__(self) -> Self:
        self.socket = await self._http.ws_connect(self._server.gateway_url + self._query)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()
        await self._http.close()

    async def receive(self) -> Json:
        """Return the next message."""
        frame = await self.socket.receive(timeout=5)
        if frame.type is aiohttp.WSMsgType.BINARY:
            stream = self._zlib if self._compress.startswith("zlib") else self._zstd
            message = json.loads(stream.decompress(frame.data))
        else:
            assert frame.type is aiohttp.WSMsgType.TEXT, (frame, self.socket.close_code)
            message = json.loads(frame.data)
        if message.get("s") is not None:
            self.sequence = message["s"]
        return dict(message)

    async def event(self, *names: str) -> Json:
        """Return the data of the next event of one of these names."""
        while True:
            message = await self.receive()
            if message.get("t") in names:
                return dict(message["d"])

    async def closed(self) -> int | None:
        """Wait for the server to close and return its code."""
        async for _ in self.socket:
            continue
        return self.socket.close_code

    async def send(self, op: int, data: Any) -> None:
        """Send a message."""
        await self.socket.send_json({"op": op, "d": data})

    async def identify(
        self, intents: int = ALL_INTENTS, shard: tuple[int, int] = (0, 1), token: str = ""
    ) -> Json:
        """Identify and return READY."""
        await self.send_identify(intents, shard, token)
        self.ready = await self.event("READY")
        return self.ready

    async def send_identify(
        self, intents: int = ALL_INTENTS, shard: tuple[int, int] = (0, 1), token: str = ""
    ) -> None:
        """Identify, and wait for nothing."""
        await self.send(
            2,
            {
                "token": token or self._server.bot_token,
                "intents": intents,
                "shard": list(shard),
                "properties": {},
            },
        )

    async def resume(self, before: "RawGateway", sequence: int | None = None) -> None:
        """Resume another connection's session."""
        await self.send(
            6,
            {
                "token": self._server.bot_token,
                "session_id": before.ready["session_id"],
                "seq": before.sequence if sequence is None else sequence,
            },
        )


def person(server: DiscordServer, username: str) -> Person:
    """Return somebody by name."""
    return Person(server, server.world.user_named(username).id)
