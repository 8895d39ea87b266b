"""How a conversation's shelf looks: a page of turns and files, with what can be done to them."""

from collections.abc import Callable, Iterable, Sequence

import discord
from discord import ui

from bot.prompts.context import one_line
from bot.prompts.titles import plain
from bot.records.shelf import Cleared, Deed, Item, Kind, Shelf, Standing
from bot.render.amounts import amount_words
from bot.render.markdown.pieces import width
from bot.render.notices import plain_text
from bot.render.offers import rough_dollars
from bot.words import say

A_PAGE = 10
"""Turns and files on a page: so many fit in a message, however they are written."""

NAME, WORDS, LABEL = 40, 90, 90
"""Characters that are shown of a name, of words as they are marked up, and in a select."""

_BAR = 20

_MARKS = {
    "📌": "shelf-mark-pinned",
    "⚠️": "shelf-mark-stale",
    "✂️": "shelf-mark-left-out",
    "🗑️": "shelf-mark-dropped",
    "🔒": "shelf-mark-private",
}
"""Marks, and the messages that say what they mean."""


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
        lines.append(say("shelf-not-yours"))
    if count > 1:
        lines.append(say("page-of", page=count - back, pages=count))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("\n".join(lines)))
    whose = f"{'p' if private else 'o'}:{back}"
    for name, placeholder, options in (
        ("pin", say("shelf-select-pin"), list(_pins(mine))),
        ("drop", say("shelf-select-drop"), list(_drops(mine))),
    ):
        if options:
            view.add_item(_select(f"shelf:{name}:{whose}", placeholder, options))
    view.add_item(_turning(back, count, private=private))
    return view


def _head(shelf: Shelf, *, private: bool) -> Iterable[str]:
    yield say("shelf-heading-private") if private else say("shelf-heading")
    share = shelf.total * 100 // max(1, shelf.budget)
    cells = min(_BAR, max(1, shelf.total * _BAR // max(1, shelf.budget)))
    bar = "▰" * cells + "▱" * (_BAR - cells)
    yield say("shelf-total", bar=bar, total=shelf.total, budget=shelf.budget, share=share)
    if shelf.overflows:
        yield say("shelf-overflows")
    estimate = shelf.estimate
    if estimate.cost_micros is None:
        yield say("shelf-turn", tokens=estimate.tokens)
    else:
        cost = rough_dollars(estimate.cost_micros)
        yield say("shelf-turn-cost", tokens=estimate.tokens, cost=cost)
    yield say(
        "shelf-parts",
        instructions=shelf.instructions,
        around=shelf.around,
        answer=estimate.tokens - shelf.total,
    )


def _line(item: Item) -> str:
    marks = _marks(item)
    tokens = amount_words("tokens", item.tokens)
    if item.kind is Kind.FILE:
        words = _struck(item, _excerpt(item.words))
        return say("shelf-file", marks=marks, words=words, tokens=tokens, turn=str(item.number))
    # A name may be nothing that can be seen.
    name = _excerpt(item.author.name, NAME) or _excerpt(item.author.username, NAME)
    words = _excerpt(item.words) or say("shelf-files-only")
    lines = ["", f"`{item.number}` {marks}**{name}** · {tokens}\n{_struck(item, words)}"]
    if item.is_running:
        lines.append(say("shelf-being-answered"))
    elif item.answer is None:
        lines.append(say("shelf-no-answer"))
    else:
        said = _excerpt(plain(item.answer[: 4 * WORDS]) or item.answer)
        lines.append(f"-# ↳ {'⚠️ ' if item.is_stale else ''}{said}")
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
        yield say("shelf-empty")
    used = "".join(_marks(it) + ("⚠️" if it.is_stale else "") for it in shown)
    if told := [f"{mark} {say(meaning)}" for mark, meaning in _MARKS.items() if mark in used]:
        yield f"-# {' · '.join(told)}"
    if shelf.older:
        yield say("shelf-older", turns=shelf.older)


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
            yield _option(item, deed)


def _drops(items: Sequence[Item]) -> Iterable[discord.SelectOption]:
    for item in items:
        is_dropped = item.standing is Standing.DROPPED
        deed = Deed.RESTORE if is_dropped else Deed.DROP
        yield _option(item, deed)


def _option(item: Item, deed: Deed) -> discord.SelectOption:
    words = one_line(item.words[: 4 * LABEL]) or say("shelf-files-only")
    what = f"{item.number}: {words}" if item.kind is Kind.TURN else f"📄 {words}"
    return discord.SelectOption(
        label=_cut(say(f"shelf-do-{deed}", what=what), LABEL),
        value=f"{deed}:{item.kind}:{item.id}",
        description=amount_words("tokens", item.tokens),
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
    presses = [("◀", back + 1), (say("button-refresh"), back), ("▶", back - 1)]
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
    view = ui.LayoutView(timeout=None)
    view.add_item(
        ui.TextDisplay(f"{say('shelf-cleared', turns=cleared.turns)}\n{say('shelf-cleared-note')}")
    )
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    custom_id = f"shelf:undo:{cleared.until}:{cleared.before}"
    row.add_item(ui.Button(label=say("button-undo"), custom_id=custom_id))
    view.add_item(row)
    return view
