"""What conversations remember, in a few plain lines: the model that the real one must equal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from bot.messages import Person, Place

ROWS = count(1)
"""Answers are numbered as they come; one that goes on is another one."""


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """A variant; one that is cut can go on.

    `rows` are the answers that went on with one another to become it; where the first of them is a
    copy in a branch, it is a copy of another row.
    """

    text: str
    is_cut: bool
    is_stale: bool = False
    rows: tuple[int, ...] = field(default_factory=lambda: (next(ROWS),))
    copy_of: int | None = None

    def went_on(self, text: str, *, is_cut: bool) -> "PlainAnswer":
        """Return what it becomes by going on: as stale as its beginning."""
        return replace(self, text=self.text + text, is_cut=is_cut, rows=(*self.rows, next(ROWS)))

    @property
    def copy(self) -> "PlainAnswer":
        """Return what a branch has of it; the copy of a copy is one of the original."""
        is_copy = self.copy_of is not None and len(self.rows) == 1
        original = self.copy_of if is_copy else self.rows[-1]
        return PlainAnswer(self.text, self.is_cut, self.is_stale, copy_of=original)

    def without(self, rows: set[int]) -> "PlainAnswer | None":
        """Return what is left of it where these rows are forgotten with their copies."""
        if self.copy_of not in rows:
            return self
        return replace(self, rows=self.rows[1:], copy_of=None) if len(self.rows) > 1 else None


@dataclass
class PlainTurn:
    """A question: who asked it in which message, and its variants, one of which is shown.

    Its answer stands in the message `shown_in`; what was copied into a branch stands nowhere.
    All copies were `asked` at the same time.
    """

    author: Person
    message: int | None
    text: str
    private: bool = False
    variants: list[PlainAnswer] = field(default_factory=list)
    shown: int = 0
    shown_in: int | None = None
    is_pinned: bool = False
    is_dropped: bool = False
    is_gone: bool = False
    is_forgotten: bool = False
    asked: int = field(default_factory=lambda: next(ROWS))

    @property
    def answer(self) -> PlainAnswer | None:
        """Return the answer in the past."""
        return self.variants[self.shown] if self.variants else None

    def regenerate(self, text: str, *, is_cut: bool) -> None:
        """Show another answer, if it has any words."""
        if text:
            self.variants.append(PlainAnswer(text, is_cut))
            self.shown = len(self.variants) - 1

    def go_on(self, text: str, *, is_cut: bool) -> None:
        """Let the answer that is shown go on, if there come any words."""
        if text:
            self.variants[self.shown] = self.variants[self.shown].went_on(text, is_cut=is_cut)

    def turn_over(self, step: int) -> None:
        """Show the answer before or after."""
        self.shown = max(0, min(self.shown + step, len(self.variants) - 1))

    def outdate(self) -> None:
        """Let all its answers be stale."""
        self.variants = [replace(it, is_stale=True) for it in self.variants]

    def forget_copies(self, rows: set[int]) -> bool:
        """Forget what was copied from these answers; tell whether there was any."""
        before = self.answer
        left = [(it, it.without(rows)) for it in self.variants]
        kept = [(old, new) for old, new in left if new is not None]
        self.variants = sorted((new for _, new in kept), key=lambda it: it.rows[0])
        shown = next((new for old, new in kept if old is before), None)
        # Where what was shown is gone, the newest counts.
        shown = shown or max(self.variants, key=lambda it: it.rows[-1], default=None)
        self.shown = 0 if shown is None else self.variants.index(shown)
        return any(old is not new for old, new in left)

    @property
    def copy(self) -> "PlainTurn":
        """Return what a branch has of it, where nothing is private."""
        kept = [self.answer.copy] if self.answer else []
        return replace(self, variants=kept, shown=0, private=False, shown_in=None)


@dataclass
class PlainTalk:
    """A conversation; its past begins after as many turns as were there when it was cleared."""

    place: Place
    turns: list[PlainTurn] = field(default_factory=list)
    cleared: int = 0

    def listed(self, viewer: int | None) -> list[PlainTurn]:
        """Return what somebody's shelf lists: the past, and what was dropped from it."""
        return [it for it in self.turns[self.cleared :] if not it.is_gone and may_see(it, viewer)]

    def past(self, viewer: int | None, until: int | None = None) -> list[PlainTurn]:
        """Return what somebody's prompt holds, at the end or before an old turn."""
        until = len(self.turns) if until is None else until
        first = self.cleared if self.cleared <= until else 0
        kept = [it for it in self.turns[first:until] if not it.is_gone and not it.is_dropped]
        return [it for it in kept if may_see(it, viewer)]

    def before(self, turn: PlainTurn) -> int:
        """Return how many turns there are before one."""
        return next(place for place, it in enumerate(self.turns) if it is turn)

    def branch(self, turn: PlainTurn, place: Place) -> "PlainTalk":
        """Return a conversation that goes on from a turn's answer."""
        viewer = turn.author.id if turn.private else None
        until = self.before(turn)
        kept = self.past(viewer, until)
        kept += [turn] if not turn.is_dropped else []
        return PlainTalk(place, [it.copy for it in kept])

    def outdate(self, place: int, *, itself: bool) -> None:
        """Let the answers be stale that rested on a turn: none from after a clear in between."""
        for number in range(place if itself else place + 1, len(self.turns)):
            if self.cleared <= place or number < self.cleared:
                self.turns[number].outdate()


