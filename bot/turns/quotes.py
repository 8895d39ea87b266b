"""Quotes before questions: what is forgotten is quoted no more."""

from dataclasses import replace

from bot.errors import QuoteForgotten
from bot.messages import Question
from bot.ports import Transaction
from bot.records.erasures import without_quote


def unquoted(question: Question, instead: str) -> Question:
    """Return a question without its quote, and a line instead."""
    text = without_quote(question.text, instead)
    return replace(question, text=text, quoted_id=None, quoted_message_id=None, quoted_at=None)


async def is_quote_forgotten(question: Question, tx: Transaction) -> bool:
    """Tell whether what a question quotes is forgotten, whenever it is asked.

    Raise `QuoteForgotten` where it came by a menu: it is about that message alone.
    """
    if question.quoted_id is None:
        return False
    said_at = question.quoted_at or question.asked_at
    if not await tx.erasures.is_forgotten(question.quoted_id, said_at):
        return False
    if question.message_id is None:
        raise QuoteForgotten
    return True
