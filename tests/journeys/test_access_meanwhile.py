"""What is denied while a question waits: for its turn, or for a yes to its price."""

from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_access import DENIED
from tests.journeys.test_prices import DAY, ask, asks, told_alone
from tests.journeys.test_stopping import begin, stopped


async def test_who_is_denied_in_line_is_refused_when_the_turn_comes(house: House) -> None:
    """A question that waits behind another is not asked once its asker is denied."""
    await house.start()
    ada, general, half = await begin(house)
    ben = house.person("ben")
    waiting = await ben.say(general, f"{house.me} me too")
    await use(house.person("olga"), general, "access deny", member=ben.id)
    await ada.click(half, label="Stop")
    await house.answer(ada, general, stopped)
    refusal = await house.answer(ben, general, says(DENIED))
    assert refusal.reply_to == waiting.id
    assert len(house.router.chats) == 1


async def test_a_yes_to_a_price_is_checked_too(house: House) -> None:
    """Who was denied since the price was told sends nothing, and may when it is allowed again."""
    await house.start(**DAY)
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")

    async def press(question: Seen, label: str, answer: str) -> None:
        asked = len(house.prompts())
        await use(olga, general, "access deny", channel=general)
        refusal = await told_alone(house, ada, await ada.click(question, label=label))
        assert DENIED in refusal.text
        assert len(house.prompts()) == asked
        await use(olga, general, "access remove", channel=general)
        house.router.reply_next(Reply(text=answer))
        await ada.click(question, label=label)
        await house.answer(ada, general, both(ended, says(answer)))

    _, question = await ask(house, ada)
    await press(question, "Send", "Lighthouses.")
    await ada.say(general, f"{house.me} how many are there?")
    await press(await house.answer(ada, general, asks), "Trim", "Twelve.")
