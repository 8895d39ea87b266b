"""What people are told when something can't be: each sentence of ours where it arises."""

import asyncio
from typing import Any

import pytest

from sandbox.discord.people import Person
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.seen import Seen
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.managers import role, use
from tests.journeys.test_stopping import begin, stopped


def alone(seen: Seen) -> bool:
    """Tell whether one person alone sees a message."""
    return seen.ephemeral


async def asked(house: House, person: Person, channel: int, prompt: str, words: str) -> Seen:
    """Let somebody ask by command, and return the refusal, which they alone see."""
    used = await person.slash(channel, "ask", {"prompt": prompt})
    return await house.answer(
        person, channel, both(lambda it: it.id in used.message_ids, both(alone, says(words)))
    )


async def test_what_others_hold_is_told(house: House) -> None:
    """While an answer is written it holds its share, and a refusal says so."""
    await house.start(default_quota="requests/day=1")
    ada, _, _ = await begin(house)
    refusal = await asked(house, ada, house.channel("ideas"), "and this?", "is reached")
    assert refusal.text.startswith(
        "The limit of 1 request a day for each person is reached: 0 requests are left, with "
        "1 request held by answers still being written. It resets <t:"
    )


@pytest.mark.parametrize("name", ["ben", "cleo", "olga"])
async def test_an_answer_is_its_askers(house: House, name: str) -> None:
    """Stop is for who asked and for moderators, Retry for who asked alone; others are told."""
    await house.start()
    ada, general, half = await begin(house)
    other = house.person(name)
    moderates = name == "olga"  # the owner may do everything in the server
    await other.click(half, label="Stop")
    if moderates:
        await house.answer(ada, general, stopped)
    else:
        words = "Only the person who asked, or a moderator, can do that."
        await house.answer(other, general, both(alone, lambda it: it.text == words))
        await ada.click(half, label="Stop")
        await house.answer(ada, general, stopped)
    house.router.fail_next(400)
    await ada.say(general, f"{house.me} fail")
    failure = await house.answer(ada, general, says("It cost nothing."))
    await other.click(failure, label="Retry")
    words = "Only the person who asked can do that. You can ask the same yourself."
    await house.answer(other, general, both(alone, lambda it: it.text == words))
    assert len(house.router.chats) == 2


async def test_a_full_queue(house: House) -> None:
    """Behind the question being answered 25 may wait in a channel; the next is told so."""
    await house.start(default_quota="requests/day=100")
    ben = house.person("ben")
    _, general, _ = await begin(house)
    for number in range(25):
        await ben.say(general, f"{house.me} question {number}")
    words = "25 questions already wait here. Please ask again when some of them are answered."
    assert (await asked(house, ben, general, "one more", words)).text == words


async def test_a_question_that_is_too_long(house: House) -> None:
    """What does not fit is named with its size, and nothing is cut."""
    await house.start(context_tokens=1_000)
    ada, general = house.person("ada"), house.channel("general")
    refusal = await asked(house, ada, general, "lighthouse " * 500, "That is too long: about ")
    assert "and 1,000 fit." in refusal.text
    assert house.prompts() == []


@pytest.mark.parametrize(
    ("private", "lacks", "told"),
    [
        (False, Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (True, Permission.CREATE_PRIVATE_THREADS, "Create Private Threads"),
    ],
)
async def test_what_the_bot_may_not(
    house: House, private: bool, lacks: Permission, told: str
) -> None:
    """Where the bot lacks a permission it names that, and who can give it."""
    await house.start()
    world = house.discord.world
    ada, general = house.person("ada"), house.channel("general")
    mine = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=lacks)
    world.set_overwrites(world.channel(general), [mine])
    await ada.slash(general, "chat", {"title": "Plans", "private": private})
    refusal = await house.answer(ada, general, both(alone, says("I lack the permission")))
    assert f"**{told}**" in refusal.text
    assert "Somebody who manages this server can give it to me." in refusal.text


