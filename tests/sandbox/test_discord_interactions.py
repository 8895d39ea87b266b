"""Interactions: acknowledged in time, answered by token, followed by the person."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.discord.model import CallbackType, Json, MessageFlag
from sandbox.discord.options import NotPossible
from sandbox.discord.permissions import Permission
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from sandbox.discord.used import Used
from tests.sandbox.raw import RawBot, RawGateway, person

ASK: Json = {"name": "ask", "description": "Ask", "type": 1, "options": []}
EPHEMERAL = int(MessageFlag.EPHEMERAL)
V2 = int(MessageFlag.COMPONENTS_V2)
BUTTONS: list[Json] = [
    {
        "type": 1,
        "components": [
            {"type": 2, "style": 4, "label": "Stop", "custom_id": "stop:1"},
            {"type": 2, "style": 2, "emoji": {"name": "▶"}, "custom_id": "next"},
            {"type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": True},
        ],
    },
    {
        "type": 1,
        "components": [
            {
                "type": 3,
                "custom_id": "pick",
                "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}],
            }
        ],
    },
]


@pytest.fixture
async def bot() -> AsyncIterator[RawBot]:
    """Return a bot with /ask at a Discord whose clock its tests can move."""
    now = [1_800_000_000.0]
    async with DiscordServer(sample_world(lambda: now[0])) as server, RawBot(server) as running:
        running.now = now
        await running.register(ASK)
        yield running


@pytest.fixture
def general(bot: RawBot) -> int:
    """Return the id of Lighthouse's first text channel."""
    return bot.server.world.channel_named("general").id


async def asked(bot: RawBot, channel_id: int) -> Used:
    """Let Ada use /ask."""
    return await person(bot.server, "ada").slash(channel_id, "ask")


async def test_an_answer_at_once(bot: RawBot, general: int) -> None:
    """A callback with a message posts it, and tells of it where that is asked."""
    used = await asked(bot, general)
    reply = await bot.answer(used, CallbackType.MESSAGE, {"content": "Yes"}, "?with_response=1")
    seen = await used.answered()

    assert reply.status == 200
    assert reply.body["interaction"]["response_message_id"] == str(seen.id)
    assert reply.body["resource"]["message"]["content"] == "Yes"
    assert reply.body["resource"]["message"]["interaction_metadata"]["id"] == str(used.id)
    assert (seen.text, seen.type, seen.thinking) == ("Yes", 20, False)
    silent = await bot.answer(await asked(bot, general), CallbackType.DEFERRED_MESSAGE)
    assert (silent.status, silent.body) == (204, b"")


async def test_a_deferral_becomes_an_answer(bot: RawBot, general: int) -> None:
    """It shows that the bot thinks, keeps its privacy, and is filled by the original's edit."""
    used = await asked(bot, general)
    deferral = await bot.answer(
        used, CallbackType.DEFERRED_MESSAGE, {"flags": EPHEMERAL}, "?with_response=true"
    )
    ada, ben = person(bot.server, "ada"), person(bot.server, "ben")
    thinking = ada.sees(general)[-1]
    edited = await bot.patch(
        bot.webhook(used, "/messages/@original"),
        {"flags": V2, "components": [{"type": 10, "content": "Well"}]},
    )
    answer = await used.answered()

    assert deferral.body["interaction"]["response_message_loading"]
    assert deferral.body["interaction"]["response_message_ephemeral"]
    assert (thinking.thinking, thinking.ephemeral, thinking.text) == (True, True, "")
    assert edited.body["flags"] == EPHEMERAL | V2
    assert (answer.text, answer.thinking, answer.ephemeral) == ("Well", False, True)
    assert ben.sees(general) == []
    message = f"/channels/{general}/messages/{answer.id}"
    assert (await bot.get(message)).code == (404, 10008)
    assert (await bot.patch(message, {"content": "x"})).code == (404, 10008)
    assert (await bot.get(bot.webhook(used, "/messages/@original"))).status == 200


async def test_three_seconds(bot: RawBot, general: int) -> None:
    """After three seconds an acknowledgement comes too late, and the token opens nothing."""
    used = await asked(bot, general)
    assert (await bot.post(bot.webhook(used), {"content": "x"})).code == (404, 10015)
    bot.now[0] += 3.1
    assert (await bot.answer(used, CallbackType.MESSAGE, {"content": "x"})).code == (404, 10062)
    assert (await bot.post(bot.webhook(used), {"content": "x"})).code == (404, 10015)


async def test_the_person_is_told(bot: RawBot, general: int) -> None:
    """Nobody answers: the person learns it, and a late answer is refused."""
    used = await asked(bot, general)
    with pytest.raises(TimeoutError, match="did not respond"):
        await used.acknowledged()
    assert used.failed
    assert (await bot.answer(used, CallbackType.MESSAGE, {"content": "x"})).code == (404, 10062)


