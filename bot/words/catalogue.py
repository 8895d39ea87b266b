"""Reads the messages of all languages, and forms sentences of them."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from bot.words.digits import Whole
from bot.words.languages import ENGLISH, LANGUAGES, spoken

Value = str | int
"""What stands in a sentence: text as Discord takes it, or a number, which is written for it."""


class Catalogue:
    """The messages of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        # Discord shows the marks that isolate what is written the other way as odd signs.
        self._bundle = FluentBundle([language], use_isolating=False)
        for text in texts.values():
            self._bundle.add_resource(FluentResource(text))

    def find(self, message_id: str, attribute: str = "", /, **values: Value) -> str | None:
        """Return a sentence; None where there is none, or where it lacks a value."""
        if not self._bundle.has_message(message_id):
            return None
        message = self._bundle.get_message(message_id)
        pattern: Any = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            return None
        given = {name: Whole(it) if type(it) is int else it for name, it in values.items()}
        said, errors = self._bundle.format_pattern(pattern, given)
        return None if errors else str(said)


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
    """Return each language's catalogue; reading them all takes a moment, once."""
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
    return f"\n{message_id} =" in _english()


@lru_cache(maxsize=1)
def _english() -> str:
    return "\n" + "\n".join(texts()[ENGLISH].values())
