"""A validator that remembers finds what the plain one finds."""

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.conformity_remembering import remembering

DOCUMENT = {
    "part": {
        "type": "object",
        "properties": {
            "is": {"$ref": "#/yes"},
            "parts": {"type": "array", "items": {"$ref": "#/part"}, "maxItems": 2},
            "either": {
                "anyOf": [{"type": "boolean"}, {"$ref": "#/number"}, {"$ref": "#/part"}],
            },
        },
        "additionalProperties": False,
    },
    "yes": {"const": True},
    "number": {"anyOf": [{"type": "integer", "maximum": 1}, {"enum": ["one", 1.5]}]},
}
KEYS = st.sampled_from(["is", "is", "parts", "either", "either", "else"])
ANYTHING = st.recursive(
    st.sampled_from([None, True, True, False, 0, 1, 2, 1.0, 1.5, "one", "1"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
PARTS = st.dictionaries(KEYS, ANYTHING, max_size=2)


@given(asked=st.lists(PARTS, min_size=2, max_size=8))
def test_the_same_is_found(asked: list[object]) -> None:
    """Whatever was checked before, each value has just the faults that it has by itself."""
    contents = Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:document", contents)
    schema = {"$ref": "urn:document#/part"}
    plain = Draft202012Validator(schema, registry=registry)
    knowing = remembering()(schema, registry=registry)
    for value in [*asked, *asked]:
        found = [(it.message, it.json_path) for it in knowing.iter_errors(value)]
        assert found == [(it.message, it.json_path) for it in plain.iter_errors(value)]
