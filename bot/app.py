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
from bot.administration.choices import ChoiceDesk
from bot.administration.greeting import GreetingDesk
from bot.administration.limits import LimitDesk
from bot.administration.personas import PersonaDesk
from bot.administration.preferences import PreferenceDesk
from bot.administration.reporting import ReportDesk
from bot.administration.sponsoring import Sponsoring
from bot.choices import Most
from bot.conversation import Conversations
from bot.core import Core
from bot.discord.client import Threadlight
from bot.errors import StorageTrouble
from bot.housekeeping import Housekeeping
from bot.memory.edits import Memory
from bot.memory.exporting import Exporting
from bot.memory.forgetting import Forgetting
from bot.memory.shelves import Shelves
from bot.memory.variants import Variants
from bot.openrouter.api import OpenRouter
from bot.operator_limits import ceiling_rule, default_rules, limits_of, server_ceiling_rule
from bot.prompts.tokens import Correction
from bot.render.drawing.pictures import DrawingProcess, Pictures
from bot.render.pacing.pacer import Pacer
from bot.settings import DISCORD_API_URL, Settings, Switch, unusable
from bot.storage.database import Database
from bot.threads.beginnings import Threads
from bot.threads.branching import Branching
from bot.threads.stays import Stays
from bot.threads.titling import Titling
from bot.turns.alarms import Alarms, Heard
from bot.turns.changing import Changing
from bot.turns.deletions import Deletions
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Openings
from bot.turns.order import Turns
from bot.turns.prompting import Prompts
from bot.turns.proposals import Proposals
from bot.turns.quoting import Quoting
from bot.turns.repainting import Repainting
from bot.turns.settlement import Settlement


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
    prompts = Prompts(slug=settings.model, limits=limits, correction=correction)
    openings = Openings(storage, model, prompts, now=utc_now)
    onscreen = OnScreen()
    repainting = Repainting(storage, onscreen, keeper, now=utc_now, log=log)
    settlement = Settlement(
        storage,
        model,
        slug=settings.model,
        least_output_tokens=limits.least_output_tokens,
        now=utc_now,
    )
    alarms = alarms_of(settings, storage, model, log)
    titling = titling_of(settings, storage, model, settlement, alarms, log)
    stays = Stays(turns)
    changing = Changing()
    proposals = Proposals(storage, openings, now=utc_now)
    quoting = Quoting(storage, openings, proposals, changing)
    deletions = Deletions(storage, turns, keeper, quoting)
    branching = Branching(storage, openings, most_turns=limits.most_turns)
    return Core(
        Conversations(
            model,
            turns,
            openings,
            settlement,
            keeper,
            alarms,
            onscreen,
            titling,
            stays,
            quoting,
            deletions,
            changing,
            monotonic=time.monotonic,
            log=log,
        ),
        desks_of(storage, settings),
        Variants(storage, openings, turns, keeper, onscreen),
        branching,
        # A question needs room beside what its thread began with.
        Threads(storage, branching, most_tokens=limits.context_tokens // 2),
        Memory(
            storage,
            turns,
            keeper,
            onscreen,
            most=Most(limits.context_tokens, limits.max_output_tokens),
            now=utc_now,
        ),
        Shelves(storage, model, openings, prompts, now=utc_now),
        Forgetting(storage, turns, storage, now=utc_now, log=log),
        Exporting(storage, openings, now=utc_now),
        Housekeeping(storage, settlement, repainting, now=utc_now, log=log),
        repainting,
        proposals,
        Sponsoring(storage, now=utc_now),
        alarms,
        titling,
        stays,
        changing,
        deletions,
        quoting,
        turns,
        Pacer(time.monotonic),
        pictures,
    )


def alarms_of(
    settings: Settings, storage: Database, model: OpenRouter, log: FilteringBoundLogger
) -> Alarms:
    """Put together what watches the operator's key."""
    limits = limits_of(settings)
    return Alarms(
        model,
        slug=settings.model,
        most_tokens=(limits.context_tokens, limits.max_output_tokens),
        clock=time.monotonic,
        log=log,
        claim=Heard(storage, now=utc_now).claim,
    )


def titling_of(
    settings: Settings,
    storage: Database,
    model: OpenRouter,
    settlement: Settlement,
    alarms: Alarms,
    log: FilteringBoundLogger,
) -> Titling:
    """Put together what names threads."""
    return Titling(
        storage,
        model,
        settlement,
        alarms,
        asks=settings.titles is Switch.ON,
        now=utc_now,
        monotonic=time.monotonic,
        log=log,
    )


def desks_of(storage: Database, settings: Settings) -> Administration:
    """Put the desks of those who manage servers together."""
    limits = limits_of(settings)
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
        choices=ChoiceDesk(
            storage,
            most=Most(limits.context_tokens, limits.max_output_tokens),
            now=utc_now,
        ),
        personas=PersonaDesk(storage, now=utc_now),
        greetings=GreetingDesk(storage, now=utc_now),
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
