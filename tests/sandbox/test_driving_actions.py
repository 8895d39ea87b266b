"""What people do by HTTP: whatever is wrong with it is refused in words, and nothing breaks."""

import io
import random
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from sandbox.discord import posting
from sandbox.discord.model import Interaction, Json
from tests.sandbox.staged import Stage, set_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncGenerator[Stage]:
    """Set the stage."""
    async with set_stage(tmp_path) as stage:
        yield stage


WRONG: dict[str, tuple[Any, ...]] = {
    "text": (7, 1.5, True, ["a"], {"a": 1}, float("nan"), "\ud800"),
    "id": (7, -1, 1.5, True, "", "x", "-1", "1.5", "٣", "9" * 21, "0", [], ["1"], {}, None),
    "truth": ("yes", 1, 0, [], {}, float("inf")),
    "object": ([], [1], "x", 7, True, {"unknown": 1}, {"": None, "x": {}}),
    "list": ("a", 7, {}, True, None, [], ["a", "a"], [7], [None], [["a"]], [{}], ["b"]),
}
KINDS = {
    **dict.fromkeys(("as", "channel", "message", "interaction"), "id"),
    **dict.fromkeys(("text", "path", "focused", "custom_id", "name"), "text"),
    **dict.fromkeys(("locked", "private", "on"), "truth"),
    **dict.fromkeys(("options", "values"), "object"),
}
OPTIONAL = (("say", "reply_to"), ("thread", "message"))
ACTIONS = (
    *("say", "edit", "delete", "typing", "slash", "autocomplete", "menu", "click"),
    *("choose", "submit", "thread", "archive", "rename", "lock"),
    *("delete_thread", "dm", "switch"),
)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_wrong_field_is_refused_in_words(stage: Stage, action: str) -> None:
    """A field that is of the wrong kind, or missing, is refused with a sentence."""
    payload = stage.payloads[action]
    for name in payload:
        kind = KINDS.get(name, "text")
        if name == "reply_to":
            kind = "id"
        if (action, name) == ("choose", "values"):
            kind = "list"
        for value in WRONG[kind]:
            if value is None and name == "reply_to":
                continue
            await stage.page.refused(action, payload | {name: value})
        missing = {key: value for key, value in payload.items() if key != name}
        if kind in ("id", "list") and (action, name) not in OPTIONAL:
            await stage.page.refused(action, missing)
    await works(stage)


async def works(stage: Stage) -> None:
    """Check that the world is as usable as before."""
    page, here = stage.page, stage.page.here("ben", stage.general)
    said = await page.done("say", here | {"text": "Still here"})
    async with page.looking("max", stage.general) as looker:
        await page.done("edit", here | {"text": "And well", "message": said["message"]})
        told = await looker.told("message")
        assert told["message"]["content"] == "And well"
        await page.done("delete", here | {"message": said["message"]})
        assert (await looker.told("message"))["gone"] == said["message"]


OPTIONS: dict[str, tuple[Any, ...]] = {
    "text": (7, True, [], {}, "", " ", "x" * 6001, "\udfff", float("nan")),
    "whole": ("x", "1.5", 1.5, "nan", True, [], {}, 10**400, -(10**17), "9" * 5000, float("inf")),
    "number": ("x", "nan", "inf", "-inf", "1e400", True, [], {}, 10**400, float("nan")),
    "truth": ("true", 1, [], {}),
    "user": (7, "0", "x", [], {}, "9" * 20),
    "role": (7, "0", "x", [], {}, "9" * 20),
    "place": (7, "0", "x", [], {}, "9" * 20),
    "any": (7, "0", "x", [], {}, "9" * 20),
    "file": ("0", 0, -1, 7, 1.5, True, [], {}),
}


async def test_a_wrong_option_is_refused_in_words(stage: Stage) -> None:
    """An option's value that no client would send never reaches the bot."""
    page, here = stage.page, stage.page.here("ada", stage.general, path="all")
    for name, values in OPTIONS.items():
        for value in values:
            await page.refused("slash", here | {"options": {name: value}})
    for value in ([], {}, float("nan"), [[]], {"a": 1}, 10**30):
        wrong = {"focused": "text", "options": {"text": value}}
        await page.refused("autocomplete", here | wrong)
    for path in ("", "/", " ", "all all", "nothing", "Look", "x" * 10_000):
        assert len(await page.refused("slash", here | {"path": path, "options": {}})) < 301
    hidden = {"options": {"place": str(stage.staff)}}
    await page.refused("slash", here | hidden)
    assert not [it for it in commands(stage) if it.data]


