"""Whether requests and answers are as Discord's own OpenAPI document says."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.conformity_amendments import amend

DOCUMENT = "urn:discord"
PLACE = Path(__file__).parents[2] / "shared" / "facts" / "discord-openapi.json"

WHY_ABSENT = "Discord's OpenAPI document is not here (DISCORD_OPENAPI names another place)"
"""Why tests that need the document are skipped where it is absent."""

_VERSION = re.compile(r"^/api(?:/v\d+)?(?=/)")
_LONGEST_MESSAGE = 240


class Exchange(Protocol):
    """A request and its answer; the bodies are JSON values, None where there was none.

    Of a multipart request the body is its payload_json. The path may have a query.
    """

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def request(self) -> Any: ...

    @property
    def status(self) -> int: ...

    @property
    def answer(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Operation:
    """One method of one path of the document, with pointers into it."""

    name: str
    pointer: str
    path: re.Pattern[str]
    parameters: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """For each parameter where it stands ("path" or "query") and the pointer of its schema."""
    body: str | None = None
    is_body_required: bool = False
    answers: Mapping[str, str | None] = field(default_factory=dict)


class Conformity:
    """Checks exchanges against the document; every schema is compiled once.

    The document's objects are taken as closed, so that invented and misspelt fields show; that
    alternatives overlap is allowed, as `oneOf` means `anyOf` there.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = _prepared(amend(document))
        contents = Resource.from_contents(self._document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(DOCUMENT, contents)
        self._validators: dict[str, Draft202012Validator] = {}

    @classmethod
    def load(cls) -> Self | None:
        """Read the document from DISCORD_OPENAPI or its usual place; None where it is absent."""
        place = Path(os.environ.get("DISCORD_OPENAPI") or PLACE)
        return cls(json.loads(place.read_text())) if place.is_file() else None

    def check(self, exchange: Exchange) -> list[str]:
        """Return what is wrong with a request and its answer, each with its place."""
        return [*self.check_request(exchange), *self.check_answer(exchange)]

    def check_request(self, exchange: Exchange) -> list[str]:
        """Return what is wrong with a request: address, parameters and body."""
        operation = self._operation(exchange)
        if operation is None:
            return [f"{exchange.method} {exchange.path}: not documented"]
        faults = [*self._check_parameters(operation, exchange)]
        if operation.body is None:
            if exchange.request:
                faults.append("a body that is not documented")
        elif exchange.request is not None:
            faults += self._check(operation.body, exchange.request)
        elif operation.is_body_required:
            faults.append("no body")
        return [f"{operation.name}, request {fault}" for fault in faults]

    def check_answer(self, exchange: Exchange) -> list[str]:
        """Return what is wrong with an answer: its status and its body."""
        operation = self._operation(exchange)
        if operation is None:
            # What does not exist can only be refused; its request is told by check_request.
            return []
        status = str(exchange.status)
        if status not in operation.answers:
            status = f"{status[0]}XX"
        if status not in operation.answers:
            return [f"{operation.name}: status {exchange.status} is not documented"]
        schema = operation.answers[status]
        if schema is None:
            faults = ["a body that is not documented"] if exchange.answer is not None else []
        else:
            faults = [*self._check(schema, exchange.answer)]
        return [f"{operation.name}, answer {exchange.status} {fault}" for fault in faults]

    def check_commands(self, commands: object) -> list[str]:
        """Return what is wrong with a whole set of commands to register."""
        schema = self._schema_pointer(
            "/paths/~1applications~1{application_id}~1commands/put/requestBody"
        )
        return [f"commands {fault}" for fault in self._check(schema or "", commands)]

    def _operation(self, exchange: Exchange) -> _Operation | None:
        path = _VERSION.sub("", exchange.path.partition("?")[0])
        for operation in self._operations.get(exchange.method.upper(), ()):
            if operation.path.fullmatch(path):
                return operation
        return None

    def _check_parameters(self, operation: _Operation, exchange: Exchange) -> Iterator[str]:
        path, _, query = exchange.path.partition("?")
        match = operation.path.fullmatch(_VERSION.sub("", path))
        given = {
            ("path", name): text for name, text in (match.groupdict() if match else {}).items()
        }
        given |= {("query", name): text for name, text in parse_qsl(query)}
        for (where, name), text in given.items():
            stands, pointer = operation.parameters.get(name, ("", ""))
            if stands != where:
                yield f"{where} has {name!r}, which is not documented"
                continue
            if not any(not [*self._check(pointer, value)] for value in _readings(text)):
                yield f"{where} has {name}={text!r}, which is not as documented"

    def _check(self, pointer: str, value: object) -> Iterator[str]:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"{DOCUMENT}#{pointer}"},
                registry=self._registry,
                format_checker=_FORMATS,
            )
        for error in self._validators[pointer].iter_errors(value):
            yield from _told(error)

    @cached_property
    def _operations(self) -> dict[str, list[_Operation]]:
        operations: dict[str, list[_Operation]] = {}
        # Paths with fewer parameters first: /users/@me is not somebody's id.
        for path in sorted(self._document["paths"], key=lambda path: path.count("{")):
            for method in self._document["paths"][path]:
                if method != "parameters":
                    operation = self._read_operation(path, method)
                    operations.setdefault(method.upper(), []).append(operation)
        return operations

    def _read_operation(self, path: str, method: str) -> _Operation:
        escaped = path.replace("~", "~0").replace("/", "~1")
        pointer = f"/paths/{escaped}/{method}"
        operation = self._document["paths"][path][method]
        parameters: dict[str, tuple[str, str]] = {}
        for owner, place in (
            (self._document["paths"][path], f"/paths/{escaped}"),
            (operation, pointer),
        ):
            for index, parameter in enumerate(owner.get("parameters", ())):
                schema = f"{place}/parameters/{index}/schema"
                parameters[parameter["name"]] = (parameter["in"], schema)
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
        body = operation.get("requestBody")
        return _Operation(
            name=f"{method.upper()} {path}",
            pointer=pointer,
            path=re.compile(pattern),
            parameters=parameters,
            body=self._schema_pointer(f"{pointer}/requestBody") if body else None,
            is_body_required=bool(body and body.get("required")),
            answers={
                status: self._schema_pointer(f"{pointer}/responses/{status}")
                for status in operation["responses"]
            },
        )

    def _schema_pointer(self, pointer: str) -> str | None:
        """Return where the JSON schema of a body or an answer is, None where it has no body."""
        found: Any = self._document
        for key in pointer.split("/")[1:]:
            found = found[key.replace("~1", "/").replace("~0", "~")]
        if "$ref" in found:
            return self._schema_pointer(found["$ref"].removeprefix("#"))
        if "application/json" not in found.get("content", {}):
            return None
        return f"{pointer}/content/application~1json/schema"


