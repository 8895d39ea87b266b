"""Variants and branches in the database: what is chosen, shown, copied and in the past."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
import structlog

from bot.answers.branches import Branch
from bot.errors import BeingWritten, NotHere, NothingThere, NotYours, ScreenGone
from bot.memory.variants import Variants
from bot.messages import AgainKind, AnswerState, Person, Place, Question, ScreenAddress, Usage
from bot.ports import Growing, OnAddress, Screen, Transaction
from bot.prompts.windows import Window
from bot.snapshots import Snapshot
from bot.storage.database import Database
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Opening
from bot.turns.order import Turns
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_opening import openings

ADA = Person(11, "Ada", "ada")
QUESTION = Question(ADA, Place(5, 3), "A colour?", NOW, message_id=77)
SHOWN = ScreenAddress(5, (900, 901))


async def ask(
    database: Database, *texts: str, message_id: int = 77, private: bool = False
) -> list[int]:
    """Store a question with these answers, the newest of which is shown; return their ids."""

    async def store(tx: Transaction) -> list[int]:
        conversation = await tx.history.open(QUESTION.place)
        question = replace(QUESTION, message_id=message_id, private=private)
        turn = await tx.history.ask(conversation, question, 3)
        ids: list[int] = []
        for text in texts:
            address = await tx.variants.take_over(turn) if ids else SHOWN
            answer = await tx.history.begin(turn, 0, "a/b", 1, NOW, address=address)
            state = AnswerState.COMPLETE if text else AnswerState.FAILED
            await tx.history.finish(answer, state, None, text, "", 2, Usage(1, 2, 3), NOW)
            await tx.variants.prefer(answer)
            ids.append(answer)
        await tx.commit()
        return ids

    return await database.write(store)


async def past(database: Database, place: Place = QUESTION.place) -> list[str]:
    """Return the answers in the past, as others see it."""
    async with database.reading() as tx:
        turns = await tx.history.past(await tx.history.open(place), None, 100)
    return [turn.answer.text if turn.answer else "" for turn in turns]


class Wall:
    """A screen that keeps what is shown last."""

    def __init__(self) -> None:
        self.last: Snapshot | None = None
        self.address: ScreenAddress | None = None
        self.is_closed = False

    @property
    def is_gone(self) -> bool:
        """Tell that it is there."""
        return False

    @property
    def shows_words(self) -> bool:
        """Tell whether anything was shown."""
        return self.last is not None

    def open(self, hears: OnAddress, address: ScreenAddress | None) -> Screen:
        """Open it where another answer stands."""
        del hears
        self.address = address
        return self

    def show(self, growing: Growing) -> None:
        """Show what grows."""
        self.last = growing.snapshot()

    async def pause(self, seconds: float) -> None:
        """Pause not at all."""
        del seconds

    async def finish(self, snapshot: Snapshot, before_last: object = None) -> None:
        """Show the last state."""
        del before_last
        self.last = snapshot

    async def close(self) -> None:
        """Note it: there is nothing to stop."""
        self.is_closed = True


async def nothing() -> None:
    """Prepare nothing."""


def variants(database: Database) -> Variants:
    """Return the core's side of the arrows."""
    keeper = Keeper(database, log=structlog.get_logger())
    return Variants(database, openings(database), Turns(), keeper, OnScreen())


async def test_arrows_choose(database: Database) -> None:
    """What an arrow leads to is shown in the same place and is the one in the past."""
    first, second = await ask(database, "Blue.", "Green.")
    assert await past(database) == ["Green."]
    wall = Wall()
    await variants(database).turn_over(second, QUESTION, -1, wall.open, nothing)
    assert await past(database) == ["Blue."]
    assert wall.last is not None
    assert (wall.last.answer_id, wall.last.text) == (first, "Blue.")
    assert (wall.last.shown.place, wall.last.shown.of) == (1, 2)
    assert wall.address == SHOWN
    async with database.reading() as tx:
        assert await tx.history.answer_shown(5, 901) == first
    await variants(database).turn_over(first, QUESTION, -1, wall.open, nothing)
    assert await past(database) == ["Blue."]
    third = await ask_again(database, first, "Red.")
    assert await past(database) == ["Red."]
    await variants(database).turn_over(third, QUESTION, -1, wall.open, nothing)
    assert await past(database) == ["Green."]


class Gone(Wall):
    """A screen on which nothing can be shown."""

    async def finish(self, snapshot: Snapshot, before_last: object = None) -> None:
        """Refuse."""
        del snapshot, before_last
        raise ScreenGone


async def test_what_cant_be_shown_is_not_chosen(database: Database) -> None:
    """Where Discord shows nothing, the one that is still seen stays in the past; it is told."""
    _, second = await ask(database, "Blue.", "Green.")
    with pytest.raises(NotHere):
        await variants(database).turn_over(second, QUESTION, -1, Gone().open, nothing)
    assert await past(database) == ["Green."]
    async with database.reading() as tx:
        assert await tx.history.answer_shown(5, 901) == second


