"""What commands and options may be called, in every language."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from sandbox.discord.checks_form import Form

LOCALES: Final = (
    *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl"),
    *("no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi"),
    *("th", "zh-CN", "ja", "zh-TW", "ko"),
)
"""Locales in which Discord's clients speak."""


def check_name(form: Form) -> None:
    """Check the name of a chat input command or of an option."""
    name = form.text(32, 1, required=True)
    _check_characters(form, name)


def _check_characters(form: Form, name: str) -> None:
    if name and (name != name.lower() or not all(map(_may_stand_in_name, name))):
        form.fail("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _may_stand_in_name(character: str) -> bool:
    """Tell whether the character is a letter, a number, -, _, ' or of Devanagari or Thai."""
    return (
        character in "-_'"
        or unicodedata.category(character)[0] in "LN"
        or "\u0900" <= character <= "\u097f"
        or "\u0e00" <= character <= "\u0e7f"
    )


def check_localizations(form: Form, *, free: bool = False) -> None:
    """Check the texts in other languages; only `free` names may hold any characters."""
    for name, most in (("name_localizations", 32), ("description_localizations", 100)):
        for translated in translations(form[name]):
            text = translated.text(most, 1, required=True)
            if name == "name_localizations" and not free:
                _check_characters(translated, text)


def translations(form: Form) -> Iterator[Form]:
    """Yield the texts of a dictionary of locales; what is none of Discord's fails."""
    if not form.mapping() or not isinstance(form.value, Mapping):
        return
    for locale in form.value:
        if locale in LOCALES:
            yield form[str(locale)]
        else:
            known = ", ".join(map(repr, LOCALES))
            form[str(locale)].fail("BASE_TYPE_CHOICES", f"Value must be one of {{{known}}}.")


def check_siblings(option: Form, translated: set[tuple[str, str]]) -> None:
    """Refuse an option that is called in some language as another one beside it is."""
    for locale, name in dict(option["name_localizations"].value or {}).items():
        if (locale, name) in translated:
            option["name_localizations"][locale].fail(
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "The option name must be unique",
            )
        translated.add((locale, name))
