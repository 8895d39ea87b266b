"""Openings: what is dear waits for its asker, holds nothing, and is begun once."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from bot.errors import ProposalGone, QuestionTooLong, QuotaReached, Repeated
from bot.messages import (
    AnswerState,
    Attached,
    Consent,
    KeyInfo,
    Person,
    Place,
    Price,
    Question,
    Usage,
)
from bot.notes import Shortened, Trimmed
from bot.ports import Transaction
from bot.prompts.tokens import Correction
from bot.quota.pricing import Proposed
from bot.quota.rules import Amounts, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database
from bot.streaming import Prompt, StreamEvent
from bot.turns.opening import Opening, Openings
from bot.turns.prompting import Limits, Prompts
from tests.bot.storage.conftest import NOW, Look, OpenDatabase

DAY = Rule(Scope.DEFAULT, Meter.TOKENS, Window.DAY, 100_000)
ADA = Person(11, "Ada", "ada")
QUESTION = Question(ADA, Place(5, 3), "And now?", NOW, message_id=77)
SUBJECT = Subject.of(QUESTION)
LONG = "lighthouse " * 6_000
"""About 15,000 tokens: two of them are more than a quarter of the day."""


class Model:
    """A model of which only the price matters."""

    def __init__(self, price: Price | None) -> None:
        self._price = price

    async def price(self, model: str) -> Price | None:
        del model
        return self._price

    async def key(self) -> KeyInfo:
        return KeyInfo(None, None)

    async def billed(self, generation_id: str) -> Usage | None:
        del generation_id
        return None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[StreamEvent]:
        del prompt
        nothing: tuple[StreamEvent, ...] = ()
        for event in nothing:
            yield event


@pytest.fixture
async def database(open_database: OpenDatabase) -> Database:
    """Return a database with a limit of tokens a day, and a channel with two long turns."""
    opened = await open_database(defaults=[DAY])
    await opened.write(remember)
    return opened


async def remember(tx: Transaction) -> None:
    """Let two long turns be there."""
    conversation = await tx.history.open(QUESTION.place)
    for number in range(2):
        said = replace(QUESTION, text=f"{number} {LONG}", message_id=number + 1)
        turn = await tx.history.ask(conversation, said, 15_000)
        answer = await tx.history.begin(turn, 0, "a/b", 1, NOW)
        await tx.history.finish(answer, AnswerState.COMPLETE, None, "Yes.", "", 2, None, NOW)
    await tx.commit()


def openings(database: Database, price: Price | None = None, output: int = 2_000) -> Openings:
    """Return what opens turns, with room for all of the past."""
    return Openings(
        database,
        Model(price),
        Prompts(slug="a/b", limits=Limits(80_000, output), correction=Correction()),
        now=lambda: NOW + timedelta(seconds=1),
    )


async def held(database: Database) -> Amounts:
    """Return how much is held and spent of the day's limit."""
    async with database.reading() as tx:
        [standing] = await tx.ledger.standings(SUBJECT, NOW)
    return Amounts(tokens=standing.held + standing.used)


async def test_what_is_dear_waits_and_holds_nothing(database: Database) -> None:
    """A dear question becomes a proposal; nothing is held, and no turn is stored."""
    proposed = await openings(database).open(QUESTION)
    assert isinstance(proposed, Proposed)
    assert proposed.offer.trimming is not None
    assert await held(database) == Amounts()
    async with database.reading() as tx:
        assert not await tx.history.knows(77)
        assert await tx.proposals.find(proposed.proposal_id) is not None
    with pytest.raises(Repeated):
        await openings(database).open(QUESTION)


