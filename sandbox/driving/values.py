"""What people enter, from JSON to what a client takes: ids as numbers, files as files."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.modals import CHECKBOX, FILE_UPLOAD, Modal
from sandbox.discord.model import Json, Upload
from sandbox.discord.options import File, NotPossible, OptionType

_IDS = (OptionType.USER, OptionType.ROLE, OptionType.MENTIONABLE, OptionType.CHANNEL)
_ID_SELECTS = (5, 6, 7, 8)


def files(uploads: Sequence[Upload]) -> list[File]:
    """Return uploads as people hand files over."""
    return [(upload.name, upload.content, upload.content_type) for upload in uploads]


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
        if option is None or name == focused:
            typed[name] = value
        else:
            typed[name] = _option(name, OptionType(option["type"]), value, files(uploads))
    return typed


def _option(name: str, kind: OptionType, value: Any, uploads: Sequence[File]) -> Any:
    if kind in _IDS:
        return snowflake(value, name)
    if kind is OptionType.ATTACHMENT:
        return _file(name, value, uploads)
    if kind in (OptionType.INTEGER, OptionType.NUMBER) and isinstance(value, str):
        return _number(name, value, whole=kind is OptionType.INTEGER)
    return value


def modal_values(
    modal: Modal, entered: Mapping[str, Any], uploads: Sequence[Upload]
) -> dict[str, Any]:
    """Return what was entered into a modal, by the custom_ids of its fields."""
    kinds = {part["custom_id"]: part["type"] for _, part in modal.fields}
    typed: dict[str, Any] = {}
    for custom_id, value in entered.items():
        kind = kinds.get(custom_id)
        if kind == FILE_UPLOAD:
            typed[custom_id] = [_file(custom_id, each, files(uploads)) for each in value]
        elif kind in _ID_SELECTS:
            typed[custom_id] = [snowflake(each, custom_id) for each in value]
        elif kind == CHECKBOX:
            typed[custom_id] = bool(value)
        else:
            typed[custom_id] = value
    return typed


def select_values(kind: int, values: Sequence[Any]) -> list[Any]:
    """Return what was chosen from a select: ids as numbers, where they are ids."""
    return [snowflake(each, "values") if kind in _ID_SELECTS else each for each in values]


def snowflake(value: Any, name: str) -> int:
    """Return an id from JSON; raise NotPossible where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 20:
        return int(value)
    raise NotPossible(f"{name} takes an id, not {value!r}.")


def _number(name: str, text: str, *, whole: bool) -> float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise NotPossible(f"{name} is a {'whole ' if whole else ''}number.") from None
    if number != number or abs(number) > 2**53:
        raise NotPossible(f"{name} is too large a number.")
    return number


def _file(name: str, index: Any, uploads: Sequence[File]) -> File:
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(uploads):
        raise NotPossible(f"{name} takes a file.")
    return uploads[index]
