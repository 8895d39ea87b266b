"""Edits of questions with files: the words count at once, the files as soon as they are read."""

from sandbox.discord import posting
from sandbox.discord.model import Upload
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.shelves import shown, shown_once
from tests.journeys.test_edits import EDITED, contents, told
from tests.journeys.test_prices import DAY, DEAR, asks
from tests.journeys.test_threads import open_thread, turn
from tests.journeys.walking import eventually

FILES = [("a.txt", b"Apples.", "text/plain"), ("b.txt", b"Pears.", "text/plain")]


async def asked(house: House, ada: Person, thread: int) -> tuple[Seen, Seen]:
    """Let Ada ask with two files; return that and the answer."""
    house.router.reply_next(Reply(text="Paris."))
    question = await ada.say(thread, "the capital of France?", files=FILES)
    return question, await house.answer(ada, thread, both(ended, says("Paris.")))


def keep(house: House, message: Seen, *names: str, text: str) -> None:
    """Let somebody edit a message, and leave it these of its files alone."""
    world = house.discord.world
    found = world.message(message.channel_id, message.id)
    kept = [{"id": str(it.id)} for it in found.attachments if it.name in names]
    posting.edit(world, found, {"content": text, "attachments": kept})


async def test_words_wait_for_no_file(house: House) -> None:
    """While Discord hands the files out slowly, the next prompt has the new words and all files."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    question, _ = await asked(house, ada, thread)
    house.discord.files.hold()
    await ada.edit(question, "the capital of Norway?")
    await turn(house, "ada", thread, "and?", "Hm.")
    assert "Norway" in contents(house)[0]
    assert "Apples." in contents(house)[0]
    assert "Pears." in contents(house)[0]
    assert "the capital of Norway?" in (await shown(ada, thread)).text
    await house.stop()
    house.discord.files.release()
    await house.start()
    await turn(house, "ada", thread, "so?", "So.")
    assert "Norway" in contents(house)[0]
    assert "Pears." in contents(house)[0]


async def test_a_file_that_is_taken_out(house: House) -> None:
    """A file that an edit takes out is gone at once; the newest answer offers another one."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    question, answer = await asked(house, ada, thread)
    house.discord.files.hold()
    keep(house, question, "b.txt", text="the capital of France?")
    answer = await told(house, ada, answer, EDITED)
    house.router.reply_next(Reply(text="Oslo."))
    await ada.click(answer, label="Regenerate")
    await house.answer(ada, thread, both(ended, says("Oslo.")))
    assert "Apples." not in contents(house)[0]
    assert "Pears." in contents(house)[0]


async def test_a_file_that_can_be_read_at_last(house: House) -> None:
    """What is read late counts from then on, and the newest answer offers another one."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="Paris."))
    question = await ada.say(thread, "the capital of France?")
    answer = await house.answer(ada, thread, both(ended, says("Paris.")))
    house.discord.files.hold()
    world = house.discord.world
    found = world.message(thread, question.id)
    posting.edit(world, found, {}, [Upload(*it) for it in FILES])
    await eventually(lambda: house.discord.files.asked == 2)
    house.discord.files.release()
    answer = await told(house, ada, answer, EDITED)
    house.router.reply_next(Reply(text="Oslo."))
    await ada.click(answer, label="Regenerate")
    await house.answer(ada, thread, both(ended, says("Oslo.")))
    assert "Apples." in contents(house)[0]
    assert "Pears." in contents(house)[0]


async def test_edited_again_while_files_are_read(house: House) -> None:
    """What an edit before the last one reads of its files comes too late, and brings none back."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    question, _ = await asked(house, ada, thread)
    files = house.discord.files
    files.hold()
    keep(house, question, "a.txt", "b.txt", text="the capital of Norway?")
    await eventually(lambda: files.asked == 4)
    keep(house, question, text="the capital of Spain?")
    await shown_once(ada, thread, lambda it: "Spain" in it[0].words)
    files.release()
    await eventually(lambda: files.handed_out == 4)
    for words in ("and?", "so?"):
        await turn(house, "ada", thread, words, f"{words} Hm.")
        assert contents(house)[0] == "Ada (@ada): the capital of Spain?"


async def test_a_price_is_asked_for_the_last_edit(house: House) -> None:
    """While an edit's files are read another comes: Send sends what was said last, for that."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    asked_for = await ada.say(general, f"{house.me} what is it about?", files=[DEAR])
    price = await house.answer(ada, general, asks)
    files = house.discord.files
    files.hold()
    await ada.edit(asked_for, f"{house.me} what is in it?")
    await eventually(lambda: files.asked == 2)
    keep(house, asked_for, text=f"{house.me} what is a lighthouse?")
    await house.answer(ada, general, both(asks, lambda it: it.text != price.text))
    files.release()
    await eventually(lambda: files.handed_out == 2)
    await (await ada.slash(general, "usage")).answered()
    house.router.reply_next(Reply(text="A tower of light."))
    await ada.click(price, label="Send")
    await house.answer(ada, general, both(ended, says("A tower of light.")))
    assert contents(house) == ["Ada (@ada): what is a lighthouse?"]
