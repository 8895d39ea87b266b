"""Bills that come after an answer's end: they pay, and change nothing else of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.messages import Again, AgainKind, AnswerState, Price, Usage
from bot.storage.database import Database
from bot.turns.opening import Opening
from bot.turns.settlement import End, Settlement
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_mending import Night
from tests.bot.storage.test_opening import Model
from tests.bot.storage.test_variants import QUESTION, ask, past

BILL = Usage(40, 60, 160)


def settlement(database: Database, after: timedelta = timedelta(0)) -> Settlement:
    """Return what closes the books, so long after the start."""
    price = Price(Decimal("0.000001"), Decimal("0.000002"))
    return Settlement(
        database, Model(price), slug="a/b", least_output_tokens=300, now=lambda: NOW + after
    )


async def stopped(database: Database, first: int) -> tuple[Opening, End]:
    """Regenerate an answer, and stop the new one: its bill is open."""
    async with database.reading() as tx:
        answered = await tx.variants.of(first)
    assert answered is not None
    again = Again(answered.turn_id, first, AgainKind.REGENERATE, first)
    question = replace(QUESTION, message_id=None, again=again)
    opening = await Night(database).openings.open(question)
    assert isinstance(opening, Opening)
    end = End(opening.answer_id, opening.hold_id, AnswerState.STOPPED, "gen-1", "Gre", "Hm.")
    await settlement(database).remember(end)
    return opening, end


async def test_a_late_bill_chooses_nothing(database: Database, look: Look) -> None:
    """Whoever has turned back to an earlier answer meanwhile keeps that one in the past."""
    [first] = await ask(database, "Blue.")
    opening, end = await stopped(database, first)
    async with database.writing() as tx:
        await tx.variants.choose(opening.turn_id, first, None)
        await tx.commit()
    late = settlement(database, timedelta(minutes=3))
    await late.settle(end, BILL, opening.subject, is_stored=True)
    assert await past(database) == ["Blue."]
    assert not await look("SELECT id FROM holds")
    assert await look("SELECT cost_micros FROM answers ORDER BY id") == [(3,), (160,)]


async def test_a_late_bill_takes_no_time(database: Database) -> None:
    """How long an answer took is told without the wait for its bill."""
    [first] = await ask(database, "Blue.")
    opening, end = await stopped(database, first)
    late = settlement(database, timedelta(minutes=3))
    await late.settle(end, BILL, opening.subject, is_stored=True)
    async with database.reading() as tx:
        answered = await tx.variants.of(first)
    assert answered is not None
    assert answered.variants[-1].took < timedelta(seconds=5)


async def test_a_late_bill_brings_no_words_back(database: Database, look: Look) -> None:
    """What was deleted while its bill was open stays deleted, also where a kill left it."""
    [first] = await ask(database, "Blue.")
    opening, end = await stopped(database, first)
    async with database.writing() as tx:
        await tx.history.forget_answer(opening.answer_id)
        await tx.commit()
    assert await settlement(database).mend(end, BILL)
    assert await look("SELECT DISTINCT text, thinking FROM answers") == [("", "")]
    assert not await settlement(database).mend(end, BILL)


async def test_what_a_kill_left_ended_when_it_was_last_seen(database: Database) -> None:
    """However much later the next start is, an answer took as long as it grew."""
    night = Night(database)
    opening = await night.begin()
    [left] = (await night.lost()).answers
    said = (left.generation_id, "Half", "")
    end = End(left.id, left.hold_id, AnswerState.INTERRUPTED, *said, ended_at=left.last_seen_at)
    await night.settlement.remember(end)
    async with database.reading() as tx:
        answered = await tx.variants.of(opening.answer_id)
    assert answered is not None
    assert answered.variants[0].took == timedelta(0)


async def test_what_nobody_saw_is_taken_back(database: Database) -> None:
    """The answer before an unseen one is in the past, unless something newer decided that."""
    [first] = await ask(database, "Blue.")
    opening, end = await stopped(database, first)
    assert await past(database) == ["Gre"]
    await settlement(database).take_back(end.answer_id, None)
    assert await past(database) == ["Gre"]
    await settlement(database).take_back(end.answer_id, first)
    assert await past(database) == ["Blue."]
    async with database.writing() as tx:
        newest = await tx.history.begin(opening.turn_id, 0, "a/b", 1, NOW)
        await tx.history.finish(newest, AnswerState.COMPLETE, None, "Red.", "", 1, BILL, NOW)
        await tx.variants.choose(opening.turn_id, end.answer_id, None)
        await tx.commit()
    await settlement(database).take_back(end.answer_id, first)
    assert await past(database) == ["Gre"]
