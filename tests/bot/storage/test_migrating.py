"""How a database gets its schema."""

import asyncio
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StorageTrouble
from bot.quota.rules import Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.columns import metadata
from bot.storage.database import Database
from bot.storage.migrating import migrate, scripts
from tests.bot.storage.conftest import Look, Postgres

MIGRATE = "import sys; from bot.storage.migrating import migrate; migrate(sys.argv[1])"


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new folder' / '100%.db'}"
    lent: Postgres = request.getfixturevalue("postgres")
    return lent.empty_database()


async def test_migrated_schema_is_that_of_the_tables(url: str) -> None:
    """The migrations lead to exactly the tables that the code works with."""
    await asyncio.to_thread(migrate, url)

    def differences(connection: Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    def indexes(connection: Connection) -> dict[str, set[str | None]]:
        found = inspect(connection)
        return {
            name: {index["name"] for index in found.get_indexes(name)}
            - {unique["name"] for unique in found.get_unique_constraints(name)}
            for name in metadata.tables
        }

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(indexes) == {
            name: {index.name for index in table.indexes} for name, table in metadata.tables.items()
        }


async def test_again_changes_nothing(url: str, look: Look) -> None:
    """A database that is up to date stays as it is."""
    await asyncio.to_thread(migrate, url)
    await look("INSERT INTO quota_locks VALUES ('kept')")
    await asyncio.to_thread(migrate, url)
    assert await look("SELECT key FROM quota_locks") == [("kept",)]


async def test_processes_that_start_together_wait_for_each_other(url: str, look: Look) -> None:
    """Of several processes on a new database one migrates, and none fails."""
    starts = [
        asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, url, stderr=subprocess.PIPE, cwd=Path.cwd()
        )
        for _ in range(3)
    ]
    processes = await asyncio.gather(*starts)
    outputs = await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert await look("SELECT version_num FROM alembic_version") == [("0007",)]


async def upgraded(url: str, revision: str, *, back: bool = False) -> None:
    """Bring a database to a revision, or `back` to one."""

    def run(connection: Connection) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
        (command.downgrade if back else command.upgrade)(config, revision)

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run)


ROWS = (
    # kind, server, person, channel, its parent, quarter of an hour, and within it, tokens
    ("spend", 1, 20, 10, None, 1_970_000, 0, 5),
    ("spend", 1, 20, 10, None, 1_970_000, 899_999_999, 7),
    ("spend", 1, 20, 10, None, 1_970_001, 0, 11),
    ("spend", 1, 21, 11, 10, 1_970_000, 5, 13),
    ("correction", 1, 21, 11, 10, 1_970_000, 6, -2),
    ("spend", None, 20, 50, None, 1_970_000, 7, 17),
    ("spend", 2, 20, 60, None, 1_970_000, 8, 19),
)


DAY = [
    ("bot", 0, 0, 70),
    ("channel", 0, 50, 17),
    ("channel", 1, 10, 34),
    ("channel", 2, 60, 19),
    ("guild", 1, 0, 34),
    ("guild", 2, 0, 19),
    ("member", 0, 20, 17),
    ("member", 1, 20, 23),
    ("member", 1, 21, 11),
    ("member", 2, 20, 19),
    ("thread", 1, 11, 11),
]
"""What it comes to: server, target, tokens."""


async def test_an_old_ledger_is_summed_up(url: str, look: Look) -> None:
    """What the first version of the ledger holds is there in sums, and stays row by row."""
    if url.startswith("sqlite"):
        Path(url.partition("///")[2]).parent.mkdir()
    await upgraded(url, "0001")
    for number, (*place, quarter, within, tokens) in enumerate(ROWS, start=1):
        at = quarter * 900_000_000 + within
        names = dict(zip(("kind", "guild", "user", "channel", "parent"), place, strict=True))
        await look(
            "INSERT INTO ledger (hold_id, kind, guild_id, user_id, channel_id, parent_channel_id,"
            " at, settled_at, requests, tokens, cost_micros, estimated) VALUES (:number, :kind,"
            " :guild, :user, :channel, :parent, :at, :at, 1, :tokens, :cost, false)",
            **names,
            number=number,
            at=at,
            tokens=tokens,
            cost=100 * tokens,
        )
    rows = "SELECT hold_id, kind, guild_id, user_id, at, tokens FROM ledger ORDER BY id"
    old = await look(rows)
    await asyncio.to_thread(migrate, url)
    assert await look(rows) == old
    assert await look("SELECT count(*) FROM ledger WHERE grant_id = 0") == [(len(ROWS),)]
    sums = await look(
        "SELECT scope, guild_id, target_id, span - 1970000, requests, tokens, cost_micros"
        " FROM ledger_sums WHERE span >= 0 ORDER BY scope, guild_id, target_id, span"
    )
    assert [(*where, tokens) for *where, requests, tokens, cost in sums] == [
        ("bot", 0, 0, 0, 59),
        ("bot", 0, 0, 1, 11),
        ("channel", 0, 50, 0, 17),
        ("channel", 1, 10, 0, 23),
        ("channel", 1, 10, 1, 11),
        ("channel", 2, 60, 0, 19),
        ("guild", 1, 0, 0, 23),
        ("guild", 1, 0, 1, 11),
        ("guild", 2, 0, 0, 19),
        ("member", 0, 20, 0, 17),
        ("member", 1, 20, 0, 12),
        ("member", 1, 20, 1, 11),
        ("member", 1, 21, 0, 11),
        ("member", 2, 20, 0, 19),
        ("thread", 1, 11, 0, 11),
    ]
    assert all(int(str(cost)) == 100 * int(str(tokens)) for *_, tokens, cost in sums)
    assert [requests for scope, *_, requests, _, _ in sums if scope == "bot"] == [6, 1]
    days = await look(
        "SELECT scope, guild_id, target_id, requests, tokens FROM ledger_sums"
        " WHERE span = -1 - 1970000 / 96 ORDER BY scope, guild_id, target_id"
    )
    assert [(*where, tokens) for *where, _, tokens in days] == DAY
    assert [requests for scope, *_, requests, _ in days if scope == "bot"] == [7]
    assert await look("SELECT count(*) FROM ledger_sums WHERE span < 0") == [(len(DAY),)]
    await sums_are_those_of_the_ledger(url)
    await upgraded(url, "0001", back=True)
    assert await look(rows) == old