def commands(stage: Stage) -> list[Interaction]:
    """Return the commands that were used."""
    return list(stage.page.house.discord.world.interactions.values())


VALUES: dict[str, tuple[Any, ...]] = {
    "words": (7, True, [], {}, "", "x" * 4001),
    "choice": ("a", 7, {}, ["b"], ["a", "a"], [["a"]], [None], []),
    "people": ("a", 7, {}, ["x"], [7], [["1"]], ["0"], []),
    "upload": (0, "0", {}, [0], ["0"], [-1], [[]], [True]),
    "radio": (7, ["a"], {}, "b", True),
    "checks": ("a", 7, {}, ["b"], ["a", "a"], [["a"]]),
    "check": ("a", 7, 0, [], {}),
    "nothing": (None, "a", [], 7),
}


async def test_a_wrong_form_is_refused_in_words(stage: Stage) -> None:
    """What no client would enter into a form is refused, and the form stays open."""
    page, here = stage.page, stage.payloads["submit"]
    ben = str(page.house.person("ben").id)
    right = {"words": "Words", "choice": ["a"], "people": [ben], "check": True}
    for name, values in VALUES.items():
        for value in values:
            await page.refused("submit", here | {"values": right | {name: value}})
    before = len(commands(stage))
    status, answer = await page.act("submit", here | {"values": right})
    assert (status, list(answer)) == (200, ["failed"])  # there is no bot that would answer
    assert len(commands(stage)) == before + 1


async def test_a_form_is_for_who_opened_it(stage: Stage) -> None:
    """A form that was opened for somebody can't be sent by others, nor where it can't be seen."""
    page, world = stage.page, stage.page.house.discord.world
    for name in ("ben", "max", "olga"):
        other = stage.payloads["submit"] | {"as": str(page.house.person(name).id)}
        assert "no longer open" in await page.refused("submit", other)
    guild = world.guild_named("Lighthouse")
    world.remove_member(guild, page.house.person("ada").id)
    assert "Access" in await page.refused("submit", stage.payloads["submit"])


@pytest.mark.parametrize("name", ["ben", "max", "olga"])
async def test_anothers_private_note_is_not_there(stage: Stage, name: str) -> None:
    """Nobody else, moderators and owners included, can act on a message that one person sees."""
    page, note = stage.page, str(stage.secret.id)
    here = page.here(name, stage.general, message=note)
    acts: dict[str, Json] = {
        "edit": {"text": "x"},
        "delete": {},
        "menu": {"name": "Look"},
        "click": {"custom_id": "press"},
        "choose": {"custom_id": "pick", "values": ["a"]},
        "thread": {"name": "x"},
        "say": {"text": "x", "reply_to": note},
    }
    for action, more in acts.items():
        assert await page.refused(action, here | more) == "Unknown Message."
    assert stage.secret.id in page.house.discord.world.messages


async def test_a_private_note_is_no_beginning(stage: Stage) -> None:
    """Not even who sees a private note can reply to it or begin a thread on it for all to see."""
    page, note = stage.page, str(stage.secret.id)
    here = page.here("ada", stage.general)
    assert "Others" in await page.refused("say", here | {"text": "x", "reply_to": note})
    assert "Others" in await page.refused("thread", here | {"name": "x", "message": note})


async def test_what_one_does_not_see_one_can_not_touch(stage: Stage) -> None:
    """In a channel that one does not see nothing can be done, one's own messages included."""
    page, world = stage.page, stage.page.house.discord.world
    staff, ada = world.channels[stage.staff], page.house.person("ada")
    mine = posting.post(world, staff, ada.id, posting.Draft({"content": "Before"}))
    for action, payload in stage.payloads.items():
        if "channel" in payload and action != "submit":
            there = payload | {"channel": str(staff.id)}
            if "message" in payload:
                there["message"] = str(mine.id)
            assert "Access" in await page.refused(action, there), action
    assert world.messages[mine.id].content == "Before"


