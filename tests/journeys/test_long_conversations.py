"""Conversations that outgrow the model's window: what stays, what goes, and who hears of it."""

import sqlite3
from contextlib import closing

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, ended, says
from tests.journeys.test_threads import open_thread, turn

LOST = "This conversation has grown too long for me"
NOTES = ("notes.txt", b"the password is swordfish", "text/plain")


def change(house: House, statement: str) -> None:
    """Run a statement on the house's database, past our own code."""
    with closing(sqlite3.connect(house.folder / "threadlight.db")) as database, database:
        database.execute(statement)


def contents(house: House) -> list[str]:
    """Return what the model was sent last, between the instructions and the question."""
    return [message["content"] for message in house.prompts()[-1][1:-1]]


def long(number: int, words: int) -> str:
    """Return the answer of that number, with so many words more."""
    return " ".join([f"answer {number}", *["light"] * words])


async def test_a_loss_is_told_once(house: House) -> None:
    """When the beginning no longer fits, one answer says so, and none after a restart."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    for number in range(11):
        if number == 8:
            await house.stop()
            await house.start()
        await turn(house, "ada", thread, f"question {number}", long(number, 80))
    told = [seen for seen in ada.sees(thread) if LOST in seen.text]
    assert len(told) == 1
    assert "What you pin in /history show stays" in told[0].text.replace("`", "")
    assert not any("question 0" in it for it in contents(house))
    assert any("question 9" in it for it in contents(house))


async def test_prompts_begin_the_same_for_many_turns(house: House) -> None:
    """What is sent is what was sent before and something more, but for one turn in eight."""
    await house.start(context_tokens=2_000)
    thread = await open_thread(house)
    for number in range(16):
        await turn(house, "ada", thread, f"question {number}", long(number, 80))
    prompts = house.prompts()
    changed = [
        new for new, old in zip(prompts[1:], prompts, strict=False) if new[: len(old)] != old
    ]
    assert 1 <= len(changed) <= 2


async def test_what_is_pinned_stays(house: House) -> None:
    """A pinned question stays with its file at the head of what is sent, whatever falls out."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="I will."))
    await ada.say(thread, "answer in verse", files=[NOTES])
    await house.answer(ada, thread, lambda it: ended(it) and "I will." in it.text)
    change(house, "UPDATE turns SET pinned = 1")
    for number in range(11):
        await turn(house, "ada", thread, f"question {number}", long(number, 80))
    sent = contents(house)
    assert sent[0] == ("Ada (@ada): answer in verse\n\nFile notes.txt:\nthe password is swordfish")
    assert sent[1] == "I will."
    assert "question 0" not in sent[2]


async def test_pins_without_room_are_named(house: House) -> None:
    """Where what is pinned leaves no room, the refusal names it, and nothing is spent."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    long = ("long.txt", b"light " * 650, "text/plain")
    house.router.reply_next(Reply(text="Read."))
    await ada.say(thread, "keep this", files=[long])
    await house.answer(ada, thread, lambda it: ended(it) and "Read." in it.text)
    change(house, "UPDATE turn_files SET pinned = 1")
    await ada.say(thread, "and now? " * 60)
    refusal = await house.answer(ada, thread, says("With what is pinned here"))
    assert "“long.txt”" in refusal.text
    assert "Nothing was spent." in refusal.text
    assert len(house.prompts()) == 1


async def test_files_are_sent_again_with_a_retry(house: House) -> None:
    """Retry and later turns send a question's file as it was read."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.fail_next(400)
    await ada.say(thread, "what is in there?", files=[NOTES])
    failed = await house.answer(ada, thread, says("It cost nothing."))
    house.router.reply_next(Reply(text="A password."))
    await ada.click(failed, label="Retry")
    await house.answer(ada, thread, lambda it: ended(it) and "A password." in it.text)
    assert "File notes.txt:\nthe password is swordfish" in house.prompts()[-1][-1]["content"]
    await turn(house, "ada", thread, "and backwards?", "hsifdrows")
    assert contents(house)[0] == (
        "Ada (@ada): what is in there?\n\nFile notes.txt:\nthe password is swordfish"
    )
