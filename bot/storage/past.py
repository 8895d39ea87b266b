"""Reads what a conversation's next answer rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from bot.messages import Answer, AnswerState, KeptFile, Person, Turn
from bot.storage.files import files_of_past
from bot.storage.quick import Prepared
from bot.storage.tables import IS_PINNED, IS_PINNED_FILE, answers, conversations, turn_files, turns
from bot.storage.windows import window_of
from bot.storage.work import Work

REMEMBERED = (
    AnswerState.COMPLETE,
    AnswerState.LENGTH,
    AnswerState.STOPPED,
    AnswerState.INTERRUPTED,
)
"""The states of answers that later turns build on, as far as they have any text."""

Row = Sequence[Any]

_AFTER_ALL = 2**62
"""Comes after every turn."""


async def past_of(
    work: Work,
    conversation_id: int,
    viewer_id: int | None,
    most: int,
    until: int | None = None,
    start: int | None = None,
) -> list[Turn]:
    """Return the latest turns, oldest first, from the `start` on, and what is pinned before.

    That is where the window starts, if nothing else is asked for. Turns in private are left out,
    but for the viewer's own; without a viewer, all of them. What an old turn rested on, `until`
    that turn, may lie before the window.
    """
    bounds = await work.quick(_CLEARED, {"conversation": conversation_id})
    if not bounds:
        return []
    if start is None:
        start = (await window_of(work, conversation_id, viewer_id)).start
    until = _AFTER_ALL if until is None else until
    window_start, cleared = (bound if bound < until else 0 for bound in (start, bounds[0][0]))
    given = {"conversation": conversation_id, "viewer": viewer_id or 0}
    first = max(window_start, cleared + 1)
    rows = list(await work.quick(_FROM, {**given, "first": first, "until": until, "most": most}))
    rows.reverse()
    first = rows[0][0] if len(rows) == most else first
    before: list[Row] = []
    if first > cleared + 1:
        among = {**given, "after": cleared, "before": min(first, until)}
        pins = [row for it in (_PINNED, _WITH_PINNED_FILES) for row in await work.quick(it, among)]
        before = sorted({row[0]: row for row in pins}.values(), key=lambda row: row[0])
    if not before and not rows:
        return []
    files = await files_of_past(work, conversation_id, (before or rows)[0][0])
    turn = _Turns(files).turn
    parts = (turn(row).pinned_part for row in before)
    return [*(part for part in parts if part), *map(turn, rows)]


class _Turns:
    """Makes turns of rows; there may be thousands, by few people."""

    def __init__(self, files: Mapping[int, tuple[KeptFile, ...]]) -> None:
        self._files = files
        self._people: dict[tuple[int, str, str], Person] = {}

    def turn(self, row: Row) -> Turn:
        """Return a row as a turn."""
        # By position: looking up names would be half of the work.
        turn_id, author_id, name, username, text, tokens, pinned, *said = row
        answer_id, words, state, said_tokens = said
        answer = None
        if answer_id is not None:
            answer = Answer(answer_id, words, _STATES[state], said_tokens)
        author = self._people.get((author_id, name, username))
        if author is None:
            author = Person(author_id, name, username)
            self._people[author_id, name, username] = author
        files = self._files.get(turn_id, ())
        return Turn(turn_id, author, text, tokens, answer, files, bool(pinned))


_STATES = {state.value: state for state in AnswerState}
_CLEARED = Prepared(
    select(conversations.c.cleared_turn_id).where(conversations.c.id == bindparam("conversation"))
)

# Each in its own words: a list of values would be put together anew each time.
_COUNTS = or_(*(answers.c.state == literal_column(f"'{state}'") for state in REMEMBERED))
_VISIBLE = (
    turns.c.deleted_at.is_(None),
    turns.c.dropped_at.is_(None),
    or_(turns.c.private_to.is_(None), turns.c.private_to == bindparam("viewer")),
)


def answer_that_counts() -> ColumnElement[int]:
    """Return the answer of a turn that was chosen, or else its newest one with any text."""
    readable = select(func.max(answers.c.id)).where(answers.c.text != "", _COUNTS).correlate(turns)
    return func.coalesce(
        readable.where(answers.c.id == turns.c.chosen_answer_id).scalar_subquery(),
        readable.where(answers.c.turn_id == turns.c.id).scalar_subquery(),
    )


def _turns(*which: ColumnElement[bool]) -> Select[Any]:
    """Return the statement for turns with the answers that count, the latest first."""
    said = answers.alias("said")
    return (
        select(
            turns.c.id,
            turns.c.author_id,
            turns.c.author_name,
            turns.c.author_username,
            turns.c.text,
            turns.c.tokens,
            turns.c.pinned,
            said.c.id,
            said.c.text,
            said.c.state,
            said.c.tokens,
        )
        .outerjoin_from(turns, said, said.c.id == answer_that_counts())
        .where(turns.c.conversation_id == bindparam("conversation"), *_VISIBLE, *which)
        .order_by(turns.c.id.desc())
    )


_BETWEEN = (turns.c.id > bindparam("after"), turns.c.id < bindparam("before"))
_FROM = Prepared(
    _turns(turns.c.id >= bindparam("first"), turns.c.id < bindparam("until")).limit(
        bindparam("most", type_=Integer)
    )
)
_PINNED = Prepared(_turns(IS_PINNED, *_BETWEEN))
_WITH_PINNED_FILES = Prepared(
    _turns(
        turns.c.id.in_(
            select(turn_files.c.turn_id).where(
                IS_PINNED_FILE,
                turn_files.c.turn_id > bindparam("after"),
                turn_files.c.turn_id < bindparam("before"),
            )
        ),
        *_BETWEEN,
    )
)
