"""The story of a turn, from a question to an answer that is shown, remembered and paid for."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import (
    AbstractContextManager,
    AsyncExitStack,
    aclosing,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from dataclasses import replace
from functools import partial

from structlog.typing import FilteringBoundLogger

from bot.answers.draft import Draft
from bot.answers.endings import Ending, log_end
from bot.errors import (
    AlreadyEnded,
    ModelError,
    NotYours,
    OutOfReach,
    ScreenGone,
    StorageTrouble,
)
from bot.messages import AnswerState, Question, Usage
from bot.notes import Note
from bot.ports import Model, OpenScreen, ReadFiles, Screen, Whisper
from bot.quota.pricing import Proposed
from bot.snapshots import Closing
from bot.threads.stays import Stay, Stays
from bot.threads.titling import Titling
from bot.turns.alarms import Alarms
from bot.turns.changing import Changing
from bot.turns.deletions import Deletions
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Opening, Openings
from bot.turns.order import Turns
from bot.turns.quoting import Quoting
from bot.turns.settlement import End, Settlement
from bot.turns.tempo import WORTH_A_PAUSE, pause_after_read
from bot.turns.waiting import WaitingQuestions

LAST_WORDS = 2.0
"""Seconds for showing that an answer is interrupted, when the process is about to end."""


class Conversations:
    """Answers questions: `answer` is the way of a turn, from top to bottom."""

    def __init__(
        self,
        model: Model,
        turns: Turns,
        openings: Openings,
        settlement: Settlement,
        keeper: Keeper,
        alarms: Alarms,
        onscreen: OnScreen,
        titling: Titling,
        stays: Stays,
        quoting: Quoting,
        deletions: Deletions,
        changing: Changing,
        *,
        monotonic: Callable[[], float],
        log: FilteringBoundLogger,
    ) -> None:
        self._onscreen = onscreen
        self._model = model
        self._turns = turns
        self._openings = openings
        self._settlement = settlement
        self._keeper = keeper
        self._alarms = alarms
        self._titling = titling
        self._stays = stays
        self._monotonic = monotonic
        self._log = log
        self._streams = 0
        self._waiting = WaitingQuestions(turns, openings)
        self._quoting = quoting
        self._deletions = deletions
        self._changing = changing

    async def answer(
        self,
        question: Question,
        open_screen: OpenScreen,
        read_files: ReadFiles | None = None,
        whisper: Whisper | None = None,
    ) -> Proposed | None:
        """Answer a question on a screen of its own; raise `Refused` where no turn was begun.

        Return what its asker has to agree to first, where it is dear. What they should know of
        their limits is whispered, or else stands below the answer.
        """
        with self._turns.under_way(), self._stays.of(question) as stay:
            async with AsyncExitStack() as stack:
                stack.enter_context(self.arriving(question.message_id))
                stack.enter_context(self._quoting.of(question))
                waiting = self._waiting.turn_of(question, read_files)
                floor, question = await stack.enter_async_context(waiting)
                stay.require_open()
                self._alarms.require_open()
                await self._changing.settled()
                opening = await self._quoting.open(question)
                self._waiting.arrived(question.message_id)
                if isinstance(opening, Proposed):
                    return opening
                notes = (*opening.notes, *self._alarms.notes)
                draft = self._draft(opening, notes)
                screen = await stack.enter_async_context(self._shown(opening, draft, open_screen))
                ending = await self._stream(opening, draft, screen, stay)
                if stay.is_gone:
                    await screen.close()
                usage = draft.usage
                if draft.unreported:
                    await self._remember(opening, draft, ending, screen)
                    floor.end()  # the next one needs not wait for this one's bill
                    self._title(opening, question, stay)
                    usage = await self._bill(opening, draft)
                closing = await self._settle(opening, draft, ending, usage)
                self._title(opening, question, stay)
                shown = replace(closing, warnings=()) if whisper else closing
                if await self._show_last(screen, draft, shown, floor.end):
                    self._end_shown(opening, screen)
                if screen.is_gone and not screen.shows_words:
                    await self._settlement.take_back(opening.answer_id, draft.before_id)
                await self._onscreen.bill_came(opening.turn_id)
                if whisper is not None and closing.warnings:
                    await whisper(closing.warnings)
        return None

    def _title(self, opening: Opening, question: Question, stay: Stay) -> None:
        if not stay.is_over:
            self._titling.after(opening, question)

    def _draft(self, opening: Opening, notes: tuple[Note, ...]) -> Draft:
        return Draft(
            opening.answer_id,
            notes,
            self._monotonic,
            looks=opening.looks,
            begins=opening.placement.begins,
            shown=opening.placement.shown,
            before=opening.placement.before,
        )

    async def admit(self, question: Question) -> None:
        """Raise `AccessDenied` where this person may not ask here, before anything is shown."""
        await self._openings.admit(question)

    def arriving(self, message_id: int | None) -> AbstractContextManager[None]:
        """Let changes to a message wait while it is found out whether it is a question."""
        return self._waiting.arriving(message_id)

    async def is_waiting(self, message_id: int) -> bool:
        """Tell whether a message's question waits for its turn, once that is known."""
        return await self._waiting.holds(message_id)

    async def change_waiting(
        self, message_id: int, question: Question | None, *, with_files: bool = False
    ) -> bool:
        """Reword or withdraw (None) a question that waits for its turn; False if none does."""
        return await self._waiting.change(message_id, question, with_files=with_files)

    def stop(self, answer_id: int, person_id: int, *, moderator: bool) -> None:
        """End an answer early; raise `AlreadyEnded` or `NotYours`."""
        stop = self._turns.stop_of(answer_id)
        if stop is None:
            raise AlreadyEnded
        if person_id != stop.owner_id and not moderator:
            raise NotYours(moderators=True)
        stop.request()

    @asynccontextmanager
    async def _shown(
        self, opening: Opening, draft: Draft, open_screen: OpenScreen
    ) -> AsyncGenerator[Screen]:
        """Open the answer's screen; where the end can't be stored, say so below what came."""
        # What stands there now must not be painted over what comes.
        await self._onscreen.clear(opening.turn_id)
        screen = open_screen(partial(self._deletions.locate, opening.answer_id), opening.address)
        try:
            async with self._onscreen.showing(opening.turn_id, screen, opening.answer_id):
                with self._deletions.growing(opening.answer_id):
                    yield screen
        except StorageTrouble as error:
            self._log.error("answer not stored", answer=opening.answer_id, error=str(error))
            closing = Closing(AnswerState.INTERRUPTED, draft.took, draft.usage, error=error)
            await self._show_last(screen, draft, closing)
        finally:
            await screen.close()

    async def _stream(self, opening: Opening, draft: Draft, screen: Screen, stay: Stay) -> Ending:
        """Let the answer grow until it ends, fails or is stopped; no transaction is open."""
        if stay.is_over:  # closed while the turn was opened: nothing is asked of the model
            draft.end()
            return Ending(AnswerState.STOPPED)
        work = asyncio.create_task(self._receive(opening, draft, screen))
        with self._turns.stoppable(opening.answer_id, work, opening.subject.user_id) as stop:
            stay.stops_by(stop.request)
            try:
                await work
            except asyncio.CancelledError:
                draft.end(cut=True)
                if stop.requested:
                    return Ending(AnswerState.STOPPED)
                return Ending(AnswerState.INTERRUPTED, going_down=True)
            except ModelError as error:
                draft.end()
                self._alarms.hear(error)
                state = AnswerState.INTERRUPTED if draft.added else AnswerState.FAILED
                return Ending(state, error)
            except Exception as error:  # noqa: BLE001  # a bug of ours must still settle the hold
                self._log.exception("turn failed", answer=opening.answer_id)
                draft.end(cut=draft.generation_id is not None)
                return Ending(AnswerState.FAILED, error)
        draft.end()
        return Ending(draft.state)

    async def _receive(self, opening: Opening, draft: Draft, screen: Screen) -> None:
        screen.show(draft)
        kept = False
        async with AsyncExitStack() as stack:
            stack.enter_context(self._streaming())
            events = await stack.enter_async_context(aclosing(self._model.stream(opening.prompt)))
            async for event in events:
                draft.take(event)
                screen.show(draft)
                if screen.is_gone:  # nobody could read on
                    self._turns.halt(opening.answer_id)
                if draft.generation_id and not kept:
                    kept = True
                    stack.enter_context(self._keeper.keeping(opening.answer_id, draft))
                pause = pause_after_read(self._streams, has_text=draft.has_text)
                if pause >= WORTH_A_PAUSE:
                    await screen.pause(pause)

    @contextmanager
    def _streaming(self) -> Generator[None]:
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1

    async def _remember(
        self, opening: Opening, draft: Draft, ending: Ending, screen: Screen
    ) -> None:
        """Store and show an answer whose bill is open; its hold stays until that is known."""
        stored = await self._settlement.remember(self._end(opening, draft, ending))
        closing = Closing(
            ending.state,
            draft.took,
            error=ending.error,
            bill_is_open=True,
            is_forgotten=stored.since.is_forgotten,
        )
        if ending.going_down:  # the next start asks for the bill, and mends the message
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await self._show_last(screen, draft, closing)
            raise asyncio.CancelledError
        screen.show(draft.snapshot(closing))

    async def _settle(
        self, opening: Opening, draft: Draft, ending: Ending, usage: Usage | None
    ) -> Closing:
        """Settle the hold and store the answer; return what is to be told of it."""
        # Where another pays, the limits of who asked are as they were.
        subject = None if opening.paid_by else opening.subject
        end, is_stored = self._end(opening, draft, ending), bool(draft.unreported)
        settled = await self._settlement.settle(end, usage, subject, is_stored=is_stored)
        reported = draft.finished.usage if draft.finished else None
        if reported is not None:  # of one try alone: a sum over several teaches nothing
            self._openings.learn(opening, reported.prompt_tokens)
        log_end(self._log, opening.answer_id, draft, ending, usage)
        return Closing(
            ending.state,
            draft.took,
            usage,
            settled.left,
            ending.error,
            paid_by=opening.paid_by,
            warnings=settled.warnings,
            edited_since=settled.since.is_edited,
            is_forgotten=settled.since.is_forgotten,
        )

    def _end(self, opening: Opening, draft: Draft, ending: Ending) -> End:
        return End(
            opening.answer_id,
            opening.hold_id,
            ending.state,
            draft.generation_id,
            draft.kept,
            draft.thinking,
            partial(self._deletions.is_forgotten, opening.answer_id),
            is_another=opening.placement.before is not None,
        )

    async def _bill(self, opening: Opening, draft: Draft) -> Usage:
        return await self._settlement.bill(
            draft.unreported, draft.usage, opening.prompt_tokens, draft.added, draft.thinking
        )

    async def _show_last(
        self,
        screen: Screen,
        draft: Draft,
        closing: Closing,
        before_last: Callable[[], None] | None = None,
    ) -> bool:
        """Show how it ended; False where that may be possible later."""
        try:
            await screen.finish(draft.snapshot(closing), before_last)
        except OutOfReach:
            self._log.info("an answer's end can't be shown yet")
            return False
        except ScreenGone:
            self._log.info("answer has no screen any more")
        return True

    def _end_shown(self, opening: Opening, screen: Screen) -> None:
        """Take note that nothing is to be painted any more, unless others paint there by now."""
        if self._onscreen.shows(opening.turn_id, screen):
            self._keeper.shown(opening.answer_id)
