"""Words of strangers made safe for a terminal, and Discord's marks for names and times as words."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

from sandbox.discord.world import World

_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them."""
_BREAKS = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": "    "}
_SPANS = (
    ("year", 365 * 86_400),
    ("month", 30 * 86_400),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
    ("second", 1),
)
_FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%d %B %Y",
    "f": "%d %B %Y %H:%M",
    "F": "%A, %d %B %Y %H:%M",
}


def clean(text: str) -> str:
    """Return a text without anything that a terminal would obey instead of showing it."""
    for found, instead in _BREAKS.items():
        text = text.replace(found, instead)
    return "".join(
        c
        for c in text
        if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _TURNING)
    )


def one_line(text: str) -> str:
    """Return a text as `clean` does, its lines joined."""
    return " ".join(clean(text).split())


def relative(seconds: float) -> str:
    """Return a time that lies so far ahead (or back, if negative) in words: "in 3 hours"."""
    away = abs(seconds)
    for name, length in _SPANS:
        if away >= length or (name == "second" and away >= 0.5):
            count = round(away / length)
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"in {words}" if seconds > 0 else f"{words} ago"
    return "now"


class Names:
    """Says what Discord's marks stand for: people, roles, channels and times."""

    def __init__(self, world: World, clock: Callable[[], float] | None = None) -> None:
        self._world = world
        self._clock = clock or world.clock

    def user(self, user_id: int, guild_id: int | None = None) -> str:
        """Return the name that is shown for somebody."""
        user = self._world.users.get(user_id)
        if user is None:
            return "unknown-user"
        guild = self._world.guilds.get(guild_id or 0)
        member = guild.members.get(user_id) if guild else None
        return one_line(member.nick if member and member.nick else user.name) or user.username

    def role(self, role_id: int) -> str:
        """Return a role's name."""
        for guild in self._world.guilds.values():
            if role_id in guild.roles:
                return one_line(guild.roles[role_id].name)
        return "unknown-role"

    def channel(self, channel_id: int) -> str:
        """Return a channel's name, with its mark."""
        channel = self._world.channels.get(channel_id)
        if channel is None:
            return "#unknown"
        if channel.is_dm:
            return f"DM with {self.user(self._world.bot.id)}"
        return f"{'🧵 ' if channel.thread else '#'}{one_line(channel.name)}"

    def place(self, channel_id: int) -> str:
        """Return a channel's name, and for a thread that of its channel before it."""
        channel = self._world.channels.get(channel_id)
        if channel is None or channel.thread is None or channel.parent_id is None:
            return self.channel(channel_id)
        return f"{self.channel(channel.parent_id)} > {self.channel(channel_id)}"

    def is_thread(self, channel_id: int) -> bool:
        """Tell whether this is a thread."""
        channel = self._world.channels.get(channel_id)
        return channel is not None and channel.thread is not None

    def moment(self, unix: int, style: str) -> str:
        """Return a timestamp as Discord shows it, in the reader's time zone."""
        if style == "R":
            return relative(unix - self._clock())
        try:
            local = datetime.fromtimestamp(unix).astimezone()
        except (OverflowError, OSError, ValueError):
            return "some time"
        return local.strftime(_FORMATS.get(style, _FORMATS["f"]))
