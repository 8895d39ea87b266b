"""Where the demo's scene is played: people act, and each waits to see what the bot answers."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sandbox.discord.model import Message
from sandbox.discord.options import NotPossible, find
from sandbox.discord.people import Person
from sandbox.discord.problems import Problem
from sandbox.discord.seen import Seen, seen
from sandbox.discord.server import DiscordServer
from sandbox.terminal import Transcript
from sandbox.terminal_text import one_line
from sandbox.terminal_views import options_words

GUILD = "Lighthouse"
BEAT, SHORT_BEAT = 1.0, 0.7
"""Seconds for which a terminal stands still after an answer or a note, so that it can be read."""
CUT_SHORT_WITHIN = 5.0
"""Seconds that an answer may take to end after the scene was left."""


class SceneFailed(Exception):
    """Say in a sentence what did not happen in the scene."""


class Stage:
    """Lets people act in the sample server, and shows it; `patience` is a step's limit in seconds.

    `scripted` tells whether the answers' words are known beforehand.
    """

    def __init__(
        self, discord: DiscordServer, transcript: Transcript, *, scripted: bool, patience: float
    ) -> None:
        self.discord = discord
        self.world = discord.world
        self.transcript = transcript
        self.guild = self.world.guild_named(GUILD)
        self.general = self.world.channel_named("general", self.guild).id
        self.last_thread: int | None = None
        self._scripted = scripted
        self._patience = patience
        self._before = 0
        self._owed = False

    @property
    def bot_mention(self) -> str:
        """Return the bot's mention."""
        return f"<@{self.world.bot.id}>"

    def person(self, username: str) -> Person:
        """Return the person with this user name."""
        return Person(self.discord, self.world.user_named(username).id)

    def title(self, words: str, below: str) -> None:
        """Begin a part of the scene."""
        self.transcript.title(words, below)

    # Acting

    async def slash(self, person: Person, place: int, path: str, **options: Any) -> None:
        """Let somebody type and send a command."""
        try:
            _, wanted, _ = find(person.commands(place), path)
            typed = [
                {"name": each["name"], "type": each["type"], "value": options[each["name"]]}
                for each in wanted
                if each["name"] in options
            ]
            words = " ".join(
                [f"/{path}", *options_words({"options": typed}, self.transcript.names)]
            )
            await self.transcript.type_out(person.id, place, words)
            self._remember()
            await person.slash(place, path, options)
        except (NotPossible, Problem) as refusal:
            raise SceneFailed(f"{person.user.name} could not use /{path}: {refusal}") from refusal

    async def say(self, person: Person, place: int, text: str) -> None:
        """Let somebody type and send a message."""
        shown = text.replace(self.bot_mention, f"@{self.world.bot.name}")
        await self.transcript.type_out(person.id, place, shown)
        self._remember()
        try:
            await person.say(place, text)
        except Problem as refusal:
            raise SceneFailed(f"{person.user.name} could not write: {refusal}") from refusal

    async def press(self, person: Person, place: int, label: str) -> None:
        """Let somebody press a button below the bot's answer, unless the answer has ended."""
        shown = await self._see(
            person, place, lambda it: ended(it) or has_button(it, label), f"a {label} button"
        )
        if has_button(shown, label):
            await person.click(shown, label=label)

    # Seeing

    async def answer(self, person: Person, place: int, *words: str) -> None:
        """Wait for the bot's answer; where answers are scripted, it holds these words."""
        shown = await self._see(person, place, ended, "the answer")
        missing = [each for each in words if self._scripted and each not in shown.text]
        if missing or "⚠️" in shown.text:
            said = [line for line in shown.text.splitlines() if not line.startswith("-# ")]
            name, got = person.user.name, one_line(" ".join(said))[:200]
            wanted = f" instead of “{missing[0]}”" if missing else ""
            raise SceneFailed(f"{name} got “{got}” as an answer{wanted}.")
        await self._pause()

    async def note(self, person: Person, place: int, *words: str) -> None:
        """Wait for something that the bot tells this person alone."""

        def holds(it: Seen) -> bool:
            return it.ephemeral and all(each in it.text for each in words)

        await self._see(person, place, holds, f"a note that says “{words[0]}”")
        await self._pause(SHORT_BEAT)

    async def grown(self, person: Person, place: int, characters: int) -> None:
        """Wait until the bot's answer has grown so long, or has ended."""

        def holds(it: Seen) -> bool:
            return ended(it) or (len(it.text) >= characters and has_button(it, "Stop"))

        await self._see(person, place, holds, "a growing answer")

    async def thread(self, person: Person, name: str) -> int:
        """Wait until a thread of this name is there for somebody, and return its id."""
        found: list[int] = []

        def look() -> bool:
            channels = self.world.channels.values()
            found.extend(each.id for each in channels if each.thread and each.name == name)
            return bool(found)

        try:
            await self.world.news.until(look, self._patience)
        except TimeoutError:
            raise SceneFailed(f"{person.user.name} did not see the thread “{name}”.") from None
        self.last_thread = found[0]
        return found[0]

    async def cut_short(self) -> None:
        """Stop what the bot is answering, and see it printed, unless that takes too long."""
        self.transcript.bottom = None
        with suppress(TimeoutError):
            async with asyncio.timeout(CUT_SHORT_WITHIN):
                await self.world.news.until(self._nothing_awaited, CUT_SHORT_WITHIN)
                await self.stop_all()
                await self.transcript.quiet(CUT_SHORT_WITHIN)

    async def stop_all(self) -> None:
        """Press every Stop button there is, as those who may, so that nobody waits for an end."""
        for message in list(self.world.messages.values()):
            shown = seen(self.world, message)
            if has_button(shown, "Stop"):
                person = Person(self.discord, self._asker(message) or self._moderator(message))
                await person.click(shown, label="Stop")

    def _asker(self, message: Message) -> int | None:
        """Return who asked for an answer, as far as the message itself tells."""
        if message.only_for is not None:
            return message.only_for
        if message.interaction is not None:
            return message.interaction.user_id
        replied = self.world.messages.get(message.reply_to or 0)
        if replied is None or replied.author_id == self.world.bot.id:
            return None
        return replied.author_id

    def _moderator(self, message: Message) -> int:
        channel = self.world.channels[message.channel_id]
        guild = self.world.guild_of(channel)
        if guild is not None:
            return guild.owner_id
        return next(each for each in channel.recipient_ids if each != self.world.bot.id)

    def _remember(self) -> None:
        """Let only what comes from now on count as an answer."""
        self._before = max(self.world.messages, default=0)
        self._owed = True

    def _nothing_awaited(self) -> bool:
        """Tell whether each answer that the bot owes has begun, or has ended."""
        bot = self.world.bot.id
        own = [each for each in self.world.messages.values() if each.author_id == bot]
        begun = not self._owed or any(each.id > self._before for each in own)
        return begun and not any(seen(self.world, each).thinking for each in own)

    async def _see(
        self, person: Person, place: int, holds: Callable[[Seen], bool], what: str
    ) -> Seen:
        bot, before = self.world.bot.id, self._before

        def fits(it: Seen) -> bool:
            return it.author_id == bot and it.id > before and holds(it)

        try:
            found = await person.wait_for(place, fits, self._patience)
        except TimeoutError as error:
            name, where = person.user.name, self.transcript.names.channel(place)
            sentence = f"{name} did not see {what} in {where} within {self._patience:.0f} seconds."
            raise SceneFailed(sentence) from error
        self._owed = False
        return found

    async def _pause(self, seconds: float = BEAT) -> None:
        """Let what was seen be printed, and be read."""
        await self.transcript.quiet(self._patience)
        if self.transcript.alive:
            await asyncio.sleep(seconds)


def has_button(it: Seen, label: str) -> bool:
    """Tell whether a message has a button with this label."""
    return any(button.label == label for button in it.buttons)


def ended(it: Seen) -> bool:
    """Tell whether an answer is whole: nothing to stop, and its closing line or an error is there.

    An answer that was stopped is whole when its bill has come.
    """
    if it.thinking or has_button(it, "Stop"):
        return False
    return " tokens" in it.text.rpartition("\n")[2] or "⚠️" in it.text
