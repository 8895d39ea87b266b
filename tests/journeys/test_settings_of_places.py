"""`/settings` for a server and for a channel, as they reach the model and the screen."""

from collections.abc import Callable

import pytest

from sandbox.discord.permissions import Permission
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.process import running, stored


async def sent(house: House, channel: int, words: str) -> dict[str, object]:
    """Let Olga ask something, and return what the model was asked."""
    olga = house.person("olga")
    house.router.reply_next(Reply(text=f"Answer {words}."))
    await olga.say(channel, f"{house.me} {words}")
    await house.answer(olga, channel, both(ended, says(f"Answer {words}.")))
    return dict(house.router.chats[-1].body)


async def test_a_channel_goes_before_its_server(house: House) -> None:
    """What a channel chose holds in it, what the server chose elsewhere, or the makers' values."""
    await house.start()
    olga, general, ideas = house.person("olga"), house.channel("general"), house.channel("ideas")
    body = await sent(house, general, "one")
    assert (body["temperature"], body["top_p"], body["max_tokens"]) == (1.0, 0.95, 8_000)
    await use(olga, general, "settings set", temperature=0.2, max_output=900)
    told = await use(olga, general, "settings set", scope="channel", temperature=1.5, top_p=0.5)
    assert told.text == f"Set for <#{general}>: temperature **1.5**, top_p **0.5**"
    body = await sent(house, general, "two")
    assert (body["temperature"], body["top_p"], body["max_tokens"]) == (1.5, 0.5, 900)
    body = await sent(house, ideas, "three")
    assert (body["temperature"], body["top_p"], body["max_tokens"]) == (0.2, 0.95, 900)
    shown = (await use(olga, general, "settings show")).text
    assert "- temperature: **1.5** (set here)" in shown
    assert "- max_output: **900 tokens** (this server)" in shown
    assert "- context: **32,000 tokens** (default)" in shown
    told = await use(olga, general, "settings reset", scope="channel", setting="all")
    assert told.text == f"Reset for <#{general}>: temperature, top_p"
    body = await sent(house, general, "four")
    assert (body["temperature"], body["top_p"]) == (0.2, 0.95)
    house.assert_polite()


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("temperature", 2.1, "a number from 0 to 2"),
        ("temperature", -0.5, "a number from 0 to 2"),
        ("top_p", 1.01, "a number from 0 to 1"),
        ("max_output", 299, "a whole number of tokens from 300 to 8,000"),
        ("max_output", 8_001, "a whole number of tokens from 300 to 8,000"),
        ("context", 999, "a whole number of tokens from 1,000 to 32,000"),
        ("context", 32_001, "a whole number of tokens from 1,000 to 32,000"),
    ],
)
async def test_out_of_range(house: House, option: str, value: float, told: str) -> None:
    """A value out of its range changes nothing, not even others given with it."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    before = (await use(olga, general, "settings show")).text
    options = {option: value, "footer": "hidden"}
    refused = await use(olga, general, "settings set", **options)
    assert refused.text == f"`{option}` does not fit: choose {told}."
    assert (await use(olga, general, "settings show")).text.split(", where")[0] == (
        before.split(", where")[0]
    )


async def test_thinking_and_footer_can_be_hidden(house: House) -> None:
    """Hidden, no message ever says a word about thinking, and no line of costs stands below."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "settings set", thinking="hidden", footer="hidden")
    house.router.reply_next(Reply(text="Quiet.", thinking="Let me think. " * 400))
    await olga.say(general, f"{house.me} one")
    answer = await house.answer(olga, general, _rests("Quiet."))
    assert answer.text == "Quiet."
    assert "Thinking" not in [button.label for button in answer.buttons]
    bodies = [str(it.request) for it in house.discord.exchanges if it.method in {"POST", "PATCH"}]
    assert not [it for it in bodies if "thinking for" in it or "thought for" in it]


async def test_only_mentions_are_answered(house: House) -> None:
    """Where it was chosen, a thread's messages are answered only if they are to the bot."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "settings set", mention_only="on")
    await olga.slash(general, "chat", {"title": "Quiet"})
    opened = await house.answer(olga, general, says("<#"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    await olga.say(thread, "among ourselves")
    await sent(house, thread, "please")
    assert len(house.prompts()) == 1
    assert "among ourselves" not in str(house.prompts())
    told = await use(olga, thread, "settings set", scope="channel", mention_only="off")
    assert "off" in told.text
    house.router.reply_next(Reply(text="Here I am."))
    await olga.say(thread, "and now?")
    await house.answer(olga, thread, both(ended, says("Here I am.")))


async def test_who_may(house: House) -> None:
    """A channel's settings need Manage Channels, the server's Manage Server."""
    await house.start()
    cleo, general = house.person("cleo"), house.channel("general")
    told = await use(cleo, general, "settings set", scope="channel", footer="hidden")
    assert told.text == "You need the permission **Manage Channels** for that."
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    admins = next(it for it in guild.roles.values() if it.name == "Admins")
    world.set_permissions(guild, admins, Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS)
    told = await use(cleo, general, "settings set", scope="channel", footer="hidden")
    assert told.text == f"Set for <#{general}>: footer **hidden**"


async def test_changes_are_noted(house: House) -> None:
    """The trail says what was set and reset, for which place, from what to what."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "settings set", temperature=0.5)
    await use(olga, general, "settings set", temperature=0.5)
    await use(olga, general, "settings set", scope="channel", footer="hidden")
    await use(olga, general, "settings reset", setting="temperature")
    await use(olga, general, "settings reset", setting="temperature")
    told = (await use(olga, general, "audit")).text
    assert told.count("**/settings") == 3
    assert "**/settings set** temperature: none → 0.5" in told
    assert f"**/settings set** footer in <#{general}>: none → hidden" in told
    assert "**/settings reset** temperature: 0.5 → none" in told


