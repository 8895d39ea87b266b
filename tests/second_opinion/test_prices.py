"""The price question and its buttons, by simcord's reading of Discord's rules."""

from typing import Any

import pytest
from simcord.results import ResponseMessage

from sandbox.openrouter.replies import Reply
from tests.second_opinion.server import (
    Server,
    aside,
    buttons,
    patient,
    response,
    words,
)

pytestmark = patient

DEAR = ("report.txt", b"A long report about lighthouses. " * 5_000)
"""About 40,000 tokens."""


@pytest.fixture
def changed() -> dict[str, Any]:
    """Return limits of which such a file takes more than a quarter."""
    return {"default_quota": "requests/day=50, tokens/day=100000", "context_tokens": 90_000}


async def ask(server: Server, *, private: bool) -> ResponseMessage:
    """Let the member ask something dear, and return the price question."""
    done = await server.member.slash(
        server.channel, "ask", prompt="Summarise it.", file=DEAR, private=private
    )
    question = response(done)
    assert question.ephemeral is private
    assert list(buttons(question.components)) == ["Send", "Trim", "Cancel"]
    assert "% of your day.** Send it?" in words(question.components)
    return question


@pytest.mark.parametrize("private", [False, True])
async def test_send(server: Server, private: bool) -> None:
    """Send answers in the same message, and only for who asked."""
    question = await ask(server, private=private)
    if not private:
        refused = await server.admin.click(question, label="Send")
        assert "Only the person who asked" in aside(refused)
    server.router.reply_next(Reply(text="It is about lighthouses."))
    await server.member.click(question, label="Send")
    assert "It is about lighthouses." in words(question.components)
    assert buttons(question.components) == {"Regenerate": True, "Thread": True}


async def test_trim(server: Server) -> None:
    """Trim leaves out earlier turns, and can be pressed only where there are some."""
    question = await ask(server, private=False)
    assert buttons(question.components)["Trim"] is False
    server.router.reply_next(Reply(text="Lighthouses."), Reply(text="Twelve."))
    await server.member.click(question, label="Send")
    done = await server.member.slash(server.channel, "ask", prompt="How many are there?")
    question = response(done)
    await server.member.click(question, label="Trim")
    assert "Twelve." in words(question.components)
    assert "Trimmed: 1 earlier turn was left out" in words(question.components)


@pytest.mark.parametrize("private", [False, True])
async def test_cancel(server: Server, private: bool) -> None:
    """Cancel says that nothing was spent, and its buttons go."""
    question = await ask(server, private=private)
    await server.member.click(question, label="Cancel")
    assert "Cancelled. Nothing was spent." in words(question.components)
    assert buttons(question.components) == {}
    assert server.router.chats == []
