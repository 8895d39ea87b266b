"""The small lines around an answer.

Above it what it is about, below it the thinking meter while it grows, and then the closing line.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.messages import AnswerState, Usage
from bot.notes import Note
from bot.prompts.context import one_line
from bot.render.amounts import amount_words, dollars, number, window_now
from bot.render.footnotes import note_words
from bot.render.markdown.pieces import width
from bot.render.notices import notice, plain_text
from bot.snapshots import Closing, Left, Snapshot
from bot.words import decimal, integer, say

_LONGEST_NOTE = 300

LONGEST_ASKED = 200
"""Characters of a question that are shown above its answer."""

_ENDINGS = (
    AnswerState.STOPPED,
    AnswerState.LENGTH,
    AnswerState.INTERRUPTED,
    AnswerState.FAILED,
)
"""How answers ended of which it is said."""


def about_line(asker: str, writer: str, link: str, asked: str) -> str:
    """Return the line above an answer about a message: who asked what, and the way to that."""
    words = one_line(asked)
    words = words if len(words) <= LONGEST_ASKED else f"{words[:LONGEST_ASKED].rstrip()}…"
    return say(
        "about-line",
        asker=plain_text(one_line(asker)),
        writer=plain_text(one_line(writer)),
        link=link,
        asked=plain_text(words),
    )


def meter_line(snapshot: Snapshot, waited: timedelta = timedelta(0)) -> str:
    """Return the line that shows what the model is doing; `waited` is the time since the question.

    It ticks while the model is waited for or thinks, and stands still once it writes.
    """
    if not snapshot.thinking_tokens or not snapshot.looks.thinking:
        return say("meter-writing") if snapshot.text else say("meter-waiting", time=whole(waited))
    tokens = say("about-tokens", amount=snapshot.thinking_tokens)
    meter = "meter-thought" if snapshot.text else "meter-thinking"
    return say(meter, time=whole(snapshot.thinking_for), tokens=tokens)


def closing_line(closing: Closing, *, whole_line: bool = True) -> str:
    """Return the line below an ended answer; what is not known is left out.

    Without the `whole_line` it says only how the answer ended, where that was not by itself.
    """
    parts = [say(f"ending-{closing.state}")] if closing.state in _ENDINGS else []
    if not whole_line:
        return f"-# {parts[0]}" if parts else ""
    if closing.took:
        parts.append(spent(closing.took))
    if closing.usage is not None:
        parts += _usage_parts(closing.usage)
    elif closing.bill_is_open:
        parts.append(say("bill-open"))
    if closing.paid_by is not None:
        parts.append(say("paid-by", payer=f"<@{closing.paid_by}>"))
    if closing.left is not None:
        parts.append(left_words(closing.left))
    return f"-# {' · '.join(parts)}" if parts else ""


def _usage_parts(usage: Usage) -> list[str]:
    about = "≈ " if usage.estimated else ""
    tokens = f"{about}{amount_words('tokens', usage.tokens)}"
    return [tokens, f"{about}{dollars(usage.cost_micros)}"]


def left_words(left: Left) -> str:
    """Return what is left of a limit: "37 of 50 requests left today"."""
    return say(
        "left-of",
        left=number(left.meter, left.left),
        limit=amount_words(left.meter, left.limit),
        now=window_now(left.window),
    )


def ending_words(closing: Closing, *, shows_text: bool) -> str:
    """Return what stands in an ended answer's place or below it, beside the small lines.

    That is the error's sentence, and the reason why there is no text where there is none.
    """
    if closing.error is not None:
        return say("failed-why", why=notice(closing.error))
    if closing.state is AnswerState.INTERRUPTED:
        return say("answer-interrupted")
    if shows_text:
        return ""
    if closing.state is AnswerState.STOPPED:
        return say("stopped-before-words")
    if closing.state is AnswerState.LENGTH:
        return say("only-thoughts")
    return say("no-words")


def last_words(snapshot: Snapshot, closing: Closing, *, shows_text: bool) -> str:
    """Return what is said of how an answer ended, or of a new one that did not come to be."""
    if not snapshot.shown.is_earlier:
        return ending_words(closing, shows_text=shows_text)
    words = ending_words(closing, shows_text=False)
    return f"{say('earlier-answer')}\n{words}"


def note_lines(notes: Sequence[Note], most: int = 1500) -> str:
    """Return each note as a small line; those beyond `most` characters are counted, not shown."""
    lines: list[str] = []
    size = 0
    wanted = [words for note in notes if (words := note_words(note))]
    for done, note in enumerate(wanted):
        line = f"-# {note}" if len(note) <= _LONGEST_NOTE else f"-# {note[:_LONGEST_NOTE]}…"
        size += width(line) + 1
        if size > most:
            return "\n".join([*lines, say("notes-more", count=len(wanted) - done)])
        lines.append(line)
    return "\n".join(lines)


def whole(span: timedelta) -> str:
    """Return a time in whole seconds, or minutes and seconds."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return say("time-seconds", seconds=integer(seconds))
    return say("time-minutes", minutes=seconds // 60, seconds=seconds % 60)


def spent(span: timedelta) -> str:
    """Return a time with tenths where it is short."""
    seconds = span.total_seconds()
    if seconds < 59.95:
        return say("time-seconds", seconds=decimal(seconds, 1, 1))
    return whole(timedelta(seconds=round(seconds)))
