"""The composition root: opens storage, HTTP and Discord, and closes them in reverse."""

import asyncio
import gc
import random
import signal
import sys
import time
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
import structlog
from structlog.typing import FilteringBoundLogger

from bot.administration import Administration
from bot.administration.access import AccessDesk
from bot.administration.allowances import AllowanceDesk
from bot.administration.auditing import AuditDesk
from bot.administration.limits import LimitDesk
from bot.administration.preferences import PreferenceDesk
from bot.administration.reporting import ReportDesk
from bot.alarms import Alarms
from bot.client import Core, Threadlight
from bot.conversation import Conversations
from bot.errors import DiscordUnreachable, StorageTrouble
from bot.housekeeping import Housekeeping
from bot.keeper import Keeper
from bot.memory import Memory
from bot.messages import micro_dollars
from bot.opening import Limits, Openings
from bot.openrouter.api import OpenRouter
from bot.proposals import Proposals
from bot.quota import Meter, Rule, Scope, parse_default_quota
from bot.render.drawing.pictures import DrawingProcess, Pictures
from bot.render.pacing.pacer import Pacer
from bot.settings import DISCORD_API_URL, SettingError, Settings, unusable
from bot.settlement import Settlement
from bot.sponsoring import Sponsoring
from bot.storage.database import Database
from bot.tokens import Correction
from bot.turns import Turns
from bot.windows import Window

LEAVES_WITHIN = 1.0
"""Seconds that discord.py has to end once the client is closed."""

THREADS_WAIT = 0.0005
"""Seconds that SQLite's thread waits at most for a busy event loop, at each statement.

With Python's own 5 ms a crowd of answers fills the queue of transactions for many seconds.
"""

WINDOW = 1_000_000
"""Tokens that the model reads and writes at most."""


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


@asynccontextmanager
async def assembled(settings: Settings) -> AsyncGenerator[Threadlight]:
    """Put the bot together; it is ready to start, and is taken apart at the end."""
    log = structlog.get_logger("threadlight")
    point_discord_at(settings.discord_api_url)
    async with AsyncExitStack() as opened:
        storage = await opened_database(settings)
        opened.push_async_callback(storage.close)
        # No limit: answers stream for minutes, and none may wait for another's connection.
        connector = aiohttp.TCPConnector(limit=0)
        http = await opened.enter_async_context(aiohttp.ClientSession(connector=connector))
        model = OpenRouter(
            http,
            base_url=settings.openrouter_base_url,
            api_key=settings.openrouter_api_key.get_secret_value(),
            clock=time.monotonic,
            sleep=asyncio.sleep,
            random=random.Random(),  # noqa: S311  # jitter between retries, nothing secret
            log=log,
        )
        opened.push_async_callback(model.close)
        async with storage.reading() as tx:
            correction = Correction(await tx.history.token_ratios())
        drawing = DrawingProcess()
        opened.push_async_callback(drawing.close)
        pictures = Pictures(drawing.draw)
        opened.push_async_callback(pictures.close)
        keeper = Keeper(storage, log=log)
        opened.push_async_callback(keeper.close)
        core = core_of(settings, storage, model, correction, pictures, keeper, log)
        opened.push_async_callback(core.alarms.close)
        client = Threadlight(
            core,
            log=log,
            now=utc_now,
            monotonic=time.monotonic,
            operator_id=settings.operator_id,
            own_gateway=settings.discord_api_url == DISCORD_API_URL,
            shard_count=settings.shard_count,
            shard_ids=settings.shard_ids,
        )
        await opened.enter_async_context(client)
        yield client


def core_of(
    settings: Settings,
    storage: Database,
    model: OpenRouter,
    correction: Correction,
    pictures: Pictures,
    keeper: Keeper,
    log: FilteringBoundLogger,
) -> Core:
    """Put the core together on top of its adapters."""
    defaults, ceiling = default_rules(settings), ceiling_rule(settings)
    turns, limits = Turns(), limits_of(settings)
    openings = Openings(
        storage,
        model,
        slug=settings.model,
        limits=limits,
        correction=correction,
        now=utc_now,
    )
    settlement = Settlement(
        storage,
        model,
        slug=settings.model,
        least_output_tokens=limits.least_output_tokens,
        now=utc_now,
    )
    alarms = Alarms(
        model,
        slug=settings.model,
        most_tokens=(limits.context_tokens, limits.max_output_tokens),
        clock=time.monotonic,
        log=log,
    )
    return Core(
        Conversations(
            storage,
            model,
            turns,
            openings,
            settlement,
            keeper,
            alarms,
            monotonic=time.monotonic,
            log=log,
        ),
        Administration(
            limits=LimitDesk(
                storage,
                defaults=defaults,
                ceiling=ceiling,
                server_ceiling=server_ceiling_rule(settings),
                now=utc_now,
            ),
            allowances=AllowanceDesk(storage, now=utc_now),
            access=AccessDesk(storage, now=utc_now),
            auditing=AuditDesk(storage),
            preferences=PreferenceDesk(storage, now=utc_now),
            reports=ReportDesk(storage, now=utc_now),
        ),
        Memory(storage, now=utc_now),
        Housekeeping(storage, settlement, now=utc_now, log=log),
        Proposals(storage, openings, now=utc_now),
        Sponsoring(storage, now=utc_now),
        alarms,
        turns,
        Pacer(time.monotonic),
        pictures,
    )


