"""How a conversation's shelf looks: a page of turns and files, with what can be done to them."""

from collections.abc import Callable, Iterable, Sequence

import discord
from discord import ui

from bot.context import one_line
from bot.render.amounts import unit
from bot.render.markdown.pieces import width
from bot.render.notices import plain_text
from bot.render.offers import rough_dollars
from bot.shelf import Cleared, Deed, Item, Kind, Shelf, Standing

A_PAGE = 10
"""Turns and files on a page: so many fit in a message, however they are written."""

NAME, WORDS, LABEL = 40, 90, 90
"""Characters that are shown of a name, of words as they are marked up, and in a select."""

_BAR = 20

EMPTY = "Nothing was said here yet that I remember: the next question starts fresh."
NOT_YOURS = "-# You can pin and drop what you asked yourself; moderators can do it with everything."
OVERFLOWS = (
    "⚠️ **What stays in any case is more than fits, so nothing can be asked here.** "
    "Unpin or drop something."
)
FILES_ONLY = "(only files)"

NOTHING_TO_CLEAR = "There is nothing to set aside: the next question here starts fresh already."
UNDONE = "The fresh start was undone: what was said before it is remembered again."

_MARKS = {
    "📌": "pinned: stays, however long this gets",
    "⚠️": "stale: answered before something that it rests on was changed",
    "✂️": "no longer fits",
    "🗑️": "dropped: not sent to the model",
    "🔒": "only in what you ask in private",
}


