"""Draws what answers show, in a process of its own, and keeps what was drawn last.

In a thread it would hold up every answer: what turns shapes into pixels lets no other thread run.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Awaitable, Callable

import msgspec
import structlog

from bot.render.drawing.process import LENGTH, framed
from bot.render.markdown.parts import Picture

KEPT = 200
"""Pictures that are kept; each takes some ten kilobytes."""

DRAWN_WITHIN = 10.0
"""Seconds after which whoever draws is taken to be stuck, and a new process begins."""

_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "HOME", "LANG", "SYSTEMROOT")
"""All that the process gets to know of the bot's: no secret is among it."""

log = structlog.get_logger(__name__)


class DrawingProcess:
    """A process that draws one picture after the other; it starts with the first."""

    def __init__(
        self, module: str = "bot.render.drawing.process", *, within: float = DRAWN_WITHIN
    ) -> None:
        self._module = module
        self._within = within
        self._process: Process | None = None

    @property
    def id(self) -> int | None:
        """Return the number of the process, if there is one."""
        return self._process.pid if self._process is not None else None

    async def draw(self, picture: Picture) -> bytes | None:
        """Return a picture's PNG, or None where it can't be drawn; raise `TimeoutError`.

        A process that was ended from outside is replaced, and draws it then.
        """
        for _ in range(2):
            try:
                return await self._try(picture)
            except TimeoutError:
                raise
            except (OSError, EOFError):
                continue
        return None

    async def _try(self, picture: Picture) -> bytes | None:
        try:
            async with asyncio.timeout(self._within):
                return await self._ask(msgspec.msgpack.encode(picture))
        except (OSError, EOFError) as error:  # among them the timeout
            log.warning("drawing a picture failed", error=type(error).__name__)
            await self.close()
            raise

    async def _ask(self, picture: bytes) -> bytes | None:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process was started without pipes")
        process.stdin.write(framed(picture))
        await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
        return await process.stdout.readexactly(size) or None

    async def _start(self) -> Process:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self._module),
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C is for the bot alone
        )
        return self._process

    async def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


class Pictures:
    """All answers' pictures: each is drawn once, one at a time."""

    def __init__(
        self, draw: Callable[[Picture], Awaitable[bytes | None]], *, kept: int = KEPT
    ) -> None:
        self._draw = draw
        self._kept = kept
        self._one_at_a_time = asyncio.Lock()
        self._drawings: dict[Picture, asyncio.Task[bytes | None]] = {}
        self._asked: Counter[Picture] = Counter()
        self._on_paper: Picture | None = None

    def drawing(self, picture: Picture) -> asyncio.Task[bytes | None]:
        """Return the picture's PNG, there or to come; None where it can't be drawn."""
        drawing = self._drawings.pop(picture, None)
        if drawing is None:
            drawing = asyncio.create_task(self._draw_next(picture))
            self._forget_oldest()
        self._drawings[picture] = drawing  # the latest comes last
        if not drawing.done():
            self._asked[picture] += 1
        return drawing

    def let_go(self, picture: Picture) -> None:
        """Take one question for a picture back: one that nobody waits for is not begun."""
        drawing = self._drawings.get(picture)
        if drawing is None or drawing.done():
            return
        self._asked[picture] -= 1
        # One that is begun is drawn to its end: the next would get its bytes.
        if self._asked[picture] <= 0 and picture != self._on_paper:
            self._forget(picture)
            drawing.cancel()

    def _forget(self, picture: Picture) -> None:
        self._drawings.pop(picture, None)
        self._asked.pop(picture, None)

    def _forget_oldest(self) -> None:
        for picture, drawing in list(self._drawings.items())[: -self._kept]:
            if drawing.done():
                self._forget(picture)

    async def _draw_next(self, picture: Picture) -> bytes | None:
        async with self._one_at_a_time:
            self._on_paper = picture
            try:
                png = await self._draw(picture)
            except Exception as error:
                # A timeout may be no fault of the picture: the next answer tries again.
                if not isinstance(error, TimeoutError):
                    log.exception("drawing a picture failed")
                self._forget(picture)
                return None
            finally:
                self._on_paper = None
            self._asked.pop(picture, None)
            return png

    async def close(self) -> None:
        """Draw nothing any more."""
        drawings = list(self._drawings.values())
        for drawing in drawings:
            drawing.cancel()
        await asyncio.gather(*drawings, return_exceptions=True)
