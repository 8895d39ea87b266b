"""Edits and deletions of what waits for a yes, where each takes as long as it likes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.errors import NothingThere, QuestionTooLong, Withdrawn
from bot.messages import Question, ScreenAddress
from bot.quota.pricing import KnownProposal, Proposed
from bot.storage.database import Database
from bot.turns.proposals import Changed, Proposals
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_opening import LONG
from tests.bot.storage.test_opening import database as database
from tests.bot.storage.test_quoting import EDITED, QUOTED, TOLD, Slow, openings

ADDRESS = ScreenAddress(5, (90,))
OTHER = "(about what Ben wrote: “I like boats.”)\n"
NOTHING = Changed(None, None)


class Desk:
    """Keeps one proposal whose first new price is long in coming."""

    def __init__(self, database: Database, proposals: Proposals, model: Slow, its_id: int) -> None:
        self.database, self.proposals, self.id = database, proposals, its_id
        self._model = model

    @asynccontextmanager
    async def hanging(self, first: "asyncio.Task[Changed]") -> AsyncIterator[None]:
        """Let the block run while a first change is priced; that shows nothing then."""
        await self._model.asked.acquire()
        yield
        self._model.doors[0].set()
        assert await first == NOTHING

    async def edit(self, text: str) -> Changed:
        """Let the question be edited."""
        return await self.proposals.change(self.id, lambda known: replace(known, text=text))

    async def requote(self, quote: str) -> Changed:
        """Let what it quotes be edited."""
        quoting = (await self.proposals.concerned(TOLD)).quoting
        [reworded] = await self.proposals.requote(quoting, quote)
        return await self.proposals.offer_again(reworded)

    async def known(self) -> KnownProposal | None:
        """Return what waits."""
        async with self.database.reading() as tx:
            return await tx.proposals.find(self.id)

    async def question(self) -> Question:
        """Return the question that waits."""
        known = await self.known()
        assert known is not None
        return known.proposal.question


async def desk(database: Database, question: Question = QUOTED) -> Desk:
    """Let a dear question wait, and be shown."""
    proposed = await openings(database, Slow(0)).open(question)
    assert isinstance(proposed, Proposed)
    model = Slow(1)
    proposals = Proposals(database, openings(database, model), now=lambda: NOW)
    assert await proposals.shown(proposed.proposal_id, ADDRESS) is None
    return Desk(database, proposals, model, proposed.proposal_id)


async def test_of_two_edits_of_the_quote_the_later_one_counts(database: Database) -> None:
    """Whichever has its price first: the quote is that of the later edit, and so is the offer."""
    its = await desk(database)
    async with its.hanging(asyncio.create_task(its.requote(OTHER))):
        changed = await its.requote(EDITED)
    assert changed.address == ADDRESS
    assert changed.proposed is not None
    assert (await its.question()).text == f"{EDITED}why?"


async def test_what_is_deleted_stays_so(database: Database) -> None:
    """An edit that is priced when the quoted message is deleted brings nothing of it back."""
    its = await desk(database)
    quoting = (await its.proposals.concerned(TOLD)).quoting
    async with its.hanging(asyncio.create_task(its.requote(OTHER))):
        [reworded] = (await its.proposals.let_go([TOLD])).reworded
        assert (await its.proposals.offer_again(reworded)).proposed is not None
        assert await its.proposals.requote(quoting, EDITED) == []
    question = await its.question()
    assert question.text == "(about words that were deleted since)\nwhy?"
    assert (question.quoted_id, question.quoted_message_id) == (None, None)


async def test_the_quote_and_the_own_words_are_edited_at_once(database: Database) -> None:
    """A new quote that is priced while its question is edited takes no old words back."""
    its = await desk(database)
    async with its.hanging(asyncio.create_task(its.requote(EDITED))):
        assert (await its.edit(f"{EDITED}when?")).proposed is not None
    assert (await its.question()).text == f"{EDITED}when?"


async def test_what_can_not_be_asked_is_edited_again(database: Database) -> None:
    """It is withdrawn only where nobody edits it while that is found out."""
    its = await desk(database)
    async with its.hanging(asyncio.create_task(its.edit(LONG * 9))):
        assert (await its.edit("when?")).proposed is not None
    assert (await its.question()).text == "when?"
    assert isinstance((await its.edit(LONG * 9)).refusal, QuestionTooLong)
    assert await its.known() is None
    assert await its.edit("why?") == NOTHING


async def test_new_words_count_before_their_price_is_known(database: Database) -> None:
    """Who agrees while an edit is priced agrees to its words."""
    its = await desk(database)
    first = asyncio.create_task(its.edit("when?"))
    async with its.hanging(first):
        agreed = await its.proposals.agreed(its.id, QUOTED, trim=False)
        assert agreed.text == "when?"
        await its.proposals.cancel(its.id, QUOTED.author.id)


async def test_deleted_together(database: Database, look: Look) -> None:
    """Of what waits in deleted messages nothing is kept, nor of what was asked about one alone."""
    its = await desk(database)
    menu = replace(QUOTED, message_id=None)
    other = Desk(database, its.proposals, Slow(0), (await desk(database, menu)).id)
    third = await desk(database, replace(QUOTED, message_id=78, quoted_id=None))
    gone = await its.proposals.let_go([77, TOLD, 4711])
    assert gone.withdrawn_at == [ADDRESS]
    assert [(it.address, type(it.refusal)) for it in gone.withdrawn] == [(ADDRESS, NothingThere)]
    assert [it.id for it in gone.reworded] == [third.id]
    assert await other.known() is None
    assert await look("SELECT id FROM proposals") == [(third.id,)]
    assert await its.proposals.let_go([]) == type(gone)([], [], [])


async def test_changed_before_it_is_shown(database: Database) -> None:
    """Whoever is asked for a price hears at once of what changed before anybody knew where."""
    opens = openings(database, Slow(0))
    proposals = Proposals(database, opens, now=lambda: NOW)
    shown: list[Changed | None] = []
    for number, becomes_of in enumerate((None, "edited", "deleted")):
        proposed = await opens.open(replace(QUOTED, message_id=80 + number))
        assert isinstance(proposed, Proposed)
        if becomes_of == "edited":
            await proposals.change(proposed.proposal_id, lambda it: replace(it, text="when?"))
        if becomes_of == "deleted":
            assert (await proposals.let_go([80 + number])).withdrawn_at == []
        shown.append(await proposals.shown(proposed.proposal_id, ADDRESS))
        assert await proposals.shown(proposed.proposal_id, ADDRESS) is None
    nothing, edited, deleted = shown
    assert nothing is None
    assert edited is not None
    assert edited.proposed is not None
    assert deleted is not None
    assert isinstance(deleted.refusal, Withdrawn)


async def test_edited_when_the_quote_is_forgotten(database: Database) -> None:
    """What is being forgotten is quoted no more from an edit on; a menu's is left to be erased."""
    its = await desk(database)
    by_menu = await desk(database, replace(QUOTED, message_id=None))
    async with database.writing() as tx:
        await tx.erasures.begin(12, NOW)
        await tx.commit()
    opens = openings(database, Slow(0))
    proposals = Proposals(database, opens, now=lambda: NOW)
    for kept in (its, by_menu):
        changed = await proposals.change(kept.id, lambda it: replace(it, text=f"{EDITED}when?"))
        assert (changed == NOTHING) is (kept is by_menu)
    assert (await its.question()).text.endswith("erased at their author's wish)\nwhen?")
    assert (await by_menu.question()).text == QUOTED.text
