"""A request's body under examination: every fault is noted where it is, then all are told."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sandbox.discord import problems

_SNOWFLAKE = re.compile(r"^(0|[1-9][0-9]{0,19})$")


class Form:
    """One value of a body with its path; its children are made by indexing.

    JSON's null counts as absent, as it does for Discord's optional fields.
    """

    def __init__(
        self,
        value: Any,
        path: tuple[str, ...] = (),
        errors: dict[str, Any] | None = None,
    ) -> None:
        self.value: Any = value
        self._path = path
        self._errors: dict[str, Any] = {} if errors is None else errors

    def __getitem__(self, key: str | int) -> "Form":
        child: Any = None
        if isinstance(key, str) and isinstance(self.value, Mapping):
            child = self.value.get(key)
        elif isinstance(key, int) and isinstance(self.value, list) and key < len(self.value):
            child = self.value[key]
        return Form(child, (*self._path, str(key)), self._errors)

    @property
    def is_given(self) -> bool:
        """Tell whether there is a value here."""
        return self.value is not None

    def fail(self, code: str, message: str) -> None:
        """Note a fault of this value."""
        place = self._errors
        for key in self._path:
            place = place.setdefault(key, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_faults(self) -> None:
        """Raise the refusal that tells the faults noted so far, if there are any.

        Where a value and its parts have faults, Discord tells those of the parts.
        """
        if self._errors:
            raise problems.form_body(_of_the_parts(self._errors))

    def require(self) -> bool:
        """Tell whether there is a value, and note its absence as a fault."""
        if not self.is_given:
            self.fail("BASE_TYPE_REQUIRED", "This field is required")
        return self.is_given

    def text(self, most: int, least: int = 0, *, required: bool = False) -> str:
        """Check a string's length in characters and return it, "" where it is absent or wrong."""
        if not self._is_wanted(required):
            return ""
        if not isinstance(self.value, str):
            self.fail("STRING_TYPE_CONVERT", f'Could not interpret "{self.value}" as string.')
            return ""
        length = len(self.value)
        if required and least and not length:
            self.fail("BASE_TYPE_REQUIRED", "This field is required")
        elif least and not least <= length <= most:
            self.fail("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif length > most:
            self.fail("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return self.value

    def integer(self, least: int, most: int, *, required: bool = False) -> int | None:
        """Check a whole number and return it, None where it is absent or wrong."""
        if not self._is_wanted(required):
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail("NUMBER_TYPE_COERCE", f'Value "{self.value}" is not int.')
            return None
        if self.value < least:
            self.fail("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif self.value > most:
            self.fail("NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return self.value

    def boolean(self) -> bool:
        """Check a truth value and return it, False where it is absent or wrong."""
        if self.is_given and not isinstance(self.value, bool):
            self.fail("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return self.value is True

    def choice(self, values: Collection[object], *, required: bool = False) -> object:
        """Check that the value is one of these and return it, None where it is not."""
        if not self._is_wanted(required):
            return None
        if isinstance(self.value, bool | list | dict) or self.value not in values:
            listed = ", ".join(repr(value) for value in values)
            self.fail("BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
            return None
        return self.value

    def snowflake(self, *, required: bool = False) -> int | None:
        """Check an id, as a string or a number, and return it."""
        if not self._is_wanted(required):
            return None
        if not isinstance(self.value, bool) and _SNOWFLAKE.match(str(self.value)):
            return int(str(self.value))
        self.fail("NUMBER_TYPE_COERCE", f'Value "{self.value}" is not snowflake.')
        return None

    def each(
        self, most: int | None = None, least: int = 0, *, required: bool = False
    ) -> Iterator["Form"]:
        """Check a list's length and return its items."""
        if not self._is_wanted(required):
            return iter(())
        if not isinstance(self.value, list):
            self.fail("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return iter(())
        length = len(self.value)
        if most is not None and least and not least <= length <= most:
            self.fail("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif most is not None and length > most:
            self.fail("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif length < least:
            self.fail("BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")
        return (self[index] for index in range(length))

    def mapping(self, *, required: bool = False) -> bool:
        """Check that this is an object, and tell whether it is."""
        if not self._is_wanted(required):
            return False
        if not isinstance(self.value, Mapping):
            self.fail("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            return False
        return True

    def url(self, schemes: Collection[str], most: int = 2048, *, required: bool = False) -> str:
        """Check an address and return it, "" where it is absent or wrong."""
        address = self.text(most, required=required)
        if not address:
            if required and self.is_given:
                self.fail("BASE_TYPE_REQUIRED", "This field is required")
            return ""
        try:
            scheme, host, path, _, _ = urlsplit(address)
        except ValueError:
            scheme = host = path = ""
        if not scheme or not (host or path):
            self.fail("URL_TYPE_INVALID_URL", "Not a well formed URL.")
            return ""
        if scheme not in schemes:
            listed = ", ".join(repr(known) for known in sorted(schemes))
            self.fail(
                "URL_TYPE_INVALID_SCHEME",
                f'Scheme "{scheme}" is not supported. Scheme must be one of ({listed}).',
            )
            return ""
        return address

    def _is_wanted(self, required: bool) -> bool:
        return self.require() if required else self.is_given


def _of_the_parts(errors: Mapping[str, Any]) -> dict[str, Any]:
    parts = {key: _of_the_parts(inner) for key, inner in errors.items() if key != "_errors"}
    return parts or dict(errors)
