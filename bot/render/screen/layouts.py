"""What one message of an answer shows, as a value, and as discord.py's view of it."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain

import discord
from discord import ui

from bot.render.markdown.code_files import DOCUMENT_NAME
from bot.render.markdown.parts import CodeFile, Page, Picture, Words

MOST_TEXT = 4000
"""Characters of all text displays of one message together."""

MOST_PAGES = 5
"""Messages that an answer takes at most; a longer one ends in a file."""

IN_FILE = f"The answer is longer than {MOST_PAGES} messages: this file has all of it."

NOT_IN_FILE = "⚠️ The whole would be a file, which I may not attach here."
"""Stands for a file where that is refused; no longer than `IN_FILE`, for which there is room."""

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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture's PNG, under a name that tells it from any other."""

    picture: Picture
    png: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"{self.picture.kind.value}-{sha256(self.png).hexdigest()[:12]}.png"


@dataclass(frozen=True, slots=True)
class Layout:
    """One message: a page, the lines above and below it, an attached file, and buttons.

    `meter` is the only part that changes by mere passing of time; `drawn` are those of the page's
    pictures that can be shown by now.
    """

    page: Page = ()
    meter: str = ""
    footer: str = ""
    document: str | None = None
    buttons: tuple[Press, ...] = ()
    head: str = ""
    drawn: tuple[Drawn, ...] = ()

    def apart_from_meter(self) -> tuple[object, ...]:
        """Return what changes only when there is news: of the meter, what it is about."""
        about = self.meter[: len("-# 💭")]
        return (self.page, about, self.footer, self.document, self.buttons, self.drawn)

    def view(self) -> ui.LayoutView:
        """Return this as Components V2."""
        view = ui.LayoutView(timeout=None)
        shown = chain([self.head], self._page_items(), [self.footer, self.meter])
        for item in shown:
            if item:
                view.add_item(ui.TextDisplay(item) if isinstance(item, str) else item)
        if self.document is not None:
            view.add_item(ui.File(f"attachment://{DOCUMENT_NAME}"))
        if not view.children:
            view.add_item(ui.TextDisplay(_NOTHING))
        if self.buttons:
            view.add_item(ui.ActionRow(*(_Button(press) for press in self.buttons)))
        return view

    def _page_items(self) -> list[str | ui.Item[ui.LayoutView]]:
        """Return the page's texts, each as long as it can be, and what stands between them."""
        drawn = {it.picture: it for it in self.drawn}
        items: list[str | ui.Item[ui.LayoutView]] = []
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
        footer = self.footer.replace(IN_FILE, NOT_IN_FILE)
        if page != self.page and self.document is None:
            footer = f"{NOT_IN_FILE}\n{footer}".rstrip("\n")
        return replace(self, page=page, drawn=(), document=None, footer=footer)

    def attached(self) -> dict[str, bytes]:
        """Return the files that this message has, by their names."""
        files = {it.name: it.png for it in self.drawn}
        files |= {it.name: it.content.encode() for it in self.page if isinstance(it, CodeFile)}
        if self.document is not None:
            files[DOCUMENT_NAME] = self.document.encode()
        return files


def _item(
    part: Words | Picture | CodeFile, drawn: dict[Picture, Drawn]
) -> str | ui.Item[ui.LayoutView]:
    match part:
        case Words(text):
            return text
        case CodeFile(name):
            return ui.File(f"attachment://{name}")
        case Picture(_, source, instead):
            if part not in drawn:
                return instead
            shown = discord.MediaGalleryItem(
                f"attachment://{drawn[part].name}", description=source[:_LONGEST_DESCRIPTION]
            )
            return ui.MediaGallery(shown)


class _Button(ui.Button[ui.LayoutView]):
    """A button that discord.py does not remember: a dynamic item answers it, after restarts too.

    A remembered view without timeout is kept for ever, one for each message ever sent.
    """

    def __init__(self, press: Press) -> None:
        style = discord.ButtonStyle.danger if press.danger else discord.ButtonStyle.secondary
        super().__init__(style=style, label=press.label, custom_id=press.custom_id)

    def is_dispatchable(self) -> bool:
        """Tell discord.py that nothing is to be remembered for this button."""
        return False
