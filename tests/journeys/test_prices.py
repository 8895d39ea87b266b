"""The price question: a dear turn is asked about first; Send, Trim and Cancel decide."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.discord.used import Used
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.menus import ask as ask_about
from tests.journeys.process import running
from tests.journeys.test_threads import open_thread

DEAR = ("report.txt", b"A long report about lighthouses. " * 5_000, "text/plain")
"""About 40,000 tokens: a fifth of a day, and no more than two cents."""

DAY = {"default_quota": "requests/day=50, tokens/day=100000", "context_tokens": 90_000}
"""Limits of which such a file takes more than a quarter."""


def asks(seen: Seen) -> bool:
    """Tell whether a message is the price question."""
    return [it.label for it in seen.buttons] == ["Send", "Trim", "Cancel"]


async def ask(
    house: House, person: Person, prompt: str = "Summarise it.", **options: Any
) -> tuple[Used, Seen]:
    """Let somebody ask something dear in #general, and return the price question."""
    general = house.channel("general")
    used = await person.slash(general, "ask", {"prompt": prompt, "file": DEAR, **options})
    return used, await house.answer(person, general, asks)


async def usage(house: House, person: Person) -> str:
    """Return what `/usage` says."""
    return (await (await person.slash(house.channel("general"), "usage")).answered()).text


async def look(house: House, statement: str) -> list[Any]:
    """Run a statement on the house's database, past our own code."""

    def run() -> list[Any]:
        with closing(sqlite3.connect(house.folder / "threadlight.db")) as database, database:
            return database.execute(statement).fetchall()

    # Not on the event loop: the bot, which is there too, may be writing.
    return await asyncio.to_thread(run)


async def test_send(house: House) -> None:
    """The price is told before anything is held or sent; Send answers in the same message."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    used, question = await ask(house, ada)
    assert question.text.startswith("**About 3")
    assert "k tokens, about $0.02" in question.text
    assert "% of your day.** Send it?" in question.text
    assert "0 of 50 requests used" in await usage(house, ada)
    assert "held" not in await usage(house, ada)
    assert house.prompts() == []
    house.router.reply_next(Reply(text="It is about lighthouses."))
    pressed = await ada.click(question, label="Send")
    await pressed.acknowledged()
    answer = await house.answer(ben, general, both(ended, says("It is about lighthouses.")))
    assert answer.id == question.id == used.message_ids[0]
    assert "Send it?" not in answer.text
    assert "lighthouses. A long report" in house.prompts()[-1][-1]["content"]
    assert "1 of 50 requests used" in await usage(house, ada)
    house.assert_polite()


async def test_cancel(house: House) -> None:
    """Cancel forgets the words, says that nothing was spent, and its buttons go."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    await (await ada.click(question, label="Cancel")).acknowledged()
    cancelled = await house.answer(ada, general, says("Cancelled. Nothing was spent."))
    assert cancelled.id == question.id
    assert not cancelled.buttons
    assert house.prompts() == []
    assert "0 of 50 requests used" in await usage(house, ada)
    house.assert_polite()


async def test_only_who_asked_may_choose(house: House) -> None:
    """Somebody else, an admin too, gets a friendly no in private, and the question stays."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    for name in ("ben", "olga"):
        other = house.person(name)
        for label in ("Send", "Cancel"):
            refusal = await told_alone(house, other, await other.click(question, label=label))
            assert "Only the person who asked" in refusal.text
    assert house.prompts() == []
    assert asks(await house.answer(ada, general, asks))


async def told_alone(house: House, person: Person, used: Used) -> Seen:
    """Wait for what a press brings its person alone, beside the message below which it was."""
    general = house.channel("general")
    return await house.answer(
        person, general, lambda it: it.ephemeral and it.id in used.message_ids[1:]
    )


async def test_a_mention_and_a_restart(house: House) -> None:
    """After a kill between the price and Send the button still works, in the same message."""
    ada, general = house.person("ada"), house.channel("general")
    environ = {"DEFAULT_QUOTA": "requests/day=50, tokens/day=100000", "CONTEXT_TOKENS": "90000"}
    async with running(house, **environ) as bot:
        asked = await ada.say(general, f"{house.me} what is it about?", files=[DEAR])
        question = await house.answer(ada, general, asks)
        assert question.reply_to == asked.id
        await bot.kill()
    async with running(house, **environ):
        house.router.reply_next(Reply(text="Lighthouses."))
        await ada.click(question, label="Send")
        answer = await house.answer(ada, general, both(ended, says("Lighthouses.")))
        assert answer.id == question.id
        assert "1 of 50 requests used" in await usage(house, ada)


async def test_trim(house: House) -> None:
    """Trim leaves out old turns until the price is fair, and says how many."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    assert question.button("Trim").disabled
    house.router.reply_next(Reply(text="Lighthouses."), Reply(text="Twelve."))
    await ada.click(question, label="Send")
    await house.answer(ada, general, both(ended, says("Lighthouses.")))
    await ada.say(general, f"{house.me} how many are there?")
    question = await house.answer(ada, general, asks)
    assert "of what is left of your day" in question.text
    assert "Trim sends it without 1 earlier turn: about " in question.text
    await ada.click(question, label="Trim")
    answer = await house.answer(ada, general, both(ended, says("Twelve.")))
    assert answer.id == question.id
    assert "Trimmed: 1 earlier turn was left out" in answer.text
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents == ["Ada (@ada): how many are there?"]
    house.assert_polite()


