"""Forgetting words that others took up: in titles, quotes and branches, on real databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.answers.branches import Branch
from bot.choices import Most
from bot.errors import Forgotten, QuoteForgotten
from bot.memory.edits import Memory
from bot.memory.forgetting import Forgetting
from bot.messages import AnswerState, Place, Question, Usage
from bot.ports import Transaction
from bot.quota.pricing import Estimate, Offer, Proposal
from bot.records.erasures import GONE
from bot.storage.database import Database
from bot.threads.beginnings import Threads
from bot.threads.branching import Branching
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_erasures import ADA, BEN, HERE, LATER, ask
from tests.bot.storage.test_erasures import forgetting as forgetting
from tests.bot.storage.test_opening import openings


async def test_titles_made_of_somebodys_words(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """Titles go that may be made of Ada's words, by others' branches and quotes too; no others."""

    async def furnish_threads(tx: Transaction) -> None:
        await ask(tx, BEN, "between", "One.", 2)
        turn, answer = await ask(tx, ADA, "Kelmuffin", "Two.", 3)
        await tx.threads.begin(Place(6, 3), BEN.id, "Kelmuffin")
        of = Branch(await tx.history.open(HERE), turn, answer)
        await tx.branches.copy(of, await tx.history.open(Place(6, 3)), 10)
        await tx.threads.begin(Place(7, 3), BEN.id, "Kelmuffin, too")
        text = "(about what Ada wrote: “Kelmuffin”)\nwhy?"
        quoting = Question(BEN, Place(7, 3), text, NOW, quoted_id=ADA.id)
        await tx.history.ask(await tx.history.open(Place(7, 3)), quoting, 3)
        await tx.threads.begin(Place(8, 3), BEN.id, "Lamps")
        lamps = await tx.history.open(Place(8, 3))
        turn = await tx.history.ask(lamps, Question(BEN, Place(8, 3), "Lamps?", NOW), 1)
        answer = await tx.history.begin(turn, 77, "a/b", 1, NOW)
        state = AnswerState.COMPLETE
        await tx.history.finish(answer, state, None, "Bright.", "", 1, Usage(1, 1, 1), NOW)
        await tx.history.ask(lamps, Question(ADA, Place(8, 3), "Later", NOW), 1)
        await tx.threads.begin(Place(9, 3), ADA.id, "Never answered")
        await tx.commit()

    await database.write(furnish_threads)
    assert (await forgetting.find(ADA.id)).titles == 3
    assert (await forgetting.forget(ADA.id, LATER)).titles == 3
    assert await look("SELECT channel_id, title FROM conversations WHERE title <> ''") == [
        (8, "Lamps")
    ]
    assert (await forgetting.find(ADA.id)).titles == 0


async def test_a_branch_that_came_too_late(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """What was forgotten while a thread was opened for it is not copied, nor is its name kept."""

    async def furnish_one(tx: Transaction) -> int:
        _, answer = await ask(tx, ADA, "Kelmuffin", "One.", 1)
        await tx.commit()
        return answer

    answer = await database.write(furnish_one)
    branching = Branching(database, openings(database), most_turns=10)
    root = await branching.root(answer, Question(ADA, HERE, "", NOW))
    assert root.name == "Kelmuffin"
    await forgetting.forget(ADA.id, LATER)
    with pytest.raises(Forgotten):
        await branching.begin(root, Place(6, 3), ADA.id)
    assert await look("SELECT title FROM conversations WHERE title <> ''") == []


async def test_a_quote_comes_too_late(database: Database, forgetting: Forgetting) -> None:
    """What quotes what was forgotten is refused, whenever it is asked; later words are not."""
    text = "(about what Ada wrote: “Kelmuffin”)\nwhy?"
    question = Question(BEN, HERE, text, NOW, quoted_id=ADA.id)
    threads = Threads(
        database, Branching(database, openings(database), most_turns=10), most_tokens=500
    )
    said = Question(ADA, Place(6, 3), "Kelmuffin", NOW - timedelta(days=9), message_id=4)
    await forgetting.forget(ADA.id, LATER)
    later = LATER + timedelta(seconds=1)
    for asked_at in (NOW, later):
        with pytest.raises(QuoteForgotten):
            await openings(database).open(replace(question, asked_at=asked_at, quoted_at=NOW))
    with pytest.raises(QuoteForgotten):
        await threads.admit(said)
    with pytest.raises(QuoteForgotten):
        await threads.begin_with(said, BEN.id, "Kelmuffin")
    await openings(database).open(replace(question, asked_at=later, quoted_at=later))
    said = replace(said, asked_at=later)
    await threads.admit(said)
    await threads.begin_with(said, BEN.id, "Kelmuffin")


async def test_edits_know_whom_they_quote(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """A quote that came with an edit is forgotten too, and a later edit does not bring it back."""
    memory = Memory(
        database,
        Turns(),
        Keeper(database, log=structlog.get_logger()),
        OnScreen(),
        most=Most(1_000, 100),
        now=lambda: NOW,
    )

    async def begin(tx: Transaction) -> None:
        await ask(tx, BEN, "plain", "One.", 4)
        await tx.commit()

    await database.write(begin)
    text = "(about what Ada wrote: “Kelmuffin”)\nwhy?"
    edited = Question(BEN, HERE, text, NOW, message_id=4, quoted_id=ADA.id)
    assert await memory.revise(edited)
    assert (await forgetting.find(ADA.id)).quotes == 1
    await forgetting.forget(ADA.id, LATER)
    assert await look("SELECT text FROM turns") == [(f"{GONE}why?",)]
    assert await memory.revise(replace(edited, text=f"{text} oh"))
    assert await look("SELECT text, quoted_id FROM turns") == [(f"{GONE}why? oh", None)]


async def test_proposals_with_quotes_go_however_they_are_written(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """Others' questions about a person's message go where they wait, hostile ones too."""
    text = "(about what Ada wrote: “Kelmuffin \ud83d”)\nwhy?"

    async def begin(tx: Transaction) -> None:
        for quoted in (ADA.id, None):
            question = Question(BEN, HERE, text, NOW, quoted_id=quoted)
            await tx.proposals.add(Proposal(question, offer=Offer(Estimate(11, 11))), NOW)
        await tx.commit()

    await database.write(begin)
    await forgetting.forget(ADA.id, LATER)
    assert await look("SELECT count(*) FROM proposals") == [(1,)]


async def test_titles_go_with_what_they_are_made_of(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """A title goes that was made of a person's first question, or stands on their thread."""

    async def talk(tx: Transaction) -> None:
        for channel, asker in ((21, ADA), (22, BEN), (23, BEN)):
            place = Place(channel, 3)
            question = Question(asker, place, "A title?", NOW, message_id=channel)
            turn = await tx.history.ask(await tx.history.open(place), question, 1)
            answer = await tx.history.begin(turn, channel, "a/b", 1, NOW)
            state, usage = AnswerState.COMPLETE, Usage(1, 1, 1)
            await tx.history.finish(answer, state, None, "Yes.", "", 1, usage, NOW)
            question = Question(ADA, place, "Later.", NOW, message_id=100 + channel)
            await tx.history.ask(await tx.history.open(place), question, 1)
        await tx.threads.begin(Place(23, 3), ADA.id)
        await tx.commit()

    await database.write(talk)
    await look("UPDATE conversations SET title = 'About it' WHERE channel_id > 20")
    assert (await forgetting.forget(ADA.id, LATER)).titles == 2

    async def rename(tx: Transaction) -> None:
        await tx.threads.rename(21, "About it", "About it after all")
        await tx.commit()

    await database.write(rename)  # the model was asked for it before
    assert await look("SELECT channel_id, title FROM conversations ORDER BY channel_id") == [
        (21, ""),
        (22, "About it"),
        (23, ""),
    ]


