"""Turns every error of ours into a sentence for a person: what happened, its cost, what next."""

import re
import unicodedata
from collections.abc import Sequence

from bot.errors import (
    AccessDenied,
    AlreadyEnded,
    BeingWritten,
    CreditsExhausted,
    DiscordUnreachable,
    EmptyAnswer,
    Forgotten,
    InvalidChoice,
    InvalidRequest,
    KeyRejected,
    ModelError,
    Moderated,
    NoEndpoint,
    NotAllowed,
    NotHere,
    NothingThere,
    NothingToRead,
    NotOwner,
    NotYours,
    PlaceClosed,
    PriceUnknown,
    ProposalGone,
    ProviderTrouble,
    QuestionEmpty,
    QuestionTooLong,
    QueueFull,
    QuotaReached,
    RateLimited,
    Refused,
    Repeated,
    ScreenGone,
    ShuttingDown,
    StorageTrouble,
    StreamBroken,
    ThinkingHidden,
    Unreachable,
    Withdrawn,
)
from bot.render.admissions import denied_words
from bot.render.amounts import amount_words, relative, window_words

UNKNOWN = (
    "Something went wrong on my side, and it has been noted in the log. "
    "Please try again; if it happens again, tell whoever runs this bot."
)

MOST_NAMES = 5
"""So many pinned things are named; the shelf shows all."""

_REFUSALS: dict[type[Refused], str] = {
    PriceUnknown: (
        "I can't see the model's price at the moment, so I answer one question at a time to keep "
        "the cost limits. Please ask again in a moment. Nothing was spent."
    ),
    Repeated: "That has been asked already. Nothing was spent.",
    PlaceClosed: "This place was closed before the question's turn came. Nothing was spent.",
    Withdrawn: "The question was deleted before its turn came. Nothing was spent.",
    Forgotten: (
        "These words are forgotten: you had all that you said erased. What stands in Discord is "
        "yours to delete there; ask anew if you like."
    ),
    BeingWritten: "A new answer is being written here. Wait until it is done, or stop it first.",
    NothingThere: "There is nothing of that any more: it was deleted, or never there.",
    ThinkingHidden: (
        "Thinking is hidden here: whoever manages this place chose that with `/settings`."
    ),
    AlreadyEnded: "That answer is no longer being written, so there is nothing to stop.",
    ProposalGone: (
        "That question no longer waits for an answer: it was sent or cancelled already, or it is "
        "older than a day. Ask again if you like; this cost nothing."
    ),
    ShuttingDown: "I am about to restart. Please ask again in a minute; nothing was spent.",
}

_WHOSE = {
    "bot": "The whole bot's limit of {limit} {window} for everyone together",
    "operator": "The bot's limit of {limit} {window} for this server",
    "server": "This server's limit of {limit} {window} for everyone together",
    "channel": "This channel's limit of {limit} {window} for everyone together",
    "member": "Your own limit of {limit} {window}",
    "role": "Your role's limit of {limit} {window} for each member",
    "everyone": "This server's limit of {limit} {window} for each member",
    "default": "The limit of {limit} {window} for each person",
}


def notice(error: Exception) -> str:
    """Return what to tell a person about an error; nothing of its internals."""
    match error:
        case Refused():
            return _refused(error)
        case ModelError():
            return f"{_model(error)} {_cost(error)}"
        case ScreenGone():
            return "The message that held the answer is gone, so it could not be shown."
        case StorageTrouble():
            return _storage(error)
        case DiscordUnreachable():
            return "Discord can't be reached at the moment. Please try again later."
        case _:
            return UNKNOWN


def _refused(error: Refused) -> str:
    match error:
        case QuotaReached():
            return _quota(error)
        case QuestionEmpty(unread=unread):
            return (
                f"There was no question in that.{_files(unread)} Write one, and I will answer it."
            )
        case NothingToRead(unread=unread):
            return f"I found no words to read in that message.{_files(unread)} Nothing was spent."
        case QueueFull(waiting=waiting):
            one = waiting == 1
            waits = "1 question already waits" if one else f"{waiting} questions already wait"
            return f"{waits} here. Please ask again when some of them are answered."
        case QuestionTooLong():
            return _too_long(error)
        case NotAllowed(who="bot", permission=permission):
            return (
                f"I may not do that here: I lack the permission **{permission}**. "
                "Somebody who manages this server can give it to me."
            )
        case NotAllowed(permission=permission):
            return f"You need the permission **{permission}** for that."
        case NotYours() | NotOwner():
            return _somebody_elses(error)
        case AccessDenied():
            return denied_words(error)
        case NotHere(advice=advice):
            return f"That does not work here: {_sentence(advice)}"
        case InvalidChoice(option=option, advice=advice):
            return f"`{option}` does not fit: {_sentence(advice)}"
        case _:
            return _REFUSALS.get(type(error), "That can't be done now. Nothing was spent.")


