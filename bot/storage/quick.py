"""Statements that run at every turn: put into words once, so that only their values cost anything.

SQLAlchemy takes several times as long for each of them as SQLite does, even with its own cache.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite

Given = dict[str, Any]
Rows = Sequence[Sequence[Any]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class _Place(NamedTuple):
    """A parameter: the name of its value, or a value that is always the same."""

    name: str
    value: Any
    convert: Callable[[Any], Any] | None


class Prepared:
    """A statement with named values, always the same names; its rows are plain numbers and words.

    Moments go in as datetimes and come out as microseconds (`moment`): ask for them as numbers.
    """

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self.text = ""
        self._places: list[_Place] = []

    def prepare(self, names: Iterable[str]) -> None:
        """Put it into SQLite's words, once."""
        if self.text:
            return
        element: ClauseElement = self.statement
        names = list(names)
        dialect = sqlite.dialect()
        keys = names if getattr(element, "is_insert", False) else None
        compiled: Any = element.compile(dialect=dialect, column_keys=keys)
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            self._places.append(_Place(name, bind.value, bind.type.bind_processor(dialect)))
        self.text = compiled.string

    def values(self, given: Given) -> list[Any]:
        """Return the values in the order of their places."""
        found = []
        for name, value, convert in self._places:
            it = given.get(name, value)
            found.append(it if convert is None else convert(it))
        return found


def moment(micros: int) -> datetime:
    """Return the moment that a row has as microseconds since 1970."""
    return _EPOCH + micros * _MICROSECOND
