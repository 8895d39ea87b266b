"""What a newcomer does on the page: ask, talk, stop, be refused, come back as the owner."""

import re

from playwright.async_api import expect

from sandbox.openrouter.replies import Reply
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House

FOOTER = re.compile(r"\d+ tokens · \$\d")


async def test_an_answer_grows(house: House, visitor: Visitor) -> None:
    """A slash command is found, filled in and sent, and its answer grows on the page."""
    text = "First words. " + "Then more of them. " * 40 + "The end."
    house.router.reply_next(Reply(text=text, thinking="Hm.", hold_after=len("Hm.") + 200))
    await visitor.box.click()
    await visitor.page.keyboard.type("/as")
    offered = visitor.page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(offered.first).to_contain_text("/ask")
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.type("What is the end?")
    await visitor.page.keyboard.press("Enter")
    growing = await visitor.sees("First words.")
    await expect(growing).to_contain_text("Ada used /ask")
    await expect(growing).not_to_contain_text("The end.")
    await expect(growing.get_by_role("button", name="Stop")).to_be_visible()
    await house.router.held()
    house.router.release()
    await expect(growing).to_contain_text("The end.", timeout=PATIENCE)
    await expect(growing).to_contain_text(FOOTER, timeout=PATIENCE)
    await expect(growing.get_by_role("button", name="Stop")).to_have_count(0)


async def test_thinking_shows_at_once(house: House, visitor: Visitor) -> None:
    """Until the first words come, the answer's place says that the bot is thinking."""
    house.router.reply_next(
        Reply(text="Here.", thinking="A while. " * 30, hold_after=60, first_delay=2.0)
    )
    await visitor.type("/ask think about it")
    await visitor.sees(re.compile("is thinking…|waiting for the model"))
    await expect(visitor.messages.last).to_contain_text(
        re.compile(r"thinking for \d+ s"), timeout=PATIENCE
    )
    await house.router.held()
    house.router.release()
    await visitor.sees("Here.")


async def test_a_thread_of_three_turns(house: House, visitor: Visitor) -> None:
    """A thread opens from a command; two people talk in it, and the model hears all of it."""
    await visitor.type("/chat prompt:Plan a day at the coast title:The coast")
    await visitor.go("The coast")
    await expect(visitor.messages.filter(has_text=FOOTER)).to_have_count(1, timeout=PATIENCE)
    await visitor.be("Ben")
    await expect(visitor.heading("The coast")).to_be_visible()
    await visitor.type("No boats, please")
    await expect(visitor.messages.filter(has_text=FOOTER)).to_have_count(2, timeout=PATIENCE)
    await visitor.be("Ada")
    await visitor.type("who said what?")
    third = await visitor.sees("Here is who said what")
    await expect(third).to_contain_text("Ben", timeout=PATIENCE)
    await expect(third).to_contain_text("No boats, please")
    assert len(house.router.chats) == 3


async def test_stop(house: House, visitor: Visitor) -> None:
    """Stop ends an answer where it stands, and its last line says so."""
    house.router.reply_next(Reply(text="Word after word. " * 100, hold_after=300))
    await visitor.type("@Threadlight talk")
    growing = await visitor.sees("Word after word.")
    await growing.get_by_role("button", name="Stop").click()
    await expect(growing).to_contain_text("stopped ·", timeout=PATIENCE)
    await expect(growing.get_by_role("button", name="Stop")).to_have_count(0)


async def test_a_modal(house: House, visitor: Visitor) -> None:
    """A message's menu opens the bot's form; what is entered there is asked."""
    await visitor.be("Ben")
    await visitor.type("The moon is made of basalt, mostly.")
    await visitor.be("Ada")
    message = await visitor.sees("The moon is made of basalt")
    await visitor.menu(message, "Ask about this")
    dialog = visitor.page.get_by_role("dialog", name="Ask about this message")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("has to be filled in")
    await dialog.get_by_role("textbox", name="Your question").fill("Is that so?")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog).to_have_count(0)
    answer = await visitor.sees("Ada asks about what Ben wrote")
    await expect(answer).to_contain_text(FOOTER, timeout=PATIENCE)
    assert "made of basalt" in str(house.router.chats[-1].body["messages"])


