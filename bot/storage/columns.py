"""The kinds of columns and indexes that the tables are made of."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnClause,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """Keep a moment as whole microseconds of UTC since 1970, exact and equal in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 (the base class names it)
        """Turn an aware datetime into microseconds."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class names it)
        """Turn microseconds into a datetime in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Words(TypeDecorator[str]):
    """Keep text as people and models write it, with � for what no database takes.

    PostgreSQL refuses NUL, and neither database takes half of a surrogate pair.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (the base class names it)
        """Replace what can't be stored."""
        if value is None:
            return None
        if not value.isascii():
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def key() -> Column[int]:
    """Return the column of ids."""
    # SQLite gives ids by itself only to an INTEGER, which has 64 bits there.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def table(name: str, *columns: Any) -> Table:
    """Return a table with ids of its own."""
    # An id is never given twice: a settled hold's stays in the ledger.
    return Table(name, metadata, key(), *columns, sqlite_autoincrement=True)


def index_where(rows: ColumnClause[bool], name: str, *columns: Column[Any]) -> Index:
    """Make an index over a part of a table's rows, in either database."""
    return Index(name, *columns, sqlite_where=rows, postgresql_where=rows)


def amounts() -> Iterable[Column[int]]:
    """Yield a column for each meter."""
    for meter in ("requests", "tokens", "cost_micros"):
        yield Column(meter, BigInteger, nullable=False)
