"""`/history forget`: what a person said goes everywhere, after a yes; what it cost stays."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.menus import ask as ask_about
from tests.journeys.process import running
from tests.journeys.test_branching import branch
from tests.journeys.test_personas import write
from tests.journeys.test_prices import DAY, DEAR, asks, look
from tests.journeys.test_threads import open_thread, turn
from tests.journeys.walking import eventually, kept

WORDS = (
    "Kelmuffin",  # said in a channel, and repeated by the answer
    "Drazzlebop",  # thought about it
    "Wimblethorp",  # said first, then edited
    "Snorquibble",  # what it was edited to
    "Plongatron",  # said and then deleted
    "Fizzwallace",  # in a file
    "Grundlemeister",  # a file's name
    "Hockapuddle",  # asked in private
    "Yabberwinkle",  # in a direct message
    "Tromboflex",  # a persona
    "Zankerdoodle",  # waits for a yes
    "Vexilompo",  # a variant that is not shown
    "Marzipolis",  # said in a thread that branched off
)
"""Words that stand nowhere else, one for each place where a person leaves words."""

BENS = "Ostroblum"
ECHO = "Ada likes Kelmuffin and wrote all about Fizzwallace."
"""An answer to another that repeats words of Ada's."""


async def forget(person: Person, channel: int) -> Seen:
    """Ask to be forgotten, and return what is asked back."""
    return await use(person, channel, "history forget")


async def press(person: Person, asked: Seen, label: str = "Forget all of it") -> Seen:
    """Press a button of the confirmation, and return it as it is then."""
    await (await person.click(asked, label=label)).acknowledged()
    return await person.wait_for(
        asked.channel_id, lambda seen: seen.id == asked.id and not seen.buttons
    )


async def purged(house: House) -> None:
    """Wait until the database's files hold nothing more of what was erased."""
    async with asyncio.timeout(PATIENCE):
        while True:
            [(left,)] = await look(
                house, "SELECT count(*) FROM forgettings WHERE purged_at IS NULL"
            )
            if not left:
                return
            await asyncio.sleep(0.05)


def files_of(house: House) -> list[Path]:
    """Return what the bot has written: its database, what lies beside that, and its log."""
    return [it for it in sorted(house.folder.iterdir()) if it.is_file()]


def found(house: House, words: Iterable[str]) -> list[str]:
    """Return where which of these words stand, in any encoding."""
    return [
        f"{word} in {file.name} as {encoding}"
        for file in files_of(house)
        for word in words
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if word.encode(encoding) in file.read_bytes()
    ]


async def say(
    house: House, person: Person, channel: int, words: str, answer: str, **options: str
) -> Seen:
    """Let somebody ask by mention and be answered."""
    house.router.reply_next(Reply(text=answer, thinking=options.get("thinking", "")))
    await person.say(channel, f"{house.me} {words}")
    return await house.answer(person, channel, both(ended, says(answer)))


async def leave_words(house: House, ada: Person, general: int) -> Seen:
    """Let Ada leave each of the words; return her first answer."""
    first = await say(
        house, ada, general, "Kelmuffin!", "Kelmuffin indeed.", thinking="Drazzlebop?"
    )
    await say(house, ada, general, "Plongatron", "Plongatron too.")
    await ada.delete(next(it for it in ada.sees(general) if "> Plongatron" in it.text))
    house.router.reply_next(Reply(text="Yes, Wimblethorp."))
    asked = await ada.say(general, f"{house.me} Wimblethorp")
    await house.answer(ada, general, both(ended, says("Yes, Wimblethorp.")))
    await ada.edit(asked, f"{house.me} Snorquibble")
    file = ("Grundlemeister.txt", b"All about Fizzwallace.", "text/plain")
    house.router.reply_next(Reply(text="Fizzwallace of Grundlemeister."))
    await ada.slash(general, "ask", {"prompt": "this?", "file": file})
    await house.answer(ada, general, both(ended, says("Fizzwallace of")))
    house.router.reply_next(Reply(text="Hockapuddle, but quietly."))
    await ada.slash(general, "ask", {"prompt": "Hockapuddle?", "private": True})
    await house.answer(ada, general, both(ended, says("Hockapuddle, but")))
    dm = await ada.open_dm()
    house.router.reply_next(Reply(text="Dear Yabberwinkle."))
    await ada.say(dm, "Yabberwinkle")
    await house.answer(ada, dm, both(ended, says("Dear Yabberwinkle.")))
    await write(ada, general, "Call me Tromboflex.")
    return await regenerate(house, ada, general, first)


