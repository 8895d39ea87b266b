"""Gives channels a long past, and a person a month of spending, before the bot starts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, Insert, Table, create_engine, insert, literal, select

from bot.app import utc_now
from bot.messages import AnswerState, Attached, Person, Place, Price, Question, Usage
from bot.prompts.tokens import estimate
from bot.quota.rules import Demand, Subject
from bot.quota.windows import Window, window_bounds
from bot.storage.database import Database, StoredTransaction
from bot.storage.tables import answers, conversations, ledger, turn_files, turns

PATTERN = 1_000
"""So many turns are written by the bot's own storage; the rest are copies of them."""

WITH_A_FILE = 10
"""One turn in so many comes with a file."""

WORDS = [
    "light",
    "house",
    "storm",
    "quiet",
    "because",
    "water",
    "every",
    "keeper",
    "night",
    "almost",
    "glass",
    "of",
    "the",
    "and",
    "a",
    "to",
    "was",
    "lamp",
    "reading",
    "table",
    "winter",
    "which",
    "under",
    "letter",
    "their",
    "small",
    "boat",
    "signal",
]


@dataclass(frozen=True, slots=True)
class Past:
    """What is to be there: so many turns in each channel, so many spends of one person.

    Both are multiples of `PATTERN`, or as many as each other and fewer.
    """

    asker: Person
    places: Sequence[Place]
    turns: int
    spends: int


async def remember(database_url: str, past: Past, seed: int = 0) -> None:
    """Make the database with this past in it."""
    database = await Database.open(database_url, clock=utc_now, defaults=(), ceiling=None)
    try:
        async with database.writing() as tx:
            await _write_pattern(tx, past, random.Random(seed))  # noqa: S311  # only lengths
            for place in past.places:
                await tx.history.open(place)
            await tx.commit()
    finally:
        await database.close()
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    _copy(engine, past)
    engine.dispose()


async def _write_pattern(tx: StoredTransaction, past: Past, chance: random.Random) -> None:
    """Write turns as the bot does, spread evenly over the month so far."""
    place = past.places[0]
    subject = Subject(past.asker.id, place.guild_id, place.channel_id)
    free = Demand(1, 1, 1, Price(Decimal(0), Decimal(0)))
    now = datetime.now(UTC)
    began, _ = window_bounds(Window.MONTH, now, UTC)
    conversation = await tx.history.open(place)
    count = min(PATTERN, past.turns)
    for number in range(count):
        at = began + (now - began) * (number / count)
        asked, said = _prose(chance, 150), _prose(chance, 1_000)
        usage = Usage(prompt_tokens=20_000, completion_tokens=estimate(said) + 400, cost_micros=900)
        hold = await tx.ledger.reserve(subject, free, at)
        files = _files(chance) if number % WITH_A_FILE == 0 else ()
        question = Question(past.asker, place, asked, at, message_id=number + 1, files=files)
        turn = await tx.history.ask(conversation, question, estimate(asked))
        answer = await tx.history.begin(turn, hold.id, "minimax/minimax-m1", 20_000, at)
        later = at + timedelta(seconds=20)
        await tx.ledger.settle(hold.id, usage, later)
        await tx.history.finish(
            answer,
            AnswerState.COMPLETE,
            None,
            said,
            _prose(chance, 500),
            estimate(said),
            usage,
            later,
        )


def _prose(chance: random.Random, median: int) -> str:
    """Return words of about so many characters: often fewer, now and then many times as many."""
    wanted = min(8 * median, median * chance.lognormvariate(0, 0.8))
    words: list[str] = []
    size = 0.0
    while size < wanted:
        words.append(chance.choice(WORDS))
        size += len(words[-1]) + 1
    return " ".join(words)


def _files(chance: random.Random) -> tuple[Attached, ...]:
    text = _prose(chance, 2_000)
    return (Attached("notes.txt", text, tokens=estimate(text)),)


def _copy(engine: Engine, past: Past) -> None:
    """Repeat the pattern until every channel has its turns, and the person their spends."""
    pattern = min(PATTERN, past.turns)
    with engine.begin() as connection:
        known = connection.execute(select(conversations.c.channel_id, conversations.c.id))
        ids = {row.channel_id: row.id for row in known}
        for first in range(pattern, past.turns * len(past.places), pattern):
            conversation = ids[past.places[first // past.turns].channel_id]
            connection.execute(_again(turns, pattern, first, conversation_id=conversation))
            turn = answers.c.turn_id + first
            connection.execute(_again(answers, pattern, first, turn_id=turn))
            turn = turn_files.c.turn_id + first
            connection.execute(_again(turn_files, pattern, first, turn_id=turn))
        for first in range(pattern, past.spends, pattern):
            # No hold has such a number: those of the copies were never made.
            connection.execute(_again(ledger, pattern, first, hold_id=-ledger.c.id - first))


def _again(table: Table, rows: int, first: int, **changed: Any) -> Insert:
    """Return a statement that inserts a table's first rows once more, with higher ids."""
    changed["id"] = table.c.id + first
    columns = [changed.get(column.name, column) for column in table.c]
    return insert(table).from_select(
        [column.name for column in table.c],
        select(*(literal(it) if isinstance(it, int) else it for it in columns)).where(
            table.c.id <= rows
        ),
    )
