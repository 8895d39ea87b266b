"""Places that are deleted, locked or left: what goes on there ends at once, and is settled."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox.discord.membership import remove_member
from sandbox.discord.permissions import Permission
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_threads import open_thread, turn
from tests.journeys.walking import eventually, kept

STORY = "Once upon a time there was a lamp. " * 40


async def running(house: House) -> int:
    """Open a thread in which an answer grows and two questions wait; return its id."""
    thread = await open_thread(house)
    ada, ben = house.person("ada"), house.person("ben")
    house.router.reply_next(Reply(text=STORY, hold_after=200))
    await ada.say(thread, "tell me a story")
    await house.router.held()
    await ben.say(thread, "and me another one")
    await ada.say(thread, "and one more")
    # The bot has heard of these once it has answered what came after them.
    await ada.slash(thread, "help")
    await house.answer(ada, thread, says("Talk with a reasoning model"))
    return thread


async def over(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Wait until nothing is held and nothing streams; return what the database holds."""

    def ended_all() -> bool:
        return not house.router.streaming and not kept(house)["holds"]

    await eventually(ended_all)
    return kept(house)


async def delete_thread(house: House, thread: int) -> None:
    """Let a moderator delete the thread."""
    await house.person("max").delete_thread(thread)


async def delete_channel(house: House, thread: int) -> None:
    """Let the channel of the thread be deleted, and the thread with it."""
    world = house.discord.world
    world.delete_channel(world.parent_of(world.channel(thread)))


async def leave(house: House, thread: int) -> None:
    """Let the bot be thrown out of the server."""
    world = house.discord.world
    guild = world.guild_of(world.channel(thread))
    assert guild is not None
    world.remove_member(guild, world.bot.id)


