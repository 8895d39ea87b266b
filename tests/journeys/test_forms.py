"""Forms that stand open while the bot restarts or things change: nothing typed is lost."""

from dataclasses import replace

from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.menus import FIELD as QUESTION
from tests.journeys.menus import asked, opened
from tests.journeys.test_forgetting import forget, press, say
from tests.journeys.test_personas import FIELD

LONG = "Call me Kelmuffin.\n" + "*`" * 1_900
FENCED = "Say:\n```py\nprint(1)\n```"


async def restart(house: House) -> None:
    """Stop the bot and start it anew."""
    await house.stop()
    await house.start()


async def test_a_persona_over_a_restart(house: House) -> None:
    """A persona's form that was open while the bot restarted is taken, to its last character."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    for scope in ("person", "channel", "server"):
        form = await (await olga.slash(general, "persona set", {"scope": scope})).opened()
        await restart(house)
        told = await (await olga.submit(form, {FIELD: LONG})).answered()
        assert told.ephemeral
        assert told.text.startswith("Set: persona")
        again = await (await olga.slash(general, "persona set", {"scope": scope})).opened()
        assert again.fields[0][1]["value"] == LONG
    house.assert_polite()


async def test_two_with_the_same_form(house: House) -> None:
    """Two people have the same server's form open, and one of them twice: all are heard."""
    await house.start()
    olga, cleo, general = house.person("olga"), house.person("cleo"), house.channel("general")
    options = {"scope": "server"}
    forms = [
        (it, await (await it.slash(general, "persona set", options)).opened())
        for it in (olga, cleo, olga)
    ]
    assert len({form.custom_id for _, form in forms}) == 3
    for number, (person, form) in enumerate(forms):
        told = await (await person.submit(form, {FIELD: f"Number {number}."})).answered()
        assert "Set: persona for this server" in told.text
    assert "Number 2." in (await use(cleo, general, "persona show")).text


async def test_another_channels_form(house: House) -> None:
    """A form counts where it was opened alone; what was typed comes back."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    form = await (await olga.slash(general, "persona set", {"scope": "channel"})).opened()
    elsewhere = form.custom_id.replace(str(general), str(house.channel("ideas")))
    told = await (await olga.submit(replace(form, custom_id=elsewhere), {FIELD: LONG})).answered()
    assert "choose again" in told.text
    assert [it.content.decode() for it in told.files] == [LONG]
    for channel in (general, house.channel("ideas")):
        assert "No persona" in (await use(olga, channel, "persona show")).text


async def test_a_question_over_a_restart(house: House) -> None:
    """A question's form that was open while the bot restarted is about the message as it is now."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(
        general, "The moon is cheese.", files=[("a.txt", b"Gouda.", "text/plain")]
    )
    form = await opened(ada, claim)
    await house.stop()
    await ben.edit(claim, "The moon is made of ham.")
    await house.start()
    house.router.reply_next(Reply(text="It is not."))
    await ada.submit(form, {QUESTION: "Is that true?"})
    seen = await house.answer(ben, general, both(ended, says("It is not.")))
    assert seen.text.startswith("-# Ada asks about [what Ben wrote](")
    assert "wrote: “The moon is made of ham.”)\nIs that true?" in asked(house)
    assert "Gouda." in asked(house)
    house.assert_polite()


async def test_a_message_deleted_over_a_restart(house: House) -> None:
    """Where the message is gone a private sentence says so, and gives the question back."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    olga = house.person("olga")
    olga.user.locale = "de"
    claim = await ben.say(general, "The moon is made of cheese.")
    forms = [await opened(it, claim) for it in (ada, olga)]
    await ben.delete(claim)
    await restart(house)
    await ada.submit(forms[0], {QUESTION: "Is *that* true?"})
    told = await house.answer(ada, general, says("can't be read any more"))
    assert told.ephemeral
    assert told.text.endswith("What you wrote:\n```\nIs *that* true?\n```")
    await olga.submit(forms[1], {forms[1].fields[0][0]: FENCED})
    told = await house.answer(olga, general, says("nicht mehr lesen", "geschrieben hast"))
    assert [it.content.decode() for it in told.files] == [FENCED]
    assert ben.sees(general) == []
    assert house.prompts() == []


async def test_a_private_answer_over_a_restart(house: House) -> None:
    """What one alone saw can't be read again: the question comes back in private."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="A secret."))
    await ada.slash(general, "ask", {"prompt": "Tell me", "private": True})
    answer = await house.answer(ada, general, both(ended, says("A secret.")))
    form = await opened(ada, answer)
    await restart(house)
    told = await (await ada.submit(form, {QUESTION: "Why?"})).answered()
    assert told.ephemeral
    assert "only you saw it" in told.text
    assert "```\nWhy?\n```" in told.text
    assert ben.sees(general) == []


async def test_only_who_may_read_it(house: House) -> None:
    """A message that somebody may not read any more is not read for them."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    form = await opened(ada, claim)
    other = await ben.say(house.channel("ideas"), "A secret.")
    forged = replace(form, custom_id=form.custom_id.replace(str(claim.id), str(other.id)))
    await (await ada.submit(forged, {QUESTION: "And?"})).acknowledged()
    await house.answer(ada, general, says("can't be read any more", "And?"))
    world = house.discord.world
    deny = Overwrite(ada.id, OverwriteType.MEMBER, deny=Permission.READ_MESSAGE_HISTORY)
    world.set_overwrites(world.channel(general), [deny])
    await restart(house)
    await ada.submit(form, {QUESTION: "Is that true?"})
    await house.answer(ada, general, says("can't be read any more", "Is that true?"))
    assert house.prompts() == []


async def test_a_refused_question_comes_back(house: House) -> None:
    """Over the limit, what was typed stands below the sentence that says so."""
    await house.start(default_quota="requests/day=0")
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    await ada.submit(await opened(ada, claim), {QUESTION: "Is that true?"})
    told = await house.answer(ada, general, says("limit of 0 requests"))
    assert told.ephemeral
    assert told.text.endswith("```\nIs that true?\n```")


async def test_a_message_forgotten_meanwhile(house: House) -> None:
    """What its author deleted and had forgotten comes back by no form that was open before."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await say(house, ben, general, "Hello", "Hello.")
    claim = await ben.say(general, "Kelmuffin is my plan.")
    form = await opened(ada, claim)
    await ben.delete(claim)
    await press(ben, await forget(ben, general))
    await ada.submit(form, {QUESTION: "Is that true?"})
    told = await house.answer(ada, general, says("forgotten at its author's wish"))
    assert told.text.endswith("```\nIs that true?\n```")
    assert len(house.prompts()) == 1


async def test_in_direct_messages(house: House) -> None:
    """A form about a direct message is taken after a restart as well."""
    await house.start()
    ada = house.person("ada")
    dm = await ada.open_dm()
    house.router.reply_next(Reply(text="Blue."), Reply(text="Rayleigh."))
    await ada.say(dm, "What colour is the sky?")
    answer = await house.answer(ada, dm, both(ended, says("Blue.")))
    form = await opened(ada, answer)
    await restart(house)
    await ada.submit(form, {QUESTION: "Why?"})
    await house.answer(ada, dm, both(ended, says("Rayleigh.")))
    assert asked(house).endswith("(about what you wrote: “Blue.”)\nWhy?")
