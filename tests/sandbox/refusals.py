"""What a check refused, in a form that tests can compare."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.discord.problems import Problem

V2 = 1 << 15
Json = dict[str, Any]


def refusals(check: Callable[..., None], *args: Any, **kwargs: Any) -> set[str]:
    """Return what a check refuses as "path CODE", or nothing; other errors than 50035 pass."""
    problem: Problem | None = None
    try:
        check(*args, **kwargs)
    except Problem as raised:
        if raised.code != 50035:
            raise
        problem = raised
    if problem is None:
        return set()
    assert problem.status == 400
    assert problem.errors
    return set(_flat(problem.errors, ()))


def _flat(errors: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key, value in errors.items():
        if key == "_errors":
            for error in value:
                assert set(error) == {"code", "message"}
                yield f"{'.'.join(path)} {error['code']}".strip()
        else:
            yield from _flat(value, (*path, key))


def text(content: str = "Hello") -> Json:
    """Return a text display."""
    return {"type": 10, "content": content}


def button(custom_id: str = "stop", **fields: Any) -> Json:
    """Return an ordinary button."""
    return {"type": 2, "style": 1, "label": "Stop", "custom_id": custom_id, **fields}


def row(*components: Json) -> Json:
    """Return an action row."""
    return {"type": 1, "components": list(components)}


def container(*components: Json, **fields: Any) -> Json:
    """Return a container."""
    return {"type": 17, "components": list(components), **fields}


def options(count: int) -> list[Json]:
    """Return so many options to choose from."""
    return [{"label": f"Option {n}", "value": f"value-{n}"} for n in range(count)]


def select(custom_id: str = "pick", count: int = 3, **fields: Any) -> Json:
    """Return a string select."""
    return {"type": 3, "custom_id": custom_id, "options": options(count), **fields}


def label(component: Json, **fields: Any) -> Json:
    """Return a label around a modal's component."""
    return {"type": 18, "label": "Your question", "component": component, **fields}


def text_input(custom_id: str = "question", **fields: Any) -> Json:
    """Return a modal's text input."""
    return {"type": 4, "custom_id": custom_id, "style": 2, **fields}
