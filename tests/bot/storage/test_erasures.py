"""Erasing what a person said, on real databases: what goes, what stays, and what comes too late."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.answers.branches import Branch
from bot.answers.draft import Kept
from bot.errors import Forgotten, NotYours, Repeated
from bot.housekeeping import Housekeeping
from bot.memory.forgetting import Forgetting
from bot.messages import AnswerState, Attached, Person, Place, Question, ScreenAddress, Usage
from bot.ports import OnAddress, Screen, Transaction
from bot.prompts.personas import Persona, Scope
from bot.quota.pricing import Estimate, Offer, Proposal
from bot.quota.rules import Demand, Meter, Subject
from bot.records.erasures import Found
from bot.storage.database import Database
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from bot.turns.repainting import Repainting
from bot.turns.settlement import Settlement
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_opening import Model, openings
from tests.bot.storage.test_variants import variants

ADA, BEN = Person(11, "Ada", "ada"), Person(12, "Ben", "ben")
HERE = Place(5, 3)
LATER = NOW + timedelta(hours=1)
FILE = Attached("plan.txt", "the plan", tokens=2)


@pytest.fixture
async def forgetting(database: Database) -> AsyncIterator[Forgetting]:
    """Return what forgets, and let it end."""
    made = Forgetting(
        database,
        Turns(),
        database,
        now=lambda: LATER,
        log=structlog.get_logger(),
        again=(),
    )
    yield made
    await made.close()


async def ask(
    tx: Transaction, author: Person, text: str, said: str, number: int, *, ends: bool = True
) -> tuple[int, int]:
    """Store a question with a file and its answer, paid for; return the ids of both."""
    conversation = await tx.history.open(HERE)
    question = Question(author, HERE, text, NOW, message_id=number, files=(FILE,))
    turn = await tx.history.ask(conversation, question, 3)
    hold = await tx.ledger.reserve(Subject.of(question), Demand(10, 20, 5, None), NOW)
    address = ScreenAddress(5, (1000 + number,), head=f"about {text}")
    answer = await tx.history.begin(turn, hold.id, "a/b", 1, NOW, address=address)
    if ends:
        await tx.ledger.settle(hold.id, Usage(10, 5, 70), NOW)
        await tx.history.finish(
            answer, AnswerState.COMPLETE, None, said, "Hm, a plan.", 2, Usage(10, 5, 70), NOW
        )
    return turn, answer


async def furnish(tx: Transaction) -> int:
    """Let Ada and Ben say something everywhere; return the answer to Ada's last question."""
    await ask(tx, ADA, "first", "One.", 1)
    await ask(tx, BEN, "between", "Two.", 2)
    turn, answer = await ask(tx, ADA, "last", "Three.", 3)
    await tx.history.retract(1, NOW)
    branch = await tx.history.open(Place(6, 3))
    of = Branch(await tx.history.open(HERE), turn, answer)
    await tx.branches.copy(of, branch, 10)
    for person in (ADA, BEN):
        persona = Persona(Scope.PERSON, person.id, f"{person.name} is fine.")
        await tx.choices.set_persona(persona, person.id, NOW)
        question = Question(person, HERE, f"dear {person.name}", NOW, message_id=person.id)
        await tx.proposals.add(Proposal(question, offer=Offer(Estimate(9, 9))), NOW)
        await tx.ledger.grant(3, 44, Meter.TOKENS, 5, person.id, NOW, reason=f"by {person.name}")
    await tx.choices.set_persona(Persona(Scope.CHANNEL, 5, "Of all."), ADA.id, NOW)
    await tx.commit()
    return answer


