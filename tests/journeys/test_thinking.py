"""Thinking: what the model thought first, for who asked alone."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says


async def test_thinking_is_shown_in_private(house: House) -> None:
    """The button shows it to who asked, after a restart too, and it stays out of the past."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(thinking="A pondered secret.", text="Blue."))
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says("Blue.")))
    await house.stop()
    await house.start()
    used = await ada.click(seen, label="Thinking")
    thought = await used.answered()
    assert thought.ephemeral
    assert "A pondered secret." in thought.text
    assert not any("pondered" in it.text for it in ben.sees(general))
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "pondered" not in str(house.prompts()[-1])
    house.assert_polite()


async def test_long_thinking_is_a_file(house: House) -> None:
    """What one message can't hold comes as a file with all of it."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    long = "Let me think about this. " * 400
    house.router.reply_next(Reply(thinking=long, text="Blue."))
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says("Blue.")))
    thought = await (await ada.click(seen, label="Thinking")).answered()
    assert thought.ephemeral
    [file] = thought.files
    assert file.content.decode() == long


async def test_thinking_of_an_answer_that_went_on(house: House) -> None:
    """An answer in several goes has the thinking of all of them."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(
        Reply(thinking="Earlier thought.", text="One,", finish_reason="length"),
        Reply(text=" two."),
    )
    await ada.say(general, f"{house.me} count")
    seen = await house.answer(ada, general, both(ended, says("One,")))
    await ada.click(seen, label="Continue")
    seen = await house.answer(ada, general, both(ended, says("One, two.")))
    thought = await (await ada.click(seen, label="Thinking")).answered()
    assert "Earlier thought." in thought.text


async def test_no_thinking_no_button(house: House) -> None:
    """An answer without thinking offers none."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Blue."))
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says("Blue.")))
    assert all(button.label != "Thinking" for button in seen.buttons)
