"""Several processes on one PostgreSQL: no limit is passed, and none is left half used."""

import asyncio
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.errors import QuotaReached
from bot.quota.rules import Demand, Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look, Postgres

PROCESSES, TURNS, USERS = 4, 50, 20

CHILD = """
import asyncio, json, sys
from decimal import Decimal
from bot.errors import QuotaReached
from bot.messages import Price, Usage
from bot.quota.rules import Demand, Subject
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

PRICE = Price(Decimal("0.000001"), Decimal("0.000002"))
DEMAND = Demand(10, 90, 40, PRICE)

async def main():
    url, cases = sys.argv[1], json.loads(sys.argv[2])
    database = await Database.open(url, clock=lambda: NOW, defaults=(), ceiling=None)

    async def turn(guild_id, user_id, number):
        subject = Subject(user_id, guild_id, guild_id * 100)
        async def reserve(tx):
            hold = await tx.ledger.reserve(subject, DEMAND, NOW)
            await tx.commit()
            return hold
        async def settle(tx):
            await tx.ledger.settle(hold.id, Usage(0, it.tokens, it.cost_micros), NOW)
            await tx.commit()
        try:
            hold = await database.write(reserve)
        except QuotaReached:
            return None
        it = hold.amounts
        if number % 2:  # the others stay held, as long answers do
            await database.write(settle)
        return guild_id, user_id, it.requests, it.tokens, it.cost_micros

    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    turns = [
        turn(guild_id, 1 + number % users, number)
        for number in range(int(sys.argv[3]))
        for guild_id, users in cases
    ]
    print(json.dumps([it for it in await asyncio.gather(*turns) if it]), flush=True)
    await database.close()

asyncio.run(main())
"""


@dataclass(frozen=True)
class Case:
    """A limit, whose turns meet it, and what is admitted of each person's or of all."""

    rule: Rule
    users: int
    turns: int


def limit(meter: Meter, amount: int, scope: Scope = Scope.EVERYONE) -> Rule:
    """Return a limit of a day."""
    return Rule(scope, meter, Window.DAY, amount)


# 200 turns each, of 10 + 90 tokens for 190 micro-dollars, at least 10 + 40 tokens; what is left
# after the last whole one is room for one that is shorter.
CASES = (
    Case(limit(Meter.REQUESTS, 70), 1, 70),
    Case(limit(Meter.TOKENS, 2_560), 1, 26),
    Case(limit(Meter.COST, 4_100), 1, 22),
    Case(limit(Meter.REQUESTS, 7), USERS, 7),
    Case(limit(Meter.TOKENS, 660), USERS, 7),
    Case(limit(Meter.COST, 1_240), USERS, 7),
    Case(limit(Meter.TOKENS, 2_560, Scope.SERVER), USERS, 26),
)


@pytest.fixture
def kind() -> str:
    """Several processes need a server."""
    return "postgresql"


async def process(url: str) -> asyncio.subprocess.Process:
    """Start a process and return it when its database is open."""
    cases = json.dumps([(guild_id, case.users) for guild_id, case in enumerate(CASES, start=1)])
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, url, cases, str(TURNS)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path.cwd(),
    )
    assert started.stdout is not None
    assert await started.stdout.readline() == b"ready\n"
    return started


@pytest.mark.timeout(240)
async def test_processes_keep_every_limit_exactly(url: str, postgres: Postgres, look: Look) -> None:
    """Of 200 turns at once in four processes exactly as many are admitted as fit, to the token."""
    del postgres
    database = await Database.open(url, clock=lambda: NOW, defaults=(), ceiling=None)
    async with database.writing() as tx:
        for guild_id, case in enumerate(CASES, start=1):
            await tx.ledger.set_rule(guild_id, case.rule, 1, NOW)
        await tx.commit()
    processes = await asyncio.gather(*(process(url) for _ in range(PROCESSES)))
    outputs = await asyncio.wait_for(
        asyncio.gather(*(it.communicate(b"go\n") for it in processes)), 200
    )
    await database.close()
    assert [it.returncode for it in processes] == [0] * PROCESSES
    admitted: dict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
    for output, _ in outputs:
        for guild_id, user_id, *amounts in json.loads(output):
            shared = CASES[guild_id - 1].rule.scope is Scope.SERVER
            admitted[guild_id, 0 if shared else user_id].append(tuple(amounts))
    assert len(admitted) == 3 * 1 + 3 * USERS + 1
    for (guild_id, _), turns in admitted.items():
        case = CASES[guild_id - 1]
        assert len(turns) == case.turns
        meter = list(Meter).index(case.rule.meter)
        assert sum(amounts[meter] for amounts in turns) == case.rule.amount
    await agrees(look, sum(map(len, admitted.values())))


async def agrees(look: Look, turns: int) -> None:
    """Check that what is held and spent in the books is all that was admitted, each once."""
    [(held, spent)] = await look(
        "SELECT (SELECT count(*) FROM holds), (SELECT count(*) FROM ledger)"
    )
    assert isinstance(held, int)
    assert isinstance(spent, int)
    assert held + spent == turns
    spends = "SELECT sum(requests), sum(tokens), sum(cost_micros) FROM ledger"
    sums = "SELECT sum(requests), sum(tokens), sum(cost_micros) FROM ledger_sums WHERE scope = :it"
    for scope in ("bot", "guild", "member", "channel"):
        for spans in ("span >= 0", "span < 0"):
            assert await look(f"{sums} AND {spans}", it=scope) == await look(spends)


async def test_a_server_with_stricter_transactions(url: str, look: Look) -> None:
    """Where the server's own default is another isolation, the limits hold all the same."""
    name = make_url(url).database
    await look(f"ALTER DATABASE {name} SET default_transaction_isolation TO 'repeatable read'")
    defaults = (Rule(Scope.DEFAULT, Meter.REQUESTS, Window.DAY, 5),)
    database = await Database.open(url, clock=lambda: NOW, defaults=defaults, ceiling=None)

    async def reserve(tx: StoredTransaction) -> None:
        await tx.history.knows(1)  # as turns begin: a look before they wait for the lock
        await tx.ledger.reserve(Subject(20, 1, 11), Demand(10, 90, 40, None), NOW)
        await tx.commit()

    turns = (database.write(reserve) for _ in range(40))
    results = await asyncio.gather(*turns, return_exceptions=True)
    await database.close()
    assert results.count(None) == 5
    assert all(isinstance(it, QuotaReached) for it in results if it is not None)
