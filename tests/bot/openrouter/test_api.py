"""The client against the sandbox's OpenRouter: requests and answers."""

import asyncio
from contextlib import aclosing

import pytest

from bot.streaming import Delta, FinishReason, Started, Waiting
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer
from tests.bot.openrouter.conftest import MODEL, Asking, finished, prompt, usage, words


async def test_an_answer_with_its_thinking(client: Asking, router: OpenRouterServer) -> None:
    """The id comes first, then keep-alives, thinking, text, and the end with what it cost."""
    router.reply_next(Reply(thinking="Let me see. 😀", text="Grüße — “Ada”", chunk_size=1))
    events = await client.ask()
    generation = next(iter(router.generations))
    assert events[0] == Started(generation)
    assert events[1] == Waiting()
    assert words(events) == ("Grüße — “Ada”", "Let me see. 😀")
    end = finished(events)
    assert (end.reason, end.model) == (FinishReason.STOP, MODEL)
    assert end.usage is not None
    assert not end.usage.estimated
    assert end.usage.cost_micros > 0 < end.usage.reasoning_tokens < end.usage.completion_tokens


async def test_what_is_sent(client: Asking, router: OpenRouterServer) -> None:
    """The request carries plain contents, the makers' parameters and no wish about thinking."""
    await client.ask("hello", most=77)
    (request,) = router.chats
    assert request.body == {
        "model": MODEL,
        "messages": [
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "hello"},
        ],
        "max_tokens": 77,
        "user": "a-user",
        "session_id": "a-conversation",
        "stream": True,
        "temperature": 1.0,
        "top_p": 0.95,
    }
    assert request.headers["Authorization"] == f"Bearer {router.api_key}"
    assert request.headers["X-OpenRouter-Title"] == "Threadlight"


async def test_half_a_character_can_be_asked(client: Asking, router: OpenRouterServer) -> None:
    """A lone surrogate in a prompt is replaced, for JSON can't hold it."""
    await client.ask("broken \ud83d emoji")
    assert router.chats[0].body["messages"][1]["content"] == "broken ? emoji"


async def test_a_long_prompt_arrives_whole(client: Asking, router: OpenRouterServer) -> None:
    """Megabytes of prompt arrive as they were sent."""
    await client.ask("word " * 400_000)
    assert router.chats[0].body["messages"][1]["content"] == "word " * 400_000


@pytest.mark.parametrize("leak", ["tags", "closing", "stray"])
async def test_leaked_thinking_is_no_text(
    client: Asking, router: OpenRouterServer, leak: str
) -> None:
    """Thinking that leaks into the content, or a stray tag of it, never ends up in the answer."""
    for size in (1, 3, 100):
        router.reply_next(Reply(thinking="hm, hm", text="Four.", leak=leak, chunk_size=size))  # type: ignore[arg-type]  # a literal, as a parameter
        text, thinking = words(await client.ask())
        assert text == "Four."
        assert thinking.strip() == "hm, hm"


async def test_thinking_in_its_newer_form(client: Asking, router: OpenRouterServer) -> None:
    """Thinking that comes in details alone is read from there, and from there only once."""
    router.reply_next(Reply(thinking="hm, hm", text="Four.", details=True))
    assert words(await client.ask()) == ("Four.", "hm, hm")


@pytest.mark.parametrize(
    ("told", "reason"),
    [("length", "length"), ("content_filter", "content_filter"), ("tool_calls", "stop")],
)
async def test_how_it_ended(
    client: Asking, router: OpenRouterServer, told: str, reason: str
) -> None:
    """The reason is told; one that we don't know is an ordinary end."""
    router.reply_next(Reply(text="Four", finish_reason=told))
    assert finished(await client.ask()).reason == reason


async def test_all_thinking_and_no_text_for_length(
    client: Asking, router: OpenRouterServer
) -> None:
    """An output limit that thinking used up alone is an end for length, not an empty answer."""
    router.reply_next(Reply(thinking="hm " * 1000, text="Four."))
    events = await client.ask(most=20)
    assert finished(events).reason is FinishReason.LENGTH
    assert words(events)[0] == ""
    assert usage(events).completion_tokens <= 20


async def test_the_end_may_come_without_done_or_usage(
    client: Asking, router: OpenRouterServer
) -> None:
    """A finish reason makes an answer complete; its usage may be missing."""
    router.reply_next(Reply(text="Four.", done=False, report_usage=False))
    assert finished(await client.ask()).usage is None


async def test_leaving_early_closes_the_connection(
    client: Asking, router: OpenRouterServer
) -> None:
    """Whoever closes the generator, or is cancelled, lets go of the connection at once."""
    router.reply_next(*[Reply(text="Four and more", hold_after=4)] * 2)
    async with aclosing(client.model.stream(prompt())) as events:
        async for event in events:
            if isinstance(event, Delta):
                break
    await router.idle()

    async def read_on() -> None:
        async for _ in client.model.stream(prompt()):
            pass

    task = asyncio.create_task(read_on())
    await router.held()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await router.idle()
    assert [generation.cancelled for generation in router.generations.values()] == [True, True]
    assert [line["event"] for line in client.lines] == ["model stopped"] * 2


async def test_a_finished_answer_leaves_its_connection(
    client: Asking, router: OpenRouterServer
) -> None:
    """The next request goes over the same connection."""
    await client.ask()
    await client.ask()
    first, second = router.chats
    assert first.port == second.port


async def test_an_answer_in_one_piece(client: Asking, router: OpenRouterServer) -> None:
    """A whole completion instead of a stream is an answer as well."""
    body = {
        "id": "gen-1",
        "model": MODEL,
        "choices": [{"message": {"content": "Four.", "reasoning": "hm"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 2, "cost": 0.001},
    }
    router.fail_next(200, body)
    events = await client.ask()
    assert events[0] == Started("gen-1")
    assert words(events) == ("Four.", "hm")
    assert usage(events).cost_micros == 1000


async def test_no_log_line_tells_words_or_the_key(client: Asking, router: OpenRouterServer) -> None:
    """A finished answer leaves one line with its id, time and tokens, and nobody's words."""
    router.reply_next(Reply(thinking="secretly", text="openly"))
    await client.ask("privately")
    (line,) = client.lines
    assert line["event"] == "model answered"
    assert line["generation"] in router.generations
    assert line["completion_tokens"] == 4
    for hidden in ("secretly", "openly", "privately", router.api_key):
        assert hidden not in repr(client.lines)
