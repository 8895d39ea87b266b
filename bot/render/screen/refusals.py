"""What Discord's refusals mean for a screen."""

import aiohttp
import discord
import structlog

from bot.errors import OutOfReach, ScreenGone, ThreadlightError

NO_REPLY_ALLOWED = 160002
"""Discord's code for a reply by a bot that may not read the channel's past."""

MESSAGE_GONE = 10008
"""Discord's code for a message that is not there any more."""

ARCHIVED = 50083
"""Discord's code for a message in an archived thread: it can't be edited until that is woken."""

TOKEN_ENDED = frozenset({10015, 10062, 50027})
"""Unknown webhook or interaction; invalid token."""

FILES_REFUSED = frozenset({40005, 50013})
"""Codes with which Discord may mean a message's files: too large, or not permitted."""

_GONE = frozenset({10003, MESSAGE_GONE, 10015, 10062, 50001, 50007, 50013, 50027, ARCHIVED})
"""Unknown channel, message, webhook or interaction; no access, no DMs, no permission; token
ended; thread archived."""

_FOR_GOOD = frozenset({10003, MESSAGE_GONE})
"""Unknown channel or message; what else is refused may be allowed again, or reached by a press."""

UNDONE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What discord.py raises where a request came to nothing: refused, or lost on its way."""

log = structlog.get_logger(__name__)


def told_of(failure: Exception) -> dict[str, object]:
    """Return what the log is told of a request that came to nothing."""
    told: dict[str, object] = {"error": type(failure).__name__}
    if isinstance(failure, discord.HTTPException):
        told |= {"status": failure.status, "code": failure.code}
    return told


class NotPainted(ThreadlightError):
    """Say that Discord could not be reached or was in trouble: the next paint may succeed."""


def meaning_of(error: discord.HTTPException) -> ThreadlightError:
    """Return whether painting again may help."""
    if error.status == 429 or error.status >= 500 or error.code == NO_REPLY_ALLOWED:
        return NotPainted()
    if error.code not in _GONE:
        log.warning("Discord refused a paint", status=error.status, code=error.code)
    return ScreenGone() if error.code in _FOR_GOOD else OutOfReach()
