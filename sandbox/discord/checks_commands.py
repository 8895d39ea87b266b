"""What an application may register as commands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sandbox.discord import problems
from sandbox.discord.checks_form import Form
from sandbox.discord.checks_modals import MOST_CHOICES, check_choice_value
from sandbox.discord.checks_names import (
    check_localizations,
    check_name,
    check_siblings,
    translations,
)

MOST_OPTIONS: Final = 25
MOST_CHARACTERS: Final = 8000
_INT53: Final = 2**53 - 1
_MOST_PERMISSIONS: Final = 2**63 - 1

_CHAT_INPUT: Final = 1
_ENTRY_POINT: Final = 4
_KINDS: Final = {1: ("chat input", 100), 2: ("user", 15), 3: ("message", 15), 4: ("entry point", 1)}

_SUBCOMMAND: Final = 1
_GROUP: Final = 2
_STRING: Final = 3
_INTEGER: Final = 4
_CHANNEL: Final = 7
_NUMBER: Final = 10
_VALUES: Final = range(_STRING, 12)
_ANY_OPTION: Final = range(_SUBCOMMAND, 12)
_WITH_CHOICES: Final = (_STRING, _INTEGER, _NUMBER)
_CHANNEL_TYPES: Final = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)


def check_command(payload: Mapping[str, Any]) -> None:
    """Refuse a command that Discord would refuse."""
    form = Form(payload)
    _check_command(form)
    form.raise_faults()


def check_commands(commands: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a whole set of commands if Discord would refuse any, or the set."""
    form = Form(list(commands))
    seen: set[tuple[object, str]] = set()
    counts: Counter[object] = Counter()
    for command in form.each():
        kind = _check_command(command)
        counts[kind] += 1
        name = str(command["name"].value)
        if (kind, name) in seen:
            command["name"].fail(
                "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add((kind, name))
    form.raise_faults()
    for number, (words, most) in _KINDS.items():
        if counts[number] > most:
            raise problems.max_commands(words, most)


def _check_command(form: Form) -> object:
    """Return the command's type, None where it has no valid one."""
    if not form.mapping(required=True):
        return None
    kind = form["type"].choice(_KINDS) if form["type"].is_given else _CHAT_INPUT
    if kind == _CHAT_INPUT:
        check_name(form["name"])
        form["description"].text(100, 1, required=True)
        _check_options(form["options"], _ANY_OPTION)
    elif kind is not None:
        form["name"].text(32, 1, required=True)
        _refuse_text_and_options(form, is_entry_point=kind == _ENTRY_POINT)
    check_localizations(form, free=kind != _CHAT_INPUT)
    _check_settings(form)
    if _length(form) > MOST_CHARACTERS:
        form.fail(
            "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MOST_CHARACTERS})"
        )
    return kind


def _refuse_text_and_options(form: Form, *, is_entry_point: bool) -> None:
    if form["description"].value and not is_entry_point:
        form["description"].fail(
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
            "Context menu commands cannot have description",
        )
    if form["options"].value:
        form["options"].fail(
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
            "Context menu commands cannot have options",
        )


def _check_settings(form: Form) -> None:
    permissions = form["default_member_permissions"]
    if permissions.is_given and (
        isinstance(permissions.value, bool)
        or not str(permissions.value).isdecimal()
        or int(str(permissions.value)) > _MOST_PERMISSIONS
    ):
        permissions.fail("NUMBER_TYPE_COERCE", f'Value "{permissions.value}" is not int.')
    form["dm_permission"].boolean()
    form["nsfw"].boolean()
    for name, allowed in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        seen: set[object] = set()
        for one in form[name].each(len(allowed), 1):
            value = one.choice(allowed, required=True)
            if value in seen:
                one.fail("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
            elif value is not None:
                seen.add(value)


def _check_options(form: Form, allowed: Sequence[int]) -> None:
    names: set[str] = set()
    translated: set[tuple[str, str]] = set()
    is_optional_seen = False
    kinds: set[bool] = set()
    for option in form.each(MOST_OPTIONS):
        if not option.mapping(required=True):
            continue
        kind = option["type"].choice(allowed, required=True)
        name = str(option["name"].value)
        if name in names:
            option["name"].fail(
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "The option name must be unique",
            )
        names.add(name)
        _check_option(option, kind)
        check_siblings(option, translated)
        kinds.add(kind in (_SUBCOMMAND, _GROUP))
        if option["required"].boolean() and is_optional_seen:
            option.fail(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        is_optional_seen |= not option["required"].boolean()
    if len(kinds) > 1:
        form.fail(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive "
            "to all other types",
        )


def _check_option(option: Form, kind: object) -> None:
    check_name(option["name"])
    option["description"].text(100, 1, required=True)
    check_localizations(option)
    if kind is None:
        return
    if kind == _GROUP:
        _check_options(option["options"], (_SUBCOMMAND,))
    elif kind == _SUBCOMMAND:
        _check_options(option["options"], _VALUES)
    elif option["options"].value:
        option["options"].fail(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only sub-commands have options"
        )
    _check_bounds(option, kind)
    _check_choices(option, kind)
    for channel_type in option["channel_types"].each():
        channel_type.choice(_CHANNEL_TYPES if kind == _CHANNEL else (), required=True)


def _check_bounds(option: Form, kind: object) -> None:
    for low, high in (("min_length", "max_length"), ("min_value", "max_value")):
        is_length = low == "min_length"
        if (option[low].is_given or option[high].is_given) and kind not in (
            (_STRING,) if is_length else (_INTEGER, _NUMBER)
        ):
            name = low if option[low].is_given else high
            option[name].fail(
                "APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED",
                f"{name} is not allowed for this type of option",
            )
            continue
        if is_length:
            least: float | None = option[low].integer(0, 6000)
            most: float | None = option[high].integer(1, 6000)
        else:
            least, most = (_bound(option[name], kind) for name in (low, high))
        if least is not None and most is not None and least > most:
            option[low].fail("NUMBER_TYPE_MAX", f"{low} cannot be greater than {high}.")


def _bound(form: Form, kind: object) -> float | None:
    if kind == _INTEGER:
        return form.integer(-_INT53, _INT53)
    if not form.is_given:
        return None
    if isinstance(form.value, bool) or not isinstance(form.value, int | float):
        form.fail("NUMBER_TYPE_COERCE", f'Value "{form.value}" is not float.')
        return None
    return form.value


def _check_choices(option: Form, kind: object) -> None:
    if not option["choices"].value:
        option["autocomplete"].boolean()
        return
    if option["autocomplete"].boolean():
        option["autocomplete"].fail(
            "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_WITH_CHOICES",
            "Autocomplete cannot be used with choices",
        )
    if kind not in _WITH_CHOICES:
        option["choices"].fail(
            "APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED",
            "choices is not allowed for this type of option",
        )
    names: set[str] = set()
    for choice in option["choices"].each(MOST_CHOICES):
        if not choice.mapping(required=True):
            continue
        name = choice["name"].text(100, 1, required=True)
        for translated in translations(choice["name_localizations"]):
            translated.text(100, 1, required=True)
        if name in names:
            choice["name"].fail(
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "The choice name must be unique",
            )
        names.add(name)
        _check_choice_of(choice["value"], kind)


def _check_choice_of(form: Form, kind: object) -> None:
    if kind == _STRING:
        form.text(100, required=True)
    elif kind == _INTEGER:
        form.integer(-_INT53, _INT53, required=True)
    else:
        check_choice_value(form)


def _length(form: Form) -> int:
    """Return how many characters of a command's limit this command or option takes."""
    total = 0
    for name in ("name", "description"):
        texts = [form[name].value]
        translations = form[f"{name}_localizations"].value
        if isinstance(translations, Mapping):
            texts += translations.values()
        # Of the translations only the longest counts.
        total += max((len(text) for text in texts if isinstance(text, str)), default=0)
    for choice in form["choices"].value if isinstance(form["choices"].value, list) else ():
        if isinstance(choice, Mapping):
            names = [choice.get("name", ""), *dict(choice.get("name_localizations") or {}).values()]
            total += max(len(str(name)) for name in names)
            total += len(v) if isinstance(v := choice.get("value"), str) else 0
    options = form["options"].value
    count = len(options) if isinstance(options, list) else 0
    return total + sum(_length(form["options"][index]) for index in range(count))
