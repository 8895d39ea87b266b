"""How messages, commands and clicks look on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sandbox.discord.display import walk
from sandbox.discord.model import Interaction, InteractionType
from sandbox.discord.options import OptionType
from sandbox.discord.seen import Seen, SeenButton
from sandbox.discord.world import World
from sandbox.terminal_markdown import Prefixed, inline, markdown
from sandbox.terminal_text import Names, one_line

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
COLOURS = ("magenta", "yellow", "green", "red", "blue")
BOT_COLOUR = "cyan"
_TEXT, _FILE, _SEPARATOR, _MEDIA = 10, 13, 14, 12
_DANGER = 4


class Views:
    """Turns what there is in a world into what rich can print."""

    def __init__(self, world: World, names: Names) -> None:
        self._world = world
        self._names = names

    def author(self, user_id: int, channel_id: int) -> Text:
        """Return a person's name in the colour that is theirs."""
        people = sorted(each.id for each in self._world.users.values() if not each.bot)
        channel = self._world.channels.get(channel_id)
        name = self._names.user(user_id, channel.guild_id if channel else None)
        if user_id not in people:
            return Text.assemble((name, f"bold {BOT_COLOUR}"), " ", ("APP", "white on blue"))
        colour = COLOURS[people.index(user_id) % len(COLOURS)]
        return Text.assemble((name, f"bold {colour}"))

    def message(self, seen: Seen, tick: int = 0) -> RenderableType:
        """Return a message: who wrote it, to whom, its text, files and buttons."""
        head = self.author(seen.author_id, seen.channel_id)
        if seen.ephemeral:
            reader = self._reader(seen)
            head.append(f"  only {reader} sees this", "italic dim")
        elif (replied := self._world.messages.get(seen.reply_to or 0)) is not None:
            other = self._names.user(replied.author_id)
            head.append(f"  replies to {other}", "dim")
        if seen.thinking:
            head.append(f"  {SPINNER[tick % len(SPINNER)]} thinking…", "italic dim")
            return head
        return Group(head, Prefixed(Group(*self._body(seen)), "  "))

    def said(self, seen: Seen) -> RenderableType:
        """Return what a person wrote, on the line of the name where it is one line."""
        body = list(self._body(seen))
        if "\n" in seen.text or len(body) != 1:
            return self.message(seen)
        return Prefixed(body[0], *self._lead(self.author(seen.author_id, seen.channel_id)))

    def typed(self, author: Text, words: str) -> RenderableType:
        """Return what somebody is typing, or has typed as a command."""
        shown = Text(one_line(words))
        if words.startswith("/"):
            shown.highlight_regex(r"^/[\w -]+?(?= \S+:|$)", "bold blue")
            shown.highlight_regex(r"(?<= )[a-z_]+:", "dim")
        return Prefixed(shown, *self._lead(author))

    def press(self, interaction: Interaction) -> RenderableType:
        """Return that somebody clicked."""
        message = self._world.messages.get(interaction.message_id or 0)
        wanted = interaction.data.get("custom_id")
        parts = walk(message.components) if message else iter(())
        label = next((each.get("label") for each in parts if each.get("custom_id") == wanted), None)
        author = self.author(interaction.user_id, interaction.channel_id)
        author.append("  presses ")
        return author.append(f"[{one_line(label or 'a button')}]", "bold reverse")

    def command(self, interaction: Interaction) -> RenderableType:
        """Return a command as it was typed, or that somebody clicked."""
        if interaction.type is InteractionType.COMPONENT:
            return self.press(interaction)
        author = self.author(interaction.user_id, interaction.channel_id)
        words = [f"/{interaction.command_name}"]
        words += options_words(interaction.data, self._names)
        return self.typed(author, " ".join(words))

    def note(self, words: str) -> RenderableType:
        """Return a line that tells what Discord does."""
        return Prefixed(inline(words, self._names, "dim"), "  ")

    def _reader(self, seen: Seen) -> str:
        message = self._world.messages.get(seen.id)
        return self._names.user(message.only_for) if message and message.only_for else "one person"

    def _body(self, seen: Seen) -> Iterator[RenderableType]:
        if not seen.components and seen.text:
            yield markdown(seen.text, self._names)
        for part in walk(seen.components):
            if part["type"] == _TEXT:
                yield markdown(str(part.get("content", "")), self._names)
            elif part["type"] == _SEPARATOR:
                yield Text("─" * 16, "dim")
        for file in seen.files:
            yield Text(f"📎 {one_line(file.name)} ({file.size:,} bytes)", "underline")
        if seen.buttons or seen.selects:
            yield self._buttons(seen.buttons, [each.placeholder or "…" for each in seen.selects])

    @staticmethod
    def _buttons(buttons: Sequence[SeenButton], selects: Sequence[str]) -> Text:
        line = Text()
        for button in buttons:
            style = "bold white on red" if button.style == _DANGER else "reverse"
            label = one_line(button.label or button.emoji or "")
            line.append(f"[{label}]", "dim" if button.disabled else style).append(" ")
        for words in selects:
            line.append(f"[{one_line(words)} ▾]", "reverse").append(" ")
        return line

    @staticmethod
    def _lead(author: Text) -> tuple[Text, str]:
        lead = author.copy().append("  ")
        return lead, "  "


def options_words(data: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Yield a command's options as one types them: "amount:50"."""
    for option in data.get("options") or ():
        if "options" in option or "value" not in option:
            yield from options_words(option, names)
            continue
        value = option["value"]
        match option["type"]:
            case OptionType.USER | OptionType.MENTIONABLE:
                value = f"@{names.user(int(value))}"
            case OptionType.ROLE:
                value = f"@{names.role(int(value))}"
            case OptionType.CHANNEL:
                value = names.channel(int(value))
            case OptionType.ATTACHMENT:
                files = (data.get("resolved") or {}).get("attachments") or {}
                value = files.get(str(value), {}).get("filename", "a file")
            case OptionType.BOOLEAN:
                value = str(value).lower()
            case OptionType.NUMBER:
                value = f"{float(value):.10g}" if value % 1 else f"{value:.0f}"
        yield f"{option['name']}:{value}"
