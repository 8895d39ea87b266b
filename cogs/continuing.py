"""What a message's menu offers: **Continue in a thread**."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.branching import Root
from bot.client import Threadlight
from bot.errors import NotAllowed, NotHere
from bot.messages import Attached, Place
from bot.reading.questions import is_ours, question_from_interaction
from bot.reading.quoting import all_words, read_files_of, require_readable, told, writer
from bot.render.sayings import said
from bot.render.threads import branched_words, existing_words, invitation, opened_words
from bot.thread_starts import beside, hint_for, on_message, require_may_start
from bot.titles import cut

Interaction = discord.Interaction[Threadlight]


@app_commands.context_menu(name="Continue in a thread")
@app_commands.allowed_contexts(guilds=True, dms=True)
async def continue_in_a_thread(interaction: Interaction, message: discord.Message) -> None:
    """Open a thread that begins with a message: a branch, where that is one of the answers."""
    core = interaction.client.core
    await interaction.client.acknowledge(interaction, ephemeral=True)
    by = question_from_interaction(interaction, "")
    await core.conversations.admit(by)
    if interaction.guild_id is None:
        raise NotHere("direct messages have no threads. Reply to that message, or just go on here")
    with core.branching.pressed(message.id):
        root = await core.branching.root_of(by.place.channel_id, message.id, by)
        words = await _continue(interaction, message, root)
    await interaction.edit_original_response(view=said(words))


async def _continue(interaction: Interaction, message: discord.Message, root: Root | None) -> str:
    """Begin the thread and return what tells of it; raise `Refused`."""
    here = interaction.channel
    inside = here if isinstance(here, discord.Thread) else None
    if root is None:
        _require_beginning(here, message)
    if root is not None and (root.is_private or inside is not None):
        private = root.is_private or (inside is not None and inside.is_private())
        require_may_start(interaction, private=private)
        thread = await beside(interaction, root.name, private=private)
        return await _branch(interaction, message, thread, root)
    known = await _thread_on(interaction, message)
    if known is not None:
        return await _existing(interaction, known)
    require_may_start(interaction, private=False)
    return await _begin(interaction, message, root)


def _require_beginning(here: object, message: discord.Message) -> None:
    """Raise `NotHere` where no thread can begin with a message that is none of the answers."""
    if isinstance(here, discord.Thread):
        raise NotHere(
            "there are no threads inside of threads. Reply to that message and mention me, or use "
            "**Ask about this**"
        )
    if message.flags.ephemeral:
        raise NotHere("only you see that message, so no thread can begin there; ask about it")
    if not isinstance(here, discord.TextChannel):
        raise NotHere("threads begin in text channels; mention me, or use **Ask about this**")


async def _begin(interaction: Interaction, message: discord.Message, root: Root | None) -> str:
    """Start a thread from the message itself."""
    me = interaction.client.user
    assert me is not None  # noqa: S101  # who is not logged in hears of no interactions
    files: tuple[Attached, ...] = ()
    if root is None:
        require_readable(me, message)
        files = await read_files_of(me, message)
    named = f"What {writer(me, message, 'I')} wrote"
    name = root.name if root is not None else cut(all_words(me, message), named)
    try:
        thread = await on_message(message, name)
    except discord.HTTPException:  # somebody was quicker
        known = await _thread_on(interaction, message)
        if known is None:
            raise
        return await _existing(interaction, known)
    if root is not None:
        return await _branch(interaction, message, thread, root)
    return await _invite(interaction, message, thread, files)


async def _invite(
    interaction: Interaction,
    message: discord.Message,
    thread: discord.Thread,
    files: tuple[Attached, ...],
) -> str:
    """Let the message be the first thing in a thread, and ask for the first question there."""
    client, me = interaction.client, interaction.client.user
    assert me is not None  # noqa: S101  # as above
    place = Place(thread.id, thread.guild.id)
    first = replace(told(me, message, place), files=files)
    begun = await client.core.threads.begin_with(first, interaction.user.id, thread.name)
    how = await hint_for(client, thread)
    words = invitation(
        writer(me, message, "I"),
        message.jump_url,
        how,
        read=begun.read,
        unread=begun.question.unread,
        is_whole=begun.is_whole,
    )
    return await _opened(interaction, thread, words, how)


async def _branch(
    interaction: Interaction, message: discord.Message, thread: discord.Thread, root: Root
) -> str:
    """Let a thread go on from the answer."""
    client = interaction.client
    place = Place(thread.id, thread.guild.id)
    await client.core.branching.begin(root, place, interaction.user.id)
    how = await hint_for(client, thread)
    return await _opened(interaction, thread, branched_words(message.jump_url, how), how)


async def _opened(
    interaction: Interaction, thread: discord.Thread, first_words: str, how: str
) -> str:
    """Say the first words in a thread, and show it to who opened it."""
    try:
        await interaction.client.post(thread, first_words)
        await thread.add_user(interaction.user)
    except discord.Forbidden as error:
        raise NotAllowed("bot", "Send Messages in Threads") from error
    return opened_words(thread.id, how)


async def _thread_on(interaction: Interaction, message: discord.Message) -> discord.Thread | None:
    """Return the thread that was started from a message before, awake or not."""
    guild = interaction.guild
    known = guild.get_thread(message.id) if guild is not None else None
    if known is not None or not message.flags.has_thread:
        return known
    try:
        found = await interaction.client.fetch_channel(message.id)
    except discord.NotFound:
        return None  # it was deleted since
    except discord.HTTPException as error:
        raise NotHere("that message has a thread already, which I can't see") from error
    return found if isinstance(found, discord.Thread) else None


async def _existing(interaction: Interaction, thread: discord.Thread) -> str:
    """Return what tells of a thread that is there already, and who is answered in it."""
    client, me = interaction.client, interaction.client.user
    place = Place(thread.id, thread.guild.id)
    ours = me is not None and is_ours(me, thread)
    ours = ours or await client.core.threads.is_conversation(place, thread.parent_id)
    return existing_words(thread.id, await hint_for(client, thread) if ours else "")


async def setup(bot: Threadlight) -> None:
    """Add the menu."""
    bot.tree.add_command(continue_in_a_thread)