async def test_fifteen_minutes(bot: RawBot, general: int) -> None:
    """After fifteen minutes the token is dead, but the bot edits the public message as its own."""
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.DEFERRED_MESSAGE)
    original = used.message_ids[0]
    bot.now[0] += 15 * 60 + 1
    for reply in (
        await bot.patch(bot.webhook(used, "/messages/@original"), {"content": "x"}),
        await bot.post(bot.webhook(used), {"content": "x"}),
    ):
        assert reply.code == (401, 50027)
    late = await bot.patch(f"/channels/{general}/messages/{original}", {"content": "late"})
    assert late.status == 200
    assert (await used.answered()).text == "late"


async def test_one_acknowledgement(bot: RawBot, general: int) -> None:
    """A second one is 40060; a made-up interaction is 10062."""
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.DEFERRED_MESSAGE)
    again = await bot.answer(used, CallbackType.MESSAGE, {"content": "x"})
    assert again.code == (400, 40060)
    unknown = await bot.post("/interactions/1/none/callback", {"type": 4})
    assert unknown.code == (404, 10062)


@pytest.mark.parametrize("type_", [1, 6, 7, 8, 77])
async def test_fitting_callbacks(bot: RawBot, general: int, type_: int) -> None:
    """A slash command can't be answered as if it were a click or an autocompletion."""
    used = await asked(bot, general)
    path = f"/interactions/{used.id}/{used.token}/callback"
    reply = await bot.post(path, {"type": type_, "data": {}})

    assert reply.code == (400, 50035)
    assert used.callback is None


async def test_follow_ups(bot: RawBot, general: int) -> None:
    """Follow-ups come after the original, can be private, and are edited and deleted by token."""
    ada = person(bot.server, "ada")
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.MESSAGE, {"content": "first"})
    sent = await bot.post(bot.webhook(used), {"content": "second", "flags": EPHEMERAL})
    path = bot.webhook(used, f"/messages/{sent.body['id']}")

    assert [each.text for each in ada.sees(general)] == ["first", "second"]
    assert [each.text for each in person(bot.server, "ben").sees(general)] == ["first"]
    assert (await bot.get(path)).body["content"] == "second"
    assert (await bot.patch(path, {"content": "2nd"})).body["content"] == "2nd"
    other = await asked(bot, general)
    await bot.answer(other, CallbackType.DEFERRED_MESSAGE)
    strange = bot.webhook(other, f"/messages/{sent.body['id']}")
    assert (await bot.get(strange)).code == (404, 10008)
    assert (await bot.delete(path)).status == 204
    assert (await bot.delete(path)).code == (404, 10008)


async def test_a_follow_up_fills_a_deferral(bot: RawBot, general: int) -> None:
    """Right after a deferral it edits that; after the deferral is deleted it is a new message."""
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.DEFERRED_MESSAGE)
    filled = await bot.post(bot.webhook(used), {"content": "filled", "flags": EPHEMERAL})
    assert filled.body["id"] == str(used.message_ids[0])
    assert not (await used.answered()).ephemeral

    public = await asked(bot, general)
    await bot.answer(public, CallbackType.DEFERRED_MESSAGE)
    original = bot.webhook(public, "/messages/@original")
    assert (await bot.delete(original)).status == 204
    assert (await bot.get(original)).code == (404, 10008)
    await bot.post(bot.webhook(public), {"content": "only you", "flags": EPHEMERAL})
    assert [each.ephemeral for each in public.responses] == [True]


async def test_private_words_are_not_quoted(bot: RawBot, general: int) -> None:
    """A public follow-up to a private answer does not carry that answer along."""
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.MESSAGE, {"content": "secret", "flags": EPHEMERAL})
    sent = await bot.post(bot.webhook(used), {"content": "public"})

    assert sent.body["referenced_message"] is None
    assert sent.body["message_reference"]["message_id"] == str(used.message_ids[0])


async def test_a_tokens_own_limit(bot: RawBot, general: int) -> None:
    """An interaction's edits do not count globally, but five in two seconds are enough."""
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.DEFERRED_MESSAGE)
    path = bot.webhook(used, "/messages/@original")
    replies = [await bot.patch(path, {"content": str(n)}) for n in range(6)]
    assert [reply.status for reply in replies] == [200] * 5 + [429]


