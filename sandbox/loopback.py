"""Who may speak to a server on loopback: nobody whom a foreign web page sends.

A page from elsewhere can make a browser ask any address of this machine, under a name of its own
choosing (DNS rebinding). What it cannot choose is what the browser then says of itself: the Host it
believes to speak to, the Origin of the page that asked, and whether that page was another one: one
on this very machine, under another port, is as foreign as any.
"""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request under a name that is not this machine's, or from a page that is not ours."""
    host, *more = request.headers.getall("Host", [""])
    if more or not is_local(host):
        return web.Response(status=403, text="This server answers to 127.0.0.1 only.\n")
    origins = request.headers.getall("Origin", [])
    if any(origin.lower() != f"http://{host}".lower() for origin in origins):
        return web.Response(status=403, text="This server answers to its own page only.\n")
    if is_from_elsewhere(request):
        return web.Response(status=403, text="This server answers to its own page only.\n")
    return await handler(request)


def is_from_elsewhere(request: web.Request) -> bool:
    """Tell whether a browser says that a page from elsewhere loads this into itself.

    A link that somebody follows to here, into a tab of its own, is nothing of that kind.
    """
    fetch = request.headers.get("Sec-Fetch-Site", "none").lower()
    if fetch in ("none", "same-origin"):
        return False
    follows = ("GET", "navigate", "document")
    asked = [request.headers.get(f"Sec-Fetch-{name}", "").lower() for name in ("Mode", "Dest")]
    return (request.method, *asked) != follows


def is_local(host: str) -> bool:
    """Tell whether a Host header names this machine, with whatever port."""
    name, colon, port = host.lower().rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host.lower(), "0"
    return name in _NAMES and port.isascii() and port.isdecimal()


def require_loopback(address: str) -> None:
    """Raise ValueError for an address that others can reach."""
    if address != "localhost" and not ip_address(address).is_loopback:
        raise ValueError(f"The sandbox listens on loopback only, not on {address}.")
