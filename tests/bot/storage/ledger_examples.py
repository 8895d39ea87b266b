"""Of what the examples of the ledger's state machine are made."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.messages import Price
from bot.quota.rules import Demand, Meter, Rule, Scope
from bot.quota.windows import Window
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW

T = TypeVar("T")

DEFAULTS = (
    Rule(Scope.DEFAULT, Meter.REQUESTS, Window.HOUR, 3),
    Rule(Scope.DEFAULT, Meter.TOKENS, Window.DAY, 700),
)
CEILINGS = (
    Rule(Scope.OPERATOR, Meter.COST, Window.DAY, 6_000),
    Rule(Scope.BOT, Meter.COST, Window.DAY, 8_000),
)
CREW, STAFF = 30, 31
USERS, ROLES = (1, 2), ((), (CREW,), (CREW, STAFF))
PLACES = ((10, None), (110, 10), (11, None))
AMOUNTS = {
    Meter.REQUESTS: (0, 1, 2, 3, 6),
    Meter.TOKENS: (0, 90, 400, 900, 2_500),
    Meter.COST: (0, 200, 700, 1_800, 5_000),
}

# Where an example begins: both changes of Berlin's clock, the turn of a month and of a year, a
# Sunday evening, and an ordinary noon. The minute is one before a change in UTC or in Berlin.
STARTS = (
    lambda year: _last_sunday(year, 3).replace(hour=0, minute=59, second=30),
    lambda year: _last_sunday(year, 10).replace(hour=0, minute=59, second=30),
    lambda year: datetime(year, 6, 30, 21, 59, 30, tzinfo=UTC),
    lambda year: datetime(year, 12, 31, 22, 50, tzinfo=UTC),
    lambda year: _last_sunday(year, 5).replace(hour=21, minute=30),
    lambda year: datetime(year, 4, 15, 12, 7, tzinfo=UTC),
)
STEPS = [
    *(timedelta(seconds=it) for it in (1, 20, 60)),
    *(timedelta(minutes=it) for it in (7, 15, 45, 60)),
    *(timedelta(hours=it) for it in (2, 9, 24)),
    *(timedelta(days=it) for it in (6, 31)),
]


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def demands() -> st.SearchStrategy[Demand]:
    """Return what a turn asks for; now and then nobody knows the price."""
    prices = [Price(Decimal("0.000001"), Decimal("0.0000033"), Decimal(it)) for it in (0, "0.0001")]
    return st.builds(
        Demand,
        prompt_tokens=st.integers(0, 300),
        max_output_tokens=st.integers(1, 400),
        least_output_tokens=st.integers(1, 60),
        price=st.sampled_from([*prices, *prices, None]),
    )


def rules() -> st.SearchStrategy[Rule]:
    """Return a server's limit, its target by number."""
    return st.sampled_from(list(Meter)).flatmap(
        lambda meter: st.builds(
            Rule,
            st.sampled_from(
                [Scope.SERVER, Scope.CHANNEL, Scope.MEMBER, Scope.ROLE, Scope.EVERYONE]
            ),
            st.just(meter),
            st.sampled_from(list(Window)),
            st.sampled_from(AMOUNTS[meter]),
            st.integers(0, 2),
        )
    )


GRANTS = st.sampled_from(list(Meter)).flatmap(
    lambda meter: st.tuples(
        st.just(meter),
        st.sampled_from(AMOUNTS[meter][1:]),
        st.sampled_from([None, timedelta(minutes=20), timedelta(hours=30)]),
    )
)
"""What is granted: the meter, how much, and for how long."""


class Shared:
    """The database of all examples, and the event loop that it lives in."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.numbers = count()
        self.database = self.loop.run_until_complete(
            Database.open(
                url,
                clock=lambda: NOW,
                defaults=DEFAULTS,
                ceiling=CEILINGS[1],
                server_ceiling=CEILINGS[0],
            )
        )

    def write(self, work: Callable[[StoredTransaction], Coroutine[Any, Any, T]]) -> T:
        """Run a transaction and make it lasting, unless it raises."""

        async def lasting(tx: StoredTransaction) -> T:
            result = await work(tx)
            await tx.commit()
            return result

        return self.loop.run_until_complete(self.database.write(lasting))

    def close(self) -> None:
        """Close the database and end the loop."""
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
