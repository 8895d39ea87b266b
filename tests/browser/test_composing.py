"""The box one writes in: what was begun stays, what was sent is sent once, wherever one goes."""

from playwright.async_api import FilePayload, Route, expect

from sandbox.discord.membership import state_of
from sandbox.discord.permissions import Permission
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House

NOTES = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"The lamp is lit at dusk.")


async def test_enter_twice_sends_once(house: House, visitor: Visitor) -> None:
    """A second Enter sends nothing again: no command, no message."""
    await visitor.type("/ask hello")
    await visitor.page.keyboard.press("Enter")
    await visitor.sees("requests left today")
    await visitor.type("Just once.")
    await visitor.page.keyboard.press("Enter")
    await visitor.sees("Just once.")
    await visitor.type("Last words.")
    await visitor.sees("Last words.")
    await expect(visitor.messages.filter(has_text="Just once.")).to_have_count(1)
    assert len(house.router.chats) == 1


async def test_writing_on_while_a_message_is_sent(visitor: Visitor) -> None:
    """What is typed while a message is on its way stays, and so does a draft elsewhere."""
    held: list[Route] = []
    await visitor.page.route("**/drive/say", lambda route: held.append(route))
    await visitor.type("First.")
    await visitor.page.keyboard.type("Second")
    await expect(visitor.box).to_have_value("Second")
    await visitor.go("ideas")
    await visitor.box.fill("An idea")
    await held.pop().continue_()
    await expect(visitor.box).to_have_value("An idea")
    await visitor.go("general")
    await visitor.sees("First.")
    await expect(visitor.box).to_have_value("Second")


async def test_a_refused_message_comes_back(visitor: Visitor, complaints: list[str]) -> None:
    """What Discord refuses stands in the box again, with its files, its reply and the reason."""
    await visitor.type("The question.")
    message = await visitor.sees("The question.")
    await visitor.menu(message, "Reply")
    await visitor.page.get_by_label("Files to attach").set_input_files([NOTES])
    await visitor.box.fill("x" * 2001)
    await visitor.box.press("Enter")
    await expect(visitor.page.get_by_role("alert")).to_contain_text("2000")
    await expect(visitor.box).to_have_value("x" * 2001)
    await expect(visitor.page.get_by_text("Replying to Ada")).to_be_visible()
    await expect(visitor.page.get_by_role("list", name="Files to send")).to_be_visible()
    assert all("400" in each for each in complaints)  # the browser's own note of the refusal
    complaints.clear()


async def test_a_refusal_elsewhere(visitor: Visitor) -> None:
    """What is refused after one went elsewhere waits where it was written, and edits likewise."""
    held: list[Route] = []
    await visitor.page.route("**/drive/say", lambda route: held.append(route))
    await visitor.type("Refused later.")
    await visitor.go("ideas")
    await held.pop().fulfill(json={"error": "Not now."})
    await expect(visitor.page.get_by_role("alert")).to_contain_text("Not now.")
    await expect(visitor.box).to_have_value("")
    await visitor.go("general")
    await expect(visitor.box).to_have_value("Refused later.")
    await visitor.page.unroute("**/drive/say")
    await visitor.box.press("Enter")
    message = await visitor.sees("Refused later.")
    await visitor.page.route(
        "**/drive/edit", lambda route: route.fulfill(json={"error": "Too late."})
    )
    await visitor.box.fill("A draft")
    await visitor.menu(message, "Edit message")
    await visitor.box.fill("Changed")
    await visitor.box.press("Enter")
    told = visitor.page.get_by_role("alert").filter(has_text="Too late.")
    await expect(told).to_be_visible()
    await expect(visitor.box).to_have_value("Changed")
    await visitor.box.press("Escape")
    await expect(visitor.box).to_have_value("A draft")


async def test_drafts_with_all_that_belongs_to_them(visitor: Visitor) -> None:
    """Files and what one replies to wait with the words, in their place and for their author."""
    await visitor.type("The question.")
    await visitor.menu(await visitor.sees("The question."), "Reply")
    await visitor.page.get_by_label("Files to attach").set_input_files([NOTES])
    await visitor.box.fill("The answer")
    await visitor.go("ideas")
    await expect(visitor.page.get_by_role("list", name="Files to send")).not_to_be_visible()
    await visitor.go("general")
    await visitor.be("Ben")
    await expect(visitor.box).to_have_value("")
    await visitor.be("Ada")
    await expect(visitor.box).to_have_value("The answer")
    await expect(visitor.page.get_by_text("Replying to Ada")).to_be_visible()
    await expect(visitor.page.get_by_role("list", name="Files to send")).to_be_visible()


async def test_an_edit_gives_the_draft_back(visitor: Visitor) -> None:
    """Editing a message, and leaving that again, costs nothing of what was being written."""
    await visitor.type("Said before.")
    message = await visitor.sees("Said before.")
    await visitor.box.fill("Half a thought")
    await visitor.menu(message, "Edit message")
    await expect(visitor.box).to_have_value("Said before.")
    await visitor.box.press("Escape")
    await expect(visitor.box).to_have_value("Half a thought")


