"""How gateway messages are packed: as text, or in one long zlib or zstd stream."""

import json
import zlib
from typing import Any, Protocol

import zstandard


class Packer(Protocol):
    """Turns one gateway message into a frame."""

    def pack(self, payload: Any) -> str | bytes:
        """Return a frame's content: text, or bytes where it is compressed."""
        ...


class Plain:
    """Sends text."""

    def pack(self, payload: Any) -> str:
        """Return a frame's content."""
        return json.dumps(payload, separators=(",", ":"))


class Zlib:
    """Sends one zlib stream in pieces, each flushed so that it can be read at once."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, payload: Any) -> bytes:
        """Return a frame's content."""
        packed = self._stream.compress(json.dumps(payload).encode())
        return packed + self._stream.flush(zlib.Z_SYNC_FLUSH)


class Zstd:
    """Sends one zstd stream in pieces, each flushed so that it can be read at once."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdCompressor().compressobj()

    def pack(self, payload: Any) -> bytes:
        """Return a frame's content."""
        packed = self._stream.compress(json.dumps(payload).encode())
        return packed + self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


def packer(compress: str | None) -> Packer | None:
    """Return the packer that a connection asks for by its `compress`, or None if there is none."""
    kinds: dict[str | None, type[Plain | Zlib | Zstd]] = {
        None: Plain,
        "": Plain,
        "zlib-stream": Zlib,
        "zstd-stream": Zstd,
    }
    kind = kinds.get(compress)
    return None if kind is None else kind()
