"""Gives statements lists of numbers, however long, as one value."""

from collections.abc import Iterable

from sqlalchemy import JSON, BigInteger, BindParameter, Select, Text, bindparam, cast, func, select


def as_list(numbers: Iterable[int]) -> str:
    """Return numbers as the value for `listed`."""
    return f"[{','.join(map(str, numbers))}]"


def listed(name: str, *, is_postgres: bool) -> Select[tuple[int]]:
    """Return the question for the numbers in the value of this name.

    As so many parameters they would take longer than the answer.
    """
    numbers: BindParameter[str] = bindparam(name, type_=Text)
    if is_postgres:
        values = func.json_array_elements_text(cast(numbers, JSON)).table_valued("value")
        return select(cast(values.c.value, BigInteger).label("number"))
    values = func.json_each(numbers).table_valued("value")
    return select(values.c.value.label("number"))
