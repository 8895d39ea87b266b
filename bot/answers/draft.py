"""An answer while it grows: what came, how long the thinking took, how far it got; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from bot.messages import AnswerState, Usage
from bot.notes import Note
from bot.prompts import tokens
from bot.snapshots import EVERYTHING, Closing, Looks, Shown, Snapshot
from bot.streaming import Charged, Delta, Finished, FinishReason, Started, StreamEvent

FIRST = Shown()
"""How an answer stands that is the only one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How far an answer has come, as it is stored while it grows."""

    answer_id: int
    generation_id: str | None
    text: str
    thinking: str


class Draft:
    """Collects a stream's events; `clock` tells seconds.

    It `begins` with the text that it goes on with; `before` is what stood in its place, and stands
    there again where nothing comes that counts.
    """

    def __init__(
        self,
        answer_id: int,
        notes: tuple[Note, ...],
        clock: Callable[[], float],
        *,
        begins: str = "",
        shown: Shown = FIRST,
        before: Snapshot | None = None,
        looks: Looks = EVERYTHING,
    ) -> None:
        self._looks = looks
        self._answer_id = answer_id
        self._notes = notes
        self._clock = clock
        self._begins = begins
        self._shown = shown
        # What comes to stand there again looks as the place wants it now.
        self._before = before and msgspec.structs.replace(before, looks=looks)
        self._began = clock()
        self._thinking_began: float | None = None
        self._thinking_ended: float | None = None
        self._thinking_tokens = 0.0
        self._text: list[str] = []
        self._thinking: list[str] = []
        self._ended: float | None = None
        self._trying: str | None = None
        self._between_tries = False
        self._reported: list[Usage] = []
        self._unreported: list[str | None] = []
        self.growth = 0
        self.generation_id: str | None = None
        self.finished: Finished | None = None

    @property
    def before_id(self) -> int | None:
        """Return which answer stood in its place."""
        return self._before.answer_id if self._before is not None else None

    @property
    def added(self) -> str:
        """Return what has come of the answer."""
        if len(self._text) > 1:
            self._text = ["".join(self._text)]
        return self._text[0] if self._text else ""

    @property
    def text(self) -> str:
        """Return the answer so far, with what it goes on with."""
        return self._begins + self.added if self._begins else self.added

    @property
    def kept(self) -> str:
        """Return the answer as it is stored: nothing, as long as nothing has come."""
        return self.text if self._text else ""

    @property
    def has_text(self) -> bool:
        """Tell whether there is anything of the answer, beside thinking."""
        return bool(self._text or self._begins)

    @property
    def thinking(self) -> str:
        """Return the thinking so far."""
        if len(self._thinking) > 1:
            self._thinking = ["".join(self._thinking)]
        return self._thinking[0] if self._thinking else ""

    def take(self, event: StreamEvent) -> None:
        """Add what came."""
        match event:
            case Started(generation_id):
                self.generation_id = self._trying = generation_id
                self._between_tries = False
            case Charged(usage):
                self._charge(usage)
            case Delta(text, thinking, recast):
                if recast:  # what looked like the answer was thinking that leaked
                    self._thinking, self._text = [*self._thinking, *self._text], []
                self._grow(text, thinking)
            case Finished():
                self.finished = event
                self._charge(event.usage)
            case _:  # a keep-alive changes nothing that is shown
                return

    def _charge(self, usage: Usage | None) -> None:
        if usage is not None:
            self._reported.append(usage)
        else:
            self._unreported.append(self._trying)
        self._trying = None
        self._between_tries = True

    def end(self, *, cut: bool = False) -> None:
        """Take note that nothing more comes; a cut try is charged, and how much was not told."""
        self._ended = self._clock()
        if cut and not self._between_tries:
            self._charge(None)

    def _grow(self, text: str, thinking: str) -> None:
        self.growth += 1
        if thinking:
            self._thinking_began = self._thinking_began or self._clock()
            self._thinking.append(thinking)
            self._thinking_tokens += len(thinking) * tokens.PER_LETTER
        if text:
            if self._thinking_began is not None and self._thinking_ended is None:
                self._thinking_ended = self._clock()
            self._text.append(text)

    @property
    def state(self) -> AnswerState:
        """Return how far a stream came that ended by itself."""
        if self.finished is None:
            return AnswerState.INTERRUPTED
        by_length = self.finished.reason is FinishReason.LENGTH
        return AnswerState.LENGTH if by_length else AnswerState.COMPLETE

    @property
    def usage(self) -> Usage | None:
        """Return what was reported of all tries together, or None where nothing was."""
        return sum(self._reported[1:], self._reported[0]) if self._reported else None

    @property
    def unreported(self) -> tuple[str | None, ...]:
        """Return the generations that cost something nobody told of; None for an unknown one."""
        return tuple(self._unreported)

    @property
    def took(self) -> timedelta:
        """Return how long it has taken so far, or took in all."""
        return timedelta(seconds=(self._ended or self._clock()) - self._began)

    def _counts(self, closing: Closing) -> bool:
        """Tell whether what came is an answer that later ones rest on."""
        return bool(self._text) and closing.state is not AnswerState.FAILED

    def snapshot(self, closing: Closing | None = None) -> Snapshot:
        """Return what a screen shows of it now."""
        if closing is not None and self._before is not None and not self._counts(closing):
            return msgspec.structs.replace(self._before, closing=closing, notes=self._notes)
        began, ended = self._thinking_began, self._thinking_ended
        seconds = 0.0 if began is None else (ended or self._clock()) - began
        return Snapshot(
            answer_id=self._answer_id,
            text=self.text,
            thinking_tokens=round(self._thinking_tokens),
            thinking_for=timedelta(seconds=seconds),
            closing=closing,
            notes=self._notes,
            shown=self._shown,
            looks=self._looks,
        )
