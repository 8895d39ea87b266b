"""What is compared of conversations: each as the core has it and as the plain model has it."""

from collections.abc import Sequence
from contextlib import aclosing

from bot.messages import Place, Turn
from bot.records.shelf import Card, Item, Standing
from bot.storage.database import StoredTransaction
from tests.bot.storage.plain_history import PlainTalk, PlainTurn

Seen = tuple[object, ...]
"""All that is compared of one thing."""


def sent_of(turn: Turn) -> Seen:
    """Return who asked what, which answer to it is in the past, and whether that stays."""
    return (turn.author.id, turn.text, turn.answer.text if turn.answer else None, turn.pinned)


def plain_sent(turn: PlainTurn) -> Seen:
    """Return the same of the model."""
    return (turn.author.id, turn.text, turn.answer.text if turn.answer else None, turn.is_pinned)


def listed_of(card: Card) -> Seen:
    """Return a turn as a shelf lists it, with its marks."""
    return (*sent_of(card.turn), card.is_dropped, card.is_stale, card.is_private)


def plain_listed(turn: PlainTurn) -> Seen:
    """Return the same of the model."""
    is_stale = turn.answer is not None and turn.answer.is_stale
    return (*plain_sent(turn), turn.is_dropped, is_stale, turn.private)


def prompt_of(shelf: Sequence[Item]) -> list[str]:
    """Return what the model will be sent, as a shelf tells it."""
    found: list[str] = []
    for it in shelf:
        if it.standing is Standing.SEEN:
            found.append(f"{it.author.name} (@{it.author.username}): {it.words}")
            found += [it.answer] if it.answer else []
    return found


def shown_of(shelf: Sequence[Item]) -> list[Seen]:
    """Return a shelf's turns with their marks; it has room for all that is not dropped."""
    return [
        (
            *(it.author.id, it.words, it.answer, it.is_pinned),
            *(it.standing is Standing.DROPPED, it.is_stale, it.is_private),
        )
        for it in shelf
    ]


async def exported_of(tx: StoredTransaction, place: Place, viewer_id: int) -> list[Seen]:
    """Return the questions of an export with their variants, stale ones and the chosen one."""
    found: list[Seen] = []
    pages = tx.exports.turns(place.channel_id, viewer_id)
    async with aclosing(pages):
        async for turns in pages:
            found += [
                (it.text, it.pinned, [(one.text, one.stale, one.chosen) for one in it.answers])
                for it in turns
            ]
    return found


def plain_exported(talk: PlainTalk, viewer_id: int) -> list[Seen]:
    """Return the same of the model."""
    return [
        (
            *(it.text, it.is_pinned),
            [(one.text, one.is_stale, one is it.answer) for one in it.variants],
        )
        for it in talk.past(viewer_id)
    ]
