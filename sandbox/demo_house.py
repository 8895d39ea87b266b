"""The demo's house: a Discord, an OpenRouter and the bot in one process, and who may look in."""

import asyncio
import io
import logging
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from bot import log
from bot.app import assembled
from bot.settings import MODEL, OPENROUTER_BASE_URL, LogFormat, Settings, explain
from sandbox import demo_answers, scene
from sandbox.demo_stage import SceneFailed, Stage
from sandbox.demo_visitor import Visitor
from sandbox.discord.server import DiscordServer
from sandbox.discord.world import World
from sandbox.openrouter.server import OpenRouterServer
from sandbox.terminal import Transcript
from sandbox.terminal_keys import Keyboard, Leave

PATIENCE = 20.0
PATIENCE_WITH_A_MODEL = 240.0
"""Seconds that one step of the scene may take: with scripts, and with a model that thinks."""
TOKENS_PER_SECOND = 90.0
HASTE = 2.0
"""How much faster the scene's answers are written where nobody sees them grow."""
MOST_DOLLARS = Decimal(1)
"""What a demo with a real key spends at most."""

WELCOME = """\
The real bot, between a Discord and an OpenRouter that run on this machine:
no account, and nothing leaves it. The answers are scripts here; with
OPENROUTER_API_KEY set they come from {model}."""
GOODBYE = """\
To run it in your own server, see "Run it in your server" in README.md,
then `make run` (or `.venv/bin/threadlight run`)."""
WELCOME_WITH_A_MODEL = """\
The real bot and the real OpenRouter, and a Discord that runs on this machine.
The answers come from {model}, for at most ${most} in all."""


async def run(*, scene_only: bool, environ: Mapping[str, str], out: TextIO) -> int:
    """Play the scene, then let a visitor in where there is a terminal; return the exit code."""
    this = asyncio.current_task()
    if this is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    console = console_for(out)
    folder = Path(tempfile.mkdtemp(prefix="threadlight-demo-"))
    keep = False
    try:
        with (folder / "bot.log").open("w", encoding="utf-8") as lines:
            try:
                await _run(console, folder, lines, environ, scene_only=scene_only)
            except SceneFailed as failure:
                keep = True
                console.print(Text(f"\nThe demo ended early. {failure}", "bold red"))
                console.print(Text(f"What the bot logged: {folder / 'bot.log'}"))
            finally:
                logging.getLogger().handlers.clear()
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if keep else 0


async def _run(
    console: Console, folder: Path, lines: TextIO, environ: Mapping[str, str], *, scene_only: bool
) -> None:
    async with AsyncExitStack() as opened:
        discord = await opened.enter_async_context(DiscordServer(World.sample()))
        scripted = not environ.get("OPENROUTER_API_KEY")
        transcript = Transcript(discord.world, console)
        haste = 1.0 if transcript.alive else HASTE
        router = OpenRouterServer(
            tokens_per_second=TOKENS_PER_SECOND,
            generation_lag=0.0,
            script=partial(demo_answers.answer, haste=haste),
        )
        if scripted:
            await opened.enter_async_context(router)
        settings = settings_for(discord, folder, _model(environ, router, scripted=scripted))
        log_to(lines, settings)
        welcome(console, settings, scripted=scripted)
        patience = PATIENCE if scripted else PATIENCE_WITH_A_MODEL
        stage = Stage(discord, transcript, scripted=scripted, patience=patience)
        visitor = Visitor(stage)
        keyboard = Keyboard(visitor.editor, transcript.refresh)
        can_type = transcript.alive and has_keyboard()
        if can_type:
            opened.enter_context(keyboard.listening(sys.stdin.fileno()))
        serving = await opened.enter_async_context(serving_bot(settings))
        opened.push_async_callback(stage.stop_all)
        try:
            async with transcript:
                if can_type and not scene_only:
                    await _with_a_visitor(serving, stage, visitor, keyboard)
                else:
                    await _alone(serving, stage, keyboard)
        except Leave:
            console.print(Text(f"\n{GOODBYE}", "bold"))


async def _alone(serving: "asyncio.Task[None]", stage: Stage, keyboard: Keyboard) -> None:
    """Play the scene and say how long it took."""
    began = time.monotonic()
    await first_of(serving, scene.play(stage), keyboard.left())
    seconds = time.monotonic() - began
    stage.transcript.tell(Text(f"\nThat was the scene, in {seconds:.0f} seconds.", "bold"))


async def _with_a_visitor(
    serving: "asyncio.Task[None]", stage: Stage, visitor: Visitor, keyboard: Keyboard
) -> None:
    """Play the scene unless it is skipped, and let the visitor type until they leave."""
    stage.transcript.tell(Text("Enter skips the scene, Ctrl-C leaves.", "dim"))
    await first_of(serving, scene.play(stage), keyboard.entered())
    await first_of(serving, visitor.come_in(), keyboard.left())
    await first_of(serving, visitor.stay(keyboard))


async def first_of(serving: "asyncio.Task[None]", *work: Coroutine[Any, Any, None]) -> None:
    """Work until the first of these ends, and raise what it raised; the bot must not end."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait([serving, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if serving in done:
            raise _stopped(serving)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def serving_bot(settings: Settings) -> AsyncGenerator["asyncio.Task[None]"]:
    """Run the bot until the block ends, from when it is connected and its commands are there."""
    async with assembled(settings) as client:
        serving = asyncio.create_task(client.start(settings.discord_token.get_secret_value()))
        # The client calls itself ready two seconds later: it waits for servers it might not know.
        connected = asyncio.create_task(client.wait_for("shard_connect", timeout=PATIENCE))
        try:
            await asyncio.wait([serving, connected], return_when=asyncio.FIRST_COMPLETED)
            if serving.done() or connected.exception() is not None:
                raise _stopped(serving)
            yield serving
        finally:
            connected.cancel()
            await client.close()
            await asyncio.gather(serving, connected, return_exceptions=True)


def _stopped(serving: "asyncio.Task[None]") -> SceneFailed:
    error = serving.exception() if serving.done() and not serving.cancelled() else None
    because = f" with {type(error).__name__}: {error}" if error else ""
    return SceneFailed(f"The bot did not keep its connection{because}.")


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


def console_for(out: TextIO) -> Console:
    """Return what prints there; without a terminal no control code is ever sent."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    return Console(
        file=out, force_terminal=out.isatty(), highlight=False, markup=False, emoji=False
    )


def has_keyboard() -> bool:
    """Tell whether single keys can be read."""
    return sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty()


def log_to(lines: TextIO, settings: Settings) -> None:
    """Let log lines go to a file instead of the terminal, without secrets."""
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(lines)


def welcome(console: Console, settings: Settings, *, scripted: bool) -> None:
    """Say what is about to be seen."""
    words = WELCOME if scripted else WELCOME_WITH_A_MODEL
    console.print()
    console.print(Text("Threadlight", "bold cyan"))
    console.print(Text(words.format(model=settings.model, most=MOST_DOLLARS)))
