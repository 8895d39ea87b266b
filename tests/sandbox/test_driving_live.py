"""The live view: it tells what somebody sees, never what they don't, and always the newest."""

import asyncio

import pytest

from sandbox.discord import posting
from sandbox.discord.membership import remove_member
from sandbox.discord.model import ChannelType, Json, Message
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.driving.views import PAGE
from tests.journeys.house import House
from tests.sandbox.driven import Page, file
from tests.sandbox.raw import RawBot

SECRET = "what the others must not read"


def put(house: House, place: str | int, text: str, only_for: str = "", **more: object) -> Message:
    """Let the bot write into a channel, for all or for one."""
    world = house.discord.world
    channel = world.channels[house.channel(place) if isinstance(place, str) else place]
    payload: Json = {"content": text, "flags": 64 if only_for else 0}
    draft = posting.Draft(
        payload,
        reply_to=more.get("reply_to"),  # type: ignore[arg-type]
        only_for=house.person(only_for).id if only_for else None,
        uploads=(file(f"{text}.txt"),) if only_for else (),
    )
    return posting.post(world, channel, world.bot.id, draft)


@pytest.mark.parametrize("name", ["ben", "max", "olga"])
async def test_a_private_note_is_told_to_one(house: House, page: Page, name: str) -> None:
    """A note for one person is told to that person, with its edits and its end, and to no other."""
    world, general = house.discord.world, house.channel("general")
    async with page.looking(name, general) as other, page.looking("ada", general) as ada:
        note = put(house, "general", SECRET, "ada")
        assert (await ada.told("message"))["message"]["content"] == SECRET
        put(house, "general", "A reply to it", reply_to=note.id)
        posting.edit(world, note, {"content": f"{SECRET}, edited"})
        edited = await ada.told("message", lambda told: told["message"]["id"] == str(note.id))
        assert edited["message"]["content"] == f"{SECRET}, edited"
        posting.delete(world, note)
        assert (await ada.told("message", lambda told: "gone" in told))["gone"] == str(note.id)
        put(house, "general", f"{SECRET}, again", "ada")
        await other.look(general)
        heard = await other.settled()
        assert SECRET not in heard
        assert f'"gone": "{note.id}"' not in heard
        assert "A reply to it" in heard


async def test_what_is_hidden_has_no_name(house: House, page: Page) -> None:
    """Channels, categories and private threads that somebody doesn't see are not named to them."""
    world, guild = house.discord.world, house.discord.world.guild_named("Lighthouse")
    hidden = [Overwrite(guild.id, OverwriteType.ROLE, deny=Permission.VIEW_CHANNEL)]
    async with page.looking("ben", house.channel("general")) as ben:
        bots = Overwrite(world.bot.id, OverwriteType.MEMBER, allow=Permission.VIEW_CHANNEL)
        vault = world.add_channel(guild, "Vault", type=ChannelType.CATEGORY, overwrites=hidden)
        cellar = world.add_channel(guild, "cellar", parent=vault, overwrites=[*hidden, bots])
        started = page.here("ada", house.channel("general"), name="Hush", private=True)
        thread = int((await page.done("thread", started))["channel"])
        await house.person("ada").invite(thread, world.bot.id)
        put(house, "staff", f"{SECRET} of the staff")
        async with RawBot(house.discord) as bot:
            for place in (thread, cellar.id):
                assert (await bot.say(place, {"content": SECRET})).status == 200
        await ben.told("figures", lambda told: len(told["discord"]["limits"]) >= 2)
        heard = await ben.settled()
        for name in ("Vault", "cellar", "Hush", "staff", SECRET, str(thread)):
            assert name not in heard
        for place in (thread, house.channel("staff"), vault.id):
            await ben.wish("look", place)
            assert "do not see" in (await ben.told("refused"))["error"]
        places = str(await ben.be("max"))
        assert "Hush" in places
        assert "staff" in places
        assert "cellar" not in places
        assert "cellar" in str(await ben.be("olga"))
        await ben.told("figures", lambda told: "cellar" in str(told["discord"]["limits"]))


