"""Rendering: what a model writes comes as what Discord can show, and nothing of it is lost."""

from sandbox.discord.model import MessageFlag
from sandbox.discord.permissions import Overwrite, OverwriteType, Permission
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, ended, says
from tests.journeys.painted import FILE, TEXT, body, kinds, paints

MANY = {"max_output_tokens": 40_000, "default_quota": "requests/day=50"}
"""Settings under which long answers are whole."""


async def answered(house: House, reply: Reply) -> Seen:
    """Let Ada mention the bot and return the answer's last message."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(reply)
    await ada.say(general, f"{house.me} please")
    return await house.answer(ada, general, ended)


def mine(house: House) -> list[Seen]:
    """Return the bot's messages in the channel, oldest first."""
    there = house.person("ada").sees(house.channel("general"))
    return [it for it in there if it.author_id == house.discord.world.bot.id]


async def test_simple_formulas_are_text_and_prices_stay(house: House) -> None:
    """Simple formulas come as Unicode text, in the line or in their own; prices are no formulas."""
    await house.start()
    text = (
        "It costs $5 or $10, never $x$.\n\n$$a^2 + b^2 = c^2$$\n\n"
        r"So \(\alpha \le \beta\) and \[\sqrt{2}\] and `$x^2$`."
    )
    seen = await answered(house, Reply(text=text))
    assert "It costs $5 or $10, never x." in body(seen)
    assert "\na² + b² = c²\n" in body(seen)
    assert "So \u03b1 ≤ β and" in body(seen)
    assert "√2" in body(seen)
    assert "`$x^2$`" in body(seen)
    assert seen.files == ()
    house.assert_polite()


async def test_a_narrow_table_is_aligned_code(house: House) -> None:
    """A table that fits on a phone comes as code in columns, numbers at the right."""
    await house.start()
    table = "| Name | Size |\n|---|---|\n| moon | 3474 |\n| sun | 1392700 |"
    seen = await answered(house, Reply(text=f"Look:\n\n{table}\n\nSo big."))
    code = "```\nName     Size\n────  ───────\nmoon     3474\nsun   1392700\n```"
    assert code in body(seen)
    assert "|" not in body(seen)
    assert body(seen).endswith("So big.")


async def test_a_wide_table_is_cards(house: House) -> None:
    """A table too wide for a phone comes as one bold line a row, with all its cells."""
    await house.start()
    cells = [f"a longer remark about it, which is number {n}" for n in range(4)]
    rows = "\n".join(
        f"| {name} | {a} | {b} |" for name, a, b in (("One", *cells[:2]), ("Two", *cells[2:]))
    )
    seen = await answered(
        house, Reply(text=f"| Which | Plus | Minus |\n|---|---|---|\n{rows}\n\nEnd.")
    )
    assert "**One**" in body(seen)
    assert "**Two**" in body(seen)
    assert all(cell in body(seen) for cell in cells)
    assert "|" not in body(seen)
    assert seen.files == ()


async def test_long_code_is_a_file(house: House) -> None:
    """Code over two pages comes as a file of its own name, with its first lines above it."""
    await house.start(**MANY)
    lines = ["# tools/report.py", *(f"print({n}, 'a line of the program')" for n in range(400))]
    code = "\n".join(lines) + "\n"
    text = f"Here it is:\n\n```python\n{code}```\n\nRun it, then look."
    seen = await answered(house, Reply(text=text, chunk_size=60))
    holder = next(it for it in mine(house) if it.files)
    assert [(it.name, it.content.decode()) for it in holder.files] == [("report.py", code)]
    assert FILE in kinds(holder)
    assert "```python\n# tools/report.py\nprint(0, 'a line of the program')\n" in body(
        mine(house)[0]
    )
    assert body(holder).count("```") == 2
    assert "more lines in report.py" in "\n".join(body(it) for it in mine(house))
    assert body(seen).endswith("Run it, then look.")
    uploads = [name for paint in paints(house) for name in paint.uploaded]
    assert uploads == ["report.py"]
    house.assert_polite()


async def test_where_files_are_refused_it_is_said(house: House) -> None:
    """Where the bot may attach no files, an answer comes all the same, and says what is missing."""
    await house.start(**MANY)
    world, general = house.discord.world, house.channel("general")
    no_files = Overwrite(world.bot.id, OverwriteType.MEMBER, deny=Permission.ATTACH_FILES)
    world.set_overwrites(world.channel(general), [no_files])
    code = "\n".join(f"print({n}, 'a line of the program')" for n in range(400))
    text = f"Here it is:\n\n```python\n{code}\n```\n\nRun it, then look."
    seen = await answered(house, Reply(text=text, tokens_per_second=20_000, chunk_size=400))
    assert "Run it, then look." in body(seen)
    assert "print(0, 'a line of the program')" in body(mine(house)[0])
    assert any("which I may not attach here" in it.text for it in mine(house))
    assert not any(it.files for it in mine(house))
    refused = [it.answer["code"] for it in house.discord.exchanges if it.status >= 400]
    assert refused == [50013]


