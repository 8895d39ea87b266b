"""Tells which conversations have a title that may be made of somebody's words."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from bot.storage.past import REMEMBERED
from bot.storage.tables import answers, conversations, turns


def titled_by_whom(user_id: int) -> tuple[ColumnElement[bool], ...]:
    """Tell of conversations whether the bot opened them for a person and gave them a title."""
    return conversations.c.title != "", conversations.c.owner_id == user_id


def titled_with_turns(turn_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """Tell of conversations whether their title may be made of these turns' words.

    It is made of what there was until the first answer, and of nothing later. An answer that was
    copied with a branch is not the first of it.
    """
    one, of = turns.alias("one"), turns.alias("of")
    answered = (
        select(func.min(of.c.id))
        .join_from(of, answers, answers.c.turn_id == of.c.id)
        .where(of.c.conversation_id == conversations.c.id)
        .where(answers.c.hold_id != 0, answers.c.state.in_(REMEMBERED), of.c.private_to.is_(None))
        .correlate(conversations)
        .scalar_subquery()
    )
    said = select(one.c.conversation_id).where(one.c.id.in_(turn_ids))
    early = (
        select(one.c.id)
        .where(one.c.conversation_id == conversations.c.id, one.c.id.in_(turn_ids))
        .where(one.c.id <= func.coalesce(answered, one.c.id))
        .correlate(conversations)
    )
    return conversations.c.title != "", conversations.c.id.in_(said), early.exists()
