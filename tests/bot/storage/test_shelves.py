"""The shelf in the database: what is listed, who asked it, what is pinned, dropped, set aside."""

from dataclasses import replace

import pytest

from bot.messages import AnswerState, Attached, Person
from bot.prompts.windows import Window
from bot.records.shelf import Card, Deed, Kind, Wish
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_history import ANN, BEN, PLACE, answer, ask, begin, question

NOTES = Attached("notes.txt", "swordfish", tokens=4)
MORE = Attached("more.txt", "trout", tokens=2)


async def cards(tx: StoredTransaction, viewer: Person | None = None, most: int = 99) -> list[Card]:
    """Return what is listed for a viewer."""
    conversation = await tx.history.open(PLACE)
    found, _ = await tx.shelves.cards(conversation, viewer.id if viewer else None, most)
    return found


async def words(tx: StoredTransaction, viewer: Person | None = None) -> list[str]:
    """Return the words of the turns that a prompt would hold."""
    past = await tx.history.past(
        await tx.history.open(PLACE), viewer.id if viewer else None, 99, None
    )
    return [turn.text for turn in past]


async def test_cards_are_what_was_said(database: Database) -> None:
    """Each turn is listed with the answer that counts and its files, the latest of them."""
    async with database.writing() as tx:
        first = await ask(tx, replace(question("One?"), files=(NOTES, MORE)))
        await answer(tx, first, "So much. " * 100)
        second = await ask(tx, question("Two?", BEN))
        await begin(tx, second)
        third = await ask(tx, question("Three?"))
        await answer(tx, third, "", AnswerState.FAILED)
        listed = await cards(tx)
        conversation = await tx.history.open(PLACE)
        newest, count = await tx.shelves.cards(conversation, None, 2)
    assert [it.turn.id for it in listed] == [first, second, third]
    assert [it.turn.author for it in listed] == [ANN, BEN, ANN]
    assert [it.is_running for it in listed] == [False, True, False]
    said = listed[0].turn.answer
    assert said is not None
    assert said.text == ("So much. " * 100)[:300]
    assert listed[2].turn.answer is None
    assert [(it.filename, it.tokens) for it in listed[0].turn.files] == [
        ("notes.txt", 4),
        ("more.txt", 2),
    ]
    assert [it.turn.id for it in newest] == [second, third]
    assert count == 3


async def test_private_cards_are_their_askers(database: Database) -> None:
    """What was asked in private is listed for who asked it; nobody else can name it either."""
    async with database.writing() as tx:
        await ask(tx, question("aloud"))
        secret = await ask(tx, question("a secret", private=True))
        conversation = await tx.history.open(PLACE)
        assert [it.turn.text for it in await cards(tx)] == ["aloud"]
        assert [it.turn.text for it in await cards(tx, BEN)] == ["aloud"]
        assert [it.is_private for it in await cards(tx, ANN)] == [False, True]
        wish = Wish(Deed.PIN, Kind.TURN, secret)
        assert await tx.shelves.author(wish, conversation, ANN.id) == ANN.id
        assert await tx.shelves.author(wish, conversation, BEN.id) is None
        assert await tx.shelves.author(wish, conversation + 1, ANN.id) is None


@pytest.mark.parametrize("what", list(Kind))
async def test_wishes_are_fulfilled(database: Database, what: Kind) -> None:
    """Turns and files are pinned and unpinned, dropped and put back; a pin outlasts a drop."""
    async with database.writing() as tx:
        turn = await ask(tx, replace(question("One?"), files=(NOTES,)))
        conversation = await tx.history.open(PLACE)
        [card] = await cards(tx)
        thing = turn if what is Kind.TURN else card.turn.files[0].id

        async def after(deed: Deed) -> tuple[bool, bool]:
            wish = Wish(deed, what, thing)
            assert await tx.shelves.author(wish, conversation, BEN.id) == ANN.id
            await tx.shelves.fulfil(wish, NOW)
            [it] = await cards(tx)
            if what is Kind.TURN:
                return it.turn.pinned, it.is_dropped
            return it.turn.files[0].pinned, thing in it.dropped_files

        assert await after(Deed.PIN) == (True, False)
        assert await after(Deed.DROP) == (True, True)
        past = await tx.history.past(conversation, None, 9)
        assert [it.files for it in past] == ([] if what is Kind.TURN else [()])
        assert await after(Deed.RESTORE) == (True, False)
        assert await after(Deed.UNPIN) == (False, False)


async def test_a_fresh_start(database: Database) -> None:
    """After it nothing of before is listed or in the past, pinned or not, until it is undone."""
    async with database.writing() as tx:
        first = await ask(tx, question("One?"))
        await tx.shelves.fulfil(Wish(Deed.PIN, Kind.TURN, first), NOW)
        await ask(tx, question("Two?", private=True))
        conversation = await tx.history.open(PLACE)
        for viewer in (None, ANN.id):
            await tx.history.keep_window(conversation, viewer, Window(told_in=first))
        cleared = await tx.shelves.clear(conversation, ANN.id)
        assert cleared is not None
        assert (cleared.before, cleared.turns) == (0, 2)
        assert await cards(tx, ANN) == []
        assert await words(tx, ANN) == []
        for viewer in (None, ANN.id):
            assert await tx.history.window(conversation, viewer) == Window()
        assert await tx.shelves.clear(conversation, ANN.id) is None
        await ask(tx, question("Three?"))
        assert await words(tx, ANN) == ["Three?"]
        assert not await tx.shelves.undo_clear(conversation, cleared.until + 1, 0)
        assert await tx.shelves.undo_clear(conversation, cleared.until, cleared.before)
        assert not await tx.shelves.undo_clear(conversation, cleared.until, cleared.before)
        assert await words(tx, ANN) == ["One?", "Two?", "Three?"]


async def test_others_private_turns_are_nothing_to_set_aside(database: Database) -> None:
    """Where only others spoke, in private, there is nothing that this person could set aside."""
    async with database.writing() as tx:
        await ask(tx, question("a secret", private=True))
        conversation = await tx.history.open(PLACE)
        assert await tx.shelves.clear(conversation, BEN.id) is None


async def test_deleted_turns_are_not_listed(database: Database, look: Look) -> None:
    """A deleted question is off the shelf, and can't be pinned any more."""
    async with database.writing() as tx:
        turn = await ask(tx, question("One?", message_id=7))
        conversation = await tx.history.open(PLACE)
        assert await tx.history.retract(7, NOW)
        assert await cards(tx) == []
        wish = Wish(Deed.PIN, Kind.TURN, turn)
        assert await tx.shelves.author(wish, conversation, ANN.id) is None
        await tx.commit()
    assert await look("SELECT count(*) FROM turns WHERE deleted_at IS NULL") == [(0,)]