@pytest.mark.parametrize("closing", [delete_thread, delete_channel, leave])
async def test_what_is_gone_ends_at_once(
    house: House,
    closing: Callable[[House, int], Awaitable[None]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The stream is closed, the turn settled by its bill, nobody waits, nothing more is painted."""
    await house.start()
    thread = await running(house)
    capsys.readouterr()
    before = len(house.discord.exchanges)
    await closing(house, thread)
    found = await over(house)
    assert len(house.prompts()) == 1, "those that waited are not asked"
    [spend] = found["ledger"]
    [generation] = house.router.generations.values()
    assert generation.cancelled
    report = generation.report()
    assert sum(int(str(report[f"native_tokens_{it}"])) for it in ("prompt", "completion")) in spend
    [answer] = found["answers"]
    assert "stopped" in answer
    assert any(str(it).startswith("Once upon a time") for it in answer), "its words are kept"
    later = list(house.discord.exchanges)[before:]
    assert [it for it in later if it.method in ("POST", "PATCH", "DELETE")] == []
    out = capsys.readouterr()
    logged = out.out + out.err
    assert "rror" not in logged.replace("error=None", ""), logged
    assert "arning" not in logged, logged


async def test_a_lock_ends_the_turn(house: House) -> None:
    """In a locked thread the answer stops as if somebody had stopped it; its words are kept."""
    await house.start()
    thread = await running(house)
    ada, max_ = house.person("ada"), house.person("max")
    await max_.lock(thread)
    stopped = await house.answer(ada, thread, both(ended, says("stopped", "Once upon a time")))
    await over(house)
    assert len(house.prompts()) == 1
    assert not [it for it in ada.sees(thread) if "closed" in it.text]
    await max_.lock(thread, locked=False)
    await house.stop()
    await house.start()
    await turn(house, "ada", thread, "go on", "And so on.")
    contents = [it["content"] for it in house.prompts()[-1]]
    assert contents[1] == "Ada (@ada): tell me a story"
    assert contents[2].startswith("Once upon a time")
    assert contents[3] == "Ada (@ada): go on"
    assert stopped.id


async def test_buttons_in_a_locked_thread(house: House) -> None:
    """Regenerate and Retry begin no answers there for who is no moderator; unlocked, they do."""
    await house.start()
    thread = await open_thread(house)
    ada, max_ = house.person("ada"), house.person("max")
    await turn(house, "ada", thread, "one", "A secret.")
    answer = await house.answer(ada, thread, both(ended, says("A secret.")))
    house.router.fail_next(400)
    await ada.say(thread, "two")
    failed = await house.answer(ada, thread, lambda it: "Retry" in str(it))
    await max_.lock(thread)
    for pressed, label in ((answer, "Regenerate"), (failed, "Retry")):
        before = len(house.router.chats)
        await ada.click(pressed, label=label)
        await house.answer(
            ada, thread, both(says("this thread is locked"), lambda it: it.ephemeral)
        )
        assert len(house.router.chats) == before
    await max_.lock(thread, locked=False)
    house.router.reply_next(Reply(text="Another one."))
    await ada.click(failed, label="Retry")
    await house.answer(ada, thread, both(ended, says("Another one.")))


async def test_questions_in_a_locked_thread(house: House) -> None:
    """A moderator's question there is answered where the bot may write, and else left alone."""
    await house.start()
    thread = await open_thread(house)
    max_ = house.person("max")
    await max_.lock(thread)
    await max_.say(thread, "anybody there?")
    await max_.slash(thread, "help")
    await house.answer(max_, thread, says("Talk with a reasoning model"))
    assert house.prompts() == []
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    mine = next(it for it in guild.roles.values() if it.managed_by == world.bot.id)
    permissions = Permission(mine.permissions) | Permission.MANAGE_THREADS
    world.set_permissions(guild, mine, permissions)
    house.router.reply_next(Reply(text="I am."))
    await max_.say(thread, "and now?")
    await house.answer(max_, thread, both(ended, says("I am.")))
    house.assert_polite()


async def test_a_private_question_in_a_deleted_thread(house: House) -> None:
    """An answer to a command ends with its place as well."""
    await house.start()
    thread = await open_thread(house)
    ada = house.person("ada")
    house.router.reply_next(Reply(text=STORY, hold_after=200))
    await ada.slash(thread, "ask", {"prompt": "a story", "private": True})
    await house.router.held()
    await delete_thread(house, thread)
    found = await over(house)
    [answer] = found["answers"]
    assert "stopped" in answer
    house.router.reply_next(Reply(text="Well."))
    general = house.channel("general")
    await ada.slash(general, "ask", {"prompt": "are you well?"})
    await house.answer(ada, general, both(ended, says("Well.")))


async def test_taken_out_of_a_private_thread(house: House) -> None:
    """Where somebody takes the bot out of a private thread, nobody pays for what none can see."""
    await house.start()
    thread = await open_thread(house, private=True)
    ada, world = house.person("ada"), house.discord.world
    house.router.reply_next(Reply(text=STORY, hold_after=200))
    await ada.say(thread, "tell me a story")
    await house.answer(ada, thread, says("Once upon a time"))
    await house.router.held()
    remove_member(world, world.channel(thread), world.bot.id)
    [answer] = (await over(house))["answers"]
    assert "stopped" in answer


async def test_a_thread_that_is_deleted_at_once(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a chat's thread is gone before its first words, who opened it is told, calmly."""
    await house.start()
    ada, general, world = house.person("ada"), house.channel("general"), house.discord.world
    house.discord.faults.delay("POST", r"/messages$", seconds=1)
    await ada.slash(general, "chat", {"prompt": "anybody there?"})
    await house.answer(ada, general, says("<#"))
    [thread] = [it.id for it in world.channels.values() if it.thread is not None]
    await delete_thread(house, thread)
    await house.answer(ada, general, both(says("closed"), lambda it: it.ephemeral))
    assert "[error" not in capsys.readouterr().out
    assert house.prompts() == []


async def test_other_places_go_on(house: House) -> None:
    """Where one thread is deleted, the answers in others grow on."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=STORY, hold_after=200))
    await ada.say(general, f"{house.me} tell me a story")
    await house.router.held()
    thread = await open_thread(house)
    await delete_thread(house, thread)
    house.router.release()
    await house.answer(ada, general, both(ended, says(STORY.strip()[-30:])))
