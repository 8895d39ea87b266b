"""Choices of places: ranges, and whose word holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.choices import (
    FRACTIONS,
    WORDS,
    Chosen,
    Most,
    Name,
    checked,
    choices_of,
    default,
    nearest,
)
from bot.errors import InvalidChoice

MOST = Most(32_000, 8_000)
THREAD, CHANNEL, ELSEWHERE, SERVER = 7, 5, 6, 0
PLACES = st.sampled_from([THREAD, CHANNEL, ELSEWHERE, SERVER])
CHOSEN = st.dictionaries(st.tuples(PLACES, st.sampled_from(Name)), st.just(""))
ANYTHING = st.floats() | st.integers() | st.text(max_size=8)


@given(CHOSEN)
def test_the_nearest_place_decides(values: dict[tuple[int, Name], str]) -> None:
    """A thread goes before its channel, that before the server; other channels count nowhere."""
    chosen = [Chosen(place, name, value) for (place, name), value in values.items()]
    decided = nearest(chosen, (THREAD, CHANNEL))
    for name in Name:
        places = [place for place in (THREAD, CHANNEL, SERVER) if (place, name) in values]
        assert (decided[name].channel_id if name in decided else None) == next(iter(places), None)


RANGES = {
    Name.TEMPERATURE: {"2"},
    Name.TOP_P: {"1"},
    Name.MAX_OUTPUT: {"300", "8000"},
    Name.CONTEXT: {"1000", "32000"},
    Name.THINKING: {"shown", "hidden"},
    Name.FOOTER: {"shown", "hidden"},
    Name.MENTION_ONLY: {"off", "on"},
}
"""What a refusal tells of each setting's range."""


@given(st.sampled_from(Name), ANYTHING)
def test_what_is_kept_is_in_its_range(name: Name, value: float | str) -> None:
    """Whatever is given is refused with its range named, or kept so that it can be used."""
    refused = None
    try:
        kept = checked(name, value, MOST)
    except InvalidChoice as error:
        refused, kept = error, default(name, MOST)
    if refused is not None:
        assert refused.option == name
        assert {str(it) for it in refused.values.values()} == RANGES[name]
    choices = choices_of({name: Chosen(SERVER, name, kept)}, MOST)
    assert 0 <= choices.temperature <= 2
    assert 0 <= choices.top_p <= 1
    assert 300 <= choices.max_output <= 8_000
    assert 1_000 <= choices.context <= 32_000
    assert checked(name, kept, MOST) == kept


@pytest.mark.parametrize("name", Name)
def test_the_default_is_in_its_range(name: Name) -> None:
    """What holds at first could be chosen, too."""
    assert float(checked(name, default(name, MOST), MOST)) if name in FRACTIONS else True
    assert name not in WORDS or default(name, MOST) == WORDS[name][0]


@pytest.mark.parametrize(
    ("name", "edges", "beyond"),
    [
        (Name.TEMPERATURE, (0, 2), (-0.01, 2.01)),
        (Name.TOP_P, (0, 1), (-0.01, 1.01)),
        (Name.MAX_OUTPUT, (300, 40_000), (299, 40_001)),
        (Name.CONTEXT, (1_000, 1_000_000), (999, 1_000_001)),
    ],
)
def test_edges(name: Name, edges: tuple[float, float], beyond: tuple[float, float]) -> None:
    """A range's ends belong to it, where the operator allows as much."""
    most = Most(1_000_000, 40_000)
    assert [float(checked(name, it, most)) for it in edges] == list(edges)
    for value in beyond:
        with pytest.raises(InvalidChoice):
            checked(name, value, most)


def test_an_operator_who_allows_less_later() -> None:
    """What was chosen before is cut down to what the operator allows now."""
    decided = {
        Name.MAX_OUTPUT: Chosen(SERVER, Name.MAX_OUTPUT, "8000"),
        Name.CONTEXT: Chosen(SERVER, Name.CONTEXT, "32000"),
    }
    choices = choices_of(decided, Most(2_000, 256))
    assert (choices.context, choices.max_output) == (2_000, 256)
