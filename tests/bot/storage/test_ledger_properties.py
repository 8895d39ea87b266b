"""The ledger never passes a limit, whatever happens at once."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.errors import QuotaReached
from bot.messages import Price, Usage
from bot.quota.rules import Amounts, Demand, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database
from tests.bot.storage.conftest import OpenDatabase

ZONE = "Europe/Berlin"
CEILING = Rule(Scope.BOT, Meter.COST, Window.DAY, 2500)
DEFAULTS = (
    Rule(Scope.DEFAULT, Meter.REQUESTS, Window.HOUR, 3),
    Rule(Scope.DEFAULT, Meter.TOKENS, Window.DAY, 700),
)
USERS, CHANNELS, ROLES = (1, 2), (10, 11), (30, 31)


@dataclass(frozen=True)
class Turn:
    """A turn of one of a few people: what it asks for, and how it ends.

    `spent` is the share of the hold that is spent in the end; None frees the hold.
    """

    user: int
    channel: int
    in_thread: bool
    in_dm: bool
    roles: tuple[int, ...]
    prompt: int
    output: int
    least: int
    minutes: int
    spent: float | None

    def subject(self, guild_id: int) -> Subject:
        """Return whose turn it is, in a server of one example's own."""
        place = self.channel + 100 if self.in_thread else self.channel
        parent = self.channel if self.in_thread else None
        # Ids differ between examples, so that each starts with nothing spent.
        ids = (guild_id * 1000 + place, parent and guild_id * 1000 + parent)
        user = guild_id * 1000 + self.user
        if self.in_dm:
            return Subject(user, None, ids[0])
        return Subject(user, guild_id, ids[0], self.roles, ids[1])


turns = st.builds(
    Turn,
    user=st.sampled_from(USERS),
    channel=st.sampled_from(CHANNELS),
    in_thread=st.booleans(),
    in_dm=st.sampled_from([False, False, False, True]),
    roles=st.sampled_from([(), (30,), (30, 31)]),
    prompt=st.integers(0, 300),
    output=st.integers(1, 400),
    least=st.integers(1, 60),
    minutes=st.sampled_from([0, 0, 1, 45, 100, 24 * 60]),
    spent=st.one_of(st.none(), st.floats(0, 1)),
)
server_rules = st.lists(
    st.builds(
        Rule,
        st.sampled_from([Scope.SERVER, Scope.CHANNEL, Scope.MEMBER, Scope.ROLE, Scope.EVERYONE]),
        st.sampled_from(list(Meter)),
        st.sampled_from(list(Window)),
        st.integers(0, 1200),
        st.integers(0, 1),
    ),
    max_size=5,
)


def targeted(rule: Rule, guild_id: int) -> Rule:
    """Return a rule with a target of the example's own, chosen by the number that stands there."""
    which = rule.target_id or 0
    target = {
        Scope.CHANNEL: guild_id * 1000 + CHANNELS[which],
        Scope.MEMBER: guild_id * 1000 + USERS[which],
        Scope.ROLE: ROLES[which],
    }.get(rule.scope)
    return Rule(rule.scope, rule.meter, rule.window, rule.amount, target)


@dataclass
class Books:
    """A second, plainer book-keeping: every rule's sums in every window, limits never asked."""

    rules: list[Rule]
    zone: ZoneInfo
    sums: dict[tuple[object, ...], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, subject: Subject, at: datetime, amounts: Amounts) -> None:
        """Count an amount (or, negative, take it back) under all rules whose use it is."""
        for rule, whose, zone in self._counted(subject):
            window = self._window(rule.window, at.astimezone(zone))
            self.sums[rule, whose, window] += amounts.of(rule.meter)

    def _counted(self, subject: Subject) -> Iterator[tuple[Rule, object, ZoneInfo]]:
        utc = ZoneInfo("UTC")
        person = subject.user_id, subject.guild_id
        yield CEILING, None, utc
        if subject.guild_id is None:
            yield from ((rule, person, utc) for rule in DEFAULTS)
            return
        personal = {}
        for scope in (Scope.EVERYONE, Scope.ROLE, Scope.MEMBER):
            for rule in sorted(self.rules, key=lambda it: it.amount):
                whom = {Scope.EVERYONE: (None,), Scope.ROLE: subject.role_ids}
                if rule.scope is scope and rule.target_id in whom.get(scope, (subject.user_id,)):
                    personal[rule.meter, rule.window] = rule
        for rule in personal.values():
            yield rule, person, self.zone
        server = [rule for rule in self.rules if rule.scope is Scope.SERVER]
        yield from ((rule, None, self.zone) for rule in server)
        if not personal and not server:
            yield from ((rule, person, self.zone) for rule in DEFAULTS)
        for rule in self.rules:
            here = (subject.channel_id, subject.parent_channel_id)
            if rule.scope is Scope.CHANNEL and rule.target_id in here:
                yield rule, None, self.zone

    @staticmethod
    def _window(window: Window, local: datetime) -> str:
        form = {
            Window.MINUTE: "%F %H:%M %z",
            Window.HOUR: "%F %H %z",
            Window.DAY: "%F",
            Window.WEEK: "%G-%V",
            Window.MONTH: "%Y-%m",
        }
        return local.strftime(form[window])

    def passed(self) -> list[object]:
        """Return every sum that is over its limit."""
        return [
            (key, total)
            for key, total in self.sums.items()
            if isinstance(key[0], Rule) and total > key[0].amount
        ]


