"""Openings where not all of the past fits: who is told of it, and when it comes back."""

from dataclasses import replace

import pytest

from bot.messages import Again, AgainKind, AnswerState, Person
from bot.notes import FellOut
from bot.ports import Transaction
from bot.quota.pricing import Proposed
from bot.storage.database import Database
from bot.turns.opening import Opening
from tests.bot.storage.conftest import NOW, Look, OpenDatabase
from tests.bot.storage.test_opening import ADA, DAY, LONG, QUESTION, exempt, remember, small


@pytest.fixture
async def database(open_database: OpenDatabase) -> Database:
    """Return a database with two long turns, where Ada may ask what she likes."""
    opened = await open_database(defaults=[DAY])
    await opened.write(remember)
    await opened.write(exempt)
    return opened


async def test_a_loss_is_told_once(database: Database) -> None:
    """The first answer for which turns fall out says so, and no later one."""
    notes: list[tuple[object, ...]] = []
    for number in range(4):
        text = f"{number} {LONG}" if number else "And now?"
        opened = await small(database).open(replace(QUESTION, text=text, message_id=100 + number))
        assert isinstance(opened, Opening)
        notes.append(opened.notes)
    assert notes == [(FellOut(1),), (), (), ()]


async def test_what_is_told_in_private_is_told_to_others_later(database: Database) -> None:
    """A private answer that lacks the beginning says so once, and moves and tells nothing else."""
    private = replace(QUESTION, private=True, message_id=None)
    told: list[list[type]] = []
    for question in (private, private, QUESTION, QUESTION, private):
        opened = await small(database).open(replace(question, message_id=None))
        assert isinstance(opened, Opening)
        told.append([type(note) for note in opened.notes])
    assert told == [[FellOut], [], [FellOut], [], []]


async def test_each_person_is_told_in_private(database: Database) -> None:
    """Whom nobody told yet hears of a loss in private, though others did."""
    told: list[tuple[int, int]] = []
    for asker in (ADA.id, 12, ADA.id, 12):
        question = replace(QUESTION, author=Person(asker, "X", "x"), private=True, message_id=None)
        opened = await small(database).open(question)
        assert isinstance(opened, Opening)
        told.append((asker, len(opened.notes)))
    assert told == [(ADA.id, 1), (12, 1), (ADA.id, 0), (12, 0)]


async def answered(database: Database, opened: Opening, words: str = "Well.") -> None:
    """Let a question be answered."""

    async def finish(tx: Transaction) -> None:
        await tx.ledger.settle(opened.hold_id, None, NOW)
        end = (AnswerState.COMPLETE, None, words, "", 2, None, NOW)
        await tx.history.finish(opened.answer_id, *end)
        await tx.commit()

    await database.write(finish)


async def test_a_loss_is_told_again_with_another_answer(database: Database) -> None:
    """Regenerate of the answer that told of a loss tells of it too; of another one it does not."""
    told: list[list[object]] = []
    for number in range(2):
        opened = await small(database).open(replace(QUESTION, message_id=100 + number))
        assert isinstance(opened, Opening)
        await answered(database, opened)
        again = Again(opened.turn_id, opened.answer_id, AgainKind.REGENERATE)
        anew = await small(database).open(replace(QUESTION, message_id=None, again=again))
        assert isinstance(anew, Opening)
        assert anew.prompt.messages == opened.prompt.messages
        told.append([*opened.notes, *anew.notes])
    assert told == [[FellOut(1), FellOut(1)], []]


def texts(opened: Opening | Proposed) -> list[str]:
    """Return how each question in a prompt begins."""
    assert isinstance(opened, Opening)
    questions = [it.content for it in opened.prompt.messages if it.role == "user"]
    return [it.partition(": ")[2][:5] for it in questions]


@pytest.mark.parametrize("private", [False, True])
async def test_a_greater_budget_brings_the_past_back(database: Database, private: bool) -> None:
    """What had fallen out is there again once there is room, and can fall out and be told anew."""
    question = replace(QUESTION, private=private, message_id=None)
    told: list[tuple[object, ...]] = []
    for budget, began in (
        (20_000, "1 lig"),
        (40_000, "0 lig"),
        (40_000, "0 lig"),
        (20_000, "And n"),
    ):
        opened = await small(database, budget).open(question)
        assert isinstance(opened, Opening)
        assert texts(opened)[0] == began
        told.append(opened.notes)
    assert told == [(FellOut(1),), (), (), (FellOut(2),)]


@pytest.mark.parametrize("private", [False, True])
async def test_what_is_dropped_makes_room(database: Database, look: Look, private: bool) -> None:
    """Where a turn is dropped that the model saw, what had fallen out is there again."""
    question = replace(QUESTION, private=private, message_id=None)
    assert texts(await small(database).open(question)) == ["1 lig", "And n"]
    await look("UPDATE turns SET dropped_at = 1 WHERE message_id = 2")
    assert texts(await small(database).open(question)) == ["0 lig", "And n", "And n"]


async def test_private_turns_move_nobody_elses_window(database: Database, look: Look) -> None:
    """Others' questions are read from where they were read before."""
    private = replace(QUESTION, private=True, message_id=None)
    await small(database).open(private)
    assert await look("SELECT viewer_id FROM past_windows") == [(ADA.id,)]
    whole = await small(database, 60_000).open(replace(QUESTION, message_id=100))
    assert texts(whole) == ["0 lig", "1 lig", "And n"]
    assert await look("SELECT viewer_id FROM past_windows") == [(ADA.id,)]
