"""Keeps from where on the past is read: for everybody, and for each person's private questions."""

from functools import lru_cache

from sqlalchemy import BindParameter, bindparam, delete, or_, select, update

from bot.prompts.windows import Window
from bot.storage.quick import Prepared
from bot.storage.tables import past_windows
from bot.storage.work import Work

_EVERYBODY = 0
_KEYS = ("conversation_id", "viewer_id")
_VALUES = ("start", "tokens", "budget", "told_in")


async def window_of(work: Work, conversation_id: int, viewer_id: int | None) -> Window:
    """Return the viewer's window, everybody's where they have none, or one that never moved."""
    given = {"conversation": conversation_id, "viewer": viewer_id or _EVERYBODY}
    rows = await work.quick(_WINDOWS, given)
    if not rows:
        return Window()
    start, tokens, budget, _ = rows[0]
    told = [told_in for *_, told_in in rows if told_in is not None]
    return Window(start, tokens, budget, told[0] if told else None)


async def keep_window(
    work: Work, conversation_id: int, viewer_id: int | None, window: Window
) -> None:
    """Let this be the viewer's window from now on, or everybody's."""
    values = {
        "conversation_id": conversation_id,
        "viewer_id": viewer_id or _EVERYBODY,
        "start": window.start,
        "tokens": window.tokens,
        "budget": window.budget,
        "told_in": window.told_in,
    }
    await work.quick(_keep(is_postgres=work.is_postgres), values)


async def tell_anew(work: Work, conversation_id: int) -> None:
    """Let people hear anew when the beginning no longer fits."""
    here = past_windows.c.conversation_id == conversation_id
    await work.run(update(past_windows).where(here).values(told_in=None))


async def erase_windows(work: Work, viewer_id: int) -> None:
    """Erase a person's own windows."""
    await work.run(delete(past_windows).where(past_windows.c.viewer_id == viewer_id))


_viewer: BindParameter[int] = bindparam("viewer")
_WINDOWS = Prepared(
    select(*(past_windows.c[name] for name in _VALUES))
    .where(past_windows.c.conversation_id == bindparam("conversation"))
    .where(or_(past_windows.c.viewer_id == _EVERYBODY, past_windows.c.viewer_id == _viewer))
    .order_by(past_windows.c.viewer_id.desc())
)
"""The viewer's own comes first, then everybody's."""


@lru_cache(maxsize=2)
def _keep(*, is_postgres: bool) -> Prepared:
    new = Work.insert_into(past_windows, is_postgres=is_postgres)
    set_ = {name: new.excluded[name] for name in _VALUES}
    return Prepared(new.on_conflict_do_update(index_elements=list(_KEYS), set_=set_))
