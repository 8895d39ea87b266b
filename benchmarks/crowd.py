"""From a token's arrival at the bot until it can be read in Discord, for a crowd of answers."""

import sys
from dataclasses import replace

from rich.console import Group, RenderableType

from benchmarks import bare_reader
from benchmarks.crowd_case import COMMAND, MENTION, Plan, measure
from benchmarks.crowd_tables import costs_table, delays_table, named, requests_table
from benchmarks.profile_table import functions_table, parts_table

ONE = Plan(1, shortest=12.0, longest=12.0, spread=0.0)
TEN = Plan(10, shortest=10.0, longest=14.0, spread=2.0)
FIFTY = Plan(50, shortest=12.0, longest=18.0, spread=4.0)
MANY = Plan(200, shortest=20.0, longest=28.0, spread=10.0)
CROWDS = (ONE, TEN, FIFTY, MANY)

TOGETHER = replace(FIFTY, end_together=True)
"""All end in the same instant: for information, since people do not ask so."""

THOUGHTFUL = replace(TEN, thinking=250)
"""Five seconds of thinking come first: for information."""

LIVE = Plan(500, shortest=16.0, longest=24.0, spread=12.0, speed=10.0)
"""For the memory: 500 at a time, which write slowly enough for one processor."""

LATENCY = 0.1
"""Seconds a request takes in the rows for comparison."""

STREAMS, SPEED, SECONDS = 200, 50.0, 5.0

PLANS = (
    *(replace(it, route=route) for it in CROWDS for route in (MENTION, COMMAND)),
    *(replace(it, latency=LATENCY) for it in CROWDS),
    TOGETHER,
    THOUGHTFUL,
    LIVE,
)


def plan(
    answers: int,
    route: str = MENTION,
    *,
    seconds: float | None = None,
    latency: float = 0.0,
    thinking: int = 0,
) -> Plan:
    """Return the case of so many answers, or one that is made for as many."""
    fitting = next((it for it in CROWDS if it.answers >= answers), MANY)
    found = replace(fitting, answers=answers, route=route, latency=latency, thinking=thinking)
    if seconds is None:
        return found
    spread = min(fitting.spread, seconds / 2)  # so that all are written together for a while
    return replace(found, shortest=0.8 * seconds, longest=seconds, spread=spread)


async def one(wanted: Plan, *, profile: bool = False, loop: str = "uvloop") -> RenderableType:
    """Measure one case, and return its figures as they are printed."""
    case = await measure(wanted, profile=profile, loop=loop)
    tables = [delays_table([case]), requests_table([case]), costs_table([case])]
    if case.profile is not None:
        tables += [
            parts_table(case.profile),
            functions_table(case.profile, whole=False),
            functions_table(case.profile, whole=True),
        ]
    return Group(*tables)


async def run() -> RenderableType:
    """Measure all, and return the figures as they are printed."""
    cases, readers = [], []
    for each in PLANS:
        print(f"{named(each)} …", file=sys.stderr)
        if each.answers == STREAMS:  # under the same noise as what is compared with it
            readers.append(await bare_reader.measure(STREAMS, SPEED, SECONDS))
        cases.append(await measure(each))
    return Group(delays_table(cases), requests_table(cases), costs_table(cases, readers))
