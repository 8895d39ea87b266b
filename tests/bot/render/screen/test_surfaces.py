"""Surfaces: the real discord.py paints on a Discord that is as strict as the real one."""

import asyncio
import math
import re
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.errors import OutOfReach, ScreenGone
from bot.messages import AnswerState, ScreenAddress, Usage
from bot.render.drawing.pictures import Pictures
from bot.render.markdown.parts import CodeFile, Picture, PictureKind, Words
from bot.render.pacing.lanes import Lane
from bot.render.pacing.pacer import Pacer
from bot.render.pacing.traffic import traffic_of
from bot.render.screen.layouts import Drawn, Layout, Press
from bot.render.screen.live_answer import LiveAnswer
from bot.render.screen.refusals import NotPainted
from bot.render.screen.surfaces import DiscordSurface
from bot.snapshots import Closing, Snapshot
from sandbox.discord.model import MessageFlag
from sandbox.discord.people import Person
from sandbox.discord.sample import sample_world
from sandbox.discord.seen import Seen
from sandbox.discord.server import DiscordServer
from sandbox.discord.used import Used
from tests.bot.render.fakes import undrawn
from tests.sandbox.discordpy import running
from tests.sandbox.raw import person

STOP = Press("Stop", "stop:5", danger=True)
DONE = Closing(AnswerState.COMPLETE, timedelta(seconds=3), Usage(10, 20, 300))
FORMULA = Picture(PictureKind.FORMULA, r"\frac{a}{b}", "`a/b`")
PNG = b"\x89PNG\r\n\x1a\n and so on"


def layout(text: str, **more: Any) -> Layout:
    """Return a message with this text."""
    return Layout((Words(text),), **more)


class StopButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]],
    template=r"stop:(?P<answer>\d+)",
):
    """Hears clicks on Stop, as the bot's own does."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(discord.ui.Button(label="Stop", custom_id=f"stop:{answer_id}"))
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> "StopButton":
        """Return the button that was clicked."""
        del interaction, item
        return cls(int(match["answer"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say which answer should stop."""
        await interaction.response.send_message(f"stopped {self.answer_id}", ephemeral=True)


class Client(discord.Client):
    """A client with `/ask`, which hands the deferred interaction over."""

    def __init__(self) -> None:
        self.pacer = Pacer(time.monotonic)
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            http_trace=traffic_of(self.pacer, lambda: discord.http.Route.BASE),
        )
        self.tree = app_commands.CommandTree(self)
        self.asked: asyncio.Queue[tuple[discord.Interaction[Any], int | None]] = asyncio.Queue()

        @self.tree.command(description="Ask")
        async def ask(interaction: discord.Interaction[Any], private: bool = False) -> None:
            response = await interaction.response.defer(ephemeral=private, thinking=True)
            self.asked.put_nowait((interaction, response.message_id if response else None))

    async def setup_hook(self) -> None:
        """Register the command and the button."""
        self.add_dynamic_items(StopButton)
        await self.tree.sync()


