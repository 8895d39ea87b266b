"""Messages that were deleted while the bot was away, and places that it sees no more."""

import asyncio

import pytest

from sandbox.discord.people import Person
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.test_variants import BIG, labels

PAGE = "Paragraph 13."
"""What stands on the last page of a long answer."""


def pages(house: House, person: Person, channel_id: int) -> list[Seen]:
    """Return the bot's messages as somebody sees them, but for what they see alone."""
    mine = house.discord.world.bot.id
    return [it for it in person.sees(channel_id) if it.author_id == mine and not it.ephemeral]


async def long_answer(house: House, **reply: str) -> tuple[Person, int, Seen]:
    """Let Ada have a long answer, and return the last of its messages."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=BIG, **reply))  # type: ignore[arg-type]  # words alone
    await ada.say(general, f"{house.me} at length")
    return ada, general, await house.answer(ada, general, both(ended, says(PAGE)))


async def away(house: House, *deleted: Seen) -> None:
    """Let a moderator delete messages while the bot is away."""
    await house.stop()
    for message in deleted:
        await house.person("max").delete(message)
    await house.start()


def hide(house: House, channel_id: int, *, hidden: bool) -> None:
    """Take a channel out of the bot's sight, or let it see that again."""
    world = house.discord.world
    deny = Permission.VIEW_CHANNEL if hidden else Permission(0)
    mine = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=deny)
    world.set_overwrites(world.channel(channel_id), [mine])


async def remembered(house: House, ada: Person, general: int) -> str:
    """Let Ada ask on, and return what the model was sent."""
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    return str(house.prompts()[-1])


@pytest.mark.parametrize("gone", [1, 2])
async def test_regenerate_where_pages_are_gone(house: House, gone: int) -> None:
    """Another answer comes in what is left of the old one's messages, and nothing else stays."""
    await house.start()
    ada, general, last = await long_answer(house)
    before = pages(house, ada, general)
    await away(house, *before[:gone])
    house.router.reply_next(Reply(text="Short."))
    await ada.click(last, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Short.")))
    await ada.wait_for(general, lambda _: len(pages(house, ada, general)) == 1)
    assert seen.id == before[gone].id
    await house.stop()
    await house.start()
    await ada.click(seen, label="◀")
    await house.answer(ada, general, both(ended, says(PAGE)))
    assert len(pages(house, ada, general)) == len(before)
    assert PAGE in await remembered(house, ada, general)


async def test_continue_where_a_page_is_gone(house: House) -> None:
    """An answer goes on in what is left of its messages, and in new ones."""
    await house.start()
    ada, general, last = await long_answer(house, finish_reason="length")
    before = pages(house, ada, general)
    await away(house, before[0])
    house.router.reply_next(Reply(text=" And the rest."))
    await ada.click(last, label="Continue")
    await house.answer(ada, general, both(ended, says("And the rest.")))
    assert len(pages(house, ada, general)) == len(before)
    assert "And the rest." in await remembered(house, ada, general)


async def test_an_arrow_where_a_page_is_gone(house: House) -> None:
    """Arrows lead on where a page of what they stand below was deleted."""
    await house.start()
    ada, general, last = await long_answer(house)
    house.router.reply_next(Reply(text=BIG.replace("word", "lord")))
    await ada.click(last, label="Regenerate")
    last = await house.answer(ada, general, both(ended, says(PAGE, "lord")))
    before = pages(house, ada, general)
    await away(house, before[1])
    await ada.click(last, label="◀")
    last = await house.answer(ada, general, both(ended, says(PAGE, "word")))
    assert "1/2" in labels(last)
    assert len(pages(house, ada, general)) == len(before)
    assert "lord" not in await remembered(house, ada, general)


async def test_what_can_be_shown_nowhere(house: House) -> None:
    """Where nothing of a new answer can be shown, who pressed is told, and the old one stays."""
    await house.start()
    ada, general, last = await long_answer(house)
    hide(house, general, hidden=True)
    house.router.reply_next(Reply(text="Unseen. " * 200))
    await ada.click(last, label="Regenerate")
    told = await house.answer(ada, general, says("can't show the new answer"))
    assert told.ephemeral
    hide(house, general, hidden=False)
    await house.stop()
    await house.start()
    prompt = await remembered(house, ada, general)
    assert PAGE in prompt
    assert "Unseen." not in prompt
    usage = await (await ada.slash(general, "usage")).answered()
    assert "3 of 50 requests used" in usage.text


async def test_nobody_reads_for_nobody(house: House) -> None:
    """Where the bot loses sight of a channel the model is stopped, and what came is kept."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="word " * 50_000, tokens_per_second=100))
    await ada.say(general, f"{house.me} go on for long")
    await house.answer(ada, general, says("word word"))
    hide(house, general, hidden=True)
    async with asyncio.timeout(PATIENCE):
        while house.router.streaming:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.1)
    hide(house, general, hidden=False)
    prompt = await remembered(house, ada, general)
    assert "word word" in prompt
    assert "broken off" in prompt