async def regenerate(house: House, ada: Person, general: int, first: Seen) -> Seen:
    """Let the first answer have a variant, branch from it, and leave something dear waiting."""
    house.router.reply_next(Reply(text="Vexilompo instead."))
    await (await ada.click(first, label="Regenerate")).acknowledged()
    first = await house.answer(ada, general, both(ended, says("Vexilompo instead.")))
    await (await ada.click(first, label="◀")).acknowledged()
    first = await house.answer(ada, general, says("Kelmuffin indeed."))
    thread = await branch(ada, first)
    house.router.reply_next(Reply(text="Marzipolis."))
    await ada.say(thread, "Marzipolis")
    await house.answer(ada, thread, both(ended, says("Marzipolis.")))
    await ada.slash(general, "ask", {"prompt": "Zankerdoodle?", "file": DEAR})
    await house.answer(ada, general, asks)
    return first


async def test_not_a_byte_is_left(house: House) -> None:
    """None of a person's words stays in the database's files or the log; others' do, and sums."""
    limits = {name.upper(): str(value) for name, value in DAY.items()}
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    async with running(house, **limits) as bot:
        first = await leave_words(house, ada, general)
        await say(house, ben, general, BENS, f"{BENS} it is.")
        await say(house, ben, general, "What does she like?", ECHO, thinking="Not Hockapuddle.")
        await bot.stop()
    sums = await look(house, "SELECT * FROM ledger_sums")
    async with running(house, **limits):
        assert {it.partition(" ")[0] for it in found(house, WORDS)} == set(WORDS)
        asked = await forget(ada, general)
        assert "8 questions of yours" in asked.text
        assert "your own persona" in asked.text
        assert "1 answer to others that repeats your words" in asked.text
    async with running(house, **limits) as bot:
        told = await press(ada, asked)
        assert "8 questions of yours" in told.text
        assert "1 file that came with them" in told.text
        assert "1 answer to others that repeats your words" in told.text
        assert "are overwritten now" in told.text
        await purged(house)
        assert found(house, WORDS) == []
        assert await look(house, "SELECT * FROM ledger_sums") == sums
        assert found(house, [BENS])
        assert "These words are forgotten" in await told_alone(ada, first, "Regenerate")
        await say(house, ben, general, "And now?", "Now.")
        sent = str(house.prompts()[-1])
        assert BENS in sent
        assert not [it for it in WORDS if it in sent]
        assert "nothing to forget" in (await forget(ada, general)).text
        await bot.stop()
    assert found(house, WORDS) == []


async def told_alone(person: Person, pressed: Seen, label: str) -> str:
    """Press a button, and return what is said to that in private."""
    known = {it.id for it in person.sees(pressed.channel_id)}
    await person.click(pressed, label=label)
    told = await person.wait_for(
        pressed.channel_id,
        lambda seen: seen.id not in known and seen.ephemeral and not seen.thinking,
    )
    return told.text


def buttons_of(seen: Seen) -> list[str]:
    """Return the buttons below an answer that lead somewhere."""
    return [it.label for it in seen.buttons if not it.disabled]


async def test_every_button_says_so(house: House) -> None:
    """Each button below a forgotten answer says in private that its words are forgotten."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(
        Reply(text="Blue,", thinking="Hm.", finish_reason="length"), Reply(text="Green,")
    )
    await ada.say(general, f"{house.me} a colour?")
    seen = await house.answer(ada, general, both(ended, says("Blue,")))
    await (await ada.click(seen, label="Regenerate")).acknowledged()
    seen = await house.answer(ada, general, both(ended, says("Green,")))
    await (await ada.click(seen, label="◀")).acknowledged()
    seen = await house.answer(ada, general, says("Blue,", "cut"))
    await press(ada, await forget(ada, general))
    await house.stop()
    await house.start()
    assert {"Regenerate", "Continue", "Thinking", "Thread", "▶"} <= set(buttons_of(seen))
    for label in buttons_of(seen):
        told = await told_alone(ada, seen, label)
        assert told.startswith("These words are forgotten: "), label
        told = await told_alone(ben, seen, label)
        assert told.startswith("Only the person who asked"), label
    house.assert_polite()


async def test_keeping_it(house: House) -> None:
    """A no changes nothing, and who never spoke is not even asked."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    assert "nothing to forget" in (await forget(ben, general)).text
    await say(house, ada, general, "Kelmuffin", "Kelmuffin.")
    told = await press(ada, await forget(ada, general), "Keep it")
    assert told.text == "Nothing was forgotten."
    await say(house, ada, general, "And?", "And.")
    assert "Kelmuffin" in str(house.prompts()[-1])


