"""Stop: the person who asked, or a moderator, ends an answer early; what came is kept and paid."""

import asyncio
from dataclasses import replace

import pytest

from bot.messages import micro_dollars
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.test_prices import look
from tests.journeys.test_variants import asked, labels, there

LONG = Reply(text="word " * 400, hold_after=500)
OWN_TOKENS = ("native_tokens_prompt", "native_tokens_completion", "native_tokens_reasoning")


async def begin(house: House, asker: str = "ada", reply: Reply = LONG) -> tuple[Person, int, Seen]:
    """Let somebody ask, and return them, the channel and the half answer as others see it."""
    person, general = house.person(asker), house.channel("general")
    house.router.reply_next(reply)
    await person.say(general, f"{house.me} go on for long")
    await house.router.held()
    half = await house.answer(person, general, says("word word"))
    return person, general, half


def stopped(seen: Seen) -> bool:
    """Tell whether an answer says that it was stopped, with what it cost."""
    return "topped" in seen.text and "$" in seen.text


async def test_stop(house: House) -> None:
    """Stop keeps what came, says so with its cost, and the conversation goes on."""
    await house.start()
    ada, general, half = await begin(house)
    used = await ada.click(half, label="Stop")
    await used.acknowledged()
    seen = await house.answer(ada, general, stopped)
    assert "word word" in seen.text
    assert all(button.label != "Stop" for button in seen.buttons)
    house.router.reply_next(Reply(text="Shorter."))
    await ada.say(general, f"{house.me} shorter, please")
    await house.answer(ada, general, both(ended, says("Shorter.")))
    assert "broken off" in house.prompts()[-1][2]["content"]
    house.assert_polite()


async def test_others_may_not_stop(house: House) -> None:
    """Somebody else's click is refused in private, a moderator's counts."""
    await house.start()
    ada, general, half = await begin(house)
    ben, max_ = house.person("ben"), house.person("max")
    await ben.click(half, label="Stop")
    refusal = await house.answer(ben, general, says("who asked"))
    assert refusal.ephemeral
    await max_.click(half, label="Stop")
    await house.answer(ada, general, stopped)


@pytest.mark.parametrize("is_slow", [True, False])
async def test_stop_waits_for_nobody(house: House, *, is_slow: bool) -> None:
    """Where Discord is slow to take an acknowledgement, or refuses it, the answer ends at once."""
    await house.start()
    ada, general, half = await begin(house)
    if is_slow:  # for longer than the journey waits
        house.discord.faults.delay("POST", "/callback", seconds=2 * PATIENCE)
    else:
        gone = {"message": "Unknown interaction", "code": 10062}
        house.discord.faults.fail("POST", "/callback", status=404, body=gone)
    await ada.click(half, label="Stop")
    await house.answer(ada, general, stopped)


async def test_a_stopped_answer_holds_nothing(house: House) -> None:
    """After a stop one request is used, the whole bill counts and nothing stays held."""
    await house.start()
    ada, general, half = await begin(house)
    await ada.click(half, label="Stop")
    await house.answer(ada, general, stopped)
    used = await ada.slash(general, "usage")
    seen = await used.answered()
    assert "1 of 50 requests used" in seen.text
    assert "held" not in seen.text


async def test_the_bill_may_come_late(house: House) -> None:
    """A stopped answer stands still at once, others go on, and its cost follows."""
    await house.start()
    house.router.generation_lag = 3600.0
    ada, general, half = await begin(house)
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, says("stopped", "its cost is being asked for"))
    assert seen.id == half.id
    house.router.reply_next(Reply(text="Shorter."))
    await ada.say(general, f"{house.me} shorter, please")
    await house.answer(ada, general, both(ended, says("Shorter.")))
    house.router.generation_lag = 0.0
    seen = await house.answer(ada, general, stopped)
    assert seen.id == half.id
    assert "≈" not in seen.text
    house.assert_polite()