@dataclass
class Stage:
    """A Discord, a client in it, and a clock that tests can move on."""

    server: DiscordServer
    client: Client
    later: timedelta = field(default_factory=timedelta)

    @property
    def channel_id(self) -> int:
        """Return the channel in which everything happens."""
        return self.server.world.channel_named("general").id

    @property
    def ada(self) -> Person:
        """Return who asks."""
        return person(self.server, "ada")

    @property
    def seen(self) -> list[Seen]:
        """Return what Ada sees in the channel now."""
        return self.ada.sees(self.channel_id)

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) + self.later

    async def asks(self, *, private: bool = False) -> tuple[Used, DiscordSurface]:
        """Let Ada ask, and return the surface of the answer."""
        used = await self.ada.slash(self.channel_id, "ask", {"private": private})
        interaction, message_id = await asyncio.wait_for(self.client.asked.get(), 5)
        surface = DiscordSurface.of_interaction(
            interaction, private=private, now=self.now, message_id=message_id
        )
        return used, surface

    def in_channel(self, reply_to: int | None = None) -> DiscordSurface:
        """Return a surface of the channel."""
        return DiscordSurface.in_channel(
            self.client, self.channel_id, now=self.now, reply_to=reply_to
        )

    def at(self, address: ScreenAddress) -> DiscordSurface:
        """Return the surface as another process would find it."""
        return DiscordSurface.at(self.client, address, now=self.now)

    def paths(self, method: str) -> list[str]:
        """Return what the bot asked for in this way."""
        return [each.path for each in self.server.exchanges if each.method == method]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Return a running client in a Discord of its own."""
    async with DiscordServer(sample_world(), identify_interval=0) as server:
        client = Client()
        async with running(client, server):
            yield Stage(server, client)


async def test_an_interaction_is_answered_in_place_and_followed_up(stage: Stage) -> None:
    """The deferral becomes the first page, further pages follow, and each can be edited."""
    used, surface = await stage.asks()
    before = surface.address
    await surface.paint(0, layout("One", meter="-# thinking", buttons=(STOP,)))
    await surface.paint(1, layout("Two"))
    await surface.paint(0, layout("One, changed"))
    await surface.paint(1, layout("Two, changed"))

    first, second = used.responses
    assert (first.text, second.text) == ("One, changed", "Two, changed")
    assert first.buttons == ()
    assert before.message_ids == (first.id,), "known from the deferral, before any paint"
    assert surface.address.message_ids == (first.id, second.id)
    assert surface.address.application_id == stage.client.application_id


async def test_a_private_answer_stays_private(stage: Stage) -> None:
    """Original and follow-ups are seen by the person alone, from another process too."""
    used, surface = await stage.asks(private=True)
    await surface.paint(0, layout("One"))
    await surface.paint(1, layout("Two"))
    await stage.at(surface.address).paint(2, layout("Three"))

    assert [each.text for each in used.responses] == ["One", "Two", "Three"]
    assert all(each.ephemeral for each in used.responses)
    assert person(stage.server, "ben").sees(stage.channel_id) == []


async def test_messages_reply_to_the_question(stage: Stage) -> None:
    """The first message replies, the next do not, and edits change the right one."""
    question = await stage.ada.say(stage.channel_id, "What is a pager?")
    surface = stage.in_channel(reply_to=question.id)
    await surface.paint(0, layout("One"))
    await surface.paint(1, layout("Two"))
    await surface.paint(0, layout("One, changed"))

    assert [(each.text, each.reply_to) for each in stage.seen[1:]] == [
        ("One, changed", question.id),
        ("Two", None),
    ]


async def test_a_deleted_question_is_answered_all_the_same(stage: Stage) -> None:
    """A reply to a message that is gone becomes a plain message."""
    question = await stage.ada.say(stage.channel_id, "Never mind")
    await stage.ada.delete(question)
    await stage.in_channel(reply_to=question.id).paint(0, layout("One"))
    assert [each.text for each in stage.seen] == ["One"]


async def test_nobody_is_ever_pinged(stage: Stage) -> None:
    """Mentions in the model's text are shown and reach nobody, on every way."""
    text = f"@everyone @here <@{stage.ada.id}>"
    question = await stage.ada.say(stage.channel_id, "Ping?")
    _, by_token = await stage.asks()
    for surface in (by_token, stage.in_channel(reply_to=question.id)):
        await surface.paint(0, layout(text))
        await surface.paint(0, layout(text + "!"))
        await surface.paint(1, layout(text))
    answers = [each for each in stage.seen if each.author_id == stage.server.world.bot.id]
    assert len(answers) == 4
    for each in answers:
        assert not each.pings.everyone
        assert not each.pings.user_ids
        assert not each.pings.role_ids


