"""What a conversation's next answer rests on: windows, pins, files, and what was taken out."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import AnswerState, Attached, Person, Place, Question, Turn, Usage
from bot.prompts.windows import Window
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look

ANN = Person(20, "Ann", "ann")
PLACE = Place(channel_id=10, guild_id=1)
NOTES = Attached("notes.txt", "the notes", tokens=4)


async def ask(
    tx: StoredTransaction,
    text: str = "Why?",
    files: Sequence[Attached] = (),
    *,
    message_id: int | None = None,
    private: bool = False,
) -> int:
    """Store a question and return its turn's id."""
    asked = Question(ANN, PLACE, text, NOW, message_id, private, files=tuple(files))
    return await tx.history.ask(await tx.history.open(PLACE), asked, 3)


async def answer(tx: StoredTransaction, turn: int, text: str) -> int:
    """Answer a turn and return the answer's id."""
    begun = await tx.history.begin(turn, 0, "m1", 11, NOW)
    await tx.history.finish(begun, AnswerState.COMPLETE, None, text, "", 4, None, NOW)
    return begun


async def past(database: Database, most: int = 9) -> list[Turn]:
    """Return the past of the conversation, as all see it."""
    async with database.reading() as tx:
        return await tx.history.past(await tx.history.open(PLACE), None, most)


async def four_turns(database: Database, files: Sequence[Attached] = ()) -> list[int]:
    """Store four answered questions with these files each, and return their turns' ids."""
    async with database.writing() as tx:
        turns = [await ask(tx, f"{number}?", files) for number in range(4)]
        for turn in turns:
            await answer(tx, turn, f"{turn}.")
        await tx.commit()
    return turns


async def move(database: Database, first: int) -> None:
    """Let the window start at a turn."""
    async with database.writing() as tx:
        await tx.history.keep_window(await tx.history.open(PLACE), None, Window(first))
        await tx.commit()


async def test_files_are_rows_of_their_own(database: Database) -> None:
    """A question's words stay alone; its files come with it, in their order, if they have text."""
    files = [NOTES, Attached("x.zip", None, "not read"), Attached("b.py", "print()", tokens=2)]
    await four_turns(database, files)
    for turn in await past(database):
        assert turn.text == f"{turn.id - 1}?"
        assert [(it.filename, it.text, it.tokens) for it in turn.files] == [
            ("notes.txt", "the notes", 4),
            ("b.py", "print()", 2),
        ]


async def test_dropped_things_are_not_in_the_past(database: Database, look: Look) -> None:
    """A turn or a file that somebody took out is out, and the rest stays."""
    turns = await four_turns(database, [NOTES, replace(NOTES, filename="more.txt")])
    await look("UPDATE turns SET dropped_at = 1 WHERE id = :turn", turn=turns[1])
    await look("UPDATE turn_files SET dropped_at = 1 WHERE name = 'more.txt'")
    found = await past(database)
    assert [turn.id for turn in found] == [turns[0], *turns[2:]]
    assert all([it.filename for it in turn.files] == ["notes.txt"] for turn in found)


async def test_a_cleared_conversation_begins_anew(database: Database, look: Look) -> None:
    """Nothing up to the turn after which it was cleared is in the past, pinned or not."""
    turns = await four_turns(database, [NOTES])
    await look("UPDATE turns SET pinned = true WHERE id = :turn", turn=turns[0])
    await look("UPDATE turn_files SET pinned = true")
    await look("UPDATE conversations SET cleared_turn_id = :turn", turn=turns[1])
    await move(database, turns[3])
    assert [turn.id for turn in await past(database)] == turns[2:]


async def test_pinned_turns_stay_before_the_window(database: Database, look: Look) -> None:
    """A pinned turn stays whole, with its answer and files, at its place."""
    turns = await four_turns(database, [NOTES])
    await look("UPDATE turns SET pinned = true WHERE id = :turn", turn=turns[0])
    before = await past(database)
    await move(database, turns[3])
    assert await past(database) == [before[0], before[3]]
    assert before[0].pinned
    assert before[0].answer is not None


