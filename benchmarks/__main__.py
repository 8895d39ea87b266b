"""Run benchmarks: all of them, those named, or one case of the crowd."""

import argparse
import asyncio
import os
import platform
import sqlite3
import time
from collections.abc import Awaitable, Callable

import discord
import uvloop
from rich.console import Console, RenderableType

from benchmarks import asking, crowd, forgetting, ledger, paging, reports, standstill, tokens
from benchmarks.crowd_case import COMMAND, MENTION

BENCHMARKS: dict[str, Callable[[], Awaitable[RenderableType]]] = {
    "asking": asking.run,
    "crowd": crowd.run,
    "forgetting": forgetting.run,
    "ledger": ledger.run,
    "paging": paging.run,
    "reports": reports.run,
    "standstill": standstill.run,
    "tokens": tokens.run,
}

PROFILE = "profile"

WIDTH = 120
"""Columns, where there is no terminal that has its own."""


def machine() -> str:
    """Return what the figures were measured on."""
    load = ", ".join(f"{it:.1f}" for it in os.getloadavg())
    return (
        f"Python {platform.python_version()}, discord.py {discord.__version__}, "
        f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, load {load}"
    )


def asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, PROFILE, []], metavar="name")
    parser.add_argument(
        "--rows", type=int, default=ledger.Size().rows, help="rows of the ledger's large database"
    )
    one = parser.add_argument_group("one case of the crowd (with any of these)")
    one.add_argument("--answers", type=int, help="answers at a time")
    one.add_argument("--route", choices=[MENTION, COMMAND, "ask"])
    one.add_argument("--seconds", type=float, help="how long the longest is written")
    one.add_argument("--thinking", type=int, help="tokens of thinking before the first word")
    one.add_argument("--latency", type=float, help="milliseconds that a request takes")
    one.add_argument("--profile", action="store_true", help="tell where the bot's CPU goes")
    one.add_argument("--loop", choices=["uvloop", "asyncio"], help="the bot's event loop")
    return parser.parse_args()


def single(words: argparse.Namespace) -> Callable[[], Awaitable[RenderableType]] | None:
    """Return the one case that is asked for, if one is."""
    given = (
        *(words.answers, words.route, words.seconds),
        *(words.latency, words.thinking, words.loop),
    )
    profile = words.profile or PROFILE in words.names
    if not profile and all(it is None for it in given):
        return None
    route = MENTION if words.route in (None, MENTION) else COMMAND
    wanted = crowd.plan(
        words.answers or 200,
        route,
        seconds=words.seconds,
        latency=(words.latency or 0.0) / 1000,
        thinking=words.thinking or 0,
    )
    return lambda: crowd.one(wanted, profile=profile, loop=words.loop or "uvloop")


async def _table(run: Callable[[], Awaitable[RenderableType]]) -> RenderableType:
    return await run()


def main() -> None:
    """Run the benchmarks and print their tables."""
    words = asked()
    case = single(words)
    runs = {"crowd": case} if case else {it: BENCHMARKS[it] for it in words.names or BENCHMARKS}
    if "ledger" in runs:
        runs["ledger"] = lambda: ledger.run(words.rows)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    console.print(machine())
    for name, run in runs.items():
        began = time.monotonic()
        console.print()
        # The crowd's Discord is this process, and must not be what is slow.
        loop = uvloop.run if name == "crowd" else asyncio.run
        console.print(loop(_table(run)))
        console.print(f"({name}: {time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
