"""`/persona`: what the model is told, by channel, server and person."""

from datetime import UTC, datetime
from itertools import pairwise

from bot.prompts.persona_library import LIBRARY
from sandbox.discord.people import Person
from sandbox.discord.permissions import Permission
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use

FIELD = "Instructions for the model"


async def write(person: Person, channel: int, text: str, **options: str) -> Seen:
    """Set a persona by its form, and return what is said to that."""
    form = await (await person.slash(channel, "persona set", options)).opened()
    return await (await person.submit(form, {FIELD: text})).answered()


async def ask(house: House, person: Person, channel: int, words: str) -> list[str]:
    """Let somebody ask something, and return the messages that the model was sent."""
    house.router.reply_next(Reply(text=f"Answer {words}."))
    await person.say(channel, f"{house.me} {words}")
    await house.answer(person, channel, both(ended, says(f"Answer {words}.")))
    return [str(message["content"]) for message in house.prompts()[-1]]


def may_change_channels(house: House) -> None:
    """Let moderators manage channels."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    moderators = next(it for it in guild.roles.values() if it.name == "Moderators")
    world.set_permissions(guild, moderators, Permission.MANAGE_CHANNELS)


async def test_a_channels_persona_goes_before_the_servers(house: House) -> None:
    """The server's persona holds where no channel has one, and again once that is reset."""
    may_change_channels(house)
    await house.start()
    olga, max_, general = house.person("olga"), house.person("max"), house.channel("general")
    told = await write(olga, general, "You speak like a pirate.", scope="server")
    assert told.ephemeral
    assert "persona for this server" in told.text
    [system, *_] = await ask(house, olga, general, "one")
    assert system.endswith("\n\nYou speak like a pirate.")
    await write(max_, general, "You speak like a judge.", scope="channel")
    [system, *_] = await ask(house, olga, general, "two")
    assert system.endswith("\n\nYou speak like a judge.")
    shown = await use(olga, general, "persona show")
    assert "judge" in shown.text
    assert "pirate" not in shown.text
    [system, *_] = await ask(house, olga, house.channel("ideas"), "three")
    assert "pirate" in system
    assert "Reset" in (await use(max_, general, "persona reset", scope="channel")).text
    [system, *_] = await ask(house, olga, general, "four")
    assert "pirate" in system
    house.assert_polite()


async def test_placeholders(house: House) -> None:
    """Placeholders stand for the day, the server and the channel; other braces stay."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    text = r"You are in {server}, #{channel}, on {date}: use \boxed{}."
    await write(olga, general, text, scope="channel")
    days = {datetime.now(UTC).date().isoformat()}
    [system, *_] = await ask(house, olga, general, "one")
    days.add(datetime.now(UTC).date().isoformat())
    last = system.rpartition("\n\n")[2]
    assert last.startswith("You are in Lighthouse, #general, on ")
    assert last.endswith(r": use \boxed{}.")
    assert any(day in last for day in days)


async def test_ones_own_is_added_and_keeps_the_prefix(house: House) -> None:
    """A person's own persona stands with their question: what came before stays as it was."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await write(ada, general, "Call me Captain, not {user}.")
    [system, question] = await ask(house, ada, general, "one")
    assert "Captain" not in system
    assert question.startswith("[What Ada (@ada) wants of every answer to them:\n")
    assert "Call me Captain, not Ada (@ada)." in question
    assert question.endswith("]\n\nAda (@ada): one")
    bens = await ask(house, ben, general, "two")
    assert bens[0] == system
    assert bens[1] == "Ada (@ada): one"
    assert not any("Captain" in it for it in bens)
    assert "Captain" in (await use(ada, general, "persona show")).text
    assert "No persona" in (await use(ben, general, "persona show")).text
    assert "Reset" in (await use(ada, general, "persona reset")).text
    assert "no persona of your own" in (await use(ada, general, "persona reset")).text


async def test_who_asks_in_a_persona_for_all(house: House) -> None:
    """A channel's persona that names who asks stands with the question, under each one's name."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await write(olga, general, "Greet {user} first.", scope="channel")
    olgas = await ask(house, olga, general, "one")
    adas = await ask(house, ada, general, "two")
    assert olgas[0] == adas[0]
    assert "Greet Olga (@olga) first." in olgas[-1]
    assert "Greet Ada (@ada) first." in adas[-1]


async def test_who_may(house: House) -> None:
    """A channel's needs Manage Channels, a server's Manage Server; one's own anybody may set."""
    await house.start()
    ada, cleo, general = house.person("ada"), house.person("cleo"), house.channel("general")
    for command in ("persona set", "persona reset"):
        told = await use(ada, general, command, scope="server")
        assert told.text == "You need the permission **Manage Server** for that."
        for person in (ada, cleo):
            told = await use(person, general, command, scope="channel")
            assert told.text == "You need the permission **Manage Channels** for that."