async def test_clicks(bot: RawBot, general: int) -> None:
    """A click brings the message along; its update changes that message in place."""
    ada = person(bot.server, "ada")
    await bot.say(general, {"content": "q", "components": BUTTONS})
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        seen = ada.sees(general)[-1]
        used = await ada.click(seen, label="Stop")
        told = await gateway.event("INTERACTION_CREATE")
        by_emoji = await ada.click(seen, label="▶")
        chosen = await ada.choose(seen, "pick", ["Two"])
        values = [(await gateway.event("INTERACTION_CREATE"))["data"] for _ in range(2)]
    update = {"content": "stopped", "components": []}
    reply = await bot.answer(used, CallbackType.UPDATE, update, "?with_response=1")

    assert (told["type"], told["data"]["custom_id"]) == (3, "stop:1")
    assert told["message"]["id"] == str(seen.id)
    assert told["member"]["user"]["username"] == "ada"
    assert values[0]["custom_id"] == "next"
    assert values[1]["values"] == ["2"]
    assert reply.body["resource"]["message"]["content"] == "stopped"
    assert ada.sees(general)[-1].text == "stopped"
    assert used.message_ids == (seen.id,)
    assert (await bot.answer(by_emoji, CallbackType.DEFERRED_UPDATE)).status == 204
    assert (await bot.answer(chosen, CallbackType.MESSAGE, {"content": "two"})).status == 204
    assert ada.sees(general)[-1].reply_to == seen.id
    with pytest.raises(NotPossible, match="no button"):
        await ada.click(seen, label="Stop")


async def test_clients_refuse(bot: RawBot, general: int) -> None:
    """A disabled button, a missing one, and somebody else's private message can't be used."""
    ada, ben = person(bot.server, "ada"), person(bot.server, "ben")
    used = await asked(bot, general)
    body = {"content": "q", "components": BUTTONS, "flags": EPHEMERAL}
    await bot.answer(used, CallbackType.MESSAGE, body)
    seen = await used.answered()

    for label, reason in (("Off", "disabled"), ("Nowhere", "no button")):
        with pytest.raises(NotPossible, match=reason):
            await ada.click(seen, label=label)
    with pytest.raises(NotPossible, match="somebody else"):
        await ben.click(seen, label="Stop")
    with pytest.raises(NotPossible, match="Three"):
        await ada.choose(seen, "pick", ["Three"])
    with pytest.raises(NotPossible, match="1 to 1"):
        await ada.choose(seen, "pick", ["1", "2"])


async def test_modals(bot: RawBot, general: int) -> None:
    """A modal opens, is filled in by its labels, and its submission is a new interaction."""
    ada = person(bot.server, "ada")
    used = await asked(bot, general)
    components = [
        {
            "type": 18,
            "label": "Question",
            "component": {"type": 4, "custom_id": "q", "style": 1, "max_length": 10},
        },
        {
            "type": 18,
            "label": "Files",
            "component": {"type": 19, "custom_id": "f", "required": False},
        },
        {
            "type": 18,
            "label": "Who",
            "component": {"type": 5, "custom_id": "who", "required": False},
        },
        {"type": 10, "content": "Think twice"},
        {
            "type": 18,
            "label": "Kind",
            "component": {
                "type": 21,
                "custom_id": "kind",
                "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
            },
        },
    ]
    body = {"custom_id": "m", "title": "Ask", "components": components}
    assert (await bot.answer(used, CallbackType.MODAL, body)).status == 204
    modal = await used.opened()

    for values, reason in (
        ({}, "Question has to be filled in"),
        ({"q": "x" * 11}, "characters"),
        ({"q": "x", "z": "?"}, "has no"),
        ({"q": "x", "Kind": "C"}, "not among"),
    ):
        with pytest.raises(NotPossible, match=reason):
            await ada.submit(modal, values)
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        filled = {
            "Question": "Why?",
            "f": [("a.txt", b"a", "text/plain")],
            "Who": [ada.id],
            "Kind": "B",
        }
        submitted = await ada.submit(modal, filled)
        told = await gateway.event("INTERACTION_CREATE")
    inner = [each.get("component", {}) for each in told["data"]["components"]]

    assert (told["type"], told["data"]["custom_id"]) == (5, "m")
    assert inner[0]["value"] == "Why?"
    assert inner[1]["values"] == list(told["data"]["resolved"]["attachments"])
    assert inner[2]["values"] == [str(ada.id)]
    assert inner[4]["value"] == "b"
    assert (await bot.answer(submitted, CallbackType.MODAL, body)).code == (400, 50035)
    assert (await bot.answer(submitted, CallbackType.MESSAGE, {"content": "ok"})).status == 204


