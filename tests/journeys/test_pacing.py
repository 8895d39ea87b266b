"""Pacing: a crowd of answers stays within Discord's limits, and none waits for another's end."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.conformity import Conformity
from tests.journeys.house import House, ended, open_house, says
from tests.journeys.painted import body, paints
from tests.journeys.rooms import WIDE, add_rooms

CROWD = 60


@pytest.fixture
async def crowded_house(sqlite_file: Path, conformity: Conformity | None) -> AsyncGenerator[House]:
    """Open the two servers; check a tenth of what went over the wire, which is much alike."""
    async with open_house(sqlite_file.parent) as opened:
        yield opened
        await opened.stop()
        if conformity is not None:
            some = list(opened.discord.exchanges)[::10]
            assert [fault for it in some for fault in conformity.check(it)] == []


def growing(seen: Seen) -> bool:
    """Tell whether an answer shows words and is not over yet."""
    return "word word" in seen.text and any(it.label == "Stop" for it in seen.buttons)


def count(house: House, part: str) -> int:
    """Return how many requests had this in their path."""
    return sum(part in it.path for it in house.discord.exchanges)


async def opened_thread(house: House, person: Person, name: str) -> int:
    """Let somebody open a thread for the bot and return its id."""
    general = house.channel("general")
    await person.slash(general, "chat", {"title": name})
    seen = await house.answer(person, general, says("<#"))
    return int(seen.text.split("<#", 1)[1].split(">", 1)[0])


@pytest.mark.timeout(300)
async def test_a_crowd_meets_no_limit(crowded_house: House) -> None:
    """Sixty answers by mention and sixty by command, all at once, end whole and without a 429."""
    house = crowded_house
    rooms = add_rooms(house, 2 * CROWD)
    await house.start(**WIDE)
    ada, ben = house.person("ada"), house.person("ben")
    reply = Reply(text="word " * 149 + "end.", hold_after=200, tokens_per_second=200, chunk_size=25)
    house.router.reply_next(*[reply] * 2 * CROWD)
    for by_mention, by_command in zip(rooms[:CROWD], rooms[CROWD:], strict=True):
        await ada.say(by_mention, f"{house.me} go on")
        await ben.slash(by_command, "ask", {"prompt": "go on"})
    await house.router.held(2 * CROWD)
    for room in rooms:
        await house.answer(ada, room, growing)
    house.router.release()
    for room in rooms:
        assert body(await house.answer(ada, room, ended)) == reply.text
    assert house.discord.exchanges.too_many_requests == 0
    house.assert_polite()


async def test_answers_in_one_channel_grow_together(house: House) -> None:
    """A public answer and two private ones in one channel all grow before any of them ends."""
    await house.start()
    ada, ben, max_ = (house.person(name) for name in ("ada", "ben", "max"))
    general = house.channel("general")
    house.router.reply_next(*[Reply(text="word " * 300, hold_after=500)] * 3)
    await max_.say(general, f"{house.me} go on")
    for person in (ada, ben):
        await person.slash(general, "ask", {"prompt": "go on", "private": True})
    await house.router.held(3)
    for person in (ada, ben):
        await house.answer(person, general, lambda it: it.ephemeral and growing(it))
    await house.answer(max_, general, growing)
    house.router.release()
    for person in (ada, ben):
        await house.answer(person, general, lambda it: it.ephemeral and ended(it))
    await house.answer(max_, general, ended)
    house.assert_polite()


async def test_a_thread_grows_beside_its_channel(house: House) -> None:
    """While a channel's answer grows, one in its thread begins, grows and ends."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    thread = await opened_thread(house, ada, "Beside")
    house.router.reply_next(
        Reply(text="word " * 300, hold_after=500), Reply(text="Short and whole, as it is.")
    )
    await ada.say(general, f"{house.me} go on")
    await house.router.held()
    await house.answer(ada, general, growing)
    await ada.say(thread, "and here?")
    await house.answer(ada, thread, ended)
    assert growing(await house.answer(ada, general, says("word word")))
    house.router.release()
    await house.answer(ada, general, ended)
    house.assert_polite()


async def test_a_deleted_answer_leaves_the_queue(house: House) -> None:
    """Once a growing answer is deleted, at most one more request is made for it; others go on."""
    await house.start(**WIDE)
    ada, general, ideas = house.person("ada"), house.channel("general"), house.channel("ideas")
    reply = Reply(text="word " * 400, hold_after=300, tokens_per_second=300)
    house.router.reply_next(reply, reply)
    await ada.say(general, f"{house.me} go on")
    await ada.say(ideas, f"{house.me} go on")
    await house.router.held(2)
    half = await house.answer(ada, general, growing)
    await house.answer(ada, ideas, growing)
    before = count(house, f"/messages/{half.id}")
    house.router.release()
    await house.person("max").delete(half)
    seen = await house.answer(ada, ideas, ended)
    assert body(seen).count("word") == 400
    assert count(house, f"/messages/{half.id}") <= before + 1
    assert not [it for it in ada.sees(general) if it.author_id == half.author_id]


async def test_an_archived_thread_holds_nobody_up(house: House) -> None:
    """Where an answer's thread is archived and locked, one try to wake it is made; others go on."""
    await house.start(**WIDE)
    ada, ideas = house.person("ada"), house.channel("ideas")
    thread = await opened_thread(house, ada, "Closed")
    reply = Reply(text="word " * 400, hold_after=300)
    house.router.reply_next(reply, reply)
    await ada.say(thread, "go on")
    await ada.say(ideas, f"{house.me} go on")
    await house.router.held(2)
    half = await house.answer(ada, thread, growing)
    await house.person("max").archive(thread, locked=True)
    house.router.release()
    assert body(await house.answer(ada, ideas, ended)).count("word") == 400
    await house.stop()
    refused = [it for it in house.discord.exchanges if it.status >= 400]
    assert [(it.status, it.answer["code"]) for it in refused] == [
        (400, 50083),
        (403, 50013),
    ]
    assert str(half.id) in refused[0].path


async def test_long_thinking_costs_few_edits(house: House) -> None:
    """However fast a model thinks, its meter moves once in some seconds, not with each token."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    thinking = "Let me think about it. " * 900
    house.router.reply_next(
        Reply(thinking=thinking, text="So it is.", tokens_per_second=1_500, chunk_size=6)
    )
    await ada.say(general, f"{house.me} think")
    await house.answer(ada, general, ended)
    meters = [it for it in paints(house, general) if "thinking for" in it.closing]
    lasted = paints(house, general)[-1].at - paints(house, general)[0].at
    assert meters
    assert len(meters) <= 2 + lasted / 2
    house.assert_polite()


async def test_typing_is_never_told(house: House) -> None:
    """No answer, wherever it was asked for, costs a request that says that the bot is typing."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    thread = await opened_thread(house, ada, "Quiet")
    places = (general, thread, await ada.open_dm())
    for place in places:
        house.router.reply_next(Reply(thinking="Hm. " * 50, text="It is so."))
        await ada.say(place, f"{house.me} is it?")
        await house.answer(ada, place, ended)
    house.router.reply_next(Reply(text="It is so, too."))
    await ada.slash(general, "ask", {"prompt": "is it?"})
    await house.answer(ada, general, says("It is so, too.", " tokens"))
    assert count(house, "/typing") == 0
    assert len(house.prompts()) == len(places) + 1
