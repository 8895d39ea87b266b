"""Who may do what: one rule."""

from typing import get_args

import discord
import pytest

from bot.discord.permitted import Right, allows

RIGHTS: tuple[Right, ...] = get_args(Right)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_permission_allows_itself_alone(right: Right) -> None:
    """Who has one permission may do that, and nothing else."""
    permissions = discord.Permissions(**{right: True})
    assert [it for it in RIGHTS if allows(permissions, it)] == [right]


def test_administrators_may_do_everything() -> None:
    """An administrator needs no other permission."""
    assert all(allows(discord.Permissions(administrator=True), it) for it in RIGHTS)
    assert not any(allows(discord.Permissions.none(), it) for it in RIGHTS)
