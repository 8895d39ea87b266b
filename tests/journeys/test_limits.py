"""Lists of limits: pages of them, and choosing one to remove."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import role, turn_to, use
from tests.journeys.test_threads import open_thread, turn


async def test_a_long_list_has_pages_which_a_restart_keeps(house: House) -> None:
    """Many limits make several pages, turned by buttons also after a restart."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    limit = {"meter": "tokens", "window": "day"}
    rooms = [world.add_channel(guild, f"room-{number}").id for number in range(30)]
    for number, room in enumerate(rooms):
        await use(olga, general, "quota set", **limit, amount=number, channel=room)
    first = await use(olga, general, "quota list")
    assert first.text.startswith("**Limits of this server**\n- ")
    assert "Page 1 of 2" in first.text
    await house.stop()
    await house.start()
    second = await turn_to(olga, first, "▶")
    assert "For members for whom it has set none" in second.text
    assert "For the whole bot" in second.text
    assert all((f"<#{room}>" in first.text) != (f"<#{room}>" in second.text) for room in rooms)
    house.assert_polite()


async def test_removing_one_of_those_proposed(house: House) -> None:
    """Existing limits are proposed in words, with names; the chosen one is removed."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    moderators = role(house, "Moderators")
    limit = {"meter": "requests", "window": "day", "amount": 5}
    for whose in (
        {"member": ada.id},
        {"role": moderators},
        {"channel": general},
        {"whole_server": True},
        {},
    ):
        await use(olga, general, "quota set", **limit, **whose)
    proposed = await olga.autocomplete(general, "quota remove", {}, focused="limit")
    assert [name.removeprefix("5 requests a day for ") for name, _ in proposed] == [
        "#general",
        "each member",
        "@Ada",
        "each member with @Moderators",
        "the whole server",
    ]
    typed = {"limit": "day ada"}
    ((_, chosen),) = await olga.autocomplete(general, "quota remove", typed, focused="limit")
    assert "Removed" in (await use(olga, general, "quota remove", limit=chosen)).text
    assert "no such limit" in (await use(olga, general, "quota remove", limit=chosen)).text
    listed = await use(olga, general, "quota list")
    assert f"<@{ada.id}>" not in listed.text
    assert f"<@&{moderators}>" in listed.text


async def test_saying_which_limit_in_one_way(house: House) -> None:
    """A limit is chosen, or told by what it counts; half of either, or both, is explained."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    for options in (
        {},
        {"meter": "tokens"},
        {"limit": "the big one"},
        {"limit": f"member:{2**63}:tokens:day"},
        {"limit": "everyone:0:tokens:day", "meter": "tokens"},
    ):
        told = await use(olga, general, "quota remove", **options)
        assert told.text.startswith("`limit` does not fit: "), options


async def test_a_thread_can_be_limited_alone(house: House) -> None:
    """A thread's own limit holds there and nowhere else; its channel's holds in it too."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    thread = await open_thread(house)
    day = {"meter": "requests", "window": "day"}
    await use(olga, general, "quota set", **day, amount=1, channel=thread)
    await turn(house, "ada", thread, "one", "One.")
    await ada.say(thread, "two")
    await house.answer(ada, thread, says("This channel's limit of 1 request a day"))
    house.router.reply_next(Reply(text="Here."))
    await ada.slash(general, "ask", {"prompt": "and here?"})
    await house.answer(ada, general, both(ended, says("Here.")))
    await use(olga, general, "quota remove", **day, channel=thread)
    await use(olga, general, "quota set", **day, amount=2, channel=general)
    await ada.say(thread, "three")
    await house.answer(ada, thread, says("This channel's limit of 2 requests a day"))
