"""Permissions are decided as Discord decides them."""

from collections.abc import Sequence

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.discord.permissions import (
    ALL,
    NONE,
    Overwrite,
    Permission,
    channel_permissions,
    dm_permissions,
    guild_permissions,
    may_create_thread,
    may_send_in_thread,
    may_view_thread,
)

EVERYONE = 1
ME = 42
VIEW = Permission.VIEW_CHANNEL
SEND = Permission.SEND_MESSAGES
BITS = st.integers(0, ALL.value)


def decide(
    *overwrites: Overwrite,
    owner: bool = False,
    everyone: int = VIEW | SEND,
    roles: Sequence[tuple[int, int]] = (),
    timed_out: bool = False,
    thread: bool = False,
) -> Permission:
    """Return what a member with these roles may do under these overwrites."""
    return channel_permissions(
        owner=owner,
        everyone_id=EVERYONE,
        everyone_permissions=everyone,
        role_ids=[role_id for role_id, _ in roles],
        role_permissions=[permissions for _, permissions in roles],
        overwrites=overwrites,
        member_id=ME,
        timed_out=timed_out,
        thread=thread,
    )


def test_bits_are_those_of_discord_py() -> None:
    """Every bit has the value that discord.py knows, and none is missing."""
    known = set(discord.Permissions.VALID_FLAGS.values())
    assert {bit.value for bit in Permission} == known
    assert discord.Permissions.all().value == ALL.value


def test_owner_and_administrator_may_everything() -> None:
    """No overwrite binds the owner or an administrator."""
    denial = Overwrite(EVERYONE, 0, deny=ALL)
    assert decide(denial, owner=True, everyone=0) == ALL
    assert decide(denial, everyone=0, roles=[(7, Permission.ADMINISTRATOR)]) == ALL


def test_administrator_by_an_overwrite_does_not_count() -> None:
    """An overwrite that allows ADMINISTRATOR gives nothing else."""
    perms = decide(Overwrite(EVERYONE, 0, allow=Permission.ADMINISTRATOR))
    assert not perms & Permission.MANAGE_CHANNELS


def test_overwrites_apply_in_discords_order() -> None:
    """@everyone yields to roles, roles to the member, and among roles an allowance wins."""
    everyone = Overwrite(EVERYONE, 0, deny=SEND)
    allowing = Overwrite(7, 0, allow=SEND)
    denying = Overwrite(8, 0, deny=SEND)
    member = Overwrite(ME, 1, deny=SEND)
    roles = [(7, 0), (8, 0)]
    assert not decide(everyone) & SEND
    assert decide(everyone, allowing, roles=roles[:1]) & SEND
    assert decide(denying, allowing, roles=roles) & SEND
    assert not decide(allowing, member, roles=roles) & SEND
    assert decide(denying, roles=[(7, 0)]) & SEND, "a role that the member lacks says nothing"


def test_an_id_is_a_role_or_a_member_by_its_type() -> None:
    """A member's overwrite is not taken for that of a role with the same id."""
    assert decide(Overwrite(EVERYONE, 1, deny=SEND)) & SEND
    assert decide(Overwrite(ME, 0, deny=SEND)) & SEND


def test_without_view_channel_nothing_of_the_channel_is_left() -> None:
    """Whoever cannot see a channel can do nothing in it; guild-wide permissions stay."""
    everyone = SEND | VIEW | Permission.BAN_MEMBERS
    perms = decide(Overwrite(EVERYONE, 0, deny=VIEW), everyone=everyone)
    assert perms == Permission.BAN_MEMBERS


def test_without_send_messages_what_needs_it_is_gone() -> None:
    """Whoever cannot write can neither ping everyone nor attach anything."""
    rich = VIEW | Permission.MENTION_EVERYONE | Permission.EMBED_LINKS | Permission.ATTACH_FILES
    assert decide(everyone=rich) == VIEW
    assert decide(everyone=rich | SEND) == rich | SEND


def test_a_thread_asks_for_its_own_permission() -> None:
    """In a thread SEND_MESSAGES_IN_THREADS counts, and SEND_MESSAGES for nothing."""
    in_threads = Permission.SEND_MESSAGES_IN_THREADS
    files = Permission.ATTACH_FILES
    assert decide(everyone=VIEW | in_threads | files, thread=True) & files
    assert not decide(everyone=VIEW | SEND | files, thread=True) & files
    assert may_send_in_thread(VIEW | in_threads)
    assert not may_send_in_thread(VIEW | SEND)
    assert not may_send_in_thread(in_threads)


def test_a_locked_thread_is_for_who_manages_threads() -> None:
    """In a locked thread only MANAGE_THREADS lets somebody write."""
    perms = VIEW | Permission.SEND_MESSAGES_IN_THREADS
    assert not may_send_in_thread(perms, locked=True)
    assert may_send_in_thread(perms | Permission.MANAGE_THREADS, locked=True)


def test_a_private_thread_is_for_its_members() -> None:
    """Who was not added to a private thread sees it only with MANAGE_THREADS."""
    assert not may_view_thread(VIEW, private=True, joined=False)
    assert may_view_thread(VIEW, private=True, joined=True)
    assert may_view_thread(VIEW | Permission.MANAGE_THREADS, private=True, joined=False)
    assert not may_send_in_thread(
        VIEW | Permission.SEND_MESSAGES_IN_THREADS, private=True, joined=False
    )


@pytest.mark.parametrize("private", [False, True])
def test_making_a_thread_asks_for_its_kind(private: bool) -> None:
    """Public and private threads have a permission each."""
    public, secret = Permission.CREATE_PUBLIC_THREADS, Permission.CREATE_PRIVATE_THREADS
    right, wrong = (secret, public) if private else (public, secret)
    assert may_create_thread(VIEW | right, private=private)
    assert not may_create_thread(VIEW | wrong, private=private)
    assert not may_create_thread(right, private=private)


def test_a_timed_out_member_only_reads() -> None:
    """A time-out leaves VIEW_CHANNEL and READ_MESSAGE_HISTORY; the owner has none."""
    reading = VIEW | Permission.READ_MESSAGE_HISTORY
    assert decide(everyone=reading | SEND, timed_out=True) == reading
    assert decide(owner=True, timed_out=True) == ALL


def test_in_dms_one_writes_and_manages_nothing() -> None:
    """A DM lets both sides write and attach, and nobody manage."""
    assert dm_permissions() & SEND
    assert not dm_permissions() & (Permission.MANAGE_MESSAGES | Permission.ADMINISTRATOR)


def test_guild_permissions_add_up() -> None:
    """Without a channel the roles together decide."""
    assert guild_permissions(owner=False, everyone_permissions=VIEW, role_permissions=[SEND]) == (
        VIEW | SEND
    )
    assert guild_permissions(owner=False, everyone_permissions=0, role_permissions=[]) == NONE


@given(everyone=BITS, role=BITS, allow=BITS, deny=BITS, member=BITS)
def test_the_last_word_is_the_members(
    everyone: int, role: int, allow: int, deny: int, member: int
) -> None:
    """What the member's own overwrite denies is never granted, short of an administrator."""
    perms = decide(
        Overwrite(EVERYONE, 0, allow=allow, deny=deny),
        Overwrite(7, 0, allow=allow),
        Overwrite(ME, 1, deny=member),
        everyone=everyone & ~Permission.ADMINISTRATOR,
        roles=[(7, role & ~Permission.ADMINISTRATOR)],
    )
    assert not perms & member
    assert not perms & ~ALL
