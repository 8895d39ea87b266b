"""A process that draws the pictures it reads, and writes their PNGs, until nobody asks any more.

Both ways go through pipes: four bytes that tell a length, and so many bytes. An empty answer says
that the picture can't be drawn.
"""

import sys
from typing import BinaryIO

import msgspec

from bot.render.drawing.draw import draw
from bot.render.markdown.parts import Picture

LENGTH = 4
"""Bytes that tell how many follow."""


def framed(content: bytes) -> bytes:
    """Return what is sent for this."""
    return len(content).to_bytes(LENGTH, "big") + content


def main(asked: BinaryIO, drawn: BinaryIO) -> None:
    """Draw until the pipe ends."""
    while head := asked.read(LENGTH):
        picture = msgspec.msgpack.decode(asked.read(int.from_bytes(head, "big")), type=Picture)
        drawn.write(framed(draw(picture) or b""))
        drawn.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
