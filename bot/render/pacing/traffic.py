"""Every request to Discord passes here: none beyond the whole bot's limit, and each one teaches.

aiohttp tells of each request before it goes out and waits for whoever listens; discord.py lets a
bot listen (`http_trace`). So the pacer's own requests, and all others with them (commands, threads,
typing, deletions), share one budget, and no caller can forget to ask.
"""

from collections.abc import Callable, Mapping
from itertools import count
from types import SimpleNamespace

import aiohttp

from bot.render.pacing.lanes import Heard, Lane, Urgency
from bot.render.pacing.pacer import Pacer, Permit, permit_in_use

TOO_MANY = 429

_UNCOUNTED = ("/interactions/", "/webhooks/")
"""Routes of interactions, which Discord's global limit leaves out."""

_CAREFUL = 5.0
"""Seconds to rest after a 429 that does not say for how long."""


def traffic_of(pacer: Pacer, base: Callable[[], str]) -> aiohttp.TraceConfig:
    """Return what discord.py's session has to be told of; `base` is where the API begins."""
    traffic = _Traffic(pacer, base)
    config = aiohttp.TraceConfig()
    config.on_request_start.append(traffic.begin)
    config.on_request_end.append(traffic.end)
    config.on_request_exception.append(traffic.fail)
    return config


class _Traffic:
    def __init__(self, pacer: Pacer, base: Callable[[], str]) -> None:
        self._pacer = pacer
        self._base = base
        self._numbers = count(1)

    async def begin(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Let a request go out; one that no permit was asked for waits for one here."""
        del session
        context.permit = context.own = None
        address, base = str(params.url), self._base()
        if not address.startswith(base):
            return  # the gateway, or a file
        permit = permit_in_use()
        if permit is not None and permit.begin_request():
            context.permit = permit
            return
        if address.startswith(_UNCOUNTED, len(base)):
            return
        own = self._pacer.permit(Lane.other(next(self._numbers)), Urgency.NOTICE)
        await own.__aenter__()
        own.begin_request()
        context.permit = context.own = own

    async def end(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        """Learn from an answer's headers."""
        del session
        permit: Permit | None = context.permit
        if permit is not None:
            headers = params.response.headers
            permit.hear(heard_in(headers))
            if params.response.ok:
                permit.accept()
            elif params.response.status == TOO_MANY:
                everywhere = "X-RateLimit-Global" in headers
                permit.rest(_seconds(headers.get("Retry-After")), everywhere=everywhere)
        await self._give_back(context)

    async def fail(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        """Give the permit of a request back that got no answer."""
        del session, params
        await self._give_back(context)

    async def _give_back(self, context: SimpleNamespace) -> None:
        own: Permit | None = context.own
        if own is not None:
            context.own = None
            await own.__aexit__(None, None, None)


def heard_in(headers: Mapping[str, str]) -> Heard | None:
    """Return what an answer says of its bucket, or None where it says nothing readable."""
    try:
        return Heard(
            limit=int(headers["X-RateLimit-Limit"]),
            left=int(headers["X-RateLimit-Remaining"]),
            resets_in=float(headers["X-RateLimit-Reset-After"]),
        )
    except (KeyError, ValueError):
        return None


def _seconds(header: str | None) -> float:
    """Return a Retry-After header's seconds, or a careful guess where it says nothing."""
    try:
        return max(0.0, float(header or ""))
    except ValueError:
        return _CAREFUL
