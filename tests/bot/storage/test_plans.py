"""How SQLite finds what every turn reads, however much there is."""

from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Executable
from sqlalchemy.dialects import sqlite

from bot.quota.rules import Amounts, Subject, Use
from bot.storage.echoes import EchoBook
from bot.storage.erasures import ErasureBook
from bot.storage.history import TurnHistory
from bot.storage.past import past_of
from bot.storage.quick import Given, Prepared, Rows
from bot.storage.sums import Counted, Sums
from bot.storage.terms import terms_of
from bot.storage.work import AnyRow, Values, Work
from tests.bot.storage.conftest import NOW, Look, OpenDatabase


@pytest.fixture
def kind() -> str:
    """PostgreSQL decides by what a table holds."""
    return "sqlite"


class Noting(Work):
    """Notes statements of every turn instead of running them."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    @property
    def is_postgres(self) -> bool:
        """Tell that this is SQLite."""
        return False

    async def quick(self, prepared: Prepared, values: Given | list[Given]) -> Rows:
        """Note it."""
        prepared.prepare(values[0] if isinstance(values, list) else values)
        self.noted.append(prepared.text)
        return ()


async def searches(look: Look, work: Noting, table: str) -> list[str]:
    """Return by which columns of which index rows of a table are sought."""
    [statement] = work.noted
    # Places without values will do: the plan does not depend on them.
    plan = await look(f"EXPLAIN QUERY PLAN {statement.replace('?', 'NULL')}")
    details = [str(row[-1]) for row in plan]
    assert not [it for it in details if it.startswith(f"SCAN {table}")]
    return [it.partition(" USING ")[2] for it in details if it.startswith(f"SEARCH {table} ")]


class Asking(Work):
    """Notes statements with their values instead of running them."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[AnyRow]:
        """Note it."""
        del values
        assert isinstance(statement, ClauseElement)
        written = statement.compile(
            dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
        )
        self.noted.append(str(written))
        return ()


async def test_allowances(open_database: OpenDatabase, look: Look) -> None:
    """Grants and resets are sought among allowances, past all that a person spent."""
    await open_database()
    work = Noting()
    await terms_of(work, Subject(1, 2, 3), NOW)
    index = "INDEX ix_ledger_allowances (user_id=? AND guild_id=? AND kind=?)"
    found = await searches(look, work, "ledger")
    assert [it.removeprefix("COVERING ") for it in found] == [index, index]


async def test_sums(open_database: OpenDatabase, look: Look) -> None:
    """Of a month each span's row is found by its whole key; edges are within an index."""
    await open_database()
    start = datetime(2026, 3, 1, 0, 1, tzinfo=UTC)
    for use in (Use(), Use(guild_id=1), Use(user_id=2, guild_id=1), Use(channel_id=3, guild_id=1)):
        work = Noting()
        found = await Sums(work).of([Counted(use, start, start + timedelta(days=31))])
        assert {it.used for it in found.values()} == {Amounts()}
        key = "PRIMARY KEY (span=? AND scope=? AND guild_id=? AND target_id=?)"
        assert await searches(look, work, "ledger_sums") == [key]
        edges = await searches(look, work, "ledger")
        assert len(edges) == 2
        assert all(it.endswith("at>? AND at<?)") for it in edges)


class Reading(Noting):
    """Answers that a window has moved, so that all is read; notes the statements."""

    async def quick(self, prepared: Prepared, values: Given | list[Given]) -> Rows:
        """Note it, and return what there is of a conversation."""
        await super().quick(prepared, values)
        if "past_windows" in prepared.text:
            return [(50, 9, 9, None)]
        if len(self.noted) == 1:
            return [(10,)]
        return [(60, 1, "Ann", "ann", "Why?", 1, 0, None, None, None, None)] * ("until" in values)