async def test_what_goes_and_what_stays(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """Everything that Ada said goes, deleted and copied too; Ben's words and all amounts stay."""
    await database.write(furnish)
    expected = Found(*(3, 3, 3), personas=1, waiting=1, titles=0, reasons=1, shared_personas=1)
    assert await forgetting.find(ADA.id) == expected
    sums = await look("SELECT * FROM ledger_sums ORDER BY 1, 2, 3, 4")
    amounts = "SELECT id, user_id, by_id, tokens, cost_micros, requests FROM ledger ORDER BY id"
    before = await look(amounts)
    assert await forgetting.forget(ADA.id, LATER) == expected
    await forgetting.settled()
    assert await look("SELECT * FROM ledger_sums ORDER BY 1, 2, 3, 4") == sums
    assert await look(amounts) == before
    assert await look("SELECT author_name, text FROM turns WHERE text <> '' ORDER BY id") == [
        ("Ben", "between"),
        ("Ben", "between"),
    ]
    assert await look("SELECT text FROM answers WHERE text <> '' ORDER BY id") == [("Two.",)] * 2
    said = "SELECT count(*) FROM turns JOIN answers ON answers.turn_id = turns.id"
    assert await look(
        f"{said} WHERE author_id = 11 AND (address LIKE '%about%' OR thinking <> '')"
    ) == [(0,)]
    assert len(await look("SELECT id FROM turn_files")) == 2
    assert await look("SELECT text FROM personas ORDER BY text") == [
        ("Ben is fine.",),
        ("Of all.",),
    ]
    assert await look("SELECT user_id FROM proposals") == [(12,)]
    assert await look("SELECT reason FROM ledger WHERE reason IS NOT NULL") == [("by Ben",)]
    marks = await look("SELECT stale FROM answers WHERE text <> '' ORDER BY id")
    assert [bool(stale) for (stale,) in marks] == [True, True]
    [(purged,)] = await look("SELECT purged_at IS NOT NULL FROM forgettings")
    assert purged
    assert (await forgetting.find(ADA.id)).is_nothing
    assert (await forgetting.find(BEN.id)).questions == 2


async def test_twice_and_by_somebody_new(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """A second time finds nothing; who never spoke has nothing; and what is said later stays."""
    await database.write(furnish)
    await forgetting.forget(ADA.id, LATER)
    assert (await forgetting.forget(ADA.id, LATER)).is_nothing
    assert (await forgetting.forget(99, LATER)) == Found()
    later = LATER + timedelta(seconds=1)

    async def again(tx: Transaction) -> None:
        question = Question(ADA, HERE, "again", later, message_id=50)
        await tx.history.ask(await tx.history.open(HERE), question, 1)
        await tx.commit()

    await database.write(again)
    assert (await forgetting.forget(ADA.id, LATER)).is_nothing
    await forgetting.settled()
    assert await look("SELECT text FROM turns WHERE author_name = 'Ada'") == [("again",)]


async def test_nothing_writes_words_back(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """An answer that was being written stores its end and its bill, and not a word."""

    async def begin(tx: Transaction) -> int:
        _, answer = await ask(tx, ADA, "now", "", 7, ends=False)
        await tx.commit()
        return answer

    answer = await database.write(begin)
    await forgetting.forget(ADA.id, LATER)

    async def go_on(tx: Transaction) -> None:
        await tx.history.keep([Kept(answer, "gen-1", "Secret", "Thought")])
        await tx.history.locate({answer: ScreenAddress(5, (900,), head="Secret")})
        usage = Usage(1, 2, 3)
        state = AnswerState.STOPPED
        await tx.history.finish(answer, state, "gen-1", "Secret", "Thought", 2, usage, NOW)
        await tx.variants.prefer(answer)
        await tx.history.revise(7, "Secret", 1, NOW)
        await tx.commit()

    await database.write(go_on)
    rows = await look("SELECT state, text, thinking, address, cost_micros FROM answers")
    assert rows == [("stopped", "", "", '{"channel_id":5,"message_ids":[1007]}', 3)]
    assert await look("SELECT text FROM turns") == [("",)]


async def test_what_was_asked_before_comes_too_late(
    database: Database, forgetting: Forgetting
) -> None:
    """A question that waited while its author had all forgotten is refused, a later one is not."""
    await forgetting.forget(ADA.id, LATER)
    question = Question(ADA, HERE, "Still there?", NOW, message_id=8)
    with pytest.raises(Forgotten):
        await openings(database).open(question)
    await openings(database).open(replace(question, asked_at=LATER + timedelta(seconds=1)))
    await openings(database).open(replace(question, author=BEN, message_id=9))


async def test_buttons_say_that_it_is_forgotten(database: Database, forgetting: Forgetting) -> None:
    """Below a forgotten answer no button leads anywhere, and only its author is told why."""
    answer = await database.write(furnish)
    await forgetting.forget(ADA.id, LATER)
    by = Question(ADA, HERE, "", LATER)
    with pytest.raises(Forgotten):
        await variants(database).asked_before(answer, by)
    with pytest.raises(Forgotten):
        await variants(database).thinking(answer, by)
    with pytest.raises(NotYours):
        await variants(database).thinking(answer, replace(by, author=BEN))


async def test_a_start_finishes_what_a_kill_broke_off(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """What had only begun is done after the next start."""
    await database.write(furnish)

    async def begin(tx: Transaction) -> None:
        await tx.erasures.begin(ADA.id, LATER)
        await tx.commit()

    await database.write(begin)
    await forgetting.resume()
    await forgetting.settled()
    assert await look("SELECT count(*) FROM turns WHERE author_name = 'Ada'") == [(0,)]
    await forgetting.resume()
    async with database.reading() as tx:
        assert await tx.erasures.begun() == []


async def test_many_turns_among_many(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """However many turns there are, others write in between, and all of Ada's go."""

    async def open_it(tx: Transaction) -> int:
        conversation = await tx.history.open(HERE)
        await tx.commit()
        return conversation

    conversation = await database.write(open_it)
    await look(
        "INSERT INTO turns (conversation_id, author_id, author_name, author_username, text, tokens,"
        " asked_at, pinned) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 45000) SELECT CAST(:conversation AS bigint),"
        " CASE WHEN i % 90 = 0 THEN 11 ELSE 12 END, 'N', 'n', 'words', 1, 5, false FROM n",
        conversation=conversation,
    )
    work = asyncio.create_task(forgetting.forget(ADA.id, LATER))
    async with database.writing() as tx:
        await tx.history.open(Place(77, 3))
        await tx.commit()
    assert (await work).questions == 500
    assert await look("SELECT count(*) FROM turns WHERE text = 'words'") == [(44_500,)]


async def test_one_press_at_a_time(forgetting: Forgetting) -> None:
    """A second press while the first is worked on changes nothing."""
    with forgetting.pressed(ADA.id):
        with pytest.raises(Repeated), forgetting.pressed(ADA.id):
            pass
        with forgetting.pressed(BEN.id):
            pass


async def test_mending_writes_and_shows_nothing_of_it(
    database: Database, forgetting: Forgetting, look: Look
) -> None:
    """What a kill broke off and is forgotten since is settled, and neither stored nor shown."""

    async def begin(tx: Transaction) -> None:
        _, answer = await ask(tx, ADA, "now", "", 7, ends=False)
        await tx.history.keep([Kept(answer, None, "Secret", "Thought")])
        await tx.commit()

    await database.write(begin)
    async with database.reading() as tx:
        [left] = await tx.history.running()
    assert left.text == "Secret"
    await forgetting.forget(ADA.id, LATER)
    settlement = Settlement(
        database, Model(None), slug="a/b", least_output_tokens=1, now=lambda: LATER
    )
    log = structlog.get_logger()
    repainting = Repainting(database, OnScreen(), Keeper(database, log=log), log=log)
    keeping = Housekeeping(database, settlement, repainting, now=lambda: LATER, log=log)

    def open_at(hears: OnAddress, address: ScreenAddress | None) -> Screen:
        del hears
        raise AssertionError(address)

    await keeping.mend(left, open_at)
    assert await look("SELECT state, text, thinking, address FROM answers") == [
        ("interrupted", "", "", '{"channel_id":5,"message_ids":[1007]}')
    ]
    assert await look("SELECT count(*) FROM holds") == [(0,)]
    assert await look("SELECT count(*) FROM ledger WHERE estimated") == [(1,)]
