"""Titles: a thread is named after its first answer, once, and never over a person's name."""

import asyncio

import pytest

from sandbox.discord import applications
from sandbox.discord.model import MessageType
from sandbox.discord.seen import seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_threads import open_thread
from tests.journeys.walking import eventually, kept

QUESTION = "How do I grow tomatoes on a balcony that only gets sun in the morning, if at all?"
FALLBACK = "How do I grow tomatoes on a balcony that only gets sun in…"


def name_of(house: House, thread: int) -> str:
    """Return what a thread is called now."""
    return house.discord.world.channel(thread).name


async def named(house: House, thread: int, name: str) -> None:
    """Wait until a thread is called this."""
    world = house.discord.world
    await world.news.until(lambda: world.channel(thread).name == name, 20)


async def settled(house: House) -> None:
    """Wait until nothing is held any more."""
    await eventually(lambda: not kept(house)["holds"])


def spent(house: House) -> list[tuple[str, int]]:
    """Return the kinds of what was spent, with the requests that each counts for."""
    return [(row[2], row[9]) for row in sorted(kept(house)["ledger"], key=lambda row: row[0])]


def title_asked(house: House) -> list[dict[str, object]]:
    """Return the requests that asked for a title."""
    chats = [it.body for it in house.router.chats]
    return [it for it in chats if "conversations their titles" in it["messages"][0]["content"]]


async def test_the_model_names_a_thread(house: House) -> None:
    """After the first answer a short call names the thread; later answers ask for nothing."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="In pots."), Reply(text="“Tomatoes on a Balcony”."))
    thread = await open_thread(house, prompt=QUESTION)
    assert name_of(house, thread) == FALLBACK
    await named(house, thread, "Tomatoes on a Balcony")
    ada = house.person("ada")
    house.router.reply_next(Reply(text="Water them."))
    await ada.say(thread, "And then?")
    await house.answer(ada, thread, both(ended, says("Water them.")))
    await settled(house)
    [asked] = title_asked(house)
    assert asked["reasoning"] == {"effort": "low", "exclude": True}
    assert asked["max_tokens"] == 1000
    assert QUESTION in str(asked["messages"])
    assert "Tomatoes on a Balcony" not in str(house.prompts()[-1])
    assert len(house.prompts()) == 3
    assert sum("reasoning" in it.body for it in house.router.chats) == 1
    renames = [it for it in ada.sees(thread) if it.type is MessageType.NAME_CHANGED]
    assert [it.text for it in renames] == ["Tomatoes on a Balcony"]
    house.assert_polite()


async def test_tokens_count_and_no_request(house: House) -> None:
    """A title's tokens and cost count for who asked, as no request, and not as a turn."""
    await house.start(titles="on", default_quota="requests/day=1, tokens/day=100000")
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes on a balcony"))
    thread = await open_thread(house, prompt=QUESTION)
    await named(house, thread, "Tomatoes on a balcony")
    await settled(house)
    ada = house.person("ada")
    assert spent(house) == [("spend", 1), ("title", 0)]
    parts = ("native_tokens_prompt", "native_tokens_completion")
    reports = [it.report() for it in house.router.generations.values()]
    tokens = sum(int(str(report[part])) for report in reports for part in parts)
    usage = await (await ada.slash(house.channel("general"), "usage")).answered()
    assert "1 of 1 request used" in usage.text
    assert f"{tokens:,} of 100,000 tokens used" in usage.text
    told = await use(house.person("olga"), house.channel("general"), "quota show", member=ada.id)
    assert "1 of 1 request used" in told.text


@pytest.mark.parametrize(
    ("settings", "quota"),
    [
        ({"titles": "off"}, "requests/day=9"),
        ({"titles": "on"}, "requests/day=9, tokens/day=1500"),
    ],
)
async def test_without_the_model(house: House, settings: dict[str, str], quota: str) -> None:
    """Where titles are off, or a limit has no room for one, the question's beginning names it."""
    changed: dict[str, object] = {"default_quota": quota, "max_output_tokens": 600}
    await house.start(**changed, **settings)
    thread = await open_thread(house)
    assert name_of(house, thread) == "Chat with Ada"
    ada = house.person("ada")
    house.router.reply_next(Reply(text="In pots."))
    await ada.say(thread, f"**{QUESTION}**\nPlease, {house.me}!")
    await named(house, thread, FALLBACK)
    await settled(house)
    assert len(house.prompts()) == 1
    assert title_asked(house) == []