async def test_before_its_token_ends_a_public_answer_moves_to_the_channel(stage: Stage) -> None:
    """After fourteen minutes edits and new pages go by the bot's own token."""
    _, surface = await stage.asks()
    token = surface.address.interaction_token or ""
    await surface.paint(0, layout("One"))
    assert surface.lane(0) == Lane.interaction(token)
    stage.later = timedelta(minutes=14, seconds=5)
    assert surface.lane(0) == Lane.edit(stage.channel_id)
    assert surface.lane(1) == Lane.create(stage.channel_id)
    stage.later = timedelta(minutes=61)
    assert surface.lane(0) == Lane.old_edit(stage.channel_id), "old messages have a limit of theirs"
    await surface.paint(0, layout("One, changed"))
    await surface.paint(1, layout("Two"))

    assert [each.text for each in stage.seen] == ["One, changed", "Two"]
    messages = f"/channels/{stage.channel_id}/messages"
    assert any(path.endswith(messages) for path in stage.paths("POST"))
    assert any(path.endswith(f"{messages}/{stage.seen[0].id}") for path in stage.paths("PATCH"))


async def test_a_private_answer_knows_when_its_last_words_are_due(stage: Stage) -> None:
    """That is a minute before its token ends; a public answer goes on by the channel."""
    _, public = await stage.asks()
    assert public.ends_in == math.inf
    _, private = await stage.asks(private=True)
    assert 13 * 60 < private.ends_in <= 14 * 60
    stage.later = timedelta(minutes=14, seconds=5)
    assert private.ends_in < 0


async def test_after_its_token_ended_a_private_answer_is_gone(stage: Stage) -> None:
    """Nothing else may edit it, so nothing is tried."""
    _, surface = await stage.asks(private=True)
    await surface.paint(0, layout("One"))
    stage.later = timedelta(minutes=15, seconds=1)
    before = len(stage.server.exchanges)
    with pytest.raises(ScreenGone):
        surface.lane(0)
    with pytest.raises(ScreenGone):
        await surface.paint(0, layout("One, changed"))
    assert len(stage.server.exchanges) == before


@pytest.mark.parametrize("minutes", [0, 20])
async def test_another_process_finds_the_messages(stage: Stage, minutes: int) -> None:
    """An address is enough to mend an answer, by its token or by its messages' ids."""
    _, surface = await stage.asks()
    await surface.paint(0, layout("One", buttons=(STOP,)))
    await surface.paint(1, layout("Two", buttons=(STOP,)))
    stage.later = timedelta(minutes=minutes)
    stored = stage.at(surface.address)
    await stored.paint(0, layout("One, mended"))
    await stored.remove(1)
    assert [(each.text, each.buttons) for each in stage.seen] == [("One, mended", ())]
    assert stored.address.message_ids == surface.address.message_ids[:1]


@pytest.mark.parametrize("code", [10015, 50027])
async def test_a_removal_by_an_ended_token_is_made_up_for(stage: Stage, code: int) -> None:
    """Where a token ended early the message is still there, and goes by the channel's routes."""
    _, surface = await stage.asks()
    await surface.paint(0, layout("One"))
    await surface.paint(1, layout("Two"))
    status = 404 if code == 10015 else 401
    stage.server.faults.fail("DELETE", status=status, body={"code": code, "message": "No"})
    with pytest.raises(NotPainted):
        await surface.remove(1)
    assert len(surface.address.message_ids) == 2
    await surface.remove(1)
    assert [each.text for each in stage.seen] == ["One"]
    assert len(surface.address.message_ids) == 1


@pytest.mark.parametrize("by_token", [True, False])
async def test_removing_what_is_gone_is_no_trouble(stage: Stage, by_token: bool) -> None:
    """A message that somebody deleted need not be deleted again."""
    surface = (await stage.asks())[1] if by_token else stage.in_channel()
    await surface.paint(0, layout("One"))
    await surface.paint(1, layout("Two"))
    await person(stage.server, "max").delete(stage.seen[1])
    await surface.remove(1)
    assert [each.id for each in stage.seen] == list(surface.address.message_ids)


