"""What counts as a question: forwards, polls, a mention alone in a reply, the bot's own role."""

from sandbox.discord import applications, posting
from sandbox.discord.model import Upload
from sandbox.discord.seen import Seen, seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import role, use
from tests.journeys.test_continue_in_a_thread import lobby
from tests.journeys.test_threads import open_thread, turn

BUILD = {"embeds": [{"title": "Build 17 failed", "description": "Two tests of 300."}]}


async def answered(house: House, channel_id: int, answer: str) -> str:
    """Wait for the answer to what Ada posted somewhere; return what the model was asked."""
    await house.answer(house.person("ada"), channel_id, both(ended, says(answer)))
    return str(house.prompts()[-1][-1]["content"])


def by_a_bot(house: House) -> Seen:
    """Let another bot post an embed in #general."""
    world, channel, robot = lobby(house)
    return seen(world, applications.post_as_bot(world, channel, robot, BUILD))


async def test_a_forwarded_embed(house: House) -> None:
    """In a thread a forward of an embed alone is a question, remembered over a restart."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    world, channel, robot = lobby(house)
    original = applications.post_as_bot(world, channel, robot, BUILD)
    house.router.reply_next(Reply(text="Why, indeed."))
    applications.forward(world, world.channel(thread), ada.user, original)
    asked = await answered(house, thread, "Why, indeed.")
    assert asked == "Ada (@ada): Build 17 failed\nTwo tests of 300."
    await house.stop()
    await house.start()
    await turn(house, "ada", thread, "and now?", "Now.")
    assert house.prompts()[-1][1]["content"] == asked
    house.assert_polite()


async def test_a_forwarded_file(house: House) -> None:
    """The text files of what somebody forwards are read, with its words or without any."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    world, channel, robot = lobby(house)
    for words, expected in (("", ""), ("Look:", "(forwarded) Look:")):
        file = Upload("log.txt", b"Segmentation fault", "text/plain")
        draft = posting.Draft({"content": words}, (file,))
        original = posting.post(world, channel, robot.id, draft)
        answer = f"I see: {words}"
        house.router.reply_next(Reply(text=answer))
        applications.forward(world, world.channel(thread), ada.user, original)
        asked = await answered(house, thread, answer.strip())
        assert asked.startswith(f"Ada (@ada): {expected}")
        assert "Segmentation fault" in asked
    house.assert_polite()


async def test_a_poll(house: House) -> None:
    """A poll in a thread asks what it asks, with its answers."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    world = house.discord.world
    house.router.reply_next(Reply(text="The lake."))
    there = world.channel(thread)
    applications.ask_poll(world, there, ada.user, "Where to?", ["The lake", "The hills"])
    asked = await answered(house, thread, "The lake.")
    assert asked == "Ada (@ada): (poll) Where to?\n- The lake (0 votes)\n- The hills (0 votes)"


async def test_a_mention_alone_asks_about_what_it_replies_to(house: House) -> None:
    """A reply that only mentions the bot is about a bot's embed, or a person's words."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="Two tests failed."), Reply(text="It is not."))
    await ada.say(general, house.me, reply_to=by_a_bot(house))
    await house.answer(ada, general, both(ended, says("Two tests failed.")))
    about = "(about what Robot wrote: “Build 17 failed\nTwo tests of 300.”)\n"
    assert house.prompts()[-1][-1]["content"] == f"Ada (@ada): {about}"
    claim = await ben.say(general, "The moon is made of cheese.")
    asked = await ada.say(general, house.me, reply_to=claim)
    await house.answer(ada, general, both(ended, says("It is not.")))
    await house.stop()
    await house.start()
    await ada.edit(asked, f"{house.me} is that so?")
    house.router.reply_next(Reply(text="As I said."))
    await ada.say(general, f"{house.me} sure?")
    await house.answer(ada, general, both(ended, says("As I said.")))
    contents = [it["content"] for it in house.prompts()[-1][1:]]
    assert contents == [
        f"Ada (@ada): {about}",
        "Two tests failed.",
        "Ada (@ada): (about what Ben wrote: “The moon is made of cheese.”)\nis that so?",
        "It is not.",
        "Ada (@ada): sure?",
    ]
    house.assert_polite()


async def test_a_mention_alone_is_no_question(house: House) -> None:
    """Without anything that it replies to a mention alone asks nothing, and so it is told."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, house.me)
    await house.answer(ada, general, says("no question"))
    assert house.prompts() == []


async def test_the_bots_own_role(house: House) -> None:
    """A mention of the role that Discord made for the bot is one of the bot; no other is."""
    await house.start()
    ada, olga = house.person("ada"), house.person("olga")
    general, mine = house.channel("general"), role(house, "Threadlight")
    await ada.say(general, f"<@&{role(house, 'Moderators')}> hello")
    house.router.reply_next(Reply(text="Hi."))
    await ada.say(general, f"<@&{mine}> hello")
    await house.answer(ada, general, both(ended, says("Hi.")))
    assert [it[-1]["content"] for it in house.prompts()] == ["Ada (@ada): hello"]
    thread = await open_thread(house)
    await use(olga, thread, "settings set", mention_only="on")
    await house.stop()
    await house.start()
    await ada.say(thread, "psst")
    await turn(house, "ada", thread, f"<@&{mine}> are you there?", "I am.")
    assert [it["content"] for it in house.prompts()[-1][1:]] == ["Ada (@ada): are you there?"]
    house.assert_polite()
