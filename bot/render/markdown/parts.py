"""What a page of an answer is made of, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

MOST_ATTACHED = 8
"""Pictures and files of a page: Discord takes ten a message, and the whole answer may be one."""


class PictureKind(Enum):
    """What is drawn."""

    FORMULA = "formula"
    TABLE = "table"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Words:
    """Text in Discord's Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn, and the Markdown that stands there until it is, or where it can't be.

    The source is a formula's TeX, without what surrounds it, a table's Markdown, or a chart's JSON.
    Nothing stands there for a formula that the text before it has in its own way.
    """

    kind: PictureKind
    source: str
    instead: str


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A whole block of code as a file; its first lines stand above it."""

    name: str
    content: str


Part = Words | Picture | CodeFile
Page = tuple[Part, ...]


def text_of(page: Sequence[Part]) -> str:
    """Return what stands on a page while nothing is drawn: its size never depends on drawing."""
    texts = (it.text if isinstance(it, Words) else it.instead for it in _told(page))
    return "\n".join(text for text in texts if text)


def _told(page: Sequence[Part]) -> list[Words | Picture]:
    return [it for it in page if not isinstance(it, CodeFile)]
