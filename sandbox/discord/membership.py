"""Who is in a thread."""

from collections.abc import Iterable

from sandbox.discord import problems
from sandbox.discord.model import Channel, ThreadState
from sandbox.discord.permissions import Permission
from sandbox.discord.world import World


def emit_joined(world: World, thread: Channel, user_ids: list[int]) -> None:
    """Tell who came into a thread."""
    world.emit("THREAD_MEMBERS_UPDATE", thread, thread, extra={"added": user_ids})


def add_member(world: World, thread: Channel, user_id: int) -> None:
    """Put somebody into a thread, who may have been there already."""
    state = state_of(thread)
    if user_id in state.member_ids:
        return
    state.member_ids[user_id] = world.clock()
    if user_id == world.bot.id:
        world.emit("THREAD_CREATE", thread, thread)
    emit_joined(world, thread, [user_id])


def remove_member(world: World, thread: Channel, user_id: int) -> None:
    """Take somebody out of a thread."""
    if state_of(thread).member_ids.pop(user_id, None) is not None:
        world.emit("THREAD_MEMBERS_UPDATE", thread, thread, extra={"removed": [user_id]})


def state_of(channel: Channel) -> ThreadState:
    """Return what only threads have, or raise 50024."""
    if channel.thread is None:
        raise problems.wrong_channel_type()
    return channel.thread


def add_mentioned(world: World, thread: Channel, user_ids: Iterable[int]) -> None:
    """Put those whom a message mentions into its thread, where they may see its channel."""
    parent = world.parent_of(thread)
    for user_id in sorted(user_ids):
        if Permission.VIEW_CHANNEL in world.permissions(user_id, parent):
            add_member(world, thread, user_id)
