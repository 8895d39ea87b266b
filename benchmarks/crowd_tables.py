"""The crowd's figures, as they are printed."""

from collections.abc import Sequence
from http import HTTPStatus
from statistics import median

from rich.table import Table

from benchmarks.bare_reader import Bare
from benchmarks.crowd_case import Case, Plan
from benchmarks.figures import ms, times
from benchmarks.shortcut import CREATES, EDITS, INTERACTION_EDITS, OTHERS

RATIO = 1.25
READER_RATIO = 1.5
GROWTH_MB = 100


def delays_table(cases: Sequence[Case]) -> Table:
    """Return how long people wait."""
    shown = Table(
        title="From a token's arrival at the bot until it can be read in Discord, in ms",
        caption=(
            "Floor: the least that Discord's limits allow. "
            "Start: from a question to its request at the model. First: the first token.\n"
            "Finish: from the last token to the final text, with its closing line. "
            "Seen: the part of all tokens that could be read at some time. "
            f"Target: {RATIO} times the floor."
        ),
    )
    _add_columns(
        shown,
        *("mean", "p95", "floor", "ratio"),
        *("start p95", "first", "first p95", "finish", "finish p95", "seen"),
    )
    for it in cases:
        shown.add_row(
            named(it.plan),
            *(ms(each) for each in (it.delay.mean, it.delay.p95, it.floor.mean)),
            times(it.delay.mean, it.floor.mean),
            ms(it.start.p95),
            *(ms(each) for each in (it.first.mean, it.first.p95, it.finish.mean, it.finish.p95)),
            _seen(it),
        )
    return shown


def requests_table(cases: Sequence[Case]) -> Table:
    """Return what the bot asked of Discord, and what Discord refused."""
    shown = Table(
        title="Requests of the bot",
        caption="Creates: new messages by any route. Others: deferrals, typing. Target: no 429.",
    )
    kinds = (CREATES, EDITS, INTERACTION_EDITS, OTHERS)
    _add_columns(shown, *kinds, "in all", "429", "refused otherwise")
    for it in cases:
        too_many = it.refused.get(HTTPStatus.TOO_MANY_REQUESTS, 0)
        shown.add_row(
            named(it.plan),
            *(str(it.sent.get(kind, 0)) for kind in kinds),
            str(sum(it.sent.values())),
            str(too_many),
            str(sum(it.refused.values()) - too_many),
        )
    return shown


def costs_table(cases: Sequence[Case], readers: Sequence[Bare] = ()) -> Table:
    """Return what it took of the machine; the readers are those of the same run."""
    reader = median(it.cpu_per_token for it in readers) if readers else None
    shown = Table(
        title="What it takes: µs of the bot's CPU per token, MB of its memory, processors",
        caption=(
            f"{_told_of(readers)}µs each: while nine of ten answers were being written; in all: "
            "with the questions and the ends. RSS: its growth.\n"
            "Processors: how many the bot, the model, Discord and other processes took; idle: how "
            "many nobody did.\n"
            "Late: how late the model wrote a token at most, in ms. Nothing idle and much late: "
            "the machine was full."
        ),
    )
    _add_columns(
        shown,
        *("µs each", "to reader", "in all", "RSS"),
        *("bot", "model", "Discord", "others", "idle", "late"),
    )
    for it in cases:
        shown.add_row(
            named(it.plan),
            f"{it.cpu_per_token * 1e6:.0f}",
            times(it.cpu_per_token, reader) if reader else "",
            f"{it.cpu_per_token_in_all * 1e6:.0f}",
            f"{it.growth / 1e6:.0f}",
            *(f"{share:.2f}" for share in it.shares),
            f"{it.others:.2f}",
            f"{it.idle:.2f}",
            ms(it.late),
        )
    return shown


def named(it: Plan) -> str:
    """Return what a row is called."""
    name = f"{it.answers} by {it.route}"
    if it.latency:
        name += f", {it.latency * 1000:.0f} ms"
    if it.thinking:
        name += f", {it.thinking} thought"
    return f"{name}, one end" if it.end_together else name


def _seen(case: Case) -> str:
    """Return the part of all tokens that could be read, and how many messages skip a word."""
    part = "all" if case.seen == 1 else f"{case.seen:.2%}"
    return f"{part}, {case.torn} torn" if case.torn else part


def _add_columns(table: Table, *names: str) -> None:
    table.add_column("at a time", no_wrap=True)
    for name in names:
        table.add_column(name, justify="right")


def _told_of(readers: Sequence[Bare]) -> str:
    if not readers:
        return ""
    took = ", ".join(f"{it.cpu_per_token * 1e6:.0f}" for it in readers)
    read = ", ".join(f"{it.tokens_a_read:.1f}" for it in readers)
    return (
        f"The reader: a bare aiohttp client of {readers[0].streams} such streams on asyncio's own "
        f"loop took {took} µs a token, with {read} tokens a read.\n"
        f"Targets: {READER_RATIO} times the reader at 200, under {GROWTH_MB} MB at 500.\n"
    )
