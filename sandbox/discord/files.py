"""The files of messages, as another host of Discord's hands them out."""

import asyncio


class Files:
    """Hands out files, at once or when it is told to, and counts them."""

    def __init__(self) -> None:
        self.asked = 0
        self.handed_out = 0
        self._open = asyncio.Event()
        self._open.set()

    async def hand_out(self) -> None:
        """Wait until files are handed out."""
        self.asked += 1
        await self._open.wait()
        self.handed_out += 1

    def hold(self) -> None:
        """Hand out none from now on."""
        self._open.clear()

    def release(self) -> None:
        """Hand out what was asked for, and all others at once."""
        self._open.set()
