"""What somebody can do with the bot, and what holds for them where they ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import AccessDenied
from bot.render.admissions import denied_words
from bot.render.command_mentions import CommandMentions
from bot.render.screen.lines import left_words
from bot.snapshots import Left
from bot.words import say


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
        say("help-what"),
        *_status(here),
        "",
        *_asking(here, command),
        "",
        *_afterwards(here, command),
        *_managing(here, command),
    )


def _status(here: Here) -> Iterator[str]:
    if here.denied is not None:
        yield f"> ⛔ {denied_words(here.denied).removesuffix(say('nothing-spent')).rstrip()}"
    elif here.is_exempt:
        yield say("help-may-exempt")
    elif here.left is not None:
        where = "help-may-left-server" if here.in_server else "help-may-left-direct"
        yield say(where, left=left_words(here.left))
    else:
        yield say("help-may")


def _asking(here: Here, command: CommandMentions) -> Iterator[str]:
    if here.denied is None:
        yield say("help-begin")
        yield say("help-example")
    yield say("help-ask", ask=command("ask"))
    if not here.in_server:
        yield say("help-direct")
    elif here.waits_for_mention:
        yield say("help-chat-waits", chat=command("chat"))
        yield say("help-mention-waits")
    else:
        yield say("help-chat", chat=command("chat"))
        yield say("help-mention-thread") if here.is_thread else say("help-mention")
    yield say("help-about")
    yield say("help-files")


def _afterwards(here: Here, command: CommandMentions) -> Iterator[str]:
    yield say("help-afterwards")
    yield say("help-buttons-server") if here.in_server else say("help-buttons")
    yield say("help-edits")
    yield say("help-persona", persona=command("persona set"), usage=command("usage"))
    if here.in_server:
        yield say("help-sponsor", sponsor=command("sponsor on"))
    yield say("help-memory", show=command("history show"), forget=command("history forget"))


def _managing(here: Here, command: CommandMentions) -> Iterator[str]:
    report, limits, audit = command("quota report"), command("quota list"), command("audit")
    if here.manages:
        yield ""
        yield say("help-manager")
        yield say("help-manager-limits", set=command("quota set"), list=limits)
        yield say("help-manager-use", show=command("quota show"), report=report)
        allow, deny = command("access allow"), command("access deny")
        yield say("help-manager-access", allow=allow, deny=deny)
        yield say("help-manager-settings", set=command("settings set"), audit=audit)
    elif here.reads_reports:
        yield ""
        yield say("help-reader")
        yield say("help-reader-commands", report=report, list=limits, audit=audit)
