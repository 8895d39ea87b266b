"""/history show: what the model would see, with tokens; what is pinned stays, dropped goes."""

import sqlite3
from contextlib import closing

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.shelves import assert_sent, choose, listed, shelf, shown, totals, turned
from tests.journeys.test_threads import open_thread, turn

NOTES = ("notes.txt", b"the password is swordfish", "text/plain")
MORE = ("more.txt", b"and another one is trout", "text/plain")


def long(number: int, words: int = 80) -> str:
    """Return the answer of that number, with so many words more."""
    return " ".join([f"answer {number}", *["light"] * words])


async def with_files(
    house: House, person: Person, thread: int, *files: tuple[str, bytes, str]
) -> Seen:
    """Ask about files and return the answer."""
    house.router.reply_next(Reply(text="A password."))
    await person.say(thread, "what is in there?", files=list(files))
    return await house.answer(person, thread, both(ended, says("A password.")))


async def test_the_prompt_holds_what_the_shelf_lists(house: House) -> None:
    """Pinned, dropped and put back, each prompt holds just what the shelf listed before it."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    await with_files(house, ada, thread, NOTES, MORE)
    for number in range(3):
        await turn(house, "ada", thread, f"question {number}", f"answer {number}")
    page = await shown(ada, thread)
    assert page.ephemeral
    assert [it.words for it in listed(page)] == [
        "what is in there?",
        "notes.txt",
        "more.txt",
        *(f"question {number}" for number in range(3)),
    ]
    page = await choose(house, ada, page, "drop", "Drop 3: ", "Drop 📄 more.txt")
    page = await choose(house, ada, page, "pin", "Pin 2: ", "Pin 📄 notes.txt")
    await house.stop()
    await house.start()
    found = await shelf(house, ada, thread)
    assert [it.words for it in found if not it.is_seen] == ["more.txt", "question 1"]
    await turn(house, "ada", thread, "and now?", "Now.")
    assert_sent(house, found)
    assert "question 1" not in str(house.prompts()[-1])
    assert "trout" not in str(house.prompts()[-1])
    await choose(house, ada, page, "drop", "Put back 3: ")
    found = await shelf(house, ada, thread)
    await turn(house, "ada", thread, "and then?", "Then.")
    assert_sent(house, found)
    assert "question 1" in str(house.prompts()[-1])
    house.assert_polite()


async def test_beyond_the_budget(house: House) -> None:
    """What no longer fits is marked so and not sent; pinned on the shelf, it is sent again."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    await with_files(house, ada, thread, NOTES)
    for number in range(12):
        await turn(house, "ada", thread, f"question {number}", long(number))
    found = await shelf(house, ada, thread)
    assert [it.number for it in found if not it.is_file] == list(range(1, 14))
    assert not found[0].is_seen
    assert found[-1].is_seen
    await turn(house, "ada", thread, "on", "On.")
    assert_sent(house, found)
    page = await shown(ada, thread)
    while any(it.label == "◀" and not it.disabled for it in page.buttons):
        page = await turned(house, ada, page, "◀")
    await choose(house, ada, page, "pin", "Pin 2: ", "Pin 📄 notes.txt")
    found = await shelf(house, ada, thread)
    assert [it.words for it in found if it.is_seen][:2] == ["notes.txt", "question 0"]
    await turn(house, "ada", thread, "and on", "And on.")
    assert_sent(house, found)
    used, budget = totals(await shown(ada, thread))
    assert 0 < used <= budget == 1_500
    house.assert_polite()


