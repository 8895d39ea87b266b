"""Edits of what a thread was made of by Continue in a thread: anybody's, with all its words."""

from sandbox.discord import applications, posting
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen, seen
from tests.journeys.house import House
from tests.journeys.test_branching import branch
from tests.journeys.test_continue_in_a_thread import ask, continued, lobby
from tests.journeys.test_edits import contents, said
from tests.journeys.test_threads import turn

RUNNING = {"embeds": [{"title": "Build 17 running"}]}
FAILED = {"embeds": [{"title": "Build 17 failed"}]}


async def on_a_build(house: House, ada: Person, *, by_webhook: bool) -> tuple[int, int]:
    """Let a robot post what it is at; return that message and the thread on it."""
    world, channel, robot = lobby(house)
    if by_webhook:
        message = applications.post_by_webhook(world, channel, "CI", RUNNING)
    else:
        message = applications.post_as_bot(world, channel, robot, RUNNING)
    return message.id, await continued(ada, seen(world, message))


async def test_robots_edit_what_they_said(house: House) -> None:
    """What a bot or a webhook edits is so in the thread on it, over a restart and in a branch."""
    await house.start()
    ada, world = house.person("ada"), house.discord.world
    general = house.channel("general")
    for by_webhook in (False, True):
        message, thread = await on_a_build(house, ada, by_webhook=by_webhook)
        _, answer = await said(house, ada, thread, "so?", f"Wait {thread}.")
        grown = await branch(ada, answer)
        await house.stop()
        await (await house.start()).wait_until_ready()
        posting.edit(world, world.message(general, message), FAILED)
        for place in (thread, grown):
            await turn(house, "ada", place, "and now?", f"Failed {place}.")
            first = contents(house)[0]
            assert "Build 17 failed" in first
            assert "running" not in first


def with_embed(house: House, message: Seen) -> Seen:
    """Let Discord show a preview of what a message links to."""
    world = house.discord.world
    found = world.message(message.channel_id, message.id)
    found.embeds = [{"type": "rich", "title": "The embedded title"}]
    return seen(world, found)


async def test_a_persons_edit_keeps_what_is_embedded(house: House) -> None:
    """After a person's edit the thread knows the new words, and what is embedded below them."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    message = await ben.say(general, "look at https://a.example/")
    thread = await continued(ada, with_embed(house, message))
    said_first = await ask(house, ada, thread, "and?", "ok.")
    assert said_first[0] == "Ben (@ben): look at https://a.example/\nThe embedded title"
    await house.stop()
    await (await house.start()).wait_until_ready()
    await ben.edit(message, "look there: https://a.example/")
    said_first = await ask(house, ada, thread, "now?", "oh.")
    assert said_first[0] == "Ben (@ben): look there: https://a.example/\nThe embedded title"
    house.assert_polite()


async def test_a_question_that_a_thread_began_with(house: House) -> None:
    """Edited, a question has its new words in its channel, and in the thread all that it shows."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    question, _ = await said(house, ada, general, f"{house.me} read https://a.example/", "Done.")
    thread = await continued(ada, with_embed(house, question))
    await ada.edit(question, f"{house.me} skim https://a.example/")
    await turn(house, "ada", general, f"{house.me} and?", "Nothing.")
    assert contents(house)[0] == "Ada (@ada): skim https://a.example/"
    first = (await ask(house, ada, thread, "what is there?", "A title."))[0]
    assert first == "Ada (@ada): skim https://a.example/\nThe embedded title"
    await ada.delete(question)
    await turn(house, "ada", general, f"{house.me} what was that?", "I forgot.")
    assert "skim" not in str(house.prompts()[-1])
    assert "skim" not in str(await ask(house, ada, thread, "and here?", "I forgot, too."))


async def test_the_files_of_a_beginning(house: House) -> None:
    """An edit keeps the files of what a thread began with, and takes away what it takes out."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    files = [("a.txt", b"Apples.", "text/plain"), ("b.txt", b"Pears.", "text/plain")]
    message = await ben.say(general, "my fruit", files=files)
    thread = await continued(ada, message)
    house.discord.files.hold()
    world = house.discord.world
    found = world.message(general, message.id)
    kept = [{"id": str(it.id)} for it in found.attachments if it.name == "b.txt"]
    posting.edit(world, found, {"content": "our fruit", "attachments": kept})
    first = (await ask(house, ada, thread, "which?", "Pears."))[0]
    assert first.startswith("Ben (@ben): our fruit")
    assert "Pears." in first
    assert "Apples." not in first
    house.discord.files.release()
