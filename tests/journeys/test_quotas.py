"""Limits: reached, refused, raised, used again; and no crowd gets past one."""

import asyncio
from collections.abc import Callable

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says


async def test_reached_refused_raised_used_again(house: House) -> None:
    """A member meets the limit, is told which and when it ends; an admin raises it; it counts."""
    await house.start()
    ada, owner, general = house.person("ada"), house.person("olga"), house.channel("general")
    setting = {"meter": "requests", "window": "day", "amount": 1, "member": ada.id}
    used = await owner.slash(general, "quota set", setting)
    assert "1 request" in (await used.answered()).text
    house.router.reply_next(Reply(text="First."), Reply(text="Second."))
    await ada.slash(general, "ask", {"prompt": "one"})
    await house.answer(ada, general, both(ended, says("First.", "0 of 1 request")))
    await ada.slash(general, "ask", {"prompt": "two"})
    refusal = await house.answer(ada, general, says("limit of 1 request"))
    assert refusal.ephemeral
    assert "0 requests" in refusal.text
    assert "<t:" in refusal.text
    await (await owner.slash(general, "quota set", setting | {"amount": 2})).answered()
    await ada.slash(general, "ask", {"prompt": "three"})
    await house.answer(ada, general, both(ended, says("Second.", "0 of 2 requests")))
    assert len(house.prompts()) == 2
    house.assert_polite()


async def test_a_refused_message_is_answered_with_the_reason(house: House) -> None:
    """In a thread or by mention the refusal is a reply."""
    await house.start(default_quota="requests/hour=0")
    ada, general = house.person("ada"), house.channel("general")
    asked = await ada.say(general, f"{house.me} hello")
    refusal = await house.answer(ada, general, says("limit of 0 requests", "<t:"))
    assert refusal.reply_to == asked.id


async def test_list_show_and_remove(house: House) -> None:
    """What was set is listed, shown for a member, and gone after its removal."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    where = {"meter": "cost", "window": "month", "whole_server": True}
    await (await olga.slash(general, "quota set", where | {"amount": 2.5})).answered()
    listed = await (await olga.slash(general, "quota list")).answered()
    assert "$2.50" in listed.text
    assert "whole server" in listed.text
    shown = await (await olga.slash(general, "quota show", {"member": ada.id})).answered()
    assert "$2.50" in shown.text
    removed = await (await olga.slash(general, "quota remove", where)).answered()
    assert "Removed" in removed.text
    listed = await (await olga.slash(general, "quota list")).answered()
    assert "$2.50" not in listed.text
    assert "50 requests" in listed.text


async def test_one_target_at_a_time(house: House) -> None:
    """Naming a member and the whole server together is explained."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    options = {
        "meter": "tokens",
        "window": "day",
        "amount": 5,
        "member": olga.id,
        "whole_server": True,
    }
    seen = await (await olga.slash(general, "quota set", options)).answered()
    assert "at most one" in seen.text


async def test_the_bots_own_ceiling_holds(house: House) -> None:
    """With nothing left under DAILY_COST_LIMIT_USD nobody is answered, whatever their own limit."""
    await house.start(daily_cost_limit_usd=0)
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "hello"})
    refusal = await house.answer(ada, general, says("whole bot"))
    assert refusal.ephemeral
    assert house.prompts() == []


async def ask_everywhere(house: House, person: Person, count: int) -> int:
    """Let one person ask that often at the same moment, over thirty channels."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    channels = [world.add_channel(guild, f"room-{number}") for number in range(30)]
    await asyncio.gather(
        *(
            person.say(channels[number % 30].id, f"{house.me} question {number}")
            for number in range(count)
        )
    )
    answers = await asyncio.gather(
        *(told(house, person, channel.id, count // 30) for channel in channels)
    )
    return sum(answers)


async def told(house: House, person: Person, channel_id: int, count: int) -> int:
    """Wait until so many questions have an answer or a refusal; return how many have an answer."""
    world = house.discord.world

    def by_us(condition: Callable[[Seen], bool]) -> int:
        return sum(
            1
            for seen in person.sees(channel_id)
            if seen.author_id == world.bot.id and condition(seen)
        )

    def all_told() -> bool:
        return by_us(ended) + by_us(says("limit of")) == count

    await world.news.until(all_told, 150.0, channel_id)
    return by_us(ended)


@pytest.mark.timeout(180)
async def test_a_crowd_of_questions_cannot_pass_a_limit(house: House) -> None:
    """Of 300 questions at once under a limit of 100 requests exactly 100 are answered."""
    await house.start(default_quota="requests/day=100", daily_cost_limit_usd=1_000)
    ada, general = house.person("ada"), house.channel("general")
    assert await ask_everywhere(house, ada, 300) == 100
    assert len(house.router.chats) == 100
    seen = await (await ada.slash(general, "usage")).answered(PATIENCE)
    assert "100 of 100 requests used" in seen.text
    assert "held" not in seen.text
    assert house.discord.exchanges.too_many_requests == 0
