"""Words for the notes below an answer, and for what people are told of their limits."""

from bot.notes import (
    CreditsLow,
    EditedSince,
    FellOut,
    LimitWarning,
    Note,
    QuoteLost,
    Shortened,
    Trimmed,
    Unread,
)
from bot.render.amounts import (
    amount_words,
    dollars,
    limit_words,
    number,
    relative,
    window_now,
)
from bot.render.notices import plain_text, unread_words
from bot.words import say


def note_words(note: Note) -> str:
    """Return a note as a line of Discord's Markdown."""
    match note:
        case Unread():
            return unread_words(note)
        case Shortened():
            return _shortened(note)
        case Trimmed(turns=turns):
            return say("note-trimmed", turns=turns)
        case FellOut(turns=turns):
            return say("note-fell-out", turns=turns)
        case EditedSince():
            return say("note-edited-since")
        case QuoteLost():
            return say("note-quote-lost")
        case CreditsLow():
            return say("note-credits-low")
        case LimitWarning():
            return warning_words(note)
        case _:
            return plain_text(" ".join(note.split()))


def _shortened(note: Shortened) -> str:
    tokens = amount_words("tokens", note.output)
    if note.meter == "cost":
        left = dollars(note.left)
        if not note.window:
            return say("note-short-cost", left=left, tokens=tokens)
        return say("note-short-cost-now", left=left, tokens=tokens, now=window_now(note.window))
    if not note.window:
        return say("note-short-tokens", count=note.output, tokens=tokens)
    now = window_now(note.window)
    return say("note-short-tokens-now", count=note.output, tokens=tokens, now=now)


def warning_words(warning: LimitWarning) -> str:
    """Return what a person is told when a limit nears its end, or has reached it."""
    count = 1 if warning.meter == "cost" else warning.limit
    limit = limit_words(warning.meter, warning.limit, warning.window)
    resets = relative(warning.resets_at)
    if not warning.is_end:
        percent = warning.percent
        return say("warning-nearly", count=count, percent=percent, limit=limit, resets=resets)
    rest = warning.limit - warning.used
    if rest <= 0:
        return say("warning-end", count=count, limit=limit, resets=resets)
    but = number(warning.meter, rest)
    return say("warning-end-but", count=count, limit=limit, rest=but, resets=resets)
