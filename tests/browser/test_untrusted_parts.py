"""Hostile texts in embeds, components, files, forms and commands: they are read, and do nothing."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.discord import interactions, posting
from sandbox.discord.model import CallbackType, Event, InteractionType, Json
from tests.browser.corpus import XSS
from tests.browser.hostile import BATCH, SHORT, Hostile, is_plain, plain
from tests.browser.visitor import PATIENCE
from tests.journeys.house import House
from tests.sandbox.driven import file
from tests.sandbox.raw import RawBot

V2 = 1 << 15


@pytest.fixture
def hostile(house: House, page: Page) -> Hostile:
    """Return somebody who looks at hostile texts."""
    return Hostile(house, page)


def put(hostile: Hostile, *files: tuple[str, str, str], **payload: Any) -> int:
    """Let the bot post a message that nobody has checked, and return its id."""
    uploads = tuple(file(name, text.encode(errors="replace"), kind) for name, text, kind in files)
    draft = posting.Draft(payload, uploads)
    return posting.post(hostile.world, hostile.general, hostile.world.bot.id, draft).id


async def test_embeds(hostile: Hostile) -> None:
    """Every field of an embed is text, and an address in it leads into the web or nowhere."""
    await hostile.come()
    for start in range(0, len(XSS), BATCH):
        texts = XSS[start : start + BATCH]
        posted = [put(hostile, embeds=[card(text)]) for text in texts]
        shown = await hostile.messages(posted[-1], ".embed")
        for number, text in zip(posted, texts, strict=True):
            seen = plain(shown[number]["text"])
            assert seen.count(plain(text)) >= (7 if is_plain(text) else 3), text
        await hostile.check()


def card(text: str) -> Json:
    """Return an embed that says the same in every field."""
    media = {"url": text}
    return {
        **dict.fromkeys(("title", "description", "url", "timestamp"), text),
        "author": {"name": text, "url": text, "icon_url": text},
        "footer": {"text": text, "icon_url": text},
        "image": media,
        "thumbnail": media,
        "fields": [{"name": text, "value": text}],
    }


async def test_components(hostile: Hostile) -> None:
    """Labels, placeholders, descriptions, addresses and texts of components are text."""
    await hostile.come()
    for start in range(0, len(SHORT), BATCH):
        texts = SHORT[start : start + BATCH]
        posted = [put(hostile, flags=V2, components=parts(text)) for text in texts]
        shown = await hostile.messages(posted[-1], ".parts")
        for number, text in zip(posted, texts, strict=True):
            seen = plain(shown[number]["text"])
            assert seen.count(plain(text)) >= (8 if is_plain(text) else 6), text
        await hostile.check()


def parts(text: str) -> list[Json]:
    """Return components of each kind that say the same everywhere."""
    press = {"type": 2, "style": 1, "label": text, "custom_id": text, "emoji": {"name": text}}
    link = {"type": 2, "style": 5, "label": text, "url": text}
    option = {"label": text, "value": text, "description": text, "emoji": {"name": text}}
    pick = {"type": 3, "custom_id": text, "placeholder": text, "options": [option]}
    picture = {"media": {"url": text}, "description": text}
    words = {"type": 10, "content": text}
    section = {"type": 9, "components": [words], "accessory": {"type": 11, **picture}}
    return [
        {
            "type": 17,
            "accent_color": 1,
            "components": [words, section, {"type": 1, "components": [pick]}],
        },
        {"type": 1, "components": [press, link]},
        {"type": 12, "items": [picture]},
        {"type": 13, "file": {"url": text}},
        {"type": 99, "content": text},
    ]


async def test_a_list_of_choices(hostile: Hostile) -> None:
    """The choices of a select are text, with their descriptions, and so is what is chosen."""
    await hostile.come()
    offered = [
        {"label": text, "value": str(at), "description": text} for at, text in enumerate(SHORT)
    ]
    select = {"type": 3, "custom_id": "pick", "options": offered, "max_values": 25}
    number = put(hostile, components=[{"type": 1, "components": [select]}])
    await hostile.messages(number, ".parts")
    await hostile.page.locator("article .select").click()
    shown = await hostile.text("[role=listbox] [role=option]")
    for text in SHORT:
        assert shown.count(plain(text)) >= 2
    await hostile.check()


async def test_files(hostile: Hostile) -> None:
    """A file's name and its text are text, and its address stays the one of its own."""
    await hostile.come()
    texts = [text for text in SHORT if text]
    numbers = []
    for start in range(0, len(texts), 5):
        files = [(text, text, "text/plain") for text in texts[start : start + 5]]
        pictures = [(text, "<svg/>", "image/svg+xml") for text in texts[start : start + 1]]
        numbers.append(put(hostile, *files, *pictures))
    shown = await hostile.messages(numbers[-1], ".files")
    await expect(hostile.page.locator(".preview", has_text="…")).to_have_count(
        sum("…" in text for text in texts), timeout=PATIENCE
    )
    shown = await hostile.messages(numbers[-1], ".files")
    seen = "".join(plain(each["text"]) for each in shown.values())
    for text in texts:
        assert seen.count(plain(text)) >= 2, text
    for address in [link for each in shown.values() for link in each["links"]]:
        assert address.startswith(f"{hostile.house.discord.url}/attachments/"), address
    await hostile.check()


