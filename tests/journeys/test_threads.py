"""Threads: every message is a turn, over a restart; edits and deletions count."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says


async def open_thread(house: House, **options: object) -> int:
    """Open a thread as Ada and return its id."""
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "chat", options)
    seen = await house.answer(ada, general, says("<#"))
    return int(seen.text.split("<#", 1)[1].split(">", 1)[0])


async def turn(house: House, name: str, thread: int, words: str, answer: str) -> None:
    """Let somebody say something in a thread and wait for the answer."""
    person = house.person(name)
    house.router.reply_next(Reply(text=answer))
    await person.say(thread, words)
    await house.answer(person, thread, lambda it: ended(it) and answer in it.text)


async def test_a_thread_of_many_turns_carries_the_whole_past(house: House) -> None:
    """Each prompt holds all that was said before, and by whom."""
    await house.start()
    house.router.reply_next(Reply(text="answer 0"))
    thread = await open_thread(house, prompt="question 0", title="Our plan")
    assert house.discord.world.channel(thread).name == "Our plan"
    ada = house.person("ada")
    await house.answer(ada, thread, lambda it: ended(it) and "answer 0" in it.text)
    for number in range(1, 6):
        name = "ben" if number % 2 else "ada"
        await turn(house, name, thread, f"question {number}", f"answer {number}")
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    expected = []
    for number in range(6):
        speaker = "Ben (@ben)" if number % 2 else "Ada (@ada)"
        expected += [f"{speaker}: question {number}", f"answer {number}"]
    assert contents == expected[:-1]
    house.assert_polite()


async def test_a_restart_goes_on_where_it_was(house: House) -> None:
    """After a restart the thread still answers, and remembers what was said before."""
    await house.start()
    thread = await open_thread(house)
    await turn(house, "ada", thread, "my number is 42", "Noted.")
    await house.stop()
    await house.start()
    await turn(house, "ada", thread, "what is my number?", "It is 42.")
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents == ["Ada (@ada): my number is 42", "Noted.", "Ada (@ada): what is my number?"]


async def test_a_private_thread_is_seen_by_its_people(house: House) -> None:
    """A private thread holds who asked; others can't see it."""
    await house.start()
    thread = await open_thread(house, private=True, title="Quiet")
    world = house.discord.world
    assert world.can_see(house.person("ada").id, world.channel(thread))
    assert not world.can_see(house.person("ben").id, world.channel(thread))
    await turn(house, "ada", thread, "psst", "I am listening.")


async def test_a_long_title_is_shortened_and_said(house: House) -> None:
    """A title of 200 characters becomes 100, and the person is told."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    used = await ada.slash(general, "chat", {"title": "t" * 200})
    seen = await house.answer(ada, general, says("longer than 100"))
    assert seen.id in used.message_ids
    thread = int(seen.text.split("<#", 1)[1].split(">", 1)[0])
    assert house.discord.world.channel(thread).name == "t" * 99 + "…"


async def test_a_thread_inside_a_thread_is_explained(house: House) -> None:
    """`/chat` in a thread says what to do instead, to the person alone."""
    await house.start()
    thread = await open_thread(house)
    ada = house.person("ada")
    await ada.slash(thread, "chat", {"prompt": "nested"})
    seen = await house.answer(ada, thread, says("text channel"))
    assert seen.ephemeral
    assert house.prompts() == []


async def test_a_refused_first_question_is_told_in_the_thread(house: House) -> None:
    """Where the first question is refused, the thread is there and says why."""
    await house.start(default_quota="requests/day=0")
    thread = await open_thread(house, prompt="anybody there?")
    ada, general = house.person("ada"), house.channel("general")
    await house.answer(ada, thread, says("limit of 0 requests"))
    await house.answer(ada, general, says(f"<#{thread}>"))


async def test_edits_and_deletions_change_the_past(house: House) -> None:
    """An edited question counts with its new words, a deleted one no more."""
    await house.start()
    thread = await open_thread(house)
    ada = house.person("ada")
    house.router.reply_next(Reply(text="one"), Reply(text="two"), Reply(text="three"))
    first = await ada.say(thread, "I live in Rome")
    await house.answer(ada, thread, lambda it: ended(it) and it.text.startswith("one"))
    second = await ada.say(thread, "forget this")
    await house.answer(ada, thread, lambda it: ended(it) and it.text.startswith("two"))
    await ada.edit(first, "I live in Oslo")
    await ada.delete(second)
    await ada.say(thread, "where do I live?")
    await house.answer(ada, thread, lambda it: ended(it) and it.text.startswith("three"))
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents == ["Ada (@ada): I live in Oslo", "one", "Ada (@ada): where do I live?"]


async def test_a_deleted_answer_is_forgotten(house: House) -> None:
    """An answer that somebody deletes is no part of the past any more; its question stays."""
    await house.start()
    thread = await open_thread(house)
    await turn(house, "ada", thread, "tell me a secret", "The code is 1234.")
    ada, max_ = house.person("ada"), house.person("max")
    answer = await house.answer(ada, thread, says("1234"))
    await max_.delete(answer)
    await turn(house, "ada", thread, "what was it?", "I do not know.")
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents == ["Ada (@ada): tell me a secret", "Ada (@ada): what was it?"]


async def test_what_changes_while_it_waits(house: House) -> None:
    """A question that waits for its turn is asked with its newest words, or not if deleted."""
    await house.start()
    thread = await open_thread(house)
    ada = house.person("ada")
    house.router.reply_next(Reply(text="one " * 100, hold_after=100), Reply(text="Oslo it is."))
    await ada.say(thread, "write")
    await house.router.held()
    edited = await ada.say(thread, "I live in Rome")
    deleted = await ada.say(thread, "forget this")
    await ada.edit(edited, "I live in Oslo")
    await ada.delete(deleted)
    # The bot has heard of both once it has answered something that was said after them.
    await ada.slash(thread, "help")
    await house.answer(ada, thread, says("Talk with a reasoning model"))
    house.router.release()
    await house.answer(ada, thread, both(ended, says("Oslo it is.")))
    house.router.reply_next(Reply(text="Last."))
    await ada.say(thread, "and now?")
    await house.answer(ada, thread, both(ended, says("Last.")))
    asked = [prompt[-1]["content"] for prompt in house.prompts()]
    assert asked == [
        "Ada (@ada): write",
        "Ada (@ada): I live in Oslo",
        "Ada (@ada): and now?",
    ]
