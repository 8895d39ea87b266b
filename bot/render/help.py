"""What somebody can do with the bot, and what holds for them where they ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import AccessDenied
from bot.render.admissions import denied_words
from bot.render.command_mentions import CommandMentions
from bot.render.screen.lines import left_words
from bot.snapshots import Left


@dataclass(frozen=True, slots=True)
class Here:
    """What holds for somebody in a place.

    `left` is of the limit that is nearest to its end; `is_thread` and `waits_for_mention` say how
    what is written there is taken.
    """

    in_server: bool
    manages: bool = False
    reads_reports: bool = False
    denied: AccessDenied | None = None
    left: Left | None = None
    is_exempt: bool = False
    is_thread: bool = False
    waits_for_mention: bool = False


def help_lines(here: Here, command: CommandMentions) -> tuple[str, ...]:
    """Return the help for somebody, line by line: only what they can do where they are."""
    return (
        "## Threadlight",
        "Talk with a reasoning model, here in Discord.",
        *_status(here),
        "",
        *_asking(here, command),
        "",
        *_afterwards(here, command),
        *_managing(here, command),
    )


def _status(here: Here) -> Iterator[str]:
    if here.denied is not None:
        yield f"> ⛔ {denied_words(here.denied).removesuffix(' Nothing was spent.')}"
        return
    where = "in this server" if here.in_server else "in direct messages"
    if here.is_exempt:
        yield "> ✅ You may ask me here, and no personal limit holds for you."
    elif here.left is not None:
        yield f"> ✅ You may ask me here: {left_words(here.left)} {where}."
    else:
        yield "> ✅ You may ask me here."


def _asking(here: Here, command: CommandMentions) -> Iterator[str]:
    if here.denied is None:
        yield "**To begin with**, send this:"
        yield "`/ask prompt:Why is the sky blue, and the evening red?`"
    yield f"- {command('ask')} answers one question; with `private` only you see the answer."
    if here.in_server:
        threads = (
            "in which I answer whoever mentions me"
            if here.waits_for_mention
            else "in which every message is answered"
        )
        yield f"- {command('chat')} opens a thread {threads}."
        if here.waits_for_mention:
            yield "- Mention me, or reply to me. Other messages are not for me here."
        else:
            this = "just write in this thread, and " if here.is_thread else ""
            yield f"- Or {this}mention me, or reply to me, anywhere."
    else:
        yield "- Or just write: every message here is answered."
    yield "- About anybody's message: right-click it (or hold it) → Apps → **Ask about this**."
    yield "- Text files that you attach are read, too."


def _afterwards(here: Here, command: CommandMentions) -> Iterator[str]:
    yield "**Afterwards**"
    thread = " or go on from it in a **Thread**" if here.in_server else ""
    yield (
        "- **Stop** ends an answer. Below it you can **Regenerate** or **Continue** it, see "
        f"my **Thinking**{thread}."
    )
    yield "- Edit or delete a question, and what I remember follows."
    yield f"- {command('persona set')} tells me what to be; {command('usage')} shows your limits."
    if here.in_server:
        yield f"- {command('sponsor on')} lets everybody in a thread of yours count on you."
    yield (
        f"- I keep what you ask me, to remember it: {command('history show')} shows what the model "
        f"would see now, and {command('history forget')} erases all that you ever said to me."
    )


def _managing(here: Here, command: CommandMentions) -> Iterator[str]:
    if here.manages:
        yield ""
        yield "**You manage this server**"
        yield f"- {command('quota set')} and {command('quota list')}: limits"
        yield f"- {command('quota show')} and {command('quota report')}: who used what, and why"
        yield f"- {command('access allow')} and {command('access deny')}: who may use me, and where"
        yield f"- {command('settings set')}: how I answer; {command('audit')}: what was changed"
    elif here.reads_reports:
        yield ""
        yield "**You may read** what those read who manage this server:"
        yield f"- {command('quota report')}, {command('quota list')} and {command('audit')}"