async def test_nothing_chosen(house: House) -> None:
    """A command that sets nothing says so."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    told = await use(olga, general, "settings set")
    assert "choose at least one" in told.text
    told = await use(olga, general, "settings set", scope="channel", timezone="UTC")
    assert "the whole server's" in told.text


async def test_what_is_hidden_stays_hidden_when_an_answer_is_painted_anew(house: House) -> None:
    """Arrows show a variant as its place wants answers now, in a thread as its channel does."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "settings set", scope="channel", thinking="hidden", footer="hidden")
    await olga.slash(general, "chat", {"title": "Quiet"})
    opened = await house.answer(olga, general, says("Here is your thread"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    house.router.reply_next(Reply(text="Blue.", thinking="Hm. " * 50))
    await olga.say(thread, "a colour?")
    seen = await house.answer(olga, thread, _rests("Blue."))
    assert [button.label for button in seen.buttons] == ["Regenerate", "Thread"]
    house.router.reply_next(Reply(text="Green.", thinking="Hm. " * 50))
    await olga.click(seen, label="Regenerate")
    seen = await house.answer(olga, thread, _rests("Green."))
    await house.stop()
    await house.start()
    await olga.click(seen, label="◀")
    seen = await house.answer(olga, thread, _rests("Blue."))
    assert seen.text.strip() == "Blue."
    assert "Thinking" not in [button.label for button in seen.buttons]
    await use(olga, general, "settings set", scope="channel", thinking="shown", footer="shown")
    await olga.click(seen, label="▶")
    seen = await house.answer(olga, thread, both(ended, says("Green.")))
    assert "Thinking" in [button.label for button in seen.buttons]


async def test_an_old_thinking_button_where_thinking_is_hidden_since(house: House) -> None:
    """Pressed where thinking was hidden meanwhile, the button says why it shows none."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    house.router.reply_next(Reply(text="Quiet.", thinking="Let me think. " * 40))
    await olga.say(general, f"{house.me} one")
    seen = await house.answer(olga, general, both(ended, says("Quiet.")))
    await use(olga, general, "settings set", thinking="hidden")
    await olga.click(seen, label="Thinking")
    refused = await house.answer(olga, general, says("Thinking is hidden here"))
    assert refused.ephemeral
    assert "Let me think" not in refused.text


async def test_a_mended_answer_looks_as_its_place_wants_it(house: House) -> None:
    """What a kill left behind is mended without the lines that were hidden there."""
    olga, general = house.person("olga"), house.channel("general")
    await house.start()
    await use(olga, general, "settings set", footer="hidden")
    await house.stop()
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await olga.say(general, f"{house.me} write something long")
        await house.router.held()
        half = await house.answer(olga, general, says("word word"))
        await stored(house, half.id)
        await bot.kill()
    house.router.release()
    async with running(house):
        seen = await house.answer(olga, general, says("nterrupted"))
        assert seen.id == half.id
        assert seen.text.rpartition("\n")[2].strip() == "-# interrupted"


async def test_several_values_are_one_change(house: House) -> None:
    """Where one of them does not fit, the time zone among them, none is set; reset takes all."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    told = await use(olga, general, "settings set", temperature=0.5, timezone="Mars")
    assert "`timezone` does not fit" in told.text
    told = await use(olga, general, "settings set", temperature=9, timezone="Europe/Berlin")
    assert "`temperature` does not fit" in told.text
    assert "/settings" not in (await use(olga, general, "audit")).text
    told = await use(olga, general, "settings set", temperature=0.5, timezone="Europe/Berlin")
    assert "temperature **0.5**" in told.text
    assert "**Europe/Berlin**" in told.text
    told = await use(olga, general, "settings reset", setting="all")
    assert "Reset for this server: temperature" in told.text
    assert "**UTC**" in told.text


def _rests(word: str) -> Callable[[Seen], bool]:
    """Return the condition that an answer has ended, where no line below it says so."""

    def holds(seen: Seen) -> bool:
        labels = [button.label for button in seen.buttons]
        return word in seen.text and "Stop" not in labels and "Regenerate" in labels

    return holds
