"""The first word in a server: once each time that the bot joins it, where it may write."""

from sandbox.discord.model import Channel, ChannelType, Guild
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.sample import SINCE, invite_bot
from sandbox.discord.seen import Seen
from tests.journeys.house import House, says

HELLO = "Hello, I am Threadlight"


def found(house: House) -> tuple[Guild, Channel, Channel]:
    """Return a server without the bot, which Olga owns, and its two channels."""
    world = house.discord.world
    guild = world.add_guild("Observatory", house.discord.world.users[house.person("olga").id])
    return guild, world.add_channel(guild, "lobby"), world.add_channel(guild, "stars")


def hellos(house: House, channel: Channel) -> list[Seen]:
    """Return the first words that stand in a channel."""
    return [it for it in house.person("olga").sees(channel.id) if HELLO in it.text]


async def heard(house: House, channel: Channel) -> None:
    """Return when the bot has taken in all that happened before: it answers in this channel."""
    olga = house.person("olga")
    asked = await olga.say(channel.id, f"{house.me} are you there?")
    await house.answer(olga, channel.id, lambda it: it.id > asked.id and "tokens" in it.text)


async def test_a_server_is_greeted_once(house: House) -> None:
    """Invited, it says who it is, what to set, what it keeps; a restart says it not again."""
    guild, lobby, stars = found(house)
    await house.start()
    invite_bot(house.discord.world, guild)
    olga = house.person("olga")
    seen = await house.answer(olga, lobby.id, says(HELLO))
    ids = {it.name: it.id for it in house.discord.commands.of(None)}
    for path in ("ask", "chat", "help", "quota set", "access allow", "settings set"):
        assert f"</{path}:{ids[path.split()[0]]}>" in seen.text
    assert "OpenRouter" in seen.text
    assert "history forget" in seen.text
    message = house.discord.world.messages[seen.id]
    assert not message.mentions
    assert not message.pings
    await house.stop()
    await house.start()
    await heard(house, lobby)
    assert [len(hellos(house, it)) for it in (lobby, stars)] == [1, 0]
    house.assert_polite()


async def test_where_discord_greets_members(house: House) -> None:
    """The system channel comes before the first one of the list."""
    guild, lobby, stars = found(house)
    guild.system_channel_id = stars.id
    await house.start()
    invite_bot(house.discord.world, guild)
    await house.answer(house.person("olga"), stars.id, says(HELLO))
    assert not hellos(house, lobby)


async def test_announcements_come_last(house: House) -> None:
    """Where there is any other channel, what people follow from elsewhere has no first word."""
    guild, lobby, stars = found(house)
    lobby.type = ChannelType.ANNOUNCEMENT
    await house.start()
    invite_bot(house.discord.world, guild)
    await house.answer(house.person("olga"), stars.id, says(HELLO))
    assert not hellos(house, lobby)


async def test_only_where_it_may_write(house: House) -> None:
    """A channel in which the bot may not write is passed over, the system channel too."""
    guild, lobby, stars = found(house)
    guild.system_channel_id = lobby.id
    everybody = Overwrite(guild.id, OverwriteType.ROLE, deny=Permission.SEND_MESSAGES)
    house.discord.world.set_overwrites(lobby, [everybody])
    await house.start()
    invite_bot(house.discord.world, guild)
    await house.answer(house.person("olga"), stars.id, says(HELLO))
    assert not hellos(house, lobby)
    house.assert_polite()


async def test_where_it_may_write_nowhere(house: House) -> None:
    """Where the bot may write nowhere it says nothing, and tries nothing."""
    guild, lobby, stars = found(house)
    everybody = Overwrite(guild.id, OverwriteType.ROLE, deny=Permission.SEND_MESSAGES)
    for channel in (lobby, stars):
        house.discord.world.set_overwrites(channel, [everybody])
    await house.start()
    invite_bot(house.discord.world, guild)
    general = house.discord.world.channels[house.channel("general")]
    await heard(house, general)
    assert not [it for it in house.discord.exchanges if HELLO in str(it.request)]
    house.assert_polite()


async def test_an_outage_is_no_joining(house: House) -> None:
    """A server that was away for a while, and the bot's old servers, hear no first word."""
    world = house.discord.world
    await house.start()
    guild = next(iter(world.guilds.values()))
    world.go_down(guild)
    world.come_back(guild)
    await heard(house, world.channels[house.channel("general")])
    assert not [it for it in house.discord.exchanges if HELLO in str(it.request)]


async def test_invited_while_it_was_away(house: House) -> None:
    """A server that invited the bot while it was stopped hears it at the next start, once."""
    guild, lobby, _ = found(house)
    await house.start()
    await house.stop()
    invite_bot(house.discord.world, guild)
    await house.start()
    await house.answer(house.person("olga"), lobby.id, says(HELLO))
    await house.stop()
    await house.start()
    await heard(house, lobby)
    assert len(hellos(house, lobby)) == 1


async def test_joined_just_now_whatever_the_clocks_say(house: House) -> None:
    """A server that joins while the bot runs is greeted, however old its membership looks, once."""
    guild, lobby, _ = found(house)
    bot = await house.start()
    await bot.wait_until_ready()
    invite_bot(house.discord.world, guild, SINCE)
    await house.answer(house.person("olga"), lobby.id, says(HELLO))
    await house.stop()
    await house.start()
    await heard(house, lobby)
    assert len(hellos(house, lobby)) == 1


async def test_removed_and_invited_again(house: House) -> None:
    """Who throws the bot out and invites it again later is greeted again."""
    world = house.discord.world
    guild, lobby, _ = found(house)
    await house.start()
    invite_bot(world, guild)
    olga = house.person("olga")
    first = await house.answer(olga, lobby.id, says(HELLO))
    world.remove_member(guild, world.bot.id)
    invite_bot(world, guild)
    await house.answer(olga, lobby.id, lambda it: it.id != first.id and HELLO in it.text)
    assert len(hellos(house, lobby)) == 2
