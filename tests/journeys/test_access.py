"""Who may use the bot: what a server allows and denies counts on every way in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import role, turn_to, use
from tests.journeys.menus import MENU
from tests.journeys.test_stopping import begin, stopped

DENIED = "someone who manages this server"
"""How a refusal says whom to ask."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What was there before somebody was denied: a thread of the bot's, an answer, a failure."""

    house: House
    ada: Person
    general: int
    thread: int
    answer: Seen
    failure: Seen

    async def deny(self) -> None:
        """Let the owner deny Ada the bot."""
        await use(self.house.person("olga"), self.general, "access deny", member=self.ada.id)


async def scene(house: House) -> Scene:
    """Let Ada ask, fail and open a thread."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "chat", {"title": "Plans"})
    told = await house.answer(ada, general, says("<#"))
    thread = int(told.text.split("<#", 1)[1].split(">", 1)[0])
    house.router.reply_next(Reply(thinking="Hm.", text="An answer.", finish_reason="length"))
    await ada.say(general, f"{house.me} hello")
    answer = await house.answer(ada, general, both(ended, says("An answer.")))
    house.router.fail_next(400)
    await ada.say(general, f"{house.me} fail")
    failure = await house.answer(ada, general, says("It cost nothing."))
    return Scene(house, ada, general, thread, answer, failure)


async def by_ask(it: Scene) -> Seen:
    """Ask with the command."""
    await it.ada.slash(it.general, "ask", {"prompt": "hello"})
    return await it.house.answer(it.ada, it.general, says(DENIED))


async def by_private_ask(it: Scene) -> Seen:
    """Ask in private with the command."""
    await it.ada.slash(it.general, "ask", {"prompt": "hello", "private": True})
    return await it.house.answer(it.ada, it.general, says(DENIED))


async def by_chat(it: Scene) -> Seen:
    """Open a thread, which must not come to be."""
    threads = len(it.house.discord.world.channels)
    await it.ada.slash(it.general, "chat", {"prompt": "hello"})
    seen = await it.house.answer(it.ada, it.general, says(DENIED))
    assert len(it.house.discord.world.channels) == threads
    return seen


async def by_menu(it: Scene) -> Seen:
    """Ask about a message, which must open no form."""
    used = await it.ada.menu(MENU, it.answer)
    seen = await used.answered()
    assert used.modal is None
    return seen


async def by_retry(it: Scene) -> Seen:
    """Ask again what failed."""
    await it.ada.click(it.failure, label="Retry")
    return await it.house.answer(it.ada, it.general, says(DENIED))


async def by_button(label: str, it: Scene) -> Seen:
    """Press a button below an answer."""
    await it.ada.click(it.answer, label=label)
    return await it.house.answer(it.ada, it.general, says(DENIED))


async def by_regenerate(it: Scene) -> Seen:
    """Have the question answered once more."""
    return await by_button("Regenerate", it)


async def by_continue(it: Scene) -> Seen:
    """Have the answer go on."""
    return await by_button("Continue", it)


async def by_thinking(it: Scene) -> Seen:
    """Look at what the model thought."""
    return await by_button("Thinking", it)


async def by_branch(it: Scene) -> Seen:
    """Go on in a thread, which must not come to be."""
    threads = len(it.house.discord.world.channels)
    seen = await by_button("Thread", it)
    assert len(it.house.discord.world.channels) == threads
    return seen


PRIVATELY: list[Callable[[Scene], Awaitable[Seen]]] = [
    by_ask,
    by_private_ask,
    by_chat,
    by_menu,
    by_retry,
    by_regenerate,
    by_continue,
    by_thinking,
    by_branch,
]


@pytest.mark.parametrize("way", PRIVATELY, ids=lambda way: way.__name__)
async def test_who_is_denied_is_told_in_private(
    house: House, way: Callable[[Scene], Awaitable[Seen]]
) -> None:
    """Commands, menus and buttons say what forbids it and whom to ask, to that person alone."""
    it = await scene(house)
    await it.deny()
    asked = len(house.router.chats)
    seen = await way(it)
    assert seen.ephemeral
    assert "does not let you use me" in seen.text
    assert DENIED in seen.text
    assert len(house.router.chats) == asked
    ben = house.person("ben")
    assert not any(DENIED in other.text for other in ben.sees(it.general))
    house.assert_polite()


async def by_mention(it: Scene) -> Seen:
    """Mention the bot."""
    return await it.ada.say(it.general, f"{it.house.me} again")


async def by_reply(it: Scene) -> Seen:
    """Reply to the bot."""
    return await it.ada.say(it.general, "and why?", reply_to=it.answer)


async def by_thread(it: Scene) -> Seen:
    """Write in a thread of the bot's."""
    return await it.ada.say(it.thread, "are you there?")


