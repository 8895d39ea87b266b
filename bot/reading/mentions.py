"""Reads mentions: of the bot, as a user or by its own role, and of others by their names."""

import re

import discord


def is_mentioned(me: discord.ClientUser, message: discord.Message) -> bool:
    """Tell whether a message mentions the bot, or the role that Discord made for it.

    Discord proposes both under the same name. Whether it rings for a role is no matter here.
    """
    if any(user.id == me.id for user in message.mentions):
        return True
    return any(is_own_role(me, message, role_id) for role_id in message.raw_role_mentions)


def is_own_role(me: discord.ClientUser, message: discord.Message, role_id: int) -> bool:
    """Tell whether a role of a message's server is the one that Discord made for the bot."""
    role = message.guild.get_role(role_id) if message.guild is not None else None
    return role is not None and role.tags is not None and role.tags.bot_id == me.id


def with_names(me: discord.ClientUser, message: discord.Message, text: str) -> str:
    """Return words with people's names for mentions of them; those of the bot are left out."""

    def unless_own(mention: re.Match[str]) -> str:
        return "" if is_own_role(me, message, int(mention[1])) else mention[0]

    text = re.sub(rf"<@!?{me.id}>", "", text)
    text = re.sub(r"<@&(\d{1,20})>", unless_own, text)
    for user in message.mentions:
        text = text.replace(f"<@!{user.id}>", f"<@{user.id}>")
        text = text.replace(f"<@{user.id}>", f"@{user.display_name}")
    return text.strip()
