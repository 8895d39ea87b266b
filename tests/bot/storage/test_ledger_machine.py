"""The ledger against a plain book-keeping in memory, whatever happens in whatever order."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.errors import PriceUnknown, QuotaReached, Refused
from bot.messages import Usage
from bot.quota.grants import Exemption, ExemptKind
from bot.quota.rules import Amounts, Demand, Meter, Rule, Scope, Subject
from bot.storage.database import StoredTransaction
from bot.storage.ledger import HELD_FOR
from tests.bot.storage.conftest import NOW
from tests.bot.storage.ledger_examples import (
    CEILINGS,
    CREW,
    DEFAULTS,
    GRANTS,
    PLACES,
    ROLES,
    STAFF,
    STARTS,
    STEPS,
    USERS,
    Shared,
    demands,
    rules,
)
from tests.bot.storage.plain_ledger import PlainGrant, PlainLedger, PlainStanding

T = TypeVar("T")

EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", "600"))
"""Examples in all, on both databases; `make test-ledger` runs more of them."""

_MOST_IN_ONE = 180
"""Examples in one test, so that all processors share them.

A database has years for 3,000: each has two of its own, before the year 9999.
"""

_ON_POSTGRES = 0.1
"""The share of examples there: each takes some times as long."""


class Machine(RuleBasedStateMachine):
    """Two people in a server of three places, and in direct messages."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self.shared = shared
        self.number = next(shared.numbers)
        self.guild_id = self.number + 1_000  # no role has such an id
        self.settled: list[int] = []
        self.now = NOW
        self.plain = PlainLedger(ZoneInfo("UTC"), DEFAULTS, CEILINGS)

    @initialize(
        start=st.sampled_from(STARTS),
        zone=st.sampled_from(["Europe/Berlin", "Europe/Berlin", "UTC"]),
        first=st.lists(rules(), max_size=2),
        granted=st.lists(GRANTS, min_size=1, max_size=4),
    )
    def begin(
        self,
        start: Callable[[int], datetime],
        zone: str,
        first: list[Rule],
        granted: list[tuple[Meter, int, timedelta | None]],
    ) -> None:
        """Begin at a moment of interest, in years that no other example has."""
        self.now = start(2026 + 2 * self.number)
        self.plain.zone = ZoneInfo(zone)

        async def prepare(tx: StoredTransaction) -> None:
            await tx.preferences.set_time_zone(self.guild_id, zone)
            for limit in first:
                await self._set_rule(self.targeted(limit), tx)
            for grant in granted:
                await self._grant(0, *grant, tx)

        self.shared.write(prepare)

    def own(self, number: int) -> int:
        """Return an id of this example's own."""
        return (self.guild_id << 16) + number

    def subject(self, user: int, place: int, roles: int, *, direct: bool = False) -> Subject:
        """Return somebody somewhere."""
        channel, parent = PLACES[place]
        if direct:
            return Subject(self.own(USERS[user]), None, self.own(500 + user))
        return Subject(
            self.own(USERS[user]),
            self.guild_id,
            self.own(channel),
            ROLES[roles],
            parent and self.own(parent),
        )

    def targeted(self, it: Rule) -> Rule:
        """Return a rule with a target of the example's own, chosen by the number in its place."""
        which = it.target_id or 0
        targets = {
            Scope.CHANNEL: self.own(PLACES[which][0]),
            Scope.MEMBER: self.own(USERS[which % 2]),
            Scope.ROLE: (CREW, STAFF, self.guild_id)[which],
        }
        return Rule(it.scope, it.meter, it.window, it.amount, targets.get(it.scope))

    @rule(given=rules())
    def set_rule(self, given: Rule) -> None:
        """Set a limit, or change it in mid-flight."""
        it = self.targeted(given)
        self.shared.write(lambda tx: self._set_rule(it, tx))

    async def _set_rule(self, it: Rule, tx: StoredTransaction) -> None:
        await tx.ledger.set_rule(self.guild_id, it, 1, self.now)
        self.plain.set_rule(it)

    @precondition(lambda self: self.plain.rules)
    @rule(which=st.integers(0, 9))
    def remove_rule(self, which: int) -> None:
        """Remove a limit."""
        places = list(self.plain.rules)
        it = self.plain.rules.pop(places[which % len(places)])
        gone = (self.guild_id, it.scope, it.target_id, it.meter, it.window)
        assert self.shared.write(lambda tx: tx.ledger.remove_rule(*gone))

    @rule(step=st.sampled_from(STEPS))
    def let_time_pass(self, step: timedelta) -> None:
        """Let time pass."""
        self.now += step

    @rule(
        user=st.integers(0, 1),
        place=st.integers(0, 2),
        roles=st.integers(0, 2),
        direct=st.sampled_from([False] * 5 + [True]),
        wanted=st.lists(demands(), min_size=1, max_size=3),
    )
    def reserve(
        self, user: int, place: int, roles: int, direct: bool, wanted: list[Demand]
    ) -> None:
        """Reserve turns: within every limit and with nothing wasted, or refused rightly."""
        subject = self.subject(user, place, roles, direct=direct)

        async def all_of_them(tx: StoredTransaction) -> None:
            for demand in wanted:
                await self._reserve(subject, demand, tx)
            await self._check(subject, tx)

        self.shared.write(all_of_them)

    @rule(
        user=st.sampled_from([0, 0, 0, 1]),
        wanted=st.lists(demands(), min_size=1, max_size=4),
        share=st.sampled_from([0.5, 1.0, 1.0, 1.0, 1.2]),
    )
    def use_up(self, user: int, wanted: list[Demand], share: float) -> None:
        """Let somebody ask on and on, and settle most of it: limits are used up, then grants."""
        subject = self.subject(user, 1, 1)

        async def all_of_them(tx: StoredTransaction) -> None:
            for demand in wanted:
                before = set(self.held())
                await self._reserve(subject, demand, tx)
                for hold_id in set(self.held()) - before:
                    await self._settle(hold_id, share, self.now, tx)
            await self._check(subject, tx)

        self.shared.write(all_of_them)

    async def _reserve(self, subject: Subject, demand: Demand, tx: StoredTransaction) -> None:
        plain, price = self.plain, demand.price
        before = plain.standings(subject, self.now)
        refusing = plain.refusing(subject, demand, self.now)
        try:
            hold = await tx.ledger.reserve(subject, demand, self.now)
        except (PriceUnknown, QuotaReached) as error:
            self._check_refusal(error, demand, refusing)
            return
        assert not refusing
        output = hold.max_output_tokens
        lefts = [it.left for it in before if it.rule.meter is Meter.COST]

        def taken(tokens: int) -> Amounts:
            cost = price.micros(demand.prompt_tokens, tokens) if price else max(lefts, default=0)
            return Amounts(1, demand.prompt_tokens + tokens, cost)

        def fits(tokens: int) -> bool:
            metered = [it for it in before if price or it.rule.meter is not Meter.COST]
            return all(taken(tokens).of(it.rule.meter) <= it.left for it in metered)

        assert hold.amounts == taken(output)
        assert fits(output)
        assert output == demand.max_output_tokens or not fits(output + 1)
        assert output >= min(demand.least_output_tokens, demand.max_output_tokens)
        plain.hold(hold.id, subject, self.now, hold.amounts)
        for old, new in zip(before, plain.standings(subject, self.now), strict=True):
            assert not price or new.held == old.held or new.used + new.held <= new.rule.amount

    @staticmethod
    def _check_refusal(error: Refused, demand: Demand, refusing: list[PlainStanding]) -> None:
        if isinstance(error, QuotaReached):
            lefts = {(it.rule.scope, it.rule.amount, it.left) for it in refusing}
            assert (error.scope, error.limit, error.left) in lefts
        else:
            assert demand.price is None
            assert any(it.rule.meter is Meter.COST and it.held for it in refusing)

    @precondition(lambda self: self.held())
    @rule(
        which=st.integers(0, 9),
        share=st.sampled_from([None, 0.0, 0.3, 0.8, 1.0, 1.0, 1.7]),
        late=st.sampled_from([timedelta(), timedelta(seconds=9), timedelta(hours=2)]),
    )
    def settle(self, which: int, share: float | None, late: timedelta) -> None:
        """Settle a hold with less, as much, more, nothing, or not at all; and never again."""
        held = self.held()
        hold_id = held[which % len(held)]
        turn = self.plain.turns[hold_id]

        async def settle(tx: StoredTransaction) -> None:
            await self._settle(hold_id, share, self.now + late, tx)
            await self._check(turn.subject, tx)

        self.shared.write(settle)

    async def _settle(
        self, hold_id: int, share: float | None, at: datetime, tx: StoredTransaction
    ) -> None:
        turn = self.plain.turns[hold_id]
        usage, spent = None, None
        if share is not None:
            tokens, cost = (int(turn.amounts[it] * share) for it in (Meter.TOKENS, Meter.COST))
            usage, spent = Usage(tokens // 3, tokens - tokens // 3, cost), Amounts(1, tokens, cost)
        assert await tx.ledger.settle(hold_id, usage, at)
        assert not await tx.ledger.settle(hold_id, Usage(1, 1, 1), at)
        self.plain.settle(hold_id, spent)
        self.settled.append(hold_id)

    def held(self) -> list[int]:
        """Return the holds that are open."""
        return [it for it, turn in self.plain.turns.items() if turn.is_held]

    @rule()
    def sweep(self) -> None:
        """Free what has expired; nothing that has settled, or was swept, settles again."""
        before = self.now - HELD_FOR
        late = {it for it in self.held() if self.plain.turns[it].at < before}

        async def swept(tx: StoredTransaction) -> None:
            left = {it.id for it in await tx.history.orphans(before)} & self.plain.turns.keys()
            assert left == late
            for hold_id in left:
                assert await tx.ledger.settle(hold_id, None, self.now)
                self.plain.settle(hold_id, None)
            for hold_id in self.settled:
                assert not await tx.ledger.settle(hold_id, Usage(5, 5, 5), self.now)

        self.shared.write(swept)
        self.settled += late

    @rule(user=st.integers(0, 1), given=GRANTS)
    def grant(self, user: int, given: tuple[Meter, int, timedelta | None]) -> None:
        """Give somebody an extra allowance."""
        self.shared.write(lambda tx: self._grant(user, *given, tx))

    async def _grant(
        self, user: int, meter: Meter, amount: int, lasts: timedelta | None, tx: StoredTransaction
    ) -> None:
        user_id, until = self.own(USERS[user]), self.now + lasts if lasts else None
        grant_id = await tx.ledger.grant(
            self.guild_id, user_id, meter, amount, 1, self.now, expires_at=until
        )
        self.plain.grants.append(PlainGrant(grant_id, user_id, meter, amount, until))

    @rule(user=st.integers(0, 1))
    def reset(self, user: int) -> None:
        """Let somebody's windows begin afresh, in the very moment of other turns too."""
        subject = self.subject(user, 0, 1)

        async def afresh(tx: StoredTransaction) -> None:
            await tx.ledger.reset(self.guild_id, subject.user_id, 1, self.now)
            self.plain.reset(subject.user_id)
            await self._check(subject, tx)

        self.shared.write(afresh)

    @rule(who=st.sampled_from([0, 1, CREW, STAFF]), on=st.booleans())
    def exempt(self, who: int, on: bool) -> None:
        """Let a person or a role skip the personal limits, or no longer."""
        kind = ExemptKind.ROLE if who in (CREW, STAFF) else ExemptKind.MEMBER
        target = who if kind is ExemptKind.ROLE else self.own(USERS[who])
        it = Exemption(kind, target)
        changed = self.shared.write(
            lambda tx: (
                tx.ledger.exempt(self.guild_id, it, 1, self.now)
                if on
                else tx.ledger.unexempt(self.guild_id, it)
            )
        )
        assert changed is (on is not (target in self.plain.exempt))
        (self.plain.exempt.add if on else self.plain.exempt.discard)(target)

    async def _check(self, subject: Subject, tx: StoredTransaction) -> None:
        """Compare every sum that somebody can see with the plain book-keeping."""
        account = await tx.ledger.account(subject, self.now)
        assert {(it.rule, it.used, it.held, it.granted) for it in account.standings} == {
            (it.rule, it.used, it.held, it.granted)
            for it in self.plain.standings(subject, self.now)
        }
        assert (account.exempt_by is not None) is self.plain.is_exempt(subject)

    def teardown(self) -> None:
        """Compare all sums, and leave nothing open."""

        async def end(tx: StoredTransaction) -> None:
            for user, place in ((0, 1), (1, 2)):
                await self._check(self.subject(user, place, 2), tx)
            await self._check(self.subject(0, 0, 0, direct=True), tx)
            for hold_id in self.held():
                assert await tx.ledger.settle(hold_id, None, self.now)

        self.shared.write(end)


def parts() -> list[tuple[str, int]]:
    """Return on which databases how many examples are run."""
    on_postgres = int(EXAMPLES * _ON_POSTGRES)
    found = []
    for kind, examples in (("sqlite", EXAMPLES - on_postgres), ("postgresql", on_postgres)):
        while examples > 0:
            found.append((kind, min(examples, _MOST_IN_ONE)))
            examples -= _MOST_IN_ONE
    return found


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(("kind", "examples"), parts())
def test_ledger_agrees_with_a_plain_one(url: str, kind: str, examples: int) -> None:
    """No limit is passed, each hold settles once, and all sums are those of a plain ledger."""
    del kind  # the address is of this kind
    shared = Shared(url)
    try:
        run_state_machine_as_test(
            lambda: Machine(shared),  # type: ignore[arg-type]  # it takes whatever makes one
            settings=settings(
                max_examples=examples,
                stateful_step_count=10,
                deadline=None,
                # Parts with one seed would all be the same.
                derandomize=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        shared.close()