@pytest.mark.parametrize("status", [402, 500, 404])
async def test_a_failing_model_costs_only_the_title(house: House, status: int) -> None:
    """Where the model fails at the title, the thread keeps its name, and the hold is free again."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="In pots.", hold_after=3))
    thread = await open_thread(house, prompt=QUESTION)
    await house.router.held()
    house.router.fail_next(status, times=4)
    house.router.release()
    ada = house.person("ada")
    await house.answer(ada, thread, both(ended, says("In pots.")))
    await eventually(lambda: bool(title_asked(house)))
    await settled(house)
    assert name_of(house, thread) == FALLBACK
    assert ("spend", 1) in spent(house)


async def test_a_name_that_a_person_gave_stays(house: House) -> None:
    """A title given to `/chat`, and a name that somebody gave meanwhile, are left alone."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="In pots."))
    thread = await open_thread(house, prompt=QUESTION, title="My balcony")
    ada, max_ = house.person("ada"), house.person("max")
    await house.answer(ada, thread, both(ended, says("In pots.")))
    house.router.reply_next(Reply(text="Yes.", hold_after=2), Reply(text="Ours"))
    await ada.slash(house.channel("ideas"), "chat", {"prompt": "Shall we?"})
    seen = await house.answer(ada, house.channel("ideas"), says("<#"))
    other = int(seen.text.split("<#", 1)[1].split(">", 1)[0])
    await house.router.held()
    await max_.rename(other, "Max named it")
    house.router.release()
    await eventually(lambda: bool(title_asked(house)))
    await settled(house)
    assert name_of(house, other) == "Max named it"
    assert name_of(house, thread) == "My balcony"
    assert len(title_asked(house)) == 1


async def test_discords_limit_on_names(house: House) -> None:
    """Where Discord lets nobody rename the thread for minutes, it keeps its name, and goes on."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="In pots.", hold_after=3), Reply(text="Tomatoes"))
    thread = await open_thread(house, prompt=QUESTION)
    await house.router.held()
    for _ in range(2):
        house.discord.limits.take("PATCH", f"/api/v10/channels/{thread}", renames=True)
    house.router.release()
    exchanges = house.discord.exchanges
    await eventually(lambda: any(it.status == 429 for it in list(exchanges)))
    await settled(house)
    ada = house.person("ada")
    house.router.reply_next(Reply(text="Water them."))
    await ada.say(thread, "And then?")
    await house.answer(ada, thread, both(ended, says("Water them.")))
    assert name_of(house, thread) == FALLBACK


async def test_a_restart_in_between_loses_the_title_alone(house: House) -> None:
    """A stop while the title is made settles it; the thread keeps its name, and goes on."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes", hold_after=2))
    thread = await open_thread(house, prompt=QUESTION)
    await house.router.held()
    await house.stop()
    assert kept(house)["holds"] == []
    assert spent(house) == [("spend", 1), ("title", 0)]
    house.router.release()
    await house.start()
    ada = house.person("ada")
    house.router.reply_next(Reply(text="Water them."))
    await ada.say(thread, "And then?")
    await house.answer(ada, thread, both(ended, says("Water them.")))
    assert name_of(house, thread) == FALLBACK
    assert len(title_asked(house)) == 1


async def test_a_restart_names_a_thread_without_a_question(house: House) -> None:
    """Opened without a question, a thread is called like its first one begins, later if need be."""
    await house.start(titles="on")
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes", hold_after=2))
    await ada.say(thread, QUESTION)
    await house.router.held()
    await house.stop()
    assert name_of(house, thread) == "Chat with Ada"
    house.router.release()
    for answer, name in (("Water them.", FALLBACK), ("Daily.", FALLBACK)):
        await house.start()
        house.router.reply_next(Reply(text=answer))
        await house.person("ben").say(thread, "And then?")
        await house.answer(ada, thread, both(ended, says(answer)))
        await named(house, thread, name)
        await house.stop()
    assert len(title_asked(house)) == 1
    renames = [it for it in ada.sees(thread) if it.type is MessageType.NAME_CHANGED]
    assert [it.text for it in renames] == [FALLBACK]


async def test_what_was_deleted_names_nothing(house: House) -> None:
    """Where the first question is deleted by then, the thread keeps the name that it has."""
    await house.start(titles="on")
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes", hold_after=2))
    asked = await ada.say(thread, QUESTION)
    await house.router.held()
    await house.stop()
    house.router.release()
    await house.start()
    await ada.delete(asked)
    for answer in ("Water them.", "Daily."):
        house.router.reply_next(Reply(text=answer))
        await ada.say(thread, "And then?")
        await house.answer(ada, thread, both(ended, says(answer)))
    assert name_of(house, thread) == "Chat with Ada"
    assert len(title_asked(house)) == 1


async def test_a_branch_is_named_too(house: House) -> None:
    """A branch gets its title after the first answer in it, with what it goes on from in mind."""
    await house.start(titles="on")
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="In pots."))
    await ada.say(general, f"{house.me} {QUESTION}")
    answer = await house.answer(ada, general, both(ended, says("In pots.")))
    used = await ada.click(answer, label="Thread")
    thread = int((await used.answered()).text.split("<#", 1)[1].split(">", 1)[0])
    assert name_of(house, thread) == FALLBACK
    house.router.reply_next(Reply(text="Clay."), Reply(text="Pots for tomatoes"))
    await ada.say(thread, "Which ones?")
    await named(house, thread, "Pots for tomatoes")
    [asked] = title_asked(house)
    assert "In pots." in str(asked["messages"])


