"""Select menus of messages, and the menus of messages and members, by mouse and by keys."""

import re

from playwright.async_api import Locator, expect

from tests.browser.gallery import Guest
from tests.browser.visitor import PATIENCE


async def selects(guest: Guest) -> Locator:
    """Return a message with every kind of select."""
    await guest.type("/selects")
    return await guest.sees("Ada used /selects")


def entries(guest: Guest) -> Locator:
    """Return the entries of the list that is open."""
    return guest.page.get_by_role("listbox").last.get_by_role("option")


def identity(guest: Guest, name: str) -> str:
    """Return the id of the user, role or channel of this name."""
    world = guest.house.discord.world
    roles = [role for guild in world.guilds.values() for role in guild.roles.values()]
    found = next((it for it in world.users.values() if it.global_name == name), None)
    return str(found.id if found else next(it.id for it in roles if it.name == name))


async def test_one_of_several(guest: Guest) -> None:
    """A select shows emoji and descriptions; what is pressed comes to the bot and stays shown."""
    message = await selects(guest)
    select = message.get_by_role("button", name="A colour")
    await select.click()
    await expect(entries(guest)).to_have_text(
        [re.compile("🌹Red.*Like a rose"), re.compile("🌿Green"), "Blue"]
    )
    await entries(guest).nth(1).click()
    assert await guest.bot.hears() == ("colour", ["g"])
    await expect(select).to_have_accessible_name("A colour: Green")
    await expect(select).to_contain_text("🌿Green")
    await expect(select).to_be_focused()


async def test_several(guest: Guest) -> None:
    """A select of two to three says how many it takes, and sends nothing until they are enough."""
    message = await selects(guest)
    select = message.get_by_role("button", name="Toppings")
    await expect(select).to_have_accessible_name("Toppings: Cheese")
    await select.click()
    status = guest.page.get_by_role("status").filter(has_text="chosen")
    await expect(status).to_have_text("Choose 2 to 3. 1 chosen.")
    await entries(guest).filter(has_text="Cheese").click()
    await entries(guest).filter(has_text="Basil").click()
    await guest.page.get_by_role("button", name="Done").click()
    await expect(message.get_by_role("alert")).to_have_text("Choose 2 to 3.")
    await expect(select).to_have_accessible_name("Toppings: Basil")
    assert guest.bot.hears_nothing()
    await select.click()
    for name in ("Ham", "Olives", "Cheese"):
        await entries(guest).filter(has_text=name).click()
    await expect(status).to_have_text("No more than 3 can be chosen.")
    await guest.page.get_by_role("button", name="Done").click()
    assert await guest.bot.hears() == ("toppings", ["ham", "olives", "basil"])
    await expect(message.get_by_role("alert")).to_have_count(0)


async def test_selects_by_keys(guest: Guest) -> None:
    """Lists open with Enter or Space, are gone through with arrows, and give the focus back."""
    message = await selects(guest)
    colour = message.get_by_role("button", name="A colour")
    await colour.focus()
    await guest.press("Space", "Escape")
    await expect(colour).to_be_focused()
    await guest.press("Enter", "End", "ArrowUp", "Enter")
    assert await guest.bot.hears() == ("colour", ["g"])
    await guest.press("Tab", "Enter", "Home", "Space", "Tab")
    await expect(guest.page.get_by_role("button", name="Done")).to_be_focused()
    await guest.press("Enter")
    assert await guest.bot.hears() == ("toppings", ["ham", "cheese"])
    await expect(message.get_by_role("button", name="Toppings")).to_be_focused()


