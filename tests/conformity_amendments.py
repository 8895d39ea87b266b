"""Where Discord's OpenAPI document is known to differ from Discord, and why we think so."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the document: what stands at this place of a schema, or is added there."""

    schema: str
    place: tuple[str, ...]
    value: Any
    reason: str


AMENDMENTS = (
    Amendment(
        "InnerErrors",
        ("properties", "_errors", "items"),
        {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        },
        "The code of a single fault is a word such as BASE_TYPE_REQUIRED, not a number.",
    ),
    Amendment(
        "Error",
        ("x-open",),
        True,
        "An error is a part of others, which add fields: only the whole could be closed.",
    ),
    Amendment(
        "MessageAttachmentRequest",
        ("properties", "id"),
        {"anyOf": [{"$ref": "#/components/schemas/SnowflakeType"}, {"type": "integer"}]},
        "The documentation says 'snowflake or number': a new file has its number as id.",
    ),
    Amendment(
        "CreateMessageInteractionCallbackResponse",
        ("properties", "type", "enum"),
        [4, 5],
        "Discord tells the message of a deferral (5), too: clients read it from the answer.",
    ),
    *(
        Amendment(
            schema,
            ("properties", "nsfw"),
            {"type": ["boolean", "null"]},
            "The documentation lists nsfw as a field of commands, and discord.py always sends it.",
        )
        for schema in (
            "ApplicationCommandCreateRequest",
            "ApplicationCommandUpdateRequest",
            "ApplicationCommandPatchRequestPartial",
        )
    ),
)


def amend(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with every amendment; one for a schema that is gone is a mistake."""
    amended = copy.deepcopy(dict(document))
    for amendment in AMENDMENTS:
        *way, last = amendment.place
        found = amended["components"]["schemas"][amendment.schema]
        for key in way:
            found = found[key]
        found[last] = amendment.value
    return amended
