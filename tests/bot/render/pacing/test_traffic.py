"""The traffic: every request of discord.py's is counted, held where need be, and teaches."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import discord
import pytest

from bot.render.pacing.lanes import Heard, Lane, Urgency
from bot.render.pacing.pacer import Pacer
from bot.render.pacing.traffic import heard_in, traffic_of
from sandbox.discord.limits import GLOBAL_PER_SECOND
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.discordpy import running


class Client(discord.Client):
    """A client whose requests a pacer is told of."""

    def __init__(self, pacer: Pacer) -> None:
        self.pacer = pacer
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            http_trace=traffic_of(pacer, lambda: discord.http.Route.BASE),
        )


@dataclass
class Stage:
    """A Discord, and a client in it."""

    server: DiscordServer
    client: Client
    channels: list[int]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Return a client in a Discord with a lot of channels."""
    async with DiscordServer(sample_world(), identify_interval=0) as server:
        guild = server.world.guild_named("Lighthouse")
        channels = [server.world.add_channel(guild, f"busy-{n}").id for n in range(120)]
        client = Client(Pacer(time.monotonic))
        async with running(client, server):
            yield Stage(server, client, channels)


async def test_no_crowd_of_requests_passes_the_global_limit(stage: Stage) -> None:
    """120 messages at once that nobody asked a permit for go out without a single refusal."""
    sends = (stage.client.get_partial_messageable(it).send("Hello") for it in stage.channels)
    await asyncio.gather(*sends)
    assert stage.server.exchanges.too_many_requests == 0
    for channel_id in stage.channels:
        [message_id] = stage.server.world.channel(channel_id).message_ids
        assert stage.server.world.messages[message_id].content == "Hello"


async def test_permits_and_other_requests_share_the_limit(stage: Stage) -> None:
    """What the pacer lets go and what it never heard of do not add up to too much."""
    pacer = stage.client.pacer

    async def by_permit(channel_id: int) -> None:
        async with pacer.permit(Lane.create(channel_id), Urgency.LAST):
            await stage.client.get_partial_messageable(channel_id).send("By permit")

    async def without(channel_id: int) -> None:
        await stage.client.get_partial_messageable(channel_id).send("Without")

    half = len(stage.channels) // 2
    await asyncio.gather(
        *(by_permit(it) for it in stage.channels[:half]),
        *(without(it) for it in stage.channels[half:]),
    )
    assert stage.server.exchanges.too_many_requests == 0


async def test_a_refusal_that_discord_py_hides_is_heard(stage: Stage) -> None:
    """discord.py waits and tries again by itself; nobody else runs into the same wall meanwhile."""
    pacer, [one, other, *crowd] = stage.client.pacer, stage.channels
    exchanges = stage.server.exchanges
    for channel_id in crowd[:GLOBAL_PER_SECOND]:
        # Another process of the same bot, which tells this one nothing.
        stage.server.limits.take("GET", f"/channels/{channel_id}")
    before = exchanges.too_many_requests
    async with pacer.permit(Lane.create(one)):
        sending = asyncio.create_task(stage.client.get_partial_messageable(one).send("One"))
        while exchanges.too_many_requests == before:
            assert not sending.done()
            await asyncio.sleep(0.005)
        async with pacer.permit(Lane.create(other)):
            await stage.client.get_partial_messageable(other).send("Other")
        await sending
    assert exchanges.too_many_requests == before + 1


@pytest.mark.parametrize(
    ("headers", "heard"),
    [
        ({}, None),
        ({"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "many"}, None),
        (
            {
                "X-RateLimit-Limit": "5",
                "X-RateLimit-Remaining": "4",
                "X-RateLimit-Reset-After": "4.973",
            },
            Heard(5, 4, 4.973),
        ),
    ],
)
def test_headers_are_read(headers: dict[str, str], heard: Heard | None) -> None:
    """What can't be read is as good as nothing."""
    assert heard_in(headers) == heard
