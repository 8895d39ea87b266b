"""Components of a message are refused where Discord refuses them."""

from typing import Any

import discord
import pytest

from sandbox.discord import checks
from tests.sandbox.refusals import (
    V2,
    Json,
    button,
    container,
    label,
    options,
    refusals,
    row,
    select,
    text,
    text_input,
)

SECTION: Json = {"type": 9, "components": [text()], "accessory": button("accessory")}
GALLERY: Json = {"type": 12, "items": [{"media": {"url": "https://example.org/x.png"}}]}
FILE: Json = {"type": 13, "file": {"url": "attachment://a.txt"}}
SEPARATOR: Json = {"type": 14, "divider": True, "spacing": 2}
THUMBNAIL: Json = {"type": 11, "media": {"url": "attachment://a.txt"}}


def shown(*components: Json) -> set[str]:
    """Return what is refused of a Components V2 message."""
    return refusals(checks.check_create, {"flags": V2, "components": list(components)}, ["a.txt"])


def in_row(*components: Json) -> set[str]:
    """Return what is refused of an action row, without the path to it."""
    return {refused.removeprefix("components.0.components.") for refused in shown(row(*components))}


def test_every_kind_has_its_place() -> None:
    """All kinds of a message pass where Discord allows them."""
    inner = [row(button("a"), button("b")), SECTION, text(), GALLERY, FILE, SEPARATOR]
    assert shown(*inner) == set()
    assert shown(container(*inner, accent_color=0xFF00FF, spoiler=True)) == set()
    assert shown({"type": 9, "components": [text()] * 3, "accessory": THUMBNAIL}) == set()


@pytest.mark.parametrize(
    "component",
    [button(), select(), THUMBNAIL, text_input(), label(text_input()), {"type": 15}, {}],
)
def test_kinds_in_the_wrong_place_are_refused(component: Json) -> None:
    """What belongs in a row, a section or a modal does not stand in a message."""
    (refused,) = shown(component)
    code = "UNION_TYPE_CHOICES" if component else "BASE_TYPE_REQUIRED"
    assert refused == f"components.0.type {code}"


def test_a_container_holds_no_container() -> None:
    """Containers do not nest, and none is empty."""
    assert shown(container(container(text()))) == {
        "components.0.components.0.type UNION_TYPE_CHOICES"
    }
    assert shown(container()) == {"components.0.components BASE_TYPE_BAD_LENGTH"}


def test_a_message_has_forty_components_nested_ones_included() -> None:
    """A section counts three: itself, its text and its accessory."""
    sections = [{"type": 9, "components": [text()], "accessory": button(str(n))} for n in range(13)]
    assert shown(*sections, text()) == set()
    too_many = {"components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"}
    assert shown(*sections, text(), text()) == too_many
    assert shown(container(*[text()] * 39)) == set()
    assert shown(container(*[text()] * 40)) == too_many


def test_texts_have_four_thousand_characters_together() -> None:
    """The limit is over all text displays, wherever they stand."""
    section = SECTION | {"components": [text("x" * 2000)]}
    assert shown(text("x" * 2000), container(section)) == set()
    assert shown(text("x" * 2001), container(section)) == {
        "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
    }
    assert "components.0.content BASE_TYPE_BAD_LENGTH" in shown(text("x" * 4001))
    assert shown(text("")) == {"components.0.content BASE_TYPE_REQUIRED"}


def test_custom_ids_are_unique_in_a_message() -> None:
    """The same custom_id twice is refused, however far apart."""
    assert shown(row(button()), container(row(button()))) == {
        "components.1.components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"
    }


def test_ids_are_unique_and_zero_is_none() -> None:
    """A component's id is unique where it is not 0."""
    assert shown(text() | {"id": 0}, text() | {"id": 0}) == set()
    assert shown(text() | {"id": 3}, container(text() | {"id": 3})) == {
        "components.1.components.0.id COMPONENT_ID_DUPLICATED"
    }


