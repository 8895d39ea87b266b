"""Questions by their places, so that they end where a place is deleted, locked or left."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from bot.errors import PlaceClosed
from bot.messages import Question
from bot.turns.order import Turns


class Stay:
    """One question at its place, until it is answered; `is_gone` where nothing can be shown."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.is_over = False
        self.is_gone = False
        self._stop: Callable[[], None] | None = None

    def require_open(self) -> None:
        """Raise `PlaceClosed` where the place is closed by now."""
        if self.is_over:
            raise PlaceClosed

    def stops_by(self, stop: Callable[[], None]) -> None:
        """Do this where the place is closed while the answer grows."""
        self._stop = stop

    def end(self, *, is_gone: bool) -> None:
        """Stop what goes on."""
        self.is_over = True
        self.is_gone = self.is_gone or is_gone
        if self._stop is not None:
            self._stop()


class Stays:
    """Knows which questions are under way where, those that wait for their turn included."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._stays: set[Stay] = set()

    @contextmanager
    def of(self, question: Question) -> Generator[Stay]:
        """Know a question while the block runs."""
        stay = Stay(question)
        self._stays.add(stay)
        try:
            yield stay
        finally:
            self._stays.discard(stay)

    def close_channel(self, channel_id: int, *, is_gone: bool) -> None:
        """End what goes on in a channel and its threads, or in a thread: it is gone, or locked."""
        self._end(lambda question: channel_id in question.channel_ids, is_gone=is_gone)

    def close_server(self, guild_id: int) -> None:
        """End what goes on in a server that the bot is no member of any more."""
        self._end(lambda question: question.place.guild_id == guild_id, is_gone=True)

    def _end(self, is_there: Callable[[Question], bool], *, is_gone: bool) -> None:
        ending = [stay for stay in self._stays if is_there(stay.question)]
        # Those that wait first: none of them is to begin where another one ends.
        self._turns.turn_away({stay.question.queue for stay in ending})
        for stay in ending:
            stay.end(is_gone=is_gone)
