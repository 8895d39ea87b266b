"""The real discord.py, unchanged, against the loopback Discord."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.ext import commands

from sandbox.discord.gateway import GUILD_MEMBERS_FLAG
from sandbox.discord.people import Person
from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from tests.sandbox.discordpy import pointed_at, running
from tests.sandbox.raw import person

SILENT = discord.AllowedMentions.none()


class Bot(commands.AutoShardedBot):
    """A bot that keeps what it hears."""

    def __init__(self, **options: Any) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__("!", intents=intents, allowed_mentions=SILENT, **options)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.resumes: asyncio.Queue[int] = asyncio.Queue()
        self.identified = 0

    async def on_message(self, message: discord.Message, /) -> None:
        """Keep what people say."""
        if not message.author.bot:
            self.heard.put_nowait(message)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Keep that a shard came back."""
        self.resumes.put_nowait(shard_id)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing: this server needs no pause."""
        del shard_id, initial
        self.identified += 1

    async def hears(self) -> discord.Message:
        """Return what somebody says next."""
        return await asyncio.wait_for(self.heard.get(), 5)


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Return a Discord that lets one identify at once."""
    async with DiscordServer(sample_world(), identify_interval=0) as running_server:
        yield running_server


@pytest.fixture
def general(server: DiscordServer) -> int:
    """Return the id of Lighthouse's first text channel."""
    return server.world.channel_named("general").id


@pytest.fixture
def ada(server: DiscordServer) -> Person:
    """Return Ada."""
    return person(server, "ada")


async def test_login_and_cache(server: DiscordServer, ada: Person) -> None:
    """A sharded bot asks for its shards, becomes ready, and knows guilds, roles and channels."""
    bot = Bot()
    async with running(bot, server, ready=True):
        guild = discord.utils.get(bot.guilds, name="Lighthouse")
        assert guild is not None
        assert bot.shard_count == 1
        assert (await bot.application_info()).owner.bot is False
        staff = discord.utils.get(guild.text_channels, name="staff")
        assert staff is not None
        assert not staff.permissions_for(guild.me).view_channel
        assert guild.me.guild_permissions.create_public_threads
        assert (await guild.fetch_member(ada.id)).display_name == "Ada"
        assert [member.name for member in await guild.query_members("ad")] == ["ada"]
    assert server.exchanges.too_many_requests == 0


async def test_a_plain_client_with_all_members(server: DiscordServer) -> None:
    """A plain client with the members intent has everybody in its cache."""
    intents = discord.Intents.default()
    intents.members = True
    client = discord.Client(intents=intents)
    async with running(client, server):
        assert {len(guild.members) for guild in client.guilds} == {6, 3}


async def test_refused_logins(server: DiscordServer) -> None:
    """A wrong token is a LoginFailure, a missing privilege PrivilegedIntentsRequired."""
    async with pointed_at(server), Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")
    async with (
        DiscordServer(sample_world(), application_flags=GUILD_MEMBERS_FLAG) as strict,
        pointed_at(strict),
        Bot() as bot,
    ):
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.start(strict.bot_token)


async def test_two_shards(server: DiscordServer, ada: Person) -> None:
    """Two shards hear one guild each, and DMs."""
    bot = Bot(shard_count=2)
    world = server.world
    room = world.guild_named("Reading Room")
    async with running(bot, server):
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}
        for where in (
            world.channel_named("general").id,
            world.channel_named("books", room).id,
            await ada.open_dm(),
        ):
            await ada.say(where, "hello")
            assert (await bot.hears()).channel.id == where


