"""Answers without a model: chosen by what the last user message asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.openrouter.replies import Reply


def answer(_messages: Sequence[Mapping[str, Any]]) -> Reply:
    """Return the reply to a conversation."""
    return Reply(text="The lighthouse of Alexandria stood for about sixteen centuries.")