async def test_private_stays_private(house: House) -> None:
    """The price of a private question, and its answer, are for one person alone."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    _, question = await ask(house, ada, private=True)
    assert question.ephemeral
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    answer = await house.answer(ada, general, both(ended, says("Lighthouses.")))
    assert answer.ephemeral
    assert answer.id == question.id
    assert all("Lighthouses" not in seen.text for seen in ben.sees(general))
    house.assert_polite()


async def test_a_second_press_does_nothing_twice(house: House) -> None:
    """Of two presses one is answered, the other is told so, and one request is paid."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    house.router.reply_next(Reply(text="Lighthouses."), Reply(text="Twice!"))
    first = await ada.click(question, label="Send")
    second = await ada.click(question, label="Send")
    refusal = await told_alone(house, ada, second)
    assert "asked already" in refusal.text
    assert len(first.message_ids) == 1
    await house.answer(ada, general, both(ended, says("Lighthouses.")))
    assert len(house.prompts()) == 1
    assert "1 of 50 requests used" in await usage(house, ada)


async def test_a_limit_that_fell_meanwhile_decides(house: House) -> None:
    """Where an admin has lowered the limit since, Send is refused in private, and nothing lost."""
    await house.start(**DAY)
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    _, question = await ask(house, ada)
    limit = {"meter": "tokens", "window": "day", "amount": 1_000, "member": ada.id}
    await (await olga.slash(general, "quota set", limit)).answered()
    refusal = await told_alone(house, ada, await ada.click(question, label="Send"))
    assert "too small" in refusal.text
    assert house.prompts() == []
    await (await olga.slash(general, "quota set", limit | {"amount": 100_000})).answered()
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    await house.answer(ada, general, both(ended, says("Lighthouses.")))


async def test_an_edited_question_has_its_new_words_and_price(house: House) -> None:
    """Editing the message changes what waits; what is sent are the new words."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    asked = await ada.say(general, f"{house.me} the old words", files=[DEAR])
    question = await house.answer(ada, general, asks)
    await ada.edit(asked, f"{house.me} the new words")
    await ada.wait_for(general, lambda it: it.id == question.id and it.edited)
    house.router.reply_next(Reply(text="New."))
    await ada.click(question, label="Send")
    await house.answer(ada, general, both(ended, says("New.")))
    assert "the new words" in house.prompts()[-1][-1]["content"]
    assert "the old words" not in str(house.prompts()[-1])


async def test_a_deleted_question_is_withdrawn(house: House) -> None:
    """Deleting the message withdraws what waits, and the price question says so."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    asked = await ada.say(general, f"{house.me} what is it about?", files=[DEAR])
    question = await house.answer(ada, general, asks)
    await ada.delete(asked)
    told = await house.answer(ada, general, says("The question was deleted."))
    assert told.id == question.id
    assert not told.buttons
    assert house.prompts() == []


async def test_in_direct_messages(house: House) -> None:
    """In a DM it is asked and answered the same."""
    await house.start(**DAY)
    ada = house.person("ada")
    direct = await ada.open_dm()
    await ada.say(direct, "what is it about?", files=[DEAR])
    question = await house.answer(ada, direct, asks)
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    answer = await house.answer(ada, direct, both(ended, says("Lighthouses.")))
    assert answer.id == question.id


