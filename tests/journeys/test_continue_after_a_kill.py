"""Continue in a thread, where the bot was away when something became of the thread."""

import pytest

from sandbox.discord import threads
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_continue_in_a_thread import ask, continued, thread_in, told


async def test_a_thread_that_was_deleted_meanwhile(house: House) -> None:
    """Opened again, it begins with the message alone, and with nothing of what was said before."""
    await house.start()
    ada, said = house.person("ada"), await house.person("ben").say(house.channel("general"), "Hm")
    thread = await continued(ada, said)
    await ask(house, ada, thread, "one", "First.")
    await house.stop()
    await house.person("max").delete_thread(thread)
    await house.start()
    assert await continued(ada, said) == thread
    prompt = await ask(house, ada, thread, "two", "Second.")
    assert prompt == ["Ben (@ben): Hm", "Ada (@ada): two"]


@pytest.mark.parametrize("is_answer", [False, True])
async def test_killed_before_it_began(house: House, is_answer: bool) -> None:
    """A thread that was opened and no more is begun where somebody tries again, once."""
    await house.start()
    world, ada, general = house.discord.world, house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="First."))
    said = await ada.say(general, f"{house.me} one")
    answer = await house.answer(ada, general, both(ended, says("First.")))
    message = answer if is_answer else said
    await house.stop()
    found = world.message(general, message.id)
    wish = threads.ThreadWish("Left")
    threads.start_from_message(world, world.channel(general), found, world.bot.id, wish)
    await house.start()
    assert await continued(ada, message) == message.id
    again = await told(ada, message)
    assert again.text.startswith("That message has a thread already")
    assert thread_in(again) == message.id
    prompt = await ask(house, ada, message.id, "two", "Second.")
    assert [it.rpartition(" ")[2] for it in prompt] == (
        ["one", "First.", "two"] if is_answer else ["one", "two"]
    )
