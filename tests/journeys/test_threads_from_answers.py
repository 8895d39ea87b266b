"""Threads that people start from one of the bot's answers are conversations; others are not."""

import discord

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_branching import talk
from tests.journeys.test_continue_in_a_thread import ask


async def test_every_message_is_answered(house: House) -> None:
    """It begins with what was said until that answer, and goes on over restarts and sleep."""
    await house.start()
    ada, general, answers = await talk(
        house, ("one", "First."), ("two", "Second."), ("3", "Third.")
    )
    ben = house.person("ben")
    thread = await ben.start_thread(general, "Ben's own name", message=answers[1])
    prompt = await ask(house, ben, thread, "and then?", "Branched.")
    assert [it.rpartition(" ")[2] for it in prompt] == ["one", "First.", "two", "Second.", "then?"]
    await house.stop()
    await house.start()
    await ben.archive(thread)
    prompt = await ask(house, ada, thread, "and now?", "Still here.")
    assert [it.rpartition(" ")[2] for it in prompt][-3:] == ["then?", "Branched.", "now?"]
    assert len(prompt) == 7
    assert house.discord.world.channel(thread).name == "Ben's own name"
    assert "Branched." not in str(await ask(house, ada, general, f"{house.me} four", "Fourth."))
    house.assert_polite()


async def test_the_first_message_may_mention_the_bot(house: House) -> None:
    """A mention as the first message begins it as well, and only once."""
    await house.start()
    ada, general, [first] = await talk(house, ("one", "First."))
    thread = await ada.start_thread(general, "On", message=first)
    house.router.reply_next(Reply(text="Second."), Reply(text="Third."))
    await ada.say(thread, f"{house.me} two")
    await ada.say(thread, "three")
    await house.answer(ada, thread, both(ended, says("Third.")))
    prompt = [it["content"] for it in house.prompts()[-1][1:]]
    assert [it.rpartition(" ")[2] for it in prompt] == ["one", "First.", "two", "Second.", "three"]


async def test_any_message_of_a_long_answer(house: House) -> None:
    """From an answer of several messages, the last one or the first leads to the same past."""
    await house.start()
    story = "\n\n".join(f"Paragraph {n}. " + "word " * 150 for n in range(12))
    ada, general, _ = await talk(house, ("tell", story[:20]))
    house.router.reply_next(Reply(text=story))
    asked = await ada.say(general, f"{house.me} a long one")
    await house.answer(ada, general, both(ended, says("Paragraph 11.")))
    mine = house.discord.world.bot.id
    parts = [it for it in ada.sees(general) if it.author_id == mine and it.id > asked.id]
    assert len(parts) > 1
    for part in (parts[0], parts[-1]):
        thread = await ada.start_thread(general, "Part", message=part)
        prompt = await ask(house, ada, thread, "and?", "Well.")
        assert prompt[2] == "Ada (@ada): a long one"
        assert "Paragraph 11." in prompt[3]


async def test_with_mention_only(house: House) -> None:
    """Where only mentions are answered, so it is in such a thread; a reply counts as one."""
    await house.start()
    olga = house.person("olga")
    ada, general, [first] = await talk(house, ("one", "First."))
    await use(olga, general, "settings set", scope="channel", mention_only="on")
    thread = await ada.start_thread(general, "On", message=first)
    await ada.say(thread, "among ourselves")
    prompt = await ask(house, ada, thread, f"{house.me} two", "Second.")
    assert [it.rpartition(" ")[2] for it in prompt] == ["one", "First.", "two"]
    second = await house.answer(ada, thread, says("Second."))
    house.router.reply_next(Reply(text="Third."))
    await ada.say(thread, "three", reply_to=second)
    await house.answer(ada, thread, both(ended, says("Third.")))
    assert "among ourselves" not in str(house.prompts())


async def test_other_threads_are_none(house: House) -> None:
    """A thread from a person's message, or on its own, is answered in only when mentioned."""
    await house.start()
    ada, general, _ = await talk(house, ("one", "First."))
    said = await house.person("ben").say(general, "Words")
    for message in (said, None):
        thread = await ada.start_thread(general, "Ours", message=message)
        await ada.say(thread, "among ourselves")
        assert await ask(house, ada, thread, f"{house.me} two", "Yes.") == ["Ada (@ada): two"]
    assert "among ourselves" not in str(house.prompts())


async def test_from_an_answer_of_which_nothing_is_left(house: House) -> None:
    """Where the question was deleted, a thread from its answer is like any other."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="First."))
    asked = await ada.say(general, f"{house.me} one")
    first = await house.answer(ada, general, both(ended, says("First.")))
    await ada.delete(asked)
    thread = await ada.start_thread(general, "On", message=first)
    await ada.say(thread, "among ourselves")
    assert await ask(house, ada, thread, f"{house.me} two", "Yes.") == ["Ada (@ada): two"]
    mine = [it for it in ada.sees(thread) if it.author_id == house.discord.world.bot.id]
    assert [it.text.startswith("Yes.") for it in mine if it.text] == [True]


async def test_while_the_answer_grows(house: House) -> None:
    """In a thread from an answer that still grows people are asked to wait until it is done."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="A long answer. " * 30, hold_after=120))
    await ada.say(general, f"{house.me} one")
    growing = await house.answer(ada, general, says("A long answer."))
    thread = await ada.start_thread(general, "On", message=growing)
    await ada.say(thread, "and?")
    await house.answer(ada, thread, says("A new answer is being written"))
    house.router.release()
    await house.answer(ada, general, ended)
    prompt = await ask(house, ada, thread, "and now?", "Now.")
    assert prompt[1].startswith("A long answer.")


async def test_access_holds_by_the_channel(house: House) -> None:
    """Where the channel is denied, such a thread is too."""
    await house.start()
    olga = house.person("olga")
    ada, general, [first] = await talk(house, ("one", "First."))
    thread = await ada.start_thread(general, "On", message=first)
    await use(olga, general, "access deny", channel=general)
    await ada.say(thread, "two")
    await house.answer(ada, thread, says("does not let anyone use me in"))
    assert len(house.prompts()) == 1


async def test_from_a_failure_that_was_mended(house: House) -> None:
    """A thread from an answer that failed is a conversation once that was asked again."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.fail_next(400)
    await ada.say(general, f"{house.me} one")
    failed = await house.answer(ada, general, lambda it: bool(it.buttons) and "Retry" in str(it))
    thread = await ada.start_thread(general, "On", message=failed)
    await ada.say(thread, "oh no")
    house.router.reply_next(Reply(text="First."))
    await ada.click(failed, label="Retry")
    await house.answer(ada, general, both(ended, says("First.")))
    prompt = await ask(house, ada, thread, "and then?", "Second.")
    assert [it.rpartition(" ")[2] for it in prompt] == ["one", "First.", "then?"]


async def test_a_channel_that_discord_has_not_told_of(house: House) -> None:
    """In a thread whose channel discord.py does not know, a mention is answered."""
    bot = await house.start()
    ada, general = house.person("ada"), house.channel("general")
    thread = await ada.start_thread(general, "Ours")
    assert await ask(house, ada, thread, f"{house.me} one", "First.")
    channel = bot.get_channel(general)
    assert isinstance(channel, discord.TextChannel)
    channel.guild._remove_channel(channel)  # noqa: SLF001  # nobody else makes it forget one
    assert await ask(house, ada, thread, f"{house.me} two", "Second.")
