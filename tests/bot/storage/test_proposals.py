"""Proposals: questions that wait for a yes, with their files, until taken or swept."""

from dataclasses import replace
from datetime import timedelta

from bot.messages import Again, Attached, Person, Place, Question, ScreenAddress
from bot.quota.pricing import Proposal
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

ADA = Person(11, "Ada", "ada")
QUESTION = Question(
    author=ADA,
    place=Place(5, 3),
    text="What is in it, 4711?",
    asked_at=NOW,
    message_id=77,
    role_ids=(1, 2),
    parent_channel_id=4,
    files=(Attached("a.txt", "words \0 of it"), Attached("b.png", None, "not read")),
    again=Again(8, 9),
    head="-# Ada asks",
)


async def add(database: Database, question: Question = QUESTION) -> int:
    """Store a question that waits."""
    async with database.writing() as tx:
        proposal_id = await tx.proposals.add(Proposal(question), NOW)
        await tx.commit()
    return proposal_id


async def test_a_question_comes_back_whole(database: Database) -> None:
    """All of a question is kept: files, roles, the line above, what it is asked again for."""
    proposal_id = await add(database)
    async with database.reading() as tx:
        known = await tx.proposals.find(proposal_id)
    assert known is not None
    assert (known.user_id, known.made_at, known.proposal.question) == (11, NOW, QUESTION)


async def test_taken_once_and_by_its_asker_alone(database: Database) -> None:
    """Only who asked can take it, and once; without a commit it stays."""
    proposal_id = await add(database)
    async with database.writing() as tx:
        assert await tx.proposals.take(proposal_id, 12) is None
        assert await tx.proposals.take(proposal_id, 11) is not None
    async with database.writing() as tx:
        assert await tx.proposals.take(proposal_id, 11) is not None
        assert await tx.proposals.take(proposal_id, 11) is None
        await tx.commit()
    async with database.reading() as tx:
        assert await tx.proposals.find(proposal_id) is None


async def test_found_by_the_question_or_by_what_asks_the_price(database: Database) -> None:
    """Both messages lead to it, and no number that stands in the words does."""
    proposal_id = await add(database)
    async with database.writing() as tx:
        await tx.proposals.locate(proposal_id, ScreenAddress(5, (4712,)))
        await tx.commit()
    async with database.reading() as tx:
        for message_id in (77, 4712):
            known = await tx.proposals.about(message_id)
            assert known is not None
            assert known.id == proposal_id
        for message_id in (4711, 7, 471):
            assert await tx.proposals.about(message_id) is None


async def test_replaced_and_swept(database: Database) -> None:
    """New words take the old ones' place; after its time it is forgotten."""
    proposal_id = await add(database)
    changed = Proposal(replace(QUESTION, text="new"))
    async with database.writing() as tx:
        assert await tx.proposals.replace(proposal_id, changed)
        assert not await tx.proposals.replace(proposal_id + 1, changed)
        assert await tx.proposals.sweep(NOW) == 0
        known = await tx.proposals.find(proposal_id)
        assert known is not None
        assert known.proposal == changed
        assert await tx.proposals.sweep(NOW + timedelta(microseconds=1)) == 1
        assert await tx.proposals.find(proposal_id) is None


async def test_halves_of_characters_are_replaced(database: Database) -> None:
    """What no database takes becomes a replacement character, and the rest is kept."""
    proposal_id = await add(database, replace(QUESTION, text="a\ud800b"))
    async with database.reading() as tx:
        known = await tx.proposals.find(proposal_id)
    assert known is not None
    assert known.proposal.question.text == "a�b"
