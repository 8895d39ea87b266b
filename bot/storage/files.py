"""Keeps the files that came with questions."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from bot.messages import Attached, KeptFile
from bot.storage.quick import Prepared, Rows
from bot.storage.tables import turn_files, turns
from bot.storage.work import Work

_columns = (
    turn_files.c.turn_id,
    turn_files.c.id,
    turn_files.c.name,
    turn_files.c.text,
    turn_files.c.tokens,
    turn_files.c.pinned,
)
# From the turns of the conversation to their files: the other way round all files are read.
_OF_PAST = Prepared(
    select(*_columns)
    .join_from(turns, turn_files, turn_files.c.turn_id == turns.c.id)
    .where(
        turns.c.conversation_id == bindparam("conversation"),
        turns.c.id >= bindparam("first"),
        turn_files.c.dropped_at.is_(None),
    )
    .order_by(turns.c.id, turn_files.c.id)
)


async def keep_files(work: Work, turn_id: int, files: Sequence[Attached]) -> None:
    """Store the text of a question's files, as far as they could be read."""
    values = [
        {
            "turn_id": turn_id,
            "name": file.filename,
            "text": file.text,
            "tokens": file.tokens,
            "pinned": False,
        }
        for file in files
        if file.text is not None
    ]
    if values:
        await work.run(insert(turn_files), values)


async def revise_files(work: Work, turn_id: int, files: Sequence[Attached]) -> bool:
    """Let a turn have these files, and tell whether that changes any.

    What stays as it was stays pinned or dropped, and so does what could not be read this time.
    """
    rows = await work.rows(
        select(turn_files.c.id, turn_files.c.name, turn_files.c.text).where(
            turn_files.c.turn_id == turn_id
        )
    )
    wanted = list(files)
    gone: list[int] = []
    for row in rows:
        same = (it for it in wanted if it.filename == row.name and it.text in (row.text, None))
        if (found := next(same, None)) is None:
            gone.append(row.id)
        else:
            wanted.remove(found)
    if gone:
        await work.run(delete(turn_files).where(turn_files.c.id.in_(gone)))
    await keep_files(work, turn_id, wanted)
    return bool(gone) or any(it.text is not None for it in wanted)


async def files_of_past(
    work: Work, conversation_id: int, first_turn_id: int
) -> dict[int, tuple[KeptFile, ...]]:
    """Return the files of a conversation's turns from this one on, but for dropped ones."""
    values = {"conversation": conversation_id, "first": first_turn_id}
    return _grouped(await work.quick(_OF_PAST, values))


def _grouped(rows: Rows) -> dict[int, tuple[KeptFile, ...]]:
    found: dict[int, list[KeptFile]] = {}
    for turn_id, file_id, name, text, tokens, pinned in rows:
        file = KeptFile(file_id, name, text, tokens, bool(pinned))
        found.setdefault(turn_id, []).append(file)
    return {turn_id: tuple(files) for turn_id, files in found.items()}