@dataclass
class PlainHistory:
    """All conversations; what happens to a message happens to all its copies in branches."""

    talks: list[PlainTalk] = field(default_factory=list)

    def copies(self, message: int) -> Iterator[tuple[PlainTalk, int, PlainTurn]]:
        """Yield where a message's question stands."""
        for talk in self.talks:
            for place, it in enumerate(talk.turns):
                if it.message == message and not it.is_gone:
                    yield talk, place, it

    def edit(self, message: int, text: str) -> None:
        """Let a question have other words, on which answers did not rest."""
        for talk, place, it in self.copies(message):
            if it.text != text:
                it.text = text
                talk.outdate(place, itself=True)

    def delete(self, message: int) -> None:
        """Delete a question."""
        for talk, place, it in self.copies(message):
            it.is_gone = True
            talk.outdate(place, itself=True)

    def delete_answer(self, of: PlainTurn) -> None:
        """Forget all answers to a question, and the question if nothing else shows it to all."""
        self._forget_answers(of)
        if of.message is not None or of.private:
            return
        for talk in self.talks:
            for place, it in enumerate(talk.turns):
                if it.asked == of.asked and not it.is_gone:
                    it.is_gone = True
                    talk.outdate(place, itself=True)

    def _forget_answers(self, of: PlainTurn) -> None:
        """Forget all answers to a question, and what was copied from them."""
        rows = {row for it in of.variants for row in it.rows}
        if not rows:
            return
        for talk in self.talks:
            for place, it in enumerate(talk.turns):
                if it.forget_copies(rows) or it is of:
                    talk.outdate(place, itself=False)
        of.variants, of.shown = [], 0

    def erase(self, author: Person) -> None:
        """Forget all that somebody said; all later answers may have rested on that."""
        for talk in self.talks:
            own = [
                place
                for place, it in enumerate(talk.turns)
                if it.author == author and not it.is_forgotten
            ]
            for it in talk.turns[own[0] + 1 :] if own else ():
                it.outdate()
            for place in own:
                it = talk.turns[place]
                it.is_gone = it.is_forgotten = True
                it.variants, it.shown, it.shown_in = [], 0, None


def may_see(turn: PlainTurn, viewer: int | None) -> bool:
    """Tell whether a turn may stand in a prompt for somebody, or in one for all."""
    return not turn.private or turn.author.id == viewer


def messages(turns: Iterable[PlainTurn]) -> list[str]:
    """Return what the model is sent of turns."""
    found: list[str] = []
    for it in turns:
        found.append(f"{it.author.name} (@{it.author.username}): {it.text}")
        found += [it.answer.text] if it.answer else []
    return found
