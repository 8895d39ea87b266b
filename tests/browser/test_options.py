"""Slash commands: options of every type, groups, and what is said where something is wrong."""

import re

from playwright.async_api import FilePayload, Locator, expect

from tests.browser.gallery import Guest
from tests.browser.visitor import PATIENCE

A_FILE: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Some notes"}


def form(guest: Guest) -> Locator:
    """Return the command that is being filled in."""
    return guest.page.get_by_role("main").get_by_role("form")


def field(guest: Guest, name: str) -> Locator:
    """Return the field of an option."""
    return form(guest).get_by_label(name, exact=True)


async def begin(guest: Guest, words: str) -> None:
    """Type the beginning of a command."""
    await guest.box.click()
    await guest.page.keyboard.type(words)


async def add(guest: Guest, name: str) -> None:
    """Press the button that adds an option."""
    await form(guest).get_by_role("button", name=name, exact=True).click()


def proposals(guest: Guest, name: str) -> Locator:
    """Return what is proposed for an option."""
    return guest.page.get_by_role("listbox", name=f"{name}: proposals").get_by_role("option")


async def offers(guest: Guest, name: str, *labels: str) -> None:
    """Wait until exactly these are proposed for an option."""
    await expect(proposals(guest, name)).to_have_count(len(labels))
    for index, label in enumerate(labels):
        entry = proposals(guest, name).nth(index)
        await expect(entry).to_have_accessible_name(re.compile(f"^{label}( |$)"))


async def take(guest: Guest, name: str, entry: str) -> None:
    """Add an option and press one of its proposals."""
    await add(guest, name)
    await proposals(guest, name).filter(has_text=entry).first.click()


async def test_every_type_by_mouse(guest: Guest) -> None:
    """Options of every type are added and chosen by pressing, and come to the bot as chosen."""
    await begin(guest, "/options ")
    await field(guest, "text").fill("Hello")
    for name, entry in (
        ("size", "Large"),
        ("fruit", "Banana"),
        ("sure", "True"),
        ("user", "Ben"),
        ("role", "Moderators"),
        ("place", "ideas"),
        ("anyone", "Admins"),
    ):
        await take(guest, name, entry)
    for name, number in (("whole", "7"), ("real", "1.5")):
        await add(guest, name)
        await field(guest, name).fill(number)
    async with guest.page.expect_file_chooser() as chooser:
        await add(guest, "file")
    await (await chooser.value).set_files(A_FILE)
    await guest.page.get_by_role("button", name="Send").click()
    await guest.sees("Got 11 of them.")
    heard = await guest.bot.hears()
    assert heard[0] == "options"
    assert heard[1] == {
        "text": "Hello",
        "size": "l",
        "fruit": "fruit-banana",
        "whole": 7,
        "real": 1.5,
        "sure": True,
        "user": "ben",
        "role": "Moderators",
        "place": "ideas",
        "anyone": "Admins",
        "file": "notes.txt",
    }
    await expect(guest.box).to_be_focused()


async def test_by_keys_alone(guest: Guest) -> None:
    """A command is found, its options named, chosen with arrows and sent without the mouse."""
    await guest.box.focus()
    await guest.page.keyboard.type("/opt")
    await guest.press("Enter")
    await expect(field(guest, "text")).to_be_focused()
    await guest.page.keyboard.type("Hi there size:")
    await expect(field(guest, "size")).to_be_focused()
    await offers(guest, "size", "Small", "Large")
    await guest.press("ArrowDown", "Enter")
    await expect(field(guest, "size")).to_have_value("Large")
    await guest.page.keyboard.type(" user:")
    await expect(field(guest, "user")).to_be_focused()
    await guest.page.keyboard.type("be")
    await offers(guest, "user", "Ben")
    await guest.press("Tab")
    await expect(field(guest, "user")).to_have_value("Ben")
    await field(guest, "text").focus()
    await guest.press("Enter")
    await guest.sees("Got 3 of them.")
    assert (await guest.bot.hears())[1] == {"text": "Hi there", "size": "l", "user": "ben"}


async def test_enter_sends_a_command_that_needs_nothing(guest: Guest) -> None:
    """Enter sends a command without its optional list, which arrows from either end choose from."""
    await begin(guest, "/shelf sort")
    await guest.press("Enter")
    await offers(guest, "backwards", "True", "False")
    await guest.press("Enter")
    await guest.sees("Ada used /shelf sort by-name")
    assert await guest.bot.hears() == ("shelf sort by-name", {"backwards": False})
    await begin(guest, "/shelf sort")
    await guest.press("Enter")
    await offers(guest, "backwards", "True", "False")
    await guest.press("ArrowUp", "ArrowUp", "Enter", "Enter")
    assert await guest.bot.hears() == ("shelf sort by-name", {"backwards": True})


async def test_groups(guest: Guest) -> None:
    """Subcommands of groups are found by their names and sent as what they are."""
    await begin(guest, "/shelf")
    entries = guest.page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(entries).to_have_text(
        [re.compile("^/shelf add"), re.compile("^/shelf sort by-name")]
    )
    await guest.press("ArrowDown", "Enter")
    await offers(guest, "backwards", "True", "False")
    await guest.page.keyboard.type("t")
    await guest.press("Enter", "Enter")
    await guest.sees("Ada used /shelf sort by-name")
    assert await guest.bot.hears() == ("shelf sort by-name", {"backwards": True})
    await guest.type("/shelf add book:The Waves")
    assert await guest.bot.hears() == ("shelf add", {"book": "The Waves"})