@pytest.mark.parametrize("way", [by_mention, by_reply, by_thread], ids=lambda way: way.__name__)
async def test_who_is_denied_gets_a_reply(
    house: House, way: Callable[[Scene], Awaitable[Seen]]
) -> None:
    """Messages are answered with what forbids it, and nothing is asked of the model."""
    it = await scene(house)
    await it.deny()
    asked = len(house.router.chats)
    message = await way(it)
    refusal = await house.answer(it.ada, message.channel_id, says(DENIED))
    assert refusal.reply_to == message.id
    assert len(house.router.chats) == asked


async def test_an_open_form_is_checked_and_a_stop_is_not(house: House) -> None:
    """Whoever was denied while a form was open can't send it, and can still end an answer."""
    await house.start()
    ada, general, half = await begin(house)
    olga, ben = house.person("olga"), house.person("ben")
    said = await ben.say(general, "The moon is made of cheese.")
    form = await (await ada.menu(MENU, said)).opened()
    await use(olga, general, "access deny", role=role(house, "@everyone"))
    await (await ada.submit(form, {"Your question": "is it?"})).acknowledged()
    await house.answer(ada, general, both(says(DENIED), lambda seen: seen.ephemeral))
    await ada.click(half, label="Stop")
    await house.answer(ada, general, stopped)


async def test_a_denied_moderator_can_stop(house: House) -> None:
    """A moderator who may not use the bot ends anybody's answer, others only their own."""
    await house.start()
    ada, general, half = await begin(house)
    olga, ben, max_ = (house.person(it) for it in ("olga", "ben", "max"))
    await use(olga, general, "access deny", role=role(house, "@everyone"))
    await ben.click(half, label="Stop")
    refusal = await house.answer(ben, general, says("who asked"))
    assert refusal.ephemeral
    await max_.click(half, label="Stop")
    await house.answer(ada, general, stopped)


async def test_who_waits_in_line_is_refused_at_once(house: House) -> None:
    """A denied person takes nobody's place in a conversation that is busy."""
    await house.start()
    _, general, half = await begin(house)
    ben = house.person("ben")
    await use(house.person("olga"), general, "access deny", member=ben.id)
    message = await ben.say(general, f"{house.me} me too")
    refusal = await house.answer(ben, general, says(DENIED))
    assert refusal.reply_to == message.id
    assert any(each.label == "Stop" for each in half.buttons)
    assert len(house.router.chats) == 1


async def test_allowed_channels_and_their_threads(house: House) -> None:
    """Where channels are allowed the others are closed; a thread follows its channel."""
    it = await scene(house)
    olga, ideas = house.person("olga"), house.channel("ideas")
    told = await use(olga, it.general, "access allow", channel=ideas)
    assert "in the allowed channels" in told.text
    await it.ada.say(it.thread, "closed?")
    refusal = await house.answer(it.ada, it.thread, says(DENIED))
    assert f"<#{ideas}>" in refusal.text
    await use(olga, it.general, "access allow", channel=it.general)
    house.router.reply_next(Reply(text="Open again."))
    await it.ada.say(it.thread, "open?")
    await house.answer(it.ada, it.thread, both(ended, says("Open again.")))
    await use(olga, it.general, "access deny", channel=it.thread)
    await it.ada.say(it.thread, "and now?")
    await house.answer(it.ada, it.thread, says(f"in <#{it.thread}>"))


