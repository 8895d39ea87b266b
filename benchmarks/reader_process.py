"""The least that reading costs: aiohttp and a decoder, on asyncio's own loop, and no bot."""

import asyncio
import sys
from dataclasses import dataclass

import aiohttp
import msgspec

from benchmarks.numbered import Wish
from benchmarks.telling import cost, tell


class Words(msgspec.Struct):
    """A chunk's words."""

    content: str | None = None


class Choice(msgspec.Struct):
    """A chunk's only choice."""

    delta: Words


class Chunk(msgspec.Struct):
    """A chunk, as far as any reader needs it."""

    choices: list[Choice]


_CHUNKS = msgspec.json.Decoder(Chunk)


@dataclass(slots=True)
class Read:
    """What was read so far."""

    reads: int = 0
    characters: int = 0


async def read(http: aiohttp.ClientSession, url: str, wish: Wish, found: Read) -> None:
    """Read an answer to its end."""
    rest = b""
    async with http.post(
        f"{url}/chat/completions", json={"messages": [{"role": "user", "content": str(wish)}]}
    ) as response:
        async for received in response.content.iter_any():
            found.reads += 1
            *events, rest = (rest + received).split(b"\n\n")
            for event in events:
                if event.startswith(b"data: {"):
                    for choice in _CHUNKS.decode(event[6:]).choices:
                        found.characters += len(choice.delta.content or "")


async def main(url: str, streams: int, words: int, speed: float) -> None:
    """Read so many answers at the same time, and tell what that costs."""

    found = Read()

    async def told(words: str) -> object:
        return found.reads if words == "reads" else cost()

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http, asyncio.TaskGroup() as group:
        for answer in range(streams):
            group.create_task(read(http, url, Wish(answer, words, speed), found))
        await tell(told)


if __name__ == "__main__":
    address, count, length, pace = sys.argv[1:]
    asyncio.run(main(address, int(count), int(length), float(pace)))
