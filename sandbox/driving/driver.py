"""Puts the driving API and the page beside a Discord on loopback."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

from sandbox.discord.model import Json
from sandbox.discord.server import DiscordServer
from sandbox.driving.actions import Actions
from sandbox.driving.figures import Figures
from sandbox.driving.live import Live
from sandbox.driving.switches import Switches
from sandbox.driving.views import Views
from sandbox.openrouter.server import OpenRouterServer

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
"""What the page may load and run: its own files, and nothing from elsewhere."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}


class Driver:
    """Serves the page and what it is driven by, for a Discord and the OpenRouter behind its bot.

    `router` is None where the real OpenRouter answers; `about` is what the page tells of the demo.
    """

    def __init__(
        self,
        discord: DiscordServer,
        router: OpenRouterServer | None,
        *,
        about: Json | None = None,
    ) -> None:
        self.switches = Switches(discord, router)
        self._discord = discord
        self._views = Views(discord.world, discord.commands)
        self._figures = Figures(discord, router)
        self._actions = Actions(discord, self.switches)
        self._about: Json = {"scripted": router is not None, "model": "a model", **(about or {})}
        self._files = {
            each.name: each for each in files("sandbox.page").iterdir() if _is_shown(each)
        }
        self._sockets: set[web.WebSocketResponse] = set()

    @property
    def url(self) -> str:
        """Return the page's address, once the Discord is entered."""
        return f"{self._discord.url}/"

    def install(self, app: web.Application) -> None:
        """Add the routes to a Discord's application."""
        app.router.add_get("/", self._page)
        app.router.add_get("/page/{name}", self._file)
        app.router.add_get("/drive/live", self._live)
        app.router.add_post("/drive/{action}", self._actions.handle)
        app.on_shutdown.append(self._close)

    async def _page(self, _request: web.Request) -> web.Response:
        return self._serve("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return self._serve(request.match_info["name"])

    def _serve(self, name: str) -> web.Response:
        file = self._files.get(name)
        if file is None:
            return web.Response(status=404, text="There is no such file.\n", headers=_HEADERS)
        return web.Response(
            body=file.read_bytes(),
            content_type=_TYPES[name.rpartition(".")[2]],
            charset="utf-8",
            headers=_HEADERS,
        )

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=20.0, max_msg_size=1 << 16)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            live = Live(self._discord.world, self._views, self.switches, self._figures, self._about)
            await live.run(socket)
        except ConnectionError:  # the page went away while something was being told
            return socket
        finally:
            self._sockets.discard(socket)
        return socket

    async def _close(self, _app: web.Application) -> None:
        for socket in tuple(self._sockets):
            await socket.close(code=1001, message=b"The demo has ended")


def _is_shown(file: Traversable) -> bool:
    return file.is_file() and file.name.rpartition(".")[2] in _TYPES
