"""Slash commands as one types them in a terminal, read by the definitions that the bot registered.

Options are written `name:value`, or in their order without a name; a value with spaces stands in
double quotes, and the words of a free text need none.
"""

import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.discord.model import ATTACHMENT_LIMIT, Command, Guild, Json
from sandbox.discord.options import OptionType
from sandbox.discord.world import World

_WORD = re.compile(
    r'\s*(?:(?P<name>[\w-]+):(?="))?"(?P<quoted>(?:\\.|[^"\\])*)"(?=\s|$)|\s*(?P<bare>\S+)',
    re.DOTALL,
)
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_GROUPS = (OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP)


class SlashMistake(Exception):
    """Say in a sentence what is wrong with a command as it was typed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that can be sent: its full name and its options by name."""

    path: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    name: str | None = None
    quoted: bool = False


@dataclass(slots=True)
class _Filling:
    """Options as they are filled, in the order in which words come."""

    options: Sequence[Json]
    values: dict[str, str] = field(default_factory=dict)
    open: str | None = None
    """A free text that takes the words that follow."""

    def take(self, word: _Word) -> None:
        """Put a word where it belongs."""
        names = [each["name"] for each in self.options]
        name, colon, rest = word.text.partition(":")
        if word.name is not None:
            if word.name not in names:
                raise SlashMistake(f"There is no option {word.name}. There are {_listed(names)}.")
            self._put(word.name, word.text, free=False)
        elif colon and not word.quoted and name in names:
            self._put(name, rest, free=True)
        elif self.open is not None and not word.quoted:
            joined = f"{self.values[self.open]} {word.text}".strip()
            self.values[self.open] = joined
        else:
            following = next((each for each in names if each not in self.values), None)
            if following is None:
                raise SlashMistake(f"There is no option left for “{word.text}”.")
            self._put(following, word.text, free=not word.quoted)

    def _put(self, name: str, value: str, *, free: bool) -> None:
        if name in self.values:
            raise SlashMistake(f"The option {name} is there twice.")
        option = next(each for each in self.options if each["name"] == name)
        is_text = option["type"] == OptionType.STRING and not option.get("choices")
        self.values[name] = value
        self.open = name if free and is_text else None


def parse(line: str, commands: Sequence[Command], world: World, guild: Guild | None) -> Typed:
    """Return the command that a line holds; raise `SlashMistake`."""
    words = _words(line.strip().removeprefix("/"))
    path, options, rest = _command(words, commands)
    filling = _Filling(options)
    for word in rest:
        filling.take(word)
    values: dict[str, Any] = {}
    for option in options:
        name = option["name"]
        if filling.values.get(name, "") != "":
            values[name] = _value(option, filling.values[name], world, guild)
        elif option.get("required"):
            raise SlashMistake(f"The option {name} is missing: {usage(path, options)}")
    return Typed(path, values)


def usage(path: str, options: Sequence[Json]) -> str:
    """Return how a command is typed: "/ask prompt [file] [private]"."""
    parts = [each["name"] if each.get("required") else f"[{each['name']}]" for each in options]
    return " ".join([f"/{path}", *parts])


def hint(line: str, commands: Sequence[Command]) -> str:
    """Return what helps with the command that is being typed, or nothing."""
    names = line.removeprefix("/").split()
    slash = [each for each in commands if each.type == 1]
    command = next((each for each in slash if names and each.name == names[0]), None)
    if command is None:
        begin = names[0] if names else ""
        return "  ".join(f"/{each.name}" for each in slash if each.name.startswith(begin))
    path, options, about = command.name, command.definition["options"], command.definition
    for name in names[1:]:
        inner = next((each for each in options if each["name"] == name), None)
        if inner is None or inner["type"] not in _GROUPS:
            break
        path, options, about = f"{path} {name}", inner.get("options") or [], inner
    if any(each["type"] in _GROUPS for each in options):
        return "  ".join(f"/{path} {each['name']}" for each in options)
    return f"{usage(path, options)}: {about['description']}"


def completed(line: str, commands: Sequence[Command]) -> str:
    """Return the line with the command's name or an option's completed, as far as it is clear."""
    begun = line.rpartition(" ")[2].removeprefix("/")
    head = line[: len(line) - len(begun)]
    candidates = re.findall(r"[\w-]+", hint(head.rstrip() or "/", commands).partition(":")[0])
    taken = re.findall(r"([\w-]+):|/(\w+)", head)
    used = {word for pair in taken for word in pair if word} | set(head.removeprefix("/").split())
    fitting = sorted({each for each in candidates if each.startswith(begun)} - used)
    if len(fitting) != 1:
        return line
    is_option = f"[{fitting[0]}]" in hint(head.rstrip() or "/", commands)
    return f"{head}{fitting[0]}{':' if is_option else ' '}"


