"""Processes of a benchmark: started, asked line by line, and ended."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[1]

PATIENCE = 60.0
"""Seconds after which something is broken rather than slow."""

LONGEST_LINE = 1 << 28


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process had cost by some time: seconds of CPU, bytes of memory."""

    at: float
    cpu: float
    rss: float


class Child:
    """A module of this package that runs as a process and answers lines with JSON."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._asking = asyncio.Lock()

    @classmethod
    async def start(
        cls, module: str, *words: str, log: Path, environment: Mapping[str, str] | None = None
    ) -> Self:
        """Start a module; what it logs goes to a file, in whose folder it runs."""
        with log.open("wb") as lines:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *words),
                cwd=log.parent,
                env=plain_environment() | dict(environment or {}),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=lines,
                limit=LONGEST_LINE,
            )
        return cls(process)

    @property
    def has_ended(self) -> bool:
        """Tell whether the process is no more."""
        return self._process.returncode is not None

    async def ask(self, words: str = "") -> Any:
        """Return what the process answers to a line; raise `RuntimeError` where it has ended."""
        async with self._asking:
            if self._process.stdin is not None:
                self._process.stdin.write(words.encode() + b"\n")
                await self._process.stdin.drain()
            return await self.hear()

    async def hear(self) -> Any:
        """Return the next thing that the process says; raise `RuntimeError` where it has ended."""
        line = b""
        if self._process.stdout is not None:
            async with asyncio.timeout(PATIENCE):
                line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process has ended")
        return json.loads(line)

    async def cost(self) -> Cost:
        """Return what the process has cost by now."""
        told = await self.ask("cost")
        return Cost(told["at"], told["cpu"], told["rss"])

    async def stop(self) -> None:
        """End it as an operator does."""
        if self._process.returncode is None:
            self._process.terminate()
        if self._process.stdin is not None:
            self._process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            await self._process.wait()


def plain_environment() -> dict[str, str]:
    """Return what every process of a benchmark is to know, and nothing else of this shell."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT)}
