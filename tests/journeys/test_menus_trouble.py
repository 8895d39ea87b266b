"""Ask about this, where something is missing: words, quota, permissions, the message, the bot."""

import pytest

from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.menus import FIELD, MENU, ask, opened
from tests.journeys.process import running


async def test_nothing_to_read(house: House) -> None:
    """About a picture alone no form opens: one private sentence says why."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    picture = await ben.say(general, files=[("photo.png", b"\x89PNG", "image/png")])
    refusal = await (await ada.menu(MENU, picture)).answered()
    assert refusal.ephemeral
    assert "no words" in refusal.text
    assert "photo.png" in refusal.text
    assert house.prompts() == []


async def test_nothing_to_read_in_its_files(house: House) -> None:
    """Where only reading shows that a file holds no words, the sentence comes after the form."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    files = [("x.bin", b"\x00\x01", "application/octet-stream"), ("e.txt", b" ", "text/plain")]
    sent = await ben.say(general, files=files)
    await ask(ada, sent, "What is that?")
    refusal = await house.answer(ada, general, says("no words", "x.bin", "e.txt: it is empty"))
    assert refusal.ephemeral
    assert len(ben.sees(general)) == 1
    assert house.prompts() == []


async def test_over_the_quota(house: House) -> None:
    """Over the limit the refusal is private, names the limit, and nothing is asked or left."""
    await house.start(default_quota="requests/day=0")
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    await ask(ada, claim, "Is that true?")
    refusal = await house.answer(ada, general, says("limit of 0 requests", "Nothing was spent"))
    assert refusal.ephemeral
    assert [message.id for message in ben.sees(general)] == [claim.id]
    assert house.prompts() == []


@pytest.mark.parametrize("question", ["\u200b", " \u2060\u200d\n"])
async def test_an_empty_question_is_explained(house: House, question: str) -> None:
    """A question that shows nothing gets one private sentence and costs nothing."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    used = await ask(ada, claim, question)
    refusal = await used.answered()
    assert refusal.ephemeral
    assert "no question" in refusal.text
    assert house.prompts() == []


async def test_a_message_deleted_meanwhile(house: House) -> None:
    """A message deleted before or after the question is still what the answer is about."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    first, second = [await ben.say(general, f"The moon is cheese {n}.") for n in (1, 2)]
    form = await opened(ada, first)
    await ben.delete(first)
    house.router.reply_next(Reply(text="One."), Reply(text="Two."), Reply(text="Three."))
    await ada.submit(form, {FIELD: "Is that true?"})
    await house.answer(ada, general, both(ended, says("One.")))
    await ask(ada, second, "And that?")
    await house.answer(ada, general, both(ended, says("Two.")))
    await ben.delete(second)
    await ada.say(general, f"{house.me} and?")
    await house.answer(ada, general, both(ended, says("Three.")))
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents[1::2] == ["One.", "Two."]
    assert "cheese 1" in contents[0]


async def test_where_the_bot_may_not_write(house: House) -> None:
    """Where the bot may not send messages the answer still comes: it goes by the interaction."""
    await house.start()
    world = house.discord.world
    channel = world.channel(house.channel("ideas"))
    mute = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=Permission.SEND_MESSAGES)
    world.set_overwrites(channel, [mute])
    ada, ben = house.person("ada"), house.person("ben")
    claim = await ben.say(channel.id, "The moon is made of cheese.")
    house.router.reply_next(Reply(text="It is not."))
    await ask(ada, claim, "Is that true?")
    await house.answer(ben, channel.id, both(ended, says("It is not.")))


async def test_after_a_crash_the_line_above_is_kept(house: House) -> None:
    """An answer that a kill broke off still says who asked what about which message."""
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await ask(ada, claim, "Is that true?")
        await house.router.held()
        half = await house.answer(ada, general, says("word word"))
        await bot.kill()
    house.router.release()
    async with running(house):
        mended = await house.answer(ben, general, says("nterrupted", "$"))
    assert mended.id == half.id
    assert mended.text.startswith("-# Ada asks about [what Ben wrote](")
