"""Run benchmarks: all of them, or those named."""

import argparse
import asyncio
import os
import platform
import sqlite3
import time

import discord
from rich.console import Console

from benchmarks import asking, readable, standstill

BENCHMARKS = {"asking": asking.run, "readable": readable.run, "standstill": standstill.run}

WIDTH = 120
"""Columns, where there is no terminal that has its own."""


def machine() -> str:
    """Return what the figures were measured on."""
    load = ", ".join(f"{it:.1f}" for it in os.getloadavg())
    return (
        f"Python {platform.python_version()}, discord.py {discord.__version__}, "
        f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, load {load}"
    )


def main() -> None:
    """Run the benchmarks and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="name")
    names = parser.parse_args().names or list(BENCHMARKS)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    console.print(machine())
    for name in names:
        began = time.monotonic()
        console.print()
        console.print(asyncio.run(BENCHMARKS[name]()))
        console.print(f"({name}: {time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
