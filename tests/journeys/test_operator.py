"""The operator's trouble: credits that end, a key that is refused; one clear sentence for all."""

from decimal import Decimal

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says


def operator(house: House) -> Person:
    """Return who runs the bot."""
    return house.person("cleo")


def alarms(house: House) -> list[Seen]:
    """Return what the operator was sent."""
    direct = house.discord.world.dm(operator(house).id, house.discord.world.bot.id).id
    return operator(house).sees(direct)


@pytest.mark.parametrize(
    ("status", "sentence"), [(402, "credits at OpenRouter are used up"), (401, "bot's key")]
)
async def test_everybody_is_told_at_once_and_the_operator_once(
    house: House, capsys: pytest.CaptureFixture[str], status: int, sentence: str
) -> None:
    """After a 402 or 401 nobody's question is sent for a minute; the operator hears of it once."""
    await house.start(operator_id=operator(house).id)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.fail_next(status)
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, says(sentence, "It cost nothing."))
    asked = await ben.say(general, f"{house.me} hello?")
    told = await house.answer(ben, general, lambda it: it.reply_to == asked.id)
    assert sentence in told.text
    await ben.slash(general, "ask", {"prompt": "and now?"})
    alone = await house.answer(ben, general, both(says(sentence), lambda it: it.ephemeral))
    assert "It cost nothing." in alone.text
    assert len(house.router.chats) == 1
    direct = await operator(house).open_dm()
    await house.answer(operator(house), direct, says("OpenRouter"))
    assert len(alarms(house)) == 1
    usage = await (await ada.slash(general, "usage")).answered()
    assert "0 of 50 requests used" in usage.text
    assert capsys.readouterr().out.count("the operator is needed") == 1


async def test_a_key_that_is_nearly_used_up(house: House) -> None:
    """Where next to nothing is left of the key's limit, answers say so, and the operator hears."""
    house.router.key_limit, house.router.spent = Decimal(10), Decimal("9.6")
    await house.start(operator_id=operator(house).id)
    ada, general = house.person("ada"), house.channel("general")
    direct = await operator(house).open_dm()
    await house.answer(operator(house), direct, says("nearly used up"))
    house.router.reply_next(Reply(text="Here you are."))
    await ada.slash(general, "ask", {"prompt": "hello"})
    answer = await house.answer(ada, general, both(ended, says("Here you are.")))
    assert "-# This bot's credits at OpenRouter are nearly used up" in answer.text
    house.assert_polite()


async def test_a_restart_tells_the_operator_nothing_twice(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the operator heard within the hour is only a line in the log after a restart."""
    house.router.key_limit, house.router.spent = Decimal(10), Decimal("9.6")
    await house.start(operator_id=operator(house).id)
    direct = await operator(house).open_dm()
    await house.answer(operator(house), direct, says("nearly used up"))
    await house.stop()
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, both(ended, says("nearly used up")))
    await house.stop()
    assert capsys.readouterr().out.count("the operator is needed") == 2
    assert len(alarms(house)) == 1


async def test_a_key_that_is_used_up(house: House) -> None:
    """Where nothing is left, nobody's question is sent, and the operator hears of it."""
    house.router.key_limit, house.router.spent = Decimal(10), Decimal(10)
    await house.start(operator_id=operator(house).id)
    ada, general = house.person("ada"), house.channel("general")
    direct = await operator(house).open_dm()
    await house.answer(operator(house), direct, says("used up"))
    await ada.slash(general, "ask", {"prompt": "hello"})
    refusal = await house.answer(ada, general, says("credits at OpenRouter are used up"))
    assert refusal.ephemeral
    assert house.prompts() == []


async def test_without_an_operator_the_log_is_told(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where OPERATOR_ID is not set, there is a line in the log and no direct message."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.fail_next(402)
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, says("used up"))
    assert "alarm=credits_gone" in capsys.readouterr().out
    assert alarms(house) == []


async def test_a_key_without_a_limit_alarms_nobody(house: House) -> None:
    """With a key that has no limit there is nothing to tell."""
    await house.start(operator_id=operator(house).id)
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "hello"})
    answer = await house.answer(ada, general, ended)
    assert "credits" not in answer.text
    assert alarms(house) == []
