"""What a message's menu offers: **Continue in a thread**."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.discord.client import Threadlight
from bot.discord.thread_starts import beside, on_message, require_both_may_start, waits_in
from bot.errors import NotAllowed, NotHere
from bot.messages import Attached, Place
from bot.prompts.titles import cut
from bot.reading.questions import is_ours, place_of, question_from_interaction
from bot.reading.quoting import all_words, read_files_of, require_readable, told, writer
from bot.render.sayings import said
from bot.render.screen.surfaces import language_at
from bot.render.threads import branched_words, existing_words, invitation, opened_words
from bot.threads.branching import Root
from bot.words import say, speaking

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
        raise NotHere("advice-no-threads-in-dms")
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
        thread = await beside(interaction, root.name, private=private)
        return await _branch(interaction, message, thread, root)
    known = await _thread_on(interaction, message)
    if known is not None and not await _is_left_empty(interaction, known):
        return await _existing(interaction, known)
    require_both_may_start(interaction)
    return await _begin(interaction, message, root, known)


def _require_beginning(here: object, message: discord.Message) -> None:
    """Raise `NotHere` where no thread can begin with a message that is none of the answers."""
    if isinstance(here, discord.Thread):
        raise NotHere("advice-no-threads-in-threads")
    if message.flags.ephemeral:
        raise NotHere("advice-only-you-see")
    if not isinstance(here, discord.TextChannel):
        raise NotHere("advice-threads-in-text-channels")


async def _begin(
    interaction: Interaction,
    message: discord.Message,
    root: Root | None,
    left: discord.Thread | None,
) -> str:
    """Start a thread from the message itself, or go on with one that a kill `left` empty."""
    me = interaction.client.user
    assert me is not None  # noqa: S101  # who is not logged in hears of no interactions
    files: tuple[Attached, ...] = ()
    if root is None:
        require_readable(me, message)
        # Before there is a thread: it would be called like what is forgotten.
        await interaction.client.core.threads.admit(told(me, message, place_of(message)))
        files = await read_files_of(me, message)
    with speaking(language_at(interaction, private=False)):
        named = say("thread-name-message", writer=writer(me, message, say("thread-me")))
    name = root.name if root is not None else cut(all_words(me, message), named)
    try:
        if (thread := left) is None:
            # One that was deleted while the bot was away is told of by nobody.
            await interaction.client.core.threads.end(message.id)
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
    waits = await waits_in(client, thread)
    with speaking(language_at(interaction, private=False)):
        words = invitation(
            writer(me, message, say("thread-me")),
            message.jump_url,
            waits=waits,
            read=begun.read,
            unread=begun.question.unread,
            is_whole=begun.is_whole,
        )
    return await _opened(interaction, thread, words, waits=waits)


async def _branch(
    interaction: Interaction, message: discord.Message, thread: discord.Thread, root: Root
) -> str:
    """Let a thread go on from the answer."""
    client = interaction.client
    place = Place(thread.id, thread.guild.id)
    await client.core.branching.begin(root, place, interaction.user.id)
    waits = await waits_in(client, thread)
    with speaking(language_at(interaction, private=False)):
        words = branched_words(message.jump_url, waits=waits)
    return await _opened(interaction, thread, words, waits=waits)


async def _opened(
    interaction: Interaction, thread: discord.Thread, first_words: str, *, waits: bool
) -> str:
    """Say the first words in a thread, and show it to who opened it."""
    try:
        await interaction.client.post(thread, first_words)
        await thread.add_user(interaction.user)
    except discord.Forbidden as error:
        raise NotAllowed("bot", "Send Messages in Threads") from error
    return opened_words(thread.id, waits=waits)


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
        raise NotHere("advice-unseen-thread") from error
    return found if isinstance(found, discord.Thread) else None


async def _is_left_empty(interaction: Interaction, thread: discord.Thread) -> bool:
    """Tell whether the bot was killed between opening a thread and letting something begin it."""
    client, me = interaction.client, interaction.client.user
    ours = me is not None and is_ours(me, thread)
    return ours and await client.core.threads.is_left_empty(thread.id)


async def _existing(interaction: Interaction, thread: discord.Thread) -> str:
    """Return what tells of a thread that is there already, and who is answered in it."""
    client, me = interaction.client, interaction.client.user
    place = Place(thread.id, thread.guild.id)
    ours = me is not None and is_ours(me, thread)
    ours = ours or await client.core.threads.is_conversation(place, thread.parent_id)
    return existing_words(thread.id, waits=await waits_in(client, thread) if ours else None)


async def setup(bot: Threadlight) -> None:
    """Add the menu."""
    bot.tree.add_command(continue_in_a_thread)
