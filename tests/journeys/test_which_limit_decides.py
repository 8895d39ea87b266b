"""The example of docs/limits.md, done as it stands there and compared with its words."""

import re
from pathlib import Path

from sandbox.discord.people import Person
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "limits.md").read_text("utf-8")

USED = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1_000, "cost": 0.002}
"""What every question of the example takes."""


def example() -> tuple[str, list[str]]:
    """Return the page's example, on one line, and what is set off in it as code."""
    text = PAGE.partition("## An example")[2]
    blocks = [block.strip() for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL)]
    return " ".join(text.split()), blocks


def as_shown(house: House, text: str) -> str:
    """Return a message as Discord shows it: names for mentions, no marks; times to come are one."""
    world = house.discord.world
    names = {f"<@{user.id}>": f"@{user.name}" for user in world.users.values()}
    for guild in world.guilds.values():
        names |= {f"<@&{each.id}>": f"@{each.name}" for each in guild.roles.values()}
    names |= {f"<#{each.id}>": f"#{each.name}" for each in world.channels.values()}
    for mention, name in names.items():
        text = text.replace(mention, name)
    text = re.sub(r"<t:\d+:R>", "in …", text)
    return re.sub(r"\*\*|^-# ", "", text, flags=re.MULTILINE)


def anytime(text: str) -> str:
    """Return a text of the page with its times as `as_shown` leaves them."""
    text = re.sub(r"\b(resets|expires) in \d+ (?:hour|day)s?", r"\1 in …", text)
    return re.sub(r"\ba minute ago", "in …", text)


def values(house: House, written: str) -> tuple[str, dict[str, object]]:
    """Return a command as it is written, with its options as a client takes them."""
    path, *options = re.split(r" (?=\w+:)", written.removeprefix("/"))
    found: dict[str, object] = {}
    guild = next(iter(house.discord.world.guilds.values()))
    for name, _, value in (it.partition(":") for it in options):
        match name:
            case "role":
                found[name] = next(it.id for it in guild.roles.values() if f"@{it.name}" == value)
            case "member":
                found[name] = house.person(value.removeprefix("@").lower()).id
            case "channel":
                found[name] = house.channel(value.removeprefix("#"))
            case "amount" | "days" | "cap":
                found[name] = int(value)
            case "whole_server":
                found[name] = value == "True"
            case _:
                found[name] = value
    return path, found


async def asks(house: House, person: Person, channel: int) -> str:
    """Let somebody ask, and return the answer's small print."""
    word = f"Answer {len(house.router.chats)}."
    house.router.reply_next(Reply(text=word, usage=USED))
    await person.say(channel, f"{house.me} and?")
    answer = await house.answer(person, channel, both(ended, says(word)))
    return as_shown(house, answer.text)


async def test_the_example(house: House) -> None:
    """Each step of the example comes to what the page says, word for word."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    ada, ben, olga = (house.person(name) for name in ("ada", "ben", "olga"))
    roles = [world.add_role(guild, name) for name in ("Student", "Tutor")]
    world.set_roles(guild, ada.id, roles)
    await house.start()
    general = house.channel("general")
    prose, (rules, used_up, at_the_end) = example()

    async def command(person: Person, channel: int, written: str) -> str:
        assert f"`{written}`" in prose or written in rules, written
        path, options = values(house, written)
        if path.startswith("quota"):
            return as_shown(house, (await use(person, channel, path, **options)).text)
        return as_shown(house, (await (await person.slash(channel, path, options)).answered()).text)

    for written in rules.splitlines():
        assert (await command(olga, general, written)).startswith("Set: ")
    for _ in range(3):
        await asks(house, ada, general)
    assert await command(olga, general, "/quota show member:@Ada") == anytime(used_up)
    asked = await ada.say(general, f"{house.me} and?")
    refusal = await house.answer(ada, general, lambda it: it.reply_to == asked.id)
    assert f"“{as_shown(house, refusal.text)}”" in anytime(prose)
    told = await command(olga, general, "/quota grant member:@Ada meter:requests amount:2 days:7")
    assert f"“{told}”" in anytime(prose)
    await asks(house, ada, general)
    told = await command(olga, general, "/quota reset member:@Ada")
    assert f"“{' '.join(told.split())}”" in prose
    await asks(house, ada, general)
    await ben.slash(general, "chat", {"title": "Homework"})
    opened = await house.answer(ben, general, says("<#"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    await command(ben, thread, "/sponsor on meter:tokens cap:20000")
    assert "paid by @Ben" in await asks(house, ada, thread)
    assert await command(olga, general, "/quota show member:@Ada") == anytime(at_the_end)
