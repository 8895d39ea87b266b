"""A bot that may not read a channel's past may reply to nobody there; it answers all the same."""

from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says


async def test_answers_and_notices_come_without_a_reference(house: House) -> None:
    """Discord refuses replies there: what would be one comes as a message of its own."""
    await house.start(default_quota="requests/day=1")
    world, ada, general = house.discord.world, house.person("ada"), house.channel("general")
    mine = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=Permission.READ_MESSAGE_HISTORY)
    world.set_overwrites(world.channel(general), [mine])
    house.router.reply_next(Reply(text="First."))
    await ada.say(general, f"{house.me} one")
    answer = await house.answer(ada, general, both(ended, says("First.")))
    await ada.say(general, f"{house.me} two")
    refusal = await house.answer(ada, general, says("limit of 1 request"))
    assert [answer.reply_to, refusal.reply_to] == [None, None]
