"""A page without a browser: it acts by HTTP and is told by WebSocket what somebody sees."""

import asyncio
import io
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox.discord.model import Json, Upload
from tests.journeys.house import House

PATIENCE = 10.0
"""Seconds after which what was not told is missing: far more than it takes."""
File = tuple[str, bytes]


class Looker:
    """Somebody's live view, and all that it was ever told."""

    def __init__(self, house: House, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._house = house
        self.socket = socket
        self.heard: list[Json] = []

    async def told(self, what: str, holds: Callable[[Json], bool] = lambda _: True) -> Json:
        """Return the next thing of a kind that is told, for which a condition holds."""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = dict(await self.socket.receive_json())
                self.heard.append(told)
                if told["what"] == what and holds(told):
                    return told

    async def wish(self, do: str, number: int | str) -> None:
        """Ask for something."""
        await self.socket.send_json({"do": do, "id": str(number)})

    async def be(self, name: str) -> Json:
        """Become somebody, and return the places that one sees."""
        person = self._house.person(name)
        await self.wish("be", person.id)
        return await self.told("places", lambda told: told["me"] == str(person.id))

    async def look(self, channel_id: int) -> Json:
        """Look at a channel and return what is there."""
        await self.wish("look", channel_id)
        return await self.told("channel", lambda told: told["channel"] == str(channel_id))

    async def settled(self) -> str:
        """Wait until all that has happened is told, and return all that ever was."""
        await self.socket.send_str("What else?")
        await self.told("refused")
        return json.dumps(self.heard)


class Page:
    """Acts, as the page does, and looks."""

    def __init__(self, house: House, session: aiohttp.ClientSession) -> None:
        self.house = house
        self.session = session

    @property
    def url(self) -> str:
        """Return the server's address."""
        return self.house.discord.url

    async def act(self, action: str, payload: Any, *files: File) -> tuple[int, Json]:
        """Do something and return the status and the JSON of the answer."""
        data = aiohttp.FormData(quote_fields=False)
        data.add_field("payload_json", json.dumps(payload))
        for index, (name, content) in enumerate(files):
            data.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
        return await self.send(action, data if files else json.dumps(payload))

    async def send(self, action: str, data: Any, **headers: str) -> tuple[int, Json]:
        """Send a body as it is and return the status and the JSON of the answer."""
        url = f"{self.url}/drive/{action}"
        async with self.session.post(url, data=data, headers=headers) as response:
            return response.status, dict(await response.json())

    async def refused(self, action: str, payload: Any, *files: File) -> str:
        """Do something that can't be done, and return the sentence that says so."""
        status, answer = await self.act(action, payload, *files)
        assert 400 <= status < 500, (action, payload, status, answer)
        assert list(answer) == ["error"], (action, payload, answer)
        assert 5 < len(answer["error"]) <= 300, answer
        assert "Traceback" not in answer["error"]
        return str(answer["error"])

    async def done(self, action: str, payload: Any, *files: File) -> Json:
        """Do something that can be done, and return what came of it."""
        status, answer = await self.act(action, payload, *files)
        assert status == 200, (action, payload, answer)
        return answer

    def here(self, who: str, channel_id: int, **more: Any) -> Json:
        """Return a payload: who acts, and where."""
        return {"as": str(self.house.person(who).id), "channel": str(channel_id), **more}

    @asynccontextmanager
    async def looking(self, name: str, channel_id: int) -> AsyncGenerator[Looker]:
        """Open a live view of a channel as somebody."""
        async with self.session.ws_connect(f"{self.url}/drive/live") as socket:
            looker = Looker(self.house, socket)
            await looker.be(name)
            await looker.look(channel_id)
            yield looker


@asynccontextmanager
async def opened(house: House) -> AsyncGenerator[Page]:
    """Open a page on a house."""
    async with aiohttp.ClientSession() as session:
        yield Page(house, session)


def file(name: str, content: bytes = b"x", kind: str = "application/octet-stream") -> Upload:
    """Return a file."""
    return Upload(name, content, kind)
