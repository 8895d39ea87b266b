"""Thread: a conversation goes on from an answer in a thread of its own."""

from sandbox.discord.model import ChannelType
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says


async def talk(house: House, *turns: tuple[str, str]) -> tuple[Person, int, list[Seen]]:
    """Let Ada ask and be answered; return the answers."""
    ada, general = house.person("ada"), house.channel("general")
    answers = []
    for question, answer in turns:
        house.router.reply_next(Reply(text=answer))
        await ada.say(general, f"{house.me} {question}")
        answers.append(await house.answer(ada, general, both(ended, says(answer))))
    return ada, general, answers


async def branch(person: Person, answer: Seen) -> int:
    """Press Thread and return the thread's id."""
    used = await person.click(answer, label="Thread")
    seen = await used.answered()
    assert seen.ephemeral
    return int(seen.text.rpartition("<#")[2].removesuffix(">"))


async def test_a_branch_remembers_what_was_said_until_there(house: House) -> None:
    """The thread begins with the past up to the answer, after a restart too; both go on apart."""
    await house.start()
    ada, general, answers = await talk(
        house, ("one", "First."), ("two", "Second."), ("three", "Third.")
    )
    await house.stop()
    await house.start()
    thread = await branch(ada, answers[1])
    await ada.wait_for(thread, says("goes on from"))
    house.router.reply_next(Reply(text="Branched."))
    await ada.say(thread, "and then?")
    await house.answer(ada, thread, both(ended, says("Branched.")))
    prompt = [it["content"] for it in house.prompts()[-1]][1:]
    assert [it.rpartition(" ")[2] for it in prompt] == ["one", "First.", "two", "Second.", "then?"]
    house.router.reply_next(Reply(text="Fourth."))
    await ada.say(general, f"{house.me} four")
    await house.answer(ada, general, both(ended, says("Fourth.")))
    assert "Third." in str(house.prompts()[-1])
    assert "Branched." not in str(house.prompts()[-1])
    house.assert_polite()


async def test_a_branch_has_the_variant_that_is_shown(house: House) -> None:
    """The answer that is shown is the one in the branch, in later turns as in the last."""
    await house.start()
    ada, general, [first] = await talk(house, ("a colour?", "Blue."))
    house.router.reply_next(Reply(text="Green."))
    await ada.click(first, label="Regenerate")
    first = await house.answer(ada, general, both(ended, says("Green.")))
    await ada.click(first, label="◀")
    first = await house.answer(ada, general, says("Blue."))
    thread = await branch(ada, first)
    house.router.reply_next(Reply(text="Because."))
    await ada.say(thread, "why?")
    await house.answer(ada, thread, both(ended, says("Because.")))
    assert "Blue." in str(house.prompts()[-1])
    assert "Green." not in str(house.prompts()[-1])


async def test_branches_of_branches(house: House) -> None:
    """In a thread the button opens another thread beside it."""
    await house.start()
    ada, _, [first] = await talk(house, ("one", "First."))
    thread = await branch(ada, first)
    house.router.reply_next(Reply(text="Second."))
    await ada.say(thread, "two")
    second = await house.answer(ada, thread, both(ended, says("Second.")))
    another = await branch(ada, second)
    assert another != thread
    house.router.reply_next(Reply(text="Third."))
    await ada.say(another, "three")
    await house.answer(ada, another, both(ended, says("Third.")))
    assert "First." in str(house.prompts()[-1])
    assert "Second." in str(house.prompts()[-1])


async def test_a_private_answer_branches_in_private(house: House) -> None:
    """From a private answer a private thread goes on; a public one has nothing of that."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Whispered."))
    await ada.slash(general, "ask", {"prompt": "a secret", "private": True})
    private = await house.answer(ada, general, both(ended, says("Whispered.")))
    _, _, [public] = await talk(house, ("one", "First."))
    thread = await branch(ada, private)
    assert house.discord.world.channel(thread).type is ChannelType.PRIVATE_THREAD
    house.router.reply_next(Reply(text="Go on."), Reply(text="Openly."))
    await ada.say(thread, "and?")
    await house.answer(ada, thread, both(ended, says("Go on.")))
    assert "Whispered." in str(house.prompts()[-1])
    open_thread = await branch(ada, public)
    await ada.say(open_thread, "and?")
    await house.answer(ada, open_thread, both(ended, says("Openly.")))
    assert "Whispered." not in str(house.prompts()[-1])


async def test_no_threads_in_direct_messages(house: House) -> None:
    """In a direct message, where there are no threads, the button is not offered."""
    await house.start()
    ada = house.person("ada")
    dm = await ada.open_dm()
    house.router.reply_next(Reply(text="Hello."))
    await ada.say(dm, "hello")
    seen = await house.answer(ada, dm, both(ended, says("Hello.")))
    assert [it.label for it in seen.buttons] == ["Regenerate"]


async def test_a_missing_permission_is_named(house: House) -> None:
    """Where the bot may open no threads, who pressed is told which permission is missing."""
    await house.start()
    ada, general, [first] = await talk(house, ("one", "First."))
    house.discord.faults.fail("POST", r"/threads", status=403, times=1)
    await ada.click(first, label="Thread")
    refusal = await house.answer(ada, general, says("Create Public Threads"))
    assert refusal.ephemeral