async def test_what_never_said_a_word_was_not_erased(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """An answer that was stopped before its first word is no forgotten one; one that spoke is."""

    async def talk(tx: Transaction) -> list[int]:
        ids = []
        for number, (state, generation, said, usage) in enumerate(
            (
                (AnswerState.STOPPED, None, "", None),
                (AnswerState.STOPPED, "gen-2", "", Usage(10, 0, 70)),
                (AnswerState.INTERRUPTED, None, "", None),
                (AnswerState.STOPPED, "gen-4", "Half", None),
                (AnswerState.STOPPED, "gen-5", "Half", Usage(10, 1, 70)),
                (AnswerState.COMPLETE, None, "All.", Usage(10, 2, 70)),
            ),
            start=1,
        ):
            _, answer = await ask(tx, ADA, "Why?", "", number, ends=False)
            await tx.history.finish(answer, state, generation, said, "", 1, usage, NOW)
            ids.append(answer)
        await tx.commit()
        return ids

    ids = await database.write(talk)
    await forgetting.forget(ADA.id, LATER)
    async with database.reading() as tx:
        emptied = [await tx.erasures.is_emptied(it) for it in ids]
    assert emptied == [False, False, False, True, True, True]
    assert await look("SELECT count(*) FROM answers WHERE text <> ''") == [(0,)]
