"""Reads the messages of all languages, and forms sentences of them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from types import MappingProxyType
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, Visitor
from fluent.syntax.ast import EntryType, MessageReference, Resource

from bot.words.digits import Whole
from bot.words.languages import ENGLISH, LANGUAGES, spoken

Value = str | int
"""What stands in a sentence: text as Discord takes it, or a number, which is written for it."""

_ENTRIES = re.compile(r"^(?=[A-Za-z#])", re.MULTILINE)
"""Where a message or a comment begins: their other lines are indented, or end what is in braces."""

_NAMED = re.compile(r"([A-Za-z][\w-]*) *=")

_PLAIN = re.compile(r"[\w-]+ =(?: [^\s{}][^\n{}]*)?(?:\n +\.[\w-]+ = [^\s{}][^\n{}]*)*\s*")
"""A message of which each part is a line, and nothing in it is for Fluent to fill in."""

_PLAIN_LINES = re.compile(r"^(?: +\.([\w-]+)|[\w-]+) = (.*\S)", re.MULTILINE)


class Catalogue:
    """The messages of one language; each is parsed when it is first said, as few ever are."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        # Discord shows the marks that isolate what is written the other way as odd signs.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._sources: dict[str, str] = {}
        for source in chain.from_iterable(map(_ENTRIES.split, texts.values())):
            if named := _NAMED.match(source):
                self._sources.setdefault(named[1], source)
        self._plain: dict[str, Mapping[str, str] | None] = {}

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._sources

    def find(self, message_id: str, attribute: str = "", /, **values: Value) -> str | None:
        """Return a sentence; None where there is none, or where it lacks a value."""
        if message_id not in self._plain:
            if message_id not in self:
                return None
            self._plain[message_id] = self._read(message_id)
        plain = self._plain[message_id]
        if plain is not None:
            return plain.get(attribute)
        message = self._bundle.get_message(message_id)
        pattern: Any = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            return None
        given = {name: Whole(it) if type(it) is int else it for name, it in values.items()}
        said, errors = self._bundle.format_pattern(pattern, given)
        return None if errors else str(said)

    def _read(self, message_id: str) -> Mapping[str, str] | None:
        """Return what a message says where nothing in it is Fluent's, by attribute; or parse it."""
        source = self._sources[message_id]
        if _PLAIN.fullmatch(source):
            return dict(_PLAIN_LINES.findall(source))
        self._parse(message_id)
        return None

    def _parse(self, message_id: str) -> None:
        """Give Fluent a message, and those that it refers to."""
        entries: dict[str, EntryType] = {}
        references = _References([message_id])
        for it in references.found:  # grows meanwhile
            if it in self and it not in entries:
                entries[it] = FluentParser(with_spans=False).parse_entry(self._sources[it])
                references.visit(entries[it])
        # The message itself comes last: another thread may look for it.
        self._bundle.add_resource(Resource([*reversed(entries.values())]))


class _References(Visitor):
    """Finds the messages that a message refers to; there are no terms among ours."""

    def __init__(self, found: list[str]) -> None:
        self.found = found

    def visit_MessageReference(self, node: MessageReference) -> None:  # noqa: N802  # Fluent's name
        """Note one."""
        self.found.append(node.id.name)


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return what the files of each language say, by their names."""
    folders = {it: files("bot.words") / "locales" / it for it in LANGUAGES}
    return MappingProxyType(
        {
            language: {
                file.name: file.read_text(encoding="utf-8")
                for file in sorted(folder.iterdir(), key=lambda it: it.name)
                if file.name.endswith(".ftl")
            }
            for language, folder in folders.items()
        }
    )


@lru_cache(maxsize=1)
def catalogues() -> Mapping[str, Catalogue]:
    """Return each language's catalogue."""
    return MappingProxyType({it: Catalogue(it, files_) for it, files_ in texts().items()})


def find(language: str, message_id: str, attribute: str = "", /, **values: Value) -> str | None:
    """Return a sentence in just this language, or None."""
    return catalogues()[language].find(message_id, attribute, **values)


def say(message_id: str, /, **values: Value) -> str:
    """Return one of the bot's sentences in the language that is spoken, or else in English.

    Values that are somebody's words come escaped: nothing is done to them here.
    """
    for language in (spoken(), ENGLISH):
        said = find(language, message_id, **values)
        if said is not None:
            return said
    raise LookupError(f"no words for {message_id} with {', '.join(values) or 'nothing'}")


def knows(message_id: str) -> bool:
    """Tell whether there is such a sentence."""
    return message_id in catalogues()[ENGLISH]
