"""`/audit`: who changed what, and when."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from sandbox.discord.people import Person
from tests.journeys.house import House
from tests.journeys.managers import show_to_everybody, turn_to, use
from tests.journeys.test_personas import write


async def set_limits(person: Person, channel_id: int, *amounts: int) -> None:
    """Let somebody set a limit anew, time and again."""
    for amount in amounts:
        limit = {"meter": "requests", "window": "day", "amount": amount}
        await use(person, channel_id, "quota set", **limit)


async def test_every_change_with_before_and_after(house: House) -> None:
    """Limits, access and settings are noted: by whom, when, from what, to what; newest first."""
    await house.start()
    olga, cleo, ada = (house.person(name) for name in ("olga", "cleo", "ada"))
    general = house.channel("general")
    assert "None." in (await use(olga, general, "audit")).text
    cost = {"meter": "cost", "window": "month", "member": ada.id}
    await use(olga, general, "quota set", **cost, amount=2.5)
    await use(cleo, general, "quota set", **cost, amount=3)
    await use(cleo, general, "quota remove", **cost)
    await use(cleo, general, "access deny", member=ada.id)
    await use(cleo, general, "access allow", member=ada.id)
    await use(cleo, general, "access allow", member=ada.id)  # changes nothing
    await use(cleo, general, "access remove", member=ada.id)
    await use(olga, general, "settings set", timezone="Europe/Berlin")
    await use(olga, general, "settings reset", setting="timezone")
    lines = (await use(cleo, general, "audit")).text.splitlines()[1:]
    assert [line.split("R> ")[1] for line in lines] == [
        f"<@{olga.id}> **/settings reset** timezone: Europe/Berlin → UTC",
        f"<@{olga.id}> **/settings set** timezone: UTC → Europe/Berlin",
        f"<@{cleo.id}> **/access remove** <@{ada.id}>: allow → none",
        f"<@{cleo.id}> **/access allow** <@{ada.id}>: deny → allow",
        f"<@{cleo.id}> **/access deny** <@{ada.id}>: none → deny",
        f"<@{cleo.id}> **/quota remove** <@{ada.id}> cost/month: $3.00 → none",
        f"<@{cleo.id}> **/quota set** <@{ada.id}> cost/month: $2.50 → $3.00",
        f"<@{olga.id}> **/quota set** <@{ada.id}> cost/month: none → $2.50",
    ]
    assert all(line.startswith("- <t:") for line in lines)


async def test_in_ones_own_language(house: House) -> None:
    """What one person changed another reads in German, also what was noted before a restart."""
    await house.start()
    olga, cleo, ada = (house.person(name) for name in ("olga", "cleo", "ada"))
    general = house.channel("general")
    await write(olga, general, "You are. " * 222 + "Me", scope="server")
    await use(olga, general, "settings set", temperature=0.5, footer="hidden", scope="channel")
    await use(olga, general, "quota set", meter="tokens", window="day", amount=20000)
    await use(olga, general, "quota grant", member=ada.id, meter="cost", amount=2.5, days=3)
    await use(olga, general, "quota exempt", member=ada.id, on=True)
    await use(olga, general, "access deny", member=ada.id)
    await house.stop()
    await house.start()
    cleo.user.locale = "de"
    text = (await use(cleo, general, "audit")).text.replace("\N{NO-BREAK SPACE}", " ")
    lines = [re.sub(r"<t:\d+:f>", "DANN", it.split(":R> ")[1]) for it in text.splitlines()[1:]]
    assert [line.split("** ", 1)[1] for line in lines] == [
        f"<@{ada.id}>: nichts → verboten",
        f"<@{ada.id}>: nicht ausgenommen → ausgenommen",
        f"<@{ada.id}> Kosten: nichts → 2,50 $ bis DANN",
        "jedes Mitglied Tokens/Tag: nichts → 20.000 Tokens",
        f"fußzeile in <#{general}>: nichts → verborgen",
        f"temperatur in <#{general}>: nichts → 0,5",
        "Persona des Servers: nichts → 2.000 Zeichen",
    ]


async def test_filters_and_their_proposals(house: House) -> None:
    """It can be asked for a person's changes, those about them, and for a command or its group."""
    await house.start()
    olga, cleo, ada = (house.person(name) for name in ("olga", "cleo", "ada"))
    general = house.channel("general")
    await set_limits(cleo, general, 5)
    await use(olga, general, "access deny", member=ada.id)
    await use(olga, general, "settings set", timezone="Asia/Tokyo")
    about = await use(olga, general, "audit", member=ada.id)
    assert about.text.count("\n- ") == 1
    assert "/access deny" in about.text
    assert "/quota set" in (await use(olga, general, "audit", member=cleo.id)).text
    for command in ("quota", "/Quota  set", "quota set"):
        found = await use(olga, general, "audit", command=command)
        assert found.text.count("\n- ") == 1, command
    assert "None." in (await use(olga, general, "audit", member=cleo.id, command="access")).text
    assert "None." in (await use(olga, general, "audit", command="se_tings")).text
    proposed = await olga.autocomplete(general, "audit", {"command": "set"}, focused="command")
    assert proposed == [("/quota set", "quota set"), ("/settings set", "settings set")]
    show_to_everybody(house)
    assert await ada.autocomplete(general, "audit", {"command": ""}, focused="command") == []


