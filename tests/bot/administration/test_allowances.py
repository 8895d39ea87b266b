"""What admins give to single people, and what of it is noted."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.administration.allowances import MOST_DAYS, AllowanceDesk, Given
from bot.errors import InvalidChoice
from bot.messages import Price, Usage
from bot.quota.grants import ExemptKind
from bot.quota.rules import Demand, Meter, Subject
from bot.quota.text import parse_default_quota
from bot.storage.database import Database

NOW = datetime(2026, 3, 18, 12, 34, 56, tzinfo=UTC)
GUILD, ANN, ADMIN, CREW = 1, 20, 7, 30
SUBJECT = Subject(ANN, GUILD, 10, (CREW,))
DEMAND = Demand(10, 90, 40, Price(Decimal(0), Decimal(0)))

Noted = Callable[[], Awaitable[list[tuple[object, ...]]]]


@pytest.fixture
def url(sqlite_file: Path) -> str:
    """Return where the database is."""
    return f"sqlite+aiosqlite:///{sqlite_file}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Open a database with a default limit."""
    defaults = parse_default_quota("tokens/day=100")
    opened = await Database.open(url, clock=lambda: NOW, defaults=defaults, ceiling=None)
    yield opened
    await opened.close()


@pytest.fixture
def desk(database: Database) -> AllowanceDesk:
    """Return the desk."""
    return AllowanceDesk(database, now=lambda: NOW)


@pytest.fixture
def noted(url: str) -> Noted:
    """Return what reads the trail."""

    async def read() -> list[tuple[object, ...]]:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.connect() as connection:
            rows = await connection.execute(
                text("SELECT command, actor_id, subject_id, target, before, after FROM audit")
            )
            return [tuple(row) for row in rows]

    return read


async def test_grant(desk: AllowanceDesk, noted: Noted) -> None:
    """A grant is there at once, in the meter's own unit, and is noted with until when and why."""
    given = await desk.grant(
        GUILD, ANN, ADMIN, meter="cost", amount=2.5, days=3, reason="for the talk"
    )
    assert given == Given(Meter.COST, 2_500_000, NOW + timedelta(days=3))
    await desk.grant(GUILD, ANN, ADMIN, meter="tokens", amount=500)
    account = await desk.account(SUBJECT)
    assert [(it.meter, it.amount, it.left) for it in account.grants] == [
        (Meter.COST, 2_500_000, 2_500_000),
        (Meter.TOKENS, 500, 500),
    ]
    until = "2500000 cost until 2026-03-21 12:34 UTC (for the talk)"
    assert await noted() == [
        ("quota grant", ADMIN, ANN, "member:20 cost", None, until),
        ("quota grant", ADMIN, ANN, "member:20 tokens", None, "500 tokens"),
    ]


@pytest.mark.parametrize(
    ("changed", "option"),
    [
        ({"meter": "words"}, "meter"),
        ({"amount": 0}, "amount"),
        ({"amount": 1.5}, "amount"),
        ({"amount": -1}, "amount"),
        ({"days": 0}, "days"),
        ({"days": MOST_DAYS + 1}, "days"),
    ],
)
async def test_impossible_grants(
    desk: AllowanceDesk, noted: Noted, changed: dict[str, object], option: str
) -> None:
    """What can't be granted is refused with what to choose instead, and nothing is noted."""
    wanted: dict[str, object] = {"meter": "tokens", "amount": 5, "days": 1, **changed}
    with pytest.raises(InvalidChoice) as caught:
        await desk.grant(GUILD, ANN, ADMIN, **wanted)  # type: ignore[arg-type]
    assert caught.value.option == option
    assert await noted() == []


async def test_reset(desk: AllowanceDesk, database: Database, noted: Noted) -> None:
    """A reset is noted with what had been used."""
    async with database.writing() as tx:
        hold = await tx.ledger.reserve(SUBJECT, DEMAND, NOW)
        await tx.ledger.settle(hold.id, Usage(10, 50, 0), NOW)
        await tx.commit()
    before = await desk.reset(SUBJECT, GUILD, ADMIN, reason="a mistake")
    assert [it.used for it in before.standings] == [60]
    account = await desk.account(SUBJECT)
    assert [it.used for it in account.standings] == [0]
    assert await noted() == [
        ("quota reset", ADMIN, ANN, "member:20", "60 of 100 tokens/day", "afresh (a mistake)")
    ]


@pytest.mark.parametrize(
    ("kind", "target", "subject"), [(ExemptKind.MEMBER, ANN, ANN), (ExemptKind.ROLE, CREW, None)]
)
async def test_exempt(
    desk: AllowanceDesk, noted: Noted, kind: ExemptKind, target: int, subject: int | None
) -> None:
    """Only what changes something is noted."""
    assert await desk.exempt(GUILD, kind, target, ADMIN, on=True)
    assert not await desk.exempt(GUILD, kind, target, ADMIN, on=True)
    assert (await desk.account(SUBJECT)).standings == ()
    assert await desk.exempt(GUILD, kind, target, ADMIN, on=False)
    assert not await desk.exempt(GUILD, kind, target, ADMIN, on=False)
    name = f"{kind}:{target}"
    assert await noted() == [
        ("quota exempt", ADMIN, subject, name, "not exempt", "exempt"),
        ("quota exempt", ADMIN, subject, name, "exempt", "not exempt"),
    ]
