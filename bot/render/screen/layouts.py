"""What one message of an answer shows, as a value, and as Discord's components."""

from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from typing import Any

import msgspec
from discord import ButtonStyle, ComponentType

from bot.render.markdown.code_files import DOCUMENT_NAME
from bot.render.markdown.parts import CodeFile, Page, Picture, Words
from bot.words import ENGLISH, say, speaking

MOST_TEXT = 4000
"""Characters of all text displays of one message together."""

MOST_PAGES = 5
"""Messages that an answer takes at most; a longer one ends in a file."""

_NOTHING = "-# …"
"""Stands where nothing else does, as Discord takes no empty message.

That is a page of pictures alone, not drawn yet, of which other pages have the texts.
"""

_LONGEST_DESCRIPTION = 1024


@dataclass(frozen=True, slots=True)
class Press:
    """A button: its label and the custom id that a registered dynamic item answers to."""

    label: str
    custom_id: str
    danger: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture's PNG, under a name that tells it from any other."""

    picture: Picture
    png: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"{self.picture.kind.value}-{sha256(self.png).hexdigest()[:12]}.png"


class Layout(msgspec.Struct, frozen=True):
    """One message: a page, the lines above and below it, an attached file, and buttons.

    `meter` is the only part that changes by mere passing of time; `drawn` are those of the page's
    pictures that can be shown by now. `language` is that of its words.
    """

    page: Page = ()
    meter: str = ""
    footer: str = ""
    document: str | None = None
    buttons: tuple[Press, ...] = ()
    head: str = ""
    drawn: tuple[Drawn, ...] = ()
    arrows: tuple[Press, ...] = ()
    language: str = ENGLISH

    def apart_from_meter(self) -> tuple[object, ...]:
        """Return what changes only when there is news: of the meter, what it is about."""
        about = self.meter[: len("-# 💭")]
        buttons = (self.buttons, self.arrows)
        return (self.page, about, self.footer, self.document, buttons, self.drawn)

    def components(self) -> list[dict[str, Any]]:
        """Return this as Components V2."""
        texts = chain([self.head], self._page_items(), [self.footer, self.meter])
        shown = [_text(it) if isinstance(it, str) else it for it in texts if it]
        if self.document is not None:
            shown.append(_file(DOCUMENT_NAME))
        shown = shown or [_text(_NOTHING)]
        row = ComponentType.action_row.value
        for buttons in (self.buttons, self.arrows):
            if buttons:
                shown.append({"type": row, "components": [_button(it) for it in buttons]})
        return shown

    def _page_items(self) -> list[str | dict[str, Any]]:
        """Return the page's texts, each as long as it can be, and what stands between them."""
        drawn = {it.picture: it for it in self.drawn}
        items: list[str | dict[str, Any]] = []
        for part in self.page:
            item = _item(part, drawn)
            if isinstance(item, str) and items and isinstance(items[-1], str):
                items[-1] = "\n".join(it for it in (items[-1], item) if it)
            else:
                items.append(item)
        return items

    def without_files(self) -> "Layout":
        """Return this with the pictures' texts in their places, and files said to be missing."""
        page = tuple(part for part in self.page if not isinstance(part, CodeFile))
        with speaking(self.language):
            footer = self.footer.replace(in_file(), not_in_file())
            if page != self.page and self.document is None:
                footer = f"{not_in_file()}\n{footer}".rstrip("\n")
        return msgspec.structs.replace(self, page=page, drawn=(), document=None, footer=footer)

    def attached(self) -> dict[str, bytes]:
        """Return the files that this message has, by their names."""
        files = {it.name: it.png for it in self.drawn}
        files |= {it.name: it.content.encode() for it in self.page if isinstance(it, CodeFile)}
        if self.document is not None:
            files[DOCUMENT_NAME] = self.document.encode()
        return files


def in_file() -> str:
    """Return what stands below the last message of an answer that is too long for five."""
    return say("in-file", most=MOST_PAGES)


def not_in_file() -> str:
    """Return what stands for a file where that is refused; it is no longer than `in_file`."""
    return say("not-in-file")


def _item(part: Words | Picture | CodeFile, drawn: dict[Picture, Drawn]) -> str | dict[str, Any]:
    match part:
        case Words(text):
            return text
        case CodeFile(name):
            return _file(name)
        case Picture(_, source, instead):
            if part not in drawn:
                return instead
            shown = {
                "media": {"url": f"attachment://{drawn[part].name}"},
                "description": source[:_LONGEST_DESCRIPTION],
            }
            return {"type": ComponentType.media_gallery.value, "items": [shown]}


def _text(content: str) -> dict[str, Any]:
    return {"type": ComponentType.text_display.value, "content": content}


def _file(name: str) -> dict[str, Any]:
    return {"type": ComponentType.file.value, "file": {"url": f"attachment://{name}"}}


def _button(press: Press) -> dict[str, Any]:
    style = ButtonStyle.danger if press.danger else ButtonStyle.secondary
    return {
        "type": ComponentType.button.value,
        "style": style.value,
        "label": press.label,
        "custom_id": press.custom_id,
        **({"disabled": True} if press.disabled else {}),
    }