async def test_allowed_roles_and_what_denies_them(house: House) -> None:
    """Only who has an allowed role may ask; a denial of one's own wins over it."""
    await house.start()
    olga, max_, ada = (house.person(name) for name in ("olga", "max", "ada"))
    general, moderators = house.channel("general"), role(house, "Moderators")
    await use(olga, general, "access allow", role=moderators)
    await ada.slash(general, "ask", {"prompt": "me?"})
    refusal = await house.answer(ada, general, says(DENIED))
    assert f"<@&{moderators}>" in refusal.text
    house.router.reply_next(Reply(text="You may."))
    await max_.slash(general, "ask", {"prompt": "me?"})
    await house.answer(max_, general, both(ended, says("You may.")))
    await use(olga, general, "access deny", member=max_.id)
    await max_.slash(general, "ask", {"prompt": "still?"})
    await house.answer(max_, general, says("does not let you use me"))


async def test_direct_messages_know_no_rules(house: House) -> None:
    """Whom a server denies the bot may still write to it."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await use(olga, general, "access deny", member=ada.id)
    house.router.reply_next(Reply(text="Hello, Ada."))
    dm = await ada.open_dm()
    await ada.say(dm, "hello")
    await house.answer(ada, dm, both(ended, says("Hello, Ada.")))


async def test_other_servers_have_rules_of_their_own(house: House) -> None:
    """What one server denies is allowed in another."""
    await house.start()
    olga, ben = house.person("olga"), house.person("ben")
    await use(olga, house.channel("general"), "access deny", member=ben.id)
    books = house.channel("books")
    house.router.reply_next(Reply(text="Read on."))
    await ben.slash(books, "ask", {"prompt": "what next?"})
    await house.answer(ben, books, both(ended, says("Read on.")))


async def test_the_list_says_what_holds(house: House) -> None:
    """All rules are listed with what they come to; twice the same is told, and so is nothing."""
    await house.start()
    cleo, ada, general = house.person("cleo"), house.person("ada"), house.channel("general")
    listed = await use(cleo, general, "access list")
    assert "Everyone may use me in every channel." in listed.text
    told = await use(cleo, general, "access allow", channel=general, member=ada.id)
    assert f"Allowed: <#{general}>, <@{ada.id}>." in told.text
    told = await use(cleo, general, "access allow", channel=general)
    assert "Allowed already" in told.text
    listed = await use(cleo, general, "access list")
    assert f"- Allow: <#{general}>\n- Allow: <@{ada.id}>" in listed.text
    proposed = await cleo.autocomplete(general, "access remove", {"rule": "ada"}, focused="rule")
    assert proposed == [("allow @Ada", f"use:member:{ada.id}")]
    told = await use(cleo, general, "access remove", channel=general, role=role(house, "Admins"))
    assert f"Removed: <#{general}>." in told.text
    assert "no such rule for" in told.text
    told = await use(cleo, general, "access remove")
    assert "name at least one" in told.text


async def test_a_long_list_has_pages_which_a_restart_keeps(house: House) -> None:
    """The list's buttons turn its pages, also after a restart."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    rooms = [world.add_channel(guild, f"room-{number}").id for number in range(60)]
    for room in rooms:
        await use(olga, general, "access allow", channel=room)
    first = await use(olga, general, "access list")
    assert "Page 1 of 2" in first.text
    assert first.button("◀").disabled
    await house.stop()
    await house.start()
    second = await turn_to(olga, first, "▶")
    assert "Page 2 of 2" in second.text
    assert second.button("▶").disabled
    assert all((f"<#{room}>" in first.text) != (f"<#{room}>" in second.text) for room in rooms)
    again = await turn_to(olga, second, "◀")
    assert again.text == first.text
    ada = house.person("ada")
    await ada.slash(general, "ask", {"prompt": "and here?"})
    refusal = await house.answer(ada, general, says(DENIED))
    assert "55 more" in refusal.text
    house.router.reply_next(Reply(text="Here you may."))
    await ada.slash(rooms[-1], "ask", {"prompt": "and here?"})
    await house.answer(ada, rooms[-1], both(ended, says("Here you may.")))
