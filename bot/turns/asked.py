"""What is asked, with all that decides about it, and whether it may be asked at all."""

from dataclasses import dataclass

from bot.answers.answered import Answered, Variant
from bot.answers.draft import FIRST
from bot.errors import (
    AccessDenied,
    Forgotten,
    NothingThere,
    ProposalGone,
    Repeated,
    Withdrawn,
)
from bot.messages import Question
from bot.ports import Storage, Transaction
from bot.quota.access import check_use
from bot.quota.pricing import Estimate, Pricing
from bot.quota.rules import Subject
from bot.snapshots import Shown, Snapshot
from bot.turns.placing import Placed


@dataclass(frozen=True, slots=True)
class Placement:
    """How a new answer stands among the others.

    It `begins` with the text that it goes on with; `before` is what it takes the place of, and
    what stands there again where it brings nothing.
    """

    shown: Shown = FIRST
    begins: str = ""
    before: Snapshot | None = None


ALONE = Placement()
"""How an answer stands that is the first one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its words with its files' text, and what decides its price and limits.

    `words` are the tokens of its words alone, `size` those of all; each file has its own.
    `answered` is what it got before, where it is asked again; what is `here` is known once it has
    been read. What it quoted and was forgotten before stands no longer in it (`has_lost_quote`).
    """

    question: Question
    text: str
    size: int
    words: int
    pricing: Pricing
    subject: Subject
    here: Placed
    answered: Answered | None = None
    has_lost_quote: bool = False

    @property
    def continued(self) -> Variant | None:
        """Return the answer that is to go on, if one is."""
        again = self.question.again
        if again is None or self.answered is None or not again.continues:
            return None
        return self.answered.variant(again.answer_id)

    @property
    def placement(self) -> Placement:
        """Return how the new answer will stand among the others."""
        answered, again, known = self.answered, self.question.again, self.continued
        if answered is None or again is None:
            return Placement(Shown(can_branch=self.question.place.guild_id is not None))
        shown = answered.next_shown(continues=known.id if known else None)
        begins = known.text if known else ""
        # What is shown now: arrows may have led away from the one that was pressed below.
        old = answered.chosen if again.is_in_place else None
        return Placement(shown, begins, answered.stand_in(old) if old else None)


async def answered_before(question: Question, storage: Storage) -> Answered | None:
    """Return what a question got before that is asked again; raise `Refused` where that is gone."""
    again = question.again
    if again is None:
        return None
    async with storage.reading() as tx:
        answered = await tx.variants.of(again.answer_id)
    if answered is not None and answered.is_forgotten:
        raise Forgotten
    if answered is None or answered.is_deleted:
        raise Withdrawn
    if again.is_in_place and answered.variant(again.answer_id) is None:
        raise NothingThere
    return answered


async def check(question: Question, tx: Transaction) -> Estimate | None:
    """Raise `Refused` where a question may not be asked, or not again; return what was agreed to.

    What was agreed to is taken away.
    """
    # A thread may have begun with it meanwhile: there it is not asked.
    here = question.place.channel_id
    if question.message_id and await tx.history.knows(question.message_id, here):
        raise Repeated
    if await tx.erasures.is_forgotten(question.author.id, question.asked_at):
        raise Forgotten
    await check_access(question, tx)
    consent = question.consent
    if consent is None:
        return None
    taken = await tx.proposals.take(consent.proposal_id, question.author.id)
    if taken is None:
        raise ProposalGone
    return taken.told(trimmed=consent.trim)


async def check_latest(question: Question, tx: Transaction) -> None:
    """Raise `Repeated` where a question that is to be asked again has a newer answer by now."""
    again = question.again
    if again is None:
        return
    if await tx.history.latest_answer(again.turn_id) != (again.latest_id or again.answer_id):
        raise Repeated


async def check_access(question: Question, tx: Transaction) -> None:
    """Raise `AccessDenied` where this person may not ask here."""
    visitor = Subject.of(question)
    if visitor.guild_id is None:
        return
    try:
        check_use(await tx.access.rules_met(visitor), visitor)
    except AccessDenied:
        check_use(await tx.access.rules(visitor.guild_id), visitor)  # it tells what is allowed
        raise