@pytest.mark.parametrize("is_stored", [True, False])
async def test_an_arrow_takes_no_growing_answer_away(database: Database, is_stored: bool) -> None:
    """An answer that begins while an arrow is pressed grows on where it is seen."""
    _, second = await ask(database, "Blue.", "Green.")
    onscreen, growing, wall = OnScreen(), Wall(), Wall()
    keeper = Keeper(database, log=structlog.get_logger())
    arrows = Variants(database, openings(database), Turns(), keeper, onscreen)
    async with AsyncExitStack() as stack, database.reading() as tx:
        answered = await tx.variants.of(second)
        assert answered is not None

        async def begins() -> None:
            third = await ask_again(database, second, "", ends=False) if is_stored else second + 1
            await stack.enter_async_context(onscreen.showing(answered.turn_id, growing, third))

        with pytest.raises(BeingWritten):
            await arrows.turn_over(second, QUESTION, -1, wall.open, begins)
        assert not growing.is_closed
    assert wall.last is None


async def ask_again(
    database: Database, of: int, text: str, *, ends: bool = True, continues: int | None = None
) -> int:
    """Store one more answer to the question of another, ended or not."""

    async def store(tx: Transaction) -> int:
        answered = await tx.variants.of(of)
        assert answered is not None
        address = await tx.variants.take_over(answered.turn_id)
        answer = await tx.history.begin(
            answered.turn_id, 0, "a/b", 1, NOW, address=address, continues=continues
        )
        if ends:
            state = AnswerState.COMPLETE if text else AnswerState.STOPPED
            await tx.history.finish(answer, state, None, text, "", 2, None, NOW)
            await tx.variants.prefer(answer)
        await tx.commit()
        return answer

    return await database.write(store)


async def test_what_is_asked_again_waits_for_nobody(database: Database) -> None:
    """While an answer grows no other is asked for in its place; nor is one of a deleted answer."""
    [first] = await ask(database, "Blue.")
    again = variants(database)
    second = await ask_again(database, first, "", ends=False)
    for kind in (AgainKind.REGENERATE, AgainKind.CONTINUE):
        with pytest.raises(BeingWritten):
            await again.asked_before(first, QUESTION, kind)
    async with database.writing() as tx:
        await tx.history.finish(second, AnswerState.LENGTH, None, "Gre", "", 1, None, NOW)
        await tx.history.forget_answer(second)
        await tx.commit()
    for kind in (AgainKind.REGENERATE, AgainKind.CONTINUE):
        with pytest.raises(NothingThere):
            await again.asked_before(second, QUESTION, kind)


async def test_a_yes_to_a_price_comes_late(database: Database) -> None:
    """What stands in a place where no new answer comes is what stood there last, or nothing."""
    first, second = await ask(database, "Blue.", "Green.")
    question = await variants(database).asked_before(second, QUESTION, AgainKind.REGENERATE)
    await variants(database).turn_over(second, QUESTION, -1, Wall().open, nothing)
    opening = await openings(database).open(replace(question, message_id=None))
    assert isinstance(opening, Opening)
    assert opening.placement.before is not None
    assert opening.placement.before.answer_id == first
    async with database.writing() as tx:
        await tx.history.forget_answer(opening.answer_id)
        await tx.commit()
    with pytest.raises(NothingThere):
        await openings(database).open(replace(question, message_id=None))


async def retry(database: Database, of: int, text: str) -> int:
    """Store an answer in a message of its own to a question that got none before."""
    async with database.writing() as tx:
        answered = await tx.variants.of(of)
        assert answered is not None
        address = ScreenAddress(5, (990,))
        answer = await tx.history.begin(answered.turn_id, 0, "a/b", 1, NOW, address=address)
        await tx.history.finish(answer, AnswerState.COMPLETE, None, text, "", 2, None, NOW)
        await tx.commit()
    return answer


async def test_what_has_no_text_is_no_variant(database: Database) -> None:
    """An answer that failed, or was stopped before a word, changes nothing of the past."""
    first, second = await ask(database, "Blue.", "Green.")
    wall = Wall()
    await variants(database).turn_over(second, QUESTION, -1, wall.open, nothing)
    await ask_again(database, first, "")
    assert await past(database) == ["Blue."]
    async with database.reading() as tx:
        answered = await tx.variants.of(first)
    assert answered is not None
    assert [it.text for it in answered.variants] == ["Blue.", "Green."]


async def test_one_at_a_time(database: Database) -> None:
    """While a new answer is written no arrow leads anywhere; others' presses never do."""
    first, second = await ask(database, "Blue.", "Green.")
    wall, ben = Wall(), replace(QUESTION, author=Person(12, "Ben", "ben"))
    with pytest.raises(NotYours):
        await variants(database).turn_over(second, ben, -1, wall.open, nothing)
    with pytest.raises(NotYours):
        await variants(database).thinking(second, ben)
    with pytest.raises(NothingThere):
        await variants(database).thinking(second, QUESTION)
    await ask_again(database, first, "", ends=False)
    with pytest.raises(BeingWritten):
        await variants(database).turn_over(second, QUESTION, -1, wall.open, nothing)
    assert wall.last is None


