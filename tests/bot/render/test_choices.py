"""What stands around an answer where a place chose to hide some of it."""

from datetime import timedelta

import pytest

from bot.messages import AnswerState, Usage
from bot.prompts.personas import Persona, Scope
from bot.render.personas import persona_lines
from bot.render.screen.lines import closing_line, meter_line
from bot.snapshots import Closing, Looks, Snapshot


@pytest.mark.parametrize(
    ("text", "line"), [("", "-# waiting for the model · 7 s"), ("x", "-# ✍️ writing")]
)
def test_hidden_thinking(text: str, line: str) -> None:
    """While it thinks unseen the model is waited for, and then writes."""
    snapshot = Snapshot(1, text, 500, timedelta(seconds=5), looks=Looks(thinking=False))
    assert meter_line(snapshot, timedelta(seconds=7)) == line


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (AnswerState.COMPLETE, ""),
        (AnswerState.STOPPED, "-# stopped"),
        (AnswerState.LENGTH, "-# cut off at its length limit"),
    ],
)
def test_a_hidden_footer(state: AnswerState, line: str) -> None:
    """Only how an answer ended is told, where it did not end by itself."""
    closing = Closing(state, timedelta(seconds=3), Usage(10, 20, 30))
    assert closing_line(closing, whole_line=False) == line
    assert "30 tokens" in closing_line(closing)


def test_personas_are_quoted_whole() -> None:
    """Each line of a persona is shown as it was written, a long one in pieces."""
    written = Persona(Scope.PERSON, 1, "One *two*\n\n" + "x" * 3_990)
    quoted = [it[2:] for it in persona_lines([written]) if it.startswith("> ")]
    assert quoted[:2] == [r"One \*two\*", ""]
    assert "".join(quoted[2:]) == "x" * 3_990
