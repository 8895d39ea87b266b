"""What a model is to answer, and how the stream is to behave while it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.openrouter.catalogue import count_tokens, fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Script one answer; every position counts characters sent, thinking before text.

    `tokens_per_second` of None means the server's speed, `math.inf` means at once. `leak` puts the
    thinking into the content: in `<think>` tags (`tags`), with the closing tag alone (`closing`),
    or leaves it where it belongs with a stray closing tag before the text (`stray`).
    `finish_reason` of None ends the stream cleanly without one, `cut_after` drops the connection,
    `hang_after` sends nothing more but comments, `hold_after` waits for `release()`. Of the bill's
    figures those in `bill_without` are null.
    """

    text: str = ""
    thinking: str = ""
    leak: Literal["", "tags", "closing", "stray"] = ""
    details: bool = False
    chunk_size: int = 5
    tokens_per_second: float | None = None
    accept_delay: float = 0.0
    first_delay: float = 0.0
    comments: int = 1
    comment_every: float | None = None
    finish_reason: str | None = "stop"
    done: bool = True
    report_usage: bool = True
    usage: Mapping[str, object] = field(default_factory=dict)
    usage_without: tuple[str, ...] = ()
    bill_without: tuple[str, ...] = ()
    id_header: bool = True
    model: str | None = None
    hold_after: int | None = None
    hang_after: int | None = None
    cut_after: int | None = None
    fail_after: int | None = None
    error: Mapping[str, object] = field(
        default_factory=lambda: {"code": 502, "message": "Provider disconnected unexpectedly"}
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk's worth of thinking or of text, and how many characters came before it."""

    position: int
    kind: Literal["thinking", "text"]
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A reply cut to the output limit."""

    reply: Reply
    thinking: str
    text: str
    finish_reason: str | None

    @property
    def length(self) -> int:
        """Return how many characters are sent in all."""
        return len(self.thinking) + len(self.text)

    @property
    def reasoning_tokens(self) -> int:
        """Return the tokens of thinking, wherever it is sent."""
        leaked = self.reply.leak in ("tags", "closing")
        return count_tokens(self.reply.thinking if leaked else self.thinking)

    @property
    def completion_tokens(self) -> int:
        """Return the tokens of thinking and text together."""
        return count_tokens(self.thinking) + count_tokens(self.text)

    def pieces(self) -> Iterator[Piece]:
        """Cut the words into chunks that end wherever the reply stops for something."""
        reply = self.reply
        stops = (reply.hold_after, reply.hang_after, reply.cut_after, reply.fail_after)
        position = 0
        parts: tuple[tuple[Literal["thinking", "text"], str], ...] = (
            ("thinking", self.thinking),
            ("text", self.text),
        )
        for kind, words in parts:
            start = 0
            while start < len(words):
                here = position + start
                ends = [s - position for s in stops if s is not None and s > here]
                end = min([start + max(1, reply.chunk_size), len(words), *ends])
                yield Piece(here, kind, words[start:end])
                start = end
            position += len(words)


def plan(reply: Reply, max_tokens: int) -> Plan:
    """Place a reply's words where they are to be sent, within the output limit."""
    thinking, text = reply.thinking, reply.text
    if reply.leak == "tags":
        thinking, text = "", f"<think>\n{thinking}\n</think>\n\n{text}"
    elif reply.leak == "closing":
        thinking, text = "", f"{thinking}\n</think>\n\n{text}"
    elif reply.leak == "stray":
        text = f"</think>\n\n{text}"
    if count_tokens(thinking) + count_tokens(text) <= max_tokens:
        return Plan(reply, thinking, text, reply.finish_reason)
    thinking = fit(thinking, max_tokens)
    text = fit(text, max_tokens - count_tokens(thinking))
    return Plan(reply, thinking, text, reply.finish_reason and "length")
