"""Combinations that chance seldom makes, played to the history and to its plain model alike."""

from collections.abc import Callable, Sequence

import pytest

from bot.records.shelf import Deed
from tests.bot.storage.history_house import House
from tests.bot.storage.shrinking import Shrinking
from tests.bot.storage.test_history_machine import Machine

Deeds = Sequence[Callable[[Machine], None]]


def says(
    where: int = 0, who: int = 0, way: str = "by message", end: str = "whole"
) -> Callable[[Machine], None]:
    """Let somebody ask something that is answered."""
    return lambda it: it.say(where=where, who=who, way=way, end=end)


PINNED_BRANCHES: Deeds = (
    says(),
    says(who=1),
    says(who=2),
    lambda it: it.change(which=1, deed=Deed.PIN),
    lambda it: it.branch(which=2),
    lambda it: it.change(which=1, deed=Deed.UNPIN),
    says(where=1),
    lambda it: it.branch(which=4),
    says(where=2),
)
STALE_ON_EITHER_SIDE_OF_A_CLEAR: Deeds = (
    says(),
    says(who=1),
    lambda it: it.clear(where=0, who=0, is_undone=False),
    says(),
    says(who=1),
    lambda it: it.edit(which=0, is_new=True),
    lambda it: it.edit(which=2, is_new=True),
    lambda it: it.undo_clear(which=1),
    lambda it: it.delete(which=0),
)
CHOSEN_BRANCHES: Deeds = (
    says(),
    says(who=1),
    lambda it: it.regenerate(which=0, end="whole"),
    lambda it: it.regenerate(which=0, end="cut"),
    lambda it: it.turn_over(which=0, by=-1),
    lambda it: it.branch(which=1),
    says(where=1),
    lambda it: it.turn_over(which=0, by=-1),
    lambda it: it.branch(which=0),
    says(where=2),
)
DROPPED_BRANCHES: Deeds = (
    says(),
    says(who=1),
    says(who=2),
    lambda it: it.change(which=1, deed=Deed.DROP),
    lambda it: it.branch(which=2),
    lambda it: it.change(which=1, deed=Deed.RESTORE),
    says(where=1),
    lambda it: it.delete(which=0),
    says(where=0),
)
COMMANDS_AND_BRANCHES: Deeds = (
    says(way="by command"),
    says(way="by command", end="failed"),
    says(who=1),
    lambda it: it.branch(which=1),
    says(where=1, way="by command"),
    lambda it: it.branch(which=4),
    says(where=2),
    lambda it: it.delete_answer(which=1),
    lambda it: it.delete_answer(which=3),
    lambda it: it.delete_answer(which=0),
    says(where=0),
)


@pytest.mark.parametrize(
    "deeds",
    [
        pytest.param(PINNED_BRANCHES, id="pins and branches"),
        pytest.param(STALE_ON_EITHER_SIDE_OF_A_CLEAR, id="edits on either side of a clear"),
        pytest.param(CHOSEN_BRANCHES, id="branches of a chosen variant"),
        pytest.param(DROPPED_BRANCHES, id="drops and branches"),
        pytest.param(COMMANDS_AND_BRANCHES, id="deleted answers to commands and branches"),
    ],
)
def test_history_is_what_a_plain_model_says_of(url: str, deeds: Deeds) -> None:
    """After each step, and after a restart, both remember alike."""
    house = House(url)
    try:
        example = Machine(house, Shrinking(0))
        example.settle()
        for deed in (*deeds, Machine.restart, says()):
            deed(example)
            example.remember_alike()
    finally:
        house.close()
