"""What people enter, from JSON to what a client takes: ids as numbers, files as files.

Nothing that a client could not have sent gets through: what is of the wrong kind is refused.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.modals import CHECKBOX, FILE_UPLOAD, RADIO_GROUP, TEXT_INPUT, Modal
from sandbox.discord.model import Json, Upload
from sandbox.discord.options import File, NotPossible, OptionType
from sandbox.driving.words import short

MOST_NUMBER = 2**53
"""The largest whole number that every client can count to."""
_DEEPEST = 8
_HALF = re.compile("[\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r"[/\\\x00-\x1f\x7f]")
_IDS = (OptionType.USER, OptionType.ROLE, OptionType.MENTIONABLE, OptionType.CHANNEL)
_NUMBERS = (OptionType.INTEGER, OptionType.NUMBER)
_ID_SELECTS = (5, 6, 7, 8)


def check_sendable(value: Any, depth: int = 0) -> None:
    """Raise NotPossible for JSON that no client sends: endless numbers, half characters, depths."""
    if depth > _DEEPEST:
        raise NotPossible("That is nested too deeply.")
    if isinstance(value, str) and _HALF.search(value):
        raise NotPossible("That text holds half a character.")
    if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:
        raise NotPossible("That number is too large, or none.")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            check_sendable(name, depth + 1)
            check_sendable(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check_sendable(inner, depth + 1)


def text(payload: Json, name: str, *, default: str | None = None) -> str:
    """Return a text of a payload; without a `default` it must be there."""
    value = payload.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise NotPossible(f"{name} takes a text, not {short(value)}.")
    return value


def truth(payload: Json, name: str) -> bool:
    """Return a yes or no of a payload; no, where it is not there."""
    value = payload.get(name)
    if not isinstance(value, bool | None):
        raise NotPossible(f"{name} takes true or false, not {short(value)}.")
    return bool(value)


def entries(payload: Json, name: str) -> Json:
    """Return an object of a payload; an empty one where it is not there."""
    value = payload.get(name)
    if not isinstance(value, dict | None):
        raise NotPossible(f"{name} takes an object, not {short(value)}.")
    return value or {}


def several(value: Any, name: str) -> list[Any]:
    """Return a list in which nothing stands twice."""
    if not isinstance(value, list):
        raise NotPossible(f"{name} takes a list, not {short(value)}.")
    if any(each in value[:index] for index, each in enumerate(value[:100])) or len(value) > 100:
        raise NotPossible(f"{name} takes each value once.")
    return value


def files(uploads: Sequence[Upload]) -> list[File]:
    """Return uploads as people hand files over."""
    return [(named(upload.name), upload.content, upload.content_type) for upload in uploads]


def named(name: str) -> str:
    """Return a file's name without what would lead out of its folder, as Discord stores it."""
    plain = _NOT_IN_NAMES.sub("_", name.encode(errors="replace").decode())[-200:]
    return plain if plain.strip(". ") else "unnamed"


def options(
    wanted: Sequence[Json],
    entered: Mapping[str, Any],
    uploads: Sequence[Upload],
    focused: str | None = None,
) -> dict[str, Any]:
    """Return a command's options as they are typed; a file is given by its number among uploads.

    What is still being typed into the `focused` option stays as it is.
    """
    by_name = {option["name"]: option for option in wanted}
    typed: dict[str, Any] = {}
    for name, value in entered.items():
        option = by_name.get(name)
        if name == focused:
            typed[name] = _scalar(name, value)
        elif option is None:
            typed[name] = value
        else:
            typed[name] = _option(name, OptionType(option["type"]), value, files(uploads))
    return typed


def _option(name: str, kind: OptionType, value: Any, uploads: Sequence[File]) -> Any:
    if kind in _IDS:
        return snowflake(value, name)
    if kind is OptionType.ATTACHMENT:
        return _file(name, value, uploads)
    if kind in _NUMBERS and isinstance(value, str):
        return _number(name, value, whole=kind is OptionType.INTEGER)
    return _scalar(name, value)


def _scalar(name: str, value: Any) -> Any:
    if isinstance(value, str | int | float | None):
        return value
    raise NotPossible(f"{name} takes a text or a number, not {short(value)}.")


def modal_values(modal: Modal, entered: Json, uploads: Sequence[Upload]) -> dict[str, Any]:
    """Return what was entered into a modal, by the custom_ids of its fields."""
    kinds = {part["custom_id"]: part["type"] for _, part in modal.fields}
    typed: dict[str, Any] = {}
    for custom_id, value in entered.items():
        kind = kinds.get(custom_id)
        if kind == FILE_UPLOAD:
            listed = several(value, custom_id)
            typed[custom_id] = [_file(custom_id, each, files(uploads)) for each in listed]
        elif kind == CHECKBOX:
            typed[custom_id] = truth(entered, custom_id)
        elif kind in (TEXT_INPUT, RADIO_GROUP):
            typed[custom_id] = None if value is None else text(entered, custom_id)
        elif kind is None:
            raise NotPossible(f"The form has no field {short(custom_id)}.")
        else:
            typed[custom_id] = select_values(kind, value, custom_id)
    return typed


def select_values(kind: int, values: Any, name: str = "values") -> list[Any]:
    """Return what was chosen from a select: ids as numbers, where they are ids."""
    chosen = several(values, name)
    if kind in _ID_SELECTS:
        return [snowflake(each, name) for each in chosen]
    if not all(isinstance(each, str) for each in chosen):
        raise NotPossible(f"{name} takes texts.")
    return chosen


def snowflake(value: Any, name: str) -> int:
    """Return an id from JSON; raise NotPossible where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 20:
        return int(value)
    raise NotPossible(f"{name} takes an id, not {short(value)}.")


def _number(name: str, text: str, *, whole: bool) -> float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise NotPossible(f"{name} is a {'whole ' if whole else ''}number.") from None
    if not abs(number) <= MOST_NUMBER:
        raise NotPossible(f"{name} is too large a number.")
    return number


def _file(name: str, index: Any, uploads: Sequence[File]) -> File:
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(uploads):
        raise NotPossible(f"{name} takes a file.")
    return uploads[index]
