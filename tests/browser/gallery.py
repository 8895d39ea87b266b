"""The gallery bot: a small client of the tests' own that uses all that a Discord can show."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Literal

import discord
from discord import app_commands
from playwright.async_api import Page, expect

from sandbox.discord.sample import sample_world
from sandbox.discord.server import DiscordServer
from sandbox.driving.driver import Driver
from tests.browser.gallery_forms import FORMS, plain
from tests.browser.gallery_parts import Buttons, Parts, Selects, files, old_style
from tests.browser.visitor import PATIENCE, Visitor
from tests.sandbox.discordpy import running

Used = discord.Interaction["Gallery"]
FRUITS = ("Apple", "Apricot", "Banana", "Cherry")


class Gallery(discord.Client):
    """Shows everything, and keeps what it hears in the order in which it came."""

    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()
        self.go_on = asyncio.Event()
        add_shows(self.tree)
        add_options(self.tree)
        add_menus(self.tree)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    def hear(self, *what: Any) -> None:
        """Keep what came."""
        self.heard.put_nowait(what)

    async def hears(self) -> tuple[Any, ...]:
        """Return what comes next."""
        return await asyncio.wait_for(self.heard.get(), PATIENCE / 1000)

    def hears_nothing(self) -> bool:
        """Tell whether nothing more has come."""
        return self.heard.empty()

    async def on_message(self, message: discord.Message) -> None:
        """Reply to who asks for it."""
        if message.content.startswith("reply"):
            await message.reply(f"A reply to {message.author.mention}")

    async def on_interaction(self, used: discord.Interaction) -> None:
        """Hear presses and choices by what is sent, and let happen what they are for."""
        data: Any = used.data
        if used.type is not discord.InteractionType.component:
            return
        name: str = data["custom_id"]
        self.hear(*name.split(":"), *([data["values"]] if "values" in data else []))
        match name.split(":"):
            case ["silent"]:
                return
            case ["edit", count]:
                shown = old_style(int(count) + 1)
                await used.response.edit_message(content="Words anew", view=shown["view"])
            case ["form"]:
                await used.response.send_modal(FORMS["texts"](self.hear))
            case ["whisper"]:
                await used.response.defer()
                await used.followup.send("Just between us", ephemeral=True)
            case ["delete"]:
                await used.response.defer()
                await used.delete_original_response()
            case _:
                await used.response.defer()


def add_shows(tree: app_commands.CommandTree[Gallery]) -> None:
    """Add commands that show something."""

    @tree.command(description="Show everything but buttons")
    async def parts(used: Used) -> None:
        await used.response.send_message(view=Parts(), files=files(*Parts.FILES))

    @tree.command(description="Show buttons")
    async def buttons(used: Used) -> None:
        await used.response.send_message(view=Buttons())

    @tree.command(description="Show selects")
    async def selects(used: Used) -> None:
        await used.response.send_message(view=Selects())

    @tree.command(description="Show a message of the old style")
    async def old(used: Used) -> None:
        await used.response.send_message(**old_style(), files=files("picture.png", "thumb.png"))

    @tree.command(description="Show marks that stand for something")
    async def marks(used: Used) -> None:
        role = "" if used.guild is None else f"<@&{used.guild.roles[-1].id}> "
        then = int(used.created_at.timestamp()) - 7200
        words = f"{used.user.mention} <#{used.channel_id}> {role}<t:{then}:R>"
        await used.response.send_message(words)

    @tree.command(description="Never answer")
    async def never(used: Used) -> None:
        used.client.hear("never")

    @tree.command(description="Think for a while")
    async def think(used: Used) -> None:
        await used.response.defer(thinking=True)
        await used.client.go_on.wait()
        await used.edit_original_response(content="Thought through.")

    @tree.command(description="Open a form")
    async def form(used: Used, which: Literal["texts", "choices", "boxes"]) -> None:
        await used.response.send_modal(FORMS[which](used.client.hear))


def add_options(tree: app_commands.CommandTree[Gallery]) -> None:
    """Add commands with options of every type, and groups."""

    async def told(used: Used, **options: Any) -> None:
        given = {name: plain(value) for name, value in options.items() if value is not None}
        used.client.hear(used.command.qualified_name if used.command else "", given)
        await used.response.send_message(f"Got {len(given)} of them.", ephemeral=True)

    @tree.command(description="Take options of every type")
    @app_commands.describe(text="Some words", fruit="A fruit", whole="1 to 10", size="How large")
    @app_commands.choices(
        size=[app_commands.Choice(name=each, value=each[0].lower()) for each in ("Small", "Large")]
    )
    async def options(
        used: Used,
        text: app_commands.Range[str, 2, 12],
        size: str | None = None,
        fruit: str | None = None,
        whole: app_commands.Range[int, 1, 10] | None = None,
        real: app_commands.Range[float, 0.5, 2.5] | None = None,
        sure: bool | None = None,
        user: discord.User | discord.Member | None = None,
        role: discord.Role | None = None,
        place: discord.TextChannel | None = None,
        anyone: discord.User | discord.Member | discord.Role | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        more = {"sure": sure, "user": user, "role": role, "place": place, "anyone": anyone}
        numbers = {"whole": whole, "real": real}
        await told(used, text=text, size=size, fruit=fruit, **numbers, **more, file=file)

    @options.autocomplete("fruit")
    async def fruits(_used: Used, current: str) -> list[app_commands.Choice[str]]:
        fitting = [each for each in FRUITS if current.lower() in each.lower()]
        return [app_commands.Choice(name=each, value=f"fruit-{each.lower()}") for each in fitting]

    shelf = app_commands.Group(name="shelf", description="Books", parent=None)
    sort = app_commands.Group(name="sort", description="Put in order", parent=shelf)

    @shelf.command(name="add", description="Add a book")
    async def add(used: Used, book: str) -> None:
        await told(used, book=book)

    @sort.command(name="by-name", description="Sort by name")
    async def by_name(used: Used, backwards: bool = False) -> None:
        await told(used, backwards=backwards)

    tree.add_command(shelf)


def add_menus(tree: app_commands.CommandTree[Gallery]) -> None:
    """Add entries to the menus of messages and of members."""

    @tree.context_menu(name="Count words")
    async def count(used: Used, message: discord.Message) -> None:
        used.client.hear("Count words", message.content)
        await used.response.send_message(f"{len(message.content.split())} words", ephemeral=True)

    @tree.context_menu(name="Greet")
    async def greet(used: Used, user: discord.User | discord.Member) -> None:
        used.client.hear("Greet", user.name)
        await used.response.send_message(f"Hello, {user.display_name}!")


class House:
    """A Discord with the gallery bot in it, and the page beside."""

    def __init__(self, discord_server: DiscordServer, driver: Driver, bot: Gallery) -> None:
        self.discord = discord_server
        self.driver = driver
        self.bot = bot


@asynccontextmanager
async def open_gallery() -> AsyncGenerator[House]:
    """Open a Discord with the gallery bot."""
    server = DiscordServer(sample_world(), identify_interval=0.01)
    driver = Driver(server, None)
    server.serve_beside(driver.install)
    bot = Gallery()
    async with server, running(bot, server):
        yield House(server, driver, bot)


class Guest(Visitor):
    """A visitor of the gallery."""

    def __init__(self, page: Page, house: House) -> None:
        super().__init__(page)
        self.house = house
        self.bot = house.bot

    async def arrive(self) -> None:
        """Open the page, as Ada in the first server's #general."""
        self.page.set_default_timeout(PATIENCE)
        await self.page.goto(self.house.driver.url)
        await expect(self.heading("general")).to_be_visible(timeout=PATIENCE)
        await expect(self.box).to_be_editable(timeout=PATIENCE)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)
