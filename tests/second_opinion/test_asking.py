"""Asking in each way, and the buttons below answers, by simcord's reading of Discord's rules."""

from contextlib import suppress

import pytest

from sandbox.openrouter.replies import Reply
from tests.second_opinion.server import (
    Server,
    buttons,
    patient,
    private,
    public,
    response,
    said,
    words,
)

pytestmark = patient

FILE = ("sky.txt", b"The sky is blue.")


async def test_ask(server: Server) -> None:
    """A question, with a file or without, is answered for all, or for one alone."""
    for options in ({}, {"file": FILE}):
        server.router.reply_next(Reply(thinking="Hm.", text="Blue."), Reply(text="Blue."))
        done = await server.member.slash(server.channel, "ask", prompt="The sky?", **options)
        assert "Blue." in public(done)
        offered = {"Regenerate": True, "Thinking": True, "Thread": True}
        assert buttons(response(done).components) == offered
        done = await server.member.slash(
            server.channel, "ask", prompt="The sky?", private=True, **options
        )
        assert "Blue." in private(done)


async def test_messages(server: Server) -> None:
    """A mention and a direct message are answered."""
    me = server.guild.me
    assert me is not None
    server.router.reply_next(Reply(text="Blue."), Reply(text="Green."))
    await server.member.send(server.channel, f"{me.mention} the sky?", attachments=[FILE])
    assert "Blue." in said(server.channel.history()[-1])
    await server.member.send_dm("Grass?")
    assert "Green." in said(server.member.user.dm_channel.history()[-1])


@pytest.mark.parametrize("alone", [False, True])
async def test_chat(server: Server, alone: bool) -> None:
    """A thread is opened, for all or for oneself, and every message in it is answered."""
    server.router.reply_next(Reply(text="Blue."), Reply(text="Green."))
    done = await server.member.slash(
        server.channel, "chat", prompt="The sky?", title="Colours", private=alone
    )
    assert "Here is your thread" in (private(done) if alone else public(done))
    [thread] = server.channel.threads
    assert "Blue." in said(thread.history()[-1])
    await server.member.send(thread, "Grass?")
    assert "Green." in said(thread.history()[-1])


async def test_ask_about_this(server: Server) -> None:
    """The menu opens a form, whose question is answered in the channel."""
    message = await server.admin.send(server.channel, "The moon is made of cheese.")
    shown = await server.member.context_menu(server.channel, "Ask about this", message)
    assert shown.modal is not None
    assert shown.modal["title"] == "Ask about this message"
    [label] = shown.modal["components"]
    server.router.reply_next(Reply(text="It is not."))
    done = await server.member.submit_modal(
        shown, {label["component"]["custom_id"]: "Is that true?"}
    )
    assert "It is not." in public(done)


async def test_retry(server: Server) -> None:
    """Below a failure stands Retry, which answers in a new message."""
    server.router.fail_next(400)
    failed = response(await server.member.slash(server.channel, "ask", prompt="The sky?"))
    assert "It cost nothing." in words(failed.components)
    assert buttons(failed.components) == {"Retry": True}
    server.router.reply_next(Reply(text="Blue."))
    assert "Blue." in public(await server.member.click(failed, label="Retry"))


async def test_buttons_below_an_answer(server: Server) -> None:
    """Another answer comes in the same message, arrows lead back, and the thinking is private."""
    server.router.reply_next(Reply(thinking="Hm.", text="Blue."), Reply(text="Green."))
    answer = response(await server.member.slash(server.channel, "ask", prompt="The sky?"))
    done = await server.member.click(answer, label="Regenerate")
    assert "Green." in words(response(done).components)
    arrows = {"◀": True, "2/2": False, "▶": False}
    assert buttons(response(done).components) == {"Regenerate": True, "Thread": True, **arrows}
    done = await server.member.click(response(done), label="◀")
    assert "Blue." in words(response(done).components)
    assert "Hm." in private(await server.member.click(response(done), label="Thinking"))
    done = await server.member.click(response(done), label="Thread")
    assert "Here is your thread" in private(done)
    [thread] = server.channel.threads
    server.router.reply_next(Reply(text="Because."))
    await server.member.send(thread, "Why?")
    assert "Because." in said(thread.history()[-1])


@pytest.mark.simcord(settle_timeout=0.5)
async def test_stop(server: Server) -> None:
    """Stop, pressed by who asked, is acknowledged and ends what the model writes.

    simcord waits until the bot rests, and while it waits for a model its clock stands still: an
    answer that is held has to be left alone, and the last paint is shown by the journeys.
    """
    me, router = server.guild.me, server.router
    assert me is not None
    router.reply_next(Reply(text="word " * 400, hold_after=500))
    with pytest.raises(TimeoutError):
        await server.member.send(server.channel, f"{me.mention} go on for long")
    await router.held()
    answer = server.channel.history()[-1]
    while "word word" not in said(answer):
        with suppress(TimeoutError):
            await server.env.settle()
        answer = server.channel.history()[-1]
    with suppress(TimeoutError):
        await server.member.click(answer, label="Stop")
    await router.until(lambda: not router.streaming)
    assert {"type": 6} in [request.json for request in server.env.http_requests]


async def test_help(server: Server) -> None:
    """Help is for one alone, in a server and in a direct message."""
    assert "## Threadlight" in private(await server.member.slash(server.channel, "help"))
    assert "## Threadlight" in private(await server.member.user.slash("help"))
