"""A validator that does not check twice what it found faultless: journeys send much that is alike.

What it finds is what the plain one finds. A set of commands is some 100 kB, and each bot registers
it: to check that anew each time took longer than the journey itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError]]
"""Finds what is wrong: of a validator, with the keyword's value, an instance, and the schema."""


def remembering() -> type[Draft202012Validator]:
    """Return a kind of validator for one document, which stays; all of it remember together."""
    faultless: set[bytes] = set()
    keywords: dict[str, Keyword] = {
        "$ref": _remembered(_ref, faultless),
        "anyOf": _remembered(_any_of, faultless),
    }
    kind: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, keywords
    )
    return kind


def _remembered(find: Keyword, faultless: set[bytes]) -> Keyword:
    """Return the same, but silent at once where it was silent before."""

    def remembered(
        validator: Any, value: Any, instance: Any, schema: Any
    ) -> Iterator[ValidationError]:
        # JSON tells true from 1, and 1 from 1.0, as a schema may and a Python value does not.
        asked = json.dumps([value if isinstance(value, str) else id(value), instance])
        key = blake2b(asked.encode(), digest_size=16).digest()
        if key in faultless:
            return
        has_faults = False
        for fault in find(validator, value, instance, schema):
            has_faults = True
            yield fault
        if not has_faults:
            faultless.add(key)

    return remembered


def _ref(validator: Any, to: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    plain: Any = Draft202012Validator.VALIDATORS["$ref"]
    yield from plain(validator, to, instance, schema)


def _any_of(
    validator: Any, alternatives: Sequence[Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Find out what is wrong with each alternative only where none of them fits."""
    plain: Any = Draft202012Validator.VALIDATORS["anyOf"]
    if not any(validator.evolve(schema=one).is_valid(instance) for one in alternatives):
        yield from plain(validator, alternatives, instance, schema)
