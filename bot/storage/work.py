"""Runs the statements of one transaction, each to its end."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engines import translated
from bot.storage.quick import Given, Prepared, Rows
from bot.whole import whole

AnyRow = Row[*tuple[Any, ...]]

Values = dict[str, Any] | Sequence[dict[str, Any]] | None
"""What a statement is given: for one run, or for several."""


class Work:
    """Runs the statements of one transaction."""

    in_thread = False

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def is_postgres(self) -> bool:
        """Tell whether rows can, and must, be locked."""
        return self._connection.dialect.name == "postgresql"

    async def run(
        self, statement: Executable, values: Values = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once for each row of values if there are any; raise `StorageTrouble`."""
        with translated():
            return await whole(self._connection.execute(statement, values))

    async def quick(self, prepared: Prepared, values: Given | list[Given]) -> Rows:
        """Run a statement of every turn in the quickest way that there is; return its rows."""
        found = await self.run(prepared.statement, values)
        return found.fetchall() if found.returns_rows else ()

    async def pages(
        self, prepared: Prepared, values: Given, size: int
    ) -> AsyncGenerator[Sequence[Any], None]:
        """Yield a statement's rows, so many at a time, as there may be millions.

        Whoever does not take them to their end closes it.
        """
        async with self._cursor(prepared, values, size) as cursor:
            while True:
                with translated():
                    rows: Sequence[Any] = await whole(cursor.fetchmany(size))
                if not rows:
                    return
                yield rows

    @asynccontextmanager
    async def _cursor(self, prepared: Prepared, values: Given, size: int) -> AsyncIterator[Any]:
        """Open what reads rows; SQLite's is its driver's own, which makes no objects of them."""
        with translated():
            if self.is_postgres:
                cursor: Any = await whole(self._stream(prepared, values, size))
            else:
                prepared.prepare(values)
                driver: Any = (await self._connection.get_raw_connection()).driver_connection
                cursor = await whole(driver.execute(prepared.text, prepared.values(values)))
        try:
            yield cursor
        finally:
            with translated():
                await whole(cursor.close())

    async def _stream(self, prepared: Prepared, values: Given, size: int) -> Any:
        options = {"yield_per": size}
        return await self._connection.stream(prepared.statement, values, execution_options=options)

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[AnyRow]:
        """Return all rows that a statement yields."""
        return (await self.run(statement, values)).fetchall()

    async def row(self, statement: Executable, values: Values = None) -> AnyRow | None:
        """Return the first row that a statement yields, if any."""
        return (await self.run(statement, values)).first()

    async def value(self, statement: Executable, values: Values = None) -> Any:
        """Return the first value of the first row, or None."""
        return (await self.run(statement, values)).scalar()

    async def count(self, statement: Executable) -> int:
        """Return how many rows a statement changed."""
        return (await self.run(statement)).rowcount

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an insert that knows what to do about a row that is there already."""
        return self.insert_into(table, is_postgres=self.is_postgres)

    @staticmethod
    def insert_into(table: Table, *, is_postgres: bool) -> "sqlite.Insert | postgresql.Insert":
        """Return the same for either database."""
        return postgresql.insert(table) if is_postgres else sqlite.insert(table)

    async def commit(self) -> None:
        """Make the work lasting."""
        with translated():
            await whole(self._connection.commit())