async def test_while_an_answer_is_written(house: House) -> None:
    """What is being written is stopped and paid; of it and of what waits, nothing is stored."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Kelmuffin " * 400, hold_after=500))
    await ada.say(general, f"{house.me} Drazzlebop for long")
    await house.router.held()
    await house.answer(ada, general, says("Kelmuffin Kelmuffin"))
    await ada.say(general, f"{house.me} Wimblethorp waits")
    asked = await forget(ada, general)
    assert "1 question of yours" in asked.text
    await press(ada, asked)
    await house.answer(ada, general, both(says("topped"), says("$")))
    await purged(house)
    ben = house.person("ben")
    await say(house, ben, general, "And?", "And.")
    await house.stop()
    assert found(house, ("Kelmuffin", "Drazzlebop", "Wimblethorp")) == []
    assert len(house.prompts()) == 2
    rows = await look(house, "SELECT count(*) FROM ledger WHERE kind = 'spend' AND tokens > 0")
    assert rows == [(2,)]
    assert await look(house, "SELECT count(*) FROM holds") == [(0,)]


async def test_everybody_may_everywhere(house: House) -> None:
    """Who may not use the bot can still have their words forgotten, in a direct message too."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await say(house, ada, general, "Kelmuffin", "Kelmuffin.")
    await use(olga, general, "access deny", member=ada.id)
    asked = await forget(ada, general)
    await press(ada, asked, "Keep it")
    told = await press(ada, await forget(ada, await ada.open_dm()))
    assert "1 question of yours" in told.text
    await purged(house)
    assert await look(house, "SELECT count(*) FROM turns WHERE text <> ''") == [(0,)]


async def test_an_admins_reasons_go_and_their_changes_stay(house: House) -> None:
    """What an admin wrote as a reason goes; what they changed is still known."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    grant = {"member": ada.id, "meter": "tokens", "amount": 500, "reason": "for Kelmuffin (late)"}
    await use(olga, general, "quota grant", **grant)
    await use(olga, general, "quota reset", member=ada.id, reason="Drazzlebop")
    await write(olga, general, "You are a pirate.", scope="server")
    asked = await forget(olga, general)
    assert "2 reasons that you wrote" in asked.text
    assert "1 persona that you wrote for a channel or a server" in asked.text
    await press(olga, asked)
    trail = (await use(olga, general, "audit")).text
    assert "500 tokens" in trail
    assert "Kelmuffin" not in trail
    assert "Drazzlebop" not in trail
    assert "pirate" in (await use(ada, general, "persona show")).text
    assert "500 tokens" in (await use(ada, general, "usage")).text


async def test_quotes_in_others_questions_go(house: House) -> None:
    """What others quoted by a reply or a menu goes, with its files; what they asked stays."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    told = await ada.say(general, "I like Kelmuffin.")
    house.router.reply_next(Reply(text="One."))
    await ben.say(general, f"{house.me} why does she?", reply_to=told)
    await house.answer(ben, general, both(ended, says("One.")))
    file = ("Grundlemeister.txt", b"All about Fizzwallace.", "text/plain")
    with_file = await ada.say(general, "Drazzlebop", files=[file])
    house.router.reply_next(Reply(text="Two."))
    await ask_about(ben, with_file, "What is that?")
    await house.answer(ben, general, both(ended, says("Two.")))
    assert "Kelmuffin" in str(house.prompts()[-1])
    asked = await forget(ada, general)
    assert "2 quotes of yours in others' questions" in asked.text
    await press(ada, asked)
    await purged(house)
    await say(house, ben, general, "And?", "And.")
    sent = [it["content"] for it in house.prompts()[-1]][1:]
    gone = "Ben (@ben): (about words that were erased at their author's wish)\n"
    assert sent[0] == f"{gone}why does she?"
    assert sent[2] == f"{gone}What is that?"
    await house.stop()
    words = ("Kelmuffin", "Drazzlebop", "Fizzwallace", "Grundlemeister")
    assert found(house, words) == []


