"""The client against the sandbox's OpenRouter: costs, prices, bills and the key."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal

import aiohttp
import pytest

from bot.errors import (
    KeyRejected,
)
from bot.messages import Price, Usage
from bot.openrouter import wire
from bot.streaming import Delta
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer
from tests.bot.openrouter.conftest import MODEL, Asking, Time, finished, prompt, usage


@pytest.mark.parametrize(
    ("reported", "cost", "estimated"),
    [
        ({"cost": 0}, 0, False),
        ({"cost": 0.0123456}, 12346, False),
        ({"cost": "0.02"}, 20000, False),
        ({"cost": -1}, 55 + 220, True),
        ({"cost": 1e300}, 55 + 220, True),
        ({"cost": None}, 55 + 220, True),
        ({"cost": "much"}, 55 + 220, True),
    ],
)
async def test_what_it_cost(
    client: Asking,
    router: OpenRouterServer,
    reported: dict[str, object],
    cost: int,
    estimated: bool,
) -> None:
    """A plausible cost is taken as told; any other is reckoned from the price and marked."""
    figures = {"prompt_tokens": 100, "completion_tokens": 100, **reported}
    router.reply_next(Reply(text="Four.", usage=figures))
    told = usage(await client.ask())
    assert (told.cost_micros, told.estimated) == (cost, estimated)


async def test_odd_usage(client: Asking, router: OpenRouterServer) -> None:
    """Null details count as nothing, and a usage without tokens as none."""
    router.reply_next(
        Reply(text="x", usage={"completion_tokens_details": None, "prompt_tokens_details": 7}),
        Reply(text="x", usage={"prompt_tokens": -5}),
        Reply(text="x", usage_without=("completion_tokens",)),
    )
    assert usage(await client.ask()).reasoning_tokens == 0
    assert finished(await client.ask()).usage is None
    assert finished(await client.ask()).usage is None


async def test_the_price_covers_any_provider(client: Asking, router: OpenRouterServer) -> None:
    """The price is the dearest provider's, and all who ask within an hour share one request."""
    prices = await asyncio.gather(*(client.model.price(MODEL) for _ in range(20)))
    assert set(prices) == {Price(Decimal("5.5e-7"), Decimal("2.2e-6"))}
    client.time.now += 3500
    await client.model.price(MODEL)
    assert len(router.requests) == 1
    client.time.now += 200
    assert await client.model.price(MODEL) is not None  # the old one, while a new one is asked for
    await router.until(lambda: len(router.requests) == 2)


async def test_a_price_from_the_list(client: Asking, router: OpenRouterServer) -> None:
    """Where the endpoints tell nothing, the list of models does."""
    router.fail_next(404, path="/endpoints")
    assert await client.model.price(MODEL) == Price(Decimal("4e-7"), Decimal("2.2e-6"))


async def test_no_price(client: Asking, router: OpenRouterServer) -> None:
    """A failure is remembered for half a minute, and an old price is better than none."""
    router.fail_next(500, path="/endpoints", times=3)
    router.fail_next(500, path="/models", times=3)
    assert await client.model.price(MODEL) is None
    assert await client.model.price(MODEL) is None
    assert len(router.requests) == 2
    client.time.now += 31
    assert await client.model.price(MODEL) is None
    router.faults.clear()
    client.time.now += 31
    price = await client.model.price(MODEL)
    assert price is not None
    client.time.now += 3601
    router.drop_next(path="/endpoints")
    router.drop_next(path="/models")
    assert await client.model.price(MODEL) == price


@pytest.mark.parametrize("prompt_price", ["-1", "free", "NaN", "1e5", None, True, [], "Infinity"])
async def test_impossible_prices(
    client: Asking, router: OpenRouterServer, prompt_price: object
) -> None:
    """A negative, absurd or malformed price is none."""
    pricing = {"prompt": prompt_price, "completion": "0.000001"}
    router.fail_next(200, {"data": {"endpoints": [{"pricing": pricing}, None]}}, path="/endpoints")
    router.fail_next(200, {"data": [{"id": MODEL, "pricing": pricing}, 3]}, path="/models")
    assert await client.model.price(MODEL) is None


