"""Turns that did not end by themselves, as values: for those who mend them or ask again."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import AnswerState, Question, ScreenAddress
from bot.quota import Amounts, Subject


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """The turn that an answer belongs to: what is needed to ask again, or to say who may stop it.

    The question carries no roles and no files: who asks again brings their own.
    """

    turn_id: int
    conversation_id: int
    question: Question
    deleted: bool
    answer_id: int
    answer_state: AnswerState
    address: ScreenAddress | None


@dataclass(frozen=True, slots=True)
class RunningAnswer:
    """An answer that is still being written, or was when its process ended.

    `drafted_at` is when its process last wrote down how far it was.
    """

    id: int
    turn_id: int
    question: Question
    hold_id: int
    model: str
    generation_id: str | None
    text: str
    thinking: str
    estimated_prompt_tokens: int
    started_at: datetime
    drafted_at: datetime
    address: ScreenAddress | None


@dataclass(frozen=True, slots=True)
class UnsettledHold:
    """A hold that nobody is going to settle by themselves, with its answer where there is one."""

    id: int
    subject: Subject
    amounts: Amounts
    reserved_at: datetime
    expires_at: datetime
    answer_id: int | None
    answer_state: AnswerState | None
    generation_id: str | None
    estimated_prompt_tokens: int
    text: str
    thinking: str
