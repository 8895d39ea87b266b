"""Edits and deletions while something else takes long: what is said last counts everywhere."""

import pytest

from sandbox.discord import posting
from sandbox.discord.model import Upload
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_edits import EDITED, contents, said, told
from tests.journeys.test_prices import DAY, DEAR, asks
from tests.journeys.test_threads import open_thread
from tests.journeys.walking import eventually

GONE = "(about words that were deleted since)\n"


async def dear_reply(house: House, ben: Person, to: Seen) -> tuple[Seen, Seen]:
    """Let Ben reply with a long file; return that, and what asks for its price."""
    reply = await ben.say(to.channel_id, f"{house.me} why?", reply_to=to, files=[DEAR])
    return reply, await house.answer(ben, to.channel_id, asks)


async def sent(house: House, ben: Person, offer: Seen) -> Seen:
    """Let Ben agree; return the answer."""
    house.router.reply_next(Reply(text="One."))
    await ben.click(offer, label="Send")
    return await house.answer(ben, offer.channel_id, both(ended, says("One.")))


def shown(house: House, offer: Seen) -> int:
    """Return how often what asks for a price was changed."""
    return len([it for it in house.discord.exchanges if it.path.endswith(f"/messages/{offer.id}")])


async def test_sent_while_its_edit_reads_files(house: House) -> None:
    """Sent before an edit's files are read, a question has its new words, if only afterwards."""
    await house.start(**DAY)
    ada, general, files = house.person("ada"), house.channel("general"), house.discord.files
    asked = await ada.say(general, f"{house.me} the capital of France?", files=[DEAR])
    offer = await house.answer(ada, general, asks)
    files.hold()
    await ada.edit(asked, f"{house.me} the capital of Norway?")
    await eventually(lambda: files.asked == 2)
    answer = await sent(house, ada, offer)
    files.release()
    await told(house, ada, answer, EDITED)
    await house.stop()
    await house.start()
    assert "the capital of Norway?" in (await use(ada, general, "history show")).text
    house.router.reply_next(Reply(text="Two."))
    await ada.say(general, f"{house.me} and?")
    await ada.click(await house.answer(ada, general, asks), label="Send")
    await house.answer(ada, general, both(ended, says("Two.")))
    assert "the capital of Norway?" in contents(house)[0]
    assert "lighthouses" in contents(house)[0]


async def test_deleted_while_an_edit_reads_files(house: House) -> None:
    """An edit of a dear reply that takes long brings no deleted words back: none are sent."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    quoted = await ada.say(general, f"I like Kelmuffin.{' a b' * 400}")
    reply, offer = await dear_reply(house, ben, quoted)
    files = house.discord.files
    files.hold()
    await ben.edit(reply, f"{house.me} when?")
    await eventually(lambda: files.asked == 2)
    await ada.delete(quoted)
    offer = await house.answer(
        ben, general, both(lambda it: it.id == offer.id, lambda it: it.text != offer.text)
    )
    # What the edit changes is shown when it is stored.
    before = shown(house, offer)
    files.release()
    await eventually(lambda: shown(house, offer) > before)
    await sent(house, ben, offer)
    assert contents(house)[0].startswith(f"Ben (@ben): {GONE}when?")
    assert "Kelmuffin" not in str(house.prompts())


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_changed_behind_the_reply(house: House, *, is_deleted: bool) -> None:
    """Edited or deleted before it is known whether a reply is a question, a quote is so in it."""
    await house.start()
    thread, ada, ben = await open_thread(house), house.person("ada"), house.person("ben")
    quoted, _ = await said(house, ada, thread, "I like Kelmuffin.", "Hi.")
    await house.stop()
    await house.person("max").archive(thread)
    await house.start()
    # Of a thread that slept the bot asks what channel it is in.
    house.discord.faults.delay("GET", rf"/channels/{thread}$", seconds=1)
    house.router.reply_next(Reply(text="One."))
    await ben.say(thread, "why?", reply_to=quoted)
    await (ada.delete(quoted) if is_deleted else ada.edit(quoted, "I like lamps."))
    await house.answer(ben, thread, both(ended, says("One.")))
    before = GONE if is_deleted else "(about what Ada wrote: “I like lamps.”)\n"
    assert contents(house)[-1] == f"Ben (@ben): {before}why?"


async def test_files_wait_for_no_price(house: House) -> None:
    """An edit's files are read before it is shown what others are to pay for their replies."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    quoted = await ada.say(general, f"{house.me} the capital of France?")
    await house.answer(ada, general, ended)
    _, offer = await dear_reply(house, ben, quoted)
    files, before = house.discord.files, house.discord.files.asked
    files.hold()
    world = house.discord.world
    words = {"content": f"the capital of Norway?{' a b' * 400}"}
    file = Upload("a.txt", b"Apples.", "text/plain")
    posting.edit(world, world.message(general, quoted.id), words, [file])
    await eventually(lambda: files.asked == before + 1)
    assert not shown(house, offer)
    house.router.reply_next(Reply(text="One."))
    files.release()
    await house.answer(
        ben, general, both(lambda it: it.id == offer.id, lambda it: it.text != offer.text)
    )
    await sent(house, ben, offer)
    assert "Apples." in contents(house)[0]
    assert "Norway" in contents(house)[-1]
