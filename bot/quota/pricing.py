"""When a turn is dear enough to ask about first, and what it would take; pure."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.messages import MICROS, Price, Question, ScreenAddress
from bot.notes import Shortened
from bot.quota.rules import Hold, Meter, Standing
from bot.quota.windows import Window

ANSWER_TOKENS = 1_000
"""Tokens that an answer is taken to have, thinking included, when its price is told."""

DEAR = 50_000
"""Micro-dollars from which on a turn is asked about first."""

SHARE = 4
"""A turn that takes a fourth of what is left of a day, or more, is asked about first …"""

WORTH_A_SHARE = 10_000
"""… unless it takes fewer tokens than this."""

STRETCH = 125
"""Percent of what was told up to which a turn is sent as agreed; beyond, it is asked about anew."""

WAITS_FOR = timedelta(days=1)
"""How long a question waits for a yes; then its words are forgotten."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a turn is expected to take; `cost_micros` is None where nobody knows the price."""

    tokens: int
    cost_micros: int | None


@dataclass(frozen=True, slots=True)
class Trimming:
    """What a turn would take with so many earlier turns left out."""

    turns: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person is asked to agree to.

    `share` is how much that is, in percent, of what they have left today, `whole_day` tells that
    nothing of the day was used yet; `trimming` is None where there is nothing to leave out.
    """

    estimate: Estimate
    share: int | None = None
    whole_day: bool = False
    trimming: Trimming | None = None


class Proposal(msgspec.Struct, frozen=True):
    """A question that waits for its asker's yes, and where they are asked, once that is known.

    `offer` is what they were told that it takes.
    """

    question: Question
    address: ScreenAddress | None = None
    offer: Offer | None = None

    def told(self, *, trimmed: bool) -> Estimate | None:
        """Return what a yes agrees to."""
        if self.offer is None:
            return None
        trimming = self.offer.trimming if trimmed else None
        return trimming.estimate if trimming is not None else self.offer.estimate

    def is_about(self, message_id: int) -> bool:
        """Tell whether the question, or its price, stands in this message."""
        shown = self.address.message_ids if self.address else ()
        return message_id == self.question.message_id or message_id in shown


@dataclass(frozen=True, slots=True)
class KnownProposal:
    """A proposal with its id, whose it is, and since when it waits."""

    id: int
    user_id: int
    made_at: datetime
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Proposed:
    """A question was not sent but waits under this id; the offer is to be shown."""

    proposal_id: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class Pricing:
    """What decides a turn's expected price: the model's prices and the answer's limit."""

    price: Price | None
    max_output_tokens: int

    def estimate(self, prompt_tokens: int) -> Estimate:
        """Return what a turn with such a prompt is expected to take."""
        answer = min(ANSWER_TOKENS, self.max_output_tokens)
        cost = self.price.micros(prompt_tokens, answer) if self.price else None
        return Estimate(prompt_tokens + answer, cost)

    def may_be_dear(self, prompt_tokens: int) -> bool:
        """Tell whether it is worth looking at what is left at all."""
        estimate = self.estimate(prompt_tokens)
        return estimate.tokens >= WORTH_A_SHARE or (estimate.cost_micros or 0) >= DEAR

    def is_dear(self, prompt_tokens: int, standings: Iterable[Standing]) -> bool:
        """Tell whether to ask first, as a person's limits stand."""
        estimate = self.estimate(prompt_tokens)
        if (estimate.cost_micros or 0) >= DEAR:
            return True
        if estimate.tokens < WORTH_A_SHARE:
            return False
        return any(_of(estimate, it) * SHARE >= it.left for it in _daily(standings))

    def exceeds(self, prompt_tokens: int, told: Estimate) -> bool:
        """Tell whether a turn takes so much more than was told that a yes to that is none to it."""
        now = self.estimate(prompt_tokens)
        pairs = [(now.tokens, told.tokens), (now.cost_micros or 0, told.cost_micros)]
        return any(it * 100 > before * STRETCH for it, before in pairs if before is not None)

    def offer(
        self, prompt_tokens: int, standings: Iterable[Standing], trimming: Trimming | None = None
    ) -> Offer:
        """Return what to ask; the share is that of the day's limit which it takes the most of."""
        estimate = self.estimate(prompt_tokens)
        shares = [
            (min(100, -(-_of(estimate, it) * 100 // it.left)), not it.used and not it.held)
            for it in _daily(standings)
            if it.left and _of(estimate, it)
        ]
        share, whole_day = max(shares, default=(None, False))
        return Offer(estimate, share, whole_day, trimming)

    def shortened(self, hold: Hold, standings: Iterable[Standing]) -> Shortened:
        """Return what lowered the answer's limit: the limit of which nothing is left for more."""
        rooms = [(room, it.rule) for it in standings if (room := self._room(it)) is not None]
        rule = min(rooms, key=lambda pair: pair[0])[1] if rooms else None
        output = hold.max_output_tokens
        if rule is None:
            return Shortened(Meter.TOKENS, "", output, output)
        is_cost = rule.meter is Meter.COST
        return Shortened(
            rule.meter, rule.window, hold.amounts.cost_micros if is_cost else output, output
        )

    def _room(self, standing: Standing) -> Decimal | None:
        """Return how many more tokens of answer a limit has room for; None where it has no say."""
        match standing.rule.meter:
            case Meter.TOKENS:
                return Decimal(standing.left)
            case Meter.COST if self.price and self.price.completion:
                return standing.left / MICROS / self.price.completion
            case _:
                return None

    def most_prompt_tokens(self, prompt_tokens: int, standings: Iterable[Standing]) -> int:
        """Return the longest prompt, up to this one, that nobody needs to be asked about."""
        known = list(standings)
        return max(
            0,
            bisect_left(range(prompt_tokens + 1), True, key=lambda it: self.is_dear(it, known)) - 1,
        )


def _daily(standings: Iterable[Standing]) -> list[Standing]:
    """Return those of a person's own limits of a day that a longer prompt takes more of."""
    return [
        it
        for it in standings
        if it.rule.is_personal
        and it.rule.window is Window.DAY
        and it.rule.meter in (Meter.TOKENS, Meter.COST)
    ]


def _of(estimate: Estimate, standing: Standing) -> int:
    if standing.rule.meter is Meter.TOKENS:
        return estimate.tokens
    return estimate.cost_micros or 0
