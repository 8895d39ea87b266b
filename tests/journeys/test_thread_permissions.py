"""What the bot lacks to start a thread is named first: no thread stays behind empty."""

import pytest

from sandbox.discord.people import Person
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.seen import Seen
from tests.journeys.house import House, both, says
from tests.journeys.test_branching import talk

PUBLIC, PRIVATE = Permission.CREATE_PUBLIC_THREADS, Permission.CREATE_PRIVATE_THREADS
WRITE, SEE = Permission.SEND_MESSAGES_IN_THREADS, Permission.VIEW_CHANNEL
LACKS = "I lack the permission **{}**"


async def start(way: str, ada: Person, answer: Seen) -> None:
    """Let Ada start a thread in one of the ways."""
    if way == "button":
        await ada.click(answer, label="Thread")
    else:
        wish = {"prompt": "hm?", "private": way == "quiet"}
        await ada.slash(answer.channel_id, "chat", wish)


@pytest.mark.parametrize(
    ("way", "denied", "name"),
    [
        ("chat", WRITE, "Send Messages in Threads"),
        ("quiet", WRITE, "Send Messages in Threads"),
        ("button", WRITE, "Send Messages in Threads"),
        ("button", PUBLIC, "Create Public Threads"),
        ("chat", SEE, "View Channel"),
        ("quiet", PRIVATE, "Create Private Threads"),
    ],
)
async def test_named_before_anything_is_there(
    house: House, way: str, denied: Permission, name: str
) -> None:
    """Each permission is named alone, and Discord need not refuse anything."""
    await house.start()
    world = house.discord.world
    ada, general, [answer] = await talk(house, ("one", "First."))
    overwrite = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=denied)
    world.set_overwrites(world.channel(general), [overwrite])
    await start(way, ada, answer)
    await house.answer(ada, general, both(says(LACKS.format(name)), lambda it: it.ephemeral))
    assert not [it for it in world.channels.values() if it.thread is not None]
    house.assert_polite()
