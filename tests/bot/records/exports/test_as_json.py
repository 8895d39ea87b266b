"""Exports as JSON: what the schema in `docs/` says, and nothing lost."""

import json
from pathlib import Path

import jsonschema
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.records.exports import as_json
from bot.records.exports.values import FORMAT, Head, History, Turn
from tests.bot.records.exports.samples import HEAD, heads, turns

DOCS = Path(__file__).resolve().parents[4] / "docs"
SCHEMA = json.loads((DOCS / "history.schema.json").read_text("utf-8"))


def test_the_schema_is_the_documented_one() -> None:
    """The schema in `docs/` is the one that the values have, and names each field in its page."""
    assert as_json.schema() == SCHEMA
    page = (DOCS / "history_export.md").read_text("utf-8")
    assert FORMAT in page
    for definition in SCHEMA["$defs"].values():
        for field in definition["properties"]:
            assert f"`{field}`" in page, field


@given(head=heads, said=st.lists(turns, max_size=3), part=st.integers(1, 99), last=st.booleans())
def test_it_is_what_the_schema_says(head: Head, said: list[Turn], part: int, last: bool) -> None:
    """Whatever was said, an export fits the schema and reads back as it was."""
    written = b"".join(as_json.document(head, [as_json.turn(it) for it in said], part, last=last))
    read = json.loads(written)
    jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(read)
    back = msgspec.json.decode(written, type=History)
    assert list(back.turns) == said
    assert (back.format, back.part, back.last) == (FORMAT, part, last)
    assert (back.exported_at, back.exported_for, back.place) == (
        head.exported_at,
        head.exported_for,
        head.place,
    )


def test_it_reads_well() -> None:
    """It is written on lines that a person can read, with ids as text."""
    written = b"".join(as_json.document(HEAD, [], 1, last=True)).decode()
    assert written.startswith('{\n "format": "threadlight.history/1",\n')
    assert '"channel_id": "5"' in written
