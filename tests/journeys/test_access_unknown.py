"""What a server denies counts where Discord has not told the bot of the role or the thread yet.

So it is just after a start, for a moment after something was made, and for threads that wake.
"""

from sandbox.discord import threads
from sandbox.discord.model import Role
from sandbox.discord.people import Person
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_access import DENIED


def role_in_secret(house: House, holder: Person) -> int:
    """Give somebody a role of which the bot is not told."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    role = Role(world.ids.next(), "New here", 0, len(guild.roles))
    guild.roles[role.id] = role
    guild.members[holder.id].role_ids.append(role.id)
    return role.id


async def thread_in_secret(house: House, owner: Person) -> int:
    """Let the bot answer in a thread, which sleeps while it starts anew and wakes in secret."""
    world = house.discord.world
    await house.start()
    thread_id = await owner.start_thread(house.channel("general"), "Old plans")
    house.router.reply_next(Reply(text="Hello there."))
    await owner.say(thread_id, f"{house.me} hello")
    await house.answer(owner, thread_id, both(ended, says("Hello there.")))
    await house.stop()
    thread = world.channel(thread_id)
    threads.set_archived(world, thread, True)
    await house.start()
    await use(owner, house.channel("general"), "help")  # by now it was told of all servers
    threads.set_archived(world, thread, False)
    return thread_id


async def test_a_role_that_the_bot_has_not_seen_is_denied_too(house: House) -> None:
    """Whoever holds a denied role is refused, by message and by command, known or not."""
    await house.start()
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    await use(olga, general, "access deny", role=role_in_secret(house, ada))
    message = await ada.say(general, f"{house.me} hello")
    assert (await house.answer(ada, general, says(DENIED))).reply_to == message.id
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, lambda seen: DENIED in seen.text and seen.ephemeral)
    assert not house.router.chats


async def test_a_thread_that_the_bot_has_not_seen_follows_its_channel(house: House) -> None:
    """A mention in an unknown thread of a denied channel is refused."""
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    thread = await thread_in_secret(house, ada)
    await use(olga, general, "access deny", channel=general)
    await ada.say(thread, f"{house.me} hello again")
    await house.answer(ada, thread, says(DENIED))
    assert len(house.router.chats) == 1
