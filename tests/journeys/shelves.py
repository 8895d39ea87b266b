"""How people read a conversation's shelf: what stands on it, over all its pages."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from tests.journeys.house import PATIENCE, House

_TURN = re.compile(r"`(?P<number>\d+)` (?P<marks>\S* ?.*?)\*\*(?P<name>.+?)\*\* · [\d,]+ tokens?")
_FILE = re.compile(r"-# 📄 (?P<marks>[^\w~]*)(?P<name>.+?) · [\d,]+ tokens? · with (?P<number>\d+)")
_HEAD = re.compile(r"([\d,]+) of ([\d,]+) tokens")


@dataclass(frozen=True, slots=True)
class Listed:
    """A turn or a file as a shelf lists it; of a file the words are its name."""

    number: int
    words: str
    answer: str = ""
    marks: str = ""
    is_file: bool = False

    @property
    def is_seen(self) -> bool:
        """Tell whether it says that the model sees this."""
        return "✂" not in self.marks and "🗑" not in self.marks


async def shown(person: Person, channel_id: int, **options: Any) -> Seen:
    """Let somebody look at the shelf; return its newest page."""
    used = await person.slash(channel_id, "history show", options)
    return await used.answered(PATIENCE)


async def shown_once(
    person: Person, channel_id: int, holds: Callable[[list[Listed]], bool]
) -> list[Listed]:
    """Let somebody look at the shelf until it shows what they have just done elsewhere."""
    async with asyncio.timeout(PATIENCE):
        while not holds(found := listed(await shown(person, channel_id))):
            continue
    return found


def listed(page: Seen) -> list[Listed]:
    """Return what a page lists, from top to bottom."""
    found: list[Listed] = []
    lines = page.text.split("\n")
    for place, line in enumerate(lines):
        if match := _TURN.fullmatch(line):
            words, answer = lines[place + 1], lines[place + 2].removeprefix("-# ↳ ")
            marks = match["marks"] + ("⚠" if answer.startswith("⚠") else "")
            number = int(match["number"])
            found.append(Listed(number, words.strip("~"), answer.lstrip("⚠️ "), marks))
        elif match := _FILE.fullmatch(line):
            name = match["name"].strip("~")
            found.append(Listed(int(match["number"]), name, "", match["marks"], is_file=True))
    return found


async def turned(house: House, person: Person, page: Seen, label: str) -> Seen:
    """Turn a page and return the one that is there then."""
    before = page.text
    await person.click(page, label=label)
    return await house.answer(
        person, page.channel_id, lambda seen: seen.id == page.id and seen.text != before
    )


async def shelf(house: House, person: Person, channel_id: int, **options: Any) -> list[Listed]:
    """Return all that a shelf lists, oldest first."""
    page = await shown(person, channel_id, **options)
    found = listed(page)
    while any(it.label == "◀" and not it.disabled for it in page.buttons):
        page = await turned(house, person, page, "◀")
        found = [*listed(page), *found]
    return found


def totals(page: Seen) -> tuple[int, int]:
    """Return the tokens that are used, and those that fit."""
    match = _HEAD.search(page.text)
    assert match is not None, page.text
    return int(match[1].replace(",", "")), int(match[2].replace(",", ""))


async def choose(house: House, person: Person, page: Seen, kind: str, *labels: str) -> Seen:
    """Choose from one of the shelf's selects by the labels' beginnings; return the page then."""
    select = next(it for it in page.selects if it.custom_id.startswith(f"shelf:{kind}:"))
    values = [value for label, value in select.options if label.startswith(labels)]
    assert len(values) == len(labels), select.options
    before = page.text
    await person.choose(page, select.custom_id, values)
    return await house.answer(
        person, page.channel_id, lambda seen: seen.id == page.id and seen.text != before
    )


def assert_sent(house: House, found: list[Listed]) -> None:
    """Check that the newest prompt held just what a shelf listed, in its order, as it began there.

    On a shelf a turn's files stand below its answer, in a prompt within its question.
    """
    told: list[tuple[str, str, list[str]]] = []
    for item in found:
        if not item.is_file:
            words, answer = (item.words, item.answer) if item.is_seen else ("", "")
            told.append((words, "" if answer == "no answer" else answer, []))
        elif item.is_seen:
            told[-1][2].append(item.words)
    told = [it for it in told if any(it)]
    sent: list[tuple[str, str, list[str]]] = []
    for message in house.prompts()[-1][1:-1]:
        if message["role"] == "assistant":
            sent[-1] = (sent[-1][0], message["content"], sent[-1][2])
            continue
        words, *files = re.split(r"(?:\n\n|^)File ", message["content"].partition(": ")[2])
        sent.append((words, "", [it.partition(":\n")[0] for it in files]))
    assert len(sent) == len(told), (sent, told)
    for (words, answer, files), (begin, said, names) in zip(sent, told, strict=True):
        assert words.startswith(begin.rstrip("…")), (words, begin)
        assert bool(words) == bool(begin)
        assert answer.startswith(said.rstrip("…")), (answer, said)
        assert bool(answer) == bool(said)
        assert files == names