async def test_the_past(open_database: OpenDatabase, look: Look) -> None:
    """Turns are found by their conversation, pinned ones among the pinned, files by their turns.

    So are windows.
    """
    await open_database()
    work = Reading()
    await past_of(work, 1, 2, 9)
    plans = []
    for statement in work.noted:
        plan = await look(f"EXPLAIN QUERY PLAN {statement.replace('?', 'NULL')}")
        details = [str(row[-1]) for row in plan]
        assert not [it for it in details if it.startswith("SCAN") and "CONSTANT" not in it]
        plans.append(" ".join(details))
    assert len(plans) == 6
    assert "SEARCH past_windows" in plans[1]
    assert "(conversation_id=? AND viewer_id=?)" in plans[1]
    assert "ix_turns_conversation_id (conversation_id=? AND id>? AND id<?)" in plans[2]
    assert "ix_turns_pinned (conversation_id=? AND id>? AND id<?)" in plans[3]
    assert "ix_turn_files_pinned (turn_id>? AND turn_id<?)" in plans[4]
    assert "ix_turns_conversation_id (conversation_id=? AND id>?)" in plans[5]
    assert "ix_turn_files_turn_id (turn_id=?)" in plans[5]


async def test_ends_to_show(open_database: OpenDatabase, look: Look) -> None:
    """Running answers, and those whose end is to be shown, are found among the marked alone."""
    await open_database()
    work = Asking()
    history = TurnHistory(work, lambda: NOW)
    await history.running()
    await history.unshown(NOW, NOW)
    await history.unshown_in(5)
    assert len(work.noted) == 3
    for statement in work.noted:
        plan = await look(f"EXPLAIN QUERY PLAN {statement}")
        first = next(detail for *_, detail in plan)
        assert first == "SCAN answers USING INDEX ix_answers_unshown"


async def test_what_prompts_took(open_database: OpenDatabase, look: Look) -> None:
    """The latest reports are found from the latest turns on, not among all answers."""
    await open_database()
    work = Noting()
    await TurnHistory(work, lambda: NOW).token_ratios_of(1)
    [statement] = work.noted
    plan = await look(f"EXPLAIN QUERY PLAN {statement.replace('?', 'NULL')}")
    details = " ".join(str(row[-1]) for row in plan)
    assert "ix_turns_conversation_id (conversation_id=? AND id>?)" in details
    assert "ix_answers_turn_id (turn_id=?)" in details


async def test_commands_of_deleted_answers(open_database: OpenDatabase, look: Look) -> None:
    """However many answers go together, one statement finds their questions, by who asked when."""
    await open_database()
    work = Asking()
    await TurnHistory(work, lambda: NOW).retract_with(*range(100))
    [statement] = work.noted
    details = [str(row[-1]) for row in await look(f"EXPLAIN QUERY PLAN {statement}")]
    assert not [it for it in details if it.startswith("SCAN")]
    index = "SEARCH copies USING INDEX ix_turns_asked_by_command (author_id=? AND asked_at=?)"
    assert index in details


class Paging(Asking):
    """Notes what is read page by page as well."""

    async def pages(
        self, prepared: Prepared, values: Given, size: int
    ) -> AsyncGenerator[Sequence[Any], None]:
        """Note it."""
        del size
        prepared.prepare(values)
        self.noted.append(prepared.text.replace("?", "1"))
        nothing: tuple[Sequence[Any], ...] = ()
        for page in nothing:
            yield page


async def test_what_somebody_said(open_database: OpenDatabase, look: Look) -> None:
    """A person's turns, and what others said around them, are found without reading all turns."""
    await open_database()
    work = Paging()
    erasures, echoes = ErasureBook(work), EchoBook(work)
    await erasures.turns_of(1, NOW)
    await erasures.quotes_of(1, NOW)
    await echoes.turns(1, NOW)
    await echoes.own_words(1, [2, 3])
    await echoes.others_words(4, 1, 0, 9)
    await echoes.answers(4, 1, range(9), (0, 0), 9)
    await echoes.answers(4, 1, range(9), (0, 0), 9, NOW, NOW)
    await echoes.said_elsewhere(1, [4], 9)
    assert len(work.noted) == 9
    for statement in work.noted:
        plan = await look(f"EXPLAIN QUERY PLAN {statement}")
        details = [str(row[-1]) for row in plan]
        assert not [it for it in details if it.startswith(("SCAN turns", "SCAN answers"))], details
