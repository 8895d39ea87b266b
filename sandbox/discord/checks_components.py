"""The components of a message: which may stand where, how many, and how long their texts."""

from collections.abc import Callable, Collection, Mapping
from enum import IntEnum
from typing import Final

from sandbox.discord.checks_form import Form

MOST_COMPONENTS: Final = 40
MOST_TEXT: Final = 4000
MOST_ROWS: Final = 5
MOST_IN_ROW: Final = 5


class Kind(IntEnum):
    """Discord's component types."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS: Final = (
    Kind.STRING_SELECT,
    Kind.USER_SELECT,
    Kind.ROLE_SELECT,
    Kind.MENTIONABLE_SELECT,
    Kind.CHANNEL_SELECT,
)
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
_MOST_ID: Final = 2**31 - 1
_DEFAULT_VALUE_TYPES: Final[Mapping[int, tuple[str, ...]]] = {
    Kind.USER_SELECT: ("user",),
    Kind.ROLE_SELECT: ("role",),
    Kind.MENTIONABLE_SELECT: ("user", "role"),
    Kind.CHANNEL_SELECT: ("channel",),
}


class Walk:
    """A walk through components: what it has seen so far counts for those that follow."""

    def __init__(self, file_names: Collection[str] = ()) -> None:
        self.file_names = frozenset(file_names)
        self.count = 0
        self.text_length = 0
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()

    def kind(self, form: Form, allowed: Collection[Kind]) -> Kind | None:
        """Count a component and return its type, None where that may not stand here."""
        if not form.mapping(required=True):
            return None
        self.count += 1
        number = form["type"].value
        if not form["type"].require():
            return None
        if isinstance(number, bool) or number not in list(allowed):
            listed = ", ".join(str(kind.value) for kind in sorted(allowed))
            form["type"].fail(
                "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({listed}).'
            )
            return None
        identity = form["id"].integer(0, _MOST_ID)
        if identity and identity in self._ids:
            form["id"].fail("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
        elif identity:
            self._ids.add(identity)
        return Kind(form["type"].value)

    def custom_id(self, form: Form) -> None:
        """Check a required custom_id: 1 to 100 characters, no other component has it."""
        given = form["custom_id"].text(100, 1, required=True)
        if given and given in self._custom_ids:
            form["custom_id"].fail(
                "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        self._custom_ids.add(given)

    def text_display(self, form: Form) -> None:
        """Check a text display and add its length to the whole."""
        self.text_length += len(form["content"].text(MOST_TEXT, 1, required=True))


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
            f"The message cannot have more than {MOST_COMPONENTS} components in total.",
        )
    if walk.text_length > MOST_TEXT:
        form.fail(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The displayable text of all components exceeds the maximum size of {MOST_TEXT}.",
        )


def check_select(form: Form, walk: Walk, kind: Kind) -> None:
    """Note the faults of a select menu."""
    walk.custom_id(form)
    form["placeholder"].text(150)
    form["disabled"].boolean()
    least = form["min_values"].integer(0, 25)
    most = form["max_values"].integer(1, 25)
    if kind is Kind.STRING_SELECT:
        count = check_options(form["options"], most=25, most_defaults=25 if most is None else most)
        if most is not None and most > count:
            form["max_values"].fail(
                "BASE_TYPE_MAX_VALUE", f"Must be {count} or fewer, the number of options."
            )
    else:
        for value in form["default_values"].each(25):
            if value.mapping(required=True):
                value["id"].snowflake(required=True)
                value["type"].choice(_DEFAULT_VALUE_TYPES[kind], required=True)
    check_range(form, least=1 if least is None else least, most=1 if most is None else most)


def check_range(form: Form, *, least: int, most: int) -> None:
    """Note a minimum of values that is above the maximum."""
    if least > most:
        form["min_values"].fail(
            "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX_VALUES",
            f"min_values ({least}) cannot be greater than max_values ({most}).",
        )


def check_options(form: Form, *, most: int, least: int = 1, most_defaults: int) -> int:
    """Note the faults of options to choose from; return how many there are."""
    values: set[str] = set()
    count = defaults = 0
    for option in form.each(most, least, required=True):
        count += 1
        if not option.mapping(required=True):
            continue
        option["label"].text(100, 1, required=True)
        value = option["value"].text(100, 1, required=True)
        if value and value in values:
            option["value"].fail(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(value)
        option["description"].text(100)
        _check_emoji(option["emoji"])
        defaults += option["default"].boolean()
    if defaults > most_defaults:
        form.fail(
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS", f"At most {most_defaults} may be the default."
        )
    return count


def _check(form: Form, walk: Walk, allowed: Collection[Kind]) -> None:
    kind = walk.kind(form, allowed)
    if kind is not None:
        _CHECKS[kind](form, walk)


def _check_row(form: Form, walk: Walk) -> None:
    width = 0
    for child in form["components"].each(MOST_IN_ROW, 1, required=True):
        kind = walk.kind(child, _IN_ROW)
        if kind is Kind.BUTTON:
            width += 1
            _check_button(child, walk)
        elif kind is not None:
            width += MOST_IN_ROW
            check_select(child, walk, kind)
        if kind is not None and width > MOST_IN_ROW:
            child.fail(
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            )


def _check_button(form: Form, walk: Walk) -> None:
    style = form["style"].choice(range(1, _PREMIUM + 1), required=True)
    form["label"].text(80)
    form["disabled"].boolean()
    _check_emoji(form["emoji"])
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


def _check_emoji(form: Form) -> None:
    if not form.mapping():
        return
    form["id"].snowflake()
    form["name"].text(32)
    if not form["id"].is_given and not form["name"].value:
        form["name"].fail("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")


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