async def test_conversation(server: DiscordServer, general: int, ada: Person) -> None:
    """Messages, replies, files, threads, typing and DMs work both ways."""
    bot = Bot()
    async with running(bot, server):
        said = await ada.say(general, "hello", files=[("a.txt", b"abc", "text/plain")])
        message = await bot.hears()
        assert (message.content, message.author.display_name) == ("hello", "Ada")
        assert await message.attachments[0].read() == b"abc"
        async with message.channel.typing():
            reply = await message.reply("hi", file=discord.File(io.BytesIO(b"x" * 10), "x.bin"))
        reply = await reply.edit(content="hi there")
        await reply.add_reaction("👍")
        seen = ada.sees(general)[-1]
        assert (seen.text, seen.reply_to, seen.files[0].size) == ("hi there", said.id, 10)
        assert not seen.pings

        thread = await message.create_thread(name="More", auto_archive_duration=60)
        await thread.send("in here")
        assert thread.id == said.id
        assert (await ada.wait_for(thread.id, lambda each: each.text == "in here")).author_id
        await ada.say(thread.id, "thanks")
        answer = await bot.hears()
        assert isinstance(answer.channel, discord.Thread)
        assert answer.channel.parent_id == general

        channel = bot.get_channel(general)
        assert isinstance(channel, discord.TextChannel)
        secret = await channel.create_thread(name="Secret")
        assert secret.is_private()
        await secret.add_user(discord.Object(ada.id))
        assert ada.sees(secret.id) == []
        await secret.edit(archived=True)
        with pytest.raises(discord.HTTPException) as archived:
            await secret.edit(name="Open")
        assert archived.value.code == 50083
        history = [each.content async for each in channel.history(limit=5)]
        assert history == ["hi there", "hello"]

        user = await bot.fetch_user(ada.id)
        await user.send("psst")
        assert ada.sees(await ada.open_dm())[-1].text == "psst"
    assert server.exchanges.too_many_requests == 0


async def test_edits_and_deletions_are_heard(
    server: DiscordServer, general: int, ada: Person
) -> None:
    """An edit brings the message before and after; a deletion its id."""
    bot = Bot()
    async with running(bot, server):
        said = await ada.say(general, "one")
        await bot.hears()
        edit = asyncio.create_task(bot.wait_for("message_edit", timeout=5))
        delete = asyncio.create_task(bot.wait_for("raw_message_delete", timeout=5))
        await asyncio.sleep(0)
        await ada.edit(said, "two")
        await ada.delete(said)
        before, after = await edit
        assert (before.content, after.content) == ("one", "two")
        assert (await delete).message_id == said.id


@pytest.mark.parametrize("trouble", ["drop", "cut", "reconnect", "resume", "anew"])
async def test_reconnecting(server: DiscordServer, general: int, ada: Person, trouble: str) -> None:
    """A lost connection resumes and misses nothing; an invalid session begins anew."""
    bot = Bot()
    async with running(bot, server):
        await ada.say(general, "one")
        await bot.hears()
        match trouble:
            case "drop":
                server.gateway.drop(4000)
            case "cut":
                server.gateway.drop(None)
            case "reconnect":
                server.gateway.reconnect()
            case "resume":
                server.gateway.invalidate(resumable=True)
            case _:
                server.gateway.invalidate(resumable=False)
        if trouble == "anew":
            await bot.wait_for("connect", timeout=15)
        else:
            await ada.say(general, "two")
            assert (await bot.hears()).content == "two"
            assert await asyncio.wait_for(bot.resumes.get(), 15) == 0
        await ada.say(general, "three")
        assert (await bot.hears()).content == "three"
    assert bot.identified == (2 if trouble == "anew" else 1)


async def test_a_dead_connection_is_noticed(general: int, ada: Person) -> None:
    """A client that gets no acknowledgement of its heartbeats comes again."""
    del general, ada
    async with DiscordServer(sample_world(), heartbeat_interval=0.1) as server:
        bot = Bot(heartbeat_timeout=0.3)
        async with running(bot, server):
            server.gateway.acknowledging = False
            shard_id = await asyncio.wait_for(bot.resumes.get(), 10)
            server.gateway.acknowledging = True
            assert shard_id == 0


async def test_slash_commands(server: DiscordServer, general: int, ada: Person) -> None:
    """Options, deferral, edit of the original, follow-ups and autocompletion work."""
    bot = Bot()

    @bot.tree.command(name="ask", description="Ask")
    async def ask(
        interaction: discord.Interaction,
        prompt: str,
        file: discord.Attachment | None = None,
        whom: discord.Member | None = None,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=private)
        content = (await file.read()).decode() if file else ""
        answer = f"{prompt} {content} {whom and whom.display_name}"
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay(answer))
        await interaction.edit_original_response(view=view)
        await interaction.followup.send("Anything else?", ephemeral=True)

    @ask.autocomplete("prompt")
    async def complete(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value=current)]

    async with running(bot, server):
        assert len(await bot.tree.sync()) == 1
        assert await ada.autocomplete(general, "ask", {"prompt": "hm"}, focused="prompt") == [
            ("hm!", "hm")
        ]
        options = {"prompt": "why", "whom": ada.id, "private": True}
        used = await ada.slash(general, "ask", options | {"file": ("a", b"abc", "text/plain")})
        answer = await used.answered()
        assert (answer.text, answer.ephemeral) == ("why abc Ada", True)
        more = await ada.wait_for(general, lambda each: each.text == "Anything else?")
        assert more.ephemeral
        assert person(server, "ben").sees(general) == []
        in_dm = await ada.slash(await ada.open_dm(), "ask", {"prompt": "there"})
        assert (await in_dm.answered()).text == "there  None"
    assert server.exchanges.too_many_requests == 0


