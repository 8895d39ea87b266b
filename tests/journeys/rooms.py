"""Many channels at once, for what has to hold in a crowd."""

from tests.journeys.house import House

WIDE = {"default_quota": "requests/day=1000", "max_output_tokens": 2_000}
"""Settings that let one person ask in many rooms at once."""


def add_rooms(house: House, count: int) -> list[int]:
    """Add so many channels to the first server, before the bot starts, and return their ids."""
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    return [world.add_channel(guild, f"room-{n}").id for n in range(count)]
