"""Edits and deletions in the database: they reach every copy, and make later answers stale."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.answers.branches import Branch
from bot.choices import Most
from bot.memory.edits import Memory
from bot.messages import AnswerState, Attached, Place, ScreenAddress
from bot.prompts.tokens import LONG
from bot.storage.database import Database, StoredTransaction
from bot.turns.changing import Changing
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_history import ANN, PLACE, USAGE, answer, ask, begin, question

THREAD = Place(channel_id=50, guild_id=1)
LATER = NOW + timedelta(minutes=1)


async def talk(tx: StoredTransaction) -> list[tuple[int, int]]:
    """Store three questions from messages 1 to 3, each answered; return turns with answers."""
    found = []
    for number in (1, 2, 3):
        turn = await ask(tx, question(f"{number}?", message_id=number))
        found.append((turn, await answer(tx, turn, f"{number}.")))
    return found


async def branch(tx: StoredTransaction, turn: int, of: int, place: Place = THREAD) -> int:
    """Let a thread go on from an answer; return its conversation."""
    target = await tx.history.open(place)
    await tx.branches.copy(Branch(await tx.history.open(PLACE), turn, of), target, 99)
    return target


async def stale(tx: StoredTransaction, place: Place = PLACE) -> list[bool]:
    """Return which answers are stale."""
    listed, _ = await tx.shelves.cards(await tx.history.open(place), None, 99)
    return [it.is_stale for it in listed]


async def said(tx: StoredTransaction, place: Place) -> list[tuple[str, str]]:
    """Return the questions and answers in a conversation's past."""
    past = await tx.history.past(await tx.history.open(place), ANN.id, 99)
    return [(it.text, it.answer.text if it.answer else "") for it in past]


async def test_edits_reach_branches(database: Database) -> None:
    """A question's new words are in every branch, and make later answers stale there as here."""
    async with database.writing() as tx:
        [_, (turn, answered), _] = await talk(tx)
        await branch(tx, turn, answered)
        assert await tx.history.revise(2, "New?", 3, LATER, [Attached("a.txt", "x", tokens=1)])
        for place, marks in ((PLACE, [False, True, True]), (THREAD, [False, True])):
            assert (await said(tx, place))[1] == ("New?", "2.")
            assert await stale(tx, place) == marks
            past = await tx.history.past(await tx.history.open(place), None, 99)
            assert [it.filename for it in past[1].files] == ["a.txt"]


async def test_an_edit_to_the_same_makes_nothing_stale(database: Database) -> None:
    """Where words and files are what they were, no answer is stale, and none is outdated."""
    files = [Attached("a.txt", "x\0", tokens=1)]
    async with database.writing() as tx:
        await talk(tx)
        assert await tx.history.revise(2, "2?", 3, LATER)
        assert await stale(tx) == [False] * 3
        assert await tx.history.revise(3, "3? \0", 3, NOW, files)
        assert await stale(tx) == [False, False, True]
        turn = await ask(tx, question("4? \0", message_id=4))
        await answer(tx, turn)
        assert await tx.history.revise(4, "4? \0", 3, LATER)
        assert (await stale(tx))[-1] is False


async def test_deletions_reach_branches(database: Database) -> None:
    """A deleted question is gone from every branch, and later answers are stale."""
    async with database.writing() as tx:
        [_, _, (turn, answered)] = await talk(tx)
        await branch(tx, turn, answered)
        assert await tx.history.retract(1, LATER)
        for place in (PLACE, THREAD):
            assert await said(tx, place) == [("2?", "2."), ("3?", "3.")]
            assert await stale(tx, place) == [True, True]
        assert not await tx.history.retract(1, LATER)


async def test_deleted_answers_are_forgotten_in_branches(database: Database, look: Look) -> None:
    """A deleted answer says nothing in branches of branches either; later answers are stale."""
    another = Place(channel_id=51, guild_id=1)
    async with database.writing() as tx:
        [(_, first), _, (turn, answered)] = await talk(tx)
        await tx.history.locate({first: ScreenAddress(PLACE.channel_id, (90,))})
        target = await branch(tx, turn, answered)
        copy = (await tx.history.past(target, None, 99))[-1]
        assert copy.answer is not None
        await tx.branches.copy(
            Branch(target, copy.id, copy.answer.id), await tx.history.open(another), 99
        )
        assert await tx.history.answer_shown(PLACE.channel_id, 90) == first
        await tx.history.forget_answer(first)
        for place in (PLACE, THREAD, another):
            assert (await said(tx, place))[:2] == [("1?", ""), ("2?", "2.")]
            assert await stale(tx, place) == [False, True, True]
        await tx.commit()
    assert await look("SELECT count(*) FROM answers WHERE text = '1.'") == [(0,)]


