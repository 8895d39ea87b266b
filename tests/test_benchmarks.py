"""The benchmarks measure what they say they do; how long anything takes is not judged here."""

import io
from itertools import chain, pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from benchmarks import asking, bare_reader, crowd, ledger, standstill, tokens
from benchmarks.children import Cost
from benchmarks.crowd_case import COMMAND, MENTION, Plan, measure
from benchmarks.crowd_tables import costs_table, delays_table, requests_table
from benchmarks.figures import Figures
from benchmarks.floor import CHANNEL, INTERACTION, Lane, floor, floor_of
from benchmarks.load import Costs, Span
from benchmarks.numbered import MOST_WORDS, WORDS_A_PARAGRAPH, Wish, span, word, words_in
from benchmarks.profile_table import Profile, functions_table, part_of, parts_table
from benchmarks.sampling import Sampler
from benchmarks.seen_words import Reader, delays
from benchmarks.shortcut import CREATES, EDITS, INTERACTION_EDITS, OTHERS, kind_of


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


def test_numbered_words() -> None:
    """Each word says which it is, and ends a line or a paragraph now and then."""
    text = "".join(word(number) for number in range(2 * WORDS_A_PARAGRAPH))
    assert words_in(text) == list(range(2 * WORDS_A_PARAGRAPH))
    assert text.count("\n\n") == 2
    assert span(f"Below a heading\n{text[700:]}\n-# 3 s · 500 tokens") == (140, 143)
    assert span("what will they write?") is None
    assert span(word(7) + word(8) + "-" * 1000) == (7, 8)
    assert words_in(word(MOST_WORDS - 1)) == [MOST_WORDS - 1]


def test_wish() -> None:
    """What a bot was asked is read from what it asks the model, the last of several wishes."""
    first, second = Wish(1, 20, 50.0), Wish(7, 1200, 12.5, thinking=30, until=12345.678)
    assert Wish.read(f"Ada: please write {first}. And then: please write {second}.") == second
    assert Wish.read("Say something short.") is None


def steady(seconds: float, start: float = 0.0, speed: float = 50.0) -> list[float]:
    """Return when the tokens of an answer come."""
    return [start + number / speed for number in range(round(seconds * speed))]


@pytest.mark.parametrize(("lane", "seconds"), [(CHANNEL, 0.5), (INTERACTION, 0.2)])
def test_floor_of_one(lane: Lane, seconds: float) -> None:
    """A token of a lone answer waits for half the time between two edits on average."""
    assert floor_of([steady(20)], lane).mean == pytest.approx(seconds, rel=0.05)


@pytest.mark.parametrize("late", [0.0, 0.001])
def test_floor_of_a_beat(late: float) -> None:
    """Tokens that come a trifle after the beat of the edits do not wait a whole gap longer."""
    tokens = [at + late * (number > 0) for number, at in enumerate(steady(20))]
    assert floor_of([tokens], INTERACTION).mean == pytest.approx(0.19, rel=0.03)


def test_floor_of_many() -> None:
    """200 channels share 50 edits a second, four seconds a turn; interactions share nothing."""
    crowd_of = [steady(30, start=number / 50) for number in range(200)]
    assert floor_of(crowd_of, CHANNEL).mean == pytest.approx(2.0, rel=0.1)
    assert floor_of(crowd_of, INTERACTION).mean == pytest.approx(0.2, rel=0.05)


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(0.1, 8)), min_size=1, max_size=80),
    st.sampled_from([CHANNEL, INTERACTION]),
)
def test_floor_keeps_to_the_limits(answers: list[tuple[float, float]], lane: Lane) -> None:
    """Every token is shown once it is there, and no lane nor all of them go over their limit."""
    arrivals = [steady(seconds, start, speed=20) for start, seconds in answers]
    arrivals = [it for it in arrivals if it]
    shown = [
        sorted({round(at + delay, 6) for at, delay in zip(times, delays, strict=True)})
        for times, delays in zip(arrivals, floor(arrivals, lane), strict=True)
    ]
    assert all(delay >= 0 for delays in floor(arrivals, lane) for delay in delays)
    assert all(b - a >= lane.gap - 1e-5 for edits in shown for a, b in pairwise(edits))
    if lane.counts_globally:
        edits = sorted(chain.from_iterable(shown))
        assert all(b - a >= 1 - 1e-4 for a, b in zip(edits, edits[50:], strict=False))


