"""No message offers for ever to stop what has ended, whatever kept its end from being shown."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from sandbox.discord.people import Person
from sandbox.discord.permissions import Permission
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.process import running
from tests.journeys.test_prices import look
from tests.journeys.test_stopping import stopped
from tests.journeys.test_threads import open_thread, turn
from tests.journeys.test_variants import asked, labels, there
from tests.journeys.walking import eventually, kept

STORY = "word " * 400
LONG = Reply(text=STORY, hold_after=500)


def grows(seen: Seen) -> bool:
    """Tell whether a message says that its answer is being written."""
    return "Stop" in labels(seen)


def state_of(house: House) -> str:
    """Return the state of the newest answer, as it is stored."""
    rows = kept(house)["answers"]
    states = ("running", "complete", "stopped", "length", "interrupted", "failed")
    return next(str(it) for it in rows[-1] if it in states)


@asynccontextmanager
async def kept_from_painting(house: House) -> AsyncGenerator[None]:
    """Let Discord fail every edit of a message until the block ends."""
    house.discord.faults.keep("down", "PATCH", "/messages/", status=503)
    try:
        yield
    finally:
        house.discord.faults.lift("down")


async def killed_before_the_last_paint(house: House, ada: Person, place: int, state: str) -> None:
    """Let what the model holds back come, and kill the bot once its end is stored, not shown."""

    async def end() -> None:
        async with kept_from_painting(house):
            house.router.release()
            await eventually(lambda: state_of(house) == state)

    async with running(house) as bot:
        house.router.reply_next(LONG)
        await ada.say(place, f"{house.me} go on")
        await house.router.held()
        await house.answer(ada, place, both(grows, says("word word")))
        await end()
        await bot.kill()


async def test_a_kill_before_the_last_paint(house: House) -> None:
    """After a restart the message shows the whole answer, with its line and all its buttons."""
    ada, general = house.person("ada"), house.channel("general")
    await killed_before_the_last_paint(house, ada, general, "complete")
    async with running(house) as bot:
        seen = await house.answer(ada, general, both(ended, says("$")))
        assert seen.text.count("word") == 400
        assert labels(seen) == ["Regenerate", "Thread"]
        house.router.reply_next(Reply(text="Once more."))
        await ada.click(seen, label="Regenerate")
        again = await house.answer(ada, general, both(ended, says("Once more.")))
        assert again.id == seen.id
        await bot.stop()
    before = len(house.discord.exchanges)
    async with running(house) as bot:  # what was shown is not painted again
        await house.answer(ada, general, says("Once more."))
        await bot.stop()
    later = list(house.discord.exchanges)[before:]
    assert not [it for it in later if it.method == "PATCH"]


@pytest.mark.parametrize("label", ["Regenerate", "Continue"])
async def test_a_kill_before_the_last_paint_in_place(house: House, label: str) -> None:
    """The same holds for an answer that took an earlier one's place, or went on with it."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="At first.", finish_reason="length"))
        await ada.say(general, f"{house.me} well?")
        first = await house.answer(ada, general, both(ended, says("At first.")))
        house.router.reply_next(LONG)
        await ada.click(first, label=label)
        await house.router.held()
        await house.answer(ada, general, both(grows, says("word word")))
        async with kept_from_painting(house):
            house.router.release()
            await eventually(lambda: state_of(house) == "complete")
            await bot.kill()
    async with running(house):
        seen = await house.answer(ada, general, both(ended, says("word word", "$")))
        assert seen.id == first.id
        assert seen.text.count("word") == 400
        arrows = ["◀", "2/2", "▶"] if label == "Regenerate" else []
        assert labels(seen) == ["Regenerate", "Thread", *arrows]
        assert ("At first." in seen.text) is (label == "Continue")


async def test_a_kill_before_nothing_is_shown(house: House) -> None:
    """Where a new answer was stopped without a word, the earlier one stands there again."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="At first."))
        await ada.say(general, f"{house.me} well?")
        first = await house.answer(ada, general, both(ended, says("At first.")))
        house.router.reply_next(Reply(text="word", hold_after=0))
        await ada.click(first, label="Regenerate")
        await house.answer(ada, general, grows)
        async with kept_from_painting(house):
            await ada.click(first, label="Stop")
            await eventually(lambda: state_of(house) == "stopped")
            await bot.kill()
    async with running(house):
        seen = await house.answer(ada, general, lambda it: "Regenerate" in labels(it))
        assert says("At first.", "$")(seen)
        assert not grows(seen)


async def locked_while_it_grows(house: House) -> tuple[int, Person, Seen]:
    """Let a thread be archived and locked in one while an answer grows in it."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(LONG)
    await ada.say(thread, "tell me")
    await house.router.held()
    half = await house.answer(ada, thread, both(grows, says("word word")))
    await house.person("max").archive(thread, locked=True)
    await eventually(lambda: state_of(house) == "stopped" and not kept(house)["holds"])
    await eventually(lambda: any(it.status == 403 for it in list(house.discord.exchanges)))
    # By then the bot has heard that it may not wake the thread.
    await turn(house, "ada", house.channel("general"), f"{house.me} and you?", "I am well.")
    return thread, ada, half


def is_archived(house: House, thread: int) -> bool:
    """Tell whether a thread is asleep."""
    state = house.discord.world.channel(thread).thread
    assert state is not None
    return state.archived


