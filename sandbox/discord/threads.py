"""Threads begin, fill, sleep and wake."""

from dataclasses import dataclass

from sandbox.discord import problems
from sandbox.discord.membership import add_member, emit_joined, state_of
from sandbox.discord.model import (
    Channel,
    ChannelType,
    Message,
    MessageFlag,
    MessageType,
    ThreadState,
)
from sandbox.discord.permissions import Permission
from sandbox.discord.posting import system_message
from sandbox.discord.world import World

THREADED = {
    ChannelType.TEXT: (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD),
    ChannelType.ANNOUNCEMENT: (ChannelType.ANNOUNCEMENT_THREAD,),
}
"""The kinds of channel in which threads can begin, each with the kinds of these."""
MAX_ACTIVE_THREADS = 1000


@dataclass(frozen=True, slots=True)
class ThreadWish:
    """What a thread should be like."""

    name: str
    type: ChannelType = ChannelType.PRIVATE_THREAD
    auto_archive_minutes: int = 4320
    invitable: bool = True


def start_from_message(
    world: World, parent: Channel, message: Message, owner_id: int, wish: ThreadWish
) -> Channel:
    """Begin a public thread on a message, whose id it takes; one a message (160004)."""
    if message.id in world.channels:
        raise problems.thread_exists()
    world.require(owner_id, parent, Permission.CREATE_PUBLIC_THREADS)
    is_news = parent.type is ChannelType.ANNOUNCEMENT
    kind = ChannelType.ANNOUNCEMENT_THREAD if is_news else ChannelType.PUBLIC_THREAD
    thread = _start(world, parent, message.id, kind, owner_id, wish)
    message.thread_id = thread.id
    message.flags |= MessageFlag.HAS_THREAD
    _announce(world, thread, owner_id)
    system_message(
        world, thread, message.author_id, MessageType.THREAD_STARTER, "", reply_to=message.id
    )
    world.emit("MESSAGE_UPDATE", parent, message)
    return thread


def start(world: World, parent: Channel, owner_id: int, wish: ThreadWish) -> Channel:
    """Begin a thread without a message; a public one is announced in its channel."""
    private = wish.type is ChannelType.PRIVATE_THREAD
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    world.require(owner_id, parent, needed)
    thread = _start(world, parent, world.ids.next(), wish.type, owner_id, wish)
    _announce(world, thread, owner_id)
    if not private:
        notice = system_message(world, parent, owner_id, MessageType.THREAD_CREATED, wish.name)
        notice.thread_id = thread.id
    return thread


def _start(
    world: World,
    parent: Channel,
    thread_id: int,
    type_: ChannelType,
    owner_id: int,
    wish: ThreadWish,
) -> Channel:
    guild = world.guild_of(parent)
    if guild is None or type_ not in THREADED.get(parent.type, ()):
        raise problems.wrong_channel_type()
    if sum(not thread.archived for _, thread in world.threads_of(guild)) >= MAX_ACTIVE_THREADS:
        raise problems.max_active_threads()
    now = world.clock()
    thread = Channel(
        thread_id,
        type_,
        wish.name,
        guild.id,
        parent.id,
        thread=ThreadState(
            owner_id,
            now,
            now,
            wish.auto_archive_minutes,
            invitable=wish.invitable,
            member_ids={owner_id: now},
        ),
    )
    world.channels[thread.id] = thread
    return thread


def _announce(world: World, thread: Channel, owner_id: int) -> None:
    world.emit("THREAD_CREATE", thread, thread, extra={"newly_created": True})
    emit_joined(world, thread, [owner_id])


def set_archived(world: World, thread: Channel, archived: bool) -> None:
    """Put a thread to sleep or wake it, without telling."""
    state = state_of(thread)
    if state.archived != archived:
        state.archived = archived
        state.archived_at = world.clock()


def rename(world: World, thread: Channel, name: str, by_id: int) -> None:
    """Give a thread another name, which Discord says in it; without telling of the thread."""
    if thread.name != name:
        thread.name = name
        system_message(world, thread, by_id, MessageType.NAME_CHANGED, name)


def open_for_writing(world: World, channel: Channel, author_id: int) -> None:
    """Raise where somebody cannot write; wake an archived thread, and let the writer join it.

    A locked thread is open to those with MANAGE_THREADS alone.
    """
    if channel.thread is None:
        world.require(author_id, channel, Permission.SEND_MESSAGES)
        return
    permissions = world.require(author_id, channel, Permission.SEND_MESSAGES_IN_THREADS)
    if channel.thread.locked and Permission.MANAGE_THREADS not in permissions:
        raise problems.archived() if channel.thread.archived else problems.thread_locked()
    if channel.thread.archived:
        set_archived(world, channel, False)
        world.emit("THREAD_UPDATE", channel, channel)
    add_member(world, channel, author_id)