def test_a_row_holds_five_buttons_or_one_select() -> None:
    """Nothing stands beside a select, and no sixth button in a row."""
    assert in_row(*[button(str(n)) for n in range(5)]) == set()
    assert shown(row(*[button(str(n)) for n in range(6)])) >= {
        "components.0.components BASE_TYPE_BAD_LENGTH"
    }
    wide = "1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"
    assert in_row(select(), button()) == {wide}
    assert in_row(select("a"), select("b")) == {wide}
    assert shown(row()) == {"components.0.components BASE_TYPE_BAD_LENGTH"}


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, None),
        ({"label": None, "emoji": {"name": "🧵"}}, None),
        ({"label": "x" * 81}, "label BASE_TYPE_MAX_LENGTH"),
        ({"label": ""}, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
        ({"emoji": {}}, "emoji.name BUTTON_COMPONENT_INVALID_EMOJI"),
        ({"custom_id": None}, "custom_id BASE_TYPE_REQUIRED"),
        ({"custom_id": "x" * 101}, "custom_id BASE_TYPE_BAD_LENGTH"),
        ({"style": 7}, "style BASE_TYPE_CHOICES"),
        ({"disabled": 1}, "disabled BOOLEAN_TYPE_CONVERT"),
        ({"url": "https://example.org"}, "url BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ({"style": 5, "custom_id": None, "url": "https://example.org"}, None),
        ({"style": 5, "custom_id": None, "url": "discord://-/channels/1/2"}, None),
        ({"style": 5, "custom_id": None}, "url BASE_TYPE_REQUIRED"),
        ({"style": 5, "url": "https://x.org"}, "custom_id BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        (
            {"style": 5, "custom_id": None, "url": "javascript:alert(1)"},
            "url URL_TYPE_INVALID_SCHEME",
        ),
        ({"style": 6, "custom_id": None, "label": None, "sku_id": "9"}, None),
        (
            {"style": 6, "custom_id": None, "sku_id": "9"},
            "label BUTTON_COMPONENT_FIELD_NOT_ALLOWED",
        ),
    ],
)
def test_a_buttons_fields_fit_its_style(fields: Json, refused: str | None) -> None:
    """A custom_id, an address or a product: exactly the one that its style asks for."""
    expected = set()
    if refused:
        expected = {f"0.{refused}" if refused[0].islower() else f"0 {refused}"}
    assert in_row(button(**fields)) == expected


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"options": options(25), "max_values": 25}, None),
        ({"min_values": 0}, None),
        ({"options": options(26)}, "options BASE_TYPE_BAD_LENGTH"),
        ({"options": []}, "options BASE_TYPE_BAD_LENGTH"),
        ({"options": [*options(2), *options(1)]}, "options.2.value"),
        ({"options": [{"label": "x" * 101, "value": "x"}]}, "options.0.label"),
        ({"options": [{"label": "x"}]}, "options.0.value BASE_TYPE_REQUIRED"),
        ({"placeholder": "x" * 151}, "placeholder BASE_TYPE_MAX_LENGTH"),
        ({"max_values": 4}, "max_values BASE_TYPE_MAX_VALUE"),
        ({"min_values": 2}, "min_values SELECT_COMPONENT_MIN_VALUES_GREATER"),
        (
            {"options": [option | {"default": True} for option in options(2)]},
            "options SELECT_COMPONENT_TOO_MANY_DEFAULTS",
        ),
    ],
)
def test_a_selects_options_fit_its_bounds(fields: Json, refused: str | None) -> None:
    """1 to 25 options with values of their own, and bounds that can be met."""
    found = in_row(select(**fields))
    if refused is None:
        assert found == set()
    else:
        (only,) = found
        assert only.startswith(f"0.{refused}")


def test_default_values_are_of_the_selects_kind() -> None:
    """A user select takes users as defaults, as many as may be chosen."""
    user = {"id": "1", "type": "user"}

    def defaults(*values: Json) -> set[str]:
        return in_row({"type": 5, "custom_id": "who", "default_values": list(values)})

    assert defaults(user) == set()
    assert defaults({"id": "1", "type": "role"}) == {"0.default_values.0.type BASE_TYPE_CHOICES"}
    assert defaults(user, user) == {"0.default_values BASE_TYPE_BAD_LENGTH"}


@pytest.mark.parametrize(
    ("component", "refused"),
    [
        ({**SECTION, "accessory": None}, "accessory BASE_TYPE_REQUIRED"),
        ({**SECTION, "accessory": text()}, "accessory.type UNION_TYPE_CHOICES"),
        ({**SECTION, "components": [text()] * 4}, "components BASE_TYPE_BAD_LENGTH"),
        ({**SECTION, "components": [SEPARATOR]}, "components.0.type UNION_TYPE_CHOICES"),
        ({**GALLERY, "items": GALLERY["items"] * 11}, "items BASE_TYPE_BAD_LENGTH"),
        ({**GALLERY, "items": []}, "items BASE_TYPE_BAD_LENGTH"),
        ({**GALLERY, "items": [{}]}, "items.0.media BASE_TYPE_REQUIRED"),
        (
            {**GALLERY, "items": [{"media": {"url": "attachment://b.txt"}}]},
            "items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
        ),
        (
            {**FILE, "file": {"url": "attachment://b.txt"}},
            "file.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
        ),
        (
            {**FILE, "file": {"url": "https://example.org/a.txt"}},
            "file.url URL_TYPE_INVALID_SCHEME",
        ),
        ({**SEPARATOR, "spacing": 3}, "spacing BASE_TYPE_CHOICES"),
        (container(text(), accent_color=-1), "accent_color NUMBER_TYPE_MIN"),
    ],
)
def test_media_and_layout_are_checked(component: Json, refused: str) -> None:
    """Sections, galleries, files, separators and containers keep their rules."""
    assert shown(component) == {f"components.0.{refused}"}


async def test_what_discord_py_builds_passes() -> None:
    """A view as discord.py sends it is within the rules."""
    view = discord.ui.LayoutView()
    inner: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay("Hello"),
        discord.ui.Separator(),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://a.txt")),
        discord.ui.File("attachment://a.txt"),
        discord.ui.Section("More", accessory=discord.ui.Button(label="More")),
        discord.ui.ActionRow(discord.ui.Button(label="Stop", emoji="⏹️")),
        discord.ui.ActionRow(discord.ui.UserSelect(max_values=3)),
    ]
    view.add_item(discord.ui.Container(*inner, accent_colour=0x5865F2))
    components: list[Json] = view.to_components()  # type: ignore[no-untyped-call]  # discord.py
    assert shown(*components) == set()
