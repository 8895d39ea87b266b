"""How an answer looked, request by request: what the bot sent for its messages over the wire."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.discord.display import walk
from sandbox.discord.model import Json
from sandbox.discord.rest.exchange import Exchange
from sandbox.discord.seen import Seen
from tests.journeys.house import House

ROW, TEXT, GALLERY, FILE = 1, 10, 12, 13
"""Kinds of component: a row of buttons, a text display, a media gallery, a file."""

_METERS = ("-# waiting for the model", "-# ✍️", "-# 💭")
_FIRST_ID = 1 << 20
"""Below it an attachment's id is a number within its request: that file is uploaded by it."""


@dataclass(frozen=True, slots=True)
class Paint:
    """One request that created or edited a message, and how that looked then.

    `body` is the answer's own text, without the meter or the closing lines; `uploaded` and `kept`
    are names and ids of files.
    """

    method: str
    path: str
    message_id: int
    at: float
    flags: int
    body: str
    closing: str
    uploaded: tuple[str, ...]
    kept: tuple[int, ...]
    request: Json

    @property
    def is_last(self) -> bool:
        """Tell whether the answer had ended, as far as this message shows."""
        return not any("Stop" in (it.get("label") or "") for it in walk(self.request["components"]))


def paints(house: House, channel_id: int | None = None) -> list[Paint]:
    """Return all that Discord accepted of the bot's paints, oldest first, of a channel or all."""
    return [it for it, channel in _paints(house) if channel_id in (None, channel)]


def _paints(house: House) -> Iterator[tuple[Paint, int]]:
    for it in house.discord.exchanges:
        is_paint = it.method in ("POST", "PATCH") and it.status == 200
        if is_paint and isinstance(it.request, dict) and it.request.get("components"):
            yield _paint(it), int(it.answer["channel_id"])


def _paint(it: Exchange) -> Paint:
    texts = [str(part["content"]) for part in it.request["components"] if part["type"] == TEXT]
    closing = ""
    if texts and (texts[-1].startswith(_METERS) or " tokens" in texts[-1].rpartition("\n")[2]):
        closing = texts.pop()
    attachments = it.request.get("attachments") or ()
    return Paint(
        method=it.method,
        path=it.path,
        message_id=int(it.answer["id"]),
        at=it.at,
        flags=int(it.request.get("flags") or 0),
        body="\n".join(texts),
        closing=closing,
        uploaded=tuple(each["filename"] for each in attachments if int(each["id"]) < _FIRST_ID),
        kept=tuple(int(each["id"]) for each in attachments if int(each["id"]) >= _FIRST_ID),
        request=it.request,
    )


def kinds(seen: Seen) -> list[int]:
    """Return what a message is made of, from top to bottom."""
    return [int(part["type"]) for part in seen.components]


def descriptions(seen: Seen) -> list[str]:
    """Return what the pictures of a message say to those who can't see them."""
    galleries = (it for it in seen.components if it["type"] == GALLERY)
    return [item["description"] for gallery in galleries for item in gallery["items"]]


def body(seen: Seen) -> str:
    """Return an ended answer's message without its closing lines."""
    texts = [str(part["content"]) for part in seen.components if part["type"] == TEXT]
    if texts and " tokens" in texts[-1].rpartition("\n")[2]:
        del texts[-1]
    return "\n".join(texts)
