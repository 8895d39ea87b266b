"""Words with which threads begin."""

from bot.context import one_line
from bot.render.notices import plain_text

MOST_NAMED = 10
"""Files that are named one by one; Discord lets a message have no more."""


def hint(*, mention_only: bool) -> str:
    """Return what is answered in a thread."""
    if mention_only:
        return "Here I answer when I am mentioned, or when you reply to me."
    return "Every message here is answered; no mention is needed."


def opened_words(thread_id: int, how: str) -> str:
    """Return what tells who opened a thread where it is."""
    return f"Here is your thread: <#{thread_id}>\n-# {how}"


def existing_words(thread_id: int, how: str) -> str:
    """Return what tells of a thread that a message has already; `how` it is answered in there."""
    how = how or "A message can have only one. Mention me in it, and I answer."
    return f"That message has a thread already: <#{thread_id}>\n-# {how}"


def branched_words(link: str, how: str) -> str:
    """Return the first line of a thread that goes on from an answer."""
    where = f"[this answer]({link})" if link else "an answer"
    return (
        f"-# 🧵 This thread goes on from {where}. I remember all that was said until there. {how}"
    )


def invitation(
    writer: str,
    link: str,
    how: str,
    *,
    read: tuple[str, ...] = (),
    unread: tuple[str, ...] = (),
    is_whole: bool = True,
) -> str:
    """Return the first lines of a thread that begins with a message; they ask for a question."""
    what = f"[what {plain_text(one_line(writer))} wrote]({link})"
    files = f", with {_named(read)}" if read else ""
    lines = [
        f"🧵 I have read {what}{files}. What would you like to know about it?",
        f"-# {how}",
    ]
    if not is_whole:
        lines.append("-# ⚠️ It is too long for me: I have read only its beginning.")
    lines += [f"-# ⚠️ {plain_text(one_line(it))[:300]}" for it in unread[:MOST_NAMED]]
    return "\n".join(lines)


def _named(files: tuple[str, ...]) -> str:
    return ", ".join(f"**{plain_text(one_line(name))[:100]}**" for name in files[:MOST_NAMED])
