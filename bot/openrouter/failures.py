"""What OpenRouter's errors mean, and whether another try is worth it; no I/O."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.errors import (
    CreditsExhausted,
    EmptyAnswer,
    InvalidRequest,
    KeyRejected,
    ModelError,
    Moderated,
    NoEndpoint,
    ProviderTrouble,
    RateLimited,
    StreamBroken,
    Unreachable,
)
from bot.openrouter.telling import ELSE, Said, provider_of, told
from bot.openrouter.wire import field, number
from bot.streaming import Prompt

KINDS: dict[int, type[ModelError]] = {
    401: KeyRejected,
    402: CreditsExhausted,
    403: Moderated,
    404: NoEndpoint,
    408: ProviderTrouble,
    429: RateLimited,
}
WORTH_THREE_TRIES = frozenset({408, 502, 503, 504, 524, 529})
NAMED_CODES = {
    "context_length_exceeded": 400,
    "insufficient_quota": 402,
    "invalid_prompt": 400,
    "invalid_request_error": 400,
    "rate_limit_exceeded": 429,
    "server_error": 500,
    "timeout": 408,
}
"""Codes that come as words, in the status they stand for."""

LONGEST_DETAIL = 200
LONGEST_WAIT = 86_400.0
KEY = re.compile(r"sk-[\w-]{6,}")


def status_of(error: object, http_status: int | None = None) -> int | None:
    """Return an error's status: HTTP's where that tells, else its code's, in any of its forms."""
    if http_status is not None and http_status != 200:
        return http_status
    code = field(error, "code")
    if isinstance(code, str) and code in NAMED_CODES:
        return NAMED_CODES[code]
    figure = number(code)
    return int(figure) if figure is not None and 100 <= figure <= 999 else None


def translate(
    error: object,
    prompt: Prompt | None,
    *,
    http_status: int | None = None,
    generation_id: str | None = None,
    retry_after: float | None = None,
) -> ModelError:
    """Return what OpenRouter said instead of an answer as the error that it means."""
    status = status_of(error, http_status)
    kind = KINDS.get(status or 500)
    if kind is None:
        kind = InvalidRequest if status is not None and 300 <= status < 500 else ProviderTrouble
    retryable = field(error, "availability", "retryable")
    if isinstance(retryable, bool) and status not in (401, 402, 403, 429):
        kind = ProviderTrouble if retryable else NoEndpoint
    wait = retry_after
    if wait is None:
        wait = seconds(field(error, "availability", "retry_after"))
    failure = kind(
        status=status,
        detail=_described(error, prompt),
        generation_id=generation_id,
        retry_after=wait,
    )
    if isinstance(failure, Moderated):
        failure.reasons = reasons(field(error, "metadata", "reasons"))
    return failure


def most_tries(error: ModelError) -> int:
    """Return how often a request is made in all when this went wrong before a word came."""
    match error:
        case Unreachable() | RateLimited() | EmptyAnswer() | StreamBroken():
            return 3
        case ProviderTrouble(status=status):
            told_to = status != 500 and error.retry_after is not None
            return 3 if status in WORTH_THREE_TRIES or told_to else 2
        case _:
            return 1


def retry_after(headers: Mapping[str, str], now: Callable[[], datetime]) -> float | None:
    """Return how long the headers ask to wait, in seconds."""
    asked = headers.get("Retry-After", "").strip()
    wait = seconds(asked)
    if wait is not None or not asked:
        return wait
    try:
        return seconds((parsedate_to_datetime(asked) - now()).total_seconds(), past=0.0)
    except (TypeError, ValueError):  # no date, or one without a time zone
        return None


def seconds(value: object, past: float | None = None) -> float | None:
    """Return a time to wait, at most a day; `past` stands for one that is over."""
    figure = number(value)
    if figure is None:
        return None
    return min(float(figure), LONGEST_WAIT) if figure >= 0 else past


def _described(error: object, prompt: Prompt | None) -> str:
    """Return for the log who said what: of what may repeat a prompt, nothing that stands in it."""
    message = error if isinstance(error, str) else field(error, "message")
    if prompt is None:
        return detail(message)
    code, said = field(error, "code"), Said(prompt)
    parts = (
        provider_of(field(error, "metadata", "provider_name"), said),
        told(code[:LONGEST_DETAIL], said) if isinstance(code, str) else "",
        _guarded(message, said) if isinstance(message, str) else "",
    )
    return ": ".join(part for part in parts if part)


def _guarded(message: str, said: Said) -> str:
    words = told(message[: 4 * LONGEST_DETAIL], said)
    if len(words) > LONGEST_DETAIL:
        words = words[:LONGEST_DETAIL].rpartition(" ")[0]
    return f"{words} ({len(message)} characters)"


def detail(message: object) -> str:
    """Return a short message without secrets, of what knows nothing of any prompt."""
    if not isinstance(message, str):
        return ""
    words = " ".join(message[: 4 * LONGEST_DETAIL].split())
    words = KEY.sub("***", "".join(c for c in words if c.isprintable()))
    return words if len(words) <= LONGEST_DETAIL else words[: LONGEST_DETAIL - 1] + ELSE


def reasons(told: object) -> tuple[str, ...]:
    """Return moderation's reasons: a few short words each, never what was flagged."""
    if not isinstance(told, list):
        return ()
    return tuple(words[:60] for reason in told[:8] if (words := detail(reason)))
