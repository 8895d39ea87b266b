"""An exported conversation as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from bot.records.exports.values import FORMAT, Head, History, Turn

SUFFIX = "json"


READABLE = 50_000
"""Bytes of a turn up to which it is written for people, too; megabytes take too long for that."""


def turn(it: Turn) -> bytes:
    """Return a turn as JSON on lines of its own."""
    # File by file: other threads wait while one is written.
    files = [msgspec.Raw(msgspec.json.encode(file)) for file in it.files]
    written = msgspec.json.encode({**msgspec.structs.asdict(it), "files": files})
    if len(written) > READABLE:
        return written
    return msgspec.json.format(written, indent=1).replace(b"\n", b"\n  ")


def document(head: Head, turns: Sequence[bytes], part: int, *, last: bool) -> Iterator[bytes]:
    """Yield a part of an export, piece by piece; its turns are JSON already."""
    empty = History(FORMAT, head.exported_at, head.exported_for, head.place, part, last, turns=())
    outside = msgspec.json.format(msgspec.json.encode(empty), indent=1)
    before, after = outside.rsplit(b"[]", 1)
    yield before + b"["
    for place, it in enumerate(turns):
        yield b",\n  " if place else b"\n  "
        yield it
    yield (b"\n ]" if turns else b"]") + after


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a part of an export."""
    found = msgspec.json.schema(History)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **found}