async def test_what_is_no_command(visitor: Visitor) -> None:
    """A message may begin with a slash; a command that does not exist is told."""
    await visitor.type("/etc/hosts is missing, what now?")
    await visitor.sees("/etc/hosts is missing")
    await visitor.type("/nothing at all")
    await expect(visitor.page.get_by_role("alert")).to_contain_text("There is no command /nothing")
    await expect(visitor.box).to_have_value("/nothing at all")


async def test_a_command_without_options(visitor: Visitor) -> None:
    """A command that takes nothing can be left with Escape and sent with Enter."""
    await visitor.type("/hel")
    form = visitor.page.get_by_role("form", name="/help")
    await expect(form).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await visitor.type("/hel")
    await visitor.page.keyboard.press("Enter")
    await visitor.sees("Talk with a reasoning model")


async def test_a_failure_is_told_to_who_caused_it(house: House, visitor: Visitor) -> None:
    """That a command got no answer is shown to who used it, where it was used, and nowhere else."""
    house.discord.faults.fail("POST", "/callback", times=5, status=404)
    await visitor.type("/usage")
    await visitor.be("Ben")
    await house.discord.world.news.until(
        lambda: any(each.failed for each in house.discord.world.interactions.values()), PATIENCE
    )
    await visitor.type("Still here.")
    await visitor.sees("Still here.")
    await expect(visitor.message("did not respond")).to_have_count(0)
    house.discord.faults.fail("POST", "/callback", times=5, status=404)
    await visitor.type("/usage")
    failed = await visitor.sees("The application did not respond")
    await expect(failed).to_contain_text("Ben used /usage")


async def test_an_edit_further_up(house: House, visitor: Visitor) -> None:
    """An edit of a message that is not loaded leaves the order, and what is loaded later, whole."""
    ben, ideas = house.person("ben"), house.channel("ideas")
    said = [await ben.say(ideas, f"Idea number {number}.") for number in range(1, 91)]
    await visitor.go("ideas")
    await ben.edit(said[4], "Idea number 5, better.")
    await ben.say(ideas, "And one more.")
    await visitor.sees("And one more.")
    await expect(visitor.message("Idea number 5, better.")).to_have_count(0)
    await visitor.button("Show earlier messages").click()
    await expect(visitor.messages).to_have_count(91)
    await expect(visitor.messages.nth(4)).to_contain_text("Idea number 5, better.")


async def test_closed_threads(house: House, visitor: Visitor) -> None:
    """A thread that was closed is found again above its channel, and wakes when one writes."""
    world, general = house.discord.world, house.channel("general")
    world.set_permissions(
        world.guild_named("Lighthouse"),
        next(iter(world.guild_named("Lighthouse").roles.values())),
        Permission((1 << 53) - 1) & ~Permission.ADMINISTRATOR,
    )
    thread = await house.person("ada").start_thread(general, "Old talk")
    await visitor.go("Old talk")
    await visitor.button("Close thread").click()
    await expect(visitor.page.get_by_text("asleep: write to wake it")).to_be_visible()
    await visitor.go("general")
    await visitor.button("1 closed thread").click()
    await visitor.page.get_by_role("menuitem", name="Old talk").click()
    await visitor.type("Good morning.")
    await visitor.sees("Good morning.")
    assert not state_of(world.channel(thread)).archived


async def test_a_thread_is_renamed_locked_and_deleted(house: House, visitor: Visitor) -> None:
    """Its owner renames a thread, which stands in it; a moderator locks, unlocks and deletes it."""
    world, page = house.discord.world, visitor.page
    thread = await house.person("ada").start_thread(house.channel("general"), "Old talk")
    await visitor.go("Old talk")
    more = page.get_by_role("button", name="More about this thread")
    await more.click()
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await page.get_by_role("menuitem", name="Rename thread").click()
    await page.get_by_role("textbox", name="Thread name").fill("New talk")
    await page.get_by_role("button", name="Rename", exact=True).click()
    await expect(visitor.heading("New talk")).to_be_visible()
    await visitor.sees("Ada changed the thread's name: New talk")
    await visitor.be("Max")
    for action, locked in (("Lock thread", True), ("Unlock thread", False)):
        await more.click()
        await page.get_by_role("menuitem", name=action).click()
        state = state_of(world.channel(thread))
        await world.news.until(lambda state=state, locked=locked: state.locked is locked, 10)  # type: ignore[misc]  # bound at once
    await more.click()
    await page.get_by_role("menuitem", name="Delete thread").click()
    await expect(visitor.heading("general")).to_be_visible()
    assert thread not in world.channels


async def test_switching_in_a_direct_message(visitor: Visitor) -> None:
    """Whoever one becomes in a direct message has one of their own with the bot."""
    await visitor.page.get_by_role("button", name="Direct messages").click()
    await visitor.type("Ada's secret.")
    await visitor.sees("requests left today")
    await visitor.be("Ben")
    await expect(visitor.heading("Threadlight")).to_be_visible()
    await expect(visitor.message("Ada's secret.")).to_have_count(0)