async def test_a_thread_that_is_opened_at_once(house: House) -> None:
    """It does not matter whether the bot still tries to show an end when its thread is opened."""
    await house.start()
    thread, ada, max_ = await open_thread(house), house.person("ada"), house.person("max")
    house.router.reply_next(LONG)
    await ada.say(thread, "tell me")
    await house.router.held()
    half = await house.answer(ada, thread, both(grows, says("word word")))
    await max_.archive(thread, locked=True)
    await eventually(lambda: state_of(house) == "stopped")
    await max_.wake(thread)
    seen = await house.answer(ada, thread, stopped)
    assert seen.id == half.id


async def test_a_thread_that_is_opened_again(house: House) -> None:
    """An answer that a lock stopped says so as soon as its thread is opened, and goes on."""
    thread, ada, half = await locked_while_it_grows(house)
    assert grows(there(ada, half))
    await house.person("max").wake(thread)
    seen = await house.answer(ada, thread, stopped)
    assert seen.id == half.id
    assert labels(seen) == ["Regenerate", "Continue", "Thread"]
    await turn(house, "ada", thread, "go on", "On it goes.")


async def test_a_thread_that_is_opened_while_the_bot_is_away(house: House) -> None:
    """The next start shows what the lock kept from being shown."""
    thread, ada, half = await locked_while_it_grows(house)
    await house.stop()
    await house.start()
    assert grows(there(ada, half))
    assert is_archived(house, thread)
    await house.stop()
    await house.person("max").wake(thread)
    await house.start()
    seen = await house.answer(ada, thread, stopped)
    assert seen.id == half.id


async def test_stop_where_it_has_ended(house: House) -> None:
    """A press on Stop shows the end where that can be; elsewhere it is told in private."""
    thread, _, half = await locked_while_it_grows(house)
    max_, world = house.person("max"), house.discord.world
    await max_.click(half, label="Stop")
    await house.answer(max_, thread, both(says("nothing to stop"), lambda it: it.ephemeral))
    guild = next(iter(world.guilds.values()))
    mine = next(it for it in guild.roles.values() if it.managed_by == world.bot.id)
    permissions = Permission(mine.permissions) | Permission.MANAGE_THREADS
    world.set_permissions(guild, mine, permissions)
    await max_.click(half, label="Stop")
    seen = await house.answer(max_, thread, stopped)
    assert seen.id == half.id
    assert len([it for it in max_.sees(thread) if it.ephemeral]) == 1


async def stopped_unbilled(house: House) -> tuple[int, Person, Seen]:
    """Let an answer in a thread be stopped, whose bill is late."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.generation_lag = 3600.0
    house.router.reply_next(LONG)
    await ada.say(thread, "tell me")
    await house.router.held()
    half = await house.answer(ada, thread, both(grows, says("word word")))
    await ada.click(half, label="Stop")
    return thread, ada, await house.answer(ada, thread, says("its cost is being asked for"))


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_bill_wakes_nobody(house: House, *, restarts: bool) -> None:
    """A thread archived since a Stop sleeps on when the bill comes; opened, it shows the cost."""
    thread, ada, half = await stopped_unbilled(house)
    max_ = house.person("max")
    if restarts:
        await house.stop()
    await max_.archive(thread)
    house.router.generation_lag = 0.0
    if restarts:
        await house.start()
    await eventually(lambda: not kept(house)["holds"])
    await turn(house, "ada", house.channel("general"), f"{house.me} and you?", "I am well.")
    assert is_archived(house, thread)
    assert "its cost is being asked for" in there(ada, half).text
    await max_.wake(thread)
    seen = await house.answer(ada, thread, stopped)
    assert seen.id == half.id
    assert "≈" not in seen.text


def refuse(house: House, method: str) -> None:
    """Let Discord refuse what concerns messages until "refused" is lifted, after a short trouble.

    discord.py waits out the trouble: the model answers in that second.
    """
    house.discord.faults.fail(method, "/messages", status=503)
    house.discord.faults.keep("refused", method, "/messages", status=403)


async def all_shown(house: House) -> None:
    """Wait until no end is still to be shown."""
    async with asyncio.timeout(PATIENCE):
        while await look(house, "SELECT 1 FROM answers WHERE unshown"):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


async def test_what_a_later_paint_shows_counts(house: House) -> None:
    """Another answer that Discord refused to show is the one in the past once a start shows it."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    house.router.reply_next(Reply(text="Green is what I would choose now."))
    refuse(house, "PATCH")
    await ada.click(seen, label="Regenerate")
    await house.answer(ada, general, lambda it: it.ephemeral)
    assert says("Blue.")(there(ada, seen))
    house.discord.faults.lift("refused")
    await house.stop()
    await house.start()
    seen = await house.answer(ada, general, says("Green"))
    assert "2/2" in labels(seen)
    await all_shown(house)
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Green" in str(house.prompts()[-1])
    assert "Blue." not in str(house.prompts()[-1])


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_message_comes_soon_or_never(house: House, *, is_late: bool) -> None:
    """An answer that never got a message gets one at a start soon after, and none days later."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Green is what I would choose now."))
    refuse(house, "POST")
    await ada.say(general, f"{house.me} a colour?")
    await eventually(lambda: bool(kept(house)["ledger"]))
    await house.stop()
    house.discord.faults.lift("refused")
    if is_late:
        await look(house, "UPDATE answers SET finished_at = finished_at - 2 * 86400 * 1000000")
    await house.start()
    await all_shown(house)
    found = [it for it in ada.sees(general) if it.author_id == house.discord.world.bot.id]
    assert [both(ended, says("Green"))(it) for it in found] == ([] if is_late else [True])