@given(st.lists(st.floats(0, 3), min_size=5, max_size=40))
def test_nothing_beats_the_floor(gaps: list[float]) -> None:
    """Edits at any times that a channel allows show an even stream hardly sooner on average."""
    tokens, edits = steady(20, speed=10), [0.0]
    for gap in [*gaps, *[20.0] * 2]:
        edits.append(max(edits[-1] + gap, edits[-5] + 5.0 if len(edits) >= 5 else 0.0))
    waits = [min(edit for edit in edits if edit >= token) - token for token in tokens]
    assert sum(waits) / len(waits) >= floor_of([tokens], CHANNEL).mean * 0.95


async def test_reader() -> None:
    """A word can be read from the first message on that shows it; those never shown are told."""
    reader, text = Reader(), "".join(word(number) for number in range(300))
    reader.look(1, text[:50], growing=True)
    reader.look(1, text[:500], growing=True)
    reader.look(2, text[:50], growing=True)
    reader.look(1, f"{text[505:]}\n-# 3 s · 300 tokens", growing=False)
    await reader.until_ended([1], timeout=1)
    readable = reader.readable(1, 300)
    found = [it for it in readable if it is not None]
    assert found == sorted(found)
    assert len(set(found)) == 3
    assert len(delays([0.0] * 300, readable)) == len(found) < 300
    assert reader.ended.keys() == {1}
    assert not reader.torn


def test_torn_answer() -> None:
    """A finished message that skips a word is noticed."""
    reader = Reader()
    reader.look(1, f"{word(0)}{word(2)}\n-# 3 s · 300 tokens", growing=False)
    assert reader.torn == {1}


def test_costs() -> None:
    """What a process costs between two looks is reckoned in proportion."""
    costs = Costs([Cost(10.0, 1.0, 5e6), Cost(12.0, 2.0, 9e6), Cost(14.0, 2.2, 7e6)])
    assert costs.cpu_between(11.0, 13.0) == pytest.approx(0.6)
    assert costs.share(10.0, 14.0) == pytest.approx(0.3)
    assert costs.growth() == 4e6


def test_steady_span() -> None:
    """Costs a token are reckoned while all answers are written, or over all where they miss."""
    assert Span.steady([steady(10), steady(12, start=4)]) == Span(4.0, 9.98, 2 * 300)
    assert Span.steady([steady(1), steady(1, start=4)]) == Span(0.0, 4.98, 100)


def test_sampling() -> None:
    """The function that is busy has the CPU time, and those that call it have it in the whole."""

    def busy() -> None:
        end = process_time() + 0.1
        while process_time() < end:
            pass

    sampler = Sampler()
    sampler.start()
    busy()
    found = sampler.stop()
    own, whole = (
        sum(seconds for name, seconds in found[kind].items() if "busy" in name)
        for kind in ("own", "whole")
    )
    assert 0.03 < own <= whole


def test_profile_tables() -> None:
    """CPU is told by part and by function, as a share and for each token."""
    own = {"discord/http.py:9 HTTPClient.request": 0.03, "bot/app.py:9 serve": 0.01}
    profile = Profile(own, {**own, "bot/app.py:9 serve": 0.04}, 0.0, 1.0, tokens=1_000)
    parts = printed(parts_table(profile))
    assert "discord.py" in parts
    assert "75.0%" in parts
    assert "30.0" in parts
    assert "25.0%" in printed(functions_table(profile, whole=False))
    assert "100.0%" in printed(functions_table(profile, whole=True))


@pytest.mark.parametrize(
    ("function", "part"),
    [
        ("aiohttp/streams.py:9 StreamReader.read", "aiohttp"),
        ("somewhere/bot/render/pages.py:9 Pager.pages", "bot/render/pages.py"),
        ("bot/app.py:9 serve", "bot/app.py"),
        ("json/decoder.py:9 decode", "the rest of Python"),
    ],
)
def test_parts(function: str, part: str) -> None:
    """A function counts for its library, and for its own file where it is ours."""
    assert part_of(function) == part


async def test_asking() -> None:
    """A request is seen to leave for every message, without and with a past, and for the floor."""
    size = asking.Size(rounds=2, warm_up=1, long_channels=2, turns=30)
    found = await asking.measure(size)
    assert list(found) == [asking.FLOOR, asking.EMPTY, asking.LONG, asking.COMMAND]
    assert all(it.count == size.rounds and it.median > 0 for it in found.values())
    assert "Target: median under 25.0 ms" in printed(asking.table(found, size))


