"""Discord's rate limits with their real numbers, headers and refusals."""

import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

GLOBAL_PER_SECOND = 50
INVALID_REQUESTS = 10_000
INVALID_WINDOW_S = 600.0

OLD_MESSAGE_S = 3600.0
"""A message older than this has its own, lower limit for edits."""

_OLD_EDITS_SPENT = 30046
_MANY_WINDOWS = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say to a request: headers for its answer, or a 429 with this body.

    Serve the request where `retry_after` (seconds) is None. `body` is None on a 429 that comes
    from Discord's front door instead of its API: such an answer is text and has no Via.
    """

    headers: dict[str, str]
    retry_after: float | None = None
    is_global: bool = False
    body: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What is used of one limit; `major` is the channel, server or token that it belongs to."""

    bucket: str
    major: str
    used: int
    limit: int
    resets_in: float


@dataclass(frozen=True, slots=True)
class _Rule:
    """So many requests in so many seconds."""

    limit: int
    per_s: float


@dataclass(slots=True)
class _Window:
    """A fixed window, which starts with its first request."""

    rule: _Rule
    starts_at: float = -math.inf
    used: int = 0

    def ends_at(self, now: float) -> float:
        return (self.starts_at if self.is_running(now) else now) + self.rule.per_s

    def left(self, now: float) -> int:
        return self.rule.limit - (self.used if self.is_running(now) else 0)

    def take(self, now: float) -> None:
        if not self.is_running(now):
            self.starts_at = now
            self.used = 0
        self.used += 1

    def is_running(self, now: float) -> bool:
        return now < self.starts_at + self.rule.per_s


@dataclass(frozen=True, slots=True)
class _Route:
    """A request's place among the limits: its bucket, the bucket's owner, and its rule."""

    bucket: str
    major: str
    rule: _Rule
    is_exempt_from_global: bool = False


# The first five are measured, on Discord itself; Discord promises none of them. The rest are of
# the size that bots see there: what matters is that a careless bot meets them.
_CREATE = _Rule(5, 5)
_EDIT = _Rule(5, 5)
_OLD_EDIT = _Rule(3, 6)
_TOKEN = _Rule(5, 2)
_RENAME = _Rule(2, 600)
_CALLBACK = _Rule(50, 1)
_TYPING = _Rule(5, 5)
_DELETE = _Rule(5, 1)
_REACTION = _Rule(1, 0.25)
_DEFAULT = _Rule(10, 10)

_RULES = {
    "POST /channels/:id/messages": _CREATE,
    "PATCH /channels/:id/messages/:id": _EDIT,
    "DELETE /channels/:id/messages/:id": _DELETE,
    "POST /channels/:id/typing": _TYPING,
    "PUT /channels/:id/messages/:id/reactions/:emoji/@me": _REACTION,
    "DELETE /channels/:id/messages/:id/reactions/:emoji/@me": _REACTION,
}

_MAJOR = re.compile(r"^/(?:channels|guilds|webhooks)/(\d+)")
_TOKEN_ROUTE = re.compile(r"^/webhooks/(\d+)/([^/]+)")
_CALLBACK_ROUTE = re.compile(r"^/interactions/(\d+)/([^/]+)/callback$")
_VERSION = re.compile(r"^/api(?:/v\d+)?(?=/)")


