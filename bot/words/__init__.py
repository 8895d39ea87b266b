"""The bot's own words, in each of its languages: they live in `locales`, a folder for each."""

from bot.words.catalogue import knows, say
from bot.words.languages import (
    ENGLISH,
    LANGUAGES,
    language_for,
    language_of,
    speaking,
    speaking_in_letters,
)
from bot.words.lists import all_of, any_of, joined
from bot.words.names import choice, command, option, permission
from bot.words.numbers import dated, decimal, integer, yearly

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "all_of",
    "any_of",
    "choice",
    "command",
    "dated",
    "decimal",
    "integer",
    "joined",
    "knows",
    "language_for",
    "language_of",
    "option",
    "permission",
    "say",
    "speaking",
    "speaking_in_letters",
    "yearly",
]
