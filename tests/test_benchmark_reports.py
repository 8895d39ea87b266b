"""The benchmark of reports fills a server as it says, and measures every command."""

from benchmarks.reports import measure, table_of
from bot.records.reports.sums import Span


async def test_every_command_is_measured() -> None:
    """Each report, the usage and the simulation have a line, over so many turns."""
    found = await measure(rows=2_000, runs=1)
    assert len(found) == len(Span) + 2
    assert all(0 < it.median <= it.most for it in found)
    table = table_of(found, 2_000)
    assert table.row_count == len(found)
    assert "2,000 turns" in str(table.title)
