"""Two servers to start with: people, roles and channels with familiar names."""

import time

from sandbox.discord.model import ChannelType, Clock, Guild
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.world import EVERYDAY, World

BOT_PERMISSIONS = EVERYDAY
"""What the bot's own role lets it do: what its invitation asks for."""


def sample_world(clock: Clock = time.time) -> World:
    """Return a world with the servers Lighthouse (staff, private channel) and Reading Room."""
    world = World(clock)
    _populate(world)
    return world


def _populate(world: World) -> None:
    olga = world.add_user("olga", global_name="Olga")
    max_ = world.add_user("max", global_name="Max")
    ada = world.add_user("ada", global_name="Ada")
    ben = world.add_user("ben", global_name="Ben")
    cleo = world.add_user("cleo", global_name="Cleo")

    lighthouse = world.add_guild("Lighthouse", olga)
    moderators = world.add_role(
        lighthouse,
        "Moderators",
        Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS,
        mentionable=True,
        colour=0x2ECC71,
    )
    admins = world.add_role(lighthouse, "Admins", Permission.MANAGE_GUILD, colour=0xE67E22)
    world.add_member(lighthouse, max_, [moderators])
    world.add_member(lighthouse, cleo, [admins])
    for user in (ada, ben):
        world.add_member(lighthouse, user)
    rooms = world.add_channel(lighthouse, "Rooms", type=ChannelType.CATEGORY)
    world.add_channel(lighthouse, "general", parent=rooms)
    world.add_channel(lighthouse, "ideas", parent=rooms)
    world.add_channel(
        lighthouse,
        "staff",
        parent=rooms,
        overwrites=[
            Overwrite(lighthouse.id, OverwriteType.ROLE, deny=Permission.VIEW_CHANNEL),
            Overwrite(moderators.id, OverwriteType.ROLE, allow=Permission.VIEW_CHANNEL),
            Overwrite(admins.id, OverwriteType.ROLE, allow=Permission.VIEW_CHANNEL),
        ],
    )
    invite_bot(world, lighthouse, SINCE)

    # An id on the other shard of two: events of the two servers travel apart.
    reading_room = world.add_guild("Reading Room", ada, guild_id=lighthouse.id + (1 << 22))
    world.add_member(reading_room, ben)
    world.add_channel(reading_room, "general")
    world.add_channel(reading_room, "books")
    invite_bot(world, reading_room, SINCE)


SINCE = 30 * 86_400
"""Seconds that the bot has been in the sample's servers: it has introduced itself long ago."""


def invite_bot(world: World, guild: Guild, ago: float = 0.0) -> None:
    """Let the bot join a server with a role of its own, maybe some seconds ago."""
    role = world.add_role(
        guild, "Threadlight", BOT_PERMISSIONS, managed_by=world.bot.id, colour=0x5BA8F5
    )
    world.add_member(guild, world.bot, [role], ago)