class Stop(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"stop:(?P<id>\d+)"):
    """A button that outlives the process."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(label="Stop", custom_id=f"stop:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Say which one was stopped."""
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay(f"Stopped {self.number}"))
        await interaction.response.edit_message(view=view)


async def test_buttons_survive_a_restart(server: DiscordServer, general: int, ada: Person) -> None:
    """A dynamic button below a Components V2 message works for the next process as well."""
    first, second = Bot(), Bot()
    async with running(first, server):
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay("Writing"))
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
        row.add_item(Stop(7))
        view.add_item(row)
        channel = first.get_partial_messageable(general)
        await channel.send(view=view)
    second.add_dynamic_items(Stop)
    async with running(second, server):
        used = await ada.click(ada.sees(general)[-1], label="Stop")
        await used.acknowledged()
        seen = await ada.wait_for(general, lambda each: each.text == "Stopped 7")
        assert seen.buttons == ()


async def test_modals_and_menus(server: DiscordServer, general: int, ada: Person) -> None:
    """A message menu opens a modal of labels; its answer replies to the message."""
    bot = Bot()

    class Question(discord.ui.Modal, title="Ask about this"):
        question: discord.ui.Label[Any] = discord.ui.Label(
            text="Question", component=discord.ui.TextInput(custom_id="q")
        )
        files: discord.ui.Label[Any] = discord.ui.Label(
            text="Files", component=discord.ui.FileUpload(custom_id="f", required=False)
        )

        def __init__(self, message: discord.Message) -> None:
            super().__init__()
            self.message = message

        async def on_submit(self, interaction: discord.Interaction) -> None:
            text, upload = self.question.component, self.files.component
            assert isinstance(text, discord.ui.TextInput)
            assert isinstance(upload, discord.ui.FileUpload)
            names = [each.filename for each in upload.values]
            await interaction.response.send_message(f"{text.value} {names} {self.message.content}")

    @bot.tree.context_menu(name="Ask about this")
    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_modal(Question(message))

    async with running(bot, server):
        await bot.tree.sync()
        said = await person(server, "ben").say(general, "a fact")
        modal = await (await ada.menu("Ask about this", said)).opened()
        assert [label for label, _ in modal.fields] == ["Question", "Files"]
        used = await ada.submit(
            modal, {"Question": "Really?", "Files": [("b.txt", b"", "text/plain")]}
        )
        assert (await used.answered()).text == "Really? ['b.txt'] a fact"


async def test_trouble_of_the_api(server: DiscordServer, general: int) -> None:
    """discord.py waits out a 429 with Via, retries a 500, and raises on a 503 at once."""
    bot = Bot()
    async with running(bot, server):
        channel = bot.get_partial_messageable(general)
        server.faults.fail(
            "POST",
            "/messages$",
            status=429,
            body={"message": "slow", "retry_after": 0.01, "global": False},
        )
        assert (await channel.send("after the 429")).content == "after the 429"
        server.faults.fail("POST", "/messages$", status=500)
        assert (await channel.send("after the 500")).content == "after the 500"
        server.faults.fail("POST", "/messages$", status=503)
        with pytest.raises(discord.DiscordServerError):
            await channel.send("never")
        server.faults.drop("POST", "/messages$")
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await channel.send("cut")


async def test_pacing(server: DiscordServer, general: int, ada: Person) -> None:
    """discord.py reads the limits from the headers: six quick edits meet no 429."""
    bot = Bot()

    @bot.tree.command(name="count", description="Count")
    async def count(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        for number in range(6):
            await interaction.edit_original_response(content=str(number))

    async with running(bot, server):
        await bot.tree.sync()
        await ada.slash(general, "count")
        await ada.wait_for(general, lambda each: each.text == "5", timeout=10)
    assert server.exchanges.too_many_requests == 0
