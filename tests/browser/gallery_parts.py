"""What the gallery bot shows: every kind of component, old-style messages, and forms."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import discord
from discord import ui

RED, GREEN, BLUE = (200, 40, 40), (40, 160, 80), (50, 90, 220)


def png(colour: tuple[int, int, int], width: int = 320, height: int = 200) -> bytes:
    """Return a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def files(*names: str) -> list[discord.File]:
    """Return files of these names: pictures by their end, else texts."""
    colours = {"two": GREEN, "thumb": BLUE}

    def content(name: str) -> bytes:
        stem, _, end = name.partition(".")
        return png(colours.get(stem, RED)) if end == "png" else b"A line\n"

    return [discord.File(BytesIO(content(name)), name) for name in names]


class Parts(ui.LayoutView):
    """Texts, lines, containers, sections, pictures and a file."""

    FILES = ("one.png", "two.png", "three.png", "thumb.png", "list.txt", "secret.png")

    def __init__(self) -> None:
        super().__init__(timeout=None)
        attached = [f"attachment://{name}" for name in self.FILES]
        self.add_item(ui.TextDisplay("# A heading\nA text with **bold** words."))
        self.add_item(ui.Separator())
        self.add_item(ui.TextDisplay("Below a thin line."))
        self.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
        self.add_item(ui.TextDisplay("Below a wide line."))
        self.add_item(ui.Separator(visible=False))
        self.add_item(ui.TextDisplay("Below no line."))
        self.add_item(ui.Separator(visible=False, spacing=discord.SeparatorSpacing.large))
        self.add_item(
            ui.Container(
                ui.TextDisplay("Inside a green container."),
                ui.ActionRow(ui.Button(label="In there", custom_id="inside")),
                accent_colour=0x2ECC71,
            )
        )
        hidden = ui.Container[Any](ui.TextDisplay("Hidden in a container."), spoiler=True)
        self.add_item(hidden)
        thumbnail = ui.Thumbnail[Any](attached[3], description="A blue thumbnail")
        self.add_item(ui.Section("A section with a picture.", "And more.", accessory=thumbnail))
        beside = ui.Button[Any](label="Beside", custom_id="beside")
        self.add_item(ui.Section("A section with a button.", accessory=beside))
        item = discord.MediaGalleryItem
        self.add_item(ui.MediaGallery(item(attached[0], description="Only one")))
        self.add_item(
            ui.MediaGallery(
                item(attached[0], description="First of three"),
                item(attached[1], description="Second of three"),
                item(attached[5], description="Third of three", spoiler=True),
            )
        )
        self.add_item(ui.File(attached[4]))


class Buttons(ui.LayoutView):
    """Buttons of every style, and those with which something happens."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        style = discord.ButtonStyle
        rows: tuple[tuple[ui.Button[Any], ...], ...] = (
            (
                ui.Button(label="Primary", style=style.primary, custom_id="primary"),
                ui.Button(label="Secondary", style=style.secondary, custom_id="secondary"),
                ui.Button(label="Success", style=style.success, custom_id="success"),
                ui.Button(label="Danger", style=style.danger, custom_id="danger"),
                ui.Button(label="Elsewhere", url="https://example.com/there"),
            ),
            (
                ui.Button(label="Asleep", custom_id="asleep", disabled=True),
                ui.Button(emoji="🔥", custom_id="fire"),
                ui.Button(label="Star", emoji="⭐", custom_id="star"),
            ),
            (
                ui.Button(label="Stay silent", custom_id="silent"),
                ui.Button(label="Open a form", custom_id="form"),
                ui.Button(label="Whisper", custom_id="whisper"),
                ui.Button(label="Take away", custom_id="delete", style=style.danger),
            ),
        )
        for row in rows:
            self.add_item(ui.ActionRow(*row))


class Selects(ui.LayoutView):
    """Every kind of select."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        option = discord.SelectOption
        colours = [
            option(label="Red", value="r", description="Like a rose", emoji="🌹"),
            option(label="Green", value="g", description="Like grass", emoji="🌿"),
            option(label="Blue", value="b"),
        ]
        toppings = [option(label=each, value=each.lower()) for each in ("Ham", "Olives", "Basil")]
        toppings.append(option(label="Cheese", value="cheese", default=True))
        for select in (
            ui.Select[Any](custom_id="colour", placeholder="A colour", options=colours),
            ui.Select[Any](
                custom_id="toppings",
                placeholder="Toppings",
                min_values=2,
                max_values=3,
                options=toppings,
            ),
            ui.UserSelect[Any](custom_id="user", placeholder="Somebody"),
            ui.RoleSelect[Any](custom_id="role", placeholder="A role"),
            ui.MentionableSelect[Any](custom_id="both", placeholder="Anybody", max_values=2),
            ui.ChannelSelect[Any](
                custom_id="channel",
                placeholder="A text channel",
                channel_types=[discord.ChannelType.text],
            ),
        ):
            self.add_item(ui.ActionRow(select))


def old_style(pressed: int = 0) -> dict[str, Any]:
    """Return a message of the old style: words, embeds, buttons."""
    first = discord.Embed(
        title="The title",
        url="https://example.com/title",
        description="A **bold** description\n- with a list",
        colour=0xE67E22,
        timestamp=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    )
    first.set_author(name="The author", url="https://example.com/author")
    for name in ("North", "East", "South"):
        first.add_field(name=name, value=f"*{name.lower()}* wind", inline=True)
    first.add_field(name="Below", value="A field of its own line", inline=False)
    first.set_footer(text="The footer")
    first.set_image(url="attachment://picture.png")
    second = discord.Embed(description="The second embed")
    second.set_thumbnail(url="attachment://thumb.png")
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label=f"Pressed {pressed} times", custom_id=f"edit:{pressed}"))
    return {"content": "Words above the embeds", "embeds": [first, second], "view": view}