async def test_a_rest_stands_for_the_whole(database: Database) -> None:
    """An answer that went on is one in the past and one among the variants."""
    [first] = await ask(database, "One,")
    rest = await ask_again(database, first, "One, two.", continues=first)
    assert await past(database) == ["One, two."]
    async with database.reading() as tx:
        answered = await tx.variants.of(first)
    assert answered is not None
    assert [it.id for it in answered.variants] == [rest]
    assert [it for it, _ in answered.places] == [rest]


async def test_deleting_what_is_shown_deletes_all(database: Database) -> None:
    """With an answer its variants are forgotten; one in a message of its own stays."""
    [failed] = await ask(database, "")
    good = await retry(database, failed, "Green.")
    async with database.writing() as tx:
        await tx.history.forget_answer(failed)
        await tx.commit()
    assert await past(database) == ["Green."]
    red = await ask_again(database, good, "Red.")
    growing = await ask_again(database, red, "", ends=False)
    async with database.writing() as tx:
        await tx.history.forget_answer(growing)
        await tx.commit()
    assert await past(database) == [""]


async def test_the_past_before_an_old_turn(database: Database) -> None:
    """What an old answer rested on is found although the window has moved on since."""
    await ask(database, "One.", message_id=1)
    await ask(database, "Two.", message_id=2)
    [old] = await ask(database, "Three.", message_id=3)
    [new] = await ask(database, "Four.", message_id=4)
    async with database.writing() as tx:
        answered, newest = await tx.variants.of(old), await tx.variants.of(new)
        assert answered is not None
        assert newest is not None
        conversation = answered.conversation_id
        await tx.history.keep_window(conversation, None, Window(newest.turn_id))
        before_old = await tx.history.past(conversation, None, 100, answered.turn_id)
        before_new = await tx.history.past(conversation, None, 100, newest.turn_id)
        assert len(await tx.history.past(conversation, None, 100)) == 1
    assert [turn.answer.text for turn in before_old if turn.answer] == ["One.", "Two."]
    assert [turn.answer.text for turn in before_new if turn.answer] == ["One.", "Two.", "Three."]


async def branch(
    database: Database, answer: int, viewer: int | None = None, most: int = 100
) -> int:
    """Branch from an answer into channel 6; return how many turns were copied."""
    async with database.writing() as tx:
        answered = await tx.variants.of(answer)
        assert answered is not None
        target = await tx.history.open(Place(6, 3))
        of = Branch(answered.conversation_id, answered.turn_id, answer, viewer)
        copied = await tx.branches.copy(of, target, most)
        await tx.commit()
    return copied


async def test_a_branch_has_what_is_in_the_past(database: Database, look: Look) -> None:
    """Chosen answers, words and files are copied up to the answer, without holds and places."""
    _, second = await ask(database, "Blue.", "Green.", message_id=1)
    wall = Wall()
    await variants(database).turn_over(second, QUESTION, -1, wall.open, nothing)
    await ask(database, "Secret.", message_id=2, private=True)
    early, late = await ask(database, "Early.", "Late.", message_id=3)
    await ask(database, "After.", message_id=4)
    await look(
        "INSERT INTO turn_files (turn_id, name, text, tokens, pinned)"
        " SELECT id, 'a.txt', 'words', 1, true FROM turns WHERE message_id = 1"
    )
    assert await branch(database, early) == 2
    assert await past(database, Place(6, 3)) == ["Blue.", "Early."]
    assert await past(database) == ["Blue.", "Late.", "After."]
    assert late
    rows = await look(
        "SELECT answers.hold_id, answers.address, answers.thinking FROM answers"
        " JOIN turns ON turns.id = answers.turn_id"
        " JOIN conversations ON conversations.id = turns.conversation_id WHERE channel_id = 6"
    )
    assert rows == [(0, None, "")] * 2
    assert len(await look("SELECT id FROM turn_files WHERE name = 'a.txt'")) == 2
    assert await look("SELECT branched_from FROM conversations WHERE channel_id = 6") == [(early,)]


async def test_a_private_branch_has_what_its_owner_said(database: Database) -> None:
    """From a private answer one's own private turns are copied, and can be read there."""
    await ask(database, "Open.", message_id=1)
    [secret] = await ask(database, "Secret.", message_id=2, private=True)
    assert await branch(database, secret, viewer=ADA.id) == 2
    assert await past(database, Place(6, 3)) == ["Open.", "Secret."]


async def test_a_branch_is_bounded(database: Database) -> None:
    """Of a very long past the latest turns are copied."""
    answers = [await ask(database, f"{n}.", message_id=n + 1) for n in range(5)]
    assert await branch(database, answers[-1][0], most=2) == 2
    assert await past(database, Place(6, 3)) == ["3.", "4."]
