"""`/history`: the shelf with its selects, and a fresh start with its way back."""

from bot.app import assembled
from bot.settings import Settings
from sandbox.openrouter.replies import Reply
from tests.second_opinion.server import Server, patient, private, public, response, words

pytestmark = patient


async def test_the_shelf(server: Server, settings: Settings) -> None:
    """What was said is listed for one alone; pinned and dropped by select, after a restart too."""
    server.router.reply_next(Reply(text="Blue."))
    await server.member.slash(server.channel, "ask", prompt="The sky?")
    shown = await server.member.slash(server.channel, "history show")
    assert "The sky?" in private(shown)
    page = response(shown)
    pinned = await server.member.select(page, ["pin:t:1"], custom_id="shelf:pin:o:0")
    assert pinned.acknowledged
    assert "📌" in words(page.components)
    async with assembled(settings) as again:
        await server.env.restart_bot(again)
        await server.member.select(page, ["drop:t:1"], custom_id="shelf:drop:o:0")
        assert "🗑️" in words(page.components)
        await server.member.click(page, label="Refresh")
        assert "~~The sky?~~" in words(page.components)


async def test_a_fresh_start(server: Server) -> None:
    """Who manages messages starts afresh, all see it, and Undo brings back what was set aside."""
    server.router.reply_next(Reply(text="Blue."))
    await server.moderator.slash(server.channel, "ask", prompt="The sky?")
    done = await server.moderator.slash(server.channel, "history clear")
    assert "A fresh start" in public(done)
    assert "starts fresh" in private(await server.moderator.slash(server.channel, "history show"))
    await server.moderator.click(response(done), label="Undo")
    assert "undone" in words(response(done).components)
    assert "The sky?" in private(await server.moderator.slash(server.channel, "history show"))
