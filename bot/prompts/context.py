"""Which turns fit the window, and how they are put to the model; pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.errors import QuestionTooLong
from bot.messages import AnswerState, Attached, KeptFile, Person, Turn
from bot.prompts.tokens import HIDDEN, PER_MESSAGE, Scale, estimate, measure
from bot.streaming import Message

MOST_FILLED, LEAST_FILLED = 0.6, 0.25
"""How full of past the window is after it moved, at most and at least.

Windows move in blocks, not turn by turn, so that a provider's prefix cache keeps hitting …
"""

TURNS_TO_COME, LEAST_FOR_FEW = 10, 0.1
"""… for so many turns, if they are as long as those before; where only so few fit, less is kept."""

MOST_TURNS = 2_000
"""Turns of the past in a prompt."""

INSTRUCTIONS = """\
You are a helpful assistant in a Discord conversation. Several people may take part: each of their \
messages begins with their name, as in "Ada (@ada): …". Answer the latest message, without such a \
prefix. Discord shows bold, italics, headings up to ###, lists, quotes, links and fenced code."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The messages for the model, their tokens, and where the past begins.

    `estimated` are tokens as counted here, `tokens` the same corrected by experience; `left_out`
    are the turns of the past that did not fit. `window_start` is the turn from which on all are
    there; before it are only pinned ones. `kept` is what of the past the messages hold.
    """

    messages: tuple[Message, ...]
    tokens: int
    estimated: int
    window_start: int | None
    moved: bool
    left_out: int = 0
    kept: tuple[Turn, ...] = ()


@lru_cache(maxsize=1_000)
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


def heading(file: Attached | KeptFile) -> str:
    """Return what stands above a file's text."""
    return f"File {file.filename}:\n"


def with_files(text: str, files: Sequence[Attached | KeptFile]) -> str:
    """Return the question's words followed by the text of each file that could be read."""
    parts = [text] if text else []
    parts += [f"{heading(file)}{file.text}" for file in files if file.text is not None]
    return "\n\n".join(parts)


async def sized(file: Attached) -> Attached:
    """Return a file with about how many tokens its text takes in a prompt."""
    if file.text is None:
        return file
    return replace(file, tokens=await measure(heading(file) + file.text))


def asked(person: Person, text: str) -> Message:
    """Return a person's words as the model sees them."""
    return Message("user", f"{speaker(person)}: {text}")


def fit(
    past: Sequence[Turn],
    author: Person,
    text: str,
    size: int,
    budget: int,
    scale: Scale,
    instructions: str = INSTRUCTIONS,
    *,
    most_turns: int = MOST_TURNS,
    in_blocks: bool = True,
    aside: str = "",
) -> Fitted:
    """Fit a text of about `size` tokens, all that is pinned, and the newest turns of the past.

    Where not all of the past fits, it begins so much later that the next turns find room, unless
    it need not stay `in_blocks`. Raise `QuestionTooLong` where even what is pinned has no room.
    An `aside` stands before the text, in brackets.
    """
    sizes = _Sizes()
    told = estimate(instructions)
    closing = asked(author, text)
    if aside:
        closing = Message("user", f"[{aside}]\n\n{closing.content}")
        told += estimate(aside) + 2
    fixed = HIDDEN + _cost(told) + _cost(size + sizes.of_name(author))
    room = scale.room(budget) - fixed
    pinned = [sizes.of(part) if (part := turn.pinned_part) else 0 for turn in past]
    if sum(pinned) > room:
        persona = _persona_to_blame(told, size, room)
        pins = _names(past) if room >= 0 else ()
        raise QuestionTooLong(scale.tokens(fixed + sum(pinned)), budget, pins, scale.share(persona))
    room -= sum(pinned)
    loose = [sizes.of(turn) - stays for turn, stays in zip(past, pinned, strict=True)]
    first = 0
    if sum(loose) > room or len(past) > most_turns:
        first = _first_kept(loose, room, most_turns, in_blocks=in_blocks)
    kept = (*pinned_only(past[:first]), *past[first:])
    messages = [Message("system", instructions)]
    for turn in kept:
        messages += _said(turn)
    messages.append(closing)
    estimated = fixed + sum(pinned) + sum(loose[first:])
    return Fitted(
        messages=tuple(messages),
        tokens=scale.tokens(estimated),
        estimated=estimated,
        window_start=past[first].id if first < len(past) else None,
        moved=first > 0,
        left_out=sum(1 for size in loose[:first] if size),
        kept=kept,
    )


def _persona_to_blame(told: int, size: int, room: int) -> int:
    """Return what personas take, where they are longer than a question that fits without them."""
    persona = max(0, told - estimate(INSTRUCTIONS))
    return persona if persona > size and room + persona >= 0 else 0


def words_sizes(turns: Sequence[Turn]) -> list[int]:
    """Return about how many tokens each turn takes with its answer, but without its files."""
    sizes = _Sizes()
    return [sizes.of(replace(turn, files=())) for turn in turns]


def pinned_only(past: Sequence[Turn]) -> list[Turn]:
    """Return what of the past stays in any case."""
    return [part for turn in past if (part := turn.pinned_part)]


def _first_kept(loose: Sequence[int], room: int, most: int, *, in_blocks: bool) -> int:
    """Return from which turn on the past is kept, when not all of it fits.

    The newest turn is kept if there is any room for it.
    """
    if in_blocks:
        most = max(1, int(most * MOST_FILLED))
    counted = [size for size in loose if size]
    wanted = room - TURNS_TO_COME * sum(counted) / max(1, len(counted))
    least = LEAST_FILLED if wanted > 0 else LEAST_FOR_FEW
    target = min(MOST_FILLED * room, max(least * room, wanted)) if in_blocks else room
    first, total = len(loose), 0
    while first and len(loose) - first < most:
        total += loose[first - 1]
        is_newest = first == len(loose)
        if total > (room if is_newest else target):
            break
        first -= 1
    return first


@dataclass(slots=True)
class _Sizes:
    """Tells what turns take in a prompt; each name is counted once."""

    names: dict[Person, int] = field(default_factory=dict)

    def of(self, turn: Turn) -> int:
        """Return the tokens of a turn with its files and its answer."""
        words = turn.tokens + sum(file.tokens for file in turn.files)
        answer = _cost(turn.answer.tokens) if turn.answer else 0
        return _cost(words + self.of_name(turn.author)) + answer

    def of_name(self, author: Person) -> int:
        """Return the tokens of a speaker's name."""
        known = self.names.get(author)
        if known is None:
            known = self.names[author] = estimate(speaker(author)) + 1
        return known


def _cost(tokens: int) -> int:
    return tokens + PER_MESSAGE


def _said(turn: Turn) -> list[Message]:
    said = [asked(turn.author, with_files(turn.text, turn.files))]
    if turn.answer is not None:
        said.append(Message("assistant", _answer_text(turn.answer.text, turn.answer.state)))
    return said


def _names(past: Sequence[Turn]) -> tuple[str, ...]:
    """Name what is pinned: files by their names, turns by how they begin."""
    names: list[str] = []
    for turn in past:
        if turn.pinned:
            words = one_line(turn.text)
            names.append(f"{words[:39]}…" if len(words) > 40 else words)
        names += [file.filename for file in turn.files if turn.pinned or file.pinned]
    return tuple(name for name in names if name)


def _answer_text(text: str, state: AnswerState) -> str:
    cut = state in {AnswerState.STOPPED, AnswerState.INTERRUPTED}
    return f"{text}\n\n[this answer was broken off]" if cut else text
