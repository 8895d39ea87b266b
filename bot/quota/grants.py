"""Extra allowances: which grants pay for what of a turn; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.quota.rules import Amounts, Decision, Meter, Standing

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Grant:
    """An extra allowance of one meter, and what of it is neither spent nor held."""

    id: int
    meter: Meter
    amount: int
    left: int
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """What of a turn a grant pays."""

    grant_id: int
    amounts: Amounts


class ExemptKind(StrEnum):
    """What an exemption names."""

    MEMBER = "member"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who skips the personal limits of a server: a member, or all who hold a role."""

    kind: ExemptKind
    target_id: int


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody stands: each rule that decides, in the order of `standings`, and the rest.

    `exempt_by` is why no personal rule decides; `reset_at` is the latest reset, if there was one.
    """

    standings: tuple[Standing, ...]
    decisions: tuple[Decision, ...]
    grants: tuple[Grant, ...] = ()
    exempt_by: Exemption | None = None
    reset_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """A thread whose turns its owner pays, up to a cap; `role_ids` are the owner's of then."""

    channel_id: int
    guild_id: int
    sponsor_id: int
    role_ids: tuple[int, ...]
    meter: Meter
    cap: int
    spent: int
    set_at: datetime

    @property
    def left(self) -> int:
        """Return what of the cap is not spent."""
        return max(0, self.cap - self.spent)


def in_order(grants: Iterable[Grant]) -> list[Grant]:
    """Return grants in the order in which they are spent: what expires first goes first."""
    return sorted(grants, key=lambda it: (it.expires_at or _NEVER, it.id))


def granted_left(grants: Iterable[Grant], meter: Meter) -> int:
    """Return what grants have left of a meter."""
    return sum(grant.left for grant in grants if grant.meter is meter)


def draws(
    standings: Sequence[Standing], grants: Iterable[Grant], amounts: Amounts
) -> tuple[Draw, ...]:
    """Return what grants pay where the personal limits have too little left for these amounts.

    One draw counts for all windows of a meter, so the window that has least left decides.
    """
    drawn: list[Draw] = []
    ordered = in_order(grants)
    for meter in Meter:
        lefts = [
            it.ordinary_left for it in standings if it.rule.meter is meter and it.rule.is_personal
        ]
        extra = max((amounts.of(meter) - left for left in lefts), default=0)
        for grant in ordered:
            taken = min(extra, grant.left) if grant.meter is meter else 0
            if taken > 0:
                drawn.append(Draw(grant.id, Amounts.only(meter, taken)))
                extra -= taken
    return tuple(drawn)


def settled(
    spent: Amounts, held: Amounts, drawn: Sequence[Draw]
) -> tuple[Amounts, tuple[Draw, ...]]:
    """Return what of a turn is ordinary use, and what the grants pay that its hold was on.

    The ordinary part of the hold is used up first, and what exceeds the hold is ordinary.
    """
    ordinary = Amounts()
    paid: list[Draw] = []
    for meter in Meter:
        whole = spent.of(meter)
        on_grants = sum(it.amounts.of(meter) for it in drawn)
        extra = min(max(0, whole - (held.of(meter) - on_grants)), on_grants)
        ordinary += Amounts.only(meter, whole - extra)
        for it in drawn:
            taken = min(extra, it.amounts.of(meter))
            if taken > 0:
                paid.append(Draw(it.grant_id, Amounts.only(meter, taken)))
                extra -= taken
    return ordinary, tuple(paid)
