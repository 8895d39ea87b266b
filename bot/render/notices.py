"""Turns every error of ours into a sentence for a person: what happened, its cost, what next."""

import re
import unicodedata
from collections.abc import Sequence

from bot.errors import (
    AccessDenied,
    AlreadyEnded,
    AnswerTooLong,
    BeingWritten,
    CreditsExhausted,
    Detail,
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
    QuoteForgotten,
    QuoteGone,
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
from bot.notes import Unread
from bot.quota.rules import Scope
from bot.render.admissions import denied_words
from bot.render.amounts import amount_words, limit_words, relative
from bot.words import all_of, choice, joined, knows, option, permission, say

MOST_NAMES = 5
"""So many pinned things are named; the shelf shows all."""

_REFUSALS: dict[type[Refused], str] = {
    PriceUnknown: "price-unknown",
    Repeated: "repeated",
    PlaceClosed: "place-closed",
    Withdrawn: "withdrawn",
    Forgotten: "forgotten",
    QuoteForgotten: "quote-forgotten",
    QuoteGone: "quote-gone",
    BeingWritten: "being-written",
    NothingThere: "nothing-there",
    ThinkingHidden: "thinking-hidden",
    AlreadyEnded: "already-ended",
    ProposalGone: "proposal-gone",
    ShuttingDown: "shutting-down",
}

_TRY_ANEW: dict[type[ModelError], str] = {
    InvalidRequest: "invalid-request",
    KeyRejected: "key-rejected",
    CreditsExhausted: "credits-exhausted",
    NoEndpoint: "no-endpoint",
}
"""What was wrong with the model, where the sentence itself says what to do next."""

_TRY_AGAIN: dict[type[ModelError], str] = {
    RateLimited: "rate-limited",
    ProviderTrouble: "provider-trouble",
    Unreachable: "unreachable",
    EmptyAnswer: "empty-answer",
    StreamBroken: "stream-broken",
}
"""What was wrong with the model, where the same question may be answered later."""


def notice(error: Exception) -> str:
    """Return what to tell a person about an error; nothing of its internals."""
    match error:
        case Refused():
            return _refused(error)
        case ModelError(begun=True):
            return say("with-cost-begun", what=_model(error))
        case ModelError():
            return say("with-cost-none", what=_model(error))
        case ScreenGone():
            return say("screen-gone")
        case StorageTrouble(kind="busy"):
            return say("storage-busy")
        case StorageTrouble():
            return say("storage-trouble")
        case DiscordUnreachable():
            return say("discord-unreachable")
        case _:
            return say("unknown-error")


def _refused(error: Refused) -> str:
    match error:
        case QuotaReached():
            return _quota(error)
        case QuestionEmpty(unread=unread):
            return say("question-empty", files=_files(unread))
        case NothingToRead(unread=unread):
            return say("nothing-to-read", files=_files(unread))
        case QueueFull(waiting=waiting):
            return say("queue-full", waiting=waiting)
        case QuestionTooLong():
            return _too_long(error)
        case NotAllowed(who="bot"):
            return say("not-allowed-me", permission=_permissions(error))
        case NotAllowed():
            return say("not-allowed-you", permission=_permissions(error))
        case NotYours() | NotOwner():
            return _somebody_elses(error)
        case AccessDenied():
            return denied_words(error)
        case NotHere():
            return say("not-here", advice=_advice(error))
        case InvalidChoice():
            options = joined([option(it) for it in error.option.split(", ")])
            return say("does-not-fit", option=options, advice=_advice(error))
        case _:
            return say(_REFUSALS.get(type(error), "refused"))


def _permissions(error: NotAllowed) -> str:
    return all_of([permission(it) for it in error.permission.split(" and ")])


def _advice(error: NotHere | InvalidChoice) -> str:
    """Return what to do instead; what is no message of the catalogue is a sentence already."""
    if not knows(error.advice):
        return _sentence(error.advice)
    values = {name: _value(name, it, error) for name, it in error.values.items()}
    return say(error.advice, **values)


def _value(name: str, value: Detail, error: NotHere | InvalidChoice) -> str | int:
    """Return what a sentence is about: of what can be chosen, the words that people choose."""
    about = error.option if isinstance(error, InvalidChoice) else name
    match value:
        case int():
            return value
        case tuple():
            return joined([choice(about, it) for it in value])
        case _:
            known = choice(name, value)
            return known if known != value else choice(about, value)


def _too_long(error: QuestionTooLong) -> str:
    if isinstance(error, AnswerTooLong):
        return say("too-long-to-continue", tokens=error.tokens, limit=error.limit)
    if error.pins:
        pinned = _named(error.pins)
        return say("too-long-pinned", tokens=error.tokens, limit=error.limit, pinned=pinned)
    if error.persona:
        return say("too-long-persona", persona=error.persona, limit=error.limit)
    return say("too-long", tokens=error.tokens, limit=error.limit)


def _named(pins: Sequence[str]) -> str:
    """Return the names of what is pinned, as many as can be read."""
    names = [say("quoted-name", name=plain_text(name)) for name in pins[:MOST_NAMES]]
    rest = len(pins) - len(names)
    return all_of([joined(names), say("and-more", count=rest)]) if rest else joined(names)


def _somebody_elses(error: NotYours | NotOwner) -> str:
    match error:
        case NotOwner(owner_id=owner_id):
            return say("not-owner-but", owner=f"<@{owner_id}>") if owner_id else say("not-owner")
        case NotYours(moderators=True):
            return say("not-yours-moderators")
        case _:
            return say("not-yours")


def _files(unread: Sequence[Unread]) -> str:
    return "".join(say("file-sentence", note=unread_words(it)) for it in unread)


def unread_words(unread: Unread) -> str:
    """Return which file the model did not see, and why."""
    name, problem = plain_text(unread.file), unread.problem
    if problem == "unread-too-large":
        problem = say("unread-too-large", kilobytes=int(unread.about))
    elif knows(problem):
        problem = say(problem, about=plain_text(unread.about))
    return say("unread-line", file=name, problem=problem)


def _quota(error: QuotaReached) -> str:
    limit = limit_words(error.meter, error.limit, error.window)
    scope = error.scope if error.scope in set(Scope) else Scope.DEFAULT
    whose = say(f"whose-{scope}", limit=limit)
    count = 1 if error.meter == "cost" else error.left
    left = say("quota-left", count=count, amount=amount_words(error.meter, error.left))
    if error.held:
        left += say("quota-held", amount=amount_words(error.meter, error.held))
    needed = amount_words(error.meter, error.needed)
    if error.needed > error.limit + error.granted and error.meter != "requests":
        return say("quota-too-small", whose=whose, needed=needed, left=left)
    if error.left and error.meter != "requests":
        left += say("quota-needs", amount=needed)
    return say("quota-reached", whose=whose, left=left, resets=relative(error.resets_at))


def _model(error: ModelError) -> str:
    """Say what the model, its provider or OpenRouter did, and what to do next."""
    kind = type(error)
    if kind in _TRY_ANEW:
        return say(_TRY_ANEW[kind])
    if isinstance(error, Moderated):
        reasons = joined([plain_text(it) for it in error.reasons])
        return say("moderated-for", reasons=reasons) if reasons else say("moderated")
    return say(_TRY_AGAIN.get(kind, "model-error"), again=_again(error))


def _again(error: ModelError) -> str:
    if error.retry_after and error.retry_after >= 1:
        return say("again-in", seconds=round(error.retry_after))
    return say("again-soon")


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
