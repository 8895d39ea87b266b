"""The demo's house: a Discord with its page, an OpenRouter, and the bot, in one process."""

import asyncio
import gc
import logging
import os
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pydantic import ValidationError

from bot import log
from bot.settings import MODEL, OPENROUTER_BASE_URL, LogFormat, Settings, explain
from sandbox import demo_answers
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from sandbox.driving.driver import Driver
from sandbox.openrouter.server import OpenRouterServer

if TYPE_CHECKING:
    from bot.discord.client import Threadlight

TOKENS_PER_SECOND = 90.0
USUAL_PORT = 7342
CONNECTED_WITHIN = 20.0
"""Seconds that the bot may take to connect."""
MOST_DOLLARS = Decimal(1)
"""What a demo with a real key spends at most."""


class PortTaken(Exception):
    """Say that the page's port can't be had."""


class BotStopped(Exception):
    """Say that the bot ended by itself, and with what."""


@dataclass(frozen=True, slots=True)
class House:
    """What stands while the demo runs; `scripted` tells that no real model answers."""

    discord: DiscordServer
    driver: Driver
    settings: Settings
    scripted: bool


@asynccontextmanager
async def open_house(
    folder: Path, environ: Mapping[str, str], *, port: int | None = None, haste: float = 1.0
) -> AsyncGenerator[House]:
    """Open the servers; scripted answers come so much faster. Raise `PortTaken`, `SettingError`."""
    scripted = not environ.get("OPENROUTER_API_KEY")
    router = OpenRouterServer(
        tokens_per_second=TOKENS_PER_SECOND,
        generation_lag=0.0,
        script=partial(demo_answers.answer, haste=haste),
    )
    # The same port each time, so that a page that is still open goes on, and knows its visitor.
    if port is None:
        port = USUAL_PORT if _is_free(USUAL_PORT) else 0
    discord = DiscordServer(sample_world(), port=port)
    about = {"model": MODEL if scripted else environ.get("MODEL") or MODEL, "scripted": scripted}
    driver = Driver(discord, router if scripted else None, about=about)
    discord.serve_beside(driver.install)
    async with AsyncExitStack() as opened:
        try:
            await opened.enter_async_context(discord)
        except OSError as error:
            because = os.strerror(error.errno) if error.errno else str(error)
            raise PortTaken(f"Port {port} can't be used: {because}.") from error
        if scripted:
            await opened.enter_async_context(router)
        settings = settings_for(discord, folder, _model(environ, router, scripted=scripted))
        yield House(discord, driver, settings, scripted)


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@asynccontextmanager
async def serving_bot(settings: Settings) -> AsyncGenerator["asyncio.Task[None]"]:
    """Run the bot until the block ends, from when it is connected and its commands are there.

    Raise `BotStopped` where it ends before that.
    """
    async with await asyncio.to_thread(_assembled, settings) as client:
        serving = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
        # The client calls itself ready two seconds later: it waits for servers it might not know.
        connected = asyncio.create_task(client.wait_for("shard_connect", timeout=CONNECTED_WITHIN))
        try:
            await asyncio.wait([serving, connected], return_when=asyncio.FIRST_COMPLETED)
            if serving.done() or connected.exception() is not None:
                raise stopped(serving)
            yield serving
        finally:
            connected.cancel()
            await client.close()
            await asyncio.gather(serving, connected, return_exceptions=True)


def _assembled(settings: Settings) -> "AbstractAsyncContextManager[Threadlight]":
    """Load the bot's libraries and put it together; the page is there meanwhile."""
    from bot.app import assembled

    gc.enable()  # the demo's start has it off
    return assembled(settings)


def stopped(serving: "asyncio.Task[None]") -> BotStopped:
    """Return why the bot is not there."""
    error = serving.exception() if serving.done() and not serving.cancelled() else None
    because = f" with {type(error).__name__}: {error}" if error else ""
    return BotStopped(f"The bot did not keep its connection{because}.")


def _model(
    environ: Mapping[str, str], router: OpenRouterServer, *, scripted: bool
) -> dict[str, Any]:
    """Return the settings that say who answers."""
    if scripted:
        return {"openrouter_api_key": router.api_key, "openrouter_base_url": router.base_url}
    return {
        "openrouter_api_key": environ["OPENROUTER_API_KEY"],
        "openrouter_base_url": environ.get("OPENROUTER_BASE_URL") or OPENROUTER_BASE_URL,
        "model": environ.get("MODEL") or MODEL,
        "daily_cost_limit_usd": MOST_DOLLARS,
    }


def settings_for(discord: DiscordServer, folder: Path, model: Mapping[str, Any]) -> Settings:
    """Return the demo's settings, every one given: the visitor's own are left alone.

    Raise `SettingError` where the environment's key, address or model can't be.
    """
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in Settings.model_fields.items()
        if not field.is_required()
    }
    values = {
        **defaults,
        "discord_token": discord.bot_token,
        "discord_api_url": discord.api_url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'threadlight.db'}",
        "log_format": LogFormat.JSON,
        **model,
    }
    try:
        return Settings(_env_file=None, **values)  # type: ignore[call-arg]  # pydantic's own
    except ValidationError as error:
        raise explain(error) from None


def log_to(lines: TextIO, settings: Settings) -> None:
    """Let log lines go to a file instead of the terminal, without secrets."""
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(lines)
