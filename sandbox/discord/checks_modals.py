"""What a modal and an autocompletion may hold."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.discord.checks_form import Form
from sandbox.discord.checks_selects import check_amount, check_options, check_select
from sandbox.discord.checks_walk import SELECTS, Kind, Walk

MOST_CHOICES: Final = 25
_MOST_TOP: Final = 5
_MOST_INPUT: Final = 4000
_MOST_FILES: Final = 10
_MOST_BOXES: Final = 10
_IN_LABEL: Final = (
    Kind.TEXT_INPUT,
    *SELECTS,
    Kind.FILE_UPLOAD,
    Kind.RADIO_GROUP,
    Kind.CHECKBOX_GROUP,
    Kind.CHECKBOX,
)


def check_modal(data: Mapping[str, Any] | None) -> None:
    """Refuse a modal that Discord would refuse."""
    form = Form({"data": data})["data"]
    if form.mapping(required=True):
        walk = Walk()
        form["custom_id"].text(100, 1, required=True)
        form["title"].text(45, 1, required=True)
        for component in form["components"].each(_MOST_TOP, 1, required=True):
            _check_top(component, walk)
    form.raise_faults()


def check_autocomplete(data: Mapping[str, Any] | None) -> None:
    """Refuse an autocompletion that Discord would refuse."""
    form = Form({"data": data})["data"]
    if form.mapping(required=True):
        for choice in form["choices"].each(MOST_CHOICES, required=True):
            if choice.mapping(required=True):
                choice["name"].text(100, 1, required=True)
                check_choice_value(choice["value"])
    form.raise_faults()


def check_choice_value(form: Form) -> None:
    """Note the faults of a choice's value: a text of at most 100 characters, or a number."""
    if form.require() and (isinstance(form.value, bool) or not isinstance(form.value, int | float)):
        form.text(100)


def _check_top(form: Form, walk: Walk) -> None:
    kind = walk.kind(form, (Kind.ACTION_ROW, Kind.TEXT_DISPLAY, Kind.LABEL))
    if kind is Kind.TEXT_DISPLAY:
        walk.text_display(form)
    elif kind is Kind.ACTION_ROW:
        # The older form of a modal: a row holds one text input, which carries its own label.
        for child in form["components"].each(1, 1, required=True):
            if walk.kind(child, (Kind.TEXT_INPUT,)):
                child["label"].text(45, 1, required=True)
                _check_text_input(child, walk)
    elif kind is Kind.LABEL:
        form["label"].text(45, 1, required=True)
        form["description"].text(100, 1)
        if form["component"].require():
            _check_in_label(form["component"], walk)


def _check_in_label(form: Form, walk: Walk) -> None:
    kind = walk.kind(form, _IN_LABEL)
    if kind is None:
        return
    form["required"].boolean()
    if kind is Kind.TEXT_INPUT:
        _check_text_input(form, walk)
    elif kind in SELECTS:
        check_select(form, walk, kind, in_modal=True)
        if form["disabled"].boolean():
            form["disabled"].fail(
                "COMPONENT_DISABLED_NOT_ALLOWED", "A select in a modal cannot be disabled"
            )
    else:
        _check_box(form, walk, kind)


def _check_box(form: Form, walk: Walk, kind: Kind) -> None:
    walk.custom_id(form)
    if kind is Kind.CHECKBOX:
        form["default"].boolean()
    elif kind is Kind.RADIO_GROUP:
        check_options(form["options"], most=_MOST_BOXES, least=2, most_defaults=1)
    elif kind is Kind.CHECKBOX_GROUP:
        count = check_options(form["options"], most=_MOST_BOXES, most_defaults=_MOST_BOXES)
        check_amount(form, most=_MOST_BOXES, default_most=count, must_not_be_zero=True)
    else:
        check_amount(form, most=_MOST_FILES, default_most=1, must_not_be_zero=True)


def _check_text_input(form: Form, walk: Walk) -> None:
    walk.custom_id(form)
    form["style"].choice((1, 2), required=True)
    form["placeholder"].text(100)
    form["required"].boolean()
    least = form["min_length"].integer(0, _MOST_INPUT)
    most = form["max_length"].integer(1, _MOST_INPUT)
    most = _MOST_INPUT if most is None else most
    if least is not None and least > most:
        form["min_length"].fail(
            "TEXT_INPUT_COMPONENT_MIN_LENGTH_GREATER_THAN_MAX_LENGTH",
            f"min_length ({least}) cannot be greater than max_length ({most}).",
        )
    form["value"].text(max(most, 1))
