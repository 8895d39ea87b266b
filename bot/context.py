"""Which turns fit the window, and how they are put to the model; pure."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import QuestionTooLong
from bot.messages import AnswerState, Attached, Message, Person, Turn
from bot.tokens import HIDDEN, PER_MESSAGE, estimate

AFTER_A_MOVE = 0.6
"""How full of past the window is after it moved.

Windows move in blocks, not turn by turn, so that a provider's prefix cache keeps hitting.
"""

INSTRUCTIONS = """\
You are a helpful assistant in a Discord conversation. Several people may take part: each of their \
messages begins with their name, as in "Ada (@ada): …". Answer the latest message, without such a \
prefix. Discord shows bold, italics, headings up to ###, lists, quotes, links and fenced code."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The messages for the model, their tokens, and where the past begins.

    `estimated` are tokens as counted here, `tokens` the same corrected by experience; `left_out`
    are the turns of the past that did not fit.
    """

    messages: tuple[Message, ...]
    tokens: int
    estimated: int
    window_start: int | None
    moved: bool
    left_out: int = 0


def speaker(person: Person) -> str:
    """Return a name that tells people apart and can't break out of its line."""
    name = plain_name(person.name) or person.username
    return name if name == person.username else f"{name} (@{person.username})"


def plain_name(name: str) -> str:
    """Return a name without control characters, line breaks and colons, at most 40 long."""
    return one_line(name.replace(":", " "))[:40]


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and doubled spaces."""
    kept = (" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join("".join(kept).split())


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: spaces, line breaks, invisible characters."""
    return not any(c.isprintable() and not c.isspace() for c in text)


def with_files(text: str, files: Sequence[Attached]) -> str:
    """Return the question's words followed by the text of each file that could be read."""
    parts = [text] if text else []
    parts += [f"File {file.filename}:\n{file.text}" for file in files if file.text is not None]
    return "\n\n".join(parts)


def asked(person: Person, text: str) -> Message:
    """Return a person's words as the model sees them."""
    return Message("user", f"{speaker(person)}: {text}")


def fit(
    past: Sequence[Turn],
    author: Person,
    text: str,
    size: int,
    budget: int,
    factor: float,
    instructions: str = INSTRUCTIONS,
    after_a_move: float = AFTER_A_MOVE,
    aside: str = "",
) -> Fitted:
    """Fit a text of about `size` tokens and as much of the past as the budget allows.

    Where not all of the past fits, so much of its room is filled. Raise `QuestionTooLong` where
    the text alone is too long. An `aside` stands before the text, in brackets.
    """
    opening, closing = Message("system", instructions), asked(author, text)
    fixed = HIDDEN + _cost(estimate(instructions)) + _cost(size + estimate(speaker(author)) + 1)
    if aside:
        closing = Message("user", f"[{aside}]\n\n{closing.content}")
        fixed += estimate(aside) + 2
    room = int(budget / factor) - fixed
    if room < 0:
        raise QuestionTooLong(math.ceil(fixed * factor), budget)
    costs = [_turn_cost(turn) for turn in past]
    first, moved = 0, False
    if sum(costs) > room:
        first, moved = _after_a_move(costs, room * after_a_move), True
    kept = past[first:]
    messages = [opening]
    for turn in kept:
        messages.append(asked(turn.author, turn.text))
        if turn.answer is not None:
            messages.append(Message("assistant", _answer_text(turn.answer.text, turn.answer.state)))
    messages.append(closing)
    start = kept[0].id if kept else None
    estimated = fixed + sum(costs[first:])
    return Fitted(tuple(messages), math.ceil(estimated * factor), estimated, start, moved, first)


def _cost(tokens: int) -> int:
    return tokens + PER_MESSAGE


def _turn_cost(turn: Turn) -> int:
    name = estimate(speaker(turn.author)) + 1
    answer = _cost(turn.answer.tokens) if turn.answer else 0
    return _cost(turn.tokens + name) + answer


def _after_a_move(costs: Sequence[int], room: float) -> int:
    """Return from which turn on the past fits into the room."""
    first, total = len(costs), 0
    while first and total + costs[first - 1] <= room:
        first -= 1
        total += costs[first]
    return first


def _answer_text(text: str, state: AnswerState) -> str:
    cut = state in {AnswerState.STOPPED, AnswerState.INTERRUPTED}
    return f"{text}\n\n[this answer was broken off]" if cut else text
