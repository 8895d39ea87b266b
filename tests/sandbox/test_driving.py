"""The sandbox's doors: who may come in, and what the page and files are served as."""

import asyncio
from importlib.resources import files

import aiohttp
import pytest

from sandbox.discord import posting
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from sandbox.driving.driver import POLICY
from sandbox.openrouter.server import OpenRouterServer
from tests.journeys.house import House
from tests.sandbox.driven import Page, file

GETS = (
    *("/", "/page/main.js", "/page/nothing", "/drive/live", "/drive/nothing", "/nothing"),
    *("/api/v10/gateway", "/api/v10/users/@me", "/gateway/", "/attachments/1/2/x.txt"),
)
POSTS = ("/", "/drive/say", "/drive/switch", "/drive/nothing", "/api/v10/channels/1/messages")
ROUTER_PATHS = ("/api/v1/models", "/api/v1/key", "/api/v1/chat/completions", "/nothing")
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


async def status(port: int, line: str, headers: list[tuple[str, str]], version: str = "1.1") -> int:
    """Send a request exactly as it is written and return the status of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{line} HTTP/{version}", *(f"{name}: {value}" for name, value in headers), "", ""]
    writer.write("\r\n".join(lines).encode())
    answered = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    await writer.wait_closed()
    return int(answered.split()[1])


Line = tuple[int, str, dict[str, str]]


def lines_of(house: House) -> list[Line]:
    """Return a request of each kind to each path of both servers."""
    here, router = int(house.discord.url.rpartition(":")[2]), house.router.port
    empty = {"Content-Length": "0"}
    gets: list[Line] = [(here, f"GET {path}", {}) for path in GETS]
    upgrades = [(here, f"GET {path}", UPGRADE) for path in GETS]
    posts = [(here, f"POST {path}", empty) for path in POSTS]
    others = [(here, f"{verb} /drive/say", empty) for verb in ("PUT", "DELETE", "OPTIONS", "HEAD")]
    asked: list[Line] = [(router, f"GET {path}", {}) for path in ROUTER_PATHS]
    told = [(router, f"POST {path}", empty) for path in ROUTER_PATHS]
    return [*gets, *upgrades, *posts, *others, *asked, *told]


HOSTS = (
    *("evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "127.0.0.2:{port}"),
    *("localhost.evil.example", "localhost.", "127.0.0.1@evil.example", "127.0.0.1:{port}:1"),
    *("0.0.0.0:{port}", "[::]:{port}", "127.1:{port}", "2130706433:{port}", "127.0.0.1:x", ""),
)


@pytest.mark.parametrize("host", HOSTS)
async def test_a_foreign_host_is_refused(house: House, host: str) -> None:
    """A request under any other name than this machine's is refused, whatever its path."""
    for port, line, headers in lines_of(house):
        named = [("Host", host.format(port=port)), *headers.items()]
        assert await status(port, line, named) == 403, line


async def test_no_host_and_several_are_refused(house: House) -> None:
    """A request that names no host, or more than one, is refused, whatever its path."""
    for port, line, headers in lines_of(house):
        mine = ("Host", f"127.0.0.1:{port}")
        # The parser itself may find fault with it first.
        assert await status(port, line, [*headers.items()]) in (400, 403), line
        assert await status(port, line, [*headers.items()], "1.0") in (400, 403), line
        for other in (("Host", "evil.example"), mine):
            for both in ([mine, other], [other, mine]):
                assert await status(port, line, [*both, *headers.items()]) in (400, 403), line


ORIGINS = (
    *("null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"),
    *(
        "http://127.0.0.1",
        "http://localhost:{port}",
        "file://",
        "http://127.0.0.1:{port}.evil.example",
    ),
    *("http://127.0.0.1:{port}/", "http://user@127.0.0.1:{port}", "", "chrome-extension://abc"),
)


@pytest.mark.parametrize("origin", ORIGINS)
async def test_a_foreign_origin_is_refused(house: House, origin: str) -> None:
    """A request that a foreign page makes is refused: GET, POST and upgrade, whatever its path."""
    for port, line, headers in lines_of(house):
        mine = f"127.0.0.1:{port}"
        said = [("Host", mine), ("Origin", origin.format(port=port)), *headers.items()]
        assert await status(port, line, said) == 403, line
        twice = [*said, ("Origin", f"http://{mine}")]
        assert await status(port, line, twice) in (400, 403), line


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "?"])
async def test_what_a_foreign_page_loads_into_itself_is_refused(house: House, site: str) -> None:
    """A foreign page can't load files or frames from here, though it sends no Origin for them."""
    for port, line, headers in lines_of(house):
        said = [("Host", f"127.0.0.1:{port}"), ("Sec-Fetch-Site", site), *headers.items()]
        for mode, kind in (("no-cors", "image"), ("no-cors", "script"), ("navigate", "iframe")):
            fetched = [("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", kind)]
            assert await status(port, line, [*said, *fetched]) == 403, line
        assert await status(port, line, said) == 403, line


async def test_the_page_itself_comes_in(house: House, page: Page) -> None:
    """The page's own requests are served under each of this machine's names, and a link to it."""
    port = int(house.discord.url.rpartition(":")[2])
    for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        own = [("Host", f"{name}:{port}"), ("Origin", f"http://{name}:{port}")]
        assert await status(port, "GET /", own) == 200
        assert await status(port, "GET /drive/live", [*own, *UPGRADE.items()]) == 101
        assert await status(port, "GET /", [*own, ("Sec-Fetch-Site", "same-origin")]) == 200
    link = [("Mode", "navigate"), ("Dest", "document"), ("Site", "cross-site")]
    followed = [(f"Sec-Fetch-{name}", value) for name, value in link]
    assert await status(port, "GET /", [("Host", f"127.0.0.1:{port}"), *followed]) == 200
    general = house.channel("general")
    await page.done("say", page.here("ada", general, text="Hello"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "8.8.8.8", "example.com", ""])  # noqa: S104