async def test_a_deferral_without_a_word_is_mended_too(stage: Stage) -> None:
    """A process killed before its first paint leaves "thinking…", which its token can fill."""
    used, surface = await stage.asks()
    await stage.at(surface.address).paint(0, layout("Interrupted"))
    assert [(each.text, each.thinking) for each in used.responses] == [("Interrupted", False)]


async def test_a_long_answer_carries_its_file(stage: Stage) -> None:
    """The file is shown on a new message and on an edited one, and goes when it is not wanted."""
    _, surface = await stage.asks()
    await surface.paint(0, layout("One", document="# All of it\n\nüäö"))
    await stage.in_channel().paint(0, layout("Two", document="All"))
    first, second = stage.seen
    [file] = first.files
    assert (file.name, file.content.decode()) == ("answer.md", "# All of it\n\nüäö")
    assert [each.name for each in second.files] == ["answer.md"]
    await surface.paint(0, layout("One"))
    assert stage.seen[0].files == ()
    assert MessageFlag.COMPONENTS_V2 in MessageFlag(stage.seen[0].flags)


@pytest.mark.parametrize("by_token", [True, False])
async def test_pictures_stand_between_the_texts(stage: Stage, by_token: bool) -> None:
    """A picture comes once it is drawn, is uploaded once, and has its source as description."""
    surface = (await stage.asks())[1] if by_token else stage.in_channel()
    page = (Words("Above"), FORMULA, Words("Below"))
    drawn = (Drawn(FORMULA, PNG),)
    await surface.paint(0, Layout(page))
    assert stage.seen[-1].text == "Above\n`a/b`\nBelow"
    for meter in ("-# one", "-# two"):
        await surface.paint(0, Layout(page, meter=meter, drawn=drawn))

    shown = stage.seen[-1]
    [file] = shown.files
    assert (file.name, file.content) == (drawn[0].name, PNG)
    kinds = [each["type"] for each in shown.components]
    assert kinds == [10, 12, 10, 10]
    [item] = shown.components[1]["items"]
    assert item["description"] == FORMULA.source
    uploads = [it for it in stage.server.exchanges if "files" in str(it.request)]
    assert len(uploads) <= 1


async def test_a_file_that_changes_is_uploaded_anew(stage: Stage) -> None:
    """What has the same name and another content replaces what is there."""
    surface = stage.in_channel()
    for content in ("print(1)", "print(1)", "print(2)"):
        await surface.paint(0, Layout((Words("Code:"), CodeFile("main.py", content))))
        [file] = stage.seen[0].files
        assert (file.name, file.content.decode()) == ("main.py", content)


async def test_a_removed_messages_files_are_forgotten(stage: Stage) -> None:
    """A new message in a removed one's place keeps its own files, not those of before."""
    surface = stage.in_channel()
    one, two = CodeFile("one.py", "print(1)"), CodeFile("two.py", "print(2)")
    await surface.paint(0, layout("Above"))
    await surface.paint(1, Layout((Words("Two"), two)))
    await surface.remove(1)
    await surface.paint(1, Layout((Words("Both"), one, two)))
    await surface.paint(1, Layout((Words("One"), one)))
    [file] = stage.seen[1].files
    assert (file.name, file.content.decode()) == ("one.py", "print(1)")


async def test_links_do_not_unfold(stage: Stage) -> None:
    """Messages that the bot sends suppress what Discord would show of their links."""
    _, by_token = await stage.asks()
    for surface in (by_token, stage.in_channel()):
        await surface.paint(0, layout("One"))
        await surface.paint(1, layout("https://example.com"))
    sent = [it for it in stage.seen if it.text != "One"]
    assert sent
    assert all(MessageFlag.SUPPRESS_EMBEDS in MessageFlag(it.flags) for it in sent)