async def test_forms(hostile: Hostile) -> None:
    """Titles, labels, texts and choices of a form that a bot opens are text."""
    page = hostile.page
    await hostile.come()
    press = {"type": 2, "style": 1, "label": "Open", "custom_id": "open"}
    await hostile.messages(put(hostile, components=[{"type": 1, "components": [press]}]), ".parts")
    for text in SHORT[::16]:
        unsubscribe = hostile.world.news.subscribe(answering(hostile, form(text)))
        await page.get_by_role("button", name="Open", exact=True).click()
        dialog = page.locator("dialog.modal")
        await expect(dialog).to_be_visible()
        shown = plain(await dialog.text_content() or "")
        assert shown.count(plain(text)) >= (14 if is_plain(text) else 13)
        await hostile.check()
        await page.get_by_role("button", name="Cancel").click()
        await expect(dialog).to_have_count(0)
        unsubscribe()


def answering(hostile: Hostile, modal: Json) -> Any:
    """Return what answers each press with a form."""

    def answer(event: Event) -> None:
        used = event.subject
        if event.name == "INTERACTION_CREATE" and used.type is InteractionType.COMPONENT:
            asyncio.get_running_loop().call_soon(
                interactions.acknowledge, hostile.world, used, CallbackType.MODAL, modal, ()
            )

    return answer


def form(text: str) -> Json:
    """Return a form that says the same everywhere."""
    choice = [{"label": text, "value": text, "description": text}]
    inputs: list[Json] = [
        {"type": 4, "style": 2, "placeholder": text, "value": text},
        {"type": 3, "placeholder": text, "options": choice},
        {"type": 21, "options": choice},
        {"type": 22, "options": choice},
        {"type": 23},
    ]
    fields: list[Json] = [
        {
            "type": 18,
            "label": text,
            "description": text,
            "component": each | {"custom_id": f"{at} {text}"},
        }
        for at, each in enumerate(inputs)
    ]
    return {
        "title": text,
        "custom_id": text,
        "components": [*fields, {"type": 10, "content": text}],
    }


async def test_commands(hostile: Hostile) -> None:
    """What commands, options and menu entries are said to do, and choices, are text."""
    page = hostile.page
    texts = list(dict.fromkeys(plain(text)[:100] for text in SHORT if plain(text)))
    choices = [{"name": text, "value": text} for text in texts[:25]]
    options: list[Json] = [
        {"type": 3, "name": f"option-{at}", "description": text}
        for at, text in enumerate(texts[:25])
    ]
    options[0]["choices"] = choices
    menus = [{"type": 3, "name": text[:32]} for text in texts[8:12]]
    told = [{"name": f"do-{at}", "description": text} for at, text in enumerate(texts[:90])]
    async with RawBot(hostile.house.discord) as bot:
        first = {"name": "all", "description": texts[0], "options": options}
        registered = await bot.register(first, *told, *menus)
        assert registered.status == 200, registered.body
    await hostile.come()
    box = page.get_by_role("textbox", name="Message #general")
    for at in range(0, 90, 6):
        await box.fill(f"/do-{at}")
        offered = page.get_by_role("listbox", name="Commands").get_by_role("option").first
        await expect(offered).to_contain_text(f"/do-{at}")
        assert plain(texts[at]) in plain(await offered.text_content() or "")
    await hostile.check()
    await box.fill("/all ")
    more = page.locator(".more-option")
    await expect(more.first).to_be_visible()
    assert [plain(await each.get_attribute("title") or "") for each in await more.all()] == [
        plain(text) for text in texts[1:25]
    ]
    await page.get_by_role("combobox").first.click()
    proposed = await hostile.text(".combo [role=option]")
    assert all(plain(text) in proposed for text in texts[:25])
    await hostile.check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    number = put(hostile, content="Look at me")
    await hostile.messages(number, ".content")
    await page.locator("article").last.click(button="right", position={"x": 30, "y": 12})
    entries = await hostile.text("[role=menuitem]")
    assert all(plain(text[:32]) in entries for text in texts[8:12])
    await hostile.check()
