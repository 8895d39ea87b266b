"""The benchmarks measure what they say they do; how long anything takes is not judged here."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from benchmarks import asking, readable, standstill
from benchmarks.figures import Figures, half_interval
from benchmarks.numbered import WIDTH, numbered


def printed(table: Table) -> str:
    """Return a table as it is printed."""
    console = Console(file=io.StringIO(), width=200)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def test_figures() -> None:
    """Many measurements come to their mean, median, 95th percentile and greatest."""
    assert Figures.of(range(100, 0, -1)) == Figures(100, 50.5, 50.5, 95, 100)


def test_one_figure() -> None:
    """A single measurement is all of its own figures."""
    assert Figures.of([3.0]) == Figures(1, 3.0, 3.0, 3.0, 3.0)


def test_half_interval() -> None:
    """What is shown four times in five seconds waits for 625 ms on average."""
    assert half_interval(4, 5.0) == pytest.approx(0.625)


def test_numbered_words() -> None:
    """Each word is a chunk of its own, says which it is, and ends a line now and then."""
    text = numbered(7, 25)
    words = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    assert [word.strip() for word in words] == [f"a007w{number:03}" for number in range(25)]
    assert text.count("\n") == 2


async def test_asking() -> None:
    """A request is seen to leave for every message, without and with a past, and for the floor."""
    size = asking.Size(rounds=2, warm_up=1, long_channels=2, turns=30)
    found = await asking.measure(size)
    assert list(found) == [asking.FLOOR, asking.EMPTY, asking.LONG, asking.COMMAND]
    assert all(it.count == size.rounds and it.median > 0 for it in found.values())
    assert "Target: median under 25.0 ms" in printed(asking.table(found, size))


async def test_readable() -> None:
    """Every word is seen to become readable, by both routes, and Discord refuses nothing."""
    size = readable.Size(words=30, crowds=(1, 2))
    cases = await readable.measure(size)
    assert [(it.route, it.answers) for it in cases] == [
        (readable.BY_MESSAGE, 1),
        (readable.BY_COMMAND, 1),
        (readable.BY_MESSAGE, 2),
        (readable.BY_COMMAND, 2),
    ]
    for it in cases:
        assert it.delay.count == it.answers * size.words
        assert it.delay.most >= it.first.median > 0
        assert it.edits >= it.answers
        assert it.refused == 0
    assert "2 by /ask" in printed(readable.table(cases, size))


async def test_standstill() -> None:
    """The bot's own process tells how long its event loop stood still, for each heavy thing."""
    size = standstill.Size(times=1, characters=5_000, turns=30)
    found = await standstill.measure(size)
    assert len(found) == 5
    assert all(it.seconds >= it.own >= 0 for it in found.values())
    assert "a prompt with 30 turns" in printed(standstill.table(found))
