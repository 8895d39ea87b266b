"""Help: one message, and nothing in it that somebody can't do where they are."""

from hypothesis import given
from hypothesis import strategies as st

from bot.render.command_mentions import CommandMentions
from bot.render.help import Here, help_lines
from bot.render.joining import first_word

COMMANDS = CommandMentions({"ask": 2**62, "chat": 2**62, "quota": 2**62, "history": 2**62})
HERES = st.builds(
    Here,
    in_server=st.booleans(),
    manages=st.booleans(),
    reads_reports=st.booleans(),
    is_exempt=st.booleans(),
    is_thread=st.booleans(),
    waits_for_mention=st.booleans(),
)


@given(HERES)
def test_help_is_one_message(here: Here) -> None:
    """Whatever holds, help fits a message, and only managers read of what managers do."""
    text = "\n".join(help_lines(here, COMMANDS))
    assert len(text) < 3_000
    assert ("settings set" in text) == here.manages
    assert ("/chat" in text) == here.in_server
    assert "forget" in text


def test_commands_are_clickable_where_their_ids_are_known() -> None:
    """A command is a mention with its group's id, and plain words before it is registered."""
    assert COMMANDS("quota set") == f"</quota set:{2**62}>"
    assert COMMANDS("usage") == "`/usage`"


def test_the_first_word_fits_a_message() -> None:
    """The first word is short enough to be read."""
    assert len(first_word(COMMANDS)) < 1_500