async def test_what_came_after_a_fresh_start_never_rested_on_what_was_before(
    database: Database,
) -> None:
    """An edit of what was set aside makes nothing stale that was answered after that."""
    async with database.writing() as tx:
        await talk(tx)
        conversation = await tx.history.open(PLACE)
        cleared = await tx.shelves.clear(conversation, ANN.id)
        assert cleared is not None
        await answer(tx, await ask(tx, question("4?")))
        await tx.history.revise(2, "New?", 3, LATER)
        assert await stale(tx) == [False]
        await tx.shelves.undo_clear(conversation, cleared.until, cleared.before)
        assert await stale(tx) == [False, True, True, False]


async def test_many_at_once_are_as_one_after_the_other(database: Database) -> None:
    """Questions and answers deleted together leave what they leave one by one, branches too."""
    async with database.writing() as tx:
        told = await talk(tx)
        await branch(tx, *told[2])
        conversation = await tx.history.open(PLACE)
        await tx.shelves.clear(conversation, ANN.id)
        later = [await ask(tx, question(f"{it}?", message_id=it)) for it in (4, 5, 6)]
        shown = [await answer(tx, turn, "So.") for turn in later]
        places = {it: ScreenAddress(PLACE.channel_id, (90 + it,)) for it in shown}
        await tx.history.locate(places)
        assert await tx.history.retract_all([3, 2, 404], LATER) == {2, 3}
        messages = [90 + shown[1], 90 + shown[2], 404]
        assert await tx.history.answers_shown(PLACE.channel_id, messages) == shown[1:]
        assert await tx.history.answers_shown(PLACE.channel_id, []) == []
        await tx.history.forget_answer(*shown[1:])
        assert await stale(tx) == [False, False, False]
        assert [it for _, it in await said(tx, PLACE)] == ["So.", "", ""]
        assert await said(tx, THREAD) == [("1?", "1.")]
        await answer(tx, await ask(tx, question("7?", message_id=7)))
        await tx.history.retract_all([5, 6], LATER)
        assert await stale(tx) == [False, True]


async def test_a_running_answer_hears_of_an_edit(database: Database) -> None:
    """When an answer ends it is told whether what it rests on was changed since it began."""
    async with database.writing() as tx:
        turn = await ask(tx, question("1?", message_id=1))
        ended = []
        for edits in (False, True):
            running, _ = await begin(tx, turn)
            if edits:
                await tx.history.revise(1, "New?", 3, LATER)
            ended.append(
                await tx.history.finish(
                    running, AnswerState.COMPLETE, None, "So.", "", 1, USAGE, LATER
                )
            )
    assert ended == [False, True]


async def test_what_goes_on_with_a_stale_answer_is_stale(database: Database) -> None:
    """An answer that begins with a stale one's text is stale too, and as outdated."""
    async with database.writing() as tx:
        turn = await ask(tx, question("1?", message_id=1))
        first = await answer(tx, turn, "So", AnswerState.LENGTH)
        await tx.history.revise(1, "New?", 3, LATER)
        going_on = await tx.history.begin(
            turn, 0, "m1", 9, LATER + timedelta(minutes=1), continues=first
        )
        assert await tx.history.finish(
            going_on, AnswerState.COMPLETE, None, "So it is.", "", 3, USAGE, LATER
        )
        answered = await tx.variants.of(going_on)
        assert answered is not None
        assert answered.is_edited_since(answered.variant(going_on))


async def test_only_the_newest_question_is_worth_another_answer(database: Database) -> None:
    """An edited question is so until a newer one is asked, private and deleted ones aside."""
    async with database.writing() as tx:
        turn = await ask(tx, question("1?", message_id=1))
        answered = await answer(tx, turn)
        await tx.history.locate({answered: ScreenAddress(PLACE.channel_id, (90,))})

        async def is_worth_it() -> bool:
            known = await tx.variants.shown_for(1)
            return known is not None and known.is_edited_since(known.chosen)

        assert not await is_worth_it()
        await tx.history.revise(1, "New?", 3, LATER)
        assert await is_worth_it()
        await ask(tx, question("psst", private=True))
        await ask(tx, question("2?", message_id=2))
        assert not await is_worth_it()
        await tx.history.retract(2, LATER)
        assert await is_worth_it()
        assert await tx.variants.shown_for(2) is None


async def test_of_two_edits_at_once_the_later_one_counts(database: Database) -> None:
    """Whichever takes longer to be measured and stored: what was said last is remembered."""
    changing = Changing()
    keeper = Keeper(database, log=structlog.get_logger())
    most = Most(80_000, 2_000)
    memory = Memory(database, Turns(), keeper, OnScreen(), most=most, now=lambda: LATER)
    async with database.writing() as tx:
        await talk(tx)
        await tx.commit()

    async def edit(text: str, *files: Attached) -> None:
        edited = replace(question(text, message_id=1), files=files)
        async with changing.under_way(1):
            assert await memory.revise(edited)

    await asyncio.gather(edit("Long?", Attached("a.txt", "word " * LONG)), edit("Short?"))
    async with database.reading() as tx:
        [first, *_] = await tx.history.past(await tx.history.open(PLACE), None, 99)
    assert (first.text, first.files) == ("Short?", ())
