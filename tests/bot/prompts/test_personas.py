"""Personas: whose holds, what stands for the placeholders, and what keeps the prefix."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Person
from bot.prompts.context import INSTRUCTIONS
from bot.prompts.persona_library import LIBRARY, sample_of
from bot.prompts.personas import LONGEST, Persona, Scope, Surroundings, filled, orders

ADA, BEN = Person(11, "Ada", "ada"), Person(12, "Ben", "ben")
HERE = Surroundings(date(2026, 3, 18), "Lighthouse", "general", ADA)
THREAD, CHANNEL, GUILD = 7, 5, 3
TEXTS = st.text(max_size=40) | st.sampled_from(["It is {date}.", "Hello {user}", "{channel}"])


def persona(scope: Scope, target: int, text: str) -> Persona:
    """Return a persona."""
    return Persona(scope, target, text)


def test_a_thread_before_its_channel_before_the_server() -> None:
    """The nearest persona holds for all, and one's own is added."""
    own = persona(Scope.PERSON, ADA.id, "own")
    server = persona(Scope.SERVER, GUILD, "of the server")
    channel = persona(Scope.CHANNEL, CHANNEL, "of the channel")
    thread = persona(Scope.CHANNEL, THREAD, "of the thread")
    for count, text in enumerate(("of the thread", "of the channel", "of the server")):
        found = orders([own, server, channel, thread][: 4 - count], (THREAD, CHANNEL), HERE)
        assert found.opening == f"{INSTRUCTIONS}\n\n{text}"
        assert found.aside == "What Ada (@ada) wants of every answer to them:\nown"
    assert orders([], (THREAD, CHANNEL), HERE).opening == INSTRUCTIONS


@given(TEXTS, TEXTS)
def test_the_beginning_is_the_same_for_everybody(shared: str, own: str) -> None:
    """Whoever asks on a day, a prompt in a place begins with the same words."""
    personas = [persona(Scope.CHANNEL, CHANNEL, shared), persona(Scope.PERSON, ADA.id, own)]
    adas = orders(personas, (CHANNEL,), HERE)
    bens = orders(personas[:1], (CHANNEL,), replace(HERE, person=BEN))
    assert adas.opening == bens.opening


def test_placeholders() -> None:
    """Each stands for what it says, the date for its day; what they bring is not looked into."""
    text = r"{date} {server} {channel} {user} {other} \boxed{} {{user}}"
    around = replace(HERE, server="{user}\nx", person=Person(1, "A: b", "a"))
    assert filled(text, around) == (
        r"Wednesday, 2026-03-18 {user} x general A b (@a) {other} \boxed{} {A b (@a)}"
    )
    assert filled("{server}, {channel}", replace(HERE, server="", channel="")) == (
        "direct messages, direct messages"
    )


def test_the_library() -> None:
    """Every sample fits into the form and is found by its key; the choices fit into Discord."""
    assert len(LIBRARY) <= 25
    assert len({it.key for it in LIBRARY}) == len(LIBRARY)
    for it in LIBRARY:
        assert 0 < len(it.text) <= LONGEST
        assert len(it.title) <= 100
        assert sample_of(it.key) is it
    assert {"general", "mathematics", "web"} <= {it.key for it in LIBRARY}
    assert sample_of("nothing") is None
