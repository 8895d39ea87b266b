"""Commands as they are registered: what they are called and described as in every language."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bot.words.catalogue import find, knows
from bot.words.languages import ENGLISH, LANGUAGES

Json = dict[str, Any]

_SUBCOMMAND, _GROUP = 1, 2
_CHAT_INPUT = 1


def localised(command: Json) -> Json:
    """Return a command's definition with the catalogue's words, English ones as its own.

    What the catalogue does not know stays as it is: a test finds it.
    """
    if command.get("type", _CHAT_INPUT) != _CHAT_INPUT:
        return {**command, **_texts("name", [menu_id(command["name"])], command)}
    return _command(command, (command["name"],))


def menu_id(name: str) -> str:
    """Return the message that names a menu."""
    return f"menu-{name.lower().replace(' ', '-')}"


def command_id(path: Sequence[str]) -> str:
    """Return the message that names and describes a command or a group."""
    return "-".join(("cmd", *path))


def option_ids(path: Sequence[str], name: str) -> list[str]:
    """Return the messages that name and describe an option; the command's own comes first."""
    return [f"{command_id(path)}-{name}", f"option-{name}"]


def choice_ids(path: Sequence[str], name: str, value: str) -> list[str]:
    """Return the messages that name a choice; the command's own comes first."""
    slug = f"{name}-{str(value).replace(' ', '-')}"
    return [*(f"choice-{part}-{slug}" for part in reversed(path)), f"choice-{slug}"]


def _command(command: Json, path: tuple[str, ...]) -> Json:
    ids = [command_id(path)]
    options = []
    for option in command.get("options", ()):
        if option["type"] in (_SUBCOMMAND, _GROUP):
            options.append(_command(option, (*path, option["name"])))
        else:
            options.append(_option(option, path))
    texts = _texts("name", ids, command) | _texts("description", ids, command)
    return {**command, **texts, "options": options}


def _option(option: Json, path: tuple[str, ...]) -> Json:
    ids = option_ids(path, option["name"])
    changed = {**option, **_texts("name", ids, option), **_texts("description", ids, option)}
    if option.get("choices"):
        changed["choices"] = [
            {**it, **_texts("name", choice_ids(path, option["name"], it["value"]), it)}
            for it in option["choices"]
        ]
    return changed


def _texts(field: str, ids: Sequence[str], known: Json) -> Json:
    """Return a text in English, and in each of Discord's locales in which it differs."""
    english, others = _translated(tuple(ids), "description" if field == "description" else "")
    texts = {field: english or known[field]}
    return {**texts, f"{field}_localizations": dict(others)} if others else texts


@lru_cache(maxsize=2_048)
def _translated(ids: tuple[str, ...], attribute: str) -> tuple[str | None, Mapping[str, str]]:
    """Return what the first of some messages says in English, and in the other locales."""

    def first(language: str) -> str | None:
        found = (find(language, it, attribute) for it in ids if knows(it))
        return next((it for it in found if it is not None), None)

    others = {
        locale: said
        for language, locales in LANGUAGES.items()
        if language != ENGLISH and (said := first(language)) is not None
        for locale in locales
    }
    return first(ENGLISH), MappingProxyType(others)
