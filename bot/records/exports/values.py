"""An exported conversation: these values are the JSON that `docs/history_export.md` documents.

Within version 1 nothing is renamed, removed or given another meaning; something may be added.
"""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

FORMAT: Final = "threadlight.history/1"

Id = Annotated[str, Meta(pattern="^[0-9]+$", description="A whole number, as text.")]
Moment = Annotated[datetime, Meta(tz=True, description="In UTC.")]
Count = Annotated[int, Meta(ge=0)]


class Speaker(Struct, frozen=True):
    """Who asked: Discord's id, the name shown then, and the unique user name."""

    id: Id
    name: str
    username: str


class Place(Struct, frozen=True):
    """Where the conversation is: its channel, thread or DM, and its server if any."""

    server_id: Id | None
    server: str
    channel_id: Id
    channel: str


class FileText(Struct, frozen=True):
    """A file that came with a question, as text."""

    name: str
    text: str
    tokens: Annotated[Count, Meta(description="An estimate, with the file's name.")]
    pinned: bool


class Said(Struct, frozen=True):
    """One of the answers to a question; the chosen one is what the model sees."""

    id: Id
    chosen: bool
    state: Literal["complete", "length", "stopped", "interrupted"]
    stale: Annotated[bool, Meta(description="It rested on what was changed or deleted since.")]
    model: str
    started_at: Moment
    finished_at: Moment | None
    tokens: Annotated[Count, Meta(description="An estimate of its text.")]
    text: Annotated[str, Meta(description="Discord's Markdown, as the model wrote it.")]


class Turn(Struct, frozen=True):
    """A question with its files and its answers, in the order in which these began."""

    id: Id
    message_id: Annotated[Id | None, Meta(description="The question's message, if it has one.")]
    author: Speaker
    asked_at: Moment
    edited_at: Moment | None
    private: Annotated[bool, Meta(description="Asked in private, by who exported this.")]
    pinned: bool
    tokens: Annotated[Count, Meta(description="An estimate of its text.")]
    text: str
    files: tuple[FileText, ...]
    answers: tuple[Said, ...]


class Head(Struct, frozen=True):
    """What an export is of, for whom, and when it was made."""

    exported_at: Moment
    exported_for: Speaker
    place: Place


class History(Struct, frozen=True):
    """A conversation, oldest turn first; a long one comes in several parts."""

    format: Literal["threadlight.history/1"]
    exported_at: Moment
    exported_for: Speaker
    place: Place
    part: Annotated[int, Meta(ge=1, description="Which of the parts this is, from 1.")]
    last: Annotated[bool, Meta(description="Whether no other part follows.")]
    turns: tuple[Turn, ...]