async def test_the_total_is_what_the_next_prompt_takes(house: House) -> None:
    """The tokens told are those that the next prompt is reported to take, but for its question."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    for number in range(4):
        await turn(house, "ada", thread, f"question {number}", long(number))
    page = await shown(ada, thread)
    told, _ = totals(page)
    assert "about $" in page.text
    await turn(house, "ada", thread, "so?", "So.")
    with closing(sqlite3.connect(house.folder / "threadlight.db")) as database:
        newest = "SELECT prompt_tokens FROM answers ORDER BY id DESC LIMIT 1"
        [reported] = database.execute(newest).fetchone()
    assert abs(reported - told) <= 0.1 * reported


async def test_who_may_pin_and_drop(house: House) -> None:
    """People pin and drop what they asked; who manages messages, or owns the thread, all of it."""
    await house.start()
    ada, ben, max_ = house.person("ada"), house.person("ben"), house.person("max")
    general = house.channel("general")
    for person, answer in ((ada, "First."), (ben, "Second.")):
        house.router.reply_next(Reply(text=answer))
        await person.say(general, f"{house.me} hello from {person.user.name}")
        await house.answer(person, general, both(ended, says(answer)))
    page = await shown(ben, general)
    assert [it.words for it in listed(page)] == ["hello from Ada", "hello from Ben"]
    for select in page.selects:
        assert [label for label, _ in select.options] == [
            f"{(select.placeholder or '').split()[1]} 2: hello from Ben"
        ]
    assert "what you asked yourself" in page.text
    page = await shown(max_, general)
    assert len(page.selects[0].options) == 2
    page = await choose(house, max_, page, "drop", "Drop 1: ", "Drop 2: ")
    assert [it.is_seen for it in listed(page)] == [False, False]
    thread = await open_thread(house)
    await turn(house, "ben", thread, "in your thread", "Yes.")
    page = await shown(ada, thread)
    await choose(house, ada, page, "drop", "Drop 1: ")


async def test_private_turns_are_their_askers_alone(house: House) -> None:
    """What was asked in private is on the shelf of private questions, for who asked it."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="Aloud."), Reply(text="Whispered."))
    await ada.say(general, f"{house.me} aloud")
    await house.answer(ada, general, both(ended, says("Aloud.")))
    await ada.slash(general, "ask", {"prompt": "a secret", "private": True})
    await house.answer(ada, general, both(ended, says("Whispered.")))
    for person, options, words in (
        (ada, {}, ["aloud"]),
        (ada, {"private": True}, ["aloud", "a secret"]),
        (ben, {"private": True}, ["aloud"]),
    ):
        assert [it.words for it in listed(await shown(person, general, **options))] == words
    found = await shelf(house, ada, general, private=True)
    house.router.reply_next(Reply(text="Psst."))
    await ada.slash(general, "ask", {"prompt": "and?", "private": True})
    await house.answer(ada, general, both(ended, says("Psst.")))
    assert_sent(house, found)


async def test_pins_beyond_the_budget_can_be_unpinned(house: House) -> None:
    """Where pins leave no room for any question, the shelf says so, and unpinning helps."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    for number in range(2):
        await turn(house, "ada", thread, "tell me everything", long(number, 500))
    page = await choose(house, ada, await shown(ada, thread), "pin", "Pin 1: ", "Pin 2: ")
    assert "more than fits" in page.text
    await ada.say(thread, "and?")
    await house.answer(ada, thread, says("With what is pinned here"))
    page = await choose(house, ada, page, "pin", "Unpin 1: ")
    assert "more than fits" not in page.text
    found = await shelf(house, ada, thread)
    await turn(house, "ada", thread, "and now?", "Now.")
    assert_sent(house, found)


async def test_nothing_was_said_yet(house: House) -> None:
    """Where nothing was said, the shelf is empty and says what the instructions take."""
    await house.start()
    ada = house.person("ada")
    for channel in (house.channel("general"), await ada.open_dm()):
        page = await shown(ada, channel)
        assert "the next question starts fresh" in page.text
        assert listed(page) == []
        assert totals(page)[0] > 100
    house.assert_polite()


async def test_who_may_not_ask_sees_no_shelf(house: House) -> None:
    """Where a server keeps somebody out, its conversations' shelves are closed to them too."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Aloud."))
    await ada.say(general, f"{house.me} aloud")
    await house.answer(ada, general, both(ended, says("Aloud.")))
    page = await shown(ada, general)
    await (await olga.slash(general, "access deny", {"member": ada.id})).answered()
    refused = await shown(ada, general)
    assert "aloud" not in refused.text
    select = page.selects[0]
    await ada.choose(page, select.custom_id, [select.options[0][1]])
    await house.answer(ada, general, lambda it: it.id > refused.id and it.ephemeral)
    assert [it.marks for it in listed(await shown(olga, general))] == [""]
