"""The benchmark of forgetting fills a database as it says, and forgets all of a person."""

from benchmarks.forgetting import Size, measure, table_of


async def test_counting_and_forgetting_are_measured() -> None:
    """Both find all of the person's turns, and each has a line."""
    size = Size(turns=2_000, channels=4, among=2, own=50)
    found = await measure(size)
    assert [it.found.questions for it in found] == [50, 50]
    assert all(0 < it.loop <= it.cpu for it in found)
    table = table_of(found, size)
    assert table.row_count == 2
    assert "50 of 2,000 turns" in str(table.title)
