"""What was used: for everybody themselves, for admins, and what a limit would have stopped."""

import csv
import io
import sqlite3
import struct
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest

from benchmarks.summing import statements
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.painted import FILE, GALLERY, TEXT, descriptions, kinds

PNG = b"\x89PNG\r\n\x1a\n"
EVERYTHING = {"window": "30 days"}


def sum_up(house: House) -> None:
    """Sum up what the ledger holds by now."""
    with closing(sqlite3.connect(house.folder / "threadlight.db", timeout=10)) as database:
        for statement in statements():
            database.execute(statement)
        database.commit()


async def asked(house: House, person: Person, channel_id: int, words: str) -> Seen:
    """Let somebody ask, and wait until the answer has ended."""
    house.router.reply_next(Reply(text=f"About {words}."))
    await person.slash(channel_id, "ask", {"prompt": words})
    return await house.answer(person, channel_id, both(ended, says(f"About {words}.")))


async def told(
    person: Person, channel_id: int, command: str, options: Mapping[str, Any] | None = None
) -> Seen:
    """Return what a command answers, privately."""
    seen = await (await person.slash(channel_id, command, options)).answered(PATIENCE)
    assert seen.ephemeral
    return seen


def pictures(seen: Seen) -> list[tuple[int, int]]:
    """Return the sizes of a message's pictures, which open as PNGs."""
    found = [it for it in seen.files if it.content_type == "image/png"]
    for it in found:
        assert it.content.startswith(PNG)
        assert it.content.endswith(b"IEND\xaeB`\x82")
    return [struct.unpack(">II", it.content[16:24]) for it in found]


def sheet(seen: Seen) -> list[list[str]]:
    """Return the rows of a message's CSV file."""
    [file] = [it for it in seen.files if it.name.endswith(".csv")]
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def test_usage_shows_a_month_and_the_latest_turns(house: House) -> None:
    """Below the bars stands a chart with words for it, and what the latest turns came to."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    for words in ("one", "two"):
        await asked(house, ada, general, words)
    sum_up(house)
    seen = await told(ada, general, "usage")
    assert kinds(seen) == [TEXT, GALLERY, TEXT]
    assert pictures(seen) == [(1260, 1014)]
    [description] = descriptions(seen)
    assert "2 requests" in description
    assert "tokens a day" in description
    assert "2 of 50 requests used" in seen.text
    latest = seen.components[-1]["content"].splitlines()
    assert latest[0] == "**Your last turns here**"
    assert len(latest) == 3
    assert all(line.startswith("- <t:") and " tokens · $" in line for line in latest[1:])
    assert house.person("ben").sees(general)[-1].id != seen.id
    house.assert_polite()


async def test_usage_in_direct_messages(house: House) -> None:
    """What was used there stands apart from what was used in servers."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await asked(house, ada, general, "one")
    direct = await ada.open_dm()
    await asked(house, ada, direct, "two")
    await asked(house, ada, direct, "three")
    sum_up(house)
    seen = await told(ada, direct, "usage")
    assert "2 requests" in descriptions(seen)[0]
    assert pictures(seen)
    assert len(seen.components[-1]["content"].splitlines()) == 3


async def test_usage_of_nothing(house: House) -> None:
    """Who has not asked anything sees their limits, and no empty chart."""
    await house.start()
    seen = await told(house.person("ben"), house.channel("general"), "usage")
    assert kinds(seen) == [TEXT, TEXT]
    assert "50 requests" in seen.text
    assert "not asked anything here yet" in seen.text
    assert seen.files == ()


