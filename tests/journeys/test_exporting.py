"""`/history export`: a conversation as a file, for one person alone."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema

from sandbox.discord.people import Person
from sandbox.discord.permissions import Permission
from sandbox.discord.seen import Seen, SeenFile
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_forgetting import say
from tests.journeys.test_prices import look

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "history.schema.json").read_text("utf-8")
)


async def export(person: Person, channel: int, form: str = "json") -> Seen:
    """Export a channel, and return what is answered."""
    return await use(person, channel, "history export", format=form)


def read(seen: Seen) -> Any:
    """Return the one document of an export, after a look at whether it fits the schema."""
    [file] = seen.files
    found = json.loads(file.content)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


async def test_a_conversation_as_json(house: House) -> None:
    """Names, words, files, variants and states are in it, after a restart too; ids are whole."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    file = ("notes.txt", b"All about lighthouses.", "text/plain")
    house.router.reply_next(Reply(text="Blue.", thinking="A pondered secret."))
    await ada.slash(general, "ask", {"prompt": "A colour?", "file": file})
    seen = await house.answer(ada, general, both(ended, says("Blue.")))
    house.router.reply_next(Reply(text="Green,", finish_reason="length"))
    await (await ada.click(seen, label="Regenerate")).acknowledged()
    await house.answer(ada, general, both(ended, says("Green,")))
    await say(house, ben, general, "Why?", "Because.")
    await house.stop()
    await house.start()
    told = await export(ada, general)
    assert told.text.startswith("What I remember of this conversation: 2 questions")
    assert told.files[0].name == "history-general.json"
    found = read(told)
    assert found["place"]["channel"] == "general"
    assert found["place"]["channel_id"] == str(general)
    assert found["exported_for"] == {"id": str(ada.id), "name": "Ada", "username": "ada"}
    first, second = found["turns"]
    assert first["text"] == "A colour?"
    assert [(it["name"], it["text"]) for it in first["files"]] == [
        ("notes.txt", "All about lighthouses.")
    ]
    answers = [(it["text"], it["state"], it["chosen"]) for it in first["answers"]]
    assert answers == [("Blue.", "complete", False), ("Green,", "length", True)]
    assert second["author"]["name"] == "Ben"
    assert "pondered" not in told.files[0].content.decode()
    house.assert_polite()


async def test_it_is_what_the_next_prompt_holds(house: House) -> None:
    """What is exported are the words that the model is sent, others' private turns left out."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await say(house, ada, general, "one", "First.")
    for person, words in ((ada, "mine"), (ben, "secret")):
        house.router.reply_next(Reply(text=f"Only {words}."))
        await person.slash(general, "ask", {"prompt": words, "private": True})
        await house.answer(person, general, both(ended, says(f"Only {words}.")))
    gone = await ada.say(general, f"{house.me} gone")
    await house.answer(ada, general, both(ended, lambda seen: seen.reply_to == gone.id))
    await ada.delete(gone)
    found = read(await export(ada, general))
    assert [(it["text"], it["private"]) for it in found["turns"]] == [
        ("one", False),
        ("mine", True),
    ]
    house.router.reply_next(Reply(text="Done."))
    await ada.slash(general, "ask", {"prompt": "all", "private": True})
    await house.answer(ada, general, both(ended, says("Done.")))
    sent = [it["content"] for it in house.prompts()[-1][1:-1]]
    exported = []
    for turn in found["turns"]:
        chosen = next(it["text"] for it in turn["answers"] if it["chosen"])
        exported += [f"Ada (@ada): {turn['text']}", chosen]
    assert sent == exported


async def test_markdown_in_threads_and_direct_messages(house: House) -> None:
    """It reads well, wherever it is used; where nothing was said the file says so."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    dm = await ada.open_dm()
    told = await export(ada, dm, "markdown")
    assert "I remember nothing of this conversation yet" in told.text
    house.router.reply_next(Reply(text="```py\nprint(1)"))
    await ada.say(dm, "# Code!")
    await house.answer(ada, dm, both(ended, says("print(1)")))
    [file] = (await export(ada, dm, "markdown")).files
    written = file.content.decode()
    assert "## Ada (\\@ada)\n\n*20" in written
    assert "\n> # Code!\n" in written
    assert "\n> ```py\n> print(1)" in written
    thread = await ada.start_thread(general, "A thread")
    await say(house, ada, thread, "here?", "Here.")
    [file] = (await export(ada, thread, "markdown")).files
    assert file.content.decode().startswith("# general in Lighthouse\n")
    assert "> Here." in file.content.decode()
    ada.user.locale = "de"
    await house.stop()
    await house.start()
    told = await use(ada, thread, "history export", format="markdown")
    written = told.files[0].content.decode()
    assert "\n\n*Exportiert für Ada am 20" in written
    assert "### Antwort\n\n*20" in written
    assert "Answer" not in written


async def test_who_may(house: House) -> None:
    """Who may not use the bot there, or not read the channel's history, gets no file."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await say(house, ada, general, "one", "First.")
    await use(olga, general, "access deny", member=ada.id)
    told = await export(ada, general)
    assert not told.files
    assert "does not let you use me" in told.text or "not use me" in told.text
    await use(olga, general, "access remove", member=ada.id)
    assert (await export(ada, general)).files
    world = house.discord.world
    guild = next(iter(world.guilds.values()))
    everyone = guild.roles[guild.id]
    kept = everyone.permissions & ~Permission.READ_MESSAGE_HISTORY
    world.set_permissions(guild, everyone, kept)
    told = await export(ada, general)
    assert told.text == "You need the permission **Read Message History** for that."
    assert not told.files


async def test_a_long_one_comes_zipped(house: House) -> None:
    """What is larger than Discord takes comes zipped, in parts, and nothing of it is missing."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    await say(house, ada, general, "one", "First.")
    await house.stop()
    copied = "conversation_id, author_id, author_name, author_username, tokens, asked_at, pinned"
    await look(
        house,
        f"INSERT INTO turns ({copied}, text) SELECT {copied}, hex(randomblob(4000000)) FROM turns"  # noqa: S608
        " JOIN (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)",
    )
    words = await look(house, "SELECT text FROM turns ORDER BY id")
    await house.start()
    used = await ada.slash(general, "history export", {"format": "json"})
    told = await used.answered(PATIENCE)
    assert "It comes in 2 parts" in told.text
    files = await ada.wait_for(general, lambda it: it.id != told.id and it.ephemeral)
    parts = [read_zipped(it.files[0], n) for n, it in enumerate((told, files), 1)]
    assert [it["last"] for it in parts] == [False, True]
    assert [(turn["text"],) for part in parts for turn in part["turns"]] == words


def read_zipped(file: SeenFile, part: int) -> Any:
    """Return a part of an export that came zipped."""
    assert file.name == f"history-general-{part}.json.zip"
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return json.loads(archive.read(f"history-general-{part}.json"))