async def test_without_a_price_one_at_a_time(house: House) -> None:
    """While nobody knows the price a turn holds all that a cost limit has left, and says so."""
    house.router.fail_next(500, times=1_000, path="/endpoints")
    house.router.fail_next(500, times=1_000, path="/models")
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    await begin(house)
    refusal = await asked(house, ben, house.channel("ideas"), "me too", "I can't see the model's")
    assert refusal.text.endswith("Please ask again in a moment. Nothing was spent.")
    house.router.release()
    await house.answer(ada, house.channel("general"), ended)


async def test_about_to_restart(house: House) -> None:
    """Who asks while the bot ends its last answers is told to come back."""
    bot = await house.start()
    await begin(house)
    closing = asyncio.create_task(bot.core.turns.close(PATIENCE))
    await asyncio.sleep(0)  # it takes no more questions from its first step on
    words = "I am about to restart. Please ask again in a minute; nothing was spent."
    await asked(house, house.person("ben"), house.channel("ideas"), "before you go", words)
    house.router.release()
    await asyncio.wait_for(closing, PATIENCE)


async def test_a_command_of_an_older_version(house: House) -> None:
    """A client that still knows an older form of a command is told to look again."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    command = next(it for it in house.discord.commands.of(None) if it.name == "quota")
    options = [dict(it) for it in command.definition["options"]]
    for option in options:
        option["options"] = [it for it in option.get("options") or [] if it["name"] != "amount"]
    house.discord.commands.edit(None, command.id, {"options": options})
    told = await use(olga, general, "quota set", meter="tokens", window="day")
    assert told.text == (
        "That does not work here: this command has changed since; restart Discord, and use it "
        "again."
    )


ACCESS: list[tuple[list[dict[str, Any]], str]] = [
    (
        [{"role": "Moderators"}, {"member": "cleo"}],
        "This server lets only members with <@&{Moderators}> use me, and some members by name.",
    ),
    ([{"member": "cleo"}], "This server lets only some members, by name, use me."),
    ([{"channel": "ideas"}], "This server lets people use me only in <#{ideas}>."),
    (
        [{"channel": "ideas"}, {"channel": "staff"}],
        "This server lets people use me only in <#{ideas}> or <#{staff}>.",
    ),
]


@pytest.mark.parametrize(("allowed", "sentence"), ACCESS)
async def test_who_is_not_among_the_allowed(
    house: House, allowed: list[dict[str, Any]], sentence: str
) -> None:
    """Who or what is not among the allowed is told who is, and whom to ask; so is the owner."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    ids = {name: house.channel(name) for name in ("ideas", "staff")}
    ids |= {"Moderators": role(house, "Moderators"), "cleo": house.person("cleo").id}
    for each in allowed:
        named = {kind: ids[name] for kind, name in each.items()}
        await use(olga, general, "access allow", **named)
    told = f"{sentence.format(**ids)} Ask someone who manages this server to change that. "
    for name in ("ada", "olga"):
        refusal = await asked(house, house.person(name), general, "hello", "Nothing was spent.")
        assert refusal.text == f"{told}Nothing was spent."


async def test_where_reports_may_be_read(house: House) -> None:
    """Who may read reports in one channel is told so in another; those who manage are not held."""
    await house.start()
    olga, max_ = house.person("olga"), house.person("max")
    general, ideas = house.channel("general"), house.channel("ideas")
    guild = next(iter(house.discord.world.guilds.values()))
    command = next(it for it in house.discord.commands.of(None) if it.name == "quota")
    house.discord.commands.edit(None, command.id, {"default_member_permissions": None})
    await use(olga, general, "access allow", member=max_.id, channel=ideas, area="reports")
    told = await use(max_, general, "quota list")
    assert told.text == f"You may read that only in <#{ideas}>."
    assert "**Limits of this server**" in (await use(max_, ideas, "quota list")).text
    assert "**Limits of this server**" in (await use(olga, general, "quota list")).text
    await use(olga, general, "access deny", role=guild.id, area="reports")
    assert "Manage Server" in (await use(max_, ideas, "quota list")).text
    assert "**Limits of this server**" in (await use(olga, general, "quota list")).text
