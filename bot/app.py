"""The composition root: opens storage, HTTP and Discord, and closes them in reverse."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

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
from bot.alarms import Alarms, Heard
from bot.client import Core, Threadlight
from bot.conversation import Conversations
from bot.errors import StorageTrouble
from bot.housekeeping import Housekeeping
from bot.keeper import Keeper
from bot.memory import Memory
from bot.opening import Openings
from bot.openrouter.api import OpenRouter
from bot.operator_limits import ceiling_rule, default_rules, limits_of, server_ceiling_rule
from bot.proposals import Proposals
from bot.render.drawing.pictures import DrawingProcess, Pictures
from bot.render.pacing.pacer import Pacer
from bot.settings import DISCORD_API_URL, Settings, unusable
from bot.settlement import Settlement
from bot.sponsoring import Sponsoring
from bot.storage.database import Database
from bot.tokens import Correction
from bot.turns import Turns


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
        claim=Heard(storage, now=utc_now).claim,
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
        desks_of(storage, settings),
        Memory(storage, now=utc_now),
        Housekeeping(storage, settlement, now=utc_now, log=log),
        Proposals(storage, openings, now=utc_now),
        Sponsoring(storage, now=utc_now),
        alarms,
        turns,
        Pacer(time.monotonic),
        pictures,
    )


def desks_of(storage: Database, settings: Settings) -> Administration:
    """Put the desks of those who manage servers together."""
    return Administration(
        limits=LimitDesk(
            storage,
            defaults=default_rules(settings),
            ceiling=ceiling_rule(settings),
            server_ceiling=server_ceiling_rule(settings),
            now=utc_now,
        ),
        allowances=AllowanceDesk(storage, now=utc_now),
        access=AccessDesk(storage, now=utc_now),
        auditing=AuditDesk(storage),
        preferences=PreferenceDesk(storage, now=utc_now),
        reports=ReportDesk(storage, now=utc_now),
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


def point_discord_at(api_url: str) -> None:
    """Let discord.py speak to this server (class attributes, read by its routes and webhooks)."""
    discord.http.Route.BASE = api_url
    # Warnings about voice, which this bot does not use.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