async def test_more_than_five_messages_end_in_a_file(house: House) -> None:
    """An answer over five messages ends in `answer.md`, which is the answer, word for word."""
    await house.start(**MANY)
    text = "\n\n".join(f"## Part {n}\n\n" + f"words of part {n} " * 40 for n in range(40))
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=text, tokens_per_second=20_000, chunk_size=400))
    await ada.slash(general, "ask", {"prompt": "everything"})
    seen = await house.answer(ada, general, ended)
    assert len(mine(house)) == 5
    assert seen.id == mine(house)[-1].id
    assert [(it.name, it.content.decode()) for it in seen.files] == [("answer.md", text)]
    assert "## Part 0\n" in mine(house)[0].text
    house.assert_polite()


async def test_drawings_in_code_stay_code(house: House) -> None:
    """Mermaid and SVG stay the code that they are, with a hint at what draws them."""
    await house.start()
    mermaid = "```mermaid\ngraph TD\n  A --> B\n```"
    svg = '```svg\n<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>\n```'
    seen = await answered(house, Reply(text=f"{mermaid}\n\nand\n\n{svg}\n\nDone."))
    after_mermaid = body(seen).partition(mermaid)[2]
    assert after_mermaid.lstrip("\n").startswith("-# A Mermaid diagram")
    assert body(seen).partition(svg)[2].lstrip("\n").startswith("-# An SVG drawing")
    assert seen.files == ()


async def test_links_do_not_unfold(house: House) -> None:
    """Every message is of the kind that shows no previews, and is created with them off."""
    await house.start(**MANY)
    text = "See https://example.org/a and [this](https://example.org/b). " * 90
    await answered(house, Reply(text=text, tokens_per_second=20_000, chunk_size=400))
    ada, ideas = house.person("ada"), house.channel("ideas")
    house.router.reply_next(Reply(text=text, tokens_per_second=20_000, chunk_size=400))
    await ada.slash(ideas, "ask", {"prompt": "links"})
    await house.answer(ada, ideas, ended)
    done = paints(house)
    assert all(it.flags & MessageFlag.COMPONENTS_V2 for it in done)
    created = [it for it in done if it.method == "POST"]
    assert len(created) == 3  # two in the channel, and the command's second
    assert all(it.flags & MessageFlag.SUPPRESS_EMBEDS for it in created)


async def test_no_paint_may_ping(house: House) -> None:
    """Each request for an answer says that nobody is to be notified, and nobody is."""
    await house.start(**MANY)
    ben = house.person("ben")
    text = f"@everyone and <@{ben.id}>, listen. " * 120
    await answered(house, Reply(text=text, chunk_size=100))
    ada, ideas = house.person("ada"), house.channel("ideas")
    house.router.reply_next(Reply(text=text, chunk_size=100))
    await ada.slash(ideas, "ask", {"prompt": "be loud"})
    await house.answer(ada, ideas, ended)
    assert all(it.request["allowed_mentions"] == {"parse": []} for it in paints(house))
    shown = [*mine(house), *ada.sees(ideas)]
    assert len([it for it in shown if f"<@{ben.id}>" in it.text]) == 4
    assert not any(it.pings for it in shown if it.author_id == house.discord.world.bot.id)


async def test_leaked_thinking_is_never_shown(house: House) -> None:
    """Tags of thinking in the content, cut anywhere, and what is between them reach no screen."""
    await house.start()
    ada = house.person("ada")
    rooms = [house.channel("general"), house.channel("ideas"), await ada.open_dm()]
    thought = "private thoughts " * 30
    for room, leak, size in zip(rooms, ("tags", "tags", "stray"), (1, 5, 3), strict=True):
        answer = "The answer is **this**, and no more."
        house.router.reply_next(Reply(thinking=thought, text=answer, leak=leak, chunk_size=size))  # type: ignore[arg-type]  # one of its literals
        await ada.say(room, f"{house.me} think")
        await house.router.until(lambda: not house.router.replies)
    for room in rooms:
        seen = await house.answer(ada, room, ended)
        assert body(seen) == "The answer is **this**, and no more."
    told = str([it.request for it in paints(house)])
    assert "think>" not in told
    assert "private thoughts" not in told


async def test_thinking_without_its_opening_tag_is_taken_back(house: House) -> None:
    """A closing tag alone, cut anywhere, shows that all before it was thinking: it goes."""
    await house.start()
    thought = "private thoughts " * 30
    reply = Reply(thinking=thought, text="It is so.", leak="closing", chunk_size=4)
    seen = await answered(house, reply)
    assert body(seen) == "It is so."
    assert kinds(seen)[0] == TEXT
    assert "thought" not in seen.text


async def test_a_long_private_answer_is_whole(house: House) -> None:
    """Messages of a long private answer follow each other in order, each with balanced fences."""
    await house.start(**MANY)
    parts = [f"Step {n}\n\n```sql\nSELECT {n};\n```" for n in range(200)]
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="\n\n".join(parts), chunk_size=60))
    await ada.slash(general, "ask", {"prompt": "steps", "private": True})
    await ada.wait_for(general, lambda it: ended(it) and says("Step 199")(it), PATIENCE)
    whole = "\n".join(body(it) for it in mine(house))
    assert [int(line[5:]) for line in whole.splitlines() if line.startswith("Step ")] == [
        *range(200)
    ]
    assert all(body(it).count("```") % 2 == 0 for it in mine(house))
    assert all(it.ephemeral for it in mine(house))
