"""Another answer waits for its turn as a question does; who pressed is told so, quietly."""

import asyncio

from sandbox.discord.model import TOKEN_LIFETIME
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.discord.snowflakes import Snowflakes
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.test_variants import asked, there

SIGN = "Your turn comes after"


async def busy(house: House, waiting: int = 0) -> None:
    """Let Ben have an answer that is held, with questions behind it."""
    ben, general = house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="word " * 400, hold_after=500))
    await ben.say(general, f"{house.me} go on for long")
    await house.router.held()
    await house.answer(ben, general, says("word word"))
    for number in range(waiting):
        await ben.say(general, f"{house.me} and {number}?")
    assert house.bot is not None
    async with asyncio.timeout(PATIENCE):
        while house.bot.core.turns.ahead_of((general, None)) <= waiting:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)


def signs(person: Person, channel_id: int) -> list[Seen]:
    """Return what somebody is told of their place in line."""
    return [it for it in person.sees(channel_id) if SIGN in it.text]


async def test_regenerate_waits_and_says_so(house: House) -> None:
    """Who pressed alone sees that others come first, until the new answer begins."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    await busy(house)
    await ada.click(seen, label="Regenerate")
    sign = await house.answer(ada, general, says(f"{SIGN} 1 question"))
    assert sign.ephemeral
    assert not signs(house.person("ben"), general)
    assert "Blue." in there(ada, seen).text
    house.router.reply_next(Reply(text="Green."))
    house.router.release()
    await house.answer(ada, general, both(ended, says("Green.")))
    await ada.wait_for(general, lambda _: not signs(ada, general))
    house.assert_polite()


async def test_those_that_wait_are_counted(house: House) -> None:
    """All that wait come first; where the bot restarts meanwhile the old answer stays."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    await busy(house, waiting=2)
    await ada.click(seen, label="Regenerate")
    await house.answer(ada, general, says(f"{SIGN} 3 questions"))
    await house.stop()
    assert not signs(ada, general)
    assert "Blue." in there(ada, seen).text
    await house.start()
    house.router.reply_next(Reply(text="Green."))
    await ada.click(seen, label="Regenerate")
    await house.answer(ada, general, both(ended, says("Green.")))


async def test_a_sign_goes_before_it_has_to_stay(house: House) -> None:
    """A sign can be taken away for a quarter of an hour: it goes before that is over."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    await busy(house)
    world = house.discord.world
    ids, world.ids = world.ids, Snowflakes(lambda: world.clock() - TOKEN_LIFETIME + 65)
    await ada.click(seen, label="Regenerate")
    world.ids = ids
    await house.answer(ada, general, says(f"{SIGN} 1 question"))
    await ada.wait_for(general, lambda _: not signs(ada, general), PATIENCE)
    assert "Blue." in there(ada, seen).text
    house.router.reply_next(Reply(text="Green."))
    house.router.release()
    await house.answer(ada, general, both(ended, says("Green.")))
