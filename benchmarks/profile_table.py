"""Where the bot's CPU goes, by part of the program and by function."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.table import Table

_PARTS = (
    ("aiohttp/", "aiohttp"),
    ("discord/", "discord.py"),
    ("sqlalchemy/", "SQLAlchemy"),
    ("aiosqlite/", "aiosqlite"),
    ("sqlite3/", "aiosqlite"),
    ("msgspec/", "msgspec"),
    ("markdown_it/", "markdown-it"),
    ("structlog/", "structlog"),
    ("asyncio/", "asyncio"),
    ("uvloop/", "asyncio"),
    ("selectors.py", "asyncio"),
    ("concurrent/", "threads"),
    ("threading.py", "threads"),
    ("queue.py", "threads"),
)
"""How a file's path begins, and what it is counted as."""

FUNCTIONS = 30


@dataclass(frozen=True, slots=True)
class Profile:
    """Seconds of CPU by function, its own and with all below, in a time with so many tokens."""

    own: Mapping[str, float] = field(repr=False)
    whole: Mapping[str, float] = field(repr=False)
    start: float
    end: float
    tokens: int = 0


def part_of(function: str) -> str:
    """Return the part that a function belongs to; our own code has a part for each file."""
    for beginning, part in _PARTS:
        if function.startswith(beginning):
            return part
    path = function.partition(":")[0]
    for ours in ("bot/", "cogs/", "benchmarks/"):
        if (at := f"/{path}".find(f"/{ours}")) >= 0:
            return path[at:]
    return "the rest of Python"


def parts_table(profile: Profile) -> Table:
    """Return the CPU of each part, in its own functions."""
    parts: defaultdict[str, float] = defaultdict(float)
    for function, seconds in profile.own.items():
        parts[part_of(function)] += seconds
    shown = Table(
        title="Where the bot's CPU goes, by part",
        caption="C code, such as the loop's or a decoder's, counts for the Python around it.",
    )
    shown.add_column("part")
    shown.add_column("share", justify="right")
    shown.add_column("µs a token", justify="right")
    total = sum(parts.values())
    for part, seconds in sorted(parts.items(), key=lambda it: -it[1]):
        if seconds >= total / 500:
            shown.add_row(part, f"{seconds / total:.1%}", f"{seconds / profile.tokens * 1e6:.1f}")
    shown.add_row("all", "", f"{total / profile.tokens * 1e6:.1f}")
    return shown


def functions_table(profile: Profile, *, whole: bool) -> Table:
    """Return the functions that take the most, by themselves or with all that they call."""
    kind = "with all that they call" if whole else "by themselves"
    shown = Table(title=f"The functions that take the most CPU, {kind}")
    shown.add_column("function", overflow="fold")
    shown.add_column("share", justify="right")
    shown.add_column("µs a token", justify="right")
    found = profile.whole if whole else profile.own
    total = sum(profile.own.values())
    for function, seconds in sorted(found.items(), key=lambda it: -it[1])[:FUNCTIONS]:
        shown.add_row(function, f"{seconds / total:.1%}", f"{seconds / profile.tokens * 1e6:.1f}")
    return shown