def _prepared(value: Any, *, is_part: bool = False) -> Any:
    """Return the document with closed objects, and alternatives that may overlap."""
    if isinstance(value, list):
        return [_prepared(one) for one in value]
    if not isinstance(value, dict):
        return value
    prepared: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "allOf":
            # What is put together from parts cannot be closed part by part.
            prepared[key] = [_prepared(part, is_part=True) for part in inner]
        elif key == "properties":
            prepared[key] = {name: _prepared(schema) for name, schema in inner.items()}
        else:
            prepared["anyOf" if key == "oneOf" else key] = _prepared(inner)
    is_object = isinstance(value.get("properties"), dict) and "additionalProperties" not in value
    if is_object and not is_part and not value.get("x-open"):
        prepared["additionalProperties"] = False
    return prepared


def _readings(text: str) -> list[object]:
    """Return what a text in an address can stand for: itself, a truth value, a number."""
    readings: list[object] = [text]
    if text.lower() in ("true", "false", "1", "0"):
        readings.append(text.lower() in ("true", "1"))
    if re.fullmatch(r"-?\d+", text):
        readings.append(int(text))
    return readings


def _told(error: ValidationError, path: tuple[object, ...] = ()) -> Iterator[str]:
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
            yield from _told(inner, path)
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
        return not isinstance(value, str) or int(value) < 1 << 64

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


_FORMATS = _formats()