async def test_who_is_taken_out_hears_no_more(house: House, page: Page) -> None:
    """Once somebody may not see a channel, no word of it is told, owed or not; they are led out."""
    world, ideas = house.discord.world, house.discord.world.channel_named("ideas")
    guild = world.guild_named("Lighthouse")
    hidden = [Overwrite(guild.id, OverwriteType.ROLE, deny=Permission.VIEW_CHANNEL)]
    early = put(house, "ideas", "Early")
    async with page.looking("ada", ideas.id) as ada:
        # All at once: the first edit is still owed when the door closes.
        posting.edit(world, early, {"content": "Edited"})
        world.set_overwrites(ideas, hidden)
        posting.edit(world, early, {"content": SECRET})
        put(house, "ideas", f"More of {SECRET}")
        await ada.wish("earlier", early.id + 1)
        assert (await ada.told("doors"))["lost"] == str(ideas.id)
        await ada.wish("look", ideas.id)
        assert SECRET not in await ada.settled()
        ways = {"text": "Let me in"}
        assert "Access" in await page.refused("say", page.here("ada", ideas.id) | ways)


async def test_who_leaves_a_private_thread_hears_no_more(house: House, page: Page) -> None:
    """Whoever is taken out of a private thread, or the server, hears nothing more of it."""
    world, guild = house.discord.world, house.discord.world.guild_named("Lighthouse")
    started = page.here("ada", house.channel("general"), name="Hush", private=True)
    thread = world.channels[int((await page.done("thread", started))["channel"])]
    await house.person("ada").invite(thread.id, house.person("ben").id)
    async with page.looking("ben", thread.id) as ben:
        remove_member(world, thread, house.person("ben").id)
        put(house, thread.id, SECRET)
        assert (await ben.told("doors"))["lost"] == str(thread.id)
        await ben.look(house.channel("general"))
        world.remove_member(guild, house.person("ben").id)
        put(house, "general", SECRET)
        await ben.told("doors", lambda told: "lost" in told)
        assert SECRET not in await ben.settled()


async def test_direct_messages_are_for_two(house: House, page: Page) -> None:
    """What somebody writes to the bot alone is told to nobody else, owners included."""
    dm = int((await page.done("dm", page.here("ada", 1)))["channel"])
    async with page.looking("olga", house.channel("general")) as olga:
        await page.done("say", page.here("ada", dm, text=SECRET))
        await page.done("typing", page.here("ada", dm))
        await olga.wish("look", dm)
        heard = await olga.settled()
        assert SECRET not in heard
        assert str(dm) not in heard
    assert "Access" in await page.refused("say", page.here("olga", dm, text="Hello"))
    async with page.looking("ada", dm) as ada:
        assert SECRET in str(ada.heard)


async def test_becoming_somebody_else(house: House, page: Page) -> None:
    """Whoever becomes somebody else sees what that one sees, and nothing that was owed before."""
    general = house.channel("general")
    put(house, "general", f"{SECRET}, of Ada's", "ada")
    async with page.looking("ada", general) as looker:
        assert SECRET in str(looker.heard)
        looker.heard.clear()
        await looker.be("ben")
        looker.heard.clear()
        put(house, "general", SECRET, "ada")
        put(house, "general", "For Ben", "ben")
        await looker.look(general)
        heard = await looker.settled()
        assert SECRET not in heard
        assert "For Ben" in heard
        for nobody in (house.discord.world.bot.id, 1, 0):
            await looker.wish("be", nobody)
            assert "nobody" in (await looker.told("refused"))["error"]


async def test_nobody_yet_sees_nothing(house: House, page: Page) -> None:
    """A view of nobody in particular tells who there is and what can be switched, and no more."""
    async with page.session.ws_connect(f"{page.url}/drive/live") as socket:
        kinds = []
        await socket.send_json({"do": "look", "id": str(house.channel("general"))})
        put(house, "general", SECRET)
        while "refused" not in kinds:
            told = await socket.receive_json()
            kinds.append(told["what"])
            assert SECRET not in str(told)
        assert set(kinds) == {"world", "switches", "figures", "refused"}


async def test_a_channel_that_goes(house: House, page: Page) -> None:
    """Who looks at a channel that is deleted is told so, and can look elsewhere."""
    world, ideas = house.discord.world, house.discord.world.channel_named("ideas")
    message = put(house, "ideas", "Soon gone")
    async with page.looking("ada", ideas.id) as ada:
        posting.edit(world, message, {"content": "Going"})
        world.delete_channel(ideas)
        assert (await ada.told("doors"))["lost"] == str(ideas.id)
        assert str(ideas.id) not in str((await ada.be("ada"))["servers"])
        await ada.wish("look", ideas.id)
        assert "do not see" in (await ada.told("refused"))["error"]
        await ada.look(house.channel("general"))
        put(house, "general", "Hello")
        assert (await ada.told("message"))["message"]["content"] == "Hello"
    assert "Unknown Channel" in await page.refused("say", page.here("ada", ideas.id, text="x"))


