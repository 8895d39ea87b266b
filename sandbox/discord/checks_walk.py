"""A walk through the components of a message or modal: their kinds, ids and texts."""

from collections.abc import Collection
from enum import IntEnum
from typing import Final

from sandbox.discord.checks_form import Form

MOST_TEXT: Final = 4000
_MOST_ID: Final = 2**31 - 1


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
