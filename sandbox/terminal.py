"""A Discord on a terminal: what happens in it, as a transcript whose last messages are alive."""

import asyncio
import time
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Self

from rich.align import Align
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.live import Live
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from sandbox.discord.model import Event, Interaction, InteractionType, Message, MessageType
from sandbox.discord.seen import Seen, seen
from sandbox.discord.world import World
from sandbox.terminal_entries import Entry, Lines, Trimmed
from sandbox.terminal_markdown import Prefixed
from sandbox.terminal_text import Names
from sandbox.terminal_views import Views

FRAME = 0.08
"""Seconds between two looks at what has changed."""
SETTLED_AFTER = 0.3
"""Seconds for which a message stays as it is before it is taken for finished."""
BILLED_WITHIN = 3.0
"""Seconds for which the bill of an answer that was stopped is waited for."""
PROGRESS_EVERY = 0.8
MOST_PROGRESS = 4
"""Where no terminal is, an answer's growth is told so often at most."""
TYPING_SPEED = 70.0
"""Characters a second."""
LONGEST_TYPING = 0.9

_SYSTEM = (MessageType.NAME_CHANGED, MessageType.THREAD_STARTER, MessageType.THREAD_CREATED)


class Transcript:
    """Follows a world and shows it: growing in place on a terminal, else as plain lines."""

    def __init__(
        self, world: World, console: Console, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.console = console
        self.names = Names(world)
        self.views = Views(world, self.names)
        self.bottom: Callable[[], RenderableType] | None = None
        """What stands below everything, such as a prompt."""
        self.alive = console.is_terminal and not console.is_dumb_terminal
        self._world = world
        self._clock = clock
        self._pending: list[Entry] = []
        self._printed: dict[int, str] = {}
        self._place: int | None = None
        self._after_person = False
        self._printed_all = asyncio.Event()
        self._dirty = True
        self._tick = 0
        self._live = Live(
            Lines(self._lower_part), console=console, auto_refresh=False, vertical_overflow="crop"
        )
        self._drawing: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Self:
        if self.alive:
            self._live.start()
        self._unsubscribe = self._world.news.subscribe(self._hear)
        self._drawing = asyncio.create_task(self._draw())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._unsubscribe()
        if self._drawing is not None:
            self._drawing.cancel()
            await asyncio.wait([self._drawing])
        self.bottom = None
        left, self._pending = self._pending, []
        for entry in left:
            self._print(entry)
        if self.alive:
            self._live.refresh()
            self._live.stop()

    # Telling

    def tell(self, what: RenderableType) -> None:
        """Print something of one's own above whatever is still alive."""
        self.console.print(what if self.alive else Trimmed(what), highlight=False)

    def add(self, place: int, line: RenderableType) -> None:
        """Put something of one's own below whatever has happened so far."""
        self._add_line(place, line, by_bot=True)
        self._dirty = True

    def title(self, words: str, below: str) -> None:
        """Begin a chapter."""
        rule = Rule(Text(words, "bold"), style="cyan")
        self.tell(Group(Text(), rule, Align.center(Text(below, "italic"))))
        self._place = None

    async def type_out(self, author_id: int, place: int, words: str) -> None:
        """Show how somebody types what is sent next."""
        if not self.alive:
            return
        author = self.views.author(author_id, place)
        step = max(1, round(len(words) / LONGEST_TYPING / TYPING_SPEED)) if words else 1
        for end in range(step, len(words) + step, step):
            view = self.views.typed(author, words[:end] + "▏")
            self.bottom = partial(Prefixed, view, "  ")
            self._dirty = True
            await asyncio.sleep(1 / TYPING_SPEED)
        self.bottom = None

    async def quiet(self, patience: float) -> None:
        """Wait until everything is finished and printed; raise TimeoutError if it is not."""
        async with asyncio.timeout(patience):
            while self._pending:
                self._printed_all.clear()
                await self._printed_all.wait()

    def refresh(self) -> None:
        """Draw anew at the next frame."""
        self._dirty = True

    # Hearing

    def _hear(self, event: Event) -> None:
        what = event.subject
        if isinstance(what, Message):
            self._hear_message(event.name, what)
        elif isinstance(what, Interaction):
            self._hear_interaction(event.name, what)
        self._dirty = True

    def _hear_message(self, name: str, message: Message) -> None:
        entry = next((each for each in self._pending if each.message is message), None)
        if name == "MESSAGE_CREATE" and message.type not in _SYSTEM:
            by_bot = self._world.users[message.author_id].bot
            self._pending.append(Entry(message.channel_id, by_bot, message))
        elif name == "MESSAGE_UPDATE" and entry is None and message.id in self._printed:
            self._hear_late(message)
        elif name == "MESSAGE_DELETE" and entry is not None:
            self._pending.remove(entry)
        elif name == "MESSAGE_DELETE" and message.id in self._printed:
            note = self.views.note("-# (a message above was deleted)")
            self._add_line(message.channel_id, note, by_bot=True)

    def _hear_late(self, message: Message) -> None:
        """Tell what has changed in a message that was taken for finished."""
        text = seen(self._world, message).text
        before = self._printed[message.id].splitlines()
        new = [line for line in text.splitlines() if line not in before]
        self._printed[message.id] = text
        if new:
            words = "\n".join(line.removeprefix("-# ") for line in new)
            note = self.views.note(f"✎ edited: {words}")
            self._add_line(message.channel_id, note, by_bot=True)

    def _hear_interaction(self, name: str, interaction: Interaction) -> None:
        place = interaction.channel_id
        known = (InteractionType.COMMAND, InteractionType.COMPONENT)
        if name == "INTERACTION_CREATE" and interaction.type in known:
            line = Entry(place, by_bot=False, line=self.views.command(interaction))
            # Plain lines tell of a click when it happens, before the message that it changes.
            is_click = interaction.type is InteractionType.COMPONENT
            self._pending.insert(0 if is_click and not self.alive else len(self._pending), line)
        elif name == "INTERACTION_FAILED":
            note = self.views.note("⚠️ The application did not respond.")
            self._add_line(place, note, by_bot=True)

    def _add_line(self, place: int, line: RenderableType, *, by_bot: bool) -> None:
        self._pending.append(Entry(place, by_bot, line=line))

    # Drawing

    async def _draw(self) -> None:
        while True:
            with self.console:  # what is printed and what is alive go out together
                self._look()
                if self.alive and (self._dirty or self._pending):
                    self._dirty = False
                    self._live.refresh()
            await asyncio.sleep(FRAME)

    def _look(self) -> None:
        """Take in what has changed, and print from the front what will not change any more."""
        now = self._clock()
        self._tick += 1
        for entry in self._pending:
            if entry.message is not None:
                latest = seen(self._world, entry.message)
                if latest != entry.shown:
                    entry.shown, entry.changed_at = latest, now
                    self._dirty = True
                if not self.alive:
                    self._tell_progress(entry, latest, now)
        while self._pending and self._is_finished(self._pending[0], now):
            self._print(self._pending.pop(0))
        if not self._pending:
            self._printed_all.set()

    def _grows(self, entry: Entry) -> bool:
        shown = entry.shown
        if shown is None or is_alive(shown):
            return True
        # What an answer cost that was stopped is asked for, and comes a moment later.
        last = shown.text.rpartition("\n")[2]
        waits = last.startswith("-# stopped") and " tokens" not in last
        return waits and self._clock() - entry.changed_at < BILLED_WITHIN

    def _is_finished(self, entry: Entry, now: float) -> bool:
        if entry.message is None or not entry.by_bot:
            return True
        return not self._grows(entry) and now - entry.changed_at >= SETTLED_AFTER

    def _tell_progress(self, entry: Entry, shown: Seen, now: float) -> None:
        if not entry.told_at:
            entry.told_at = now
        due = now - entry.told_at >= PROGRESS_EVERY and entry.told < MOST_PROGRESS
        is_news = shown != entry.told_of
        if not (due and is_news and is_alive(shown)) or entry is not self._pending[0]:
            return
        entry.told += 1
        entry.told_at, entry.told_of = now, shown
        lines = shown.text.splitlines()
        meter = next((each[3:] for each in lines if each.startswith("-# ")), "thinking…")
        meter = meter.replace("thinking for 0 s", "thinking …")
        size = sum(len(each) for each in lines if not each.startswith("-# "))
        so_far = f" · {size:,} characters so far" if size else ""
        line = self.views.note(f"… {meter}{so_far}")
        self._print_below_heading(entry, line)
        self._after_person = True

    def _print(self, entry: Entry) -> None:
        self._print_below_heading(entry, self._view(entry))
        self._after_person = not entry.by_bot
        if entry.message is not None:
            self._printed[entry.message.id] = seen(self._world, entry.message).text

    def _print_below_heading(self, entry: Entry, view: RenderableType) -> None:
        heading = self._heading(entry, self._place, self._after_person)
        self.tell(Group(*heading, self._barred(entry.place, view)))
        self._place = entry.place

    def _heading(
        self, entry: Entry, place: int | None, after_person: bool
    ) -> Iterator[RenderableType]:
        """Yield what stands between an entry and the one before it."""
        if entry.place != place:
            yield Text()
            name = self.names.place(entry.place)
            yield Rule(Text(name, "bold"), align="left", style="dim")
        elif not (after_person and entry.by_bot):
            yield self._barred(entry.place, Text())

    def _barred(self, place: int, view: RenderableType) -> RenderableType:
        return Prefixed(view, "┃ ", style="blue") if self.names.is_thread(place) else view

    def _view(self, entry: Entry) -> RenderableType:
        if entry.message is None:
            return entry.line or ""
        shown = seen(self._world, entry.message)
        return self.views.message(shown, self._tick) if entry.by_bot else self.views.said(shown)

    def _lower_part(self, console: Console, options: ConsoleOptions) -> list[list[Segment]]:
        """Return the lines of all that is alive, as many as fit, the last ones."""
        lines: list[list[Segment]] = []
        place, after_person = self._place, self._after_person
        for entry in self._pending:
            for heading in self._heading(entry, place, after_person):
                lines += console.render_lines(heading, options, pad=False)
            lines += self._lines_of(entry, console, options)
            place, after_person = entry.place, not entry.by_bot
        if self.bottom is not None:
            lines.append([])
            lines += console.render_lines(self.bottom(), options, pad=False)
        most = max(3, console.height - 1)
        if len(lines) > most:  # what is cut off must not seem to go on from what stands above
            lines[: 2 - most] = [[], [Segment("  ⋮", Style(dim=True))]]
        return lines

    def _lines_of(
        self, entry: Entry, console: Console, options: ConsoleOptions
    ) -> list[list[Segment]]:
        tick = self._tick if entry.shown and entry.shown.thinking else 0
        key = (entry.shown, options.max_width, tick)
        if entry.cached is None or entry.cached[0] != key:
            view = self._barred(entry.place, self._view(entry))
            entry.cached = (key, console.render_lines(view, options, pad=False))
        return entry.cached[1]


def is_alive(shown: Seen) -> bool:
    """Tell whether a message of the bot's is still being written."""
    return shown.thinking or any(button.label == "Stop" for button in shown.buttons)
