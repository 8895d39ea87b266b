"""Lets all that follows an event speak the language of whom it came from."""

from collections.abc import Callable, MutableMapping
from typing import Any

from bot.discord.parsers import Parse
from bot.words import language_of, speaking

LocaleOf = Callable[[int], str | None]
"""Tells a server's locale, as far as it is known."""


def speak_to_each(parsers: MutableMapping[str, Parse], locale_of: LocaleOf) -> None:
    """Let the tasks that an event begins speak to whoever caused it in their language.

    Who uses commands, buttons and forms tells a locale; who writes a message does not, so that its
    server's holds, and English in direct messages. What all can read is said in its place's
    language, whoever caused it: that one travels with the place's address.
    """

    def of_person(data: dict[str, Any]) -> str:
        return language_of(data.get("locale"))

    def of_server(data: dict[str, Any]) -> str:
        guild_id = data.get("guild_id")
        return language_of(locale_of(int(guild_id)) if guild_id is not None else None)

    for name, language in (("INTERACTION_CREATE", of_person), ("MESSAGE_CREATE", of_server)):
        parsers[name] = _speaking(parsers[name], language)


def _speaking(parse: Parse, language: Callable[[dict[str, Any]], str]) -> Parse:
    def parse_in_their_language(data: Any) -> None:
        with speaking(language(data)):
            parse(data)

    return parse_in_their_language
