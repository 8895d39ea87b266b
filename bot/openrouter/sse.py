"""Server-sent events out of bytes, however the network cut them; no I/O."""

from typing import NamedTuple

BOM = b"\xef\xbb\xbf"
LONGEST_EVENT = 16 * 1024 * 1024
"""Bytes; a whole answer of MiniMax-M1 is far below one megabyte."""


class EventTooLong(ValueError):
    """Say that an event goes on and on without an end."""


class Comment(NamedTuple):
    """A line that only keeps the connection alive."""

    text: bytes


Event = bytes | Comment
"""An event's data, or a comment; the other fields mean nothing to OpenRouter."""


class EventDecoder:
    """Cuts a stream of bytes into events.

    Lines end at CR, LF or CRLF alone: `splitlines` would also cut at U+2028 inside JSON. Data stays
    bytes, so that a character cut in two by the network is whole again before anybody reads it.
    """

    def __init__(self, longest: int = LONGEST_EVENT) -> None:
        self._longest = longest
        self._began = False
        self._after_cr = False
        self._parts: list[bytes] = []
        self._data: list[bytes] = []
        self._size = 0

    def decode(self, received: bytes) -> list[Event]:
        """Take bytes; return the events that are complete now; raise `EventTooLong`."""
        if self._size > self._longest:
            raise EventTooLong(self._size)
        if not self._began and not (received := self._without_bom(received)):
            return []
        if self._after_cr and received:
            self._after_cr = False
            received = received.removeprefix(b"\n")
        if b"\r" in received:
            self._after_cr = received.endswith(b"\r")
            received = received.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\n" not in received:
            self._wait(received)
            return []
        if self._parts:
            received = b"".join(self._parts) + received
            self._parts.clear()
        *lines, rest = received.split(b"\n")
        events = self._take(lines)
        self._size = sum(map(len, self._data))
        self._wait(rest)
        return events

    def flush(self) -> list[Event]:
        """Return what stands at the stream's end without the empty line that should follow it."""
        rest = b"".join(self._parts)
        self._parts.clear()
        return self._take([rest, b""])

    def _without_bom(self, received: bytes) -> bytes:
        """Return the bytes without a byte order mark, or nothing while it may still be one."""
        received = b"".join(self._parts) + received
        self._parts.clear()
        if len(received) < len(BOM) and BOM.startswith(received):
            self._parts.append(received)
            return b""
        self._began = True
        return received.removeprefix(BOM)

    def _wait(self, rest: bytes) -> None:
        if rest:
            self._parts.append(rest)
            self._size += len(rest)

    def _take(self, lines: list[bytes]) -> list[Event]:
        events: list[Event] = []
        data = self._data
        for line in lines:
            if line.startswith(b"data:"):
                data.append(line[6:] if line.startswith(b" ", 5) else line[5:])
            elif not line:
                if data:
                    events.append(b"\n".join(data) if len(data) > 1 else data[0])
                    data.clear()
            elif line.startswith(b":"):
                events.append(Comment(line[1:].strip()))
            elif line == b"data":
                data.append(b"")
        return events
