"""Discord's OpenAPI document made ready for checking, and its faults put into words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import FormatChecker
from jsonschema.exceptions import ValidationError

_LONGEST_MESSAGE = 240


def prepared(value: Any, *, is_part: bool = False) -> Any:
    """Return the document with closed objects, and alternatives that may overlap."""
    if isinstance(value, list):
        return [prepared(one) for one in value]
    if not isinstance(value, dict):
        return value
    ready: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "allOf":
            # What is put together from parts cannot be closed part by part.
            ready[key] = [prepared(part, is_part=True) for part in inner]
        elif key == "properties":
            ready[key] = {name: prepared(schema) for name, schema in inner.items()}
        else:
            ready["anyOf" if key == "oneOf" else key] = prepared(inner)
    is_object = isinstance(value.get("properties"), dict) and "additionalProperties" not in value
    if is_object and not is_part and not value.get("x-open"):
        ready["additionalProperties"] = False
    return ready


def told(error: ValidationError, path: tuple[object, ...] = ()) -> Iterator[str]:
    """Return the faults in words, of alternatives those of the one that was meant."""
    path = (*path, *error.relative_path)
    place = "/" + "/".join(map(str, path))
    if error.validator != "anyOf":
        yield f"at {place}: {_short(error.message)}"
        return
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    meant = [branch for branch in branches.values() if not any(map(_is_another_kind, branch))]
    if meant:
        for inner in min(meant, key=len):
            yield from told(inner, path)
    elif isinstance(error.instance, dict) and "type" in error.instance:
        yield f"at {place}: type {error.instance['type']!r} is not documented here"
    else:
        yield f"at {place}: {_short(repr(error.instance))} is none of what is documented"


def _is_another_kind(error: ValidationError) -> bool:
    """Tell whether an alternative was not meant: another JSON type, value, or `type` field."""
    if list(error.relative_path) == ["type"]:
        return True
    return not error.relative_path and error.validator in ("type", "const", "enum")


def _short(message: str) -> str:
    if len(message) <= _LONGEST_MESSAGE:
        return message
    return f"{message[: _LONGEST_MESSAGE // 2]} … {message[-_LONGEST_MESSAGE // 2 :]}"


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())

    @checker.checks("snowflake", raises=ValueError)
    def is_snowflake(value: object) -> bool:
        return not isinstance(value, str | int) or 0 <= int(value) < 1 << 64

    @checker.checks("date-time", raises=ValueError)
    def is_date_time(value: object) -> bool:
        return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None

    @checker.checks("uri", raises=ValueError)
    def is_uri(value: object) -> bool:
        return not isinstance(value, str) or bool(urlsplit(value).scheme)

    for name, bits in (("int32", 31), ("int64", 63)):

        @checker.checks(name)
        def is_integer(value: object, bits: int = bits) -> bool:
            return not isinstance(value, int) or -(1 << bits) <= value < 1 << bits

    return checker


FORMATS = _formats()
