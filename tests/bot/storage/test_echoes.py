"""Answers to others that repeat what is forgotten, on real databases: which go, and which stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.answers.branches import Branch
from bot.answers.draft import Kept
from bot.memory.echoing import MOST_MARKS
from bot.memory.forgetting import Forgetting
from bot.messages import AnswerState, Attached, Person, Place, Question, Usage
from bot.ports import Transaction
from bot.records.erasures import Found
from bot.storage.database import Database
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_erasures import ADA, BEN, HERE, LATER
from tests.bot.storage.test_erasures import forgetting as forgetting

THERE = Place(6, 3)
ECHOES = "SELECT text, thinking FROM answers WHERE text LIKE 'It%' ORDER BY id"


async def say(
    tx: Transaction,
    author: Person,
    text: str,
    answer: str,
    place: Place = HERE,
    *,
    thinking: str = "",
    question: Question | None = None,
    ends: bool = True,
) -> tuple[int, int]:
    """Let somebody ask and be answered; return the ids of the turn and the answer."""
    asked = question or Question(author, place, text, NOW)
    turn = await tx.history.ask(await tx.history.open(place), asked, 1)
    number = await tx.history.begin(turn, turn, "a/b", 1, NOW)
    if ends:
        await end(tx, number, answer, thinking)
    return turn, number


async def end(tx: Transaction, number: int, answer: str, thinking: str = "") -> None:
    """Let an answer end."""
    state, usage = AnswerState.COMPLETE, Usage(1, 2, 3)
    await tx.history.finish(number, state, None, answer, thinking, 1, usage, NOW)


async def go_on(tx: Transaction) -> None:
    """Let an hour pass after she was forgotten, and somebody ask another question."""
    at = LATER + timedelta(hours=1)
    asked = Question(BEN, HERE, "later?", at)
    turn = await tx.history.ask(await tx.history.open(HERE), asked, 1)
    number = await tx.history.begin(turn, turn, "a/b", 1, at)
    await tx.history.finish(
        number, AnswerState.COMPLETE, None, "It is fine.", "", 1, Usage(1, 2, 3), at
    )
    await tx.commit()


async def test_which_go_and_which_stay(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """What repeats her own words goes with its thinking and amounts stay; what is others' stays."""

    async def talk(tx: Transaction) -> None:
        await say(tx, BEN, "early", "It is interesting.")
        await say(tx, ADA, "Kelmuffin, my interesting friend of lighthouses", "Yes.")
        for said, thinking in (
            ("It is Kelmuffin.", ""),
            ("It is so.", "She said kelmuffin"),
            ("It: my INTERESTING friend of!", ""),
            ("It is interesting.", ""),  # an answer before her said so
            ("It is about lighthouses.", ""),  # Ben says so below
            ("It is a friend.", ""),
        ):
            await say(tx, BEN, "and?", said, thinking=thinking)
        await say(tx, BEN, "I like lighthouses", "Good.")
        await say(tx, BEN, "elsewhere", "It is Kelmuffin there.", THERE)
        await tx.threads.begin(HERE, BEN.id, "About Kelmuffin")
        await tx.commit()

    await database.write(talk)
    expected = Found(questions=1, answers=1, titles=1, echoes=3)
    assert await forgetting.find(ADA.id) != expected  # a word from elsewhere is nobody's own
    await look("UPDATE answers SET text = 'It is there.' WHERE text LIKE '%there.'")
    assert await forgetting.find(ADA.id) == expected
    assert await forgetting.forget(ADA.id, LATER) == expected
    assert await look(ECHOES) == [
        (it, "")
        for it in (
            "It is interesting.",
            "It is interesting.",
            "It is about lighthouses.",
            "It is a friend.",
            "It is there.",
        )
    ]
    assert await look("SELECT count(*) FROM answers WHERE cost_micros = 3") == [(10,)]
    assert await look("SELECT title FROM conversations WHERE title <> ''") == []
    assert (await forgetting.find(ADA.id)).is_nothing