async def test_bots_and_nobody_can_not_be_played(stage: Stage) -> None:
    """No action is done as the bot, or as somebody who is not there."""
    bot = str(stage.page.house.discord.world.bot.id)
    for action, payload in stage.payloads.items():
        assert "bot" in await stage.page.refused(action, payload | {"as": bot})
        assert "User" in await stage.page.refused(action, payload | {"as": "1"})
    assert (await stage.page.act("nothing", stage.payloads["say"]))[0] == 404


BODIES = (
    *(
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"NaN",
        b"\xff\xfe",
        b"\x00",
        b"{}",
        b'{"as": 1e999}',
    ),
    *(b"[" * 200_000, b'{"a":' * 50_000, b'{"as": ' + b"9" * 10_000 + b"}", b'{"as":"1","as":[]}'),
    b'{"as": "1", "x": ' + b"[" * 500 + b"]" * 500 + b"}",
)
MULTIPART = "multipart/form-data; boundary=x"
FORMS = (
    *(b"", b"--x", b"--x--", b"--x\r\n\r\n\r\n--x--\r\n", b"--y\r\n\r\n", b"\r\n" * 100),
    b'--x\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="files[9]"; filename=""\r\n\r\n\r\n--x--\r\n',
    b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n",
    b"--x\r\nContent-Transfer-Encoding: odd\r\nContent-Length: x\r\n\r\na\r\n--x--\r\n",
)


async def test_a_broken_body_is_refused_in_words(stage: Stage) -> None:
    """A body that is no JSON object, or no form, is refused with a sentence."""
    for body in BODIES:
        for kind in ("application/json", "text/plain", ""):
            status, answer = await stage.page.send("say", body, **{"Content-Type": kind})
            assert (status // 100, list(answer)) == (4, ["error"]), body[:40]
    for body in FORMS:
        for kind in (MULTIPART, "multipart/form-data", "multipart/form-data; boundary="):
            status, answer = await stage.page.send("say", body, **{"Content-Type": kind})
            assert (status // 100, list(answer)) == (4, ["error"]), body
    await works(stage)


async def test_too_much_is_refused_in_words(stage: Stage) -> None:
    """More than Discord takes is refused with a sentence: texts, files, whole requests."""
    page, here = stage.page, stage.page.here("ada", stage.general)
    assert "2000" in await page.refused("say", here | {"text": "x" * 2001})
    assert "100" in await page.refused("thread", here | {"name": "x" * 101})
    assert "large" in await page.refused("say", here, ("x", b"x" * (10 * 1024 * 1024 + 1)))
    assert "10 or fewer" in await page.refused("say", here, *[("x", b"x")] * 11)
    status, answer = await page.send("say", io.BytesIO(b"x" * (26 * 1024 * 1024)))
    assert (status, list(answer)) == (413, ["error"])
    assert "empty" in await page.refused("say", here | {"text": " \n"})


async def test_whatever_comes_nothing_breaks(stage: Stage) -> None:
    """No payload, however wild, is answered with anything but JSON, or breaks the world."""
    chance = random.Random(7)  # noqa: S311 - the same junk each time
    known = [str(stage.general), str(stage.mine.id), str(stage.bots.id), str(stage.secret.id)]
    for _ in range(40):
        for action, payload in stage.payloads.items():
            wild = {name: junk(chance, known) for name in payload}
            names = chance.sample(list(payload), chance.randint(1, len(payload)))
            status, answer = await stage.page.act(
                action, payload | {name: wild[name] for name in names}
            )
            assert status < 500, (action, answer)
            assert status == 200 or list(answer) == ["error"]
    await works(stage)


def junk(chance: random.Random, known: list[str], depth: int = 0) -> Any:
    """Return a value of any kind."""
    atoms = (None, True, 0, -1, 1.5, 2**80, float("nan"), "", "x", "\ud800", "\x00", "a" * 3000)
    if depth < 3 and chance.random() < 0.4:
        inner = [junk(chance, known, depth + 1) for _ in range(chance.randint(0, 3))]
        return inner if chance.random() < 0.5 else {str(each)[:9]: each for each in inner}
    return chance.choice([*atoms, *known])
