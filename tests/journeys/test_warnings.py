"""Warnings near a limit's end: once a window and limit, in private where Discord has a way."""

import asyncio

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.rooms import add_rooms

NEARLY = "80 % of your 5 requests a day are used; they reset <t:"
END = "Your 5 requests a day are used up; they reset <t:"


def is_private(seen: Seen) -> bool:
    """Tell whether one person alone sees a message."""
    return seen.ephemeral


async def ask(house: House, person: Person, number: int) -> Seen:
    """Let somebody ask by command, and return the answer."""
    general, word = house.channel("general"), f"Answer {number}."
    house.router.reply_next(Reply(text=word))
    await person.slash(general, "ask", {"prompt": f"question {number}"})
    return await house.answer(person, general, both(ended, says(word)))


def told(person: Person, channel_id: int, words: str) -> int:
    """Count the messages in a channel that hold these words, as a person sees them."""
    return sum(words in seen.text for seen in person.sees(channel_id))


async def test_in_private_after_a_command(house: House) -> None:
    """At 80 % and at the end the asker alone is told, once each, and others see nothing of it."""
    await house.start(default_quota="requests/day=5")
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    for number in range(1, 4):
        await ask(house, ada, number)
    assert told(ada, general, "of your 5 requests") == 0
    answer = await ask(house, ada, 4)
    assert "% of your" not in answer.text
    await house.answer(ada, general, both(is_private, says(NEARLY)))
    await ask(house, ada, 5)
    await house.answer(ada, general, both(is_private, says(END)))
    assert told(ada, general, NEARLY) == told(ada, general, END) == 1
    assert told(ben, general, "of your") == 0
    house.assert_polite()


async def test_below_the_answer_to_a_message(house: House) -> None:
    """A mention has no private way: the answer's small print says it, and only that one's."""
    await house.start(default_quota="requests/day=10")
    ada, general = house.person("ada"), house.channel("general")
    for number in range(1, 10):
        house.router.reply_next(Reply(text=f"Answer {number}."))
        await ada.say(general, f"{house.me} question {number}")
        await house.answer(ada, general, both(ended, says(f"Answer {number}.")))
    warned = [it.text for it in ada.sees(general) if "% of your 10 requests a day" in it.text]
    assert len(warned) == 1
    assert "Answer 8." in warned[0]
    assert "-# 80 % of your 10 requests a day are used; they reset <t:" in warned[0]


async def test_a_restart_warns_nobody_again(house: House) -> None:
    """What was told stays told in the same window."""
    await house.start(default_quota="requests/day=10")
    ada, general = house.person("ada"), house.channel("general")
    for number in range(1, 9):
        await ask(house, ada, number)
    await house.answer(ada, general, says("80 % of your 10"))
    await house.stop()
    await house.start()
    await ask(house, ada, 9)
    assert told(ada, general, "% of your 10") == 1


async def test_simultaneous_turns_warn_once(house: House) -> None:
    """Of many turns that end together one tells of the limit."""
    rooms = add_rooms(house, 9)
    await house.start(default_quota="requests/day=10")
    ada = house.person("ada")
    house.router.reply_next(*(Reply(text="word " * 20, hold_after=10) for _ in rooms))
    await asyncio.gather(*(ada.say(room, f"{house.me} hello") for room in rooms))
    await house.router.held(9)
    house.router.release()
    for room in rooms:
        await house.answer(ada, room, ended)
    assert sum(told(ada, room, "% of your 10 requests") for room in rooms) == 1


async def test_a_new_limit_is_told_of_anew(house: House) -> None:
    """Whose limit an admin has raised is told when the new one nears its end."""
    await house.start(default_quota="requests/day=50")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    limit = {"meter": "requests", "window": "day", "amount": 1, "member": ada.id}
    await (await olga.slash(general, "quota set", limit)).answered()
    await ask(house, ada, 1)
    await house.answer(ada, general, both(is_private, says("Your 1 request a day is used up")))
    await (await olga.slash(general, "quota set", limit | {"amount": 2})).answered()
    await ask(house, ada, 2)
    await house.answer(ada, general, both(is_private, says("Your 2 requests a day are used up")))


async def test_little_left_shortens_the_answer_and_says_so(house: House) -> None:
    """Where little is left the output limit is lowered to it, and the small print says so."""
    await house.start(default_quota="tokens/day=1500")
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, f"{house.me} hello")
    answer = await house.answer(ada, general, both(ended, says("Short answer: ")))
    asked_for = house.router.chats[-1].body["max_tokens"]
    assert 300 <= asked_for < 1_500
    assert f"-# Short answer: {asked_for:,} tokens are left today." in answer.text


async def test_below_the_useful_minimum_it_is_refused(house: House) -> None:
    """Fewer than 300 tokens of answer are not worth asking: the refusal names limit and reset."""
    await house.start(default_quota="tokens/day=700")
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "hello"})
    refusal = await house.answer(ada, general, says("limit of 700 tokens a day"))
    assert refusal.ephemeral
    assert "needs at least" in refusal.text
    assert house.prompts() == []
    await house.stop()
    await house.start(least_output_tokens=50)
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, both(ended, says("Short answer: ")))


async def test_who_is_exempt_is_not_warned(house: House) -> None:
    """Personal limits do not count for the exempt, and nobody tells them of any."""
    await house.start(default_quota="requests/day=1")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    exempt = await olga.slash(general, "quota exempt", {"member": ada.id, "on": True})
    await exempt.answered()
    for number in (1, 2):
        answer = await ask(house, ada, number)
        assert "of your" not in answer.text
    assert told(ada, general, "of your") == 0
