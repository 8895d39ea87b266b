"""How an answer ended, as a value, and as a line in the log."""

from dataclasses import dataclass

from structlog.typing import FilteringBoundLogger

from bot.answers.draft import Draft
from bot.errors import ModelError
from bot.messages import AnswerState, Usage


@dataclass(frozen=True, slots=True)
class Ending:
    """How the stream ended: by itself, by an error, or by somebody's wish."""

    state: AnswerState
    error: Exception | None = None
    going_down: bool = False


def log_end(
    log: FilteringBoundLogger, answer_id: int, draft: Draft, ending: Ending, usage: Usage | None
) -> None:
    """Log how a turn ended and what it took, and nothing of its words."""
    error = ending.error
    failure = error if isinstance(error, ModelError) else None
    log.info(
        "turn ended",
        answer=answer_id,
        state=ending.state.value,
        generation=draft.generation_id or (failure.generation_id if failure else None),
        seconds=round(draft.took.total_seconds(), 2),
        tokens=usage.tokens if usage else 0,
        cost_micros=usage.cost_micros if usage else 0,
        estimated=bool(usage and usage.estimated),
        error=type(error).__name__ if error else None,
        status=failure.status if failure else None,
    )
