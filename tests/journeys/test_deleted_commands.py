"""Questions by commands: who deletes the only message that shows one takes it back, everywhere."""

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.menus import ask as ask_about
from tests.journeys.test_branching import branch
from tests.journeys.test_threads import open_thread, turn

SECRET = "my secret is 1234"


async def asked(house: House, words: str, answer: str, *, private: bool = False) -> Seen:
    """Let Ada use `/ask` in #general; return the answer."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=answer))
    await ada.slash(general, "ask", {"prompt": words, "private": private})
    return await house.answer(ada, general, both(ended, says(answer)))


def knows(house: House) -> bool:
    """Tell whether the model was sent the secret last."""
    return "1234" in str(house.prompts()[-1])


async def test_the_quote_of_a_chat(house: House) -> None:
    """Deleted by a moderator, the words of `/chat` are in no later prompt, nor in a branch."""
    await house.start()
    ada, max_ = house.person("ada"), house.person("max")
    house.router.reply_next(Reply(text="First."))
    thread = await open_thread(house, prompt=SECRET)
    await house.answer(ada, thread, both(ended, says("First.")))
    house.router.reply_next(Reply(text="Second."))
    await ada.say(thread, "go on")
    second = await house.answer(ada, thread, both(ended, says("Second.")))
    assert knows(house)
    grown = await branch(ada, second)
    await house.stop()
    await (await house.start()).wait_until_ready()
    await max_.delete(next(it for it in ada.sees(thread) if "1234" in it.text))
    for place in (thread, grown):
        await turn(house, "ada", place, "hello", f"Hi {place}.")
        assert not knows(house)
        assert "go on" in str(house.prompts()[-1])
    house.assert_polite()


async def test_the_quote_goes_while_it_is_answered(house: House) -> None:
    """Deleted while the answer grows, a quote leaves nothing behind of the question."""
    await house.start()
    ada, max_ = house.person("ada"), house.person("max")
    house.router.reply_next(Reply(text="word " * 40, hold_after=100))
    thread = await open_thread(house, prompt=SECRET)
    await house.router.held()
    await max_.delete(next(it for it in ada.sees(thread) if "1234" in it.text))
    house.router.release()
    await house.answer(ada, thread, ended)
    await turn(house, "ada", thread, "hello", "Hi.")
    assert not knows(house)


async def test_the_answer_to_ask(house: House) -> None:
    """Deleted, the answer to `/ask` takes the question along, also where a thread branched off."""
    await house.start()
    ada, max_, general = house.person("ada"), house.person("max"), house.channel("general")
    first = await asked(house, SECRET, "First.")
    second = await asked(house, "hello", "Second.")
    assert knows(house)
    grown = await branch(ada, second)
    await house.stop()
    await (await house.start()).wait_until_ready()
    await max_.delete(first)
    for place, mention in ((general, house.me), (grown, "")):
        await turn(house, "ada", place, f"{mention} hm?", f"Hm {place}.")
        assert not knows(house)
        assert "hello" in str(house.prompts()[-1])
    house.assert_polite()


@pytest.mark.parametrize("first", ["", "word " * 40])
async def test_an_answer_to_ask_that_grows(house: House, first: str) -> None:
    """Deleted before its first word, or in the middle, it takes the question along as well."""
    await house.start()
    ada, max_, general = house.person("ada"), house.person("max"), house.channel("general")
    half = Reply(text=first, hold_after=100) if first else Reply(text="Late.", accept_delay=3)
    house.router.reply_next(half)
    await ada.slash(general, "ask", {"prompt": SECRET})
    mine = house.discord.world.bot.id
    there = await ada.wait_for(
        general, lambda it: it.author_id == mine and ("word" in it.text or not first)
    )
    await house.router.until(lambda: len(house.router.chats) == 1)
    await max_.delete(there)
    house.router.release()
    await turn(house, "ada", general, f"{house.me} hm?", "Hm.")
    await turn(house, "ada", general, f"{house.me} so?", "So.")
    assert not knows(house)


async def test_asked_about_somebodys_message(house: House) -> None:
    """A question from a message's menu goes with its answer; the message itself may stay."""
    await house.start()
    ada, ben, max_ = house.person("ada"), house.person("ben"), house.person("max")
    general = house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    house.router.reply_next(Reply(text="Indeed."))
    await ask_about(ada, claim, SECRET)
    await max_.delete(await house.answer(ada, general, both(ended, says("Indeed."))))
    await turn(house, "ada", general, f"{house.me} hm?", "Hm.")
    assert [it["content"] for it in house.prompts()[-1][1:]] == ["Ada (@ada): hm?"]


async def deleted_all(person: Person, channel_id: int, *words: str) -> None:
    """Delete whatever holds these words and can be seen by all."""
    for it in person.sees(channel_id):
        if not it.ephemeral and any(word in it.text for word in words):
            await person.delete(it)


async def test_what_was_asked_in_private_stays(house: House) -> None:
    """Nobody can delete what one alone sees: there a question stays, whatever else is deleted."""
    await house.start()
    max_, general = house.person("max"), house.channel("general")
    await asked(house, SECRET, "First.", private=True)
    await asked(house, "hello", "Second.")
    await deleted_all(max_, general, "First.", "Second.")
    await asked(house, "so?", "Third.", private=True)
    assert [it["content"] for it in house.prompts()[-1][1:]] == [
        f"Ada (@ada): {SECRET}",
        "First.",
        "Ada (@ada): so?",
    ]


async def test_a_long_quote_that_goes_at_once(house: House) -> None:
    """Deleted before all of a long question is repeated, it is not asked."""
    await house.start()
    ada, general, max_ = house.person("ada"), house.channel("general"), house.person("max")
    house.discord.faults.delay("POST", r"/channels/\d+/messages$", seconds=0)
    house.discord.faults.delay("POST", r"/channels/\d+/messages$", seconds=2)
    await ada.slash(general, "chat", {"prompt": f"{SECRET} {'word ' * 600}"})
    opened = await house.answer(ada, general, says("<#"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    await max_.delete(await house.answer(ada, thread, says("1234")))
    await house.answer(ada, thread, says("was deleted before its turn came"))
    await turn(house, "ada", thread, "hello", "Hi.")
    assert len(house.prompts()) == 1
    assert not knows(house)


async def test_a_failure_that_is_tidied_away(house: House) -> None:
    """Where a failed answer's message is deleted, the question stays that a retry answered."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.fail_next(400)
    await ada.slash(general, "ask", {"prompt": SECRET})
    failed = await house.answer(ada, general, says("It cost nothing."))
    house.router.reply_next(Reply(text="Retried."))
    await ada.click(failed, label="Retry")
    await house.answer(ada, general, both(ended, says("Retried.")))
    await house.person("max").delete(failed)
    await asked(house, "and now?", "Now.")
    assert knows(house)
    assert "Retried." in str(house.prompts()[-1])