async def test_of_many_presses_one_begins(database: Database) -> None:
    """Presses at the same time begin one turn; the others find the question gone."""
    proposed = await openings(database).open(QUESTION)
    assert isinstance(proposed, Proposed)
    agreed = replace(QUESTION, message_id=None, consent=Consent(proposed.proposal_id))
    opening = openings(database)
    results = await asyncio.gather(
        *(opening.open(agreed) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(it, Opening) for it in results) == 1
    assert sum(isinstance(it, ProposalGone) for it in results) == 7
    assert (await held(database)).tokens > 30_000


async def test_trim_sends_what_was_offered(database: Database) -> None:
    """Trimmed, a turn takes what the offer said, tells how much is missing, and moves no window."""
    proposed = await openings(database).open(QUESTION)
    assert isinstance(proposed, Proposed)
    trimming = proposed.offer.trimming
    assert trimming is not None
    consent = Consent(proposed.proposal_id, trim=True)
    opened = await openings(database).open(replace(QUESTION, consent=consent))
    assert isinstance(opened, Opening)
    assert opened.prompt_tokens + 1_000 == trimming.estimate.tokens
    assert opened.notes == (Trimmed(trimming.turns),)
    async with database.reading() as tx:
        conversation = await tx.history.open(QUESTION.place)
        past = await tx.history.past(conversation, None, 10)
    assert len(past) == 3
    assert past[-1].text == "And now?"


async def test_a_refusal_leaves_the_question_waiting(database: Database) -> None:
    """Where nothing is left at the moment of Send, the question can still be sent later."""
    proposed = await openings(database).open(QUESTION)
    assert isinstance(proposed, Proposed)
    rule = Rule(Scope.MEMBER, Meter.TOKENS, Window.DAY, 500, ADA.id)

    async def limit(amount: int, tx: Transaction) -> None:
        await tx.ledger.set_rule(3, replace(rule, amount=amount), 1, NOW)
        await tx.commit()

    agreed = replace(QUESTION, consent=Consent(proposed.proposal_id))
    await database.write(partial(limit, 500))
    with pytest.raises(QuotaReached):
        await openings(database).open(agreed)
    await database.write(partial(limit, 50_000))
    assert isinstance(await openings(database).open(agreed), Opening)


async def test_a_price_that_rose_is_asked_about_anew(database: Database) -> None:
    """A yes is one to about what was told: where it takes much more by then, nothing is sent."""
    cheap = Price(Decimal("0.000001"), Decimal("0.000002"))
    dearer = replace(cheap, prompt=10 * cheap.prompt)
    proposed = await openings(database, cheap).open(QUESTION)
    assert isinstance(proposed, Proposed)
    agreed = replace(QUESTION, consent=Consent(proposed.proposal_id))
    anew = await openings(database, dearer).open(agreed)
    assert isinstance(anew, Proposed)
    assert (anew.offer.estimate.cost_micros or 0) > 250_000
    assert await held(database) == Amounts()
    with pytest.raises(ProposalGone):
        await openings(database, dearer).open(agreed)
    agreed = replace(QUESTION, consent=Consent(anew.proposal_id))
    assert isinstance(await openings(database, dearer).open(agreed), Opening)


async def test_a_price_that_rose_a_little_is_no_reason_to_ask_again(database: Database) -> None:
    """What was agreed to is sent where it takes up to a quarter more, and where it takes less."""
    price = Price(Decimal("0.000001"), Decimal("0.000002"))

    async def make_room(tx: Transaction) -> None:  # a third of the day is held for each of them
        await tx.ledger.set_rule(3, replace(DAY, scope=Scope.EVERYONE, amount=120_000), 1, NOW)
        await tx.commit()

    await database.write(make_room)
    for number, factor in enumerate((Decimal("1.2"), Decimal("0.5"), None)):
        asked = replace(QUESTION, message_id=100 + number)
        proposed = await openings(database, price).open(asked)
        assert isinstance(proposed, Proposed)
        now = price if factor is None else replace(price, prompt=price.prompt * factor)
        agreed = replace(asked, consent=Consent(proposed.proposal_id))
        assert isinstance(await openings(database, now).open(agreed), Opening)


async def test_from_five_cents_on_money_alone_is_a_reason(database: Database) -> None:
    """A dear model is asked about even where no limit comes near."""
    price = Price(Decimal("0.00001"), Decimal("0.00001"))
    short = replace(QUESTION, place=Place(6, 3), text=f"Read this: {LONG[:22_000]}")
    proposed = await openings(database, price).open(short)
    assert isinstance(proposed, Proposed)
    assert (proposed.offer.estimate.cost_micros or 0) >= 50_000
    assert proposed.offer.trimming is None


async def test_little_left_is_named(database: Database) -> None:
    """An answer that was shortened says how many tokens it has, and of which limit."""
    place = Place(6, 3)

    async def limit(tx: Transaction) -> None:
        rule = Rule(Scope.MEMBER, Meter.TOKENS, Window.HOUR, 2_000, ADA.id)
        await tx.ledger.set_rule(3, rule, 1, NOW)
        await tx.commit()

    await database.write(limit)
    opened = await openings(database).open(replace(QUESTION, place=place))
    assert isinstance(opened, Opening)
    output = opened.prompt.max_output_tokens
    assert opened.notes == (Shortened("tokens", "hour", output, output),)


def small(database: Database, context_tokens: int = 20_000) -> Openings:
    """Return what opens turns with room for one long turn, where nothing is dear."""
    return Openings(
        database,
        Model(None),
        Prompts(slug="a/b", limits=Limits(context_tokens, 2_000), correction=Correction()),
        now=lambda: NOW + timedelta(seconds=1),
    )


async def exempt(tx: Transaction) -> None:
    """Let Ada ask what she likes."""
    await tx.ledger.set_rule(3, Rule(Scope.MEMBER, Meter.TOKENS, Window.DAY, 10**9, ADA.id), 1, NOW)
    await tx.commit()


async def test_trimming_leaves_pins(database: Database, look: Look) -> None:
    """However little is to be sent, what is pinned is sent as well."""
    await look("UPDATE turns SET pinned = true WHERE message_id = 1")
    proposed = await openings(database).open(QUESTION)
    assert isinstance(proposed, Proposed)
    consent = Consent(proposed.proposal_id, trim=True)
    opened = await openings(database).open(replace(QUESTION, consent=consent))
    assert isinstance(opened, Opening)
    assert opened.notes == (Trimmed(1),)
    sent = [message.content for message in opened.prompt.messages[1:]]
    assert [it[:14] for it in sent] == ["Ada (@ada): 0 ", "Yes.", "Ada (@ada): An"]


async def test_pins_beyond_the_budget_are_named(database: Database, look: Look) -> None:
    """A question that finds no room beside what is pinned is refused, and nothing is stored."""
    await look("UPDATE turns SET pinned = true")
    with pytest.raises(QuestionTooLong) as refused:
        await small(database).open(QUESTION)
    assert [it[:12] for it in refused.value.pins] == ["0 lighthouse", "1 lighthouse"]
    async with database.reading() as tx:
        assert not await tx.history.knows(77)


async def test_files_are_kept_apart_from_words(database: Database) -> None:
    """A question's words and each of its files are stored with their own tokens."""
    await database.write(exempt)
    files = (Attached("a.txt", "light " * 400), Attached("b.zip", None, "not read"))
    question = replace(QUESTION, files=files, place=Place(6, 3))
    opened = await small(database).open(question)
    assert isinstance(opened, Opening)
    assert "File a.txt:" in opened.prompt.messages[-1].content
    async with database.reading() as tx:
        [turn] = await tx.history.past(await tx.history.open(Place(6, 3)), None, 9)
    assert (turn.text, turn.tokens) == ("And now?", 3)
    [kept] = turn.files
    assert (kept.filename, kept.text) == ("a.txt", "light " * 400)
    assert 380 < kept.tokens < 460


async def test_each_conversation_has_its_own_correction(database: Database) -> None:
    """Where answers report twice as much as was estimated, the next prompt is expected to."""
    place = Place(6, 3)
    asked: list[Opening] = []
    for number in range(3):
        question = replace(QUESTION, place=place, message_id=200 + number, text="light " * 300)
        opened = await small(database).open(question)
        assert isinstance(opened, Opening)
        asked.append(opened)

        async def finish(opened: Opening, tx: Transaction) -> None:
            usage = Usage(2 * opened.estimated_tokens, 5, 1)
            await tx.ledger.settle(opened.hold_id, usage, NOW)
            end = (AnswerState.COMPLETE, None, "dark " * 200, "", 200, usage, NOW)
            await tx.history.finish(opened.answer_id, *end)
            await tx.commit()

        await database.write(partial(finish, opened))
    assert asked[0].prompt_tokens == asked[0].estimated_tokens
    assert asked[2].prompt_tokens == pytest.approx(2 * asked[2].estimated_tokens, rel=0.02)