async def test_people_roles_and_channels(guest: Guest) -> None:
    """Selects of users, roles and channels offer what the server has and the person sees."""
    message = await selects(guest)
    for name, entry, custom_id in (("Somebody", "Ben", "user"), ("A role", "Admins", "role")):
        await message.get_by_role("button", name=name).click()
        await entries(guest).filter(has_text=entry).click()
        assert await guest.bot.hears() == (custom_id, [identity(guest, entry)])
    await message.get_by_role("button", name="Anybody").click()
    for entry in ("Cleo", "Moderators"):
        await entries(guest).filter(has_text=entry).click()
    await guest.press("Escape")
    chosen = [identity(guest, "Cleo"), identity(guest, "Moderators")]
    assert await guest.bot.hears() == ("both", chosen)
    await message.get_by_role("button", name="A text channel").click()
    await expect(entries(guest)).to_have_text(["#general", "#ideas"])
    await guest.press("Escape")
    await guest.be("Cleo")
    message = guest.message("Ada used /selects")
    await message.get_by_role("button", name="A text channel").click()
    await expect(entries(guest)).to_have_text(["#general", "#ideas", "#staff"])


async def test_selects_elsewhere(guest: Guest) -> None:
    """In the other server its own members are offered, in a DM the two who talk and no channel."""
    await guest.page.get_by_role("button", name=re.compile("^Reading Room")).click()
    await guest.go("books")
    message = await selects(guest)
    await message.get_by_role("button", name="Somebody").click()
    await expect(entries(guest)).to_have_text(
        [re.compile(it) for it in ("Ada", "Ben", "Threadlight")]
    )
    await guest.press("Escape")
    await guest.page.get_by_role("button", name="Direct messages").click()
    await expect(guest.heading("Threadlight")).to_be_visible(timeout=PATIENCE)
    message = await selects(guest)
    await message.get_by_role("button", name="Somebody").click()
    await expect(entries(guest)).to_have_text([re.compile("Ada"), re.compile("Threadlight")])
    await guest.press("Escape")
    await message.get_by_role("button", name="A text channel").click()
    await expect(entries(guest)).to_have_count(0)
    await expect(guest.page.get_by_text("There is nothing to choose from here.")).to_be_visible()


async def test_a_messages_menu(guest: Guest) -> None:
    """The bot's entry in a message's menu is used by mouse, and its answer is a private note."""
    await guest.type("Three little words")
    await guest.menu(await guest.sees("Three little words"), "Count words")
    assert await guest.bot.hears() == ("Count words", "Three little words")
    note = await guest.sees("3 words")
    await expect(note).to_contain_text("Ada used Count words")


async def test_a_messages_menu_by_keys(guest: Guest) -> None:
    """A message's menu opens from its button, goes by arrows and letters, and Escape leaves it."""
    await guest.type("One word")
    message = await guest.sees("One word")
    more = message.get_by_role("button", name="More")
    await more.focus()
    await guest.press("Enter")
    menu = guest.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitem", name="Reply")).to_be_focused()
    await guest.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(more).to_be_focused()
    await guest.press("Enter", "End")
    await expect(menu.get_by_role("menuitem", name="Count words")).to_be_focused()
    await guest.press("Enter")
    assert await guest.bot.hears() == ("Count words", "One word")
    await expect(more).to_be_focused()
    await message.focus()
    await guest.press("Shift+F10")
    await expect(menu).to_be_visible()
    await guest.press("Escape")
    await expect(message).to_be_focused()


async def test_a_members_menu(guest: Guest) -> None:
    """The bot's entry in a member's menu is used from a name and from the list of members."""
    await guest.type("/marks")
    message = await guest.sees("Ada used /marks")
    await message.get_by_role("button", name="Ada", exact=True).click()
    await guest.page.get_by_role("menuitem", name="Greet").click()
    await guest.sees("Hello, Ada!")
    await guest.page.get_by_role("banner").get_by_role("button", name="Members").click()
    ben = guest.page.get_by_role("complementary", name="Members").get_by_role("button", name="Ben")
    await ben.focus()
    await guest.press("Enter", "End", "Enter")
    await guest.sees("Hello, Ben!")
    await expect(ben).to_be_focused()
    assert [await guest.bot.hears() for _ in range(2)] == [("Greet", "ada"), ("Greet", "ben")]
