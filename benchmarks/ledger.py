"""How fast allowances are held and spent, with an empty ledger and with one of millions of rows."""

import asyncio
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.figures import ms
from benchmarks.summing import statements
from bot.messages import Price, Usage
from bot.ports import Transaction
from bot.process import THREADS_WAIT, keep_from_collection
from bot.quota.rules import Demand, Hold, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database

SERVERS, PEOPLE, DAYS = 200, 5_000, 400

FEW = 10
"""Rows of the ledger that is as good as empty."""

LEAST_PAIRS = 400
"""Pairs a second: what must be reached on SQLite."""

MOST_RATIO = 1.3
"""How many times as long a pair may take with the large ledger."""

_PRICE = Price(Decimal("0.0000004"), Decimal("0.0000022"))
_DEMAND = Demand(2_000, 8_000, 300, _PRICE)
_USAGE = Usage(1_800, 900, 2_700)
_FAR_OFF = 10**14
_RULES = (
    Rule(Scope.EVERYONE, Meter.REQUESTS, Window.DAY, _FAR_OFF),
    Rule(Scope.EVERYONE, Meter.TOKENS, Window.DAY, _FAR_OFF),
    Rule(Scope.EVERYONE, Meter.COST, Window.MONTH, _FAR_OFF),
    Rule(Scope.SERVER, Meter.COST, Window.MONTH, _FAR_OFF),
)
_CEILING = Rule(Scope.BOT, Meter.COST, Window.DAY, _FAR_OFF)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: so many rounds, by turns with each ledger, of so many pairs."""

    rows: int = 10_000_000
    rounds: int = 6
    pairs: int = 1_000
    at_once: int = 50


@dataclass(slots=True)
class Found:
    """What was measured with one ledger: seconds of each pair, and of all of them."""

    rows: int
    megabytes: float
    pairs: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Return how many pairs were done in a second."""
        return len(self.pairs) / self.seconds


async def measure(size: Size) -> list[Found]:
    """Hold and spend with both ledgers by turns, so that both have the same neighbours."""
    with tempfile.TemporaryDirectory(prefix="threadlight-") as folder:
        few_path, many_path = (Path(folder) / name for name in ("few.db", "many.db"))
        async with _opened(few_path, FEW) as few, _opened(many_path, size.rows) as many:
            for it in (few, many):
                await _round(*it, size, warm_up=True)
            for _ in range(size.rounds):
                for it in (few, many):
                    await _round(*it, size)
            return [found for _, found in (few, many)]


@asynccontextmanager
async def _opened(path: Path, rows: int) -> AsyncGenerator[tuple[Database, Found]]:
    url = f"sqlite+aiosqlite:///{path}"
    opening = partial(Database.open, url, clock=_now, defaults=(), ceiling=_CEILING)
    database = await opening()
    async with database.writing() as tx:
        for guild_id in range(1, SERVERS + 1):
            for rule in _RULES:
                await tx.ledger.set_rule(guild_id, rule, 1, _now())
        await tx.commit()
    await database.close()
    megabytes = await asyncio.to_thread(fill, path, rows)
    database = await opening()
    try:
        yield database, Found(rows, megabytes)
    finally:
        await database.close()


