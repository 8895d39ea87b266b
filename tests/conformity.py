"""Whether requests and answers are as Discord's own OpenAPI document says."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.parse import parse_qsl

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.conformity_amendments import amend
from tests.conformity_document import FORMATS, prepared, told
from tests.conformity_remembering import remembering

REQUESTS = "urn:discord:requests"
ANSWERS = "urn:discord:answers"
PLACE = Path(__file__).parents[2] / "shared" / "facts" / "discord-openapi.json"

WHY_ABSENT = "Discord's OpenAPI document is not here (DISCORD_OPENAPI names another place)"
"""Why tests that need the document are skipped where it is absent."""

_VERSION = re.compile(r"^/api(?:/v\d+)?(?=/)")


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
        self._document = prepared(document)
        self._registry: Registry[Any] = Registry()
        for urn in (REQUESTS, ANSWERS):
            amended = prepared(amend(document, of_requests=urn == REQUESTS))
            contents = Resource.from_contents(amended, default_specification=DRAFT202012)
            self._registry = self._registry.with_resource(urn, contents)
        self._kinds = {urn: remembering() for urn in (REQUESTS, ANSWERS)}
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
            faults += self._check(REQUESTS, operation.body, exchange.request)
        elif operation.is_body_required and exchange.status != 0:
            faults.append("no body")
        return [f"{operation.name}, request {fault}" for fault in faults]

    def check_answer(self, exchange: Exchange) -> list[str]:
        """Return what is wrong with an answer: its status and its body.

        A server that fails (5xx) or says nothing (0) is beyond every document.
        """
        if exchange.status == 0 or exchange.status >= 500:
            return []
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
            faults = [*self._check(ANSWERS, schema, exchange.answer)]
        return [f"{operation.name}, answer {exchange.status} {fault}" for fault in faults]

    def check_commands(self, commands: object) -> list[str]:
        """Return what is wrong with a whole set of commands to register."""
        schema = self._schema_pointer(
            "/paths/~1applications~1{application_id}~1commands/put/requestBody"
        )
        return [f"commands {fault}" for fault in self._check(REQUESTS, schema or "", commands)]

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
            if not any(not [*self._check(REQUESTS, pointer, value)] for value in _readings(text)):
                yield f"{where} has {name}={text!r}, which is not as documented"

    def _check(self, document: str, pointer: str, value: object) -> Iterator[str]:
        address = f"{document}#{pointer}"
        if address not in self._validators:
            self._validators[address] = self._kinds[document](
                {"$ref": address}, registry=self._registry, format_checker=FORMATS
            )
        for error in self._validators[address].iter_errors(value):
            yield from told(error)

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


def _readings(text: str) -> list[object]:
    """Return what a text in an address can stand for: itself, a truth value, a number."""
    readings: list[object] = [text]
    if text.lower() in ("true", "false", "1", "0"):
        readings.append(text.lower() in ("true", "1"))
    if re.fullmatch(r"-?\d+", text):
        readings.append(int(text))
    return readings
