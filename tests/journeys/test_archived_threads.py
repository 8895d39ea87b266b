"""Archived threads wake: for what is said in them, and for what the bot still has to show there."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.process import running, stored
from tests.journeys.test_threads import open_thread, turn


async def test_an_answer_wakes_its_thread(house: House) -> None:
    """Where a thread is archived while an answer grows, the answer still comes to its end."""
    await house.start()
    thread = await open_thread(house)
    ada, max_ = house.person("ada"), house.person("max")
    house.router.reply_next(Reply(text="A long answer. " * 40 + "The end.", hold_after=200))
    await ada.say(thread, "tell me")
    await house.answer(ada, thread, says("A long answer."))
    await house.router.held()
    await max_.archive(thread)
    house.router.release()
    await house.answer(ada, thread, both(ended, says("The end.")))
    state = house.discord.world.channel(thread).thread
    assert state is not None
    assert not state.archived


async def test_what_a_restart_mends_is_shown(house: House) -> None:
    """An answer that a kill broke off is mended in a thread that was archived since."""
    async with running(house) as bot:
        thread = await open_thread(house)
        ada, max_ = house.person("ada"), house.person("max")
        house.router.reply_next(Reply(text="A long answer. " * 40, hold_after=200))
        await ada.say(thread, "tell me")
        half = await house.answer(ada, thread, says("A long answer."))
        await house.router.held()
        await stored(house, half.id)
        await bot.kill()
    await max_.archive(thread)
    async with running(house):
        await house.answer(ada, thread, both(ended, says("interrupted")))


async def test_a_locked_thread_stays_asleep(house: House) -> None:
    """A thread that is locked and archived in one is not woken; the turn ends and is kept."""
    await house.start()
    thread = await open_thread(house)
    ada, max_ = house.person("ada"), house.person("max")
    house.router.reply_next(Reply(text="A long answer. " * 40, hold_after=200))
    await ada.say(thread, "tell me")
    await house.answer(ada, thread, says("A long answer."))
    await house.router.held()
    await max_.archive(thread, locked=True)
    state = house.discord.world.channel(thread).thread
    assert state is not None
    await max_.wake(thread)
    await turn(house, "ada", thread, "go on", "On it goes.")
    contents = [it["content"] for it in house.prompts()[-1][1:]]
    assert contents[0] == "Ada (@ada): tell me"
    assert contents[1].startswith("A long answer.")
    assert contents[-1] == "Ada (@ada): go on"


async def test_a_thread_that_slept_is_still_a_conversation(house: House) -> None:
    """Asleep over a restart, which discord.py then knows nothing of, it goes on with its past."""
    await house.start()
    thread = await open_thread(house)
    await turn(house, "ada", thread, "my number is 42", "Noted.")
    await house.stop()
    await house.person("max").archive(thread)
    await house.start()
    assert house.bot is not None
    assert house.bot.get_channel(thread) is None
    await turn(house, "ada", thread, "what is my number?", "It is 42.")
    contents = [it["content"] for it in house.prompts()[-1][1:]]
    assert contents == ["Ada (@ada): my number is 42", "Noted.", "Ada (@ada): what is my number?"]
    house.assert_polite()
