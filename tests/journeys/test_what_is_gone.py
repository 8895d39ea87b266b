"""Roles and channels that were deleted, people who left: nothing is stuck, nobody locked out."""

from collections.abc import Callable

from sandbox.discord.model import Guild
from sandbox.discord.seen import Seen
from tests.journeys.house import House, ended, says
from tests.journeys.managers import role, use


def guild_of(house: House) -> Guild:
    """Return the first server."""
    return next(iter(house.discord.world.guilds.values()))


def replies_to(asked: Seen) -> Callable[[Seen], bool]:
    """Return the condition that a message is a reply to this one."""
    return lambda seen: seen.reply_to == asked.id


def delete_role(house: House, role_id: int) -> None:
    """Delete a role, of which the bot hears at once."""
    guild = guild_of(house)
    gone = guild.roles.pop(role_id)
    for member in guild.members.values():
        member.role_ids = [it for it in member.role_ids if it != role_id]
    house.discord.world.emit("GUILD_ROLE_DELETE", guild_id=guild.id, subject=gone)


async def test_the_only_allowed_channel_is_deleted(house: House) -> None:
    """Where all that was allowed is gone, the rule is still proposed, and the bot opens again."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    ideas, moderators = house.channel("ideas"), role(house, "Moderators")
    await use(olga, general, "access allow", channel=ideas)
    await use(olga, general, "access deny", role=moderators)
    await use(olga, general, "access allow", role=moderators, area="reports")
    world = house.discord.world
    world.delete_channel(world.channel(ideas))
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, says(f"only in <#{ideas}>"))
    await house.stop()
    await house.start()
    proposed = await olga.autocomplete(general, "access remove", {}, focused="rule")
    assert [name for name, _ in proposed] == [
        f"allow a channel that I can't see ({ideas})",
        "deny @Moderators",
        "allow @Moderators (reports)",
    ]
    found = await olga.autocomplete(general, "access remove", {"rule": "CAN'T SEE"}, focused="rule")
    assert found == proposed[:1]
    told = await use(olga, general, "access remove", rule=proposed[0][1])
    assert told.text.startswith(f"Removed: <#{ideas}>.\nEveryone may use me in every channel")
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, ended)
    told = await use(olga, general, "access remove", rule=proposed[2][1])
    assert told.text.startswith(f"Removed: <@&{moderators}>.\nOnly those who manage this server")
    for rule in ("use", "use:channel:x", "use:role:0", f"use:role:{2**63}", "all:role:5"):
        told = await use(olga, general, "access remove", rule=rule)
        assert told.text == "`rule` does not fit: choose one of those proposed.", rule
    told = await use(olga, general, "access remove", rule=proposed[1][1], channel=general)
    assert "choose it alone" in told.text


async def test_limits_of_what_is_gone(house: House) -> None:
    """Limits for a deleted role, a deleted channel and somebody who left can all be removed."""
    await house.start()
    olga, ben, general = house.person("olga"), house.person("ben"), house.channel("general")
    ideas, moderators = house.channel("ideas"), role(house, "Moderators")
    limit = {"meter": "requests", "window": "day", "amount": 5}
    for target in ({"role": moderators}, {"channel": ideas}, {"member": ben.id}):
        await use(olga, general, "quota set", **limit, **target)
    world = house.discord.world
    world.delete_channel(world.channel(ideas))
    world.remove_member(guild_of(house), ben.id)
    house.discord.world.guilds[guild_of(house).id].roles.pop(moderators)
    for member in guild_of(house).members.values():
        member.role_ids = [it for it in member.role_ids if it != moderators]
    await house.stop()
    await house.start()
    proposed = await olga.autocomplete(general, "quota remove", {}, focused="limit")
    assert [name.removeprefix("5 requests a day for ") for name, _ in proposed] == [
        f"a channel that I can't see ({ideas})",
        f"somebody who left ({ben.id})",
        f"each member with a role that is gone ({moderators})",
    ]
    for _, value in proposed:
        assert "Removed" in (await use(olga, general, "quota remove", limit=value)).text
    assert await olga.autocomplete(general, "quota remove", {}, focused="limit") == []


async def test_who_left_can_be_named(house: House) -> None:
    """Somebody who left is shown, reset, freed and held like anybody else."""
    await house.start()
    olga, ben, general = house.person("olga"), house.person("ben"), house.channel("general")
    await use(olga, general, "quota exempt", on=True, member=ben.id)
    house.discord.world.remove_member(guild_of(house), ben.id)
    shown = await use(olga, general, "quota show", member=ben.id)
    assert shown.text.startswith("**Ben**, in this channel\n**Exempt** as a member")
    told = await use(olga, general, "quota exempt", on=False, member=ben.id)
    assert "is no longer exempt" in told.text
    assert "Reset: " in (await use(olga, general, "quota reset", member=ben.id)).text
    limit = {"meter": "cost", "window": "week", "member": ben.id}
    assert "Set: $1.00 a week" in (await use(olga, general, "quota set", **limit, amount=1)).text
    assert "Removed" in (await use(olga, general, "quota remove", **limit)).text


async def test_a_role_that_was_deleted_decides_nothing(house: House) -> None:
    """Once a role is gone, its limit and its exemption hold for nobody."""
    await house.start(default_quota="requests/day=1")
    olga, max_, general = house.person("olga"), house.person("max"), house.channel("general")
    moderators = role(house, "Moderators")
    day = {"meter": "requests", "window": "day"}
    await use(olga, general, "quota set", **day, amount=7, role=moderators)
    assert "0 of 7 requests used" in (await use(max_, general, "usage")).text
    await use(olga, general, "quota exempt", on=True, role=moderators)
    assert "You are **exempt**" in (await use(max_, general, "usage")).text
    delete_role(house, moderators)
    assert "0 of 1 request used" in (await use(max_, general, "usage")).text


async def test_a_thread_whose_channel_is_denied(house: House) -> None:
    """A thread stays closed with its channel, after a restart too, and opens with it again."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await ada.slash(general, "chat", {"title": "Plans"})
    told = await house.answer(ada, general, says("<#"))
    thread = int(told.text.split("<#", 1)[1].split(">", 1)[0])
    await use(olga, general, "access deny", channel=general)
    for archived in (False, True):
        if archived:  # after a start the bot knows nothing of such a thread
            await house.person("max").archive(thread)
        await house.stop()
        await house.start()
        asked = await ada.say(thread, f"{house.me} are you there?")
        refusal = await house.answer(ada, thread, replies_to(asked))
        assert f"does not let anyone use me in <#{general}>" in refusal.text
    await use(olga, house.channel("ideas"), "access remove", channel=general)
    await ada.say(thread, "again")
    await house.answer(ada, thread, ended)
    assert len(house.prompts()) == 1