def _too_long(error: QuestionTooLong) -> str:
    takes, fit = f"about {error.tokens:,} tokens", f"{error.limit:,} fit"
    if error.pins:
        return (
            f"With what is pinned here that takes {takes}, and {fit}. "
            f"Pinned: {_named(error.pins)}. Unpin something with `/history show`, or ask in "
            "another channel. Nothing was spent."
        )
    return (
        f"That is too long: {takes} with its files, and {fit}. "
        "Please shorten it or ask about a part. Nothing was spent."
    )


def _named(pins: Sequence[str]) -> str:
    """Return the names of what is pinned, as many as can be read."""
    names = [f"“{plain_text(name)}”" for name in pins[:MOST_NAMES]]
    rest = len(pins) - len(names)
    return ", ".join(names) + (f" and {rest:,} more" if rest else "")


def _somebody_elses(error: NotYours | NotOwner) -> str:
    match error:
        case NotOwner(owner_id=owner_id):
            owner = f", <@{owner_id}>," if owner_id else ""
            return f"Only this thread's owner{owner} can do that."
        case NotYours(moderators=True):
            return "Only the person who asked, or a moderator, can do that."
        case _:
            return "Only the person who asked can do that. You can ask the same yourself."


def _files(unread: Sequence[str]) -> str:
    return "".join(f" {plain_text(note)}." for note in unread)


def _quota(error: QuotaReached) -> str:
    limit = amount_words(error.meter, error.limit)
    whose = _WHOSE.get(error.scope, _WHOSE["default"])
    whose = whose.format(limit=limit, window=window_words(error.window))
    is_one = error.left == 1 or error.meter == "cost"
    left = f"{amount_words(error.meter, error.left)} {'is' if is_one else 'are'} left"
    if error.held:
        left += (
            f", with {amount_words(error.meter, error.held)} held by answers still being written"
        )
    needs = f"needs at least {amount_words(error.meter, error.needed)}"
    if error.needed > error.limit + error.granted and error.meter != "requests":
        return (
            f"{whose} is too small for this question, which {needs}; {left}. A shorter question "
            "may fit, or a higher limit from whoever manages them. Nothing was spent."
        )
    if error.left and error.meter != "requests":
        left += f", and this question {needs}"
    resets = f"It resets {relative(error.resets_at)}."
    return f"{whose} is reached: {left}. {resets} Nothing was spent."


def _model(error: ModelError) -> str:
    """Say what the model, its provider or OpenRouter did, and what to do next."""
    match error:
        case InvalidRequest():
            return (
                "The model did not accept this question; it may be too long for it. "
                "Try a shorter one, or ask in a new thread."
            )
        case KeyRejected():
            return (
                "OpenRouter does not accept this bot's key, so nobody can be answered now. "
                "Please tell whoever runs this bot."
            )
        case CreditsExhausted():
            return (
                "This bot's credits at OpenRouter are used up, so nobody can be answered now. "
                "Please tell whoever runs this bot."
            )
        case Moderated(reasons=reasons):
            named = f" ({', '.join(map(plain_text, reasons))})" if reasons else ""
            return f"A moderation filter refused these words{named}. Try to put it differently."
        case NoEndpoint():
            return (
                "Nobody serves the model at the moment. Try again later; "
                "if it lasts, tell whoever runs this bot."
            )
        case RateLimited():
            return f"The model is being asked too much at the moment. {_again(error)}"
        case ProviderTrouble():
            return f"The model's provider is in trouble at the moment. {_again(error)}"
        case Unreachable():
            return f"OpenRouter could not be reached. {_again(error)}"
        case EmptyAnswer():
            return f"The model ended without a word. {_again(error)}"
        case StreamBroken():
            return f"The answer broke off: the connection to the model was lost. {_again(error)}"
        case _:
            return f"The model could not answer. {_again(error)}"


def _again(error: ModelError) -> str:
    if error.retry_after and error.retry_after >= 1:
        seconds = round(error.retry_after)
        return f"Please try again in {seconds} second{'' if seconds == 1 else 's'}."
    return "Please try again in a moment."


def _cost(error: ModelError) -> str:
    if error.begun:
        return "What was used up to then is charged."
    return "It cost nothing."


def _storage(error: StorageTrouble) -> str:
    if error.kind == "busy":
        return "My memory is very busy at the moment. Please try again in a moment."
    return (
        "I can't use my memory at the moment, so I can't answer. Please tell whoever runs this bot."
    )


def _sentence(advice: str) -> str:
    advice = advice.strip()
    return advice if advice.endswith((".", "!", "?")) else f"{advice}."


_SPECIAL = re.compile(r"[\\*_~`|<\[\]]|^\s*(?:[>#+-]|\d+[.)])", re.MULTILINE)
_TURNS_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain_text(text: str) -> str:
    """Return somebody's words so that Discord shows them as they are: no Markdown, no mentions.

    Control characters go, and so do those that would turn the direction of what follows. The
    result can be up to twice as long.
    """
    kept = "".join(
        c
        for c in text
        if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _TURNS_DIRECTION)
    )
    return _SPECIAL.sub(lambda match: _escape_last(match.group()), kept)


def _escape_last(special: str) -> str:
    return f"{special[:-1]}\\{special[-1]}"
