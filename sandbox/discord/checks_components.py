"""The components of a message: which may stand where, how many, and how long their texts."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from sandbox.discord.checks_form import Form
from sandbox.discord.checks_selects import check_emoji, check_select
from sandbox.discord.checks_walk import MOST_TEXT, SELECTS, Kind, Walk

MOST_COMPONENTS: Final = 40
MOST_ROWS: Final = 5
MOST_IN_ROW: Final = 5

_IN_ROW: Final = (Kind.BUTTON, *SELECTS)
_IN_CONTAINER: Final = (
    Kind.ACTION_ROW,
    Kind.SECTION,
    Kind.TEXT_DISPLAY,
    Kind.MEDIA_GALLERY,
    Kind.FILE,
    Kind.SEPARATOR,
)
_TOP_V2: Final = (*_IN_CONTAINER, Kind.CONTAINER)

_LINK: Final = 5
_PREMIUM: Final = 6
_WEB: Final = ("http", "https")
_WEB_OR_FILE: Final = (*_WEB, "attachment")
_MOST_COLOUR: Final = 0xFFFFFF


def check_components(form: Form, *, is_v2: bool, file_names: Collection[str]) -> None:
    """Note the faults of a message's components."""
    walk = Walk(file_names)
    if is_v2:
        for component in form.each(MOST_COMPONENTS):
            _check(component, walk, _TOP_V2)
    else:
        for component in form.each(MOST_ROWS):
            _check(component, walk, (Kind.ACTION_ROW,))
    if walk.count > MOST_COMPONENTS:
        form.fail(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Maximum number of components exceeded ({MOST_COMPONENTS})",
        )
    if walk.text_length > MOST_TEXT:
        form.fail(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {MOST_TEXT}",
        )


def _check(form: Form, walk: Walk, allowed: Collection[Kind]) -> None:
    kind = walk.kind(form, allowed)
    if kind is not None:
        _CHECKS[kind](form, walk)


def _check_row(form: Form, walk: Walk) -> None:
    width = 0
    children = list(form["components"].each(MOST_IN_ROW, 1, required=True))
    for child in children:
        kind = walk.kind(child, _IN_ROW)
        if kind is Kind.BUTTON:
            width += 1
            _check_button(child, walk)
        elif kind is not None:
            width += MOST_IN_ROW
            check_select(child, walk, kind)
        if kind is not None and width > MOST_IN_ROW >= len(children):
            child.fail(
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            )


def _check_button(form: Form, walk: Walk) -> None:
    style = form["style"].choice(range(1, _PREMIUM + 1), required=True)
    form["label"].text(80)
    form["disabled"].boolean()
    check_emoji(form["emoji"])
    if style == _LINK:
        form["url"].url((*_WEB, "discord"), 512, required=True)
        _refuse(form, ("custom_id", "sku_id"), "a link button")
    elif style == _PREMIUM:
        form["sku_id"].snowflake(required=True)
        _refuse(form, ("custom_id", "url", "label", "emoji"), "a premium button")
    else:
        walk.custom_id(form)
        _refuse(form, ("url", "sku_id"), "a button with a custom id")
    if style != _PREMIUM and not form["label"].value and not form["emoji"].is_given:
        form.fail("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")


def _refuse(form: Form, names: Collection[str], owner: str) -> None:
    for name in names:
        if form[name].is_given:
            form[name].fail("BUTTON_COMPONENT_FIELD_NOT_ALLOWED", f"Not allowed in {owner}")


def _check_section(form: Form, walk: Walk) -> None:
    for child in form["components"].each(3, 1, required=True):
        _check(child, walk, (Kind.TEXT_DISPLAY,))
    if form["accessory"].require():
        _check(form["accessory"], walk, (Kind.BUTTON, Kind.THUMBNAIL))


def _check_text_display(form: Form, walk: Walk) -> None:
    walk.text_display(form)


def _check_thumbnail(form: Form, walk: Walk) -> None:
    _check_media(form["media"], walk, _WEB_OR_FILE)
    form["description"].text(1024, 1)
    form["spoiler"].boolean()


def _check_gallery(form: Form, walk: Walk) -> None:
    for item in form["items"].each(10, 1, required=True):
        if item.mapping(required=True):
            _check_thumbnail(item, walk)


def _check_file(form: Form, walk: Walk) -> None:
    _check_media(form["file"], walk, ("attachment",))
    form["spoiler"].boolean()


def _check_media(form: Form, walk: Walk, schemes: Collection[str]) -> None:
    if not form.mapping(required=True):
        return
    address = form["url"].url(schemes, required=True)
    scheme, _, name = address.partition("://")
    if scheme == "attachment" and name not in walk.file_names:
        form["url"].fail(
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            "The referenced attachment was not found",
        )


def _check_separator(form: Form, _walk: Walk) -> None:
    form["divider"].boolean()
    form["spacing"].choice((1, 2))


def _check_container(form: Form, walk: Walk) -> None:
    form["accent_color"].integer(0, _MOST_COLOUR)
    form["spoiler"].boolean()
    for child in form["components"].each(MOST_COMPONENTS, 1, required=True):
        _check(child, walk, _IN_CONTAINER)


_CHECKS: Final[Mapping[Kind, Callable[[Form, Walk], None]]] = {
    Kind.ACTION_ROW: _check_row,
    Kind.BUTTON: _check_button,
    Kind.SECTION: _check_section,
    Kind.TEXT_DISPLAY: _check_text_display,
    Kind.THUMBNAIL: _check_thumbnail,
    Kind.MEDIA_GALLERY: _check_gallery,
    Kind.FILE: _check_file,
    Kind.SEPARATOR: _check_separator,
    Kind.CONTAINER: _check_container,
}