async def test_branches_and_variants(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """All variants go that repeat her words, in branches and in branches of those as well."""

    async def talk(tx: Transaction) -> None:
        _, old = await say(tx, BEN, "early", "It is early.")
        await tx.branches.copy(
            Branch(await tx.history.open(HERE), 1, old), await tx.history.open(Place(9, 3)), 10
        )
        await say(tx, ADA, "Kelmuffin", "Yes.")
        turn, answer = await say(tx, BEN, "and?", "It is Kelmuffin.")
        await end(tx, await tx.history.begin(turn, 90, "a/b", 1, NOW), "It is no Kelmuffin.")
        conversation = await tx.history.open(HERE)
        for place in (THERE, Place(8, 3)):
            target = await tx.history.open(place)
            await tx.branches.copy(Branch(conversation, turn, answer), target, 1)
            turn, answer = await say(tx, BEN, "more?", "It is Kelmuffin again.", place)
            conversation = target
        await tx.commit()

    await database.write(talk)
    found = await forgetting.forget(ADA.id, LATER)
    assert found.echoes == 6
    assert await look(ECHOES) == [
        ("It is early.", ""),
        ("It is early.", ""),
    ]


async def test_quotes_and_files(database: Database, forgetting: Forgetting, look: Look) -> None:
    """Words that others quoted, and those in files, are hers as well; what she quoted is not."""
    bens = "(about what Ben wrote: “my Drazzlebop”)\nwhy?"
    adas = "(about what Ada wrote: “my Kelmuffin”)\nwhy?"
    file = Attached("plan.txt", "The Fizzwallace plan", tokens=2)

    async def talk(tx: Transaction) -> None:
        quoting = Question(ADA, HERE, bens, NOW, quoted_id=BEN.id, message_id=3)
        await say(tx, ADA, "", "Yes.", question=quoting)
        quoting = Question(BEN, THERE, adas, NOW, quoted_id=ADA.id, message_id=4)
        await say(tx, BEN, "", "It is Kelmuffin.", THERE, question=quoting)
        with_file = Question(ADA, HERE, "this?", NOW, message_id=5, files=(file,))
        await say(tx, ADA, "", "Yes.", question=with_file)
        await say(tx, BEN, "and?", "It is a Fizzwallace.")
        await say(tx, BEN, "and?", "It is a Drazzlebop.")
        await tx.commit()

    await database.write(talk)
    found = await forgetting.forget(ADA.id, LATER)
    assert (found.echoes, found.quotes, found.files) == (2, 1, 1)
    assert await look(ECHOES) == [("It is a Drazzlebop.", "")]


class TooLarge:
    """Files that are not written anew before the next start."""

    async def size(self) -> int | None:
        """Return a size that is too large."""
        return 2**40

    async def purge(self, *, most_bytes: int | None = None) -> bool:
        """Leave the files as they are."""
        return most_bytes is None


@pytest.mark.parametrize("is_large", [False, True])
async def test_what_is_being_written(database: Database, look: Look, *, is_large: bool) -> None:
    """What was being written to others is looked at again when it has ended, and only then done."""

    async def talk(tx: Transaction) -> int:
        await say(tx, ADA, "Kelmuffin", "Yes.")
        _, answer = await say(tx, BEN, "and?", "", ends=False)
        await tx.history.keep([Kept(answer, "gen-1", "It is", "")])
        await tx.commit()
        return answer

    answer = await database.write(talk)
    made = Forgetting(
        database,
        Turns(),
        TooLarge() if is_large else database,
        now=lambda: LATER,
        log=structlog.get_logger(),
        again=(),
        looks_every=0.01,
    )
    await made.forget(ADA.id, LATER)
    unfinished = "SELECT count(*) FROM forgettings WHERE erased_at IS NULL AND purged_at IS NULL"
    assert await look(unfinished) == [(1,)]

    async def finish(tx: Transaction) -> None:
        state, usage = AnswerState.COMPLETE, Usage(1, 2, 3)
        await tx.history.finish(answer, state, None, "It is Kelmuffin.", "", 1, usage, LATER)
        await tx.commit()

    await database.write(finish)
    await made.settled()
    assert await look(ECHOES) == []
    assert await look(unfinished) == [(0,)]
    await made.close()


async def test_a_kill_before_that(database: Database, forgetting: Forgetting, look: Look) -> None:
    """Where a kill came first, what was being written goes unseen; all else stays."""

    async def talk(tx: Transaction) -> None:
        await say(tx, ADA, "Kelmuffin", "Yes.")
        await say(tx, BEN, "before?", "It was fine.")
        _, answer = await say(tx, BEN, "and?", "", ends=False)
        await tx.history.keep([Kept(answer, "gen-1", "It is Kelmuffin", "Hm")])
        await tx.commit()

    await database.write(talk)
    await forgetting.forget(ADA.id, LATER)
    await forgetting.close()
    await look("UPDATE answers SET text = 'It is Kelmuffin' WHERE state = 'running'")

    await database.write(go_on)
    await forgetting.resume()
    assert await look(ECHOES) == [("It was fine.", ""), ("It is fine.", "")]
    await forgetting.close()


async def test_a_kill_where_she_was_quoted(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """After a kill, what was being written goes unseen where others had only quoted her, too."""
    adas = "(about what Ada wrote: “my Kelmuffin”)\nwhy?"

    async def talk(tx: Transaction) -> None:
        await say(tx, BEN, "before?", "It was fine.")
        quoting = Question(BEN, HERE, adas, NOW, quoted_id=ADA.id, message_id=4)
        for question in (quoting, None):
            _, answer = await say(tx, BEN, "and?", "", question=question, ends=False)
            await tx.history.keep([Kept(answer, f"gen-{answer}", "It is", "Hm")])
        _, answer = await say(tx, BEN, "elsewhere?", "", THERE, ends=False)
        await tx.history.keep([Kept(answer, "gen-9", "It is there", "")])
        await tx.commit()

    await database.write(talk)
    assert (await forgetting.forget(ADA.id, LATER)).quotes == 1
    await forgetting.close()
    await look("UPDATE answers SET text = 'It is Kelmuffin' WHERE text = 'It is'")

    await database.write(go_on)
    await forgetting.resume()
    assert [text for text, _ in await look(ECHOES)] == [
        "It was fine.",
        "It is there",
        "It is fine.",
    ]
    await forgetting.close()


@pytest.mark.parametrize("many", [1_203])
async def test_many_answers(
    database: Database, forgetting: Forgetting, look: Look, many: int
) -> None:
    """However many there are, each is looked at."""

    async def talk(tx: Transaction) -> None:
        await say(tx, ADA, "Kelmuffin", "Yes.")
        asked = Question(BEN, HERE, "and?", NOW + timedelta(seconds=1))
        for number in range(many):
            said = "It is Kelmuffin." if number % 3 == 0 else "It is fine."
            await say(tx, BEN, "", said, question=replace(asked, message_id=100 + number))
        await tx.commit()

    await database.write(talk)
    assert (await forgetting.forget(ADA.id, LATER)).echoes == many // 3
    assert await look("SELECT count(*) FROM answers WHERE text LIKE 'It%'") == [(many * 2 // 3,)]


async def test_a_very_long_text(database: Database, forgetting: Forgetting, look: Look) -> None:
    """Of a text with more marks than are looked for at a time, all of them are looked for."""
    lines = (f"I wrote Line{number:06} of it: done." for number in range(MOST_MARKS // 4))

    async def talk(tx: Transaction) -> None:
        await say(tx, ADA, "\n".join(lines), "Yes.")
        await say(tx, BEN, "and?", "It is line000000.")
        await say(tx, BEN, "and?", f"It is line{MOST_MARKS // 4 - 1:06}.")
        await say(tx, BEN, "and?", "It is line999999.")
        await tx.commit()

    await database.write(talk)
    assert (await forgetting.forget(ADA.id, LATER)).echoes == 2
    assert await look(ECHOES) == [("It is line999999.", "")]
