"""Answers of numbered words: when each was sent to the bot, and when people could read it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from benchmarks.house import has_ended
from sandbox.discord.model import Event, Message
from sandbox.discord.seen import seen
from sandbox.discord.world import World
from sandbox.openrouter.catalogue import ASCII_A_TOKEN
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer

WIDTH = 9
"""Characters of a word with the space or line break after it: one chunk of the stream each."""

WORDS_A_LINE = 12

TOKENS_PER_SECOND = 60.0
"""As fast as MiniMax-M1 usually writes: 31 words of this kind a second."""

WORDS_PER_SECOND = TOKENS_PER_SECOND * ASCII_A_TOKEN / WIDTH

_WORD = re.compile(r"a(\d{3})w(\d{3})")


def numbered(answer: int, words: int) -> str:
    """Return a text of words that say which they are, in lines."""
    ends = ("\n" if number % WORDS_A_LINE == 0 else " " for number in range(1, words + 1))
    return "".join(f"a{answer:03}w{number:03}{end}" for number, end in enumerate(ends))


class Writer(OpenRouterServer):
    """Answers with numbered words, and notes when each has been written to the connection."""

    def __init__(self, words: int) -> None:
        super().__init__(tokens_per_second=TOKENS_PER_SECOND, script=self._reply)
        self._words = words
        self._marks: list[list[float]] = []
        self._own: WeakKeyDictionary[asyncio.Task[Any], list[float]] = WeakKeyDictionary()

    def _reply(self, _messages: Sequence[Mapping[str, Any]]) -> Reply:
        marks: list[float] = []
        if (task := asyncio.current_task()) is not None:
            self._own[task] = marks
        self._marks.append(marks)
        return Reply(text=numbered(len(self._marks) - 1, self._words), chunk_size=WIDTH)

    async def pass_on(self) -> None:
        """Note that what came before is on its way: each chunk asks here whether it may go."""
        task = asyncio.current_task()
        if task is not None and task in self._own:
            self._own[task].append(monotonic())
        await super().pass_on()

    @property
    def answers(self) -> int:
        """Return how many answers of numbered words were begun."""
        return len(self._marks)

    def written(self, answer: int) -> list[float]:
        """Return when each word of an answer was written."""
        return self._marks[answer][1:]


class Reader:
    """Looks at every message of the bot whenever it changes, as a person's client does."""

    def __init__(self, world: World) -> None:
        self._first_seen: dict[tuple[int, int], float] = {}
        self._ended: dict[int, float] = {}
        self._world = world
        self._stop = world.news.subscribe(self._look)

    def _look(self, event: Event) -> None:
        message = event.subject
        if not isinstance(message, Message) or message.author_id != self._world.bot.id:
            return
        now, shown = monotonic(), seen(self._world, message)
        for answer, word in _WORD.findall(shown.text):
            self._first_seen.setdefault((int(answer), int(word)), now)
            if has_ended([shown]):
                self._ended.setdefault(int(answer), now)

    def delays(self, answer: int, written: Sequence[float]) -> list[float]:
        """Return the seconds until each word could be read; raise `KeyError` if one never was."""
        return [self._first_seen[answer, word] - at for word, at in enumerate(written)]

    def ending(self, answer: int, written: Sequence[float]) -> float:
        """Return the seconds from an answer's last word until it had its closing line."""
        return self._ended[answer] - written[-1]

    def close(self) -> None:
        """Look no more."""
        self._stop()
