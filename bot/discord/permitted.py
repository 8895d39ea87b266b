"""What a person, or the bot, may do in a place: one rule for all who ask."""

from typing import Literal

import discord

Right = Literal[
    "create_private_threads",
    "create_public_threads",
    "manage_channels",
    "manage_guild",
    "manage_messages",
    "manage_threads",
    "read_message_history",
    "send_messages_in_threads",
    "view_channel",
]
"""A permission by discord.py's name."""


def allows(permissions: discord.Permissions, right: Right) -> bool:
    """Tell whether permissions hold this one; administrators may do everything."""
    return permissions.administrator or bool(getattr(permissions, right))
