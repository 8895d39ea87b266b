"""One answer out of its bytes: events for the story, and how it ended; no I/O."""

from typing import Any

from bot.openrouter import wire
from bot.openrouter.sse import Event, EventDecoder, EventTooLong
from bot.openrouter.thinking import ThinkFilter
from bot.streaming import Delta, FinishReason, Started, StreamEvent, Waiting

DONE = b"[DONE]"


class AnswerReader:
    """Reads a stream, or a whole completion, and remembers what it came to."""

    def __init__(self) -> None:
        self.generation_id: str | None = None
        self.model = ""
        self.reason: str | None = None
        self.usage: Any = None
        self.error: Any = None
        self.accepted = False
        self.shown = False
        self.has_text = False
        self.heard = False
        self.done = False
        self.unreadable = False
        self._events = EventDecoder()
        self._filter = ThinkFilter()
        self._content: list[str] = []
        self._text: list[str] = []
        self._thinking: list[str] = []
        self._recast = False
        self._text_shown = False

    @property
    def complete(self) -> bool:
        """Tell whether the answer came to its end."""
        failed = self.unreadable or self.error is not None or self.reason == "error"
        return self.reason is not None and not failed

    @property
    def finish_reason(self) -> FinishReason:
        """Return why it ended; whatever we don't know is an ordinary end."""
        try:
            return FinishReason(self.reason or "stop")
        except ValueError:
            return FinishReason.STOP

    def started(self, generation_id: object) -> list[StreamEvent]:
        """Take note of the id, from wherever it is known first."""
        known = wire.readable_id(generation_id)
        if known is None or self.generation_id is not None:
            return []
        self.generation_id = known
        return [Started(known)]

    def feed(self, received: bytes) -> list[StreamEvent]:
        """Read some bytes of a stream."""
        try:
            return self._take(self._events.decode(received))
        except EventTooLong:
            self._give_up()
            return []

    def end(self) -> list[StreamEvent]:
        """Read what is left where a stream ended."""
        events = self._take([] if self.done else self._events.flush())
        self._add(self._filter.flush())
        return events + self._grown()

    def read_whole(self, body: bytes) -> list[StreamEvent]:
        """Read an answer that came in one piece."""
        events = self._take([body])
        self.done = True
        return events

    def _take(self, events: list[Event]) -> list[StreamEvent]:
        """Read events; what they add to the words comes out as one delta."""
        out: list[StreamEvent] = []
        waiting = self.heard = False
        for event in events:
            if self.done:
                break
            if not isinstance(event, bytes):
                waiting = True
            elif event == DONE:
                self.done = True
            else:
                self.heard = True
                out += self._read(event)
        if waiting:
            out.append(Waiting())
        return out + self._grown()

    def _read(self, data: bytes) -> list[StreamEvent]:
        try:
            chunk = wire.read_chunk(data)
        except wire.Unreadable:
            if not self.complete:
                self._give_up()
            return []
        if told(chunk.error):
            self.error, self.done = chunk.error, True
        for choice in chunk.choices or ():
            words = choice.delta or choice.message
            if words is not None:
                self._hear(words)
            if isinstance(choice.finish_reason, str) and choice.finish_reason:
                self.reason = choice.finish_reason
        if chunk.usage is not None:
            self.usage = chunk.usage
        if not self.model and isinstance(chunk.model, str):
            self.model = chunk.model
        return [] if self.generation_id is not None else self.started(chunk.id)

    def _give_up(self) -> None:
        """Read no further; where the answer is whole, only its report is lost."""
        self.done = True
        self.unreadable = not self.complete

    def _hear(self, words: wire.Words) -> None:
        thinking = words.reasoning
        if not (isinstance(thinking, str) and thinking):
            thinking = wire.details_text(words.reasoning_details) if words.reasoning_details else ""
        if thinking:
            self._sort()
            self._filter.thought()
            self._thinking.append(thinking)
        if isinstance(words.content, str) and words.content:
            self._content.append(words.content)

    def _sort(self) -> None:
        """Tell what came as content apart, many chunks at a time."""
        if self._content:
            self._add(self._filter.feed("".join(self._content)))
            self._content.clear()

    def _add(self, delta: Delta) -> None:
        if delta.recast:
            self._thinking += self._text
            self._text.clear()
            self._recast, self.has_text = self._text_shown, False
        if delta.thinking:
            self._thinking.append(delta.thinking)
        if delta.text:
            self._text.append(delta.text)
            self.has_text = self.has_text or not delta.text.isspace()

    def _grown(self) -> list[StreamEvent]:
        """Return what came since the last time."""
        self._sort()
        if not (self._text or self._thinking or self._recast):
            return []
        grown = Delta("".join(self._text), "".join(self._thinking), self._recast)
        self._text.clear()
        self._thinking.clear()
        self._recast, self.shown = False, True
        self._text_shown = bool(grown.text) or (self._text_shown and not grown.recast)
        return [grown]


def told(error: object) -> bool:
    """Tell whether the place for an error holds one."""
    return bool(error) and isinstance(error, dict | str)
