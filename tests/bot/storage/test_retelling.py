"""What threads began with, and files that are read late: they follow the message in every copy."""

from dataclasses import replace

from bot.answers.branches import Branch
from bot.messages import Attached, Place
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.test_history import PLACE, answer, ask, question
from tests.bot.storage.test_revising import LATER, said, stale

ON_MESSAGE = Place(channel_id=2, guild_id=1)
BRANCH, TWIG = Place(channel_id=60, guild_id=1), Place(channel_id=61, guild_id=1)
BEGUN = (ON_MESSAGE, BRANCH, TWIG)
A, B = Attached("a.txt", "x", tokens=1), Attached("b.txt", "y", tokens=1)


async def begin(tx: StoredTransaction) -> None:
    """Let message 2 ask something, and a thread begin with it, from which two others grow."""
    await answer(tx, await ask(tx, question("2?", message_id=2)), "2.")
    place, number = ON_MESSAGE, 2
    conversation = await tx.history.open(place)
    first = replace(question("2? Shown.", message_id=number), place=place, files=(A,))
    await tx.history.ask(conversation, first, 2)
    for target in (BRANCH, TWIG):
        number += 5
        asked = replace(question(f"{number}?", message_id=number), place=place)
        turn = await tx.history.ask(conversation, asked, 1)
        root = Branch(conversation, turn, await answer(tx, turn, f"{number}."))
        place, conversation = target, await tx.history.open(target)
        await tx.branches.copy(root, conversation, 99)


async def files(tx: StoredTransaction, place: Place) -> list[str]:
    """Return the files of the first turn in a place."""
    past = await tx.history.past(await tx.history.open(place), None, 99)
    return [it.filename for it in past[0].files]


async def test_a_beginning_is_told_anew(database: Database) -> None:
    """It changes in the thread and its branches, where answers are stale, and nowhere else."""
    async with database.writing() as tx:
        await begin(tx)
        assert await tx.history.retell(2, "New! Shown.", 2, LATER, [A, B])
        assert await said(tx, PLACE) == [("2?", "2.")]
        assert await stale(tx) == [False]
        for place in BEGUN:
            assert (await said(tx, place))[0] == ("New! Shown.", "")
            assert all((await stale(tx, place))[1:])
            assert await files(tx, place) == ["a.txt", "b.txt"]
        assert not await tx.history.retell(7, "7?!", 2, LATER, [])


async def test_the_question_of_that_message_is_another_one(database: Database) -> None:
    """Edited as a question it changes where it was asked, and no thread that began with it."""
    async with database.writing() as tx:
        await begin(tx)
        assert await tx.history.revise(2, "New?", 2, LATER)
        assert await said(tx, PLACE) == [("New?", "2.")]
        for place in BEGUN:
            assert (await said(tx, place))[0] == ("2? Shown.", "")
            assert not any(await stale(tx, place))
        assert await tx.history.revise(7, "7!", 2, LATER)
        assert [(await said(tx, it))[1][0] for it in BEGUN] == ["7!"] * 3


async def test_files_that_come_late(database: Database) -> None:
    """They are added without a word changed; where they are the same, nothing is stale."""
    async with database.writing() as tx:
        await begin(tx)
        assert not await tx.history.attach(2, [A], LATER, begun=True)
        assert not any(await stale(tx, ON_MESSAGE))
        assert await tx.history.attach(2, [A, B], LATER)
        assert (await files(tx, PLACE), await files(tx, BRANCH)) == (["a.txt", "b.txt"], ["a.txt"])
        assert await stale(tx) == [True]
        assert await tx.history.attach(2, [B], LATER, begun=True)
        assert [await files(tx, it) for it in BEGUN] == [["b.txt"]] * 3
        assert all((await stale(tx, TWIG))[1:])
        assert not await tx.history.attach(404, [B], LATER)
        assert [(await said(tx, it))[0][0] for it in (PLACE, TWIG)] == ["2?", "2? Shown."]
