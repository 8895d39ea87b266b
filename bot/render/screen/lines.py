"""The small lines around an answer.

Above it what it is about, below it the thinking meter while it grows, and then the closing line.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import one_line
from bot.messages import AnswerState, Usage
from bot.notes import Note
from bot.render.amounts import dollars, number, unit, window_now
from bot.render.footnotes import note_words
from bot.render.markdown.pieces import width
from bot.render.notices import notice, plain_text
from bot.snapshots import Closing, Left, Snapshot

_LONGEST_NOTE = 300

LONGEST_ASKED = 200
"""Characters of a question that are shown above its answer."""

_ENDINGS = {
    AnswerState.STOPPED: "stopped",
    AnswerState.LENGTH: "cut off at its length limit",
    AnswerState.INTERRUPTED: "interrupted",
    AnswerState.FAILED: "failed",
}


def about_line(asker: str, writer: str, link: str, asked: str) -> str:
    """Return the line above an answer about a message: who asked what, and the way to that."""
    words = one_line(asked)
    words = words if len(words) <= LONGEST_ASKED else f"{words[:LONGEST_ASKED].rstrip()}…"
    what = f"[what {plain_text(one_line(writer))} wrote]({link})"
    return f"-# {plain_text(one_line(asker))} asks about {what}: {plain_text(words)}"


def meter_line(snapshot: Snapshot, waited: timedelta = timedelta(0)) -> str:
    """Return the line that shows what the model is doing; `waited` is the time since the question.

    It ticks while the model is waited for or thinks, and stands still once it writes.
    """
    tokens = f"about {snapshot.thinking_tokens:,} tokens"
    if not snapshot.thinking_tokens or not snapshot.looks.thinking:
        return "-# ✍️ writing" if snapshot.text else f"-# waiting for the model · {whole(waited)}"
    if not snapshot.text:
        return f"-# 💭 thinking for {whole(snapshot.thinking_for)} · {tokens}"
    return f"-# 💭 thought for {whole(snapshot.thinking_for)} · {tokens} · writing"


def closing_line(closing: Closing, *, whole_line: bool = True) -> str:
    """Return the line below an ended answer; what is not known is left out.

    Without the `whole_line` it says only how the answer ended, where that was not by itself.
    """
    parts = [_ENDINGS[closing.state]] if closing.state in _ENDINGS else []
    if not whole_line:
        return f"-# {parts[0]}" if parts else ""
    if closing.took:
        parts.append(spent(closing.took))
    if closing.usage is not None:
        parts += _usage_parts(closing.usage)
    elif closing.bill_is_open:
        parts.append("its cost is being asked for")
    if closing.paid_by is not None:
        parts.append(f"paid by <@{closing.paid_by}>")
    if closing.left is not None:
        parts.append(left_words(closing.left))
    return f"-# {' · '.join(parts)}" if parts else ""


def _usage_parts(usage: Usage) -> list[str]:
    about = "≈ " if usage.estimated else ""
    tokens = f"{about}{usage.tokens:,} {unit('tokens', usage.tokens)}"
    return [tokens, f"{about}{dollars(usage.cost_micros)}"]


def left_words(left: Left) -> str:
    """Return what is left of a limit: "37 of 50 requests left today"."""
    words = f"{number(left.meter, left.left)} of {number(left.meter, left.limit)}"
    return f"{words} {unit(left.meter, left.limit)}".rstrip() + f" left {window_now(left.window)}"


def ending_words(closing: Closing, *, shows_text: bool) -> str:
    """Return what stands in an ended answer's place or below it, beside the small lines.

    That is the error's sentence, and the reason why there is no text where there is none.
    """
    if closing.error is not None:
        return f"⚠️ {notice(closing.error)}"
    if closing.state is AnswerState.INTERRUPTED:
        return "⚠️ This answer was interrupted when I was restarted."
    if shows_text:
        return ""
    if closing.state is AnswerState.STOPPED:
        return "Stopped before the first word."
    if closing.state is AnswerState.LENGTH:
        return (
            "The model used all of its output limit for thinking, and nothing was left for an "
            "answer. Try a simpler question or a part of it."
        )
    return "The model ended without a word. Please try again."


def last_words(snapshot: Snapshot, closing: Closing, *, shows_text: bool) -> str:
    """Return what is said of how an answer ended, or of a new one that did not come to be."""
    if not snapshot.shown.is_earlier:
        return ending_words(closing, shows_text=shows_text)
    words = ending_words(closing, shows_text=False)
    return f"-# This is the answer from before; there is no new one.\n{words}"


def note_lines(notes: Sequence[Note], most: int = 1500) -> str:
    """Return each note as a small line; those beyond `most` characters are counted, not shown."""
    lines: list[str] = []
    size = 0
    wanted = [words for note in notes if (words := note_words(note))]
    for done, note in enumerate(wanted):
        line = f"-# {note}" if len(note) <= _LONGEST_NOTE else f"-# {note[:_LONGEST_NOTE]}…"
        size += width(line) + 1
        if size > most:
            return "\n".join([*lines, f"-# and {len(wanted) - done} more"])
        lines.append(line)
    return "\n".join(lines)


def whole(span: timedelta) -> str:
    """Return a time in whole seconds, or minutes and seconds."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60} s"


def spent(span: timedelta) -> str:
    """Return a time with tenths where it is short."""
    seconds = span.total_seconds()
    return f"{seconds:.1f} s" if seconds < 59.95 else whole(timedelta(seconds=round(seconds)))