async def test_a_report_of_everything(house: House) -> None:
    """An admin sees charts, a table, and a file of all people and channels."""
    await house.start()
    ada, ben, cleo = (house.person(it) for it in ("ada", "ben", "cleo"))
    general, ideas = house.channel("general"), house.channel("ideas")
    await asked(house, ada, general, "one")
    await asked(house, ada, ideas, "two")
    await asked(house, ben, general, "three")
    sum_up(house)
    seen = await told(cleo, general, "quota report", EVERYTHING)
    assert kinds(seen) == [TEXT, GALLERY, GALLERY, TEXT, FILE]
    assert [width for width, _ in pictures(seen)] == [1260, 1260]
    when, who = descriptions(seen)
    assert "3 requests" in when
    assert "Ada (" in who
    assert "#general (" in who
    assert "in the last 30 days" in seen.text
    assert "3 requests · " in seen.text
    assert f"1. <@{ada.id}> · 2 requests" in seen.text
    assert f"2. <@{ben.id}> · 1 request · " in seen.text
    assert f"1. <#{general}> · 2 requests" in seen.text
    assert "Busiest hours" in seen.text
    head, *rows, whole = sheet(seen)
    assert head == ["kind", "id", "name", "username", "requests", "tokens", "cost_usd"]
    assert [row[:5] for row in rows] == [
        ["member", str(ada.id), "Ada", "ada", "2"],
        ["member", str(ben.id), "Ben", "ben", "1"],
        ["channel", str(general), "general", "", "2"],
        ["channel", str(ideas), "ideas", "", "1"],
    ]
    members = [row for row in rows if row[0] == "member"]
    assert whole[4:6] == ["3", str(sum(int(row[5]) for row in members))]
    assert house.discord.exchanges.too_many_requests == 0
    house.assert_polite()


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("chart", [TEXT, GALLERY, GALLERY]),
        ("table", [TEXT, TEXT]),
        ("csv", [TEXT, FILE]),
    ],
)
async def test_a_report_in_the_form_asked_for(house: House, form: str, shown: list[int]) -> None:
    """Charts, the table or the file can be had alone."""
    await house.start()
    general = house.channel("general")
    await asked(house, house.person("ada"), general, "one")
    sum_up(house)
    seen = await told(house.person("olga"), general, "quota report", EVERYTHING | {"format": form})
    assert kinds(seen) == shown


async def test_a_report_of_nothing(house: House) -> None:
    """Where nobody used anything a sentence says so."""
    await house.start()
    seen = await told(house.person("olga"), house.channel("general"), "quota report")
    assert "this month" in seen.text
    assert "Nobody has used anything" in seen.text
    assert seen.files == ()


async def test_a_limit_is_tried_on_the_past(house: House) -> None:
    """An admin learns whom a limit would have stopped, how often, and when first."""
    await house.start()
    ada, ben, olga = (house.person(it) for it in ("ada", "ben", "olga"))
    general = house.channel("general")
    for words in ("one", "two", "three"):
        await asked(house, ada, general, words)
    await asked(house, ben, general, "four")
    tried = {"meter": "requests", "window": "month", "amount": 1}
    seen = await told(olga, general, "quota simulate", tried)
    assert "1 request a month for each member" in seen.text
    assert "**2** of 4 requests (50 %), from 1 of 2 people" in seen.text
    assert f"- <@{ada.id}>: 2 of 3 requests, first <t:" in seen.text
    assert f"<@{ben.id}>" not in seen.text
    seen = await told(olga, general, "quota simulate", tried | {"amount": 3})
    assert "stopped nothing: all 4 requests by 2 people fit" in seen.text
    own = {"meter": "requests", "window": "month", "amount": 9, "member": ada.id}
    await told(olga, general, "quota set", own)
    seen = await told(olga, general, "quota simulate", tried)
    assert "stopped nothing: all 1 request by 1 person fit" in seen.text
    house.assert_polite()


async def test_a_roles_limit_is_tried_on_its_holders(house: House) -> None:
    """Discord tells who of those who asked holds the role; the others are left out."""
    await house.start()
    ada, max_, olga = (house.person(it) for it in ("ada", "max", "olga"))
    general = house.channel("general")
    for person, words in ((ada, "one"), (ada, "two"), (max_, "three"), (max_, "four")):
        await asked(house, person, general, words)
    sum_up(house)
    guild = house.discord.world.guild_named("Lighthouse")
    moderators = next(it.id for it in guild.roles.values() if it.name == "Moderators")
    tried = {"meter": "requests", "window": "month", "amount": 1, "role": moderators}
    seen = await told(olga, general, "quota simulate", tried)
    assert f"for each holder of <@&{moderators}>" in seen.text
    assert "**1** of 2 requests (50 %), from 1 of 1 person" in seen.text
    assert f"- <@{max_.id}>: 1 of 2 requests" in seen.text
    assert "holds the role now" in seen.text


async def test_an_amount_that_is_none(house: House) -> None:
    """What can't be a limit is explained."""
    await house.start()
    options = {"meter": "tokens", "window": "day", "amount": 1.5}
    seen = await told(house.person("olga"), house.channel("general"), "quota simulate", options)
    assert "whole number" in seen.text


async def test_words_remain_where_files_are_refused(house: House) -> None:
    """Where Discord takes no files of the bot, the words stand alone and say so."""
    await house.start()
    general = house.channel("general")
    await asked(house, house.person("ada"), general, "one")
    sum_up(house)
    refusal = {"message": "Missing Permissions", "code": 50013}
    house.discord.faults.fail("PATCH", r"/@original$", status=403, body=refusal)
    seen = await told(house.person("olga"), general, "quota report", EVERYTHING)
    assert kinds(seen) == [TEXT, TEXT, TEXT]
    assert "I may not attach files here, or none so large" in seen.text
    assert "Top people" in seen.text
