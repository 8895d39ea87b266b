"""The demo from its first line to its last: on the page, or in the terminal where one asks."""

import asyncio
import io
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
import webbrowser
from collections.abc import Coroutine, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from sandbox import scene
from sandbox.demo_house import (
    MOST_DOLLARS,
    BotStopped,
    House,
    PortTaken,
    log_to,
    open_house,
    serving_bot,
    stopped,
)
from sandbox.demo_stage import SceneFailed, Stage
from sandbox.demo_visitor import Visitor
from sandbox.demo_wishes import Wishes
from sandbox.terminal import Transcript
from sandbox.terminal_keys import Keyboard, Leave, LineEditor

PATIENCE = 20.0
PATIENCE_WITH_A_MODEL = 240.0
"""Seconds that one step of the scene may take: with scripts, and with a model that thinks."""
HASTE = 2.0
"""How much faster the scene's answers are written where nobody sees them grow."""
PORT_TAKEN = 2
"""The exit code where the page's port can't be had."""

TEXT_BROWSERS = frozenset({"w3m", "lynx", "links", "links2", "elinks", "www-browser"})

WELCOME = """\
The real bot, between a Discord and an OpenRouter that run on this machine:
no account, and nothing leaves it. The answers are scripts here; with
OPENROUTER_API_KEY set they come from {model}."""
WELCOME_WITH_A_MODEL = """\
The real bot and the real OpenRouter, and a Discord that runs on this machine.
The answers come from {model}, for at most ${most} in all."""
HOW_TO_LEAVE = """\
Use it there as you use Discord. Ctrl-C here ends the demo.
(To stay in this terminal instead: make demo ARGS=--terminal)"""
GOODBYE = """\
To run it in your own server, see "Run it in your server" in README.md,
then `make run` (or `.venv/bin/threadlight run`)."""


async def run(wishes: Wishes, *, environ: Mapping[str, str], out: TextIO) -> int:
    """Show the demo until the visitor leaves or the scene has ended; return the exit code."""
    this = asyncio.current_task()
    if this is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    console = console_for(out)
    folder = Path(tempfile.mkdtemp(prefix="threadlight-demo-"))
    keep = False
    try:
        with (folder / "bot.log").open("w", encoding="utf-8") as lines:
            try:
                await _run(wishes, console, folder, lines, environ)
            except PortTaken as taken:
                console.print(
                    Text(f"{taken}\nChoose another one: --port=0 takes any that is free.")
                )
                return PORT_TAKEN
            except (SceneFailed, BotStopped) as failure:
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
    wishes: Wishes, console: Console, folder: Path, lines: TextIO, environ: Mapping[str, str]
) -> None:
    seen_growing = is_alive(console) or not wishes.scene
    haste = 1.0 if seen_growing else HASTE
    async with open_house(folder, environ, port=wishes.port, haste=haste) as house:
        log_to(lines, house.settings)
        welcome(console, house)
        try:
            if wishes.terminal or wishes.scene:
                await _in_the_terminal(house, console, scene_only=wishes.scene)
            else:
                await _on_the_page(house, console, open_it=wishes.browser)
        except Leave:
            console.print(Text(f"\n{GOODBYE}", "bold"))


async def _on_the_page(house: House, console: Console, *, open_it: bool) -> None:
    """Let the visitor use the page until Ctrl-C, which raises `Leave`."""
    keyboard = Keyboard(LineEditor(), lambda: None)
    with listening(keyboard, able=is_alive(console)), interrupted() as leaving:
        console.print(Text(HOW_TO_LEAVE, "dim"))
        if open_it and has_a_browser(os.environ):
            # Some browsers only return when they are closed: nobody waits for them.
            Thread(target=webbrowser.open, args=(house.driver.url,), daemon=True).start()
        async with serving_bot(house.settings) as serving:
            await first_of(serving, leaving.wait(), keyboard.left())
    raise Leave


@contextmanager
def interrupted() -> Generator[asyncio.Event]:
    """Yield what is set by an interrupt from outside, as long as the block runs."""
    event = asyncio.Event()
    if sys.platform == "win32":
        yield event
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, event.set)
    try:
        yield event
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def listening(keyboard: Keyboard, *, able: bool) -> AbstractContextManager[None]:
    """Read single keys until the block ends, where there is a keyboard for that."""
    if able and has_keyboard():
        return keyboard.listening(sys.stdin.fileno())
    return nullcontext()


async def _in_the_terminal(house: House, console: Console, *, scene_only: bool) -> None:
    """Play the scene, and let the visitor type where there is a keyboard."""
    transcript = Transcript(house.discord.world, console)
    patience = PATIENCE if house.scripted else PATIENCE_WITH_A_MODEL
    stage = Stage(house.discord, transcript, scripted=house.scripted, patience=patience)
    visitor = Visitor(stage)
    keyboard = Keyboard(visitor.editor, transcript.refresh)
    can_type = transcript.alive and has_keyboard()
    with listening(keyboard, able=transcript.alive):
        async with serving_bot(house.settings) as serving:
            try:
                async with transcript:
                    if can_type and not scene_only:
                        await _with_a_visitor(serving, stage, visitor, keyboard)
                    else:
                        await _alone(serving, stage, keyboard)
            finally:
                await stage.stop_all()


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


async def first_of(serving: "asyncio.Task[None]", *work: Coroutine[Any, Any, Any]) -> None:
    """Work until the first of these ends, and raise what it raised; the bot must not end."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait([serving, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if serving in done:
            raise stopped(serving)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def console_for(out: TextIO) -> Console:
    """Return what prints there; without a terminal no control code is ever sent."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace", line_buffering=True)
    return Console(
        file=out, force_terminal=out.isatty(), highlight=False, markup=False, emoji=False
    )


def is_alive(console: Console) -> bool:
    """Tell whether somebody watches a terminal."""
    return console.is_terminal and not console.is_dumb_terminal


def has_keyboard() -> bool:
    """Tell whether single keys can be read."""
    return sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty()


def has_a_browser(environ: Mapping[str, str]) -> bool:
    """Tell whether a browser with windows can open: one in the terminal would cover it."""
    if sys.platform in ("darwin", "win32"):
        return True
    wanted = environ.get("BROWSER", "")
    if wanted:
        return Path(wanted.split()[0]).name not in TEXT_BROWSERS
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def welcome(console: Console, house: House) -> None:
    """Say what is about to be seen, and where."""
    words = WELCOME if house.scripted else WELCOME_WITH_A_MODEL
    console.print()
    console.print(Text("Threadlight", "bold cyan"))
    console.print(Text(words.format(model=house.settings.model, most=MOST_DOLLARS)))
    console.print(Text.assemble("\nThe page: ", (house.driver.url, "bold underline")))