async def test_who_may_no_more(house: House) -> None:
    """Whoever loses the permission while the form is open changes nothing with it."""
    may_change_channels(house)
    await house.start()
    max_, general = house.person("max"), house.channel("general")
    form = await (await max_.slash(general, "persona set", {"scope": "channel"})).opened()
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    moderators = next(it for it in guild.roles.values() if it.name == "Moderators")
    world.set_permissions(guild, moderators, Permission.MANAGE_MESSAGES)
    told = await (await max_.submit(form, {FIELD: "You are mine."})).answered()
    assert told.text.startswith("You need the permission **Manage Channels** for that.")
    assert told.text.endswith("```\nYou are mine.\n```")
    assert "No persona" in (await use(max_, general, "persona show")).text


async def test_one_to_start_from(house: House) -> None:
    """Each of the library fills the form; what was set fills it next time."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    for sample in LIBRARY:
        options = {"start_from": sample.key}
        form = await (await ada.slash(general, "persona set", options)).opened()
        [(label, field)] = form.fields
        assert (label, field["max_length"], field["value"]) == (FIELD, 4000, sample.text)
        assert "Set: persona of your own" in (await (await ada.submit(form, {})).answered()).text
    form = await (await ada.slash(general, "persona set", {})).opened()
    assert form.fields[0][1]["value"] == LIBRARY[-1].text


async def test_a_long_one_is_shown_whole(house: House) -> None:
    """Four thousand characters reach the model and are shown to their last one."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await write(ada, general, "*" * 3_996 + "last")
    [_, question] = await ask(house, ada, general, "one")
    assert "*last]" in question
    await use(ada, general, "persona show")
    await ada.wait_for(general, both(lambda it: it.ephemeral, says("last")))


async def test_changes_are_noted_without_their_words(house: House) -> None:
    """The trail says who changed a server's or channel's persona; one's own is nobody's matter."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await write(olga, general, "secret words", scope="server")
    await write(olga, general, "secret", scope="channel")
    await write(olga, general, "secretly", scope="person")
    await use(olga, general, "persona reset", scope="server")
    told = (await use(olga, general, "audit")).text
    assert "secret" not in told
    assert "**/persona reset** persona of the server: 12 characters → none" in told
    assert f"**/persona set** persona of <#{general}>: none → 6 characters" in told
    assert told.count("/persona") == 3


async def test_in_direct_messages(house: House) -> None:
    """In a direct message one's own persona holds and can be set, and no other."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await write(ada, general, "Call me Captain.")
    dm = await ada.open_dm()
    told = await use(ada, dm, "persona set", scope="server")
    assert "only `me`" in told.text
    await write(ada, dm, "Call me Admiral.")
    assert "Admiral" in (await use(ada, dm, "persona show")).text


async def test_a_threads_prefix_grows_and_never_changes(house: House) -> None:
    """With a persona full of placeholders each prompt of a thread begins with all of the last."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await write(olga, general, "This is #{channel} of {server}. Today is {date}.", scope="channel")
    await write(ada, general, "Rhyme, {user} likes that.")
    house.router.reply_next(Reply(text="Answer zero."))
    await olga.slash(general, "chat", {"prompt": "zero"})
    opened = await house.answer(olga, general, says("<#"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    await house.answer(olga, thread, both(ended, says("Answer zero.")))
    for number, person in enumerate((ada, olga, ada, olga)):
        await ask(house, person, thread, f"number {number}")
    prompts = house.prompts()
    assert len(prompts) == 5
    for earlier, later in pairwise(prompts):
        assert later[: len(earlier) - 1] == earlier[:-1]
    assert prompts[-1][0]["content"].count("This is #general of Lighthouse.") == 1


async def test_a_persona_that_leaves_no_room_is_named(house: House) -> None:
    """Where the persona fills the context, the refusal says so and does not blame the question."""
    await house.start(context_tokens=1_000)
    olga, general = house.person("olga"), house.channel("general")
    await write(olga, general, "You speak like a pirate. " * 150, scope="server")
    await olga.say(general, f"{house.me} hello")
    told = await house.answer(olga, general, says("persona here leaves no room", "1,000"))
    assert "`/persona set`" in told.text
    assert "shorten it or ask about a part" not in told.text
    assert house.prompts() == []