async def _round(database: Database, found: Found, size: Size, *, warm_up: bool = False) -> None:
    chance = random.Random(size.pairs)  # noqa: S311 - whose turn it is, nothing secret
    turns = [_subject(chance) for _ in range(size.pairs)]
    alone = [await _pair(database, subject) for subject in turns[: size.pairs // 5]]
    began = time.perf_counter()
    waiting = iter(turns)
    together = await asyncio.gather(*(_worker(database, waiting) for _ in range(size.at_once)))
    seconds = time.perf_counter() - began
    if not warm_up:
        found.seconds += seconds
        found.alone += alone
        found.pairs += [it for pairs in together for it in pairs]


async def _worker(database: Database, turns: Iterator[Subject]) -> list[float]:
    return [await _pair(database, subject) for subject in turns]


async def _pair(database: Database, subject: Subject) -> float:
    began = time.perf_counter()
    hold = await database.write(partial(_reserve, subject))
    await database.write(partial(_settle, hold))
    return time.perf_counter() - began


async def _reserve(subject: Subject, tx: Transaction) -> Hold:
    hold = await tx.ledger.reserve(subject, _DEMAND, _now())
    await tx.commit()
    return hold


async def _settle(hold: Hold, tx: Transaction) -> None:
    await tx.ledger.settle(hold.id, _USAGE, _now())
    await tx.commit()


def _now() -> datetime:
    return datetime.now(UTC)


def _subject(chance: random.Random) -> Subject:
    """Return somebody, at a place where the ledger has them."""
    user = chance.randrange(PEOPLE)
    guild = (user * 7 + chance.randrange(2)) % SERVERS + 1
    channel = guild * 100 + chance.randrange(10)
    thread = chance.random() < 0.5
    return Subject(
        user_id=1_000_000 + user,
        guild_id=guild,
        channel_id=channel + 50 if thread else channel,
        parent_channel_id=channel if thread else None,
    )


_SETTING_OUT = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "cache_size=-400000",
    "temp_store=FILE",
    "locking_mode=EXCLUSIVE",
)

# Spread by the golden ratio and the like: no two people or places keep step.
_ROWS = """
INSERT INTO ledger (hold_id, kind, guild_id, user_id, channel_id, parent_channel_id, at,
    settled_at, requests, tokens, cost_micros, estimated, grant_id)
WITH RECURSIVE
    numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows),
    turns AS (SELECT n, (n * 2654435761) % 4294967296 % :people AS person,
        (n * 40503) % 65536 % 10 AS channel, :start + n * :step AS at FROM numbers),
    places AS (SELECT *, (person * 7 + n % 2) % :servers + 1 AS guild FROM turns)
SELECT -n, 'spend', guild, 1000000 + person,
    guild * 100 + channel + CASE WHEN n % 3 THEN 0 ELSE 50 END,
    CASE WHEN n % 3 THEN NULL ELSE guild * 100 + channel END,
    at, at + 9000000, 1, 500 + n % 4000, 100 + n % 9000, 0, 0
FROM places
"""


def fill(path: Path, rows: int) -> float:
    """Fill a ledger by SQL, evenly over the last days until now; return its megabytes."""
    span = timedelta(days=DAYS) // timedelta(microseconds=1)
    now = round(_now().timestamp() * 1_000_000)
    values = {
        "rows": rows,
        "people": PEOPLE,
        "servers": SERVERS,
        "start": now - span,
        "step": span // (rows + 1),
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _SETTING_OUT:
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'ledger' AND type = 'index'"
            " AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute(_ROWS, values)
        for statement in statements():
            connection.execute(statement)
        for _, sql in indexes:
            connection.execute(sql)
    # What the system would still have to write must not be written while times are taken.
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return path.stat().st_size / 1e6


def table(found: list[Found], size: Size) -> Table:
    """Return the figures as they are printed."""
    few, many = (median(it.pairs) for it in found)
    ratio = many / few
    pairs = min(it.per_second for it in found)
    shown = Table(
        title="Allowances held and spent, in pairs of reserve + settle; times in ms",
        caption=(
            f"{size.at_once} turns at once, each in SQLite with its write-ahead log; alone: one "
            f"after the other.\n{pairs:,.0f} pairs a second at least. Target {LEAST_PAIRS}: "
            f"{_met(pairs >= LEAST_PAIRS)}. Ratio of the medians {ratio:.2f}. "
            f"Target at most {MOST_RATIO}: {_met(ratio <= MOST_RATIO)}."
        ),
    )
    for name in ("rows", "MB", "pairs a second", "median", "p99", "alone", "alone p99"):
        shown.add_column(name, justify="right")
    for it in found:
        times = [median(it.pairs), _p99(it.pairs), median(it.alone), _p99(it.alone)]
        shown.add_row(
            f"{it.rows:,}", f"{it.megabytes:,.0f}", f"{it.per_second:,.0f}", *map(ms, times)
        )
    return shown


def _p99(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


def _met(reached: bool) -> str:
    return "met" if reached else "MISSED"


async def run(rows: int = Size().rows) -> Table:
    """Measure, and return the figures as they are printed."""
    # As the bot does:
    sys.setswitchinterval(THREADS_WAIT)
    keep_from_collection()
    size = Size(rows=rows)
    return table(await measure(size), size)
