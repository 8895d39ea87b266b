"""Reads all that decides which limits a person meets, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnClause,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from bot.quota.grants import Exemption, ExemptKind, Grant, in_order
from bot.quota.rules import Meter, Rule, Scope, Subject
from bot.quota.windows import Window
from bot.storage.quick import Prepared, moment
from bot.storage.tables import (
    IS_ALLOWANCE,
    exemptions,
    guild_settings,
    hold_grants,
    ledger,
    quota_rules,
    sponsorships,
)
from bot.storage.work import Work


@dataclass(slots=True)
class Terms:
    """What a server has set for a person: its rules, its clock, and the person's allowances."""

    rules: list[Rule] = field(default_factory=list)
    zone: tzinfo = UTC
    exempt_by: Exemption | None = None
    grants: list[Grant] = field(default_factory=list)
    reset_at: datetime | None = None
    is_sponsored: bool = False


async def terms_of(work: Work, subject: Subject, at: datetime) -> Terms:
    """Return what holds for somebody now; in direct messages nobody has set anything."""
    terms = Terms()
    if subject.guild_id is None:
        return terms
    values = {
        "guild": subject.guild_id,
        "user": subject.user_id,
        "channel": subject.channel_id,
        "now": at,
    }
    for row in await work.quick(TERMS, values):
        _take(terms, row, subject)
    terms.grants = in_order(terms.grants)
    return terms


def _take(terms: Terms, row: Sequence[Any], subject: Subject) -> None:
    what, first, second, third, one, two, three, four = row
    match what:
        case "rule":
            rule = Rule(Scope(first), Meter(second), Window(third), one, two or None)
            terms.rules.append(rule)
        case "exemption":
            mine = (subject.user_id,) if first == "member" else _roles(subject)
            if one in mine:
                terms.exempt_by = Exemption(ExemptKind(first), one)
        case "zone":
            terms.zone = ZoneInfo(first)
        case "reset" if one is not None:
            terms.reset_at = moment(one)
        case "grant":
            expires_at = None if four is None else moment(four)
            left = max(0, two - int(three))
            terms.grants.append(Grant(one, Meter(first), two, left, expires_at))
        case "sponsored":
            terms.is_sponsored = one != subject.user_id


def _roles(subject: Subject) -> tuple[int | None, ...]:
    # Discord's @everyone is a role too, with the server's own id.
    return (*subject.role_ids, subject.guild_id)


def _columns(what: str, *words: Any, numbers: tuple[Any, ...]) -> list[Any]:
    empty: ColumnClause[str] = literal_column("''")
    nought = literal_column("0", BigInteger)
    return [
        literal_column(f"'{what}'"),
        *words,
        *[empty] * (3 - len(words)),
        *numbers,
        *[nought] * (4 - len(numbers)),
    ]


def _allowances(kind: str, columns: list[Any]) -> Select[Any]:
    return select(*columns).where(
        IS_ALLOWANCE,
        ledger.c.kind == literal_column(f"'{kind}'"),
        ledger.c.user_id == bindparam("user"),
        ledger.c.guild_id == bindparam("guild"),
    )


def _spent_or_held() -> Any:
    """Return what of a grant is gone; a grant is of one meter, so its amounts can be added up."""
    paid = ledger.alias("paid")
    spent = (
        select(func.coalesce(func.sum(paid.c.requests + paid.c.tokens + paid.c.cost_micros), 0))
        # Written out: an index over a part is found by its own words.
        .where(paid.c.grant_id == ledger.c.id, literal_column("paid.grant_id > 0"))
        .scalar_subquery()
    )
    on = hold_grants.c
    held = (
        select(func.coalesce(func.sum(on.requests + on.tokens + on.cost_micros), 0))
        .where(on.grant_id == ledger.c.id)
        .scalar_subquery()
    )
    return spent + held


def _grants() -> Select[Any]:
    table = ledger.c
    meter = case(
        (table.requests > 0, literal_column(f"'{Meter.REQUESTS}'")),
        (table.tokens > 0, literal_column(f"'{Meter.TOKENS}'")),
        else_=literal_column(f"'{Meter.COST}'"),
    )
    amount = table.requests + table.tokens + table.cost_micros
    expires_at = type_coerce(table.expires_at, BigInteger)
    columns = _columns("grant", meter, numbers=(table.id, amount, _spent_or_held(), expires_at))
    expired = table.expires_at <= bindparam("now")
    return _allowances("grant", columns).where(table.expires_at.is_(None) | ~expired)


def _all_terms() -> Any:
    guild: BindParameter[int] = bindparam("guild")
    rule, exemption = quota_rules.c, exemptions.c
    latest = func.max(type_coerce(ledger.c.at, BigInteger))
    channel = sponsorships.c.channel_id == bindparam("channel")
    return union_all(
        select(
            *_columns(
                *("rule", rule.scope, rule.meter, rule.window),
                numbers=(rule.amount, rule.target_id),
            )
        ).where(rule.guild_id == guild),
        select(*_columns("exemption", exemption.kind, numbers=(exemption.target_id,))).where(
            exemption.guild_id == guild
        ),
        select(*_columns("zone", guild_settings.c.time_zone, numbers=())).where(
            guild_settings.c.guild_id == guild
        ),
        _allowances("reset", _columns("reset", numbers=(latest,))),
        _grants(),
        select(*_columns("sponsored", numbers=(sponsorships.c.sponsor_id,))).where(channel),
    )


TERMS = Prepared(_all_terms())