async def test_answers_that_grow_are_to_be_shown(url: str, look: Look) -> None:
    """Of what an older version left behind, what was running is to be shown; nothing is lost."""
    if url.startswith("sqlite"):
        Path(url.partition("///")[2]).parent.mkdir()
    await upgraded(url, "0003")
    await look(
        "INSERT INTO conversations (channel_id, window_start, cleared_turn_id, told_of_loss)"
        " VALUES (5, 0, 0, false)"
    )
    await look(
        "INSERT INTO turns (conversation_id, author_id, author_name, author_username, text, tokens,"
        " asked_at, pinned) VALUES (1, 7, 'Ann', 'ann', 'Why?', 1, 0, false)"
    )
    for state in ("complete", "running"):
        await look(
            "INSERT INTO answers (turn_id, hold_id, state, model, text, thinking, tokens,"
            " estimated_prompt_tokens, started_at, drafted_at, stale)"
            " VALUES (1, 1, :state, 'm', 'So.', '', 1, 1, 0, 0, false)",
            state=state,
        )
    await asyncio.to_thread(migrate, url)
    marked = await look("SELECT state, text FROM answers WHERE unshown")
    assert marked == [("running", "So.")]
    await upgraded(url, "0005", back=True)
    kept = await look("SELECT id, state, text FROM answers ORDER BY id")
    assert kept == [(1, "complete", "So."), (2, "running", "So.")]
    await asyncio.to_thread(migrate, url)
    assert await look("SELECT state FROM answers WHERE unshown") == [("running",)]


async def sums_are_those_of_the_ledger(url: str) -> None:
    """Check that the ledger reads an old month from its sums."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=15) * 1_970_000
    whole = timedelta(minutes=15)
    defaults = (Rule(Scope.DEFAULT, Meter.TOKENS, Window.MONTH, 1_000),)
    ceiling = Rule(Scope.BOT, Meter.TOKENS, Window.MONTH, 1_000)
    database = await Database.open(url, clock=lambda: at, defaults=defaults, ceiling=ceiling)
    async with database.reading() as tx:
        for subject, used in (
            (Subject(20, 1, 10), [23, 70]),
            (Subject(21, 1, 10), [11, 70]),
            (Subject(20, None, 50), [17, 70]),
        ):
            standings = await tx.ledger.standings(subject, at + whole)
            assert [it.used for it in standings] == used
    await database.close()


async def test_old_windows_are_kept(url: str, look: Look) -> None:
    """Where the past begins, and that a loss was told, is known after the migration, and back."""
    if url.startswith("sqlite"):
        Path(url.partition("///")[2]).parent.mkdir()
    await upgraded(url, "0003")
    for channel, start, told in ((5, 0, False), (6, 40, False), (7, 50, True)):
        await look(
            "INSERT INTO conversations (channel_id, window_start, cleared_turn_id, told_of_loss)"
            " VALUES (:channel, :start, 0, :told)",
            channel=channel,
            start=start,
            told=told,
        )
    old = await look("SELECT id, window_start, told_of_loss FROM conversations ORDER BY id")
    await asyncio.to_thread(migrate, url)
    assert await look("SELECT * FROM past_windows ORDER BY start") == [
        (old[1][0], 0, 40, 0, 0, None),
        (old[2][0], 0, 50, 0, 0, 0),
    ]
    await look("INSERT INTO past_windows VALUES (:first, 11, 30, 0, 0, NULL)", first=old[0][0])
    await upgraded(url, "0003", back=True)
    assert await look("SELECT id, window_start, told_of_loss FROM conversations ORDER BY id") == old


async def test_schema_of_another_version(url: str, look: Look) -> None:
    """A database that a newer version has migrated is left alone."""
    await asyncio.to_thread(migrate, url)
    await look("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageTrouble) as caught:
        await asyncio.to_thread(migrate, url)
    assert caught.value.kind == "unsuitable"
    assert await look("SELECT version_num FROM alembic_version") == [("9999",)]


def test_migrations_are_found_from_anywhere() -> None:
    """The migrations are found through the program itself, not through the current folder."""
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from bot.storage.migrating import scripts; print(scripts())",
        ],
        cwd=tempfile.gettempdir(),
        env={"PYTHONPATH": str(scripts().parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == scripts()
    assert (scripts() / "env.py").is_file()
