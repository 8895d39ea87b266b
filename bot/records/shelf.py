"""What stands on a conversation's shelf: turns and files, and whether the model sees them; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.messages import Person, Turn
from bot.prompts.context import words_sizes
from bot.prompts.tokens import Scale
from bot.quota.pricing import Estimate


@dataclass(frozen=True, slots=True)
class Card:
    """A remembered turn as it is listed: of its words and its answer only the beginnings.

    Its files hold no text, and `dropped_files` are among them. A stale answer rests on what has
    changed since.
    """

    turn: Turn
    is_dropped: bool = False
    is_stale: bool = False
    is_running: bool = False
    is_private: bool = False
    dropped_files: frozenset[int] = frozenset()


class Kind(StrEnum):
    """What can stand on a shelf."""

    TURN = "t"
    FILE = "f"


class Standing(StrEnum):
    """Whether the model would see something: it would, it has no room, or it was taken out."""

    SEEN = "seen"
    LEFT_OUT = "left out"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the shelf: a turn's words with its answer, or one of its files.

    `number` counts turns from the conversation's beginning; a file has its turn's.
    """

    kind: Kind
    id: int
    number: int
    author: Person
    words: str
    answer: str | None
    tokens: int
    standing: Standing
    is_pinned: bool = False
    is_stale: bool = False
    is_running: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the model would see of a conversation now, and what it would not.

    `total` are all tokens of a prompt without a question; of those `instructions` are the bot's
    and a persona's, and `around` is what stands around any prompt. `older` turns, which have long
    had no room, are not listed. Where pins alone are over the budget, it `overflows`.
    """

    items: tuple[Item, ...]
    total: int
    budget: int
    instructions: int
    around: int
    estimate: Estimate
    older: int = 0
    overflows: bool = False

    def standing(self, standing: Standing) -> tuple[Item, ...]:
        """Return what stands like this."""
        return tuple(item for item in self.items if item.standing is standing)


class Deed(StrEnum):
    """What can be done to something on the shelf."""

    PIN = "pin"
    UNPIN = "unpin"
    DROP = "drop"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be done to one thing."""

    deed: Deed
    kind: Kind
    id: int


def items_of(cards: Sequence[Card], kept: Iterable[Turn], scale: Scale) -> tuple[Item, ...]:
    """Return all that was ever said here, each with whether it is `kept` in the prompt."""
    parts = {turn.id: turn for turn in kept}
    sizes = words_sizes([card.turn for card in cards])
    items: list[Item] = []
    for number, (card, size) in enumerate(zip(cards, sizes, strict=True), start=1):
        part = parts.get(card.turn.id)
        items.append(_words(number, card, part, scale.share(size)))
        items += _files(number, card, part, scale)
    return tuple(items)


def _words(number: int, card: Card, part: Turn | None, tokens: int) -> Item:
    turn = card.turn
    return Item(
        kind=Kind.TURN,
        id=turn.id,
        number=number,
        author=turn.author,
        words=turn.text,
        answer=turn.answer.text if turn.answer else None,
        tokens=tokens,
        standing=_standing(is_dropped=card.is_dropped, is_seen=_is_whole(part, turn)),
        is_pinned=turn.pinned,
        is_stale=card.is_stale,
        is_running=card.is_running,
        is_private=card.is_private,
    )


def _files(number: int, card: Card, part: Turn | None, scale: Scale) -> Iterable[Item]:
    seen = {file.id for file in part.files} if part is not None else set()
    if card.is_dropped:
        return  # they went with it, and come back with it
    for file in card.turn.files:
        dropped = file.id in card.dropped_files
        yield Item(
            kind=Kind.FILE,
            id=file.id,
            number=number,
            author=card.turn.author,
            words=file.filename,
            answer=None,
            tokens=scale.share(file.tokens),
            standing=_standing(is_dropped=dropped, is_seen=file.id in seen),
            is_pinned=file.pinned,
            is_private=card.is_private,
        )


def _standing(*, is_dropped: bool, is_seen: bool) -> Standing:
    if is_dropped:
        return Standing.DROPPED
    return Standing.SEEN if is_seen else Standing.LEFT_OUT


def _is_whole(part: Turn | None, turn: Turn) -> bool:
    """Tell whether all of a turn is there, not just a pinned file of it."""
    if part is None:
        return False
    return (part.tokens, part.answer is None) == (turn.tokens, turn.answer is None)


def shelf_of(
    items: tuple[Item, ...],
    *,
    total: int,
    budget: int,
    instructions: int,
    estimate: Estimate,
    older: int,
) -> Shelf:
    """Return a shelf whose parts come to its total."""
    seen = sum(item.tokens for item in items if item.standing is Standing.SEEN)
    instructions = max(0, min(instructions, total - seen))
    return Shelf(
        items=items,
        total=total,
        budget=budget,
        instructions=instructions,
        around=total - seen - instructions,
        estimate=estimate,
        older=older,
        overflows=total > budget,
    )


@dataclass(frozen=True, slots=True)
class Cleared:
    """A conversation begun afresh: it is out of the past up to a turn, where before another was.

    So many `turns` of those that whoever did it may see were set aside by it.
    """

    until: int
    before: int
    turns: int