async def opened_database(settings: Settings) -> Database:
    """Open the database, brought to the present schema; raise `SettingError`."""
    try:
        return await Database.open(
            settings.database_url,
            clock=utc_now,
            defaults=default_rules(settings),
            ceiling=ceiling_rule(settings),
            server_ceiling=server_ceiling_rule(settings),
        )
    except (StorageTrouble, ValueError) as error:
        raise unusable(error) from error


async def serve(settings: Settings) -> None:
    """Run the bot until it is told to stop (SIGINT or SIGTERM)."""
    sys.setswitchinterval(THREADS_WAIT)
    async with assembled(settings) as client:
        keep_from_collection()
        freezing = asyncio.create_task(freeze_when_ready(client))
        serving = asyncio.create_task(
            client.start(settings.discord_token.get_secret_value()), name="serving"
        )
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait({serving, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        freezing.cancel()
        await client.close()
        # A shard that waits to connect again would keep the process for minutes.
        await asyncio.wait({serving}, timeout=LEAVES_WITHIN)
        serving.cancel()
        with explained(), suppress(asyncio.CancelledError):
            await serving


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run this to its end on the fastest event loop that the system has."""
    with asyncio.Runner(loop_factory=fastest_loop) as runner:
        runner.run(work)


def fastest_loop() -> asyncio.AbstractEventLoop:
    """Return uvloop's event loop, which spends a third less on a token, or Python's own."""
    try:
        import uvloop  # there is none for Windows
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def keep_from_collection() -> None:
    """Let full collections, which hold up every answer, pass over what lives to the end.

    With a prompt of 2,000 turns they took 60 ms at a time, and take 10 so (`make bench`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def freeze_when_ready(client: Threadlight) -> None:
    """Keep the caches of all servers from collection, once they have arrived."""
    await client.wait_until_ready()
    keep_from_collection()


@contextmanager
def explained() -> Generator[None]:
    """Let what ends the bot's connection be one clear line for whoever started it."""
    try:
        yield
    except discord.LoginFailure as error:
        raise SettingError(
            "DISCORD_TOKEN is refused by Discord: put the bot's present token there, "
            "from the Bot page of your Discord application."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise SettingError(
            "DISCORD_TOKEN belongs to an application without the Message Content intent: "
            "switch it on, on the Bot page of your Discord application."
        ) from error
    except discord.ConnectionClosed as error:
        raise DiscordUnreachable(
            f"Discord closed the connection for good (code {error.code})."
        ) from error
    except discord.HTTPException as error:
        raise DiscordUnreachable(
            f"Discord refused the bot's start ({error.status}); see its status page, or try later."
        ) from error
    except (aiohttp.ClientError, OSError, discord.GatewayNotFound) as error:
        raise DiscordUnreachable(
            f"Discord can't be reached ({type(error).__name__}): check the network and "
            "DISCORD_API_URL."
        ) from error


def default_rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the limits of `DEFAULT_QUOTA`; raise `SettingError` where it can't be read."""
    try:
        return parse_default_quota(settings.default_quota)
    except ValueError as error:
        raise SettingError(f"DEFAULT_QUOTA is malformed: {error}.") from error


def ceiling_rule(settings: Settings) -> Rule:
    """Return the whole bot's limit of a day."""
    amount = micro_dollars(settings.daily_cost_limit_usd)
    return Rule(Scope.BOT, Meter.COST, Window.DAY, amount)


def server_ceiling_rule(settings: Settings) -> Rule | None:
    """Return the limit of a day that each server has, if the operator set one."""
    limit = settings.server_daily_cost_limit_usd
    if limit is None:
        return None
    return Rule(Scope.OPERATOR, Meter.COST, Window.DAY, micro_dollars(limit))


def limits_of(settings: Settings) -> Limits:
    """Return what a turn may take, prompt and output together within the model's window."""
    output = settings.max_output_tokens
    context = min(settings.context_tokens, WINDOW - output)
    return Limits(context, output, settings.least_output_tokens)


def point_discord_at(api_url: str) -> None:
    """Let discord.py speak to this server (class attributes, read by its routes and webhooks)."""
    discord.http.Route.BASE = api_url
    # Warnings about voice, which this bot does not use.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
