"""What a visitor of the demo types: messages, slash commands, and a few words about oneself."""

import re
from collections.abc import Sequence
from contextlib import suppress

from rich.console import Group, RenderableType
from rich.text import Text

from sandbox import demo_slash
from sandbox.demo_slash import SlashMistake, Typed
from sandbox.demo_stage import Stage, has_button
from sandbox.discord.model import ChannelType, Command
from sandbox.discord.options import NotPossible
from sandbox.discord.people import Person
from sandbox.discord.problems import Problem
from sandbox.terminal_keys import Keyboard, Leave, LineEditor
from sandbox.terminal_markdown import Prefixed, inline, markdown

HELP = """\
**Your turn.** Write to the bot, or use its commands, as in Discord. A few to begin with:
- {first}
- `/ask show me a table` · `/ask a long guide, please` and then `stop`
- `/ask tell me a puzzle private:true` · `/chat` · `/usage` · `/help`
- `as owner` and then `/quota list` · `/quota set requests day 10 member:@ben`
- `as ben` · `in #general` · `in thread` · `in dm` change who you are, and where
- `quit` or Ctrl-D leaves · `?` shows this again"""

IN_A_THREAD = "`who said what?` or any other message: here every one is answered"
IN_A_CHANNEL = """\
`@threadlight who said what?` is answered here
- `/chat prompt:hello` opens a thread; there every message is answered"""

THREAD_WITHIN = 3.0
"""Seconds that a thread may take to open, before the visitor is left where they are."""

_AS = re.compile(r"as @?(?P<who>\S+)", re.IGNORECASE)
_IN = re.compile(r"in (?P<where>#\S+|thread|dm)", re.IGNORECASE)
_PRESS = re.compile(
    r"(?:press )?\[?(?P<label>stop|retry|regenerate|continue|thinking|thread|◀|▶)\]?", re.IGNORECASE
)
_MENTION = re.compile(r"(?<!\S)@(\w+)")


