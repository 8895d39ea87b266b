"""Regenerate: an answer gets others beside it, and the one that is shown is the one in the past."""

import pytest

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.menus import MENU
from tests.journeys.test_prices import DAY, ask, asks
from tests.journeys.test_threads import open_thread

TOLD = (
    "That has been asked already. Nothing was spent.",
    "A new answer is being written here. Wait until it is done, or stop it first.",
)
"""What is told to whoever asks for another answer twice."""

BIG = "\n\n".join(f"Paragraph {n}. " + "word " * 150 for n in range(14))
"""An answer of several messages."""


async def asked(house: House, *texts: str) -> tuple[Person, int, Seen]:
    """Let Ada ask and regenerate until there are these answers; return the last message."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=texts[0]))
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says(texts[0])))
    for text in texts[1:]:
        house.router.reply_next(Reply(text=text))
        await ada.click(seen, label="Regenerate")
        seen = await house.answer(ada, general, both(ended, says(text)))
    return ada, general, seen


def labels(seen: Seen) -> list[str]:
    """Return what stands on an answer's buttons."""
    return [button.label for button in seen.buttons]


def there(person: Person, message: Seen) -> Seen:
    """Return a message as it is now."""
    return next(it for it in person.sees(message.channel_id) if it.id == message.id)


async def test_variants_are_kept(house: House) -> None:
    """A new answer comes in the same message; arrows lead back, and what they show is the past."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.", "Green.")
    messages = [it for it in ada.sees(general) if it.author_id == house.discord.world.bot.id]
    assert len(messages) == 1
    assert labels(seen) == ["Regenerate", "Thread", "◀", "2/2", "▶"]
    assert "Green." in seen.text
    assert "Blue." not in seen.text
    assert "Blue." not in str(house.prompts()[-1])
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, general, says("Blue."))
    assert "1/2" in labels(seen)
    assert seen.button("◀").disabled
    assert "$" in seen.text
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Blue." in str(house.prompts()[-1])
    assert "Green." not in str(house.prompts()[-1])
    house.assert_polite()


async def test_after_a_restart_and_without_a_token(house: House) -> None:
    """Months later and after a restart the buttons do what they did."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.", "Green.")
    await house.stop()
    for interaction in house.discord.world.interactions.values():
        interaction.created_at -= 90 * 86_400
    house.discord.world.messages[seen.id].created_at -= 90 * 86_400
    await house.start()
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, general, says("Blue."))
    house.router.reply_next(Reply(text="Red."))
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Red.")))
    assert "3/3" in labels(seen)
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Red." in str(house.prompts()[-1])


async def test_pages_come_and_go(house: House) -> None:
    """Variants of several messages and of one take turns, and none of their words is forgotten."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    mine = house.discord.world.bot.id

    def pages() -> list[Seen]:
        return [it for it in ada.sees(general) if it.author_id == mine]

    house.router.reply_next(Reply(text=BIG))
    await ada.say(general, f"{house.me} at length")
    last = await house.answer(ada, general, both(ended, says("Paragraph 13.")))
    many = len(pages())
    assert many > 2
    house.router.reply_next(Reply(text="Short."))
    await ada.click(last, label="Regenerate")
    short = await house.answer(ada, general, both(ended, says("Short.", "tokens")))
    await ada.wait_for(general, lambda _: len(pages()) == 1)
    for _ in range(2):
        await ada.click(short, label="◀")
        last = await house.answer(ada, general, both(ended, says("Paragraph 13.")))
        assert len(pages()) == many
        await ada.click(last, label="▶")
        short = await house.answer(ada, general, both(ended, says("Short.")))
        await ada.wait_for(general, lambda _: len(pages()) == 1)
    await ada.click(short, label="◀")
    await house.answer(ada, general, both(ended, says("Paragraph 13.")))
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Paragraph 13." in str(house.prompts()[-1])
    house.assert_polite()


@pytest.mark.parametrize("label", ["Regenerate", "Thinking", "Thread", "◀"])
async def test_others_get_a_private_no(house: House, label: str) -> None:
    """Whoever did not ask is told so in private, and nothing changes."""
    await house.start()
    house.router.reply_next(
        Reply(text="Blue.", thinking="Hm."), Reply(text="Green.", thinking="Hm.")
    )
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says("Blue.")))
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("Green.")))
    ben, count = house.person("ben"), len(house.router.chats)
    await ben.click(seen, label=label)
    refusal = await house.answer(ben, general, says("Only the person who asked"))
    assert refusal.ephemeral
    assert len(house.router.chats) == count
    assert "Green." in there(ada, seen).text


async def test_two_presses_at_once(house: House) -> None:
    """Of two presses on Regenerate one begins an answer, the other is told so."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    house.router.reply_next(Reply(text="Green."))
    await ada.click(seen, label="Regenerate")
    await ada.click(seen, label="Regenerate")
    await house.answer(ada, general, lambda it: it.ephemeral and it.text in TOLD)
    seen = await house.answer(ada, general, both(ended, says("Green.")))
    assert "2/2" in labels(seen)
    assert len(house.router.chats) == 2


