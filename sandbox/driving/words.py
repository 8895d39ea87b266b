"""Discord's refusals in words for a person: what is wrong, and where."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.discord.problems import Problem

LONGEST = 300
"""Characters of a refusal, which may quote what was refused."""
_FIELDS = {"content": "The message", "name": "The name", "title": "The title"}


def short(value: Any) -> str:
    """Return a value as a refusal quotes it, in few characters."""
    return cut(repr(value), 60)


def cut(words: str, most: int = LONGEST) -> str:
    """Return words that are not too many."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def sentence(problem: Problem) -> str:
    """Return a refusal as a sentence; a form's faults are named one by one."""
    faults = list(_faults(problem.errors or {}, ()))
    if not faults:
        return f"{problem.message.rstrip('.')}."
    return " ".join(f"{where}: {words.rstrip('.')}." for where, words in faults)


def _faults(errors: Mapping[str, Any], way: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, inner in errors.items():
        if name == "_errors":
            where = ".".join(way)
            for each in inner:
                yield _FIELDS.get(where, where or "The request"), str(each["message"])
        elif isinstance(inner, Mapping):
            yield from _faults(inner, (*way, name))
