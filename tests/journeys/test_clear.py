"""/history clear: a conversation starts afresh, nothing is erased, and it can be undone."""

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.shelves import assert_sent, choose, listed, shelf, shown
from tests.journeys.test_long_conversations import LOST, long
from tests.journeys.test_threads import open_thread, turn

FRESH = "A fresh start"


async def cleared(person: Person, channel_id: int) -> Seen:
    """Let somebody start afresh and return what they are told."""
    used = await person.slash(channel_id, "history clear")
    return await used.answered(PATIENCE)


async def test_a_fresh_start_and_back(house: House) -> None:
    """After a fresh start the model sees nothing of before, pins neither; Undo brings all back."""
    await house.start()
    thread, ada, general = await open_thread(house), house.person("ada"), house.channel("general")
    await turn(house, "ada", thread, "my number is 42", "Noted.")
    await choose(house, ada, await shown(ada, thread), "pin", "Pin 1: ")
    await ada.slash(thread, "history clear")
    told = await house.answer(ada, thread, says(FRESH))
    assert "One turn is set aside" in told.text
    assert not told.ephemeral
    assert listed(await shown(ada, thread)) == []
    await turn(house, "ada", thread, "what is my number?", "I do not know.")
    assert len(house.prompts()[-1]) == 2
    await house.stop()
    await house.start()
    await ada.click(told, label="Undo")
    await house.answer(ada, thread, lambda it: it.id == told.id and "undone" in it.text)
    found = await shelf(house, ada, thread)
    assert [it.words for it in found] == ["my number is 42", "what is my number?"]
    await turn(house, "ada", thread, "and now?", "It is 42.")
    assert_sent(house, found)
    assert house.channel("general") == general
    house.assert_polite()


async def test_undo_is_over_after_another_fresh_start(house: House) -> None:
    """An older fresh start can't be undone beneath a newer one; that one can, and only once."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    told: list[Seen] = []
    for number in range(2):
        await turn(house, "ada", thread, f"question {number}", f"answer {number}")
        told.append(await cleared(ada, thread))
    for press in (told[0], told[1]):
        await ada.click(press, label="Undo")
        if press is told[0]:
            refusal = await house.answer(ada, thread, says("nothing of that any more"))
            assert refusal.ephemeral
    await house.answer(ada, thread, both(says("undone"), lambda it: it.id == told[1].id))
    assert [it.words for it in listed(await shown(ada, thread))] == ["question 1"]


async def test_who_may_start_afresh(house: House) -> None:
    """In a channel it takes Manage Messages, in a thread its owner may, in a DM oneself."""
    await house.start()
    ada, ben, max_ = house.person("ada"), house.person("ben"), house.person("max")
    general = house.channel("general")
    house.router.reply_next(Reply(text="Hello."))
    await ada.say(general, f"{house.me} hello")
    await house.answer(ada, general, both(ended, says("Hello.")))
    await ada.slash(general, "history clear")
    refusal = await house.answer(ada, general, says("Manage Messages"))
    assert refusal.ephemeral
    assert len(listed(await shown(ada, general))) == 1
    await max_.slash(general, "history clear")
    told = await house.answer(max_, general, says(FRESH))
    await ada.click(told, label="Undo")
    await house.answer(ada, general, lambda it: it.ephemeral and it.id > told.id)
    assert listed(await shown(ada, general)) == []
    thread = await open_thread(house)
    await turn(house, "ben", thread, "hello", "Hi.")
    await ben.slash(thread, "history clear")
    await house.answer(ben, thread, says("Manage Messages"))
    await ada.slash(thread, "history clear")
    await house.answer(ada, thread, says(FRESH))
    dm = await ada.open_dm()
    await turn(house, "ada", dm, "hello", "Hi there.")
    await ada.slash(dm, "history clear")
    await house.answer(ada, dm, says(FRESH))
    assert listed(await shown(ada, dm)) == []


async def test_nothing_to_set_aside(house: House) -> None:
    """Where nothing was said since, a fresh start says so and changes nothing."""
    await house.start()
    ada = house.person("ada")
    dm = await ada.open_dm()
    await ada.slash(dm, "history clear")
    told = await house.answer(ada, dm, says("nothing to set aside"))
    assert not told.buttons


async def test_after_a_fresh_start_a_loss_is_told_anew(house: House) -> None:
    """Who starts afresh is told again when the conversation outgrows the window."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    for part in range(2):
        for number in range(10):
            await turn(
                house, "ada", thread, f"question {part} {number}", f"{part} {long(number, 80)}"
            )
        told = [seen for seen in ada.sees(thread) if LOST in seen.text]
        assert len(told) == part + 1
        assert FRESH in (await cleared(ada, thread)).text
