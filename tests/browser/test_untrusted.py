"""Hostile texts in messages, answers and names: they are read, and do nothing."""

import html
import math

import pytest
from playwright.async_api import Page, expect

from sandbox.discord import posting, threads
from sandbox.discord.model import ChannelType, MessageFlag
from sandbox.openrouter.replies import Reply
from tests.browser.corpus import XSS
from tests.browser.hostile import BATCH, SHORT, Hostile, is_plain, plain, shown
from tests.browser.test_asking import FOOTER
from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House


@pytest.fixture
def hostile(house: House, page: Page) -> Hostile:
    """Return somebody who looks at hostile texts."""
    return Hostile(house, page)


async def test_what_people_write(hostile: Hostile) -> None:
    """Whatever somebody writes is shown as text, its links lead into the web, and nothing runs."""
    await hostile.come()
    ben = hostile.house.person("ben").id
    for start in range(0, len(XSS), BATCH):
        posted = {
            posting.post(
                hostile.world, hostile.general, ben, posting.Draft({"content": text})
            ).id: text
            for text in XSS[start : start + BATCH]
        }
        shown = await hostile.messages(max(posted), ".content")
        for number, text in posted.items():
            seen = shown[number]["text"]
            assert plain(seen), text
            if is_plain(text):
                assert plain(seen) == plain(text)
            read = plain(seen + " ".join(shown[number]["links"]))
            assert read.count("xss") >= plain(text).count("xss") or "](" in text, (text, read)
        await hostile.check()


