"""What one message of an answer shows, as a value, and as discord.py's view of it."""

from dataclasses import dataclass
from io import BytesIO

import discord
from discord import ui

MOST_TEXT = 4000
"""Characters of all text displays of one message together."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button: its label and the custom id that a registered dynamic item answers to."""

    label: str
    custom_id: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One message: a page, the lines above and below it, an attached file, and buttons.

    `meter` is the only part that changes by mere passing of time.
    """

    page: str = ""
    meter: str = ""
    footer: str = ""
    document: str | None = None
    buttons: tuple[Press, ...] = ()
    head: str = ""

    def apart_from_meter(self) -> tuple[str, str, str, str | None, tuple[Press, ...]]:
        """Return what changes only when there is news: of the meter, what it is about."""
        about = self.meter[: len("-# 💭")]
        return (self.page, about, self.footer, self.document, self.buttons)

    def view(self) -> ui.LayoutView:
        """Return this as Components V2."""
        view = ui.LayoutView(timeout=None)
        for text in (self.head, self.page, self.footer, self.meter):
            if text:
                view.add_item(ui.TextDisplay(text))
        if self.document is not None:
            view.add_item(ui.File(f"attachment://{DOCUMENT_NAME}"))
        if self.buttons:
            view.add_item(ui.ActionRow(*(_Button(press) for press in self.buttons)))
        return view

    def files(self) -> list[discord.File]:
        """Return the files to upload, fresh for each attempt."""
        if self.document is None:
            return []
        return [discord.File(BytesIO(self.document.encode()), filename=DOCUMENT_NAME)]


DOCUMENT_NAME = "answer.md"


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
