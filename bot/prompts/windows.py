"""From where on a conversation's past is read, for everybody or for private questions; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.messages import Turn
from bot.prompts.context import Fitted


@dataclass(frozen=True, slots=True)
class Window:
    """The turn from which on the past is read, and what was so when a prompt last began there.

    Turns of so many `tokens` were in it then, within this `budget`. A loss was told with the
    answer to the turn `told_in`; None where nobody was told yet.
    """

    start: int = 0
    tokens: int = 0
    budget: int = 0
    told_in: int | None = None

    def leaves_room(self, past: Sequence[Turn], budget: int) -> bool:
        """Tell whether more of the past may fit by now than what is read.

        By itself a window only fills. That there is less in it, or that it may hold more, is what
        people wanted: then it is fitted anew, and not before, so that prompts begin the same.
        """
        return self.start > 0 and (budget > self.budget or self._held(past) < self.tokens)

    def is_later_than(self, fitted: Fitted) -> bool:
        """Tell whether a prompt that was fitted anew holds more of the past."""
        if not fitted.moved:
            return True
        return fitted.window_start is not None and fitted.window_start < self.start

    def after(
        self,
        fitted: Fitted,
        past: Sequence[Turn],
        budget: int,
        turn_id: int,
        size: int,
        *,
        is_anew: bool,
    ) -> "Window":
        """Return it after a turn whose prompt was fitted to what was read, or to all, `is_anew`.

        What is asked, of this `size`, counts as well: without it there is room again. Where all of
        the past is there again, nothing is lost, and nobody was told of it.
        """
        if fitted.moved:
            moved = replace(self, start=fitted.window_start or turn_id)
        elif is_anew:
            return Window()
        else:
            moved = self
        if not moved.start:
            return moved
        return replace(moved, tokens=moved._held(past) + size, budget=budget)

    def _held(self, past: Sequence[Turn]) -> int:
        """Return how many tokens the turns are from the start on, pinned ones too."""
        return sum(_size(turn) for turn in past if turn.id >= self.start)


def _size(turn: Turn) -> int:
    size = turn.tokens + 1
    if turn.answer is not None:
        size += turn.answer.tokens + 1
    return size + sum([file.tokens for file in turn.files]) if turn.files else size
