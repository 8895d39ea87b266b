"""How long reports and replays take over a million turns, and whether they hold the bot up."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.table import Table
from sqlalchemy import Engine, create_engine, event, text

from benchmarks.figures import ms
from benchmarks.summing import statements
from bot.administration.reporting import ReportDesk
from bot.app import utc_now
from bot.process import THREADS_WAIT, keep_from_collection
from bot.quota.rules import Meter
from bot.quota.windows import Window
from bot.records.reports.replay import Proposal
from bot.records.reports.sheets import report_sheet
from bot.records.reports.sums import Span
from bot.render.charts.making import report_charts, usage_chart
from bot.render.charts.values import picture_of
from bot.render.drawing.pictures import DrawingProcess
from bot.storage.database import Database

ROWS = 1_000_000
PEOPLE, CHANNELS, DAYS = 3_000, 60, 32
GUILD = 1
RUNS = 3

_MICROS_A_DAY = 24 * 60 * 60 * 1_000_000

# Squared chance: few people and channels have most of the turns, as in any server.
_FILL = """
INSERT INTO ledger (hold_id, kind, guild_id, user_id, channel_id, at, settled_at, requests,
    tokens, cost_micros, estimated, grant_id)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows),
some AS (SELECT i, abs(random() % 1000) a, abs(random() % 1000) b, abs(random() % 5000) c FROM n)
SELECT i, 'spend', :guild, 1000 + a * a * :people / 1000000, 10 + b * b * :channels / 1000000,
    at, at, 1, 200 + c, 2 * c, false, 0
FROM (SELECT *, :start + i * (:span / :rows) AS at FROM some)
"""


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, and for how long the event loop stood still at most.

    On a busy machine it stands still without any fault of the bot's: `own` is for how much of such
    a time at most its thread was working.
    """

    name: str
    median: float
    most: float
    standstill: float
    own: float


def fill(path: Path, rows: int, now: datetime) -> None:
    """Write so many turns of the latest days into a database, and their sums."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _hurry)
    start = int((now - timedelta(days=DAYS)).timestamp() * 1_000_000)
    values = {
        "rows": rows,
        "guild": GUILD,
        "people": PEOPLE,
        "channels": CHANNELS,
        "start": start,
        "span": DAYS * _MICROS_A_DAY,
    }
    _run(engine, values)
    engine.dispose()


def _hurry(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # SQLite's own
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _run(engine: Engine, values: dict[str, int]) -> None:
    with engine.begin() as connection:
        connection.execute(text(_FILL), values)
        for statement in statements():
            connection.execute(text(statement))


async def measure(rows: int = ROWS, runs: int = RUNS) -> list[Took]:
    """Return how long each thing takes over so many turns."""
    with tempfile.TemporaryDirectory(prefix="threadlight-") as folder:
        path = Path(folder) / "threadlight.db"
        url = f"sqlite+aiosqlite:///{path}"
        database = await Database.open(url, clock=utc_now, defaults=(), ceiling=None)
        await asyncio.to_thread(fill, path, rows, utc_now())
        drawing = DrawingProcess()
        try:
            desk = ReportDesk(database, now=utc_now)
            return [await _timed(*it, runs) for it in _cases(desk, drawing)]
        finally:
            await drawing.close()
            await database.close()


def _cases(
    desk: ReportDesk, drawing: DrawingProcess
) -> list[tuple[str, Callable[[], Awaitable[object]]]]:
    async def report(span: Span) -> None:
        found = await desk.report(GUILD, span)
        for chart in report_charts(found, str):
            await drawing.draw(picture_of(chart))
        await asyncio.to_thread(report_sheet, found, str)

    async def usage() -> None:
        chart = usage_chart(await desk.use_of(GUILD, 1_000))
        await drawing.draw(picture_of(chart))

    async def simulate() -> None:
        await desk.simulate(GUILD, Proposal(Meter.REQUESTS, Window.DAY, 20))

    return [
        *((f"/quota report, {it.value}", lambda it=it: report(it)) for it in Span),
        ("/usage of who used most", usage),
        ("/quota simulate", simulate),
    ]


async def _timed(name: str, work: Callable[[], Awaitable[object]], runs: int) -> Took:
    times = []
    watch = asyncio.create_task(longest_standstill(asyncio.Event()))
    await asyncio.sleep(0)
    for _ in range(runs):
        began = time.monotonic()
        await work()
        times.append(time.monotonic() - began)
    watch.cancel()
    return Took(name, sorted(times)[len(times) // 2], max(times), *(await watch))


async def longest_standstill(never: asyncio.Event) -> tuple[float, float]:
    """Return, once cancelled, for how long the event loop stood still at most, and worked."""
    most = own = 0.0
    while True:
        last, worked = time.monotonic(), time.thread_time()
        try:
            await asyncio.wait_for(never.wait(), 0.001)
        except TimeoutError:
            most = max(most, time.monotonic() - last - 0.001)
            own = max(own, time.thread_time() - worked)
        except asyncio.CancelledError:
            return most, own


def table_of(found: list[Took], rows: int = ROWS) -> Table:
    """Return what was measured as a table."""
    table = Table(title=f"Reports over {rows:,} turns in one server, charts and CSV included, ms")
    for name in ("", "median", "greatest", "event loop stood still", "by its own work"):
        table.add_column(name, justify="right" if name else "left")
    for it in found:
        table.add_row(it.name, ms(it.median), ms(it.most), ms(it.standstill), ms(it.own))
    return table


async def run() -> Table:
    """Measure, and return the table."""
    # As the bot does:
    sys.setswitchinterval(THREADS_WAIT)
    keep_from_collection()
    return table_of(await measure())