async def test_one_who_gives_up_leaves_the_price_to_the_others(
    client: Asking, router: OpenRouterServer
) -> None:
    """A caller's cancellation does not take the price away from another."""
    first, second = (asyncio.create_task(client.model.price(MODEL)) for _ in range(2))
    await router.until(lambda: bool(router.requests))
    first.cancel()
    assert await second is not None
    assert first.cancelled() or first.done()
    await client.model.close()


async def test_a_bill_that_lags(http: aiohttp.ClientSession) -> None:
    """A bill is asked for again, for minutes, and a cancelled answer is charged whole."""
    time = Time()
    async with OpenRouterServer(clock=time, generation_lag=3.0) as router:
        client = Asking(http, router.base_url, router.api_key, time=time)
        router.reply_next(Reply(text="Four and more", hold_after=4))
        async with aclosing(client.model.stream(prompt())) as events:
            async for event in events:
                if isinstance(event, Delta):
                    break
        await router.idle()
        (generation,) = router.generations.values()
        billed = await client.model.billed(generation.id)
        assert billed is not None
        assert billed.completion_tokens == generation.plan.completion_tokens
        assert billed.cost_micros > 0
        assert not billed.estimated
        assert time.slept == [0.5, 1.0, 2.0]
        assert await client.model.billed("gen-unknown") is None
        assert 180 < sum(time.slept[3:]) < 300


OWN = ("native_tokens_prompt", "native_tokens_completion", "native_tokens_reasoning")
NORMALISED = ("tokens_prompt", "tokens_completion")


async def charged(client: Asking, router: OpenRouterServer, *without: str) -> Usage | None:
    """Return the bill of an answer that lacks these figures."""
    router.generation_lag = 0.0
    router.reply_next(Reply(text="Four.", thinking="Hm.", bill_without=without))
    await client.ask()
    return await client.model.billed(list(router.generations)[-1])


async def test_a_bill_without_the_providers_own_tokens(
    client: Asking, router: OpenRouterServer
) -> None:
    """OpenRouter's own count stands for one that the provider does not tell, each by itself."""
    whole = await charged(client, router)
    assert whole is not None
    assert not whole.estimated
    assert await charged(client, router, *NORMALISED) == whole
    assert await charged(client, router, OWN[1], NORMALISED[0]) == whole
    assert await charged(client, router, *OWN) == replace(whole, reasoning_tokens=0)


async def test_a_bill_that_tells_the_cost_alone(client: Asking, router: OpenRouterServer) -> None:
    """A cost without any tokens is believed, and they are marked as estimated; no cost is none."""
    whole = await charged(client, router)
    alone = await charged(client, router, *OWN, *NORMALISED)
    assert whole is not None
    assert alone == Usage(0, 0, whole.cost_micros, estimated=True)
    assert await charged(client, router, "total_cost") is None
    assert wire.billed({"total_cost": 0}) is None
    assert wire.billed({"total_cost": 0, "tokens_prompt": 7}) == Usage(7, 0, 0)


async def test_a_bill_without_the_right_key(client: Asking, router: OpenRouterServer) -> None:
    """Where the key is refused, nobody asks for a bill again and again."""
    router.fail_next(401, path="/generation")
    assert await client.model.billed("gen-1") is None
    assert client.time.slept == [0.5]


async def test_the_key(client: Asking, router: OpenRouterServer) -> None:
    """The key tells its limit, or that it has none."""
    assert (await client.model.key()).limit_micros is None
    router.key_limit = Decimal("2.5")
    key = await client.model.key()
    assert (key.limit_micros, key.remaining_micros) == (2_500_000, 2_500_000)
    router.fail_next(401, path="/key")
    with pytest.raises(KeyRejected):
        await client.model.key()


async def test_a_report_without_cost_or_price_is_no_report(
    client: Asking, router: OpenRouterServer
) -> None:
    """Where neither the cost nor a price is known, the bill is left to be asked for."""
    router.fail_next(500, times=9, path=f"/models/{MODEL}/endpoints")
    router.fail_next(500, times=9, path="/models")
    router.reply_next(Reply(text="Four.", usage_without=("cost",)))
    assert finished(await client.ask()).usage is None
