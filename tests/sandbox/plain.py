"""A bot that speaks plain HTTP to the sandbox, and a clock on which it is never limited."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.discord.server import DiscordServer
from tests.conformity import Conformity


@dataclass
class Leaping:
    """A clock on which so much time goes by between requests that no limit is met."""

    now: float = 1_750_000_000.0

    def __call__(self) -> float:
        self.now += 1000
        return self.now


@dataclass
class Bot:
    """A bot that speaks plain HTTP, and knows what was wrong with the answers so far."""

    discord: DiscordServer
    session: aiohttp.ClientSession
    conformity: Conformity
    known: dict[str, int] = field(default_factory=dict)

    async def ask(
        self,
        method: str,
        path: str,
        payload: Any = None,
        *,
        status: int = 200,
        files: tuple[str, ...] = (),
    ) -> Any:
        """Make a request, expect this status, and return the answer's JSON."""
        body: Any = None if payload is None else json.dumps(payload)
        headers = {} if payload is None else {"Content-Type": "application/json"}
        if files:
            headers = {}
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", body, content_type="application/json")
            for index, name in enumerate(files):
                form.add_field(f"files[{index}]", b"A file", filename=name)
            body = form
        headers["Authorization"] = f"Bot {self.discord.bot_token}"
        async with self.session.request(
            method, self.discord.api_url + path, data=body, headers=headers
        ) as response:
            answered = await response.read()
            assert response.status == status, answered.decode()
            return json.loads(answered) if answered else None

    def faults(self) -> Iterator[str]:
        """Return every fault of every answer, and of every request that was not refused."""
        assert self.discord.exchanges
        for exchange in self.discord.exchanges:
            yield from self.conformity.check_answer(exchange)
            if exchange.status < 400:
                yield from self.conformity.check_request(exchange)
