"""Quotes before questions: what becomes of the message that is quoted becomes of them."""

from sandbox.discord.people import Person
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.menus import ask as ask_about
from tests.journeys.test_branching import branch
from tests.journeys.test_continue_in_a_thread import told as told_of_thread
from tests.journeys.test_edits import contents
from tests.journeys.test_forgetting import forget, found, press, purged, say
from tests.journeys.test_prices import DAY, asks
from tests.journeys.test_threads import turn


async def test_a_reply_to_what_was_forgotten(house: House) -> None:
    """Replied to after it was forgotten, a message is not read: the answer says so, others are."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await say(house, ada, general, "Drazzlebop", "Yes.")
    old = await ada.say(general, "I like Kelmuffin.")
    await press(ada, await forget(ada, general))
    await purged(house)
    house.router.reply_next(Reply(text="One."), Reply(text="Two."))
    await ben.say(general, f"{house.me} why does she?", reply_to=old)
    seen = await house.answer(ben, general, both(ended, says("One.")))
    assert "was forgotten at its author's wish" in seen.text
    assert contents(house)[-1].endswith("at their author's wish)\nwhy does she?")
    new = await ada.say(general, "I like lamps.")
    await ben.say(general, f"{house.me} and now?", reply_to=new)
    seen = await house.answer(ben, general, both(ended, says("Two.")))
    assert "wish" not in seen.text
    assert "I like lamps." in contents(house)[-1]
    await house.stop()
    assert found(house, ["Kelmuffin"]) == []


async def refusals(person: Person, channel: int, number: int) -> None:
    """Wait until somebody was told so many times that what they ask about is forgotten."""
    refused = says("was forgotten at its author's wish")
    await person.wait_for(
        channel, lambda _: len([*filter(refused, person.sees(channel))]) >= number
    )


async def test_menus_on_what_was_forgotten(house: House) -> None:
    """Neither menu takes up what was forgotten: not a message, an answer to it, or its title."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    answer = await say(house, ada, general, "Drazzlebop", "Drazzlebop indeed.")
    old = await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(Reply(text="Wimblethorp it is."))
    await (await ada.slash(general, "chat", {"prompt": "Wimblethorp?"})).answered()
    title = next(it for it in ben.sees(general) if "Wimblethorp?" in it.text)
    await press(ada, await forget(ada, general))
    await purged(house)
    asked = len(house.prompts())
    await house.stop()
    await house.start()
    refused = says("was forgotten at its author's wish")
    for message in (old, answer, title):
        before = len([*filter(refused, ben.sees(general))])
        await ask_about(ben, message, "What is that?")
        await refusals(ben, general, before + 1)
    assert "was forgotten at its author's wish" in (await told_of_thread(ben, old)).text
    assert "nothing of that any more" in (await told_of_thread(ben, answer)).text
    assert len(house.prompts()) == asked
    await house.stop()
    assert found(house, ["Kelmuffin", "Drazzlebop", "Wimblethorp"]) == []
    assert not [it for it in house.discord.world.channels.values() if "Kelmuffin" in str(it.name)]


async def test_the_quoted_message_is_deleted(house: House) -> None:
    """What was quoted by a reply or a menu goes with its message, in branches too, files too."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    max_, first = house.person("max"), await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(Reply(text="One."), Reply(text="Two."))
    await ben.say(general, f"{house.me} why?", reply_to=first)
    await house.answer(ben, general, both(ended, says("One.")))
    file = ("plan.txt", b"All about Fizzwallace.", "text/plain")
    second = await ada.say(general, "Drazzlebop", files=[file])
    await ask_about(ben, second, "What is that?")
    seen = await house.answer(ben, general, both(ended, says("Two.")))
    thread = await branch(ben, seen)
    assert "Fizzwallace" in contents(house)[-1]
    await house.stop()
    await house.start()
    await max_.delete_together([first, second])
    await turn(house, "ben", thread, "and?", "Three.")
    gone = "Ben (@ben): (about words that were deleted since)\n"
    assert contents(house)[0] == f"{gone}why?"
    assert contents(house)[2] == f"{gone}What is that?"
    await say(house, ben, general, "and here?", "Four.")
    sent = str(house.prompts()[-2:])
    assert not [it for it in ("Kelmuffin", "Drazzlebop", "Fizzwallace") if it in sent]
    assert "⚠" in (await use(ben, general, "history show")).text


async def test_the_quoted_message_is_edited(house: House) -> None:
    """Later prompts hold what a quoted message says now, and what was said to it is stale."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(Reply(text="One."))
    await ben.say(general, f"{house.me} why?", reply_to=told)
    await house.answer(ben, general, both(ended, says("One.")))
    await ada.edit(told, "I like lamps.")
    await say(house, ben, general, "and?", "Two.")
    assert contents(house)[0] == "Ben (@ben): (about what Ada wrote: “I like lamps.”)\nwhy?"
    assert "⚠" in (await use(ben, general, "history show")).text