class Visitor:
    """Somebody at the keyboard, who is one of the people and somewhere in the server."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._world = stage.world
        self._transcript = stage.transcript
        self.person = stage.person("ada")
        self.place = stage.general
        self.editor = LineEditor(self._completed)

    def prompt(self) -> RenderableType:
        """Return the line that is being typed, who types it and where, and a hint."""
        names = self._transcript.names
        lead = self._transcript.views.author(self.person.id, self.place)
        lead.append(f" in {names.channel(self.place)} ", "dim").append("▸ ")
        hint = ""
        if self.editor.text.startswith("/"):
            hint = demo_slash.hint(self.editor.text, self._commands())
        elif not self.editor.text:
            hint = "a message, a /command, or ? for help"
        line = Prefixed(self.editor.shown(), lead, "  ")
        return Group(line, Text(hint, "dim", no_wrap=True, overflow="ellipsis"))

    async def stay(self, keyboard: Keyboard) -> None:
        """Do what is typed until the visitor leaves, which raises `Leave`."""
        self._transcript.bottom = self.prompt
        while True:
            self._transcript.refresh()
            await self.obey(await keyboard.line())

    async def obey(self, line: str) -> None:
        """Do what a line says; raise `Leave` where it says so."""
        if line.lower() in ("quit", "exit"):
            raise Leave
        try:
            await self._obey(line)
        except (SlashMistake, NotPossible) as mistake:
            self._tell(str(mistake))
        except Problem as problem:
            self._tell(f"Discord refuses: {problem.message}.")

    async def come_in(self) -> None:
        """Begin where the scene ended, with nothing typed and no answer still being written."""
        self.place = self._stage.last_thread or self.place
        self.editor.clear()
        await self._stage.cut_short()
        self.help()

    def help(self) -> None:
        """Show what can be typed where one is."""
        channel = self._world.channel(self.place)
        every = channel.thread is not None or channel.is_dm
        words = HELP.format(first=IN_A_THREAD if every else IN_A_CHANNEL)
        self._transcript.tell(Group(Text(), markdown(words, self._transcript.names)))

    async def _obey(self, line: str) -> None:
        if line in ("?", "help"):
            self.help()
        elif found := _AS.fullmatch(line):
            self._become(found["who"])
        elif found := _IN.fullmatch(line):
            await self._go(found["where"].lower())
        elif found := _PRESS.fullmatch(line):
            await self._press(found["label"].capitalize())
        elif line.startswith("/"):
            guild = self._world.guild_of(self._world.channel(self.place))
            typed = demo_slash.parse(line, self._commands(), self._world, guild)
            await self._slash(typed)
        else:
            await self._say(line)

    async def _slash(self, typed: Typed) -> None:
        threads = self._threads()
        await self.person.slash(self.place, typed.path, typed.options)
        if typed.path != "chat":
            return
        with suppress(TimeoutError):  # then it says why not
            await self._world.news.until(lambda: self._threads() > threads, THREAD_WITHIN)
            self.place = max(self._threads() - threads)

    def _threads(self) -> set[int]:
        """Return the threads that this person sees."""
        threads = [channel.id for channel, _ in self._world.threads_of(self._stage.guild)]
        return {each for each in threads if self._sees(each)}

    async def _say(self, line: str) -> None:
        text = _MENTION.sub(lambda found: self._mention(found[1]) or found[0], line)
        await self.person.say(self.place, text)
        channel = self._world.channel(self.place)
        if not self._world.can_see(self._world.bot.id, channel):
            self._remark("The bot is not let into this channel, so it sees nothing of this.")
        elif channel.thread is None and not channel.is_dm and self._stage.bot_mention not in text:
            self._remark("Here the bot answers only if you mention it: write `@threadlight …`.")

    def _mention(self, word: str) -> str | None:
        for user in self._world.users.values():
            if word.lower() in (user.username.lower(), user.name.lower()):
                return f"<@{user.id}>"
        return None

    def _become(self, who: str) -> None:
        members = [self._world.users[user_id] for user_id in self._stage.guild.members]
        people = {each.username: each for each in members if not each.bot}
        people["owner"] = self._world.users[self._stage.guild.owner_id]
        user = people.get(who.lower())
        if user is None:
            raise SlashMistake(f"Nobody is called {who}; there are {', '.join(sorted(people))}.")
        self.person = Person(self._stage.discord, user.id)
        channel = self._world.channel(self.place)
        if not self._world.can_see(user.id, channel):
            self.place = self._stage.general

    async def _go(self, where: str) -> None:
        if where == "dm":
            self.place = await self.person.open_dm()
            return
        if where == "thread":
            if not self._threads():
                raise SlashMistake("There is no thread yet: open one with /chat.")
            self.place = max(self._threads())
            return
        places = {
            f"#{self._world.channels[each].name}": each
            for each in self._stage.guild.channel_ids
            if self._sees(each) and self._world.channels[each].type is ChannelType.TEXT
        }
        if where not in places:
            raise SlashMistake(f"There is no {where} for you. There are {', '.join(places)}.")
        self.place = places[where]

    async def _press(self, label: str) -> None:
        for seen in reversed(self.person.sees(self.place)):
            if has_button(seen, label):
                await self.person.click(seen, label=label)
                return
        raise SlashMistake(f"No message here has a {label} button now.")

    def _sees(self, channel_id: int) -> bool:
        return self._world.can_see(self.person.id, self._world.channel(channel_id))

    def _commands(self) -> Sequence[Command]:
        try:
            return self.person.commands(self.place)
        except (NotPossible, Problem):
            return ()

    def _completed(self, line: str) -> str:
        return demo_slash.completed(line, self._commands()) if line.startswith("/") else line

    def _remark(self, words: str) -> None:
        """Say something about the visitor's latest message, below it."""
        view = inline(words, self._transcript.names, "dim")
        self._transcript.add(self.place, Prefixed(view, "ℹ ", "  ", "cyan"))  # noqa: RUF001 - a mark

    def _tell(self, words: str) -> None:
        view = inline(words, self._transcript.names, "yellow")
        self._transcript.tell(Group(Text(), Prefixed(view, "✗ ", "  ", "yellow")))