async def test_a_refusal_and_its_lifting(visitor: Visitor) -> None:
    """A member is refused in private, the owner raises the limit, and the member goes on."""
    await visitor.be("Olga")
    await visitor.type("/quota set meter:requests window:day amount:1")
    await visitor.sees("Set: 1 request a day for each member")
    await visitor.be("Ada")
    await expect(visitor.message("Set: 1 request a day")).to_have_count(0)
    await visitor.type("/ask one")
    await visitor.sees(FOOTER)
    await visitor.type("/ask two")
    refusal = await visitor.sees("is reached")
    await expect(refusal).to_contain_text("Only you can see this")
    await visitor.be("Ben")
    await expect(visitor.message("is reached")).to_have_count(0)
    await visitor.be("Olga")
    await visitor.type("/quota set meter:requests window:day amount:5 member:@Ada")
    await visitor.sees("Set: 5 requests a day for @Ada")
    await visitor.be("Ada")
    await visitor.sees("is reached")
    await visitor.type("/ask three")
    await expect(visitor.messages.filter(has_text=FOOTER)).to_have_count(2, timeout=PATIENCE)


async def test_a_members_commands(visitor: Visitor) -> None:
    """A member is offered what members may use, the owner what owners may."""
    offered = visitor.page.get_by_role("listbox", name="Commands")
    await visitor.box.fill("/")
    await expect(offered).to_contain_text("/ask")
    await expect(offered).not_to_contain_text("/quota")
    await visitor.box.fill("")
    await visitor.be("Olga")
    await visitor.box.fill("/qu")
    await expect(offered.get_by_role("option")).to_have_count(9)


async def test_an_option_by_its_name(visitor: Visitor) -> None:
    """Whoever types an option's name is offered what it takes, and goes on with the next one."""
    await visitor.be("Olga")
    await visitor.box.click()
    await visitor.page.keyboard.type("/quota set meter:")
    offered = visitor.page.get_by_role("listbox", name="meter: proposals").get_by_role("option")
    await expect(offered).to_have_text(["requests", "tokens", "cost"])
    await visitor.page.keyboard.type("tokens window:")
    offered = visitor.page.get_by_role("listbox", name="window: proposals").get_by_role("option")
    await expect(offered.first).to_have_text("minute")
    form = visitor.page.get_by_role("form", name="/quota set")
    await expect(form.get_by_role("combobox", name="meter")).to_have_value("tokens")


async def test_dismissing_and_direct_messages(visitor: Visitor) -> None:
    """A private note can be taken away, and in a direct message every word is answered."""
    await visitor.type("/help")
    note = await visitor.sees("Talk with a reasoning model")
    await note.get_by_role("button", name="Dismiss message").click()
    await expect(visitor.message("Talk with a reasoning model")).to_have_count(0)
    await visitor.page.get_by_role("button", name="Direct messages").click()
    await expect(visitor.heading("Threadlight")).to_be_visible()
    await visitor.type("Hello!")
    await visitor.sees(FOOTER)


async def test_nothing_typed_is_lost(visitor: Visitor) -> None:
    """A message or a command that was begun is still there after looking at another channel."""
    await visitor.box.fill("Not quite ready")
    await visitor.go("ideas")
    await expect(visitor.box).to_have_value("")
    await visitor.box.click()
    await visitor.page.keyboard.type("/ask Is this kept?")
    await visitor.go("general")
    await expect(visitor.box).to_have_value("Not quite ready")
    await visitor.go("ideas")
    form = visitor.page.get_by_role("form", name="/ask")
    await expect(form.get_by_role("textbox", name="prompt")).to_have_value("Is this kept?")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.box).to_have_value("/ask prompt:Is this kept?")
    await visitor.box.press("End")
    await visitor.page.keyboard.type(" Yes.")
    await expect(form.get_by_role("textbox", name="prompt")).to_have_value("Is this kept? Yes.")
