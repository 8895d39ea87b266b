"""Channels of announcements: their threads are of a kind of their own, and never private."""

from sandbox.discord.model import ChannelType
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_continue_in_a_thread import ask, continued, thread_in, told


async def test_threads_of_announcements(house: House) -> None:
    """Chats, branches and threads on messages open there; what would be private is refused."""
    await house.start()
    world, ada, ben = house.discord.world, house.person("ada"), house.person("ben")
    guild = next(iter(world.guilds.values()))
    news = world.add_channel(guild, "news", type=ChannelType.ANNOUNCEMENT).id
    threads = [await continued(ada, await ben.say(news, "The new lamp is lit."))]
    house.router.reply_next(Reply(text="First."))
    await ada.say(news, f"{house.me} one")
    answer = await house.answer(ada, news, both(ended, says("First.")))
    threads.append(thread_in(await (await ada.click(answer, label="Thread")).answered()))
    for thread in threads:
        assert world.channel(thread).type is ChannelType.ANNOUNCEMENT_THREAD
        assert (await ask(house, ada, thread, "and?", f"On in {thread}."))[-1] == "Ada (@ada): and?"
    threads.append(await continued(ada, await house.answer(ada, threads[0], says("On in"))))
    assert world.channel(threads[-1]).parent_id == news
    await ada.slash(news, "chat", {"private": True})
    await house.answer(ada, news, says("announcement channels have no private threads"))
    house.router.reply_next(Reply(text="Whispered."))
    await ada.slash(news, "ask", {"prompt": "a secret", "private": True})
    secret = await house.answer(ada, news, both(ended, says("Whispered.")))
    assert "no private threads" in (await told(ada, secret)).text
    assert len([it for it in world.channels.values() if it.thread is not None]) == len(threads)
    house.assert_polite()
