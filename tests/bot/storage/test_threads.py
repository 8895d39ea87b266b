"""Threads: for whom the bot opened one is remembered, and what it called it."""

from datetime import UTC, datetime
from decimal import Decimal

from bot.answers.branches import Branch
from bot.messages import AnswerState, Person, Place, Price, Question, Usage
from bot.quota.rules import Demand, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ADA = Person(1, "Ada", "ada")


async def test_whose_thread_it_is(database: Database) -> None:
    """For whom the bot opened a thread is remembered with its conversation."""
    async with database.writing() as tx:
        await tx.threads.begin(Place(5, 3), 11)
        await tx.history.open(Place(6, 3))
        known = await tx.history.open(Place(8, 3))
        await tx.threads.begin(Place(8, 3), 12)
        assert await tx.history.open(Place(8, 3)) == known
        assert await tx.threads.owner(8) == 12
        assert await tx.threads.owner(5) == 11
        assert await tx.threads.owner(6) is None
        assert await tx.threads.owner(7) is None


async def test_what_the_bot_called_it(database: Database) -> None:
    """The name that the bot chose is known, also a later one; a person's is none of its own."""
    async with database.writing() as tx:
        await tx.threads.begin(Place(5, 3), 11, "How do lamps…")
        await tx.threads.begin(Place(6, 3), 11)
        assert await tx.threads.name(5) == "How do lamps…"
        assert await tx.threads.name(6) is None
        assert await tx.threads.name(7) is None
        await tx.threads.rename(5, "How do lamps…", "Lamps")
        assert await tx.threads.name(5) == "Lamps"
        await tx.threads.rename(5, "How do lamps…", "Bulbs")
        assert await tx.threads.name(5) == "Lamps"


async def test_which_answers_count(database: Database) -> None:
    """Answers that ended count, forgotten ones too; failed, private and copied ones do not."""
    async with database.writing() as tx:
        conversation = await tx.history.open(Place(5, 3))

        async def answer(state: AnswerState, hold: int = 1, *, private: bool = False) -> None:
            asked = Question(ADA, Place(5, 3), "?", NOW, private=private)
            turn = await tx.history.ask(conversation, asked, 1)
            begun = await tx.history.begin(turn, hold, "m1", 1, NOW)
            await tx.history.finish(begun, state, None, "", "", 0, None, NOW)

        for uncounted in (AnswerState.FAILED, AnswerState.RUNNING):
            await answer(uncounted)
        await answer(AnswerState.COMPLETE, hold=0)
        await answer(AnswerState.COMPLETE, private=True)
        assert await tx.threads.answers(5) == 0
        await answer(AnswerState.STOPPED)
        assert await tx.threads.answers(5) == 1
        assert await tx.threads.answers(6) == 0


async def test_what_a_thread_began_with(database: Database) -> None:
    """It is the first words that are left of those until the first answer, for all to see."""
    async with database.writing() as tx:
        conversation = await tx.history.open(Place(5, 3))
        said: dict[str, int] = {}
        for number, words in enumerate(("psst", "one", "two", "three"), start=1):
            asked = Question(ADA, Place(5, 3), words, NOW, number, private=words == "psst")
            said[words] = await tx.history.ask(conversation, asked, 1)
        assert await tx.threads.first_said(5) is None
        for words in ("psst", "two", "three"):
            begun = await tx.history.begin(said[words], 1, "m1", 1, NOW)
            await tx.history.finish(begun, AnswerState.COMPLETE, None, "So.", "", 1, None, NOW)
        found = [await tx.threads.first_said(5)]
        for message in (2, 3):
            await tx.history.retract(message, NOW)
            found.append(await tx.threads.first_said(5))
        assert await tx.threads.first_said(6) is None
    assert [it and (it.text, it.author) for it in found] == [("one", ADA), ("two", ADA), None]


async def test_which_threads_are_conversations(database: Database) -> None:
    """Those that the bot opened and those that were copied into are; one with mentions is not."""
    async with database.writing() as tx:
        await tx.threads.begin(Place(5, 3), 11)
        mentioned = await tx.history.open(Place(6, 3))
        branch = await tx.history.open(Place(7, 3))
        await tx.branches.copy(Branch(mentioned, 1, 1), branch, 10)
        found = [await tx.threads.is_begun(it) for it in (5, 6, 7, 8)]
    assert found == [True, False, True, False]


async def test_a_title_is_no_request(database: Database) -> None:
    """It needs no request to be left; its tokens and cost count, and no turn is told of."""
    subject, price = Subject(1, 3, 5), Price(Decimal("0.000001"), Decimal("0.000002"))
    async with database.writing() as tx:
        for meter, amount in ((Meter.REQUESTS, 1), (Meter.TOKENS, 1_000), (Meter.COST, 10_000)):
            rule = Rule(Scope.EVERYONE, meter, Window.DAY, amount)
            await tx.ledger.set_rule(3, rule, 9, NOW)
        turn = await tx.ledger.reserve(subject, Demand(10, 90, 40, price), NOW)
        await tx.ledger.settle(turn.id, Usage(10, 20, 50), NOW)
        title = await tx.ledger.reserve(subject, Demand(100, 300, 40, price, requests=0), NOW)
        assert (title.amounts.requests, title.amounts.tokens) == (0, 400)
        assert await tx.ledger.settle(title.id, Usage(100, 30, 160), NOW)
        assert not await tx.ledger.settle(title.id, Usage(100, 30, 160), NOW)
        used = {it.rule.meter: it.used for it in await tx.ledger.standings(subject, NOW)}
        latest = await tx.reports.latest(3, 1, 10)
        await tx.commit()
    assert (used[Meter.REQUESTS], used[Meter.TOKENS], used[Meter.COST]) == (1, 160, 210)
    assert [it.amounts.tokens for it in latest] == [30]


async def test_a_thread_that_is_begun_again(database: Database) -> None:
    """A deleted thread is nobody's; begun again on the same message, it has no past."""
    async with database.writing() as tx:
        await tx.threads.begin(Place(5, 3), 11, "Lamps")
        conversation = await tx.history.open(Place(5, 3))
        await tx.history.ask(conversation, Question(ADA, Place(5, 3), "one", NOW), 1)
        await tx.threads.end(5)
        await tx.threads.end(6)
        assert not await tx.threads.is_begun(5)
        assert await tx.threads.name(5) is None
        await tx.threads.begin(Place(5, 3), 12)
        await tx.history.ask(conversation, Question(ADA, Place(5, 3), "two", NOW), 1)
        assert [it.text for it in await tx.history.past(conversation, None, 9)] == ["two"]
