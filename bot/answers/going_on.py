"""How an answer that was cut short is asked for the rest of it; pure."""

from collections.abc import Sequence

from bot.answers.answered import Variant
from bot.prompts.tokens import PER_MESSAGE, estimate
from bot.streaming import Message

GO_ON = (
    "Your answer above was cut short. Go on exactly where it stops, in the middle of a word or a "
    "block of code if need be. Repeat nothing of it, and write nothing before what comes next."
)


def messages(prompt: Sequence[Message], answer: Variant) -> tuple[Message, ...]:
    """Return a prompt that ends with its question, and asks for the rest of the answer to that."""
    return (*prompt, Message("assistant", answer.text), Message("user", GO_ON))


def tokens(answer: Variant) -> int:
    """Return how many tokens that adds to the prompt."""
    return answer.tokens + estimate(GO_ON) + 2 * PER_MESSAGE