async def test_a_title_that_is_being_made(house: House) -> None:
    """What is forgotten while the model names a thread comes back as no title."""
    await house.start(titles="on")
    house.router.reply_next(Reply(text="Yes."), Reply(text="All about Kelmuffin", hold_after=1))
    thread = await open_thread(house, prompt="Drazzlebop?")
    await house.router.held()
    ada = house.person("ada")
    asked = await forget(ada, thread)
    assert "1 thread title" in asked.text
    await press(ada, asked)
    house.router.release()
    await eventually(lambda: not kept(house)["holds"])
    assert house.discord.world.channel(thread).name == "Drazzlebop?"
    await purged(house)
    await house.stop()
    assert found(house, ("Kelmuffin", "Drazzlebop")) == []


async def test_quotes_of_what_the_bot_repeated_go(house: House) -> None:
    """What others quote of answers to a person, and of what the bot said for them, goes too."""
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    house.router.reply_next(Reply(text="Drazzlebop."), Reply(text="One."), Reply(text="Two."))
    thread = await open_thread(house, prompt="Kelmuffin?")
    answer = await house.answer(ada, thread, both(ended, says("Drazzlebop.")))
    first = next(it for it in ada.sees(thread) if "Kelmuffin?" in it.text)
    for message, words in ((first, "One."), (answer, "Two.")):
        await ask_about(ben, message, "What is that?")
        await house.answer(ben, thread, both(ended, says(words)))
    assert "Kelmuffin" in str(house.prompts()[1][-1])
    assert "Drazzlebop" in str(house.prompts()[2][-1])
    await press(ada, await forget(ada, thread))
    await purged(house)
    await house.stop()
    assert found(house, ("Kelmuffin", "Drazzlebop")) == []


async def test_answers_to_others_that_repeat_it_go(house: House) -> None:
    """Ben's answer that repeats Ada's words goes, and its copy in a branch; his others stay."""
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house)
    await turn(house, "ada", thread, "My secret word is Kelmuffin", "Noted.")
    await turn(house, "ben", thread, "what did she say?", "Ada said: my secret word is so.")
    await turn(house, "ben", thread, "and lamps?", "Lamps are bright.")
    await turn(house, "ben", thread, "which word?", "It was Kelmuffin.")
    told = await house.answer(ben, thread, both(ended, says("It was Kelmuffin.")))
    copy = await branch(ben, told)
    await turn(house, "ben", copy, "once more?", "Kelmuffin!")
    asked = await forget(ada, thread)
    assert "answers to others that repeat your words" in asked.text
    await press(ada, asked)
    await purged(house)
    for place in (thread, copy):
        await turn(house, "ben", place, "and?", "Hm.")
        sent = str(house.prompts()[-1])
        assert "Lamps are bright." in sent
        assert "which word?" in sent
        assert "Kelmuffin" not in sent
        assert "secret" not in sent
    await house.stop()
    assert found(house, ["Kelmuffin", "ecret word"]) == []


async def test_an_answer_to_another_that_is_being_written(house: House) -> None:
    """What comes to repeat forgotten words while they are erased goes when it has ended."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await say(house, ada, general, "My word is Kelmuffin", "Noted.")
    house.router.reply_next(Reply(text="Slowly now. " * 10 + "It is Kelmuffin.", hold_after=20))
    await ben.say(general, f"{house.me} which word?")
    await house.router.held()
    await press(ada, await forget(ada, general))
    house.router.release()
    await house.answer(ben, general, both(ended, says("It is Kelmuffin.")))
    await purged(house)
    await house.stop()
    assert found(house, ["Kelmuffin"]) == []


async def test_a_kill_while_it_is_written(house: House) -> None:
    """Killed before what was being written could be looked at, it is kept by no later start."""
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    async with running(house) as bot:
        await say(house, ada, general, "My word is Kelmuffin", "Noted.")
        house.router.reply_next(Reply(text="It is Kelmuffin. " * 30, hold_after=60))
        await ben.say(general, f"{house.me} which word?")
        await house.router.held()
        await house.answer(ben, general, says("It is Kelmuffin."))
        await press(ada, await forget(ada, general))
        await bot.kill()
    house.router.release()
    async with running(house) as bot:
        await purged(house)
        await say(house, ben, general, "and?", "Hm.")
        assert "Kelmuffin" not in str(house.prompts()[-1])
        await bot.stop()
    assert found(house, ["Kelmuffin"]) == []