async def test_private_answers_name_nothing(house: House) -> None:
    """What is asked in private in a thread neither names it nor keeps it from being named."""
    await house.start(titles="on")
    thread = await open_thread(house)
    ada = house.person("ada")
    house.router.reply_next(Reply(text="A secret."))
    await ada.slash(thread, "ask", {"prompt": "psst, a surprise", "private": True})
    await house.answer(ada, thread, both(ended, says("A secret.")))
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes"))
    await ada.say(thread, QUESTION)
    await named(house, thread, "Tomatoes")
    assert "surprise" not in str(title_asked(house))


async def test_what_is_quoted_names_nothing(house: House) -> None:
    """A branch from a question about somebody's words is called after the question alone.

    However long those words are, the model reads the question when it is asked for a title.
    """
    await house.start(titles="on")
    ada, world, thread = house.person("ada"), house.discord.world, await open_thread(house)
    robot = world.add_user("robot", global_name="Robot", bot=True)
    world.add_member(next(iter(world.guilds.values())), robot)
    post = {"content": "The moon is made of cheese. " * 60}
    claim = applications.post_as_bot(world, world.channel(thread), robot, post)
    house.router.reply_next(Reply(text="It is not."), Reply(text="The moon"))
    await ada.say(thread, "Is that so?", reply_to=seen(world, claim))
    answer = await house.answer(ada, thread, both(ended, says("It is not.")))
    await named(house, thread, "The moon")
    assert "begins with:\\nIs that so?" in str(title_asked(house)[-1]["messages"])
    used = await ada.click(answer, label="Thread")
    branch = int((await used.answered()).text.split("<#", 1)[1].split(">", 1)[0])
    assert name_of(house, branch) == "Is that so?"


async def test_what_is_gone_names_nothing(house: House) -> None:
    """A title is made of what is left, when the answer has ended, of what a question is about."""
    await house.start(titles="on")
    ada, thread = house.person("ada"), await open_thread(house)
    world = house.discord.world
    robot = world.add_user("robot", global_name="Robot", bot=True)
    world.add_member(next(iter(world.guilds.values())), robot)
    post = {"content": "Kelmuffin is made of cheese."}
    claim = seen(world, applications.post_as_bot(world, world.channel(thread), robot, post))
    house.router.reply_next(Reply(text="It is not.", hold_after=2), Reply(text="Doubts"))
    await ada.say(thread, "Is that so?", reply_to=claim)
    await house.router.held()
    assert "Kelmuffin" in str(house.prompts()[-1])
    await house.person("max").delete(claim)
    await eventually(lambda: "Kelmuffin" not in str(kept(house)["turns"]))
    house.router.release()
    await named(house, thread, "Doubts")
    [asked] = title_asked(house)
    assert "Kelmuffin" not in str(asked["messages"])


async def test_a_file_alone_is_named_by_what_it_holds(house: House) -> None:
    """Where a thread begins with a file and no words, the model reads its beginning."""
    await house.start(titles="on")
    thread = await open_thread(house)
    house.router.reply_next(Reply(text="A recipe."), Reply(text="Tomato soup"))
    file = ("soup.txt", b"Take six tomatoes.", "text/plain")
    await house.person("ada").say(thread, "", files=[file])
    await named(house, thread, "Tomato soup")
    [asked] = title_asked(house)
    assert "Take six tomatoes." in str(asked["messages"])


async def test_what_is_held_waits_for_no_name(house: House) -> None:
    """While Discord lets a new name wait, nothing is held any more for the title."""
    await house.start(titles="on")
    house.discord.faults.delay("PATCH", r"/channels/\d+$", seconds=8)
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes"))
    thread = await open_thread(house, prompt=QUESTION)
    await eventually(lambda: ("title", 0) in spent(house))
    await settled(house)
    assert name_of(house, thread) == FALLBACK
    await named(house, thread, "Tomatoes")


async def test_the_end_waits_for_no_bill(house: House) -> None:
    """Told to stop, the bot waits for no bill of a title whose cost nobody told."""
    await house.start(titles="on")
    house.discord.faults.delay("PATCH", r"/channels/\d+$", seconds=8)
    house.router.fail_next(500, times=1_000, path="/generation")
    house.router.reply_next(Reply(text="In pots."), Reply(text="Tomatoes", report_usage=False))
    await open_thread(house, prompt=QUESTION)
    await eventually(lambda: bool(title_asked(house)) and not house.router.streaming)
    async with asyncio.timeout(PATIENCE):
        await house.stop()
    assert kept(house)["holds"] == []
    assert spent(house) == [("spend", 1), ("title", 0)]
