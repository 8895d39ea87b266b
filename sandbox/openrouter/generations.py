"""What each request came to: its figures, its bill, and when both can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sandbox.openrouter.catalogue import Endpoint, Model
from sandbox.openrouter.replies import Plan


@dataclass(slots=True, kw_only=True)
class Generation:
    """One answer from its acceptance on; times are the server clock's seconds."""

    id: str
    model: Model
    endpoint: Endpoint
    plan: Plan
    prompt_tokens: int
    streamed: bool
    began: float
    created: int
    ended: float | None = None
    cancelled: bool = False
    failed: bool = False

    @property
    def slug(self) -> str:
        """Return the model named in the answer."""
        return self.plan.reply.model or self.model.slug

    def usage(self) -> dict[str, object]:
        """Return the usage as the last chunk carries it.

        It is the whole answer's, cancelled or not: the provider works on after a cancellation.
        """
        prompt, completion = self.prompt_tokens, self.plan.completion_tokens
        figures: dict[str, object] = {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "cost": float(self.endpoint.cost(prompt, completion)),
            "is_byok": False,
            "prompt_tokens_details": {"cached_tokens": 0},
            "cost_details": {"upstream_inference_cost": None},
            "completion_tokens_details": {"reasoning_tokens": self.plan.reasoning_tokens},
        }
        reply = self.plan.reply
        figures |= reply.usage
        return {name: value for name, value in figures.items() if name not in reply.usage_without}

    def cost(self) -> Decimal:
        """Return what was charged, in dollars; an answer that failed before a word is free."""
        if self.failed and not self.plan.reply.fail_after:
            return Decimal(0)
        cost = self.usage().get("cost")
        if isinstance(cost, int | float):
            return Decimal(str(cost))
        return self.endpoint.cost(self.prompt_tokens, self.plan.completion_tokens)

    def report(self) -> dict[str, object]:
        """Return the figures as `/generation` does."""
        usage = self.usage()
        seconds = (self.ended or self.began) - self.began
        figures: dict[str, object] = {
            "id": self.id,
            "model": self.slug,
            "provider_name": self.endpoint.provider,
            "streamed": self.streamed,
            "cancelled": self.cancelled,
            "finish_reason": None if self.cancelled else self.plan.finish_reason,
            "native_finish_reason": None if self.cancelled else self.plan.finish_reason,
            "generation_time": round(seconds * 1000),
            "total_cost": float(self.cost()),
            "usage": float(self.cost()),
            "is_byok": False,
            "tokens_prompt": usage.get("prompt_tokens"),
            "tokens_completion": usage.get("completion_tokens"),
            "native_tokens_prompt": usage.get("prompt_tokens"),
            "native_tokens_completion": usage.get("completion_tokens"),
            "native_tokens_reasoning": nested(
                usage, "completion_tokens_details", "reasoning_tokens"
            ),
            "native_tokens_cached": nested(usage, "prompt_tokens_details", "cached_tokens"),
        }
        return figures | dict.fromkeys(self.plan.reply.bill_without)

    def envelope(self) -> dict[str, object]:
        """Return what every chunk of this answer has in common."""
        return {
            "id": self.id,
            "provider": self.endpoint.provider,
            "model": self.slug,
            "created": self.created,
        }


def nested(usage: Mapping[str, object], details: str, name: str) -> object:
    """Return a figure from one of the details of a usage."""
    inner = usage.get(details)
    return inner.get(name) if isinstance(inner, dict) else None
