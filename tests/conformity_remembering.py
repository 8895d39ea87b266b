"""A validator that does not check twice what it found faultless: journeys send much that is alike.

What it finds is what the plain one finds. A set of commands is some 100 kB, and each bot registers
it: to check that anew each time took longer than the journey itself.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

_ref: Any = Draft202012Validator.VALIDATORS["$ref"]
_any_of: Any = Draft202012Validator.VALIDATORS["anyOf"]


def remembering() -> type[Draft202012Validator]:
    """Return a kind of validator for one document, all of which share what they remember."""
    faultless: set[bytes] = set()

    def ref(validator: Any, to: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
        # JSON tells true from 1, and 1 from 1.0, as the schema does and a Python value does not.
        asked = json.dumps([to, instance], sort_keys=True).encode()
        key = blake2b(asked, digest_size=16).digest()
        if key in faultless:
            return
        has_faults = False
        for fault in _ref(validator, to, instance, schema):
            has_faults = True
            yield fault
        if not has_faults:
            faultless.add(key)

    kind: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"$ref": ref, "anyOf": _fitting}
    )
    return kind


def _fitting(
    validator: Any, alternatives: Sequence[Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Find out what is wrong with each alternative only where none of them fits."""
    if not any(validator.evolve(schema=one).is_valid(instance) for one in alternatives):
        yield from _any_of(validator, alternatives, instance, schema)
