"""What answers prompts."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.messages import KeyInfo, Price, Usage
from bot.streaming import Prompt, StreamEvent


class Model(Protocol):
    """Answers prompts; `bot.openrouter.api.OpenRouter` is one."""

    def stream(self, prompt: Prompt) -> AsyncGenerator[StreamEvent]:
        """Yield the answer as it comes, at most one `Finished`, last; raise `ModelError`."""
        ...

    async def price(self, model: str) -> Price | None:
        """Return what the model costs now, or None where nobody can say."""
        ...

    async def billed(self, generation_id: str) -> Usage | None:
        """Return what a broken-off generation was charged, or None where no report comes.

        Where that tells the cost alone, it is `estimated`: its tokens are left to guess.
        """
        ...

    async def key(self) -> KeyInfo:
        """Return what the operator's key may spend; raise `ModelError`."""
        ...
