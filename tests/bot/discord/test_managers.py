"""Who manages what, by Discord's permissions."""

import discord
import pytest

from bot.discord.managers import manages_messages


@pytest.mark.parametrize(
    ("may", "does"),
    [
        (discord.Permissions(manage_messages=True), True),
        (discord.Permissions(administrator=True), True),
        (discord.Permissions.all(), True),
        (discord.Permissions(manage_threads=True, send_messages=True), False),
        (discord.Permissions.none(), False),
    ],
)
def test_administrators_manage_messages(may: discord.Permissions, *, does: bool) -> None:
    """An administrator manages messages, also where Discord names that permission alone."""
    assert manages_messages(may) is does
