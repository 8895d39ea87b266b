"""Continue: an answer that was cut short goes on in its place, as often as need be."""

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_prices import look
from tests.journeys.test_variants import BIG, labels

CUT = Reply(text="One, two, three,", finish_reason="length")


async def cut(house: House, reply: Reply = CUT) -> tuple[Person, int, Seen]:
    """Let Ada get an answer that ended for its length."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(reply)
    await ada.say(general, f"{house.me} count")
    return ada, general, await house.answer(ada, general, both(ended, says("One, two, three,")))


async def test_an_answer_goes_on_in_place(house: House) -> None:
    """The rest comes behind what was there, is asked for with it, and is one answer in the past."""
    await house.start()
    ada, general, seen = await cut(house)
    assert "Continue" in labels(seen)
    await house.stop()
    await house.start()
    house.router.reply_next(Reply(text=" four, five."))
    await ada.click(seen, label="Continue")
    whole = await house.answer(ada, general, both(ended, says("One, two, three, four, five.")))
    assert whole.id == seen.id
    assert labels(whole) == ["Regenerate", "Thread"]
    *_, question, so_far, go_on = house.prompts()[-1]
    assert question["content"].endswith("count")
    assert so_far == {"role": "assistant", "content": "One, two, three,"}
    assert go_on["role"] == "user"
    house.router.reply_next(Reply(text="Fine."))
    await ada.say(general, f"{house.me} good")
    await house.answer(ada, general, both(ended, says("Fine.")))
    said = [it["content"] for it in house.prompts()[-1] if it["role"] == "assistant"]
    assert said == ["One, two, three, four, five."]
    house.assert_polite()


async def test_a_stopped_answer_goes_on(house: House) -> None:
    """What was stopped goes on too, can be stopped again, and goes on from there."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="word " * 400, hold_after=500))
    await ada.say(general, f"{house.me} write")
    await house.router.held()
    half = await house.answer(ada, general, says("word word"))
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, both(says("topped"), says("$")))
    house.router.release()
    house.router.reply_next(Reply(text="AND " * 200, hold_after=300))
    await ada.click(seen, label="Continue")
    await house.router.held()
    half = await house.answer(ada, general, says("word word", "AND AND"))
    await ada.click(half, label="Stop")
    seen = await house.answer(ada, general, both(says("AND", "topped"), says("$")))
    house.router.release()
    house.router.reply_next(Reply(text="END."))
    await ada.click(seen, label="Continue")
    seen = await house.answer(ada, general, both(ended, says("word word", "AND AND", "END.")))
    assert "Continue" not in labels(seen)


async def test_a_rest_that_does_not_come_loses_nothing(house: House) -> None:
    """Where the rest fails the answer stands there as before and can go on later."""
    await house.start()
    ada, general, seen = await cut(house)
    house.router.fail_next(400)
    await ada.click(seen, label="Continue")
    seen = await house.answer(ada, general, says("One, two, three,", "It cost nothing."))
    assert labels(seen) == ["Regenerate", "Continue", "Thread"]
    house.router.reply_next(Reply(text=" four."))
    await ada.click(seen, label="Continue")
    await house.answer(ada, general, both(ended, says("One, two, three, four.")))


async def test_a_continued_answer_is_one_variant(house: House) -> None:
    """An answer and its rest count as one among the variants; the arrows lead to the whole."""
    await house.start()
    ada, general, seen = await cut(house)
    house.router.reply_next(Reply(text="Uno, dos."))
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Uno, dos.")))
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, general, says("One, two, three,"))
    house.router.reply_next(Reply(text=" four."))
    await ada.click(seen, label="Continue")
    seen = await house.answer(ada, general, both(ended, says("One, two, three, four.")))
    assert "1/2" in labels(seen)
    await ada.click(seen, label="▶")
    seen = await house.answer(ada, general, says("Uno, dos."))
    assert "2/2" in labels(seen)
    await ada.click(seen, label="◀")
    await house.answer(ada, general, says("One, two, three, four."))
    house.router.reply_next(Reply(text="Fine."))
    await ada.say(general, f"{house.me} good")
    await house.answer(ada, general, both(ended, says("Fine.")))
    said = [it["content"] for it in house.prompts()[-1] if it["role"] == "assistant"]
    assert said == ["One, two, three, four."]


async def test_an_interrupted_rest_is_mended(house: House) -> None:
    """A restart in the middle of the rest keeps all that came, and it can go on once more."""
    await house.start()
    ada, general, seen = await cut(house)
    house.router.reply_next(Reply(text=" four," * 60, hold_after=200))
    await ada.click(seen, label="Continue")
    await house.router.held()
    await house.answer(ada, general, says("three, four, four,"))
    await house.stop()
    await house.start()
    seen = await house.answer(ada, general, both(says("interrupted", "$"), says("One, two")))
    assert labels(seen) == ["Regenerate", "Continue", "Thread"]
    house.router.release()
    house.router.reply_next(Reply(text=" END"))
    await ada.click(seen, label="Continue")
    await house.answer(ada, general, both(ended, says("One, two, three, four,", " END")))


async def test_private_answers(house: House) -> None:
    """A private answer can be regenerated and goes on in private, where it stands."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(CUT)
    await ada.slash(general, "ask", {"prompt": "count", "private": True})
    seen = await house.answer(ada, general, both(ended, says("One, two, three,")))
    assert seen.ephemeral
    house.router.reply_next(Reply(text=" four."))
    await ada.click(seen, label="Continue")
    whole = await house.answer(ada, general, both(ended, says("One, two, three, four.")))
    assert whole.id == seen.id
    house.router.reply_next(Reply(text="Uno."))
    await ada.click(whole, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Uno.")))
    assert seen.id == whole.id
    assert seen.ephemeral
    await ada.click(seen, label="◀")
    await house.answer(ada, general, says("One, two, three, four."))
    ben = house.person("ben")
    assert not [it for it in ben.sees(general) if it.author_id == house.discord.world.bot.id]
    house.assert_polite()


async def test_a_private_answer_of_several_messages(house: House) -> None:
    """When the token is over that its messages were posted with, another answer comes below."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=BIG))
    await ada.slash(general, "ask", {"prompt": "at length", "private": True})
    last = await house.answer(ada, general, both(ended, says("Paragraph 13.")))
    past = "UPDATE answers SET address = replace(address, strftime('%Y-', 'now'), '2001-')"
    await look(house, past)
    house.router.reply_next(Reply(text="Briefly."))
    await ada.click(last, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Briefly.")))
    assert seen.ephemeral
    assert seen.id != last.id
    await ada.click(seen, label="◀")
    await house.answer(ada, general, lambda it: it.id == seen.id and "Paragraph 0." in it.text)
    house.assert_polite()


async def test_an_answer_that_fills_the_context_is_not_gone_on_with(house: House) -> None:
    """Where an answer with its question fills the context, the refusal says so, and what to do."""
    await house.start(context_tokens=1_000)
    lines = "One, two, three, " + " ".join(str(number) for number in range(100, 800))
    ada, general, seen = await cut(house, Reply(text=lines, finish_reason="length"))
    await ada.click(seen, label="Continue")
    told = await house.answer(ada, general, says("too long to go on with"))
    assert told.ephemeral
    assert len(house.prompts()) == 1