@pytest.mark.parametrize("by_token", [True, False])
async def test_a_deleted_message_is_gone(stage: Stage, by_token: bool) -> None:
    """Painting on what somebody deleted says so."""
    surface = (await stage.asks())[1] if by_token else stage.in_channel()
    await surface.paint(0, layout("One"))
    await person(stage.server, "max").delete(stage.seen[0])
    with pytest.raises(ScreenGone):
        await surface.paint(0, layout("One, changed"))


async def test_what_may_lack_messages_goes_on_with_the_others(stage: Stage) -> None:
    """Messages that went unheard are left out; one that was painted since, or the last, is not."""
    painted = stage.in_channel()
    for index in range(3):
        await painted.paint(index, layout(f"page {index}"))
    first, second, third = painted.address.message_ids
    surface = DiscordSurface.at(stage.client, painted.address, now=stage.now, may_lack=True)
    max_ = person(stage.server, "max")
    await max_.delete(stage.seen[0])
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("anew"))
    assert surface.address.message_ids == (second, third)
    await surface.paint(0, layout("anew"))
    await max_.delete(stage.seen[0])
    with pytest.raises(ScreenGone):
        await surface.paint(0, layout("again"))
    with pytest.raises(ScreenGone):
        await stage.at(painted.address).paint(0, layout("anew"))
    alone = ScreenAddress(stage.channel_id, (first,))
    surface = DiscordSurface.at(stage.client, alone, now=stage.now, may_lack=True)
    with pytest.raises(ScreenGone):
        await surface.paint(0, layout("anew"))
    assert [it.text for it in stage.seen] == ["page 2"]


def growing(text: str) -> Layout:
    """Return a message that can be stopped."""
    return Layout((Words(text),), buttons=(Press("Stop", "stop:1", danger=True),))


async def test_an_archived_thread_is_woken(stage: Stage) -> None:
    """Discord refuses edits there (50083): the next paint wakes it, if it is not locked."""
    question = await stage.ada.say(stage.channel_id, "Let us talk")
    thread = await stage.ada.start_thread(stage.channel_id, "Talk", message=question)
    surface = DiscordSurface.in_channel(stage.client, thread, now=stage.now)
    await surface.paint(0, growing("One"))
    await stage.ada.archive(thread)
    with pytest.raises(NotPainted):
        await surface.paint(0, growing("One, changed"))
    await surface.paint(0, growing("One, changed"))
    [shown] = [it for it in stage.ada.sees(thread) if it.author_id == stage.client.application_id]
    assert shown.text == "One, changed"
    await person(stage.server, "max").archive(thread, locked=True)
    with pytest.raises(NotPainted):
        await surface.paint(0, growing("One, changed again"))
    with pytest.raises(OutOfReach):
        await surface.paint(0, growing("One, changed again"))


async def test_a_thread_is_not_woken_for_what_has_ended(stage: Stage) -> None:
    """Where the message tells of an end already, the thread sleeps on; opened, it is painted."""
    question = await stage.ada.say(stage.channel_id, "Let us talk")
    thread = await stage.ada.start_thread(stage.channel_id, "Talk", message=question)
    surface = DiscordSurface.in_channel(stage.client, thread, now=stage.now)
    await surface.paint(0, growing("One"))
    await surface.paint(0, layout("One"))
    await stage.ada.archive(thread)
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("One, and its cost"))
    with pytest.raises(OutOfReach):
        await surface.paint(0, layout("One, and its cost"))
    await person(stage.server, "max").wake(thread)
    await surface.paint(0, layout("One, and its cost"))


@pytest.mark.parametrize("code", [50001, 50007, 50013])
async def test_missing_permissions_are_final(stage: Stage, code: int) -> None:
    """Where the bot may not write there is no screen."""
    stage.server.faults.fail("POST", status=403, body={"code": code, "message": "No"})
    with pytest.raises(ScreenGone):
        await stage.in_channel().paint(0, layout("One"))