async def test_pinned_files_stay_without_their_turns(database: Database, look: Look) -> None:
    """Of a turn before the window only its pinned files stay."""
    turns = await four_turns(database, [NOTES, replace(NOTES, filename="more.txt")])
    await look(
        "UPDATE turn_files SET pinned = true WHERE name = 'more.txt' AND turn_id <= :turn",
        turn=turns[1],
    )
    await look("UPDATE turns SET pinned = true WHERE id = :turn", turn=turns[1])
    await move(database, turns[3])
    first, second, last = await past(database)
    assert (first.id, first.text, first.answer) == (turns[0], "", None)
    assert [file.filename for file in first.files] == ["more.txt"]
    assert second.pinned
    assert len(second.files) == len(last.files) == 2


async def test_pins_are_read_beyond_the_most_turns(database: Database, look: Look) -> None:
    """Where more turns are there than are read, pinned ones come as well."""
    turns = await four_turns(database)
    await look("UPDATE turns SET pinned = true WHERE id = :turn", turn=turns[0])
    assert [turn.id for turn in await past(database, most=2)] == [turns[0], *turns[2:]]


async def test_dropped_and_deleted_pins_are_gone(database: Database, look: Look) -> None:
    """A pin does not bring back what was taken out, deleted, or said in private."""
    turns = await four_turns(database, [NOTES])
    await look("UPDATE turns SET pinned = true")
    await look("UPDATE turn_files SET pinned = true")
    await look("UPDATE turns SET dropped_at = 1 WHERE id = :turn", turn=turns[0])
    await look("UPDATE turns SET deleted_at = 1 WHERE id = :turn", turn=turns[1])
    await look("UPDATE turns SET private_to = 20 WHERE id = :turn", turn=turns[2])
    await move(database, turns[3])
    assert [turn.id for turn in await past(database)] == turns[3:]


async def test_the_chosen_variant_is_the_one_that_counts(database: Database, look: Look) -> None:
    """Without a choice the newest counts; a chosen one counts also when a newer one comes."""
    async with database.writing() as tx:
        turn = await ask(tx)
        first = await answer(tx, turn, "first")
        await answer(tx, turn, "second")
        await tx.commit()
    [found] = await past(database)
    assert found.answer is not None
    assert found.answer.text == "second"
    await look("UPDATE turns SET chosen_answer_id = :answer", answer=first)
    [found] = await past(database)
    assert found.answer is not None
    assert found.answer.text == "first"


async def test_a_window_goes_where_it_is_moved(database: Database) -> None:
    """It may go on, and back where there is room again."""
    turns = await four_turns(database)
    await move(database, turns[2])
    await move(database, turns[1])
    assert [turn.id for turn in await past(database)] == turns[1:]


async def test_edits_change_files_and_keep_pins(database: Database, look: Look) -> None:
    """A file that is the same stays pinned, a removed one goes, one that can't be read stays."""
    async with database.writing() as tx:
        turn = await ask(tx, "old", [NOTES, replace(NOTES, filename="more.txt")], message_id=7)
        await tx.commit()
    await look("UPDATE turn_files SET pinned = true")
    new = Attached("new.txt", "new", tokens=1)
    async with database.writing() as tx:
        assert await tx.history.revise(7, "words", 2, NOW, [NOTES, new])
        await tx.commit()
    [found] = await past(database)
    assert (found.id, found.text, found.tokens) == (turn, "words", 2)
    assert [(it.filename, it.pinned) for it in found.files] == [
        ("notes.txt", True),
        ("new.txt", False),
    ]
    async with database.writing() as tx:
        assert await tx.history.revise(7, "", 0, NOW, [Attached("new.txt", None, "not read")])
        await tx.commit()
    [found] = await past(database)
    assert [it.filename for it in found.files] == ["new.txt"]


async def test_a_question_asked_again_has_its_files(database: Database) -> None:
    """Whoever retries an answer sends the files that came with the question."""
    async with database.writing() as tx:
        answer_id = await answer(tx, await ask(tx, "see", [NOTES]), "seen")
        asked = await tx.variants.of(answer_id)
    assert asked is not None
    assert asked.question.text == "see"
    assert asked.question.files == (NOTES,)


