"""Branches: conversations that begin with another one's past, up to one of its answers."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.answers.answered import Answered, Variant
from bot.answers.branches import Branch
from bot.errors import BeingWritten, Forgotten, NothingThere, NotYours, Repeated
from bot.messages import Place, Question
from bot.ports import Storage
from bot.prompts.titles import cut
from bot.records.erasures import after_quote
from bot.turns.opening import Openings


@dataclass(frozen=True, slots=True)
class Root:
    """What a branch grows from, what it is called, and whether others may read it."""

    branch: Branch
    name: str
    is_private: bool


class Branching:
    """Begins branches; only who asked may branch from their answer."""

    def __init__(self, storage: Storage, openings: Openings, *, most_turns: int) -> None:
        self._storage = storage
        self._openings = openings
        self._most_turns = most_turns
        self._pressed: set[int] = set()

    @contextmanager
    def pressed(self, answer_id: int) -> Generator[None]:
        """Work on a press until the block ends; raise `Repeated` where one is worked on."""
        if answer_id in self._pressed:
            raise Repeated
        self._pressed.add(answer_id)
        try:
            yield
        finally:
            self._pressed.discard(answer_id)

    async def root(self, answer_id: int, by: Question) -> Root:
        """Return what a branch from this answer begins with; raise `Refused`."""
        await self._openings.admit(by)
        async with self._storage.reading() as tx:
            answered = await tx.variants.of(answer_id)
        if answered is None or answered.question.author.id != by.author.id:
            raise NotYours
        if answered.is_forgotten:
            raise Forgotten
        known = answered.variant(answer_id)
        if answered.is_deleted or known is None:
            raise NothingThere
        return _root(answered, known)

    async def root_of(self, channel_id: int, message_id: int, by: Question) -> Root | None:
        """Return what a branch from the answer in a message begins with; None where it holds none.

        Whoever reads an answer may branch from it; only who asked reads a private one. Raise
        `NotYours`, `BeingWritten` or `NothingThere`.
        """
        await self._openings.admit(by)
        root = await self.root_in(channel_id, message_id)
        if root is not None and root.is_private and root.branch.viewer_id != by.author.id:
            raise NotYours
        return root

    async def root_in(self, channel_id: int, message_id: int) -> Root | None:
        """Return the same for whoever asks; raise `BeingWritten` or `NothingThere`."""
        async with self._storage.reading() as tx:
            answer_id = await tx.history.answer_shown(channel_id, message_id)
            answered = None if answer_id is None else await tx.variants.of(answer_id)
        if answered is None:
            return None
        shown = answered.chosen
        if answered.is_deleted or shown is None:
            raise BeingWritten if answered.is_running else NothingThere
        return _root(answered, shown)

    async def begin(self, root: Root, place: Place, owner_id: int | None = None) -> int:
        """Let a thread go on from there; return how many turns it begins with.

        `owner_id` is for whom the bot opened it: nobody's where a person started it.
        Raise `Forgotten`.
        """
        async with self._storage.writing() as tx:
            grown_from = await tx.variants.of(root.branch.answer_id)
            if grown_from is not None and grown_from.is_forgotten:  # while the thread was opened
                raise Forgotten
            if owner_id is not None:
                await tx.threads.begin(place, owner_id, root.name)
            target = await tx.history.open(place)
            if owner_id is None and await tx.history.past(target, None, 1):
                return 0  # it has a past of its own: people mentioned the bot there before
            copied = await tx.branches.copy(root.branch, target, self._most_turns)
            await tx.commit()
        return copied


def _root(answered: Answered, known: Variant) -> Root:
    question = answered.question
    viewer = question.author.id if question.private else None
    branch = Branch(answered.conversation_id, answered.turn_id, known.id, viewer)
    return Root(branch, cut(after_quote(question.text), "Branch"), question.private)
