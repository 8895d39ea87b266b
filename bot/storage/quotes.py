"""Rewords what stands before questions: the words of others that they are about."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, bindparam, delete, select, update

from bot.prompts import tokens
from bot.storage.tables import turn_files, turns
from bot.storage.work import Work


async def reworded(
    work: Work, which: ColumnElement[bool], reword: Callable[[str], str]
) -> list[tuple[int, int]]:
    """Let turns say something else; return those that did not, each after its conversation."""
    found_now = select(turns.c.id, turns.c.conversation_id, turns.c.text).where(which)
    # What they said is not to be written back over an edit that is being stored.
    rows = await work.rows(found_now.order_by(turns.c.id).with_for_update())
    found = [(row, reword(row.text)) for row in rows]
    changed = [(row, text) for row, text in found if text != row.text]
    if changed:
        values = [
            {"of": row.id, "said": text, "size": tokens.estimate(text)} for row, text in changed
        ]
        update_one = update(turns).where(turns.c.id == bindparam("of"))
        await work.run(update_one.values(text=bindparam("said"), tokens=bindparam("size")), values)
    return [(row.conversation_id, row.id) for row, _ in changed]


async def delete_quoted_files(work: Work, turn_ids: Sequence[int]) -> int:
    """Delete the files of those questions that came by a menu; return how many there were."""
    by_menu = select(turns.c.id).where(turns.c.id.in_(turn_ids), turns.c.message_id.is_(None))
    return await work.count(delete(turn_files).where(turn_files.c.turn_id.in_(by_menu)))