async def test_edits_and_replies(hostile: Hostile) -> None:
    """A message that becomes hostile by an edit, and the quote of one in a reply, are text too."""
    await hostile.come()
    ben = hostile.house.person("ben").id
    for start in range(0, len(XSS), BATCH // 2):
        replies = []
        for text in XSS[start : start + BATCH // 2]:
            first = posting.post(
                hostile.world, hostile.general, ben, posting.Draft({"content": "a"})
            )
            posting.edit(hostile.world, first, {"content": text})
            reply = posting.Draft({"content": "Replied"}, reply_to=first.id)
            replies.append(posting.post(hostile.world, hostile.general, ben, reply).id)
        shown = await hostile.messages(replies[-1], ".snippet")
        assert all(plain(shown[number]["text"]) for number in replies)
        await hostile.check()


async def test_what_the_model_answers(house: House, visitor: Visitor) -> None:
    """Whatever the model answers and thinks is shown as text by the bot, and nothing runs."""
    hostile = Hostile(house, visitor.page)
    texts = [text for text in SHORT if "```" not in text]
    for answered, start in enumerate(range(0, len(texts), 25), 1):
        part = texts[start : start + 25]
        answer = "\n\n".join(part)
        reply = Reply(text=answer, thinking=answer, tokens_per_second=math.inf)
        house.router.reply_next(reply)
        await visitor.type("@Threadlight go on")
        footers = visitor.messages.filter(has_text=FOOTER)
        await expect(footers).to_have_count(answered, timeout=PATIENCE)
        shown = await hostile.text("article")
        for text in part:
            if is_plain(text) and "://" not in text:
                # The bot shows the character that an entity stands for.
                assert plain(html.unescape(text)) in shown, text
        await hostile.check()


async def test_thread_titles_from_prompts(house: House, visitor: Visitor) -> None:
    """A thread that the bot names after a hostile question, or title, has it as text."""
    hostile = Hostile(house, visitor.page)
    ada, general = house.person("ada"), house.channel("general")
    for text in SHORT[::12]:
        used = await ada.slash(general, "chat", {"prompt": text, "title": plain(text)[:100]})
        await used.acknowledged()
    places = visitor.page.get_by_role("navigation")
    await expect(places.locator(f'button[title="{plain(SHORT[0])}"]')).to_be_visible()
    await hostile.check()
    await places.locator(f'button[title="{plain(SHORT[0])}"]').click()
    await expect(visitor.page.locator("#heading h2")).to_have_text(plain(SHORT[0]))
    await hostile.check()


async def test_names(hostile: Hostile) -> None:
    """Names of people, servers, channels, threads and roles are text wherever they are shown."""
    world, guild = hostile.world, hostile.world.guild_named("Lighthouse")
    places, lines = [], []
    for text in SHORT:
        role = world.add_role(guild, text, colour=0xFF0000)
        user = world.add_user(text, global_name=f"global {text}")
        world.add_member(guild, user, [role]).nick = f"nick {text}"
        place = world.add_channel(guild, text)
        place.topic = text
        wish = threads.ThreadWish(f"thread {text}", ChannelType.PUBLIC_THREAD)
        threads.start(world, place, user.id, wish)
        places.append(place)
        words = {"content": f"<@{user.id}> <@&{role.id}> <#{place.id}>"}
        lines.append(posting.post(world, hostile.general, user.id, posting.Draft(words)).id)
    world.add_guild(SHORT[0], world.users[hostile.house.person("ada").id])
    guild.name = SHORT[1]
    await hostile.come()
    await hostile.messages(lines[-1], ".content")
    people, sidebar = await hostile.text("#who"), await hostile.text("#places")
    members, messages = await hostile.text("#members"), await hostile.text("article")
    for text in SHORT:
        assert plain(text) in people
        assert plain(text) in sidebar
        assert plain(f"thread {text}") in sidebar
        assert plain(f"nick {text}") in members
    for text in SHORT[-BATCH:]:
        assert plain(f"@nick {text}") in messages
        assert plain(f"#{text}") in messages
    await hostile.check(crowded=True)
    for place in places[::12]:
        await hostile.page.evaluate("(id) => { location.hash = id; }", str(place.id))
        heading = hostile.page.locator("#heading")
        await hostile.page.wait_for_function(
            "(id) => document.querySelector('#places [aria-current=page]')?.dataset.key === id",
            arg=str(place.id),
        )
        assert plain(place.name) in plain(await heading.text_content() or "")
        assert plain(place.name) in plain(await hostile.page.title())
        await hostile.check(crowded=True)


async def test_lines_about_people(hostile: Hostile) -> None:
    """Who is typing, who is thinking and what is announced is said in text."""
    world = hostile.world
    await hostile.come()
    ben, bot = world.users[hostile.house.person("ben").id], world.bot
    thinking = posting.Draft({}, extra_flags=MessageFlag.LOADING)
    for text in SHORT[::9]:
        ben.global_name = bot.global_name = text
        world.emit("GUILD_MEMBER_UPDATE", guild_id=hostile.general.guild_id)
        last = posting.post(world, hostile.general, bot.id, thinking)
        shown = await hostile.messages(last.id, ".content")
        assert plain(shown[last.id]["text"]) == plain(f"{text} is thinking…")
        world.emit("TYPING_START", hostile.general, ben)
        typing = hostile.page.locator(".typing")
        await expect(typing).to_contain_text("is typing…")
        assert await hostile.text("#announcer") == plain(f"{text} is thinking")
        said = posting.Draft({"content": text})
        line = posting.post(world, hostile.general, ben.id, said)
        await hostile.messages(line.id, ".content")
        await expect(hostile.page.locator("#announcer")).not_to_contain_text("is thinking")
        announced = await hostile.text("#announcer")
        assert announced.startswith(plain(f"{text}:"))
        assert not is_plain(text) or announced == plain(f"{text}: {text}")
    await hostile.check()


async def test_refusals(hostile: Hostile) -> None:
    """A sentence that says why something can't be done is text, whatever it quotes."""
    page, ada = hostile.page, hostile.house.person("ada").id
    await hostile.come()
    mine = posting.post(hostile.world, hostile.general, ada, posting.Draft({"content": "Mine"}))
    await hostile.messages(mine.id, ".content")
    said: list[str] = []
    await page.route("**/drive/delete", lambda route: route.fulfill(json={"error": said[-1]}))
    for text in SHORT[::20]:
        said.append(f"No: {text}")
        message = page.locator(f'li.message[data-id="{mine.id}"] article')
        await message.click(button="right", position={"x": 30, "y": 12})
        await page.get_by_role("menuitem", name="Delete message").click()
        await expect(page.locator(".toast")).to_contain_text("No: ")
        await page.wait_for_function(
            "(words) => document.querySelector('.toast')?.textContent === words",
            arg=shown(said[-1]),
        )
    await hostile.check()
