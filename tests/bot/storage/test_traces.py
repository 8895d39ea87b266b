"""When the last traces of forgotten words leave the database's files: what is told comes true."""

from pathlib import Path

import pytest
import structlog

from bot.memory.forgetting import PURGED_AT_ONCE, Forgetting
from bot.messages import Person, Place, Question
from bot.ports import Transaction
from bot.records.erasures import Traces
from bot.storage.database import Database
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW, OpenDatabase
from tests.bot.storage.test_purging import is_left, leave_traces

ADA = Person(11, "Ada", "ada")


def forgetting(database: Database, at_once: int = PURGED_AT_ONCE) -> Forgetting:
    """Return what forgets, and writes files of at most so many bytes anew at once."""
    log = structlog.get_logger()
    return Forgetting(
        database, Turns(), database, now=lambda: NOW, log=log, purged_at_once=at_once, again=()
    )


async def forget(database: Database, at_once: int) -> Traces:
    """Let Ada say something and have it forgotten; return what she is told of the traces."""

    async def ask(tx: Transaction) -> None:
        question = Question(ADA, Place(5, 3), "Hello!", NOW, message_id=1)
        await tx.history.ask(await tx.history.open(question.place), question, 1)
        await tx.commit()

    await database.write(ask)
    work = forgetting(database, at_once)
    told = await work.traces()
    await work.forget(ADA.id, NOW)
    await work.settled()
    return told


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("told", [Traces.NOW, Traces.NEXT_START])
async def test_what_is_told_comes_true(
    open_database: OpenDatabase, tmp_path: Path, kind: str, told: Traces
) -> None:
    """A small file loses them at once, one that is larger than may be only at the next start."""
    del kind
    file = tmp_path / "threadlight.db"
    first = await open_database()
    leave_traces(file)
    size = await first.size()
    assert size is not None
    spare = 100_000  # for what is said meanwhile
    assert await forget(first, size + spare if told is Traces.NOW else size - 1) is told
    assert is_left(file) == (told is Traces.NEXT_START)
    await first.close()
    await open_database()
    assert not is_left(file)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_a_servers_files_are_not_ours(database: Database, kind: str) -> None:
    """On PostgreSQL they go when the server sees to it, however small its files are."""
    del kind
    assert await database.size() is None
    assert await forgetting(database).traces() is Traces.SERVER
