"""The forms of the gallery bot: every field that discord.py can put into a modal."""

from collections.abc import Callable
from typing import Any

import discord
from discord import ui

Hear = Callable[..., None]


class Form(ui.Modal):
    """A modal that tells what was entered, field by field."""

    def __init__(self, title: str, hear: Hear) -> None:
        super().__init__(title=title)
        self._hear = hear

    def ask(self, text: str, field: ui.Item[Any], description: str | None = None) -> None:
        """Add a field with its label."""
        self.add_item(ui.Label(text=text, component=field, description=description))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Tell what was entered, and thank for it."""
        entered: dict[str, Any] = {}
        for label in self.children:
            if isinstance(label, ui.Label):
                field: Any = label.component
                entered[label.text] = plain(getattr(field, "values", None) or field_value(field))
        self._hear("form", entered)
        await interaction.response.send_message(f"Thank you for “{self.title}”.")


def field_value(field: Any) -> Any:
    """Return a single value; what takes several says an empty list."""
    return field.value if hasattr(field, "value") else []


def plain(value: Any) -> Any:
    """Return users, roles, channels and files by their names."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, discord.Attachment):
        return value.filename
    return value if isinstance(value, str | bool | float | None) else getattr(value, "name", value)


def texts(hear: Hear) -> Form:
    """Return a form of texts."""
    form = Form("About you", hear)
    form.add_item(ui.TextDisplay("Some words **before** the fields."))
    form.ask("Name", ui.TextInput(min_length=3, max_length=10, placeholder="A short name"))
    long = ui.TextInput[Any](style=discord.TextStyle.paragraph, required=False)
    form.ask("Story", long, "As long as you like")
    form.ask("City", ui.TextInput(default="Hamburg", required=False))
    return form


def choices(hear: Hear) -> Form:
    """Return a form of selects."""
    form = Form("Your choices", hear)
    drinks = [
        discord.SelectOption(label="Tea", value="tea", description="Hot"),
        discord.SelectOption(label="Milk", value="milk", description="Cold"),
    ]
    form.ask("Drink", ui.Select(options=drinks, placeholder="What to drink"))
    form.ask("Friends", ui.UserSelect(required=True, max_values=2))
    form.ask("Rank", ui.RoleSelect(required=False))
    form.ask("Where", ui.ChannelSelect(required=True))
    form.ask("Who else", ui.MentionableSelect(required=False))
    return form


def boxes(hear: Hear) -> Form:
    """Return a form of files and boxes to tick."""
    form = Form("Boxes", hear)
    form.ask("Papers", ui.FileUpload(min_values=1, max_values=2))
    sizes = [
        discord.RadioGroupOption(label=each, value=each[0].lower()) for each in ("Small", "Large")
    ]
    form.ask("Size", ui.RadioGroup(options=sizes))
    days = [
        discord.CheckboxGroupOption(label=each, value=each[:3].lower(), description="A day")
        for each in ("Monday", "Tuesday", "Friday")
    ]
    form.ask("Days", ui.CheckboxGroup(options=days, min_values=1, max_values=2))
    form.ask("Agreed", ui.Checkbox())
    return form


FORMS: dict[str, Callable[[Hear], Form]] = {"texts": texts, "choices": choices, "boxes": boxes}
