"""What goes to the model, and what comes from it while it answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import msgspec

from bot.messages import Usage

TEMPERATURE, TOP_P = 1.0, 0.95
"""What MiniMax-M1's makers recommend."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the model is sent it; contents are plain strings, as M1's template wants."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to the model; `max_output_tokens` bounds thinking and answer together.

    For one that `is_brief` the model is to think little, and nobody wants to read that.
    """

    model: str
    messages: tuple[Message, ...]
    max_output_tokens: int
    user: str
    session: str
    temperature: float = TEMPERATURE
    top_p: float = TOP_P
    is_brief: bool = False


class FinishReason(StrEnum):
    """Why the model ended; unknown reasons become `stop`."""

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class Started:
    """The request was accepted; its generation can be looked up under this id."""

    generation_id: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A keep-alive came: the model is still being waited for."""


class Delta(msgspec.Struct, frozen=True):
    """Some more of the thinking, of the answer, or of both.

    `recast` says that all text before this was thinking that leaked: it moves to the thinking, and
    the answer begins anew with this delta.
    """

    text: str = ""
    thinking: str = ""
    recast: bool = False


@dataclass(frozen=True, slots=True)
class Charged:
    """A try that led to no answer was charged all the same; `usage` is None where untold."""

    usage: Usage | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is whole; `usage` is None where the stream ended without its report."""

    reason: FinishReason
    usage: Usage | None
    model: str = ""


StreamEvent = Started | Waiting | Delta | Charged | Finished