async def test_without_history_nothing_old_is_told(house: House, page: Page) -> None:
    """Who may not read what was said before sees only what is said from now on."""
    world, ideas = house.discord.world, house.discord.world.channel_named("ideas")
    guild = world.guild_named("Lighthouse")
    no_history = Overwrite(guild.id, OverwriteType.ROLE, deny=Permission.READ_MESSAGE_HISTORY)
    put(house, "ideas", SECRET)
    world.set_overwrites(ideas, [no_history])
    async with page.looking("ada", ideas.id) as ada:
        await ada.wish("earlier", "9" * 19)
        assert (await ada.told("earlier"))["messages"] == []
        put(house, "ideas", "From now on")
        assert (await ada.told("message"))["message"]["content"] == "From now on"
        assert SECRET not in await ada.settled()


async def test_a_slow_reader_gets_the_newest(house: House, page: Page) -> None:
    """Who reads slowly is told the newest state, not all that went before, nor each message."""
    world, general = house.discord.world, house.channel("general")
    growing = put(house, "general", "0")
    async with page.looking("ada", general) as ada:
        for count in range(1, 401):
            posting.edit(world, growing, {"content": f"{count} {'x' * 50_000}"})
            await asyncio.sleep(0)  # the view writes as long as the other end takes it
        for count in range(300):
            put(house, "general", f"message {count}")
            put(house, "ideas", f"idea {count}")
        heard: list[Json] = []
        while not heard or "message 299" not in str(heard[-1]):
            heard.append(await ada.told("channel"))
        assert heard[-1]["earlier"] is True
        assert len(heard[-1]["messages"]) == PAGE
        await ada.settled()
        edits = [each for each in ada.heard if each["what"] == "message"]
        assert len(edits) < 400
        assert len([each for each in ada.heard if each["what"] == "news"]) <= 100


WISHES = (
    *("", "x", "[]", "7", "null", '"be"', "{}", '{"do": "be"}', '{"id": "1"}', "NaN", "\x00"),
    *('{"do": "be", "id": 1e999}', '{"do": "be", "id": NaN}', '{"do": "look", "id": {}}'),
    *('{"do": "be", "id": null}', '{"do": "be", "id": 1}', '{"do": "be", "id": "-1"}'),
    *('{"do": [], "id": "1"}', '{"do": "fly", "id": "1"}', '{"do": "look", "id": "\\ud800"}'),
    *("[" * 60_000, '{"a":' * 10_000, "9" * 60_000, '{"do": "look", "id": "' + "9" * 5000 + '"}'),
)


async def test_malformed_wishes_are_refused_in_words(house: House, page: Page) -> None:
    """Whatever a page sends that is no wish is refused, and the view stays as it was."""
    async with page.looking("ada", house.channel("general")) as ada:
        for wish in WISHES:
            await ada.socket.send_str(wish)
            assert (await ada.told("refused"))["error"] == "That was not understood.", wish
        await ada.socket.send_bytes(b"\xff")
        put(house, "general", "Still looking")
        assert (await ada.told("message"))["message"]["content"] == "Still looking"


async def test_switches_are_seen_by_every_page(house: House, page: Page) -> None:
    """A switch that one page turns is told to all of them, and to those that come later."""
    general = house.channel("general")
    turn = {"as": str(house.person("ada").id), "name": "slow-model"}
    async with page.looking("ada", general) as ada, page.looking("ben", general) as ben:
        for on in (True, False):
            await page.done("switch", turn | {"on": on})
            for looker in (ada, ben):
                told = await looker.told("switches")
                assert [each["on"] for each in told["switches"] if each["on"]] == [True] * on
        await page.done("switch", turn | {"on": True})
        async with page.looking("cleo", general) as cleo:
            shown = [each for each in cleo.heard if each["what"] == "switches"]
            assert [each["name"] for each in shown[0]["switches"] if each["on"]] == ["slow-model"]


async def test_typing_and_news(house: House, page: Page) -> None:
    """Who types where one looks is told, and that something was said where one doesn't look."""
    general, ideas = house.channel("general"), house.channel("ideas")
    async with page.looking("ada", general) as ada:
        await page.done("typing", page.here("ben", ideas))
        await page.done("typing", page.here("ben", general))
        assert (await ada.told("typing"))["channel"] == str(general)
        me = f"<@{house.person('ada').id}>"
        await page.done("say", page.here("ben", ideas, text=f"Look, {me}"))
        news = await ada.told("news")
        assert (news["channel"], news["pinged"]) == (str(ideas), True)
