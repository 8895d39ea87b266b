"""What is kept of a person's words, counted: before they are erased, and after; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Found:
    """How much of what a person said is kept, or was erased.

    `answers` are those to their questions, other variants and broken ones included; `quotes` are
    words of theirs that stand before others' questions, `echoes` answers to others that repeat
    theirs; `waiting` are questions that wait for a yes
    to their price, `reasons` what they wrote to grants and resets.
    `shared_personas`, which they wrote for channels and servers, belong to those and stay.
    """

    questions: int = 0
    answers: int = 0
    files: int = 0
    quotes: int = 0
    personas: int = 0
    waiting: int = 0
    titles: int = 0
    reasons: int = 0
    shared_personas: int = 0
    echoes: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(Found)))

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to erase."""
        return self == Found(shared_personas=self.shared_personas)


class Traces(StrEnum):
    """When the last traces of what was erased leave the database's files."""

    NOW = "now"
    NEXT_START = "next-start"
    SERVER = "server"


GONE = "(about words that were erased at their author's wish)\n"
"""Stands before a question about words that are forgotten."""

DELETED = "(about words that were deleted since)\n"
"""Stands before a question about a message that was deleted."""

_QUOTES = "(about what "

_FILE_ALONE = re.compile(r"\(about what [^:\n]* sent as a file\)\n")


def quotes(text: str) -> bool:
    """Tell whether words of somebody else stand before a question."""
    return text.startswith(_QUOTES)


def without_quote(text: str, instead: str = GONE) -> str:
    """Return a question without the words of somebody else that stand before it."""
    return instead + after_quote(text) if quotes(text) else text


def requoted(text: str, quote: str) -> str:
    """Return a question with another quote before it, where one stands there."""
    return quote + after_quote(text) if quotes(text) else text


def quote_before(text: str) -> str:
    """Return the words of somebody else that stand before a question."""
    return text[: len(text) - len(after_quote(text))] if quotes(text) else ""


def after_quote(text: str) -> str:
    """Return what somebody asked themselves, without the words that it is about.

    They end with the last line that ends as a quote does: they may hold such lines themselves.
    """
    if not quotes(text):
        return text.removeprefix(GONE).removeprefix(DELETED)
    if (file := _FILE_ALONE.match(text)) is not None:
        return text[file.end() :]
    return text.rpartition("”)\n")[2]


@dataclass(frozen=True, slots=True)
class Erased:
    """What one step erased, and the first turn that went of each conversation."""

    found: Found = Found()
    firsts: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: "Erased") -> "Erased":
        firsts = dict(self.firsts)
        for conversation, first in other.firsts.items():
            firsts[conversation] = min(first, firsts.get(conversation, first))
        return Erased(self.found + other.found, firsts)
