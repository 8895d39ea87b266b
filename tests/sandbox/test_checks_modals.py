"""Modals and autocompletions are refused where Discord refuses them."""

from typing import Any

import discord
import pytest

from sandbox.discord import checks
from tests.sandbox.refusals import (
    Json,
    button,
    label,
    options,
    refusals,
    row,
    select,
    text,
    text_input,
)


def asked(*components: Json, **fields: Any) -> set[str]:
    """Return what is refused of a modal, without the path to it."""
    modal = {"custom_id": "ask", "title": "Ask", "components": list(components), **fields}
    return {refused.removeprefix("data.") for refused in refusals(checks.check_modal, modal)}


def answered(component: Json) -> set[str]:
    """Return what is refused of a component in a modal's label, without the path to it."""
    return {refused.removeprefix("components.0.component.") for refused in asked(label(component))}


def test_every_input_of_a_modal_passes() -> None:
    """Text, selects, files, radio buttons and check boxes pass in a label."""
    assert (
        asked(
            text("Ask away."),
            label(text_input(value="x" * 4000), description="In your own words"),
            label(select("a", required=False, min_values=0)),
            label({"type": 19, "custom_id": "files", "min_values": 1, "max_values": 10}),
            label({"type": 21, "custom_id": "one", "options": options(10)}),
        )
        == set()
    )
    assert (
        asked(
            row(text_input("legacy", label="Question")),
            label({"type": 22, "custom_id": "many", "options": options(10), "max_values": 10}),
            label({"type": 23, "custom_id": "box", "default": True}),
            label({"type": 5, "custom_id": "who"}),
        )
        == set()
    )


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"title": "x" * 46}, "title BASE_TYPE_BAD_LENGTH"),
        ({"title": ""}, "title BASE_TYPE_REQUIRED"),
        ({"custom_id": "x" * 101}, "custom_id BASE_TYPE_BAD_LENGTH"),
        ({"components": []}, "components BASE_TYPE_BAD_LENGTH"),
        ({"components": [text()] * 6}, "components BASE_TYPE_BAD_LENGTH"),
        ({"components": [row(button())]}, "components.0.components.0.type UNION_TYPE_CHOICES"),
        ({"components": [text_input()]}, "components.0.type UNION_TYPE_CHOICES"),
        (
            {"components": [row(text_input())]},
            "components.0.components.0.label BASE_TYPE_REQUIRED",
        ),
        (
            {"components": [label(text_input(), label="x" * 46)]},
            "components.0.label BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"components": [label(text_input(), description="x" * 101)]},
            "components.0.description BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"components": [label(text_input()), label(text_input())]},
            "components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
    ],
)
def test_a_modals_frame_is_checked(fields: Json, refused: str) -> None:
    """Title, custom_id, labels and the number of components keep their limits."""
    modal = {"custom_id": "ask", "title": "Ask", "components": [text()], **fields}
    assert refusals(checks.check_modal, modal) == {f"data.{refused}"}


@pytest.mark.parametrize(
    ("component", "refused"),
    [
        (text_input(value="x" * 4001), "value BASE_TYPE_MAX_LENGTH"),
        (text_input(max_length=4001), "max_length NUMBER_TYPE_MAX"),
        (text_input(max_length=5, value="xxxxxx"), "value BASE_TYPE_MAX_LENGTH"),
        (text_input(min_length=9, max_length=5), "min_length TEXT_INPUT_COMPONENT_MIN_LENGTH"),
        (text_input(style=3), "style BASE_TYPE_CHOICES"),
        (text_input(placeholder="x" * 101), "placeholder BASE_TYPE_MAX_LENGTH"),
        (select(disabled=True), "disabled COMPONENT_DISABLED_NOT_ALLOWED"),
        (select(min_values=0), "min_values COMPONENT_MIN_VALUES_REQUIRED"),
        ({"type": 21, "custom_id": "x", "options": options(1)}, "options BASE_TYPE_BAD_LENGTH"),
        ({"type": 22, "custom_id": "x", "options": options(11)}, "options BASE_TYPE_BAD_LENGTH"),
        ({"type": 19, "custom_id": "x", "max_values": 11}, "max_values NUMBER_TYPE_MAX"),
        ({"type": 19}, "custom_id BASE_TYPE_REQUIRED"),
        (button(), "type UNION_TYPE_CHOICES"),
    ],
)
def test_a_modals_inputs_are_checked(component: Json, refused: str) -> None:
    """Every input keeps its limits, and none is disabled."""
    (only,) = answered(component)
    assert only.startswith(refused)


def test_an_autocompletion_has_25_choices() -> None:
    """Choices have a name and a value of at most 100 characters, or a number."""

    def choices(*pairs: tuple[str, object]) -> set[str]:
        given = [{"name": name, "value": value} for name, value in pairs]
        return refusals(checks.check_autocomplete, {"choices": given})

    assert choices() == set()
    assert (
        choices(
            *[(f"{n}", n) for n in range(25)],
        )
        == set()
    )
    assert choices(*[(f"{n}", n) for n in range(26)]) == {"data.choices BASE_TYPE_MAX_LENGTH"}
    assert choices(("x" * 101, 1)) == {"data.choices.0.name BASE_TYPE_BAD_LENGTH"}
    assert choices(("x", "x" * 101)) == {"data.choices.0.value BASE_TYPE_MAX_LENGTH"}
    assert choices(("x", True)) == {"data.choices.0.value STRING_TYPE_CONVERT"}
    assert choices(("", 1)) == {"data.choices.0.name BASE_TYPE_REQUIRED"}


async def test_what_discord_py_builds_passes() -> None:
    """A modal as discord.py sends it is within the rules."""
    modal = discord.ui.Modal(title="Ask about this")
    for component in (
        discord.ui.TextInput[Any](style=discord.TextStyle.paragraph, required=True),
        discord.ui.Select[Any](options=[discord.SelectOption(label="x")]),
        discord.ui.FileUpload[Any](required=False, min_values=0, max_values=10),
        discord.ui.RadioGroup[Any](
            options=[discord.RadioGroupOption(label="a"), discord.RadioGroupOption(label="b")]
        ),
        discord.ui.CheckboxGroup[Any](options=[discord.CheckboxGroupOption(label="a")]),
    ):
        modal.add_item(discord.ui.Label[Any](text="Question", component=component))
    assert refusals(checks.check_modal, modal.to_dict()) == set()