async def test_pages_keep_their_filter_over_a_restart(house: House) -> None:
    """Ten changes make a page; its buttons turn what was asked for, also after a restart."""
    await house.start()
    olga, cleo, general = house.person("olga"), house.person("cleo"), house.channel("general")
    await set_limits(cleo, general, *range(1, 23))
    await use(olga, general, "settings set", timezone="Asia/Tokyo")
    first = await use(olga, general, "audit", member=cleo.id, command="quota")
    assert first.text.count("\n- ") == 10
    assert "21 requests → 22 requests" in first.text
    assert "Page 1 of 3" in first.text
    await house.stop()
    await house.start()
    second = await turn_to(olga, first, "▶")
    third = await turn_to(olga, second, "▶")
    assert third.text.count("\n- ") == 2
    assert "none → 1 request\n" in third.text
    assert "settings" not in third.text
    assert third.button("▶").disabled
    assert (await turn_to(olga, third, "◀")).text == second.text
    house.assert_polite()


async def test_who_lost_the_permission_turns_no_page(house: House) -> None:
    """A page that is open shows nothing more to whoever may no longer read it."""
    await house.start()
    olga, cleo, general = house.person("olga"), house.person("cleo"), house.channel("general")
    await set_limits(cleo, general, *range(1, 13))
    page = await use(cleo, general, "audit")
    guild = next(iter(house.discord.world.guilds.values()))
    guild.members[cleo.id].role_ids.clear()
    await cleo.click(page, label="▶")
    refusal = await house.answer(cleo, general, lambda seen: "Manage Server" in seen.text)
    assert refusal.ephemeral
    assert "Page 2" not in refusal.text
    assert "Page 1" in (await use(olga, general, "audit")).text


async def test_changes_are_kept_for_a_year(house: House) -> None:
    """What was changed more than a year ago is forgotten, what is younger is not."""
    bot = await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await set_limits(olga, general, 1, 2)
    desk = bot.core.administration.auditing
    guild_id = next(iter(house.discord.world.guilds))
    assert len((await desk.page(guild_id, None, "", 1)).changes) == 2
    await house.stop()
    await age_oldest_change(house, datetime.now(UTC) - timedelta(days=367))
    bot = await house.start()
    await bot.core.housekeeping.forget_old_changes()
    (kept,) = (await bot.core.administration.auditing.page(guild_id, None, "", 1)).changes
    assert (kept.before, kept.after) == ("1", "2")


async def age_oldest_change(house: House, at: datetime) -> None:
    """Let the oldest change have been made then."""
    micros = int(at.timestamp() * 1_000_000)
    with closing(sqlite3.connect(house.folder / "threadlight.db")) as connection, connection:
        connection.execute("UPDATE audit SET at = ? WHERE id = 1", (micros,))