async def test_a_failure_leaves_the_answer_there(house: House) -> None:
    """Where no new answer comes the old one stands there again, with what went wrong."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.", "Green.")
    house.router.fail_next(400)
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(says("Green."), says("It cost nothing.")))
    assert labels(seen) == ["Regenerate", "Thread", "◀", "2/2", "▶"]
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Green." in str(house.prompts()[-1])


async def test_refused_regenerate_changes_nothing(house: House) -> None:
    """Where the limits have no room, or access was withdrawn, the answer stays as it is."""
    await house.start(default_quota="requests/day=1")
    ada, general, seen = await asked(house, "Blue.")
    await ada.click(seen, label="Regenerate")
    refusal = await house.answer(ada, general, says("is reached"))
    assert refusal.ephemeral
    assert "Blue." in there(ada, seen).text


async def test_price_of_another_answer(house: House) -> None:
    """Its price is asked in private, beside the old answer, which Send then replaces."""
    await house.start(**DAY | {"default_quota": "requests/day=50, tokens/day=130000"})
    ada, general = house.person("ada"), house.channel("general")
    _, question = await ask(house, ada)
    house.router.reply_next(Reply(text="Lighthouses."))
    await ada.click(question, label="Send")
    first = await house.answer(ada, general, both(ended, says("Lighthouses.")))
    await ada.click(first, label="Regenerate")
    again = await house.answer(ada, general, asks)
    assert again.ephemeral
    assert again.id != first.id
    assert "Lighthouses." in there(ada, first).text
    house.router.reply_next(Reply(text="Towers of light."))
    await ada.click(again, label="Send")
    seen = await house.answer(ada, general, both(ended, says("Towers of light.")))
    assert seen.id == first.id
    assert "2/2" in labels(seen)
    await ada.wait_for(general, lambda _: all(it.id != again.id for it in ada.sees(general)))
    await ada.click(seen, label="Regenerate")
    again = await house.answer(ada, general, asks)
    await ada.click(again, label="Cancel")
    await house.answer(ada, general, says("Cancelled."))
    assert "Towers of light." in there(ada, first).text


async def test_an_old_answer_rests_on_what_came_before_it(house: House) -> None:
    """Regenerated, an answer is asked for with the past that it had, edits included."""
    await house.start()
    ada, general, first = await asked(house, "Blue.")
    asking = await ada.say(general, f"{house.me} and grass?")
    second = await house.answer(ada, general, both(ended, lambda it: it.id > first.id))
    house.router.reply_next(Reply(text="Third."))
    await ada.say(general, f"{house.me} third")
    await house.answer(ada, general, both(ended, says("Third.")))
    await ada.edit(asking, f"{house.me} and snow?")
    house.router.reply_next(Reply(text="White."))
    await ada.click(second, label="Regenerate")
    await house.answer(ada, general, both(ended, says("White.")))
    prompt = [it["content"] for it in house.prompts()[-1]][1:]
    assert prompt[-1].endswith("and snow?")
    assert "Blue." in prompt
    assert "Third." not in prompt


async def test_a_deleted_answer_takes_its_variants_along(house: House) -> None:
    """Where a moderator deletes the message, none of its answers is in the past."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.", "Green.")
    await house.person("max").delete(seen)
    house.router.reply_next(Reply(text="Because."))
    await ada.say(general, f"{house.me} why?")
    await house.answer(ada, general, both(ended, says("Because.")))
    assert "Blue." not in str(house.prompts()[-1])
    assert "Green." not in str(house.prompts()[-1])


async def test_a_killed_new_answer_leaves_the_old_one(house: House) -> None:
    """Stopped before a word of it, a restart shows the old answer again, which is in the past."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    house.router.reply_next(Reply(thinking="Hm. " * 100, text="Never.", hold_after=100))
    await ada.click(seen, label="Regenerate")
    await house.router.held()
    await house.answer(ada, general, says("thinking for"))
    await house.stop()
    await house.start()
    seen = await house.answer(ada, general, says("Blue.", "interrupted", "$"))
    assert labels(seen) == ["Regenerate", "Thread"]
    house.router.release()


async def test_in_an_archived_thread(house: House) -> None:
    """A press wakes an archived thread; in a locked one it is told that it can't be."""
    await house.start()
    ada = house.person("ada")
    thread = await open_thread(house, title="Colours")
    house.router.reply_next(Reply(text="Blue."), Reply(text="Green."))
    await ada.say(thread, "a colour?")
    seen = await house.answer(ada, thread, both(ended, says("Blue.")))
    max_ = house.person("max")
    await max_.archive(thread)
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, thread, both(ended, says("Green.")))
    await max_.archive(thread)
    await ada.click(seen, label="◀")
    seen = await house.answer(ada, thread, says("Blue."))
    await max_.archive(thread, locked=True)
    await ada.click(seen, label="▶")
    refusal = await house.answer(ada, thread, says("locked"))
    assert refusal.ephemeral


async def test_variants_of_several_messages(house: House) -> None:
    """Answers of several messages take each other's place, page by page, without a refusal."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=BIG))
    await ada.say(general, f"{house.me} at length")
    last = await house.answer(ada, general, both(ended, says("Paragraph 13.")))
    house.router.reply_next(Reply(text=BIG.replace("word", "lord")))
    await ada.click(last, label="Regenerate")
    last = await house.answer(ada, general, both(ended, says("Paragraph 13.", "lord")))
    await ada.click(last, label="◀")
    await house.answer(ada, general, both(ended, says("Paragraph 13.", "word")))
    house.assert_polite()


async def test_the_line_above_stays(house: House) -> None:
    """An answer about a message keeps its line above, whichever variant is shown."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    target = await house.person("ben").say(general, "The sky is green.")
    form = await (await ada.menu(MENU, target)).opened()
    house.router.reply_next(Reply(text="It is not."), Reply(text="No."))
    await ada.submit(form, {"Your question": "Is that true?"})
    seen = await house.answer(ada, general, both(ended, says("It is not.")))
    await ada.click(seen, label="Regenerate")
    seen = await house.answer(ada, general, both(ended, says("No.", "Ada asks about")))
    assert "The sky is green." in str(house.prompts()[-1])
    await ada.click(seen, label="◀")
    await house.answer(ada, general, says("It is not.", "Ada asks about"))
