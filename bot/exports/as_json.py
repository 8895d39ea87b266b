"""An exported conversation as JSON."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.exports.values import FORMAT, Head, History, Turn

SUFFIX = "json"


def turn(it: Turn) -> bytes:
    """Return a turn as JSON on lines of its own."""
    return msgspec.json.format(msgspec.json.encode(it), indent=1).replace(b"\n", b"\n  ")


def document(head: Head, turns: Sequence[bytes], part: int, *, last: bool) -> bytes:
    """Return a part of an export, whose turns are JSON already."""
    empty = History(FORMAT, head.exported_at, head.exported_for, head.place, part, last, turns=())
    outside = msgspec.json.format(msgspec.json.encode(empty), indent=1)
    before, after = outside.rsplit(b"[]", 1)
    inside = b",\n  ".join(turns)
    return b"".join(
        (before, b"[\n  " if turns else b"[", inside, b"\n ]" if turns else b"]", after)
    )


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a part of an export."""
    found = msgspec.json.schema(History)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **found}
