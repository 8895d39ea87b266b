"""Quotes follow the messages that they are of, on real databases."""

import asyncio
from dataclasses import replace

import pytest

from bot.answers.branches import Branch
from bot.messages import AnswerState, Attached, Place, Question, Usage
from bot.ports import Transaction
from bot.records.erasures import DELETED
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_erasures import ADA, BEN, HERE

QUOTE = "(about what Ada wrote: “{}”)\n"
FILE = Attached("plan.txt", "the plan", tokens=2)
TURNS = "SELECT text, quoted_id, quoted_message_id FROM turns ORDER BY id"


async def furnish(tx: Transaction) -> None:
    """Let Ben reply to a message of Ada's and ask about it by a menu, and branch from there."""
    conversation = await tx.history.open(HERE)
    text = QUOTE.format("Kelmuffin") + "why?"
    question = Question(BEN, HERE, text, NOW, quoted_id=ADA.id, quoted_message_id=4, files=(FILE,))
    turn = answer = 0
    for asked in (replace(question, message_id=50), question, Question(BEN, HERE, "so?", NOW)):
        turn = await tx.history.ask(conversation, asked, 3)
        answer = await tx.history.begin(turn, turn, "a/b", 1, NOW)
        state, usage = AnswerState.COMPLETE, Usage(1, 2, 3)
        await tx.history.finish(answer, state, None, "Yes.", "", 1, usage, NOW)
    branch = await tx.history.open(Place(6, 3))
    await tx.branches.copy(Branch(conversation, turn, answer), branch, 10)
    await tx.commit()


async def test_a_deleted_message_is_quoted_no_more(database: Database, look: Look) -> None:
    """Its words go from all questions about it and from copies, with a menu's files; they stay."""
    await database.write(furnish)

    async def delete(tx: Transaction) -> None:
        assert not await tx.history.unquote_all([3, 77])
        assert await tx.history.unquote_all([3, 4])
        assert not await tx.history.unquote_all([4])
        await tx.commit()

    await database.write(delete)
    gone = [(f"{DELETED}why?", None, None)] * 2 + [("so?", None, None)]
    assert await look(TURNS) == gone * 2
    kept = await look("SELECT message_id FROM turns JOIN turn_files ON turn_id = turns.id")
    assert kept == [(50,), (50,)]
    marks = await look("SELECT stale FROM answers")
    assert [bool(stale) for (stale,) in marks] == [True] * 6


async def test_an_edited_message_is_quoted_as_it_is(database: Database, look: Look) -> None:
    """Its new words stand before all questions about it, and only then answers are stale."""
    await database.write(furnish)
    stale = "SELECT count(*) FROM answers WHERE stale"

    async def edit(words: str) -> bool:
        async with database.writing() as tx:
            is_changed = await tx.history.requote(4, QUOTE.format(words))
            await tx.commit()
        return is_changed

    assert not await edit("Kelmuffin")
    assert await look(stale) == [(0,)]
    assert await edit("lamps, and “so on”)\nfor long")
    assert await edit("lamps")
    lamps = QUOTE.format("lamps") + "why?"
    assert await look(TURNS) == [(lamps, 11, 4), (lamps, 11, 4), ("so?", None, None)] * 2
    assert await look(stale) == [(6,)]


async def test_an_edit_of_a_reply_to_what_is_deleted(database: Database, look: Look) -> None:
    """A reply whose quote is gone says the same where its own words are the same."""
    await database.write(furnish)
    async with database.writing() as tx:
        await tx.history.unquote_all([4])
        await tx.history.revise(50, "why?", 1, NOW, (FILE,))
        await tx.commit()
    assert (await look(TURNS))[0] == (f"{DELETED}why?", None, None)
    assert await look("SELECT count(*) FROM turns WHERE edited_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize("is_deleted", [False, True])
@pytest.mark.parametrize("kind", ["postgresql"])
async def test_a_new_quote_and_new_words_at_once(
    database: Database, look: Look, *, is_deleted: bool
) -> None:
    """What becomes of a quote while its question's own words are being stored takes none back."""
    await database.write(furnish)

    async def change(tx: Transaction) -> None:
        lamps = QUOTE.format("lamps")
        assert await (tx.history.unquote_all([4]) if is_deleted else tx.history.requote(4, lamps))
        await tx.commit()

    async with database.writing() as tx:
        text = QUOTE.format("Kelmuffin") + "when?"
        await tx.history.revise(50, text, 3, NOW, (FILE,), ADA.id, 4)
        changing = asyncio.create_task(database.write(change))
        while not await look("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert not changing.done()
        await tx.commit()
    await changing
    before = DELETED if is_deleted else QUOTE.format("lamps")
    assert (await look(TURNS))[0][0] == f"{before}when?"
