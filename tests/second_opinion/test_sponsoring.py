"""`/sponsor on, off, show`, by simcord's reading of Discord's rules."""

import pytest
from simcord import assert_error

from bot.errors import NotHere, NotOwner
from sandbox.openrouter.replies import Reply
from tests.second_opinion.server import Server, aside_instead, patient, private, public, said

pytestmark = patient


@pytest.mark.parametrize(
    ("meter", "cap", "told"), [("tokens", 50_000, "50,000"), ("cost", 0.5, "$0.50")]
)
async def test_a_sponsorship_from_on_to_off(
    server: Server, meter: str, cap: float, told: str
) -> None:
    """In a thread of one's own one sponsors others, all see it, and a moderator can end it."""
    await server.admin.slash(server.channel, "chat", title="A thread")
    [thread] = server.channel.threads
    begun = await server.admin.slash(thread, "sponsor on", meter=meter, cap=cap)
    assert f"{server.admin.mention} sponsors this thread" in public(begun)
    server.router.reply_next(Reply(text="Hello Ada."))
    await server.member.send(thread, "Hello.")
    assert f"paid by {server.admin.mention}" in said(thread.history()[-1])
    shown = await server.member.slash(thread, "sponsor show")
    assert told in private(shown)
    ended = await server.moderator.slash(thread, "sponsor off")
    assert "no longer sponsors this thread" in public(ended)
    assert "Nobody sponsors" in private(await server.member.slash(thread, "sponsor show"))


async def test_others_and_other_places_are_refused(server: Server) -> None:
    """Only a thread's owner can begin, only in a thread; the public "thinking…" goes then."""
    await server.admin.slash(server.channel, "chat", title="A thread")
    [thread] = server.channel.threads
    refused = await server.moderator.slash(thread, "sponsor on", meter="tokens", cap=9)
    assert "Only this thread's owner" in aside_instead(server)
    assert refused.response is None
    assert_error(server.env, NotOwner)
    refused = await server.admin.slash(server.channel, "sponsor on", meter="tokens", cap=9)
    assert "in a thread of yours" in aside_instead(server)
    refused = await server.admin.slash(server.channel, "sponsor show")
    assert "in a thread of yours" in private(refused)
    assert_error(server.env, NotHere)
