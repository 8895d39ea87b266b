"""The models this OpenRouter sells, what they cost, and how it counts tokens."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

TOKENS_A_MESSAGE = 8
ASCII_A_TOKEN = 4.7
OTHERS_A_TOKEN = 2.0


def count_tokens(text: str) -> int:
    """Count tokens by a rule of thumb: 4.7 ASCII characters a token, 2 of any other kind."""
    others = len(text) - len(text.encode("ascii", "ignore"))
    return math.ceil((len(text) - others) / ASCII_A_TOKEN + others / OTHERS_A_TOKEN)


def fit(text: str, tokens: int) -> str:
    """Return the longest beginning of a text that takes no more than so many tokens."""
    shortest, longest = 0, len(text)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if count_tokens(text[:middle]) <= tokens:
            shortest = middle
        else:
            longest = middle - 1
    return text[:shortest]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One provider's offer of a model; prices are in dollars per token."""

    provider: str
    context_length: int
    max_completion_tokens: int
    prompt: Decimal
    completion: Decimal
    request: Decimal = Decimal(0)

    def cost(self, prompt_tokens: int, completion_tokens: int) -> Decimal:
        """Return what so many tokens cost here, in dollars."""
        return self.prompt * prompt_tokens + self.completion * completion_tokens + self.request

    def pricing(self) -> dict[str, str]:
        """Return the prices in OpenRouter's form: strings, dollars per token."""
        return {
            "prompt": f"{self.prompt:f}",
            "completion": f"{self.completion:f}",
            "request": f"{self.request:f}",
            "image": "0",
            "internal_reasoning": "0",
        }


@dataclass(frozen=True, slots=True)
class Model:
    """A model with its endpoints; the first one answers."""

    slug: str
    name: str
    endpoints: tuple[Endpoint, ...]

    def described(self) -> dict[str, object]:
        """Return the model as `/models` lists it."""
        first = self.endpoints[0]
        return {
            "id": self.slug,
            "canonical_slug": self.slug,
            "name": self.name,
            "created": 1750200414,
            "description": "A reasoning model with a long memory, played by a script.",
            "context_length": first.context_length,
            "architecture": {
                "modality": "text->text",
                "input_modalities": ["text"],
                "output_modalities": ["text"],
                "tokenizer": "Other",
            },
            "pricing": first.pricing(),
            "top_provider": {
                "context_length": first.context_length,
                "max_completion_tokens": first.max_completion_tokens,
                "is_moderated": False,
            },
            "supported_parameters": list(PARAMETERS),
        }

    def offers(self) -> dict[str, object]:
        """Return the model with its endpoints, as `/models/{author}/{slug}/endpoints` does."""
        return {
            "id": self.slug,
            "name": self.name,
            "created": 1750200414,
            "description": "A reasoning model with a long memory, played by a script.",
            "endpoints": [
                {
                    "name": f"{endpoint.provider} | {self.slug}",
                    "provider_name": endpoint.provider,
                    "context_length": endpoint.context_length,
                    "max_completion_tokens": endpoint.max_completion_tokens,
                    "pricing": endpoint.pricing(),
                    "supported_parameters": list(PARAMETERS),
                    "status": 0,
                }
                for endpoint in self.endpoints
            ],
        }


PARAMETERS = (
    "frequency_penalty",
    "include_reasoning",
    "max_tokens",
    "presence_penalty",
    "reasoning",
    "repetition_penalty",
    "seed",
    "stop",
    "temperature",
    "tool_choice",
    "tools",
    "top_k",
    "top_p",
)


def million(dollars: str) -> Decimal:
    """Return a price per million tokens as a price per token."""
    return Decimal(dollars) / 1_000_000


MODELS: tuple[Model, ...] = (
    Model(
        "minimax/minimax-m1",
        "MiniMax: MiniMax M1",
        (
            Endpoint("Minimax", 1_000_000, 40_000, million("0.40"), million("2.20")),
            Endpoint("Novita", 128_000, 40_000, million("0.55"), million("2.20")),
        ),
    ),
    Model(
        "minimax/minimax-m2",
        "MiniMax: MiniMax M2",
        (Endpoint("Minimax", 204_800, 131_072, million("0.30"), million("1.20")),),
    ),
)


def prompt_tokens(messages: Sequence[Mapping[str, object]], hidden: int) -> int:
    """Count a prompt: its words, a template around each message, and what is added upstream."""
    return hidden + sum(count_tokens(words(m)) + TOKENS_A_MESSAGE for m in messages)


def words(message: Mapping[str, object]) -> str:
    """Return what the model's template reads of a message: of parts, the first text alone."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        for part in content:
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                return str(part["text"])
    return ""
