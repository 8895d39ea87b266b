"""Connections that break over what is no answer: whoever asked has theirs, and hears of nothing."""

from sandbox.discord.rest.exchange import CUT
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_prices import DAY, ask, asks
from tests.journeys.test_warnings import ask as ask_for
from tests.journeys.walking import eventually


async def test_a_warning_that_is_lost_on_its_way(house: House) -> None:
    """Where the connection breaks over a warning, the answer stands, and nobody is alarmed."""
    await house.start(default_quota="requests/day=1")
    ada, general = house.person("ada"), house.channel("general")
    house.discord.faults.drop("POST", "/webhooks/")
    answer = await ask_for(house, ada, 1)
    await eventually(lambda: any(it.status == CUT for it in list(house.discord.exchanges)))
    page = await (await ada.slash(general, "usage")).answered()
    mine = [it for it in ada.sees(general) if it.author_id == house.discord.world.bot.id]
    assert [it.id for it in mine] == [answer.id, page.id]


async def test_a_price_question_that_stays(house: House) -> None:
    """Where the connection breaks over taking it away, the answer comes, and nobody is alarmed."""
    await house.start(**DAY | {"default_quota": "requests/day=50, tokens/day=130000"})
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    house.router.reply_next(Reply(text="Lighthouses."), Reply(text="Towers of light."))
    await ada.click(question, label="Send")
    first = await house.answer(ada, general, both(ended, says("Lighthouses.")))
    await ada.click(first, label="Regenerate")
    again = await house.answer(ada, general, asks)
    house.discord.faults.drop("DELETE", "/webhooks/", times=2)  # aiohttp tries twice
    await ada.click(again, label="Send")
    await house.answer(ada, general, both(ended, says("Towers of light.")))
    await eventually(lambda: any(it.status == CUT for it in list(house.discord.exchanges)))
    page = await (await ada.slash(general, "usage")).answered()
    mine = [it for it in ada.sees(general) if it.author_id == house.discord.world.bot.id]
    assert [it.id for it in mine] == [first.id, again.id, page.id]