async def test_trouble_passes(stage: Stage) -> None:
    """A failing server and a cut connection are told apart from a screen that is gone."""
    surface = stage.in_channel()
    stage.server.faults.fail("POST", "/messages$", status=503)
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("One"))
    stage.server.faults.drop("POST", "/messages$")
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("One"))
    await surface.paint(0, layout("One"))
    sent = [each for each in stage.server.exchanges if each.path.endswith("/messages")]
    assert len({each.request["nonce"] for each in sent if each.request}) == 1
    assert len(stage.seen) == 1


async def test_a_reply_that_is_not_allowed_becomes_a_message(stage: Stage) -> None:
    """Without the right to read the channel's past the answer comes without a reference."""
    question = await stage.ada.say(stage.channel_id, "Hello?")
    surface = stage.in_channel(reply_to=question.id)
    stage.server.faults.fail("POST", status=400, body={"code": 160002, "message": "No"})
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("One"))
    await surface.paint(0, layout("One"))
    assert stage.seen[-1].reply_to is None


async def test_a_closed_client_has_no_screens(stage: Stage) -> None:
    """After the bot left, painting ends calmly."""
    surface = stage.in_channel()
    await stage.client.close()
    with pytest.raises(ScreenGone):
        await surface.paint(0, layout("One"))


async def test_the_stop_button_works_and_is_not_remembered(stage: Stage) -> None:
    """A dynamic item hears the click, and discord.py keeps nothing for each message."""
    _, surface = await stage.asks()
    await surface.paint(0, layout("One", buttons=(STOP,)))
    clicked = await stage.ada.click(stage.seen[0], label="Stop")
    assert (await clicked.answered()).text == "stopped 5"
    assert not stage.client.persistent_views


@pytest.mark.parametrize("by_token", [True, False])
async def test_an_answer_grows_in_discord(stage: Stage, by_token: bool) -> None:
    """10,000 characters arrive whole and in order, and no limit is ever met."""
    surface = (await stage.asks())[1] if by_token else stage.in_channel()
    answer = LiveAnswer(surface, stage.client.pacer, Pictures(undrawn), clock=time.monotonic)
    text = ""
    for n in range(100):
        text += f"## Part {n}\n\n```py\nprint({n})\n```\n\n" + "More words. " * 5 + "\n\n"
        answer.show(Snapshot(5, text))
        await asyncio.sleep(0.01)
    await answer.finish(Snapshot(5, text, closing=DONE))

    assert len(text) > 9_000
    pages = [each.text for each in stage.seen]
    assert re.findall(r"print\((\d+)\)", "\n".join(pages)) == [str(n) for n in range(100)]
    assert all(page.count("```") % 2 == 0 for page in pages)
    assert pages[-1].endswith("-# 3.0 s · 30 tokens · $0.0003")
    *done, last = stage.seen
    assert not any(each.buttons for each in done)
    assert [each.label for each in last.buttons] == ["Regenerate"]
    assert stage.server.exchanges.too_many_requests == 0


async def test_a_message_whose_reply_was_lost_is_brought_up_to_date(stage: Stage) -> None:
    """Discord posts a repeated message once, as it was first: what came since is painted then."""
    surface = stage.in_channel()
    send, replies = stage.client.http.send_message, iter([False])

    async def sent(*args: Any, **options: Any) -> Any:
        reply = await send(*args, **options)
        if next(replies, True):
            return reply
        raise aiohttp.ServerDisconnectedError

    stage.client.http.send_message = sent  # type: ignore[method-assign]  # the network's part
    with pytest.raises(NotPainted):
        await surface.paint(0, layout("Half"))
    painted = False
    while not painted:
        with suppress(NotPainted):
            await surface.paint(0, layout("All of it"))
            painted = True
    [seen] = stage.seen
    assert seen.text == "All of it"
