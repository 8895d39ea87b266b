"""Grants, resets and exemptions: given by who manages the server, felt by who asks."""

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import role, use


async def told(house: House, person: Person, command: str, **options: object) -> Seen:
    """Use a command of `/quota` in the general channel and return its answer."""
    return await use(person, house.channel("general"), f"quota {command}", **options)


async def asks(house: House, person: Person, words: str, *, answered: bool) -> Seen:
    """Ask in the general channel, and wait for the answer or for the refusal."""
    general = house.channel("general")
    await person.slash(general, "ask", {"prompt": words})
    if answered:
        return await house.answer(person, general, both(ended, says(words)))
    return await house.answer(person, general, says("limit of"))


def echo(house: House, *words: str) -> None:
    """Let the model answer with these words, one answer each."""
    house.router.reply_next(*(Reply(text=it) for it in words))


async def test_grant_is_spent_after_the_limit(house: House) -> None:
    """Who has used up a limit goes on with a grant, and the limit is shown with both."""
    await house.start(default_quota="requests/day=1")
    ada, olga = house.person("ada"), house.person("olga")
    echo(house, "one", "two")
    await asks(house, ada, "one", answered=True)
    shown = await told(house, olga, "show", member=ada.id)
    assert "**Blocked by**: each person, the bot's default, 1 request a day, resets <t:" in (
        shown.text
    )
    given = await told(
        house, olga, "grant", member=ada.id, meter="requests", amount=1, days=2, reason="exam"
    )
    assert "1 request on top" in given.text
    assert "expires <t:" in given.text
    shown = await told(house, olga, "show", member=ada.id)
    assert "Blocked" not in shown.text
    assert "1 of 1 request left, expires <t:" in shown.text
    await asks(house, ada, "two", answered=True)
    shown = await told(house, olga, "show", member=ada.id)
    assert "Blocked by" in shown.text
    refusal = await asks(house, ada, "three", answered=False)
    assert refusal.ephemeral
    assert "<t:" in refusal.text
    assert len(house.prompts()) == 2
    house.assert_polite()


async def test_reset_begins_afresh(house: House) -> None:
    """After a reset a member may use the whole limit again."""
    await house.start(default_quota="requests/month=1")
    ada, olga = house.person("ada"), house.person("olga")
    echo(house, "one", "two")
    await asks(house, ada, "one", answered=True)
    reset = await told(house, olga, "reset", member=ada.id, reason="a mistake of ours")
    assert "1 request this month" in reset.text
    await asks(house, ada, "two", answered=True)
    shown = await told(house, olga, "show", member=ada.id)
    assert "1 of 1 request used" in shown.text
    assert "begun afresh <t:" in shown.text
    await asks(house, ada, "three", answered=False)


@pytest.mark.parametrize("by", ["member", "role"])
async def test_exempt_skip_only_their_own_limits(house: House, by: str) -> None:
    """Who is exempt passes the personal limit, not the channel's, until they no longer are."""
    await house.start(default_quota="requests/day=0")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    guild = next(iter(house.discord.world.guilds.values()))
    target = ada.id if by == "member" else guild.id
    echo(house, "one", "two")
    await asks(house, ada, "nothing", answered=False)
    await told(house, olga, "set", meter="requests", window="day", amount=2, channel=general)
    assert "is exempt" in (await told(house, olga, "exempt", on=True, **{by: target})).text
    assert "already" in (await told(house, olga, "exempt", on=True, **{by: target})).text
    assert "**Exempt**" in (await told(house, olga, "show", member=ada.id)).text
    await asks(house, ada, "one", answered=True)
    await asks(house, ada, "two", answered=True)
    await ada.slash(general, "ask", {"prompt": "three"})
    await house.answer(ada, general, says("This channel's limit of 2 requests"))
    assert "no longer" in (await told(house, olga, "exempt", on=False, **{by: target})).text
    shown = await told(house, olga, "show", member=ada.id)
    assert "Exempt" not in shown.text


async def test_show_says_which_limit_decides(house: House) -> None:
    """The limit that decides is shown with why, and those that yield to it."""
    await house.start()
    ada, olga = house.person("ada"), house.person("olga")
    day = {"meter": "requests", "window": "day"}
    await told(house, olga, "set", **day, amount=5)
    await told(house, olga, "set", **day, amount=0, member=ada.id)
    shown = await told(house, olga, "show", member=ada.id)
    assert f"**Blocked by**: member <@{ada.id}>, 0 requests a day" in shown.text
    assert "set for this very member" in shown.text
    assert "Yielding to it: 5 requests a day for each member" in shown.text


async def test_exempt_names_one(house: House) -> None:
    """To exempt, either a member or a role is named."""
    await house.start()
    olga = house.person("olga")
    assert "choose one" in (await told(house, olga, "exempt", on=True)).text
    both_named = await told(
        house, olga, "exempt", on=True, member=olga.id, role=role(house, "Moderators")
    )
    assert "choose one" in both_named.text


async def test_operators_ceiling_for_a_server(house: House) -> None:
    """What the operator allows each server holds beside everything, for the exempt too."""
    await house.start(server_daily_cost_limit_usd=0)
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    await told(house, olga, "exempt", on=True, member=ada.id)
    await ada.slash(general, "ask", {"prompt": "hello"})
    await house.answer(ada, general, says("The bot's limit of $0.00 a day for this server"))
    listed = await told(house, olga, "list")
    assert "Set by the bot's operator" in listed.text
    assert house.prompts() == []
