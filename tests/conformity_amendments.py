"""Where Discord's OpenAPI document is known to differ from Discord, and why we think so."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Side(Enum):
    """Where an amendment holds."""

    REQUESTS = auto()
    ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the document: what stands at this place of a schema, or is added there."""

    side: Side
    schema: str
    place: tuple[str, ...]
    value: Any
    reason: str


_OPTIONAL_BOOLEAN = {"type": ["boolean", "null"]}
_ERROR = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}
_COMMANDS = (
    "ApplicationCommandCreateRequest",
    "ApplicationCommandUpdateRequest",
    "ApplicationCommandPatchRequestPartial",
)
_EDITS = (
    "MessageEditRequestPartial",
    "IncomingWebhookUpdateRequestPartial",
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
)

AMENDMENTS = (
    Amendment(
        Side.ANSWERS,
        "InnerErrors",
        ("properties", "_errors", "items"),
        _ERROR,
        "The code of a single fault is a word such as BASE_TYPE_REQUIRED, not a number.",
    ),
    Amendment(
        Side.ANSWERS,
        "Error",
        ("x-open",),
        True,
        "An error is a part of others, which add fields: only the whole could be closed.",
    ),
    Amendment(
        Side.ANSWERS,
        "RatelimitedResponse",
        ("allOf", "0"),
        {"properties": {"code": {"type": "integer"}}, "required": ["message"]},
        "The documentation says that some rate limits alone have a code.",
    ),
    Amendment(
        Side.REQUESTS,
        "SnowflakeType",
        ("type",),
        ["string", "integer"],
        "Discord takes an id as a number, too, and discord.py sends some so; it never gives one.",
    ),
    Amendment(
        Side.ANSWERS,
        "CreateMessageInteractionCallbackResponse",
        ("properties", "type", "enum"),
        [4, 5],
        "Discord tells the message of a deferral (5), too: clients read it from the answer.",
    ),
    *(
        Amendment(
            Side.REQUESTS,
            schema,
            ("properties", "nsfw"),
            _OPTIONAL_BOOLEAN,
            "The documentation lists nsfw as a field of commands, and discord.py always sends it.",
        )
        for schema in _COMMANDS
    ),
    *(
        Amendment(
            Side.REQUESTS,
            schema,
            ("properties", "default_member_permissions", "type"),
            ["integer", "string", "null"],
            "The documentation says that permissions are a string; Discord takes both.",
        )
        for schema in _COMMANDS
    ),
    *(
        Amendment(
            Side.REQUESTS,
            schema,
            ("properties", "tts"),
            _OPTIONAL_BOOLEAN,
            "discord.py sends tts with every message, edits included; there Discord ignores it.",
        )
        for schema in _EDITS
    ),
)


def amend(document: Mapping[str, Any], *, of_requests: bool) -> dict[str, Any]:
    """Return the document with the amendments for one side.

    Raise LookupError where the document has no such place any more.
    """
    amended = copy.deepcopy(dict(document))
    other = Side.ANSWERS if of_requests else Side.REQUESTS
    for amendment in AMENDMENTS:
        if amendment.side is other:
            continue
        *way, last = amendment.place
        found: Any = amended["components"]["schemas"][amendment.schema]
        for key in way:
            found = found[key]
        if isinstance(found, list):
            found[int(last)] = amendment.value
        else:
            found[last] = amendment.value
    return amended
