"""A Discord on loopback: the REST API, the gateway and the files, on one port."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.discord import problems
from sandbox.discord.commands import CommandRegistry
from sandbox.discord.faults import Faults
from sandbox.discord.files import Files
from sandbox.discord.gateway import (
    GUILD_MEMBERS_FLAG,
    MESSAGE_CONTENT_FLAG,
    SESSION_START_LIMIT,
    Gateway,
)
from sandbox.discord.limits import RateLimits
from sandbox.discord.model import REQUEST_LIMIT, Attachment, Clock
from sandbox.discord.news import Changes
from sandbox.discord.rest import channels, commands, general, interactions, messages, reading
from sandbox.discord.rest.exchange import API, Api, Exchanges, exchange
from sandbox.discord.world import World
from sandbox.loopback import only_from_here, require_loopback

TOKEN = "sandbox.token.of-the-bot"  # noqa: S105 - a made-up one, which no Discord knows
PRIVILEGES = MESSAGE_CONTENT_FLAG | GUILD_MEMBERS_FLAG


class DiscordServer:
    """Serves a world, from entering to leaving its `async with`.

    The clock is that of the limits: the world's own unless another is given.
    `identify_interval` are the seconds that one identify keeps the next of its concurrency key
    away; `heartbeat_interval` is in seconds.
    """

    def __init__(
        self,
        world: World,
        *,
        clock: Clock | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        bot_token: str = TOKEN,
        application_flags: int = PRIVILEGES,
        shards: int = 1,
        max_concurrency: int = 1,
        heartbeat_interval: float = 41.25,
        identify_interval: float = 5.0,
    ) -> None:
        require_loopback(host)
        self.world = world
        self.bot_token = bot_token
        self.faults = Faults()
        self.files = Files()
        self.limits = RateLimits(clock or world.clock)
        self.commands = CommandRegistry(world)
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._beside: list[Callable[[web.Application], None]] = []
        self._api = Api(
            world,
            bot_token,
            self.limits,
            self.faults,
            self.commands,
            application_flags,
            shards=shards,
            max_concurrency=max_concurrency,
            identifies_left=lambda: SESSION_START_LIMIT - self.gateway.identifies,
        )
        self.gateway = Gateway(
            world,
            bot_token,
            application_flags,
            url=lambda: self.gateway_url,
            max_concurrency=max_concurrency,
            heartbeat_interval=heartbeat_interval,
            identify_interval=identify_interval,
        )

    @property
    def url(self) -> str:
        """Return the server's own address."""
        return f"http://{self._host}:{self._port}"

    @property
    def api_url(self) -> str:
        """Return where the REST API is."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Return where the gateway is."""
        return f"ws://{self._host}:{self._port}/gateway/"

    @property
    def exchanges(self) -> Exchanges:
        """Return the bot's latest requests with their answers."""
        return self._api.exchanges

    def changes(self) -> Changes:
        """Return every event from now on, as it happens: `async for event in …`, then `close()`."""
        return Changes(self.world.news)

    def serve_beside(self, install: Callable[[web.Application], None]) -> None:
        """Let something more be served on this port, from when the server is entered."""
        self._beside.append(install)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[only_from_here], client_max_size=2 * REQUEST_LIMIT)
        app.add_subapp("/api/v10", self._rest())
        for install in self._beside:
            install(app)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get(
            "/attachments/{channel_id}/{attachment_id}/{name:[^/]+}", self._serve_file
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._api.gateway_url = self.gateway_url
        self.world.cdn_url = self.url
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _rest(self) -> web.Application:
        app = web.Application(middlewares=[exchange])
        app[API] = self._api
        for routes in (messages, channels, interactions, commands, general):
            app.router.add_routes(routes.ROUTES)
        return app

    async def _serve_file(self, request: web.Request) -> web.Response:
        number = request.match_info["attachment_id"]
        found = self.world.attachments.get(reading.number(number))
        if found is None:
            problem = problems.not_found()
            return web.json_response(problem.body(), status=problem.status)
        await self.files.hand_out()
        return web.Response(body=found.content, headers=file_headers(found))


def file_headers(file: Attachment) -> dict[str, str]:
    """Return what keeps a file from doing anything on this server's origin: it is only looked at.

    Discord serves files from a host of their own, which a single port cannot be.
    """
    headers = {
        "Content-Type": file.content_type,
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if file.content_type.startswith(("image/", "text/plain")):
        return headers
    return headers | {"Content-Disposition": "attachment"}