def page_count(shelf: Shelf) -> int:
    """Return how many pages a shelf has."""
    return max(1, -(-len(shelf.items) // A_PAGE))


def shelf_view(
    shelf: Shelf, *, viewer_id: int, moderates: bool, back: int = 0, private: bool = False
) -> ui.LayoutView:
    """Return a page of a shelf, so many `back` from the newest, which is always a full one.

    Who does not moderate can pin and drop what they asked themselves.
    """
    count = page_count(shelf)
    back = min(back, count - 1)
    end = len(shelf.items) - back * A_PAGE
    shown = shelf.items[max(0, end - A_PAGE) : end]
    mine = [it for it in shown if moderates or it.author.id == viewer_id]
    lines = [*_head(shelf, private=private), *map(_line, shown), "", *_below(shelf, shown)]
    if len(mine) < len(shown):
        lines.append(NOT_YOURS)
    if count > 1:
        lines.append(f"-# Page {count - back} of {count}")
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("\n".join(lines)))
    whose = f"{'p' if private else 'o'}:{back}"
    for name, placeholder, options in (
        ("pin", "📌 Pin or unpin …", list(_pins(mine))),
        ("drop", "🗑️ Drop or put back …", list(_drops(mine))),
    ):
        if options:
            view.add_item(_select(f"shelf:{name}:{whose}", placeholder, options))
    view.add_item(_turning(back, count, private=private))
    return view


def _head(shelf: Shelf, *, private: bool) -> Iterable[str]:
    which = "your next private question" if private else "the next question"
    yield f"**What the model sees with {which} here**"
    share = shelf.total * 100 // max(1, shelf.budget)
    cells = min(_BAR, max(1, shelf.total * _BAR // max(1, shelf.budget)))
    bar = "▰" * cells + "▱" * (_BAR - cells)
    yield f"{bar} {shelf.total:,} of {shelf.budget:,} tokens ({share} %)"
    if shelf.overflows:
        yield OVERFLOWS
    estimate = shelf.estimate
    cost = "" if estimate.cost_micros is None else f", about {rough_dollars(estimate.cost_micros)}"
    yield f"A turn takes about {estimate.tokens:,} tokens{cost}, and what you write on top."
    yield (
        f"-# {shelf.instructions:,} of the tokens are instructions, {shelf.around:,} are around "
        f"any prompt; a turn is counted with an answer of {estimate.tokens - shelf.total:,}."
    )


def _line(item: Item) -> str:
    marks = _marks(item)
    tokens = f"{item.tokens:,} {unit('tokens', item.tokens)}"
    if item.kind is Kind.FILE:
        return f"-# 📄 {marks}{_struck(item, _excerpt(item.words))} · {tokens} · with {item.number}"
    name = _excerpt(item.author.name or item.author.username, NAME)
    words = _excerpt(item.words) or FILES_ONLY
    lines = ["", f"`{item.number}` {marks}**{name}** · {tokens}\n{_struck(item, words)}"]
    if item.is_running:
        lines.append("-# ↳ ✍️ being answered")
    elif item.answer is None:
        lines.append("-# ↳ no answer")
    else:
        lines.append(f"-# ↳ {'⚠️ ' if item.is_stale else ''}{_excerpt(item.answer)}")
    return "\n".join(lines)


def _marks(item: Item) -> str:
    wanted = (
        ("📌", item.is_pinned and item.standing is not Standing.DROPPED),
        ("✂️", item.standing is Standing.LEFT_OUT),
        ("🗑️", item.standing is Standing.DROPPED),
        ("🔒", item.is_private),
    )
    return "".join(f"{mark} " for mark, is_so in wanted if is_so)


def _struck(item: Item, words: str) -> str:
    return f"~~{words}~~" if item.standing is Standing.DROPPED else words


def _below(shelf: Shelf, shown: Sequence[Item]) -> Iterable[str]:
    """Yield what the marks on a page mean, and what is not listed."""
    if not shelf.items:
        yield EMPTY
    used = "".join(_marks(it) + ("⚠️" if it.is_stale else "") for it in shown)
    if told := [f"{mark} {meaning}" for mark, meaning in _MARKS.items() if mark in used]:
        yield f"-# {' · '.join(told)}"
    if shelf.older:
        turns = "turn, which has" if shelf.older == 1 else "turns, which have"
        yield f"-# {shelf.older:,} older {turns} long had no room, not listed here"


def _excerpt(text: str, most: int = WORDS) -> str:
    """Return the beginning of somebody's words on one line, as they were written, marked up."""
    return _cut(one_line(text[: 4 * most]), most, plain_text)


def _cut(line: str, most: int, marked_up: Callable[[str], str] = str) -> str:
    """Return the beginning of a line that takes at most so much room as it is marked up."""
    shown, kept = marked_up(line), line[:most]
    while width(shown) > most:
        kept = kept[:-1].rstrip()
        shown = f"{marked_up(kept)}…"
    return shown


def _pins(items: Sequence[Item]) -> Iterable[discord.SelectOption]:
    for item in items:
        if item.standing is not Standing.DROPPED:
            deed = Deed.UNPIN if item.is_pinned else Deed.PIN
            yield _option(item, deed, "Unpin" if item.is_pinned else "Pin")


def _drops(items: Sequence[Item]) -> Iterable[discord.SelectOption]:
    for item in items:
        is_dropped = item.standing is Standing.DROPPED
        deed = Deed.RESTORE if is_dropped else Deed.DROP
        yield _option(item, deed, "Put back" if is_dropped else "Drop")


def _option(item: Item, deed: Deed, does: str) -> discord.SelectOption:
    words = one_line(item.words[: 4 * LABEL]) or FILES_ONLY
    what = f"{item.number}: {words}" if item.kind is Kind.TURN else f"📄 {words}"
    return discord.SelectOption(
        label=_cut(f"{does} {what}", LABEL),
        value=f"{deed}:{item.kind}:{item.id}",
        description=f"{item.tokens:,} {unit('tokens', item.tokens)}",
    )


def _select(
    custom_id: str, placeholder: str, options: list[discord.SelectOption]
) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    row.add_item(
        ui.Select(
            custom_id=custom_id,
            placeholder=placeholder,
            options=options,
            min_values=1,
            max_values=len(options),
        )
    )
    return row


def _turning(back: int, count: int, *, private: bool) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    presses = [("◀", back + 1), ("Refresh", back), ("▶", back - 1)]
    for label, to in presses if count > 1 else presses[1:2]:
        row.add_item(
            ui.Button(
                label=label,
                custom_id=f"shelf:page:{'p' if private else 'o'}:{to}",
                disabled=not 0 <= to < count,
            )
        )
    return row


def cleared_view(cleared: Cleared) -> ui.LayoutView:
    """Return what is said of a fresh start, with the way back."""
    turns = "One turn is" if cleared.turns == 1 else f"{cleared.turns:,} turns are"
    view = ui.LayoutView(timeout=None)
    view.add_item(
        ui.TextDisplay(
            f"🧹 **A fresh start.** {turns} set aside, what was pinned included: the model sees "
            "nothing of what was said here until now.\n"
            "-# Nothing was erased. Undo brings all of it back, pins too."
        )
    )
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    custom_id = f"shelf:undo:{cleared.until}:{cleared.before}"
    row.add_item(ui.Button(label="Undo", custom_id=custom_id))
    view.add_item(row)
    return view
