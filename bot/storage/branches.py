"""Copies a conversation's past into another conversation, where it goes on by itself."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select, update

from bot.answers.branches import Branch
from bot.storage.past import REMEMBERED
from bot.storage.tables import answers, conversations, turn_files, turns
from bot.storage.work import Work

_TURN = (
    "author_id",
    "author_name",
    "author_username",
    "text",
    "tokens",
    "message_id",
    "asked_at",
    "edited_at",
    "pinned",
    "quoted_id",
    "quoted_message_id",
)
_FILE = ("name", "text", "tokens", "pinned")
_ANSWER = (
    "state",
    "model",
    "text",
    "tokens",
    "estimated_prompt_tokens",
    "started_at",
    "drafted_at",
    "finished_at",
    "stale",
)


class BranchBook:
    """Begins branches, inside one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def copy(self, branch: Branch, target_id: int, most: int) -> int:
        """Copy as many of the latest turns, each with the answer in the past; return how many.

        An answer's copy has no hold and no place: nobody pays for it twice, and what is shown is
        the original.
        """
        await self._work.run(
            update(conversations)
            .where(conversations.c.id == target_id)
            .values(branched_from=branch.answer_id)
        )
        kept = _kept(branch, most)
        await self._copy_turns(target_id, kept)
        pairs = _pairs(target_id, kept)
        await self._copy_files(pairs)
        await self._copy_answers(branch, pairs)
        copied: int = await self._work.value(
            select(func.count()).where(turns.c.conversation_id == target_id)
        )
        return copied

    async def _copy_turns(self, target_id: int, kept: Any) -> None:
        # What was said in private is for all to read in the branch, which is as private.
        columns = [turns.c[name] for name in _TURN]
        copied = (
            select(literal(target_id), *columns)
            .where(turns.c.id.in_(select(kept.c.id)))
            .order_by(turns.c.id)
        )
        names = ["conversation_id", *_TURN]
        await self._work.run(turns.insert().from_select(names, copied, include_defaults=False))

    async def _copy_files(self, pairs: Any) -> None:
        columns = [turn_files.c[name] for name in _FILE]
        copied = (
            select(pairs.c.new_id, *columns)
            .join_from(pairs, turn_files, turn_files.c.turn_id == pairs.c.old_id)
            .where(turn_files.c.dropped_at.is_(None))
            .order_by(turn_files.c.id)
        )
        names = ["turn_id", *_FILE]
        await self._work.run(turn_files.insert().from_select(names, copied))

    async def _copy_answers(self, branch: Branch, pairs: Any) -> None:
        columns = [answers.c[name] for name in _ANSWER]
        original = func.coalesce(answers.c.copy_of, answers.c.id)
        copied = (
            select(pairs.c.new_id, literal(0), literal(""), original, *columns)
            .join_from(pairs, answers, answers.c.id == _chosen(branch, pairs))
            .order_by(answers.c.id)
        )
        names = ["turn_id", "hold_id", "thinking", "copy_of", *_ANSWER]
        await self._work.run(answers.insert().from_select(names, copied, include_defaults=False))


def _kept(branch: Branch, most: int) -> Any:
    """Return the ids of the turns to copy."""
    start = select(conversations.c.cleared_turn_id).where(
        conversations.c.id == branch.conversation_id
    )
    first = case((start.scalar_subquery() < branch.turn_id, start.scalar_subquery()), else_=0)
    return (
        select(turns.c.id)
        .where(turns.c.conversation_id == branch.conversation_id)
        .where(turns.c.id <= branch.turn_id, turns.c.id > first)
        .where(turns.c.deleted_at.is_(None), turns.c.dropped_at.is_(None))
        .where(_visible(branch))
        .order_by(turns.c.id.desc())
        .limit(most)
        .subquery("kept")
    )


def _visible(branch: Branch) -> ColumnElement[bool]:
    if branch.viewer_id is None:
        return turns.c.private_to.is_(None)
    return or_(turns.c.private_to.is_(None), turns.c.private_to == branch.viewer_id)


def _pairs(target_id: int, kept: Any) -> Any:
    """Return the old and the new id of each copied turn: both in the same order."""
    old = select(kept.c.id, func.row_number().over(order_by=kept.c.id).label("n")).subquery("old")
    copied = select(turns.c.id, func.row_number().over(order_by=turns.c.id).label("n")).where(
        turns.c.conversation_id == target_id
    )
    new = copied.subquery("new")
    return (
        select(old.c.id.label("old_id"), new.c.id.label("new_id"))
        .join_from(old, new, old.c.n == new.c.n)
        .subquery("pairs")
    )


def _chosen(branch: Branch, pairs: Any) -> Any:
    """Return the answer that is in the past; of the last turn, the one that was branched from."""
    one, of = answers.alias("one"), turns.alias("of")
    readable = (
        select(func.max(one.c.id))
        .join_from(one, of, of.c.id == one.c.turn_id)
        .where(one.c.turn_id == pairs.c.old_id)
        .where(one.c.text != "", one.c.state.in_(REMEMBERED))
        .correlate(pairs)
    )
    return func.coalesce(
        readable.where(one.c.id == branch.answer_id).scalar_subquery(),
        readable.where(one.c.id == of.c.chosen_answer_id).scalar_subquery(),
        readable.scalar_subquery(),
    )