class Example:
    """One run of the property: a server with its own ids, in months of its own."""

    numbers = count(1)

    def __init__(self, database: Database, rules: list[Rule], price: Price) -> None:
        number = next(self.numbers)
        self.guild_id = number
        self.start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=100 * number)
        unique = {(rule.scope, rule.target_id, rule.meter, rule.window): rule for rule in rules}
        self.rules = [targeted(rule, self.guild_id) for rule in unique.values()]
        self.rules = list(
            {(it.scope, it.target_id, it.meter, it.window): it for it in self.rules}.values()
        )
        self.books = Books(self.rules, ZoneInfo(ZONE))
        self.database = database
        self.price = price
        self.held: list[tuple[Turn, int, Amounts]] = []

    async def prepare(self) -> None:
        """Set the server's rules and its time zone."""
        async with self.database.writing() as tx:
            await tx.preferences.set_time_zone(self.guild_id, ZONE)
            for rule in self.rules:
                await tx.ledger.set_rule(self.guild_id, rule, 1, self.start)
            await tx.commit()

    def at(self, turn: Turn) -> datetime:
        """Return when a turn reserves."""
        return self.start + timedelta(minutes=turn.minutes)

    async def reserve(self, turn: Turn) -> None:
        """Try to reserve, and note what was held."""
        demand = Demand(turn.prompt, turn.output, turn.least, self.price)
        subject = turn.subject(self.guild_id)
        async with self.database.writing() as tx:
            try:
                hold = await tx.ledger.reserve(subject, demand, self.at(turn))
            except QuotaReached:
                return
            await tx.commit()
        assert hold.amounts.tokens == turn.prompt + hold.max_output_tokens
        assert min(turn.least, turn.output) <= hold.max_output_tokens <= turn.output
        self.held.append((turn, hold.id, hold.amounts))
        self.books.add(subject, self.at(turn), hold.amounts)

    async def settle(self, turn: Turn, hold_id: int, held: Amounts) -> None:
        """Settle a hold, and again, and note what was spent in its place."""
        share = turn.spent
        usage = None
        spent = Amounts()
        if share is not None:
            spent = Amounts(1, int(held.tokens * share), int(held.cost_micros * share))
            usage = Usage(0, spent.tokens, spent.cost_micros)
        for expected in (True, False):
            async with self.database.writing() as tx:
                at = self.at(turn) + timedelta(minutes=5)
                assert await tx.ledger.settle(hold_id, usage, at) is expected
                await tx.commit()
        back = Amounts(-held.requests, -held.tokens, -held.cost_micros)
        subject = turn.subject(self.guild_id)
        self.books.add(subject, self.at(turn), back)
        self.books.add(subject, self.at(turn), spent)

    async def nothing_is_held(self, turns: list[Turn]) -> bool:
        """Tell whether no rule of any turn has anything held any more."""
        async with self.database.reading() as tx:
            standings = [
                standing
                for turn in turns
                for standing in await tx.ledger.standings(
                    turn.subject(self.guild_id), self.at(turn)
                )
            ]
        return not any(standing.held for standing in standings)


@settings(
    max_examples=25,
    deadline=None,
    # What goes wrong by chance of timing can't be made smaller by trying again.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    # The database is the test's; examples do not meet in it.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    first=st.lists(turns, min_size=1, max_size=12),
    second=st.lists(turns, max_size=8),
    rules=server_rules,
    request_price=st.sampled_from([Decimal(0), Decimal("0.00005")]),
)
async def test_no_limit_is_ever_passed(
    open_database: OpenDatabase,
    first: list[Turn],
    second: list[Turn],
    rules: list[Rule],
    request_price: Decimal,
) -> None:
    """Whatever reserves and settles at once, spent and held never pass a limit in its window."""
    database = await open_database(defaults=DEFAULTS, ceiling=CEILING)
    example = Example(
        database, rules, Price(Decimal("0.000001"), Decimal("0.0000033"), request_price)
    )
    try:
        await example.prepare()
        await asyncio.gather(*(example.reserve(turn) for turn in first))
        assert example.books.passed() == []
        settling, example.held = example.held, []
        await asyncio.gather(
            *(example.settle(*held) for held in settling),
            *(example.reserve(turn) for turn in second),
        )
        assert example.books.passed() == []
        await asyncio.gather(*(example.settle(*held) for held in example.held))
        assert example.books.passed() == []
        assert await example.nothing_is_held([*first, *second])
    finally:
        await database.close()