async def test_menus(bot: RawBot, general: int) -> None:
    """A menu command brings its message, or its user, along; the answer replies to the message."""
    ada = person(bot.server, "ada")
    menus = ({"name": "Ask about this", "type": 3}, {"name": "Who is this", "type": 2})
    await bot.register(*menus)
    said = await person(bot.server, "ben").say(general, "interesting")
    async with RawGateway(bot.server) as gateway:
        await gateway.identify((1 << 0) | (1 << 9))
        used = await ada.menu("Ask about this", said)
        about = await gateway.event("INTERACTION_CREATE")
        await ada.menu_user("Who is this", general, said.author_id)
        who = await gateway.event("INTERACTION_CREATE")
    await bot.answer(used, CallbackType.MESSAGE, {"content": "It is"})

    target = about["data"]["target_id"]
    assert about["data"]["resolved"]["messages"][target]["content"] == "interesting"
    assert who["data"]["resolved"]["users"][who["data"]["target_id"]]["username"] == "ben"
    answer = await used.answered()
    assert (answer.type, answer.reply_to) == (23, said.id)
    with pytest.raises(NotPossible, match="not offered"):
        await ada.menu("Who is this", said)


async def test_autocompletion(bot: RawBot, general: int) -> None:
    """What is typed so far goes to the bot, and its choices come back."""
    option = {"type": 3, "name": "model", "description": "m", "autocomplete": True}
    needed = {"type": 3, "name": "prompt", "description": "p", "required": True}
    await bot.register(ASK | {"options": [needed, option]})
    ada = person(bot.server, "ada")
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        asking = asyncio.create_task(
            ada.autocomplete(general, "ask", {"model": "mi"}, focused="model")
        )
        told = await gateway.event("INTERACTION_CREATE")
    path = f"/interactions/{told['id']}/{told['token']}/callback"
    data = {"choices": [{"name": "MiniMax", "value": "minimax"}]}
    wrong = await bot.post(path, {"type": 4, "data": {"content": "x"}})
    assert wrong.code == (400, 50035)
    assert (await bot.post(path, {"type": 8, "data": data})).status == 204

    assert told["data"]["options"] == [{"name": "model", "type": 3, "value": "mi", "focused": True}]
    assert await asking == [("MiniMax", "minimax")]
    with pytest.raises(NotPossible, match="does not autocomplete"):
        await ada.autocomplete(general, "ask", focused="prompt")


async def test_deferrals_notify_when_they_are_filled(bot: RawBot, general: int) -> None:
    """Whom an answer mentions is notified as it appears, not by later edits, never privately."""
    ben = person(bot.server, "ben")
    used = await asked(bot, general)
    await bot.answer(used, CallbackType.DEFERRED_MESSAGE)
    original = bot.webhook(used, "/messages/@original")
    await bot.patch(original, {"content": f"<@{ben.id}>"})
    assert (await used.answered()).pings.user_ids == {ben.id}
    await bot.patch(original, {"content": f"<@{ben.id}> <@{person(bot.server, 'olga').id}>"})
    assert (await used.answered()).pings.user_ids == {ben.id}

    private = await asked(bot, general)
    body = {"content": f"<@{ben.id}>", "flags": EPHEMERAL}
    await bot.answer(private, CallbackType.MESSAGE, body)
    assert not (await private.answered()).pings


async def test_ephemerals_come_as_if_from_a_dm(bot: RawBot, general: int) -> None:
    """The bot hears of its own private answers on shard 0, without a guild."""
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        used = await asked(bot, general)
        told = await gateway.event("INTERACTION_CREATE")
        body = {"content": "x", "flags": EPHEMERAL}
        await bot.answer(used, CallbackType.MESSAGE, body)
        made = await gateway.event("MESSAGE_CREATE")

    assert int(told["app_permissions"]) & Permission.SEND_MESSAGES
    assert (told["context"], told["channel"]["id"]) == (0, str(general))
    assert made["flags"] == EPHEMERAL
    assert "guild_id" not in made
    assert "member" not in made


async def test_in_dms_and_threads(bot: RawBot, general: int) -> None:
    """Commands work in a DM and in a thread, but not in an archived one."""
    ada = person(bot.server, "ada")
    async with RawGateway(bot.server) as gateway:
        await gateway.identify()
        await ada.slash(await ada.open_dm(), "ask")
        private = await gateway.event("INTERACTION_CREATE")
        thread_id = await ada.start_thread(general, "t")
        await ada.slash(thread_id, "ask")
        threaded = await gateway.event("INTERACTION_CREATE")

    assert (private["user"]["username"], private["context"]) == ("ada", 1)
    assert "guild_id" not in private
    assert threaded["channel"]["type"] == 11
    await ada.archive(thread_id)
    with pytest.raises(NotPossible, match="archived"):
        await ada.slash(thread_id, "ask")
