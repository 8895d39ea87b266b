"""What conversations remember, in a few plain lines: the model that the real one must equal."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.messages import Person, Place


@dataclass
class PlainAnswer:
    """A variant; one that is cut can go on."""

    text: str
    is_cut: bool


@dataclass
class PlainTurn:
    """A question: who asked it in which message, and its variants, one of which is shown."""

    author: Person
    message: int | None
    text: str
    private: bool = False
    variants: list[PlainAnswer] = field(default_factory=list)
    shown: int = 0
    is_gone: bool = False

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
            old = self.variants[self.shown]
            self.variants[self.shown] = PlainAnswer(old.text + text, is_cut)

    @property
    def copy(self) -> "PlainTurn":
        """Return what a branch has of it, where nothing is private."""
        kept = [replace(self.answer)] if self.answer else []
        return replace(self, variants=kept, shown=0, private=False)


@dataclass
class PlainTalk:
    """A conversation; its past begins after as many turns as were there when it was cleared."""

    place: Place
    turns: list[PlainTurn] = field(default_factory=list)
    cleared: int = 0

    def past(self, viewer: int | None, until: int | None = None) -> list[PlainTurn]:
        """Return what somebody's prompt holds, at the end or before an old turn."""
        until = len(self.turns) if until is None else until
        first = self.cleared if self.cleared <= until else 0
        return [it for it in self.turns[first:until] if not it.is_gone and may_see(it, viewer)]

    def before(self, turn: PlainTurn) -> int:
        """Return how many turns there are before one."""
        return next(place for place, it in enumerate(self.turns) if it is turn)

    def branch(self, turn: PlainTurn, place: Place) -> "PlainTalk":
        """Return a conversation that goes on from a turn's answer."""
        viewer = turn.author.id if turn.private else None
        until = self.before(turn)
        first = self.cleared if self.cleared <= until else 0
        kept = [it for it in self.turns[first : until + 1] if not it.is_gone]
        return PlainTalk(place, [it.copy for it in kept if may_see(it, viewer)])


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
