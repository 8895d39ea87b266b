"""What the model is sent for a question: the turns that it rests on, fitted to the budget."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b

from bot.answers import going_on
from bot.errors import AnswerTooLong, QuestionTooLong
from bot.messages import Turn
from bot.ports import Transaction
from bot.prompts import context, tokens
from bot.prompts.windows import Window
from bot.quota.rules import Hold, Standing
from bot.streaming import Prompt
from bot.turns.asked import Asked

MANY_TURNS = 200
"""Turns that are fitted in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a turn may take: tokens of context, tokens of output, and the least worth asking for."""

    context_tokens: int
    max_output_tokens: int
    least_output_tokens: int = 300
    most_turns: int = context.MOST_TURNS


@dataclass(frozen=True, slots=True)
class Past:
    """The turns that a question rests on, and how the conversation's prompts are measured.

    They were read from where the `window` starts, that of a private question's `viewer`; or all of
    them, to be fitted anew.
    """

    conversation: int
    turns: Sequence[Turn]
    scale: tokens.Scale
    window: Window = field(default_factory=Window)
    viewer: int | None = None
    is_anew: bool = False


class Prompts:
    """Makes prompts of questions; `correction` is what experience says of the estimates."""

    def __init__(self, *, slug: str, limits: Limits, correction: tokens.Correction) -> None:
        self.slug = slug
        self.limits = limits
        self._correction = correction

    async def past(self, asked: Asked, conversation: int, tx: Transaction) -> Past:
        """Return the turns that the question rests on."""
        question = asked.question
        # What was said in private stays out of an answer that others can read.
        viewer = question.author.id if question.private else None
        again = question.again
        before = None if again is None else again.turn_id
        # One more than fit, so that it shows when there are too many.
        most = self.limits.most_turns + 1
        window = await tx.history.window(conversation, viewer)
        turns = await tx.history.past(conversation, viewer, most, before, window.start)
        pairs = await tx.history.token_ratios_of(conversation)
        scale = tokens.scale(self._correction.factor, pairs)
        past = Past(conversation, turns, scale, window, viewer)
        if again is not None:  # as it was asked first, where the beginning was lost just then
            if again.turn_id != window.told_in:
                return past
        elif not window.leaves_room(turns, asked.here.choices.context):
            return past
        whole = await tx.history.past(conversation, viewer, most, before, 0)
        anew = replace(past, turns=whole, is_anew=True)
        return anew if again or await self._holds_more(asked, anew, tx) else past

    async def _holds_more(self, asked: Asked, anew: Past, tx: Transaction) -> bool:
        """Tell whether more of the past fits than what is read from its window on."""
        try:
            return anew.window.is_later_than(await self.fit(asked, anew, tx))
        except QuestionTooLong:  # of what is pinned, which is there in any case
            return False

    async def fit(
        self,
        asked: Asked,
        past: Past,
        tx: Transaction,
        budget: int | None = None,
        *,
        in_blocks: bool = True,
    ) -> context.Fitted:
        """Fit the prompt; where the past is long, the event loop goes on meanwhile."""
        fit = partial(
            context.fit,
            past.turns,
            asked.question.author,
            asked.text,
            asked.size,
            asked.here.choices.context if budget is None else budget,
            past.scale,
            asked.here.orders.opening,
            most_turns=self.limits.most_turns,
            in_blocks=in_blocks,
            aside=asked.here.orders.aside,
        )
        try:
            return await tx.apart(fit) if len(past.turns) > MANY_TURNS else fit()
        except QuestionTooLong as error:
            if asked.continued is None or error.pins or error.persona:
                raise
            raise AnswerTooLong(error.tokens, error.limit) from error

    async def trimmed(
        self,
        asked: Asked,
        past: Past,
        whole: context.Fitted,
        standings: Sequence[Standing],
        tx: Transaction,
    ) -> context.Fitted:
        """Leave old turns out until nobody needs to be asked, or as far as it goes."""
        if not asked.pricing.is_dear(whole.tokens, standings):
            return whole
        most = asked.pricing.most_prompt_tokens(whole.tokens, standings)
        try:
            return await self.fit(asked, past, tx, most, in_blocks=False)
        except QuestionTooLong:
            pinned = context.pinned_only(past.turns)
            left_out = sum(not turn.pinned for turn in past.turns)
            bare = await self.fit(asked, replace(past, turns=pinned), tx)
            return replace(bare, left_out=left_out)

    def prompt(self, asked: Asked, fitted: context.Fitted, hold: Hold) -> Prompt:
        """Return what is sent, for an answer no longer than what is held for it."""
        question, known, choices = asked.question, asked.continued, asked.here.choices
        return Prompt(
            model=self.slug,
            messages=going_on.messages(fitted.messages, known) if known else fitted.messages,
            max_output_tokens=hold.max_output_tokens,
            user=pseudonym("user", question.author.id),
            session=pseudonym("conversation", question.place.channel_id),
            temperature=choices.temperature,
            top_p=choices.top_p,
        )

    def learn(self, estimated_tokens: int, reported_tokens: int) -> None:
        """Take in what a prompt was reported to take, for the estimates to come."""
        self._correction.learn(estimated_tokens, reported_tokens)


def pseudonym(kind: str, discord_id: int) -> str:
    """Return a stable name for an id, so that OpenRouter tells people apart but can't find them."""
    return blake2b(f"{kind}:{discord_id}".encode(), digest_size=16).hexdigest()
