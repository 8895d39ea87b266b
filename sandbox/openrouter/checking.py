"""What a request must look like; anything else is refused as OpenRouter refuses it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.openrouter.catalogue import Model, prompt_tokens
from sandbox.openrouter.faults import Fault, error

ROLES = ("system", "developer", "user", "assistant", "tool")
LONGEST_SESSION_ID = 256
RANGES = {
    "temperature": (0.0, 2.0),
    "top_p": (0.0, 1.0),
    "frequency_penalty": (-2.0, 2.0),
    "presence_penalty": (-2.0, 2.0),
    "repetition_penalty": (0.0, 2.0),
}


def refuse(message: str, status: int = 400) -> Fault:
    """Return the refusal of a request."""
    return Fault(status=status, body=error(status, message))


def checked(body: object, models: Mapping[str, Model], hidden: int) -> Fault | None:
    """Return why a chat request is refused, or None where it is sound."""
    if not isinstance(body, dict):
        return refuse("The body must be a JSON object")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return refuse('Input required: specify "messages"')
    problem = next((p for p in map(message_problem, messages) if p), None)
    problem = problem or parameter_problem(body)
    if problem:
        return refuse(problem)
    slug = body.get("model")
    model = models.get(slug) if isinstance(slug, str) else None
    if model is None:
        return refuse(f"{slug} is not a valid model ID")
    return length_problem(body, messages, model, hidden)


def message_problem(message: object) -> str | None:
    """Return what is wrong with one message."""
    if not isinstance(message, dict):
        return "messages: every message must be an object"
    if message.get("role") not in ROLES:
        return f"messages: role must be one of {', '.join(ROLES)}"
    content = message.get("content")
    if isinstance(content, list):
        sound = all(
            isinstance(part, dict) and isinstance(part.get("type"), str) for part in content
        )
        return None if sound and content else "messages: content parts need a type"
    if not isinstance(content, str):
        return "messages: content must be a string or a list of parts"
    return None


def parameter_problem(body: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the parameters beside the messages."""
    limit = body.get("max_tokens", 1)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        return "max_tokens must be an integer of at least 1"
    for name, (least, most) in RANGES.items():
        value = body.get(name, least)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least <= value <= most
        ):
            return f"{name} must be between {least} and {most}"
    if not isinstance(body.get("stream", False), bool):
        return "stream must be a boolean"
    if not isinstance(body.get("user", ""), str):
        return "user must be a string"
    session = body.get("session_id", "")
    if not isinstance(session, str) or len(session) > LONGEST_SESSION_ID:
        return f"session_id must be a string of at most {LONGEST_SESSION_ID} characters"
    return reasoning_problem(body.get("reasoning", {}))


def reasoning_problem(reasoning: object) -> str | None:
    """Return what is wrong with the wish for thinking; this model can't leave it."""
    if not isinstance(reasoning, dict):
        return "reasoning must be an object"
    if reasoning.get("effort") == "none" or reasoning.get("enabled") is False:
        return "Reasoning is mandatory for this endpoint and cannot be disabled."
    if "effort" in reasoning and "max_tokens" in reasoning:
        return "Only one of reasoning.effort and reasoning.max_tokens can be specified"
    return None


def length_problem(
    body: Mapping[str, Any], messages: Sequence[Mapping[str, object]], model: Model, hidden: int
) -> Fault | None:
    """Return the refusal of a prompt that no endpoint has room for."""
    asked = prompt_tokens(messages, hidden) + int(body.get("max_tokens", 1))
    room = max(endpoint.context_length for endpoint in model.endpoints)
    if asked <= room:
        return None
    return refuse(
        f"This endpoint's maximum context length is {room} tokens. "
        f"However, you requested about {asked} tokens."
    )
