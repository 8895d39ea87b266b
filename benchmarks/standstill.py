"""For how long the bot's event loop stands still while it does what is heavy."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from rich.table import Table

from benchmarks.house import House, Standstill, open_house
from benchmarks.past import Past, remember
from bot.messages import Person, Place
from sandbox.discord.model import Channel
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.scripts import page
from sandbox.openrouter.server import OpenRouterServer

MOST = 0.05
"""Seconds: what no standstill may last."""

FAST = 2_000.0
"""Tokens a second: some thirty times as fast as a model writes."""

IDLE = 1.0
"""Seconds in which nothing happens, for comparison."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, so many times each."""

    times: int = 5
    characters: int = 40_000
    turns: int = 2_000


async def measure(size: Size) -> dict[str, Standstill]:
    """Let the bot do what is heavy, one thing after the other."""
    async with open_house(OpenRouterServer(tokens_per_second=math.inf)) as house:
        long, *others = house.channels("heavy", 2 + 3 * size.times)
        fresh = iter(others)
        await _remember(house, long, size.turns)
        short, text = Reply(text="A lighthouse."), Reply(text=_markdown(size.characters))
        slower = replace(text, tokens_per_second=FAST)
        cases: dict[str, Callable[[], Awaitable[object]]] = {
            "nothing": lambda: asyncio.sleep(IDLE),
            "a short answer": lambda: _answered(house, next(fresh), short),
            f"{size.characters:,} characters in a burst": lambda: _answered(
                house, next(fresh), text
            ),
            f"the same at {FAST:,.0f} tokens a second": lambda: _answered(
                house, next(fresh), slower
            ),
            f"a prompt with {size.turns:,} turns": lambda: _answered(house, long, short),
        }
        most = {"CONTEXT_TOKENS": "1000000", "MAX_OUTPUT_TOKENS": "40000"}
        async with house.running("benchmarks.bot_process", **most) as bot:
            await _answered(house, next(fresh), short)  # everything is loaded by it
            found: dict[str, Standstill] = {}
            for name, act in cases.items():
                await bot.standstill()
                for _ in range(size.times):
                    await act()
                found[name] = await bot.standstill()
            return found


async def _remember(house: House[OpenRouterServer], channel: Channel, turns: int) -> None:
    user = house.person("ada").user
    asker = Person(user.id, user.name, user.username)
    past = Past(asker, [Place(channel.id, channel.guild_id)], turns, turns)
    await remember(house.database_url, past)


def _markdown(characters: int) -> str:
    """Return a text with headings, lists, tables and code, of so many characters."""
    parts = "\n\n".join(page(name).rpartition("-->")[2] for name in ("long", "table", "code"))
    return (f"{parts}\n\n" * (characters // len(parts) + 1))[:characters]


async def _answered(house: House[OpenRouterServer], channel: Channel, reply: Reply) -> None:
    """Ask, and return when this reply has its end on the screen."""
    house.router.reply_next(reply)
    ada = house.person("ada")
    used = await ada.slash(channel.id, "ask", {"prompt": "What is this about?"})
    if (question := await house.price_question(channel.id, used.id)) is not None:
        await ada.click(question, label="Send")
    await house.ended(channel.id, used.id)


def table(found: dict[str, Standstill]) -> Table:
    """Return the figures as they are printed."""
    shown = Table(
        title="The bot's event loop stands still for at most so long, in ms",
        caption=(
            "Its own: what of such a time the bot's process was working, not waiting for the "
            f"machine.\nNo standstill of its own may last {MOST * 1000:.0f} ms."
        ),
    )
    shown.add_column("while it does this")
    for name in ("in all", "its own", ""):
        shown.add_column(name, justify="right")
    for name, it in found.items():
        met = "met" if it.own < MOST else "MISSED"
        shown.add_row(name, f"{it.seconds * 1000:.1f}", f"{it.own * 1000:.1f}", met)
    return shown


async def run() -> Table:
    """Measure, and return the figures as they are printed."""
    return table(await measure(Size()))
