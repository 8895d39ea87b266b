"""Words with which threads begin; each says whether they wait for mentions (`waits`)."""

from bot.notes import Unread
from bot.prompts.context import one_line
from bot.render.notices import plain_text, unread_words
from bot.words import joined, say

MOST_NAMED = 10
"""Files that are named one by one; Discord lets a message have no more."""


def hint(*, waits: bool) -> str:
    """Return what is answered in a thread."""
    return say("thread-waits") if waits else say("thread-answers")


def opened_words(thread_id: int, *, waits: bool) -> str:
    """Return what tells who opened a thread where it is."""
    return f"{say('branch-here', thread=f'<#{thread_id}>')}\n-# {hint(waits=waits)}"


def existing_words(thread_id: int, *, waits: bool | None) -> str:
    """Return what tells of a thread that a message has already; None where it is not the bot's."""
    how = say("thread-not-mine") if waits is None else hint(waits=waits)
    return f"{say('thread-exists', thread=f'<#{thread_id}>')}\n-# {how}"


def branched_words(link: str, *, waits: bool) -> str:
    """Return the first line of a thread that goes on from an answer."""
    answer = say("branch-this-answer", link=link) if link else say("branch-an-answer")
    return say("branch-first", answer=answer, how=hint(waits=waits))


def invitation(
    writer: str,
    link: str,
    *,
    waits: bool,
    read: tuple[str, ...] = (),
    unread: tuple[Unread, ...] = (),
    is_whole: bool = True,
) -> str:
    """Return the first lines of a thread that begins with a message; they ask for a question."""
    values = {"writer": plain_text(one_line(writer)), "link": link}
    if read:
        lines = [say("thread-read-with", files=_named(read), **values)]
    else:
        lines = [say("thread-read", **values)]
    lines.append(f"-# {hint(waits=waits)}")
    if not is_whole:
        lines.append(say("thread-too-long"))
    lines += [f"-# ⚠️ {one_line(unread_words(it))[:300]}" for it in unread[:MOST_NAMED]]
    return "\n".join(lines)


def _named(files: tuple[str, ...]) -> str:
    return joined([f"**{plain_text(one_line(name))[:100]}**" for name in files[:MOST_NAMED]])
