"""How long it takes to forget a person in long conversations, and whether that holds the bot up."""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from rich.table import Table
from sqlalchemy import create_engine, insert

from benchmarks.figures import ms
from benchmarks.reports import longest_standstill
from bot.app import utc_now
from bot.memory.forgetting import Forgetting
from bot.messages import AnswerState
from bot.process import THREADS_WAIT, keep_from_collection
from bot.records.erasures import Found
from bot.storage.database import Database
from bot.storage.tables import answers, conversations, turns
from bot.turns.order import Turns

PERSON = 11
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Size:
    """So many turns in so many channels; the person has `own` of those in the first `among`."""

    turns: int = 200_000
    channels: int = 20
    among: int = 3
    own: int = 400


@dataclass(frozen=True, slots=True)
class Took:
    """What something took: seconds, of CPU in all and on the event loop's thread, and standstills.

    `own` is for how much of a standstill at most the event loop's thread was working.
    """

    name: str
    seconds: float
    cpu: float
    loop: float
    standstill: float
    own: float
    found: Found


class Said:
    """What people and the model say: of 5,000 words, as many as in usual questions and answers."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # nothing depends on it
        letters = "etaoinshrdlu"
        self._words = ["".join(self._some(letters, self.below(8) + 2)) for _ in range(5_000)]

    def _some(self, of: Any, count: int) -> list[str]:
        return self._chance.choices(of, k=count)

    def below(self, most: int) -> int:
        """Return a number by chance."""
        return self._chance.randrange(most)

    def text(self, words: int) -> str:
        """Return a text of so many words."""
        return " ".join(self._some(self._words, words))


def fill(path: Path, size: Size) -> None:
    """Write so many turns, each with an answer."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        places = [{"id": it + 1, "channel_id": it + 1} for it in range(size.channels)]
        connection.execute(insert(conversations), places)
        rows = _rows(size)
        while some := [*islice(rows, AT_ONCE)]:
            connection.execute(insert(turns), [turn for turn, _ in some])
            connection.execute(insert(answers), [answer for _, answer in some])
    engine.dispose()


def _rows(size: Size) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    said, now = Said(), utc_now() - timedelta(days=1)
    hers = [it for it in range(size.turns) if it % size.channels < size.among]
    own = {hers[it * len(hers) // size.own] for it in range(size.own)}
    for number in range(size.turns):
        author = PERSON if number in own else PERSON + 1 + said.below(50)
        name = f"Secret{number}, the " if author == PERSON else ""
        turn = {
            "id": number + 1,
            "conversation_id": number % size.channels + 1,
            "author_id": author,
            "author_name": f"Person {author}",
            "author_username": f"person{author}",
            "text": f"I ask of {name}{said.text(12)}",
            "tokens": 20,
            "asked_at": now,
        }
        answer = {
            "turn_id": number + 1,
            "hold_id": number + 1,
            "state": AnswerState.COMPLETE,
            "model": "a/b",
            "text": f"{said.text(80)}.",
            "thinking": f"{said.text(80)}.",
            "estimated_prompt_tokens": 1,
            "started_at": now,
            "drafted_at": now,
            "finished_at": now,
        }
        yield turn, answer


async def measure(size: Size) -> list[Took]:
    """Count what a person said, and forget it."""
    with tempfile.TemporaryDirectory(prefix="threadlight-") as folder:
        path = Path(folder) / "threadlight.db"
        url = f"sqlite+aiosqlite:///{path}"
        database = await Database.open(url, clock=utc_now, defaults=(), ceiling=None)
        await asyncio.to_thread(fill, path, size)
        log = structlog.wrap_logger(structlog.PrintLogger(sys.stderr))
        forgetting = Forgetting(database, Turns(), database, now=utc_now, log=log, again=())
        try:
            return [
                await _timed("counted", lambda: forgetting.find(PERSON)),
                await _timed("forgotten", lambda: forgetting.forget(PERSON, utc_now())),
            ]
        finally:
            await forgetting.settled()
            await forgetting.close()
            await database.close()


async def _timed(name: str, work: Callable[[], Awaitable[Found]]) -> Took:
    watch = asyncio.create_task(longest_standstill(asyncio.Event()))
    await asyncio.sleep(0)
    began, cpu, loop = time.monotonic(), time.process_time(), time.thread_time()
    found = await work()
    took = time.monotonic() - began, time.process_time() - cpu, time.thread_time() - loop
    watch.cancel()
    return Took(name, *took, *(await watch), found)


def table_of(found: list[Took], size: Size) -> Table:
    """Return what was measured as a table."""
    table = Table(title=f"{size.own:,} of {size.turns:,} turns in {size.channels} channels, ms")
    columns = "in all", "CPU", "on the event loop", "event loop stood still", "by its own work"
    for name in ("", *columns):
        table.add_column(name, justify="right" if name else "left")
    for it in found:
        figures = it.seconds, it.cpu, it.loop, it.standstill, it.own
        table.add_row(it.name, *map(ms, figures))
    return table


async def run() -> Table:
    """Measure, and return the table."""
    # As the bot does:
    sys.setswitchinterval(THREADS_WAIT)
    keep_from_collection()
    size = Size()
    return table_of(await measure(size), size)
