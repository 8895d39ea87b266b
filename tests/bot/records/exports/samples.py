"""Conversations of all that people, models and files may write."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.records.exports.values import FileText, Head, Place, Said, Speaker, Turn

NOW = datetime(2026, 3, 18, 12, 34, 56, 789, tzinfo=UTC)

HEAD = Head(NOW, Speaker("11", "Ada", "ada"), Place("3", "Lighthouse", "5", "general"))

HOSTILE = (
    "```",
    "````",
    "~~~",
    "> ",
    "# ",
    "## Ada",
    "</script>",
    "<!--",
    "<div>",
    "[a]: http://b",
    "[a](b)",
    "- ",
    "1. ",
    "    ",
    "\t",
    "\\",
    "`",
    "*",
    "_",
    "|",
    "---",
    "===",
    "&amp;",
    "@everyone",
    "{",
    '"',
    "]}",
    "\u2028",
    "\x0b",
    "\x1b[31m",
    "\u202e",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "words",
    "😀",
    "漢字",
)
"""What could break out of its place."""

_character = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.one_of(
    st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join), st.text(_character, max_size=40)
)
names = st.one_of(texts, st.sampled_from(["Ada", "ada", "Ben\n## Olga", "**x**"]))
ids = st.integers(0, 2**63).map(str)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy gives it its zone
    datetime(2050, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
counts = st.integers(0, 10**6)

files = st.builds(FileText, name=names, text=texts, tokens=counts, pinned=st.booleans())
answers = st.builds(
    Said,
    id=ids,
    chosen=st.booleans(),
    state=st.sampled_from(["complete", "length", "stopped", "interrupted"]),
    stale=st.booleans(),
    model=names,
    started_at=moments,
    finished_at=st.none() | moments,
    tokens=counts,
    text=texts,
)
turns = st.builds(
    Turn,
    id=ids,
    message_id=st.none() | ids,
    author=st.builds(Speaker, id=ids, name=names, username=names),
    asked_at=moments,
    edited_at=st.none() | moments,
    private=st.booleans(),
    pinned=st.booleans(),
    tokens=counts,
    text=texts,
    files=st.lists(files, max_size=2).map(tuple),
    answers=st.lists(answers, max_size=2).map(tuple),
)
heads = st.builds(
    Head,
    exported_at=moments,
    exported_for=st.builds(Speaker, id=ids, name=names, username=names),
    place=st.builds(Place, server_id=st.none() | ids, server=names, channel_id=ids, channel=names),
)
