"""Words for the notes below an answer, and for what people are told of their limits."""

from bot.notes import CreditsLow, EditedSince, FellOut, LimitWarning, Note, Shortened, Trimmed
from bot.render.amounts import (
    amount_words,
    dollars,
    number,
    relative,
    unit,
    window_now,
    window_words,
)
from bot.render.notices import plain_text


def note_words(note: Note) -> str:
    """Return a note as a line of Discord's Markdown."""
    match note:
        case Shortened():
            return _shortened(note)
        case Trimmed(turns=turns):
            return f"Trimmed: {turns_words(turns)} left out of what the model was sent."
        case FellOut(turns=turns):
            return (
                f"This conversation has grown too long for me: {turns_words(turns)} left out, and "
                "older ones will be from now on. What you pin in `/history show` stays."
            )
        case EditedSince():
            return "The question was edited since. **Regenerate** answers it as it is now."
        case CreditsLow():
            return (
                "This bot's credits at OpenRouter are nearly used up; whoever runs it can add some."
            )
        case LimitWarning():
            return warning_words(note)
        case _:
            return plain_text(" ".join(note.split()))


def _shortened(note: Shortened) -> str:
    left = f" {window_now(note.window)}" if note.window else ""
    tokens = f"{note.output:,} {unit('tokens', note.output)}"
    if note.meter == "cost":
        return f"Short answer: {dollars(note.left)} is left{left}, enough for {tokens} of answer."
    return f"Short answer: {tokens} {'is' if note.output == 1 else 'are'} left{left}."


def turns_words(turns: int) -> str:
    """Return how many turns are left out, with the verb: "1 earlier turn was"."""
    return "1 earlier turn was" if turns == 1 else f"{turns:,} earlier turns were"


def warning_words(warning: LimitWarning) -> str:
    """Return what a person is told when a limit nears its end, or has reached it."""
    is_one = warning.meter == "cost" or warning.limit == 1
    limit = f"{amount_words(warning.meter, warning.limit)} {window_words(warning.window)}"
    verb, they = ("is", "it resets") if is_one else ("are", "they reset")
    resets = f"{they} {relative(warning.resets_at)}"
    if not warning.is_end:
        return f"{warning.percent} % of your {limit} {verb} used; {resets}."
    rest = warning.limit - warning.used
    but = f", but for {number(warning.meter, rest)}" if rest > 0 else ""
    return f"Your {limit} {verb} used up{but}; {resets}."
