"""Forms that work after a restart: their custom_id says all that they are about."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import discord
from discord import ui

from bot.discord.client import Threadlight

_FIELD = "text"
"""The custom_id of a form's one field."""

_OPENING = r":\d+"
"""Ends a form's custom_id: phones show what they know of a form with the same one."""


class Form(ABC):
    """A form with one field, answered by whichever process runs when it is submitted.

    A subclass gives the `template` of the custom_id and says what becomes of the words. discord.py
    never learns of these forms: it would forget them with the process.
    """

    _template: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__()
        cls._template = re.compile(template + _OPENING)

    async def show(
        self,
        interaction: discord.Interaction[Threadlight],
        about: str,
        field: "ui.Label[ui.Modal]",
        title: str,
    ) -> None:
        """Open the form; `about` fits the template."""
        modal = ui.Modal(title=title, custom_id=f"{about}:{interaction.id}")
        modal.add_item(field)
        modal.stop()  # what has ended is not kept
        await interaction.response.send_modal(modal)

    async def hear(self, interaction: discord.Interaction[Threadlight]) -> None:
        """Take what was submitted by such a form, and give it back where that can't be."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data
        said = self._template.fullmatch(data["custom_id"])
        if said is None:
            return
        typed = next(_typed(data["components"]), "")
        try:
            await self.submitted(interaction, said, typed.strip())
        except Exception as error:  # noqa: BLE001  # nobody else would tell the person
            await interaction.client.explain(interaction, error, typed)

    @abstractmethod
    async def submitted(
        self, interaction: discord.Interaction[Threadlight], custom_id: re.Match[str], typed: str
    ) -> None:
        """Do what the form is for, with what its custom_id holds."""


def field(
    label: str, *, most: int, example: str, description: str | None = None, text: str = ""
) -> "ui.Label[ui.Modal]":
    """Return a form's field, in which some text may stand already."""
    written: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=_FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=example,
        default=text or None,
        max_length=most,
    )
    return ui.Label(text=label, description=description, component=written)


def _typed(parts: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield what was typed into the field, in a label or a row."""
    for part in parts:
        if part.get("custom_id") == _FIELD:
            yield part.get("value") or ""
        yield from _typed(part.get("components") or ())
        yield from _typed([part["component"]] if part.get("component") else ())