def _words(line: str) -> list[_Word]:
    words: list[_Word] = []
    at = 0
    while at < len(line) and (found := _WORD.match(line, at)):
        at = found.end()
        if found["bare"] is None:
            text = re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL)
            words.append(_Word(text, found["name"], quoted=True))
        elif re.match(r'(?:[\w-]+:)?"', found["bare"]):
            raise SlashMistake('A double quote is open: close it, or write \\" inside of it.')
        else:
            words.append(_Word(found["bare"]))
    return words


def _command(
    words: list[_Word], commands: Sequence[Command]
) -> tuple[str, Sequence[Json], list[_Word]]:
    """Return a command's full name, its options, and the words after the name."""
    slash = [each for each in commands if each.type == 1]
    first = words[0].text if words else ""
    command = next((each for each in slash if each.name == first), None)
    if command is None:
        offered = [f"/{each.name}" for each in slash]
        sentences = [f"There is no /{first} here."] if first or not offered else []
        sentences += [f"There are {_listed(offered)}."] if offered else []
        raise SlashMistake(" ".join(sentences))
    path, options = command.name, command.definition["options"]
    rest = words[1:]
    while any(each["type"] in _GROUPS for each in options):
        names = [each["name"] for each in options]
        inner = next((each for each in options if rest and each["name"] == rest[0].text), None)
        if inner is None:
            raise SlashMistake(f"After /{path} comes one of {_listed(names)}.")
        path, options, rest = f"{path} {inner['name']}", inner.get("options") or [], rest[1:]
    return path, options, rest


def _value(option: Json, text: str, world: World, guild: Guild | None) -> Any:
    name, kind = option["name"], OptionType(option["type"])
    if choices := option.get("choices"):
        for choice in choices:
            if text.lower() in (str(choice["name"]).lower(), str(choice["value"]).lower()):
                return choice["value"]
        raise SlashMistake(f"{name} is one of {_listed([each['name'] for each in choices])}.")
    match kind:
        case OptionType.INTEGER | OptionType.NUMBER:
            return _number(name, text, whole=kind is OptionType.INTEGER)
        case OptionType.BOOLEAN:
            if text.lower() not in _TRUE | _FALSE:
                raise SlashMistake(f"{name} is true or false.")
            return text.lower() in _TRUE
        case OptionType.USER | OptionType.ROLE | OptionType.MENTIONABLE | OptionType.CHANNEL:
            return _found(name, text, _known(kind, world, guild))
        case OptionType.ATTACHMENT:
            return _file(name, text)
        case _:
            return text


def _number(name: str, text: str, *, whole: bool) -> float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise SlashMistake(f"{name} is a {'whole ' if whole else ''}number.") from None
    if number != number or abs(number) > 2**53:
        raise SlashMistake(f"{name} is too large a number.")
    return number


def _known(kind: OptionType, world: World, guild: Guild | None) -> list[tuple[int, set[str]]]:
    """Return what an option can name: ids, each with its names."""
    known: list[tuple[int, set[str]]] = []
    if kind in (OptionType.USER, OptionType.MENTIONABLE):
        members = guild.members if guild else world.users
        users = [world.users[user_id] for user_id in members]
        known += [(user.id, {user.username, user.name}) for user in users]
    if kind in (OptionType.ROLE, OptionType.MENTIONABLE) and guild:
        known += [(role.id, {role.name.removeprefix("@")}) for role in guild.roles.values()]
    if kind is OptionType.CHANNEL:
        places = [each for each in world.channels.values() if guild and each.guild_id == guild.id]
        known += [(channel.id, {channel.name}) for channel in places]
    return known


def _found(name: str, text: str, known: list[tuple[int, set[str]]]) -> int:
    wanted = text.strip("<>").lstrip("@#!&").lower()
    for each_id, names in known:
        if wanted == str(each_id) or wanted in {each.lower() for each in names}:
            return each_id
    listed = _listed(sorted(min(names) for _, names in known))
    raise SlashMistake(f"{name} can't be “{text}”: there are {listed}.")


def _file(name: str, text: str, read: Callable[[Path], bytes] = Path.read_bytes) -> Any:
    path = Path(text).expanduser()
    try:
        if path.stat().st_size > ATTACHMENT_LIMIT:
            raise SlashMistake(f"{name} is larger than the 10 MiB that Discord takes.")
        content = read(path)
    except OSError as error:
        raise SlashMistake(f"{name} can't be read: {error.strerror or error}.") from None
    return path.name, content, mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
