"""The catalogue's messages as values, read for the tests."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.words.catalogue import texts

ROOT = Path(__file__).parents[3]

PLURALS = {"en": {"one"}, "de": {"one"}, "es": {"one"}, "fr": {"one"}, "ja": set(), "zh": set()}
"""The forms that each language has for whole numbers below a million, beside `other`."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message or attribute: its id, what it needs and refers to, its plurals, and its text."""

    id: str
    file: str
    variables: frozenset[str]
    optional: frozenset[str]
    references: frozenset[str]
    selects: tuple[frozenset[str], ...]
    text: str


@lru_cache
def messages(language: str) -> dict[str, Message]:
    """Return a language's messages by their ids, `cmd-ask.description` being an attribute's."""
    return {it.id: it for it in every_message(language)}


def every_message(language: str) -> Iterator[Message]:
    """Yield a language's messages, also those that stand twice."""
    for file, text in texts()[language].items():
        for entry in FluentParser().parse(text).body:
            if isinstance(entry, ftl.Message):
                comment = (entry.comment.content or "") if entry.comment else ""
                name = entry.id.name
                if entry.value is not None:
                    yield _message(name, file, entry.value, comment)
                for attribute in entry.attributes:
                    yield _message(f"{name}.{attribute.id.name}", file, attribute.value, "")


def junk(language: str) -> list[str]:
    """Return what of a language's files is no message."""
    parsed = (FluentParser().parse(text) for text in texts()[language].values())
    return [
        entry.content or "" for it in parsed for entry in it.body if isinstance(entry, ftl.Junk)
    ]


def _message(name: str, file: str, pattern: ftl.Pattern, comment: str) -> Message:
    found = list(_walk(pattern))
    optional = re.findall(r"\$([\w-]+)", "".join(re.findall(r"Optional:(.*)", comment)))
    return Message(
        name,
        file,
        frozenset(it.id.name for it in found if isinstance(it, ftl.VariableReference)),
        frozenset(optional),
        frozenset(it.id.name for it in found if isinstance(it, ftl.MessageReference)),
        tuple(
            frozenset(
                key.name
                for variant in it.variants
                if isinstance(key := variant.key, ftl.Identifier)
            )
            for it in found
            if isinstance(it, ftl.SelectExpression)
        ),
        "".join(it.value for it in found if isinstance(it, ftl.TextElement)),
    )


def _walk(node: object) -> Iterator[ftl.BaseNode]:
    if isinstance(node, ftl.BaseNode):
        yield node
        for value in vars(node).values():
            if not isinstance(value, ftl.Span):
                yield from _walk(value)
    elif isinstance(node, list):
        for each in node:
            yield from _walk(each)


@dataclass(frozen=True, slots=True)
class Said:
    """A call of `say`: where, what (a pattern), and with which values (None: any)."""

    where: str
    pattern: str
    values: frozenset[str] | None


@lru_cache
def calls() -> tuple[Said, ...]:
    """Return every call of `say` in the bot and its cogs."""
    return tuple(it for path, tree in sources() for it in _calls(path, tree))


@lru_cache
def strings() -> frozenset[str]:
    """Return every string in the bot and its cogs that might be a message's id."""
    found = (node for _, tree in sources() for node in ast.walk(tree))
    return frozenset(
        it.value for it in found if isinstance(it, ast.Constant) and isinstance(it.value, str)
    )


@lru_cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Return all modules of the bot and its cogs, with their places."""
    paths = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
    return tuple((str(it.relative_to(ROOT)), ast.parse(it.read_text("utf-8"))) for it in paths)


def _calls(path: str, tree: ast.Module) -> Iterator[Said]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        named = node.func.id if isinstance(node.func, ast.Name) else ""
        if named == "say":
            keys = [it.arg for it in node.keywords]
            values = None if None in keys else frozenset(it for it in keys if it)
            for pattern in _patterns(node.args[0]):
                yield Said(f"{path}:{node.lineno}", pattern, values)


def _patterns(node: ast.expr) -> Iterator[str]:
    """Yield what an id can be: a string, either of two, or one with anything in its gaps."""
    match node:
        case ast.Constant(value=str(value)):
            yield re.escape(value)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _patterns(body)
            yield from _patterns(orelse)
        case ast.JoinedStr(values=parts):
            yield "".join(
                re.escape(str(it.value)) if isinstance(it, ast.Constant) else ".+" for it in parts
            )
        case _:  # a name: what it stands for is among the strings
            return
