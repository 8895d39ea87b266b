"""Questions that wait for their turn; they may be edited or deleted meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial

from bot.errors import Withdrawn
from bot.messages import Question
from bot.ports import ReadFiles
from bot.turns.opening import Openings
from bot.turns.order import Floor, Turns


class WaitingQuestions:
    """Lets each question wait until its conversation is free, and keeps it as it stands then."""

    def __init__(self, turns: Turns, openings: Openings) -> None:
        self._turns = turns
        self._openings = openings
        self._newest: dict[int, Question | None] = {}
        self._moved: dict[int, asyncio.Event] = {}

    @contextmanager
    def arriving(self, message_id: int | None) -> Generator[None]:
        """Let changes to a message wait until its question does, or is stored, or is none."""
        if message_id is None or message_id in self._moved:
            yield
            return
        self._moved[message_id] = asyncio.Event()
        try:
            yield
        finally:
            self.arrived(message_id)

    def arrived(self, message_id: int | None) -> None:
        """Take note that a message's question is stored: changes to it are found there."""
        if message_id is not None and (moved := self._moved.pop(message_id, None)) is not None:
            moved.set()

    @asynccontextmanager
    async def turn_of(
        self, question: Question, read_files: ReadFiles | None
    ) -> AsyncGenerator[tuple[Floor, Question]]:
        """Hold the floor for a question, which comes with its files, as it was edited last.

        Raise `Refused` where it may not be asked, and `Withdrawn` where it was deleted meanwhile.
        """
        async with AsyncExitStack() as stack:
            with self._kept(question) as newest_of:
                # Who may not ask keeps nobody waiting.
                admit = partial(self._openings.admit, question)
                floor = await stack.enter_async_context(self._turns.take(question.queue, admit))
                files = None
                if read_files is not None:
                    await admit()
                    files = await read_files()
                newest = newest_of()
            if newest is None:
                raise Withdrawn
            yield floor, newest if files is None else replace(newest, files=files)

    @contextmanager
    def _kept(self, question: Question) -> Generator[Callable[[], Question | None]]:
        """Let a question be changed while the block runs, if a message holds it."""
        key = question.message_id
        if key is None:
            yield lambda: question
            return
        self._newest[key] = question
        if (moved := self._moved.get(key)) is not None:
            self._moved[key] = asyncio.Event()
            moved.set()
        try:
            # Gone already where Discord told of the message twice.
            yield lambda: self._newest.get(key, question)
        finally:
            self._newest.pop(key, None)

    async def holds(self, message_id: int) -> bool:
        """Tell whether a message's question waits for its turn.

        One that is about to wait, or to be stored, is waited for: else a change to it is lost.
        """
        while message_id not in self._newest:
            if (moved := self._moved.get(message_id)) is None:
                return False
            await moved.wait()
        return True

    async def change(
        self, message_id: int, question: Question | None, *, with_files: bool = False
    ) -> bool:
        """Reword or withdraw (None) a question that waits for its turn; False if none does.

        It gets the new one's words and quote, its files where they have been read, and nothing
        else: who asked where stays as it is. What was withdrawn stays withdrawn.
        """
        if not await self.holds(message_id):
            return False
        waiting = self._newest[message_id]
        if waiting is not None and question is not None:
            waiting = replace(
                waiting,
                text=question.text,
                quoted_id=question.quoted_id,
                quoted_message_id=question.quoted_message_id,
                quoted_at=question.quoted_at,
                files=question.files if with_files else waiting.files,
            )
        self._newest[message_id] = None if question is None else waiting
        return True