WRONG = (
    ({"text": ""}, "text has to be filled in."),
    ({"text": "a"}, "text takes 2 to 12 characters, not 1."),
    ({"text": "abcdefghijklm"}, "text takes 2 to 12 characters, not 13."),
    ({"text": "abc", "whole": "many"}, "whole is a number."),
    ({"text": "abc", "whole": "1.5"}, "whole is a whole number."),
    ({"text": "abc", "whole": "11"}, "whole takes 1 to 10, not 11."),
    ({"text": "abc", "real": "0.25"}, "real takes 0.5 to 2.5, not 0.25."),
    ({"text": "abc", "size": "Huge"}, "size can't be “Huge”: choose one of the list."),
    ({"text": "abc", "sure": "maybe"}, "sure can't be “maybe”: choose one of the list."),
    ({"text": "abc", "user": "Nobody"}, "user can't be “Nobody”: choose one of the list."),
    ({"text": "abc", "place": "staff"}, "place can't be “staff”: choose one of the list."),
)


async def test_what_is_wrong(guest: Guest) -> None:
    """A wrong or missing value is told in a sentence, and all that was entered stays."""
    for entered, complaint in WRONG:
        await begin(guest, "/options ")
        await expect(field(guest, "text")).to_be_focused()
        for name, value in entered.items():
            if name != "text":
                await add(guest, name)
            await field(guest, name).fill(value)
        await guest.page.get_by_role("button", name="Send").click()
        await expect(form(guest).get_by_role("alert")).to_have_text(complaint)
        await expect(field(guest, [*entered][-1])).to_be_focused()
        for name, value in entered.items():
            await expect(field(guest, name)).to_have_value(value)
        assert guest.bot.hears_nothing()
        await form(guest).get_by_role("button", name="Leave /options").click()


async def test_leaving(guest: Guest) -> None:
    """An option can be left out again, and Escape leaves first the list and then the command."""
    await begin(guest, "/options abc")
    await add(guest, "size")
    await offers(guest, "size", "Small", "Large")
    await guest.press("Escape")
    await expect(guest.page.get_by_role("listbox", name="size: proposals")).to_be_hidden()
    await expect(field(guest, "text")).to_have_value("abc")
    await form(guest).get_by_role("button", name="Leave out size").click()
    await expect(field(guest, "size")).to_have_count(0)
    await guest.press("Escape")
    await expect(form(guest)).to_have_count(0)
    await expect(guest.box).to_be_focused()


async def test_autocompletion(guest: Guest) -> None:
    """What the bot proposes narrows as one types; what is typed in its place counts too."""
    await begin(guest, "/options abc fruit:")
    await offers(guest, "fruit", "Apple", "Apricot", "Banana", "Cherry")
    await guest.page.keyboard.type("ap")
    await offers(guest, "fruit", "Apple", "Apricot")
    await guest.press("ArrowDown", "Enter")
    await expect(field(guest, "fruit")).to_have_value("Apricot")
    await guest.press("Enter")
    assert (await guest.bot.hears())[1] == {"text": "abc", "fruit": "fruit-apricot"}
    await guest.type("/options text:abc fruit:Durian")
    assert (await guest.bot.hears())[1] == {"text": "abc", "fruit": "Durian"}


async def test_what_is_offered_where(guest: Guest) -> None:
    """Users, roles and channels are those of the place: of either server, or of a DM."""
    await begin(guest, "/options abc place:")
    await offers(guest, "place", "#general", "#ideas")
    await add(guest, "user")
    await offers(guest, "user", "Olga", "Max", "Cleo", "Ada", "Ben", "Threadlight")
    await guest.page.get_by_role("button", name="Leave /options").click()
    await guest.page.get_by_role("button", name=re.compile("^Reading Room")).click()
    await guest.go("books")
    await begin(guest, "/options abc place:")
    await offers(guest, "place", "#general", "#books")
    await add(guest, "user")
    await offers(guest, "user", "Ada", "Ben", "Threadlight")
    await add(guest, "role")
    await offers(guest, "role", "@everyone", "@Threadlight")
    await guest.page.get_by_role("button", name="Leave /options").click()
    await guest.page.get_by_role("button", name="Direct messages").click()
    await expect(guest.heading("Threadlight")).to_be_visible(timeout=PATIENCE)
    await begin(guest, "/options abc user:")
    await offers(guest, "user", "Ada", "Threadlight")
    await guest.press("Enter", "Enter")
    assert (await guest.bot.hears())[1] == {"text": "abc", "user": "ada"}


async def test_no_answer(guest: Guest) -> None:
    """A command that nobody answers is told so to who used it, who can take the note away."""
    await guest.type("/never")
    await expect(guest.message("Sending command…")).to_be_visible()
    note = guest.message("The application did not respond")
    await expect(note).to_contain_text("Ada used /never", timeout=PATIENCE)
    await note.get_by_role("button", name="Dismiss message").click()
    await expect(note).to_have_count(0)