@pytest.mark.parametrize(
    ("lacks", "mark"),
    [(OWN_TOKENS, ""), ((*OWN_TOKENS, "tokens_prompt", "tokens_completion"), "≈ ")],
)
async def test_a_bill_that_lacks_tokens(house: House, lacks: tuple[str, ...], mark: str) -> None:
    """A bill with a cost is believed; where it tells no tokens at all, they are estimates."""
    await house.start()
    ada, general, half = await begin(house, reply=replace(LONG, bill_without=lacks))
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, stopped)
    [generation] = house.router.generations.values()
    [[prompt, completion, cost]] = await look(
        house, "SELECT prompt_tokens, completion_tokens, cost_micros FROM answers"
    )
    assert cost == micro_dollars(generation.cost())
    assert f"{mark}{prompt + completion:,} tokens" in seen.text
    assert completion > 50
    assert ("≈" in seen.text) is bool(mark)


async def test_a_bill_that_is_open_at_a_restart(house: House) -> None:
    """A restart before the bill came loses nothing: it is asked for again, and then shown."""
    await house.start()
    house.router.generation_lag = 3600.0
    ada, general, half = await begin(house)
    await ada.click(half, label="Stop")
    await house.answer(ada, general, says("its cost is being asked for"))
    await house.stop()
    house.router.generation_lag = 0.0
    await house.start()
    seen = await house.answer(ada, general, stopped)
    assert "≈" not in seen.text
    usage = await (await ada.slash(general, "usage")).answered()
    assert "1 of 50 requests used" in usage.text
    assert "held" not in usage.text


async def test_a_new_answer_does_not_wait_for_the_bill(house: House) -> None:
    """Where a new answer takes a stopped one's place, the late bill is paid and paints nothing."""
    await house.start()
    house.router.generation_lag = 3600.0
    ada, general, half = await begin(house)
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, says("its cost is being asked for"))
    house.router.reply_next(Reply(text="Briefly."))
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Briefly.")))
    house.router.generation_lag = 0.0
    await house.answer(ada, general, ended)
    async with asyncio.timeout(PATIENCE):
        while await look(house, "SELECT id FROM holds"):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.1)
    usage = await (await ada.slash(general, "usage")).answered()
    assert "2 of 50 requests used" in usage.text
    now = next(it for it in ada.sees(general) if it.id == seen.id)
    assert "Briefly." in now.text
    await ada.click(now, label="◀")
    await house.answer(ada, general, both(stopped, says("word word")))


async def test_an_arrow_does_not_lose_the_bill(house: House) -> None:
    """Turned away from and back to before its bill came, a stopped answer shows that all the same.

    Nor does the bill bring an answer back that was turned away from.
    """
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    house.router.generation_lag = 3600.0
    house.router.reply_next(LONG)
    await ada.click(seen, label="Regenerate")
    await house.router.held()
    half = await house.answer(ada, general, says("word word"))
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, says("its cost is being asked for"))
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, general, says("Blue."))
    await ada.click(seen, label="▶")
    await house.answer(ada, general, says("word word", "its cost is being asked for"))
    house.router.generation_lag = 0.0
    seen = await house.answer(ada, general, both(stopped, says("word word")))
    house.router.generation_lag = 3600.0
    house.router.reply_next(LONG)
    await ada.click(seen, label="Regenerate")
    await house.router.held()
    half = await house.answer(ada, general, says("word word"))
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, says("its cost is being asked for"))
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, general, lambda it: "2/3" in labels(it))
    await ada.click(seen, label="◀")
    await house.answer(ada, general, says("Blue."))
    house.router.generation_lag = 0.0
    async with asyncio.timeout(PATIENCE):
        while await look(house, "SELECT id FROM holds"):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.1)
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Blue." in str(house.prompts()[-1])
    assert "Blue." in there(ada, seen).text
    house.assert_polite()
