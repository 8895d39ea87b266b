"""Files on the page: attached in three ways, shown, read by the bot, refused where too large."""

import re
import struct
import zlib

from playwright.async_api import FilePayload, expect

from tests.browser.visitor import PATIENCE, Visitor
from tests.journeys.house import House

NOTES = FilePayload(
    name="notes.txt", mimeType="text/plain", buffer=b"The lamp is lit at dusk.\n" + b"More.\n" * 20
)
GIVE = """([kind, name, words]) => {
  const data = new DataTransfer();
  data.items.add(new File([words], name, { type: "text/plain" }));
  const box = document.activeElement;
  if (kind === "paste") {
    const about = { clipboardData: data, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", about));
    return;
  }
  for (const step of ["dragenter", "dragover", "drop"]) {
    box.dispatchEvent(new DragEvent(step, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""
FOOTER = re.compile("requests? left today")


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\x00" + b"\x30\x80\xd0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


async def test_an_attachment_by_button(house: House, visitor: Visitor) -> None:
    """A text file attached by button is shown with its first lines, and the model reads it."""
    async with visitor.page.expect_file_chooser() as choosing:
        await visitor.page.get_by_role("button", name="Attach files").click()
    await (await choosing.value).set_files([NOTES])
    waiting = visitor.page.get_by_role("list", name="Files to send")
    await expect(waiting).to_contain_text("notes.txt")
    await visitor.type("@Threadlight when is it lit?")
    await expect(waiting).not_to_be_visible()
    message = visitor.messages.filter(has_text="when is it lit?").first
    await expect(message.get_by_role("link", name="notes.txt")).to_be_visible()
    preview = message.get_by_role("group", name="The text of notes.txt")
    await expect(preview).to_contain_text("The lamp is lit at dusk.")
    await message.get_by_role("button", name="Show all of it").click()
    await expect(preview).to_contain_text("More.\n" * 20)
    await visitor.sees(FOOTER)
    assert "The lamp is lit at dusk." in str(house.router.chats[-1].body["messages"])


async def test_dropping_and_pasting(visitor: Visitor) -> None:
    """Files dropped on the page or pasted into the box wait to be sent, and can be removed."""
    await visitor.box.click()
    await visitor.page.evaluate(GIVE, ["drop", "dropped.txt", "I was dropped."])
    await visitor.page.evaluate(GIVE, ["paste", "pasted.txt", "I was pasted."])
    await visitor.page.evaluate(GIVE, ["paste", "unwanted.txt", "Not me."])
    waiting = visitor.page.get_by_role("list", name="Files to send")
    await expect(waiting.get_by_role("listitem")).to_have_count(3)
    await waiting.get_by_role("button", name="Remove unwanted.txt").click()
    await visitor.type("Two files.")
    message = await visitor.sees("Two files.")
    await expect(message).to_contain_text("I was dropped.")
    await expect(message).to_contain_text("I was pasted.")
    await expect(message).not_to_contain_text("unwanted.txt")


async def test_a_picture(visitor: Visitor) -> None:
    """A picture is shown as one, with its name for whoever does not see it."""
    picture = FilePayload(name="lamp.png", mimeType="image/png", buffer=png(64, 48))
    await visitor.page.get_by_label("Files to attach").set_input_files([picture])
    await visitor.box.click()
    await visitor.page.keyboard.press("Enter")
    shown = visitor.messages.last.get_by_role("img", name="lamp.png")
    await expect(shown).to_be_visible(timeout=PATIENCE)
    assert await shown.evaluate("(it) => it.complete && it.naturalWidth") == 64


async def test_a_file_as_an_option(house: House, visitor: Visitor) -> None:
    """A command's option takes a file, whose text goes to the model."""
    await visitor.box.click()
    await visitor.page.keyboard.type("/ask What does it say?")
    form = visitor.page.get_by_role("form", name="/ask")
    async with visitor.page.expect_file_chooser() as choosing:
        await form.get_by_role("button", name="file", exact=True).click()
    await (await choosing.value).set_files([NOTES])
    await form.get_by_role("textbox", name="prompt").press("Enter")
    await visitor.sees(FOOTER)
    assert "The lamp is lit at dusk." in str(house.router.chats[-1].body["messages"])


async def test_what_does_not_fit(visitor: Visitor) -> None:
    """A file over 10 MiB and an eleventh file are refused in a sentence; the rest stays."""
    large = FilePayload(name="large.bin", mimeType="", buffer=bytes(10 * 1024 * 1024 + 1))
    small = [
        FilePayload(name=f"{number}.txt", mimeType="text/plain", buffer=b"x")
        for number in range(11)
    ]
    files = visitor.page.get_by_label("Files to attach")
    await files.set_input_files([large])
    await expect(visitor.page.get_by_role("alert")).to_contain_text(
        "large.bin is larger than the 10 MiB"
    )
    await files.set_input_files(small)
    await expect(visitor.page.get_by_role("alert")).to_contain_text("takes 10 files: 1 left out")
    waiting = visitor.page.get_by_role("list", name="Files to send")
    await expect(waiting.get_by_role("listitem")).to_have_count(10)