async def test_from_a_menu_the_line_above_stays(house: House) -> None:
    """Of a question about a message, who asked what stands above the price and the answer."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    report = await ben.say(general, "My report", files=[DEAR])
    await ask_about(ada, report, "Is it good?")
    question = await house.answer(ada, general, asks)
    assert question.text.startswith("-# Ada asks about [what Ben wrote]")
    house.router.reply_next(Reply(text="It is."))
    await ada.click(question, label="Send")
    answer = await house.answer(ada, general, both(ended, says("It is.")))
    assert answer.text.startswith("-# Ada asks about [what Ben wrote]")
    assert answer.id == question.id


async def test_an_expensive_model_is_asked_about_without_a_day(house: House) -> None:
    """From five cents on the price alone is a reason, whatever the limits."""
    await house.start(default_quota="requests/day=50", context_tokens=200_000)
    ada, general = house.person("ada"), house.channel("general")
    files = [(f"part-{number}.txt", *DEAR[1:]) for number in range(4)]
    await ada.say(general, f"{house.me} all of it", files=files)
    question = await house.answer(ada, general, asks)
    assert "about $0.0" in question.text
    assert "day.**" not in question.text


async def test_a_cheap_question_is_answered_at_once(house: House) -> None:
    """Nobody is asked about what costs next to nothing."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, ended)


async def test_after_a_day_its_buttons_say_so(house: House) -> None:
    """A question older than a day is not sent any more; the next start forgets its words."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    for _ in range(2):
        await look(house, "UPDATE proposals SET made_at = made_at - 86400000000")
        refusal = await told_alone(house, ada, await ada.click(question, label="Send"))
        assert "older than a day" in refusal.text
        await house.stop()
        await house.start()
    await house.answer(ada, general, asks)
    async with asyncio.timeout(PATIENCE):
        while await look(house, "SELECT * FROM proposals"):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)
    assert house.prompts() == []


async def test_in_a_thread_of_several(house: House) -> None:
    """In a thread others go on while one decides, and what they said is then in the past."""
    await house.start(**DAY)
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house, title="Reports")
    await ada.say(thread, "what is it about?", files=[DEAR])
    question = await house.answer(ada, thread, asks)
    house.router.reply_next(Reply(text="Hello Ben."), Reply(text="Lighthouses."))
    await ben.say(thread, "hello")
    await house.answer(ben, thread, both(ended, says("Hello Ben.")))
    await ada.click(question, label="Send")
    await house.answer(ben, thread, both(ended, says("Lighthouses.")))
    assert "Hello Ben." in str(house.prompts()[-1])


async def test_a_price_that_rose_is_told_before_it_is_paid(house: House) -> None:
    """Where the model has become much dearer since, Send tells the new price in the same place."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    await house.stop()
    models = house.router.models
    for slug, model in models.items():
        dearer = tuple(replace(it, prompt=10 * it.prompt) for it in model.endpoints)
        models[slug] = replace(model, endpoints=dearer)
    await house.start()
    await ada.click(question, label="Send")
    anew = await house.answer(ada, general, both(asks, says("about $0.1")))
    assert anew.id == question.id
    assert house.prompts() == []
    await ada.click(anew, label="Send")
    answer = await house.answer(ada, general, ended)
    assert answer.id == question.id
    assert "1 of 50 requests used" in await usage(house, ada)


async def test_asking_again_is_asked_about_too(house: House) -> None:
    """Retry of a dear question tells its price, and Send then answers it in that message."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    house.router.fail_next(400)
    await ada.click(question, label="Send")
    failed = await house.answer(ada, general, says("It cost nothing."))
    await ada.click(failed, label="Retry")
    again = await house.answer(ada, general, lambda it: asks(it) and it.id != question.id)
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(again, label="Send")
    answer = await house.answer(ada, general, both(ended, says("Lighthouses.")))
    assert answer.id == again.id
    assert "1 of 50 requests used" in await usage(house, ada)


async def test_send_waits_for_a_lock_to_end(house: House) -> None:
    """In a locked thread Send begins no answer for who is no moderator; unlocked, it does."""
    await house.start(**DAY)
    ada, max_ = house.person("ada"), house.person("max")
    thread = await open_thread(house, title="Reports")
    await ada.say(thread, "what is it about?", files=[DEAR])
    question = await house.answer(ada, thread, asks)
    await max_.lock(thread)
    await ada.click(question, label="Send")
    await house.answer(ada, thread, both(says("this thread is locked"), lambda it: it.ephemeral))
    assert house.prompts() == []
    await max_.lock(thread, locked=False)
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    await house.answer(ada, thread, both(ended, says("Lighthouses.")))


async def test_send_wakes_an_archived_thread(house: House) -> None:
    """In a thread that went to sleep meanwhile, Send wakes it and answers."""
    await house.start(**DAY)
    ada, max_ = house.person("ada"), house.person("max")
    thread = await open_thread(house, title="Reports")
    await ada.say(thread, "what is it about?", files=[DEAR])
    question = await house.answer(ada, thread, asks)
    await max_.archive(thread)
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    await house.answer(ada, thread, both(ended, says("Lighthouses.")))
