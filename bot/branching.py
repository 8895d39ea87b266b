"""Branches: conversations that begin with another one's past, up to one of its answers."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.branches import Branch
from bot.context import one_line
from bot.errors import Forgotten, NothingThere, NotYours, Repeated
from bot.messages import Place, Question
from bot.opening import Openings
from bot.ports import Storage

LONGEST_NAME = 100
"""Characters that Discord allows in a thread's name."""


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
        private = answered.question.private
        viewer = by.author.id if private else None
        branch = Branch(answered.conversation_id, answered.turn_id, known.id, viewer)
        return Root(branch, _name(answered.question.text), private)

    async def begin(self, root: Root, place: Place, owner_id: int) -> int:
        """Let a thread go on from there; return how many turns it begins with."""
        async with self._storage.writing() as tx:
            await tx.threads.begin(place, owner_id)
            target = await tx.history.open(place)
            copied = await tx.branches.copy(root.branch, target, self._most_turns)
            await tx.commit()
        return copied


def _name(question: str) -> str:
    name = one_line(question) or "Branch"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