def test_the_servers_listen_on_loopback_only(host: str) -> None:
    """Neither server can be made to listen where others could reach it."""
    with pytest.raises(ValueError, match=r"loopback|address"):
        DiscordServer(sample_world(), host=host)
    with pytest.raises(ValueError, match=r"loopback|address"):
        OpenRouterServer(host=host)


async def test_the_page_is_served_with_its_policy(page: Page) -> None:
    """Every file of the page has its type and the policy that nothing foreign loads or runs."""
    kinds = {
        "html": "text/html",
        "css": "text/css",
        "js": "text/javascript",
        "svg": "image/svg+xml",
    }
    names = [each.name for each in files("sandbox.page").iterdir() if each.is_file()]
    shown = [name for name in names if name.rpartition(".")[2] in kinds]
    assert {"index.html", "main.js", "icon.svg"} < set(shown)
    for path, name in [("/", "index.html"), *((f"/page/{each}", each) for each in shown)]:
        async with page.session.get(page.url + path) as response:
            assert response.status == 200
            assert response.content_type == kinds[name.rpartition(".")[2]]
            assert response.headers["Content-Security-Policy"] == POLICY
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    for forbidden in ("unsafe-inline", "unsafe-eval", "data:", "http", "*"):
        assert forbidden not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


async def test_nothing_else_is_served(house: House) -> None:
    """No way through the paths leads to what is not the page's: code, other folders, the disk."""
    port = int(house.discord.url.rpartition(":")[2])
    ways = (
        *("__init__.py", "__pycache__", "../demo.py", "..%2fdemo.py", "%2e%2e/demo.py", "..", "."),
        *("..%5cdemo.py", "%2fetc%2fpasswd", "/etc/passwd", "main.js%00.html", "main.js/", ""),
        *("....//demo.py", "..%252fdemo.py", "..%c0%afdemo.py", "MAIN.JS", "main.js%20", "%ff"),
    )
    for way in ways:
        answered = await status(port, f"GET /page/{way}", [("Host", f"127.0.0.1:{port}")])
        assert answered in (400, 404), way


async def test_a_file_does_nothing_here(house: House, page: Page) -> None:
    """What people upload can't run on this server's origin: it is a download, or only looked at."""
    world, general = house.discord.world, house.channel("general")
    names = ("a.html", "a.svg", "a.xhtml", "a.js", "a.pdf", "a.txt", "a.png", "a", "a.HTML ")
    given = [(name, b"<script>alert(1)</script>") for name in names]
    said = await page.done("say", page.here("ada", general), *given)
    for kept in world.messages[int(said["message"])].attachments:
        async with page.session.get(world.cdn_url + kept.path) as response:
            headers = response.headers
            assert response.status == 200
            assert "sandbox" in headers["Content-Security-Policy"]
            assert "allow-scripts" not in headers["Content-Security-Policy"]
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            only_seen = response.content_type.startswith(("image/", "text/plain"))
            assert only_seen or headers["Content-Disposition"] == "attachment"


async def test_a_file_keeps_its_name_and_place(house: House, page: Page) -> None:
    """A name that would lead elsewhere leads nowhere: the file is served where its message says."""
    world, general = house.discord.world, house.channel("general")
    names = (
        "../../x.txt",
        "..\\..\\x.txt",
        "..",
        "a#b?c.txt",
        "%2e%2e.txt",
        "ü<b>.txt",
    )
    for name in names:
        payload = page.here("ada", general)
        said = await page.done("say", payload, (name, b"Mine."))
        kept = world.messages[int(said["message"])].attachments[0]
        assert kept.name.strip(". ")
        assert not set("/\\") & set(kept.name)
        url = f"{world.cdn_url}/attachments/{general}/{kept.id}/anything"
        async with page.session.get(url) as response:
            assert await response.read() == b"Mine."


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 5000, "1%2f2", "%00"])
async def test_a_file_that_is_not_there(page: Page, number: str) -> None:
    """An address that stands for no file is answered with 404, whatever it is."""
    async with page.session.get(f"{page.url}/attachments/1/{number}/x.txt") as response:
        assert response.status in (400, 404)


async def test_scripts_in_a_picture_are_not_run(house: House, page: Page) -> None:
    """A picture's own address serves it with its type, and nothing more than that."""
    world = house.discord.world
    general = world.channels[house.channel("general")]
    picture = file("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")
    posting.post(world, general, world.bot.id, posting.Draft({}, (picture,)))
    kept = next(iter(world.attachments.values()))
    async with page.session.get(world.cdn_url + kept.path) as response:
        assert response.content_type == "image/svg+xml"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_an_unfinished_socket_ends(page: Page) -> None:
    """A live view that sends far too much is closed, and the next one is served."""
    async with page.session.ws_connect(f"{page.url}/drive/live") as socket:
        await socket.send_str("x" * (1 << 17))
        async for _ in socket:
            continue
        assert socket.close_code in (1006, 1009)
    async with page.session.ws_connect(f"{page.url}/drive/live") as socket:
        message = await socket.receive(timeout=5)
        assert message.type is aiohttp.WSMsgType.TEXT
