"""Trouble by switch: it really comes over the shipped bot, and it really ends."""

import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.discord.seen import Seen
from sandbox.driving.switches import SLOW_START, SLOW_TOKENS
from tests.journeys.house import House, ended, open_house, says
from tests.sandbox.driven import Page


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """Open the two servers and start the bot."""
    async with open_house(tmp_path, tokens_per_second=4_000.0) as opened:
        await opened.start()
        yield opened
        await opened.stop()


async def turn(page: Page, name: str, on: bool = True) -> None:
    """Turn a switch."""
    payload = {"as": str(page.house.person("ada").id), "name": name, "on": on}
    assert await page.done("switch", payload) == {}


async def ask(page: Page, prompt: str) -> None:
    """Let Ada ask something."""
    payload = page.here(
        "ada", page.house.channel("general"), path="ask", options={"prompt": prompt}
    )
    assert await page.done("slash", payload) == {}


async def answered(house: House, known: set[int]) -> Seen:
    """Wait for an answer that has ended and is not known yet."""
    ada, general = house.person("ada"), house.channel("general")
    found = await house.answer(ada, general, lambda seen: ended(seen) and seen.id not in known)
    known.add(found.id)
    return found


async def test_a_switch_that_is_not_there(house: House, page: Page) -> None:
    """A switch of another name is refused, and one that is turned twice is turned once."""
    payload = {"as": str(house.person("ada").id), "name": "explode", "on": True}
    assert "explode" in await page.refused("switch", payload)
    await turn(page, "openrouter-429")
    await turn(page, "openrouter-429")
    await turn(page, "openrouter-429", on=False)
    await turn(page, "openrouter-429", on=False)
    assert house.router.standing is None


async def test_openrouter_429(house: House, page: Page) -> None:
    """While OpenRouter answers 429, a question ends in a clear refusal and costs nothing."""
    ada, general = house.person("ada"), house.channel("general")
    await turn(page, "openrouter-429")
    await ask(page, "Anybody there?")
    refusal = await house.answer(ada, general, says("It cost nothing."))
    assert "busy" in refusal.text or "again" in refusal.text
    assert house.router.spent == 0
    usage = await (await ada.slash(general, "usage")).answered()
    assert "0 of 50 requests used" in usage.text
    await turn(page, "openrouter-429", on=False)
    await ask(page, "And now?")
    await answered(house, {usage.id})
    await house.router.idle()
    assert house.router.spent > 0


async def test_discord_5xx(house: House, page: Page) -> None:
    """While Discord fails every other write, an answer still arrives, whole and once."""
    known: set[int] = set()
    await turn(page, "discord-5xx")
    await ask(page, "Write a long guide, please")
    first = await answered(house, known)
    assert house.discord.exchanges.server_errors > 0
    await turn(page, "discord-5xx", on=False)
    errors = house.discord.exchanges.server_errors
    await ask(page, "Write a long guide, please")
    second = await answered(house, known)
    assert house.discord.exchanges.server_errors == errors
    assert first.text.splitlines()[1:-1] == second.text.splitlines()[1:-1]


async def test_gateway_drop(house: House, page: Page) -> None:
    """When the live connection breaks, the bot resumes its session and answers."""
    gateway = house.discord.gateway
    identified = gateway.identifies
    bot = house.bot
    assert bot is not None
    resumed = bot.wait_for("shard_resumed", timeout=20)
    await turn(page, "gateway-drop")
    await resumed
    assert gateway.identifies == identified
    await ask(page, "Still there?")
    await answered(house, set())


async def test_stream_cut(house: House, page: Page) -> None:
    """While streams are cut, an answer breaks off and says so; after that it is whole again."""
    ada, general = house.person("ada"), house.channel("general")
    await turn(page, "stream-cut")
    await ask(page, "What can you do?")
    broken = await house.answer(
        ada,
        general,
        lambda seen: (
            bool(seen.text)
            and not seen.thinking
            and any(each.label == "Continue" for each in seen.buttons)
        ),
    )
    await turn(page, "stream-cut", on=False)
    known = {broken.id}
    await ask(page, "What can you do?")
    whole = await answered(house, known)
    assert len(whole.text) > len(broken.text) / 2
    assert not any(each.label == "Continue" for each in whole.buttons)


async def test_slow_model(house: House, page: Page) -> None:
    """While the model is slow, the first word takes its time; after that it is quick again."""
    ada, general = house.person("ada"), house.channel("general")
    await turn(page, "slow-model")
    began = time.monotonic()
    await ask(page, "Are you awake?")
    growing = await house.answer(ada, general, says("thinking for"))
    assert time.monotonic() - began >= SLOW_START
    plan = next(iter(house.router.generations.values())).plan
    assert plan.reply.tokens_per_second == SLOW_TOKENS
    await turn(page, "slow-model", on=False)
    await ada.click(growing, label="Stop")
    known = {(await house.answer(ada, general, says("stopped"))).id}
    began = time.monotonic()
    await ask(page, "And now?")
    await answered(house, known)
    assert time.monotonic() - began < SLOW_START


async def test_the_figures_are_those_of_the_servers(house: House, page: Page) -> None:
    """The figures that a page is told are what the two servers counted."""
    async with page.looking("ada", house.channel("general")) as looker:
        await looker.told("figures", lambda told: told["discord"]["online"])
        await ask(page, "What do you cost?")
        await answered(house, set())
        await house.router.idle()
        spent = round(house.router.spent * 1_000_000)
        told = await looker.told("figures", lambda told: told["openrouter"]["cost_micros"] == spent)
        discord, router = told["discord"], told["openrouter"]
        assert router["requests"] == 1
        assert router["streaming"] == 0
        assert router["tokens"] > 10
        assert 0 < discord["requests"] <= house.discord.exchanges.total
        assert 0 <= discord["requests_a_second"] <= discord["requests"]
        assert discord["too_many_requests"] == discord["server_errors"] == 0
        for limit in discord["limits"]:
            assert 0 < limit["used"] <= limit["limit"]
            assert limit["resets_in"] >= 0