@dataclass(slots=True)
class RateLimits:
    """Count a bot's requests against Discord's limits; the clock says seconds since 1970."""

    clock: Callable[[], float]
    _windows: dict[tuple[str, str], _Window] = field(default_factory=dict)
    _global: _Window = field(default_factory=lambda: _Window(_Rule(GLOBAL_PER_SECOND, 1)))
    _most_windows: int = _MANY_WINDOWS
    _invalid: _Window = field(
        default_factory=lambda: _Window(_Rule(INVALID_REQUESTS, INVALID_WINDOW_S))
    )

    def take(
        self,
        method: str,
        path: str,
        *,
        message_age_s: float | None = None,
        renames: bool = False,
    ) -> Verdict:
        """Count a request, or refuse it and count nothing.

        `message_age_s` is the age of a message that is edited in its channel; `renames` tells
        that a channel's or thread's name changes.
        """
        now = self.clock()
        if self._invalid.left(now) <= 0:
            return self._blocked(now)
        route = _route_of(method.upper(), path)
        if not route.is_exempt_from_global and self._global.left(now) <= 0:
            return self._refused_globally(now)
        window = self._window(route.bucket, route.major, route.rule)
        if window.left(now) <= 0:
            return _refused(route, window, window, now)
        hidden = self._hidden_window(route, message_age_s, renames)
        if hidden is not None and hidden.left(now) <= 0:
            code = _OLD_EDITS_SPENT if hidden.rule is _OLD_EDIT else 0
            return _refused(route, window, hidden, now, code)
        for counted in (window, hidden, None if route.is_exempt_from_global else self._global):
            if counted is not None:
                counted.take(now)
        return Verdict(_headers(route, window, now))

    def note_invalid(self) -> None:
        """Count an answer with status 401, 403 or 429; 10,000 in ten minutes block the bot."""
        self._invalid.take(self.clock())

    def running(self) -> list[Spent]:
        """Return what is spent of every limit whose window runs, the whole bot's first."""
        now = self.clock()
        windows = {("everything", ""): self._global, **self._windows}
        return [
            Spent(bucket, major, window.used, window.rule.limit, window.ends_at(now) - now)
            for (bucket, major), window in windows.items()
            if window.is_running(now)
        ]

    def _window(self, bucket: str, major: str, rule: _Rule) -> _Window:
        if len(self._windows) > self._most_windows:
            # Every interaction brings windows of its own: forget those that have ended.
            now = self.clock()
            self._windows = {k: w for k, w in self._windows.items() if w.is_running(now)}
            self._most_windows = 2 * len(self._windows) + _MANY_WINDOWS
        return self._windows.setdefault((bucket, major), _Window(rule))

    def _hidden_window(
        self, route: _Route, message_age_s: float | None, renames: bool
    ) -> _Window | None:
        if renames:
            return self._window("a channel's name", route.major, _RENAME)
        if message_age_s is not None and message_age_s > OLD_MESSAGE_S and route.rule is _EDIT:
            return self._window("edits of old messages", route.major, _OLD_EDIT)
        return None

    def _blocked(self, now: float) -> Verdict:
        retry_after = self._invalid.ends_at(now) - now
        return Verdict({"Retry-After": str(math.ceil(retry_after))}, retry_after)

    def _refused_globally(self, now: float) -> Verdict:
        retry_after = _milliseconds(self._global.ends_at(now) - now)
        headers = {
            "Via": "1.1 google",
            "Retry-After": str(math.ceil(retry_after)),
            "X-RateLimit-Global": "true",
            "X-RateLimit-Scope": "global",
        }
        return Verdict(headers, retry_after, True, _body(retry_after, is_global=True))


def _route_of(method: str, path: str) -> _Route:
    path = _VERSION.sub("", path.partition("?")[0])
    if callback := _CALLBACK_ROUTE.match(path):
        return _Route("callback", "/".join(callback.groups()), _CALLBACK, True)
    if token := _TOKEN_ROUTE.match(path):
        # One bucket for whatever is done with an interaction's token: original and follow-ups.
        return _Route("interaction token", "/".join(token.groups()), _TOKEN, True)
    major = _MAJOR.match(path)
    template = re.sub(r"/reactions/[^/]+", "/reactions/:emoji", path)
    bucket = f"{method} {re.sub(r'/[0-9]+(?=/|$)', '/:id', template)}"
    rule = _RULES.get(bucket, _DEFAULT)
    return _Route(bucket, major[1] if major else "", rule)


def _headers(route: _Route, window: _Window, now: float) -> dict[str, str]:
    ends_at = window.ends_at(now)
    bucket = hashlib.sha256(route.bucket.encode()).hexdigest()[:32]
    return {
        "X-RateLimit-Limit": str(window.rule.limit),
        "X-RateLimit-Remaining": str(window.left(now)),
        "X-RateLimit-Reset": f"{ends_at:.3f}",
        "X-RateLimit-Reset-After": f"{_milliseconds(ends_at - now):.3f}",
        "X-RateLimit-Bucket": bucket,
    }


def _refused(route: _Route, shown: _Window, spent: _Window, now: float, code: int = 0) -> Verdict:
    retry_after = _milliseconds(spent.ends_at(now) - now)
    headers = _headers(route, shown, now) | {
        "Via": "1.1 google",
        "Retry-After": str(math.ceil(retry_after)),
        "X-RateLimit-Scope": "user",
    }
    return Verdict(headers, retry_after, body=_body(retry_after, code=code))


def _body(retry_after: float, *, is_global: bool = False, code: int = 0) -> dict[str, Any]:
    message = "You are being rate limited."
    if code == _OLD_EDITS_SPENT:
        message = "Maximum number of edits to messages older than 1 hour reached. Try again later"
    return {"message": message, "retry_after": retry_after, "global": is_global, "code": code}


def _milliseconds(seconds: float) -> float:
    """Round up to whole milliseconds, so that whoever waits that long does not come too early."""
    return math.ceil(seconds * 1000) / 1000
