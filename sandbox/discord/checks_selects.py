"""Things to choose from: select menus and lists of options."""

from collections.abc import Mapping
from typing import Final

from sandbox.discord.checks_form import Form
from sandbox.discord.checks_walk import Kind, Walk

_MOST_VALUES: Final = 25
_DEFAULT_VALUE_TYPES: Final[Mapping[int, tuple[str, ...]]] = {
    Kind.USER_SELECT: ("user",),
    Kind.ROLE_SELECT: ("role",),
    Kind.MENTIONABLE_SELECT: ("user", "role"),
    Kind.CHANNEL_SELECT: ("channel",),
}


def check_select(form: Form, walk: Walk, kind: Kind, *, in_modal: bool = False) -> None:
    """Note the faults of a select menu."""
    walk.custom_id(form)
    form["placeholder"].text(150)
    form["disabled"].boolean()
    least, most = check_amount(form, most=_MOST_VALUES, default_most=1, must_not_be_zero=in_modal)
    if kind is Kind.STRING_SELECT:
        count = check_options(form["options"], most=_MOST_VALUES, most_defaults=most)
        if form["max_values"].is_given and count < most:
            form["max_values"].fail(
                "BASE_TYPE_MAX_VALUE", f"Must be {count} or fewer, the number of options."
            )
        return
    defaults = 0
    for value in form["default_values"].each(_MOST_VALUES):
        defaults += 1
        if value.mapping(required=True):
            value["id"].snowflake(required=True)
            value["type"].choice(_DEFAULT_VALUE_TYPES[kind], required=True)
    if defaults and not least <= defaults <= most:
        form["default_values"].fail(
            "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
        )


def check_amount(
    form: Form, *, most: int, default_most: int, must_not_be_zero: bool
) -> tuple[int, int]:
    """Note the faults of how many may be chosen, and return the bounds.

    In a modal the least is 0 only where an answer is not required.
    """
    low = form["min_values"].integer(0, most)
    high = form["max_values"].integer(1, most)
    upper = default_most if high is None else high
    lower = 1 if low is None else low
    if lower > upper:
        form["min_values"].fail(
            "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX_VALUES",
            f"min_values ({lower}) cannot be greater than max_values ({upper}).",
        )
    if must_not_be_zero and low == 0 and form["required"].value is not False:
        form["min_values"].fail(
            "COMPONENT_MIN_VALUES_REQUIRED", "min_values must be at least 1 if required is true"
        )
    return lower, upper


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
        check_emoji(option["emoji"])
        defaults += option["default"].boolean()
    if defaults > most_defaults:
        form.fail(
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS", f"At most {most_defaults} may be the default."
        )
    return count


def check_emoji(form: Form) -> None:
    """Note the faults of a button's or an option's emoji."""
    if not form.mapping():
        return
    form["id"].snowflake()
    form["name"].text(32)
    if not form["id"].is_given and not form["name"].value:
        form["name"].fail("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
