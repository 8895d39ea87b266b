"""Turns what people write in Discord into questions."""

import discord

from bot.messages import Names, Person, Place, Question
from bot.reading.mentions import is_mentioned
from bot.reading.quoting import about, all_words, meant_words

TURN_TYPES = (discord.MessageType.default, discord.MessageType.reply)
"""Messages that people write, unlike "joined the server" or "pinned a message"."""

User = discord.User | discord.Member


def person(user: User) -> Person:
    """Return who a Discord user is."""
    return Person(user.id, user.display_name, user.name)


def is_said(message: discord.Message) -> bool:
    """Tell whether a person wrote a message, and not an application or Discord itself."""
    by_person = not message.author.bot and message.webhook_id is None
    return by_person and message.type in TURN_TYPES


def is_ours(me: discord.ClientUser, channel: object) -> bool:
    """Tell whether a channel is a thread that the bot opened."""
    return isinstance(channel, discord.Thread) and channel.owner_id == me.id


def is_addressed(me: discord.ClientUser, message: discord.Message) -> bool:
    """Tell whether a message is written to the bot itself, wherever it stands."""
    if message.guild is None or is_mentioned(me, message):
        return True
    replied = replied_to(message)
    return replied is not None and replied.author.id == me.id


def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that this one replies to, where Discord sent it along."""
    reference = message.reference
    resolved = reference.resolved if reference is not None else None
    return resolved if isinstance(resolved, discord.Message) else None


def replied_id(message: discord.Message) -> int | None:
    """Return the id of the message that this one replies to, or forwards."""
    return message.reference.message_id if message.reference is not None else None


def words(me: discord.ClientUser, message: discord.Message) -> str:
    """Return a message's words, with those of somebody else that it replies to."""
    text, replied = meant_words(me, message), quoted_by(me, message)
    return text if replied is None else about(me, replied, text)


def quoted_by(me: discord.ClientUser, message: discord.Message) -> discord.Message | None:
    """Return somebody's message whose words stand before those of one that replies to it.

    A mention of the bot alone asks about it, too.
    """
    replied = replied_to(message)
    if replied is None or replied.author.id == me.id:
        return None  # what the bot said itself is in the past already
    asks = meant_words(me, message) or is_mentioned(me, message)
    return replied if asks and all_words(me, replied) else None


def question_from_message(me: discord.ClientUser, message: discord.Message) -> Question:
    """Return a message as a question, its attachments still to be read."""
    quoted = quoted_by(me, message)
    return Question(
        author=person(message.author),
        place=place_of(message),
        text=words(me, message),
        asked_at=message.created_at,
        message_id=message.id,
        role_ids=role_ids(message.author),
        parent_channel_id=parent_id(message.channel),
        names=names_of(message.guild, message.channel),
        quoted_id=quoted.author.id if quoted is not None else None,
        quoted_message_id=quoted.id if quoted is not None else None,
        quoted_at=quoted.created_at if quoted is not None else None,
    )


def question_from_interaction(
    interaction: discord.Interaction[discord.Client],
    text: str,
    *,
    private: bool = False,
    by: User | None = None,
) -> Question:
    """Return what somebody asked by a command as a question; `by` another than who used it."""
    author = by or interaction.user
    return Question(
        author=person(author),
        place=Place(interaction.channel_id or 0, interaction.guild_id),
        text=text.strip(),
        asked_at=interaction.created_at,
        private=private,
        role_ids=role_ids(author),
        parent_channel_id=parent_id(interaction.channel),
        names=names_of(interaction.guild, interaction.channel),
    )


def parent_id(channel: object) -> int | None:
    """Return the channel that a thread belongs to; other channels have none."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def names_of(guild: discord.Guild | None, channel: object) -> Names:
    """Return what a server and a channel are called, as far as Discord has told.

    A thread lends its channel's name: its own may change as it goes on.
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent or channel
    return Names(getattr(guild, "name", None) or "", getattr(channel, "name", None) or "")


def place_of(message: discord.Message) -> Place:
    """Return where a message stands."""
    return Place(message.channel.id, message.guild.id if message.guild else None)


def role_ids(user: User) -> tuple[int, ...]:
    """Return a member's roles, @everyone left out; a user outside a server has none.

    As Discord sent them: `Member.roles` leaves out those that it has not told of yet, by which
    somebody may be denied.
    """
    return tuple(user._roles) if isinstance(user, discord.Member) else ()  # noqa: SLF001
