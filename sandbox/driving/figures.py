"""What Discord and OpenRouter see of the bot, in figures."""

import time
from collections.abc import Callable

from sandbox.discord.limits import GLOBAL_PER_SECOND, Spent
from sandbox.discord.model import Channel, Json
from sandbox.discord.server import DiscordServer
from sandbox.openrouter.server import OpenRouterServer

MOST_LIMITS = 5
"""Rate limits that are shown: those of which the most is spent."""


class Figures:
    """Reads both servers; `router` is None where the real OpenRouter answers."""

    def __init__(
        self,
        discord: DiscordServer,
        router: OpenRouterServer | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._discord = discord
        self._router = router
        self._clock = clock

    def read(self, sees: Callable[[Channel], bool]) -> Json:
        """Return the figures of the last second, and the totals; name channels that one `sees`."""
        return {"discord": self._of_discord(sees), "openrouter": self._of_openrouter()}

    def _of_discord(self, sees: Callable[[Channel], bool]) -> Json:
        exchanges = self._discord.exchanges
        since = self._discord.world.clock() - 1
        last_second = 0
        for exchange in reversed(exchanges):
            if exchange.at < since:
                break
            last_second += 1
        limits = sorted(
            self._discord.limits.running(), key=lambda each: each.used / each.limit, reverse=True
        )
        return {
            "online": any(each.connection for each in self._discord.gateway.sessions.values()),
            "connections": self._discord.gateway.identifies + self._discord.gateway.resumes,
            "resumes": self._discord.gateway.resumes,
            "requests_a_second": last_second,
            "most_a_second": GLOBAL_PER_SECOND,
            "requests": exchanges.total,
            "too_many_requests": exchanges.too_many_requests,
            "server_errors": exchanges.server_errors,
            "limits": [self._limit(each, sees) for each in limits[:MOST_LIMITS]],
        }

    def _limit(self, spent: Spent, sees: Callable[[Channel], bool]) -> Json:
        number = int(spent.major) if spent.major.isdecimal() else 0
        channel = self._discord.world.channels.get(number)
        named = channel is not None and not channel.is_dm and sees(channel)
        return {
            "what": spent.bucket,
            "where": channel.name if channel is not None and named else "",
            "used": spent.used,
            "limit": spent.limit,
            "resets_in": round(spent.resets_in, 2),
        }

    def _of_openrouter(self) -> Json | None:
        if self._router is None:
            return None
        return {
            "tokens": round(self._router.tokens_sent),
            "at": self._clock(),
            "streaming": len(self._router.streaming),
            "requests": self._router.asked,
            "too_many_requests": self._router.too_many_requests,
            "cost_micros": round(self._router.spent * 1_000_000),
        }