async def test_crowd_by_mention() -> None:
    """Every word is seen to become readable, on a slow way too, and Discord refuses nothing."""
    plan = Plan(3, shortest=1.0, longest=2.0, spread=0.3, latency=0.02, thinking=10)
    case = await measure(plan)
    assert case.delay.count == case.floor.count == 50 + 75 + 100
    assert case.tokens == case.delay.count + 3 * plan.thinking
    assert case.seen == 1
    assert not case.torn
    assert case.start.count == case.first.count == case.finish.count == 3
    assert case.first.most >= plan.latency / 2
    assert case.sent["creates"] == 3
    assert case.sent["edits"] >= 3
    assert case.refused == {}
    assert case.cpu_per_token > 0
    assert len(case.shares) == 3
    assert case.idle >= 0
    assert case.others >= 0
    for table in (delays_table, requests_table, costs_table):
        assert "3 by mention, 20 ms, 10 thought" in printed(table([case]))


async def test_crowd_by_command() -> None:
    """Answers to a command are edited by the interaction's route, and can be profiled."""
    plan = Plan(2, COMMAND, shortest=1.0, longest=1.5, spread=0.1, end_together=True)
    case = await measure(plan, profile=True)
    assert case.seen == 1
    assert case.sent["interaction edits"] >= 2
    assert case.sent["creates"] == case.sent["edits"] == 0
    assert case.profile is not None
    assert 0 < case.profile.tokens < case.tokens


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/channels/1/messages", CREATES),
        ("PATCH", "/channels/1/messages/2", EDITS),
        ("DELETE", "/channels/1/messages/2", OTHERS),
        ("POST", "/channels/1/typing", OTHERS),
        ("POST", "/interactions/1/token/callback", OTHERS),
        ("PATCH", "/webhooks/1/token/messages/@original", INTERACTION_EDITS),
        ("POST", "/webhooks/1/token", CREATES),
    ],
)
def test_kinds_of_requests(method: str, path: str, kind: str) -> None:
    """Requests are counted by what they do, and those for an interaction's message apart."""
    assert kind_of(method, f"/api/v10{path}") == kind


async def test_second_message() -> None:
    """What stands in an answer's second message is seen, by the interaction's route too."""
    case = await measure(Plan(1, COMMAND, shortest=2.0, longest=2.0, spread=0.0, speed=450.0))
    assert case.seen == 1
    assert case.sent["creates"] == 1


async def test_bare_reader() -> None:
    """The bare reader reads every stream, and what it takes a token is told beside the bot's."""
    bare = await bare_reader.measure(streams=3, speed=40.0, seconds=0.5)
    assert bare.cpu_per_token > 0
    assert bare.tokens_a_read > 0
    assert "a bare aiohttp client of 3" in printed(costs_table([], [bare]))


def test_plans() -> None:
    """The crowd is measured at 1, 10, 50 and 200 by both routes, and at 500 for the memory."""
    plans = {(it.answers, it.route) for it in crowd.PLANS if it.latency == 0}
    assert plans >= {(count, route) for count in (1, 10, 50, 200) for route in (MENTION, COMMAND)}
    assert {it.answers for it in crowd.PLANS if it.latency} == {1, 10, 50, 200}
    assert max(it.answers for it in crowd.PLANS) == 500


@pytest.mark.parametrize(("answers", "seconds"), [(1, None), (30, 5.0), (200, 2.0)])
def test_one_plan(answers: int, seconds: float | None) -> None:
    """A case that is asked for has as many answers, the longest as long as is said."""
    plan = crowd.plan(answers, seconds=seconds, latency=0.1)
    assert len(plan.wishes()) == plan.answers == answers
    assert plan.latency == 0.1
    if seconds is not None:
        assert max(it.words for it in plan.wishes()) == seconds * plan.speed


async def test_standstill() -> None:
    """The bot's own process tells how long its event loop stood still, for each heavy thing."""
    size = standstill.Size(times=1, characters=5_000, turns=30)
    found = await standstill.measure(size)
    assert len(found) == 5
    assert all(it.seconds >= it.own >= 0 for it in found.values())
    assert "a prompt with 30 turns" in printed(standstill.table(found))


async def test_ledger() -> None:
    """Pairs of reserve and settle are timed with a small ledger and with one filled by SQL."""
    size = ledger.Size(rows=3_000, rounds=1, pairs=20, at_once=5)
    found = await ledger.measure(size)
    assert [it.rows for it in found] == [ledger.FEW, 3_000]
    assert all(len(it.pairs) == 20 and it.per_second > 0 for it in found)
    told = printed(ledger.table(found, size))
    assert "Ratio of the medians" in " ".join(told.split())
    assert "3,000" in told


def test_token_floor() -> None:
    """The floor of estimates looks at each character of a text once, of whatever script."""
    text = tokens.repeated("light 灯塔 😀\n", 1_000)
    assert len(text) == tokens.floor(text) == 1_000
    assert tokens.speed(tokens.floor, text * 100) > 0
