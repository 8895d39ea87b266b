"""Stores answers while they grow: where they are shown, how far they came, how they ended."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, bindparam, case, func, insert, literal, select, update

from bot.answers.draft import Kept
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.storage.columns import Words
from bot.storage.erasures import ANSWERS_FORGOTTEN
from bot.storage.mending import Mending
from bot.storage.tables import UNSHOWN, answers, turns
from bot.storage.work import Work

_KEEP = (
    update(answers)
    .where(answers.c.id == bindparam("of"), answers.c.state == AnswerState.RUNNING)
    .where(~ANSWERS_FORGOTTEN)
    .values(
        generation_id=func.coalesce(bindparam("known"), answers.c.generation_id),
        text=bindparam("said"),
        thinking=bindparam("thought"),
        drafted_at=bindparam("at"),
    )
)
_LOCATE = (
    update(answers)
    .where(answers.c.id == bindparam("of"), ~ANSWERS_FORGOTTEN)
    .values(address=bindparam("place"))
)
_SHOWN = update(answers).where(answers.c.id == bindparam("of"), UNSHOWN).values(unshown=None)


class GrowingAnswers(Mending):
    """Stores growing answers, inside one transaction."""

    def __init__(self, work: Work, clock: Callable[[], datetime]) -> None:
        super().__init__(work)
        self._clock = clock

    async def begin(
        self,
        turn_id: int,
        hold_id: int,
        model: str,
        estimated_tokens: int,
        at: datetime,
        *,
        continues: int | None = None,
        address: ScreenAddress | None = None,
    ) -> int:
        """Store a running answer and return its id; the tokens are the prompt's estimate.

        Its end is to be shown until it is told that it was. It may go on with another answer, as
        stale as that one, or be shown where another stood.
        """
        earlier = select(answers.c.stale).where(answers.c.id == continues).scalar_subquery()
        return await self._insert(
            answers,
            turn_id=turn_id,
            hold_id=hold_id,
            state=AnswerState.RUNNING,
            model=model,
            estimated_prompt_tokens=estimated_tokens,
            started_at=at,
            drafted_at=at,
            stale=False if continues is None else func.coalesce(earlier, False),
            continues_id=continues,
            address=msgspec.json.encode(address).decode() if address else None,
            unshown=True,
        )

    async def _insert(self, table: Any, **values: Any) -> int:
        new_id: int = await self._work.value(insert(table).values(**values).returning(table.c.id))
        return new_id

    async def is_running(self, answer_id: int) -> bool:
        """Tell whether an answer is stored as one that still grows."""
        found = select(answers.c.state).where(answers.c.id == answer_id)
        state: str | None = await self._work.value(found)
        return state == AnswerState.RUNNING

    async def locate(self, addresses: Mapping[int, ScreenAddress]) -> None:
        """Remember where answers are shown, by their ids."""
        values = [
            {"of": answer_id, "place": msgspec.json.encode(address).decode()}
            for answer_id, address in addresses.items()
        ]
        if values:
            await self._work.run(_LOCATE, values)

    async def shown(self, answer_ids: Iterable[int]) -> None:
        """Note that nothing of how these answers ended is to be shown any more."""
        values = [{"of": answer_id} for answer_id in answer_ids]
        if values:
            await self._work.run(_SHOWN, values)

    async def keep(self, drafts: Sequence[Kept]) -> None:
        """Remember how far running answers have come; one that has ended stays as it is."""
        now = self._clock()
        values = [
            {
                "of": it.answer_id,
                "known": it.generation_id,
                "said": it.text,
                "thought": it.thinking,
                "at": now,
            }
            for it in drafts
        ]
        if values:
            await self._work.run(_KEEP, values)

    async def finish(
        self,
        answer_id: int,
        state: AnswerState,
        generation_id: str | None,
        text: str,
        thinking: str,
        tokens: int,
        usage: Usage | None,
        at: datetime,
    ) -> bool:
        """Store an answer's end, and tell whether what it rested on has changed since it began.

        `usage` is None while the bill is still being asked for. Where the question was forgotten
        meanwhile, what the answer says is stored no more.
        """
        await self._see_whether_forgotten(answer_id)
        ended = {
            "state": state,
            "generation_id": func.coalesce(generation_id, answers.c.generation_id),
            "text": _unless_forgotten(text),
            "thinking": _unless_forgotten(thinking),
            "tokens": tokens,
            "finished_at": at,
            **(_reported(usage) if usage else {}),
        }
        change = update(answers).where(answers.c.id == answer_id).values(ended)
        return bool(await self._work.value(change.returning(answers.c.stale)))

    async def charge(self, answer_id: int, usage: Usage) -> None:
        """Store the bill of an answer that has ended, and nothing else of it."""
        await self._change(answers.c.id == answer_id, **_reported(usage))

    async def _see_whether_forgotten(self, answer_id: int) -> None:
        """Let a question that is being forgotten be forgotten first; SQLite has one writer."""
        if self._work.is_postgres:
            of = select(answers.c.turn_id).where(answers.c.id == answer_id).scalar_subquery()
            locked = select(turns.c.id).where(turns.c.id == of).with_for_update(read=True)
            await self._work.run(locked)

    async def _change(self, *where: ColumnElement[bool], **values: Any) -> None:
        await self._work.run(update(answers).where(*where).values(**values))


def _unless_forgotten(words: str) -> ColumnElement[str]:
    return case((ANSWERS_FORGOTTEN, ""), else_=literal(words, Words()))


def _reported(usage: Usage) -> dict[str, Any]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_micros": usage.cost_micros,
        "usage_estimated": usage.estimated,
        "tries": usage.tries if usage.tries > 1 else None,
    }