async def test_deleted_while_the_reply_waits(house: House) -> None:
    """A reply that waits for its turn is asked without what was deleted meanwhile."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(Reply(text="Slowly.", hold_after=1), Reply(text="One."))
    await ada.say(general, f"{house.me} slowly")
    await house.router.held()
    await ben.say(general, f"{house.me} why?", reply_to=told)
    await ask_about(ben, told, "What is that?")
    await ada.delete(told)
    await ada.say(general, "done")
    house.router.release()
    await house.answer(ben, general, both(ended, says("One.")))
    assert contents(house)[-1] == "Ben (@ben): (about words that were deleted since)\nwhy?"
    await ben.wait_for(general, both(says("nothing of that any more"), lambda it: it.ephemeral))


async def test_edited_while_the_reply_waits(house: House) -> None:
    """A reply and a question by a menu that wait for their turn quote what was edited meanwhile."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(
        Reply(text="Slowly.", hold_after=1), Reply(text="One."), Reply(text="Two.")
    )
    await ada.say(general, f"{house.me} slowly")
    await house.router.held()
    await ben.say(general, f"{house.me} why?", reply_to=told)
    await ask_about(ben, told, "What is that?")
    await ada.edit(told, "I like boats.")
    await ada.edit(told, "I like lamps.")
    await ada.say(general, "done")
    house.router.release()
    await house.answer(ben, general, both(ended, says("One.")))
    await house.answer(ben, general, both(ended, says("Two.")))
    quote = "Ben (@ben): (about what Ada wrote: “I like lamps.”)\n"
    assert {it[-1]["content"] for it in house.prompts()[1:]} == {
        f"{quote}why?",
        f"{quote}What is that?",
    }


async def test_edited_while_its_price_is_asked(house: House) -> None:
    """A dear reply is sent with what was edited meanwhile."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(general, "I like Kelmuffin.")
    file = ("a.txt", b"a b " * 30_000, "text/plain")
    await ben.say(general, f"{house.me} why?", reply_to=told, files=[file])
    offer = await house.answer(ben, general, asks)
    await ada.edit(told, f"I like lamps. {'a b ' * 400}")
    await ben.wait_for(general, lambda it: it.id == offer.id and it.text != offer.text)
    house.router.reply_next(Reply(text="One."))
    await ben.click(offer, label="Send")
    await house.answer(ben, general, both(ended, says("One.")))
    assert "I like lamps." in contents(house)[-1]
    assert "Kelmuffin" not in str(house.prompts())


async def test_deleted_while_its_price_is_asked(house: House) -> None:
    """A dear reply loses what was deleted, a dear question about it alone is withdrawn."""
    await house.start(**DAY)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(
        general, "Kelmuffin " * 200, files=[("a.txt", b"a b " * 30_000, "text/plain")]
    )
    await ask_about(ben, told, "What is that?")
    offer = await house.answer(ben, general, asks)
    await ada.delete(told)
    await house.answer(ben, general, both(lambda it: it.id == offer.id, says("nothing of that")))
    await house.stop()
    assert found(house, ["Kelmuffin"]) == []


async def test_a_menu_on_what_never_said_a_word(house: House) -> None:
    """Who asks about an answer that was stopped before its first word is told of no forgetting."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="Late.", accept_delay=3), Reply(text="One."))
    await ada.say(general, f"{house.me} slowly")
    mine = house.discord.world.bot.id
    there = await ada.wait_for(general, lambda it: it.author_id == mine and bool(it.buttons))
    await ada.click(there, label="Stop")
    stopped = await house.answer(ada, general, says("before the first word"))
    await ask_about(ben, stopped, "Why not?")
    await house.answer(ben, general, both(ended, says("One.")))
    assert contents(house)[-1].endswith("Why not?")
