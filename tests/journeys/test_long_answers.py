"""Long answers arrive whole, in order, each message readable by itself."""

import re

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, ended, says


def long_answer() -> str:
    """Return more than 10,000 characters of numbered paragraphs with code blocks among them."""
    parts = []
    for number in range(60):
        parts.append(f"Paragraph {number}: " + "some words that fill the line " * 5)
        if number % 6 == 3:
            lines = "\n".join(f"print({number}, {line})" for line in range(25))
            parts.append(f"```python\n{lines}\n```")
    return "\n\n".join(parts)


async def test_ten_thousand_characters(house: House) -> None:
    """An answer of 10,000 characters with code arrives whole, its fences balanced, no 429."""
    await house.start()
    text = long_answer()
    assert len(text) > 10_000
    house.router.reply_next(Reply(text=text, chunk_size=40))
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "tell me everything"})
    await house.answer(ada, general, ended)
    messages = [it for it in ada.sees(general) if it.author_id == house.discord.world.bot.id]
    assert len(messages) > 1
    for seen in messages:
        assert len(seen.text) <= 4_000
        assert seen.text.count("```") % 2 == 0
        assert all(button.label != "Stop" for button in seen.buttons)
    whole = "\n".join(seen.text for seen in messages)
    assert [int(n) for n in re.findall(r"Paragraph (\d+):", whole)] == list(range(60))
    printed = re.findall(r"print\((\d+), (\d+)\)", whole)
    assert printed == [(str(n), str(line)) for n in range(3, 60, 6) for line in range(25)]
    house.assert_polite()


async def test_an_answer_over_the_page_limit_ends_in_a_file(house: House) -> None:
    """What would fill more than five messages comes as a file with the whole text."""
    await house.start(max_output_tokens=40_000, default_quota="requests/day=5")
    text = "\n\n".join(f"Line {number} " + "x" * 200 for number in range(150))
    house.router.reply_next(Reply(text=text, chunk_size=200))
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, f"{house.me} everything, please")
    seen = await house.answer(ada, general, ended)
    assert [file.name for file in seen.files] == ["answer.md"]
    assert b"Line 149" in seen.files[0].content
    assert b"Line 0 " in seen.files[0].content


async def test_the_thinking_is_shown_and_never_told(house: House) -> None:
    """While the model thinks a meter says how long and how much; the words stay out."""
    await house.start()
    house.router.reply_next(Reply(thinking="private thoughts " * 50, text="Done.", hold_after=300))
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "think hard"})
    await house.router.held()
    meter = await house.answer(ada, general, says("thinking"))
    assert re.search(r"\d+ s", meter.text)
    assert re.search(r"\d+ tokens", meter.text)
    house.router.release()
    await house.answer(ada, general, ended)
    assert "private thoughts" not in str(house.discord.exchanges)