async def test_private_questions_have_windows_of_their_own(database: Database) -> None:
    """Until it moves, a person's is everybody's; then each is where it was moved to."""
    public, private, moved = Window(1, 30, 900), Window(2, 40, 900, 2), Window(3, 50, 800, 1)
    async with database.writing() as tx:
        conversation = await tx.history.open(PLACE)
        for viewer in (None, 11, 12):
            assert await tx.history.window(conversation, viewer) == Window()
        await tx.history.keep_window(conversation, None, public)
        await tx.history.keep_window(conversation, 11, private)
        assert await tx.history.window(conversation, None) == public
        assert await tx.history.window(conversation, 11) == private
        assert await tx.history.window(conversation, 12) == public
        await tx.history.keep_window(conversation, None, moved)
        assert await tx.history.window(conversation, 11) == private
        assert await tx.history.window(conversation, 12) == moved
        assert await tx.history.window(await tx.history.open(Place(99, 1)), 11) == Window()


async def test_who_reads_along_knows_of_a_loss(database: Database) -> None:
    """What was told to everybody is not told to a person in private once more."""
    async with database.writing() as tx:
        conversation = await tx.history.open(PLACE)
        await tx.history.keep_window(conversation, 11, Window(2, 40, 900))
        await tx.history.keep_window(conversation, None, Window(1, 30, 900, told_in=7))
        assert await tx.history.window(conversation, 11) == Window(2, 40, 900, told_in=7)


async def test_a_past_is_read_from_where_it_is_asked_for(database: Database) -> None:
    """A start that is named stands for the window's; what was cleared away stays away."""
    turns = await four_turns(database)
    await move(database, turns[3])
    async with database.writing() as tx:
        conversation = await tx.history.open(PLACE)
        whole = await tx.history.past(conversation, None, 9, start=0)
        later = await tx.history.past(conversation, None, 9, start=turns[2])
    assert [it.id for it in whole] == turns
    assert [it.id for it in later] == turns[2:]


async def test_conversations_learn_from_their_own_latest_prompts(database: Database) -> None:
    """The latest reports come first, without estimates, and none of other conversations."""
    async with database.writing() as tx:
        conversation = await tx.history.open(PLACE)
        for took in (20, 30, 40):
            begun = await tx.history.begin(await ask(tx), 0, "m1", 11, NOW)
            usage = Usage(prompt_tokens=took, completion_tokens=1, cost_micros=1)
            usage = replace(usage, estimated=took == 30)
            end = (AnswerState.COMPLETE, None, "So.", "", 1, usage, NOW)
            await tx.history.finish(begun, *end)
        assert await tx.history.token_ratios_of(conversation) == [(11, 40), (11, 20)]
        assert await tx.history.token_ratios_of(conversation, most=1) == [(11, 40)]
        elsewhere = await tx.history.open(Place(99, 1))
        assert await tx.history.token_ratios_of(elsewhere) == []
        assert await tx.shelves.clear(conversation, 11) is not None
        assert await tx.history.token_ratios_of(conversation) == []


async def test_what_an_old_turn_rested_on_is_read(database: Database, look: Look) -> None:
    """Before an old turn all that was said counts, wherever the window has moved since."""
    turns = await four_turns(database)
    await look("UPDATE turns SET pinned = true WHERE id = :turn", turn=turns[0])

    async def before(turn: int) -> list[int]:
        async with database.reading() as tx:
            found = await tx.history.past(await tx.history.open(PLACE), None, 9, before=turn)
        return [it.id for it in found]

    await move(database, turns[1])
    assert await before(turns[3]) == turns[:3]
    await move(database, turns[3])
    assert await before(turns[2]) == turns[:2]
    await look("UPDATE conversations SET cleared_turn_id = :turn", turn=turns[1])
    assert await before(turns[3]) == [turns[2]]
    assert await before(turns[1]) == [turns[0]]


async def test_a_chosen_variant_that_was_deleted_counts_no_more(
    database: Database, look: Look
) -> None:
    """Then the newest one with any text stands for it."""
    async with database.writing() as tx:
        turn = await ask(tx)
        first = await answer(tx, turn, "first")
        second = await answer(tx, turn, "")
        await tx.commit()
    await look("UPDATE turns SET chosen_answer_id = :answer", answer=second)
    [found] = await past(database)
    assert found.answer is not None
    assert found.answer.id == first
