"""The client against the sandbox's OpenRouter: errors, retries and broken answers."""

import aiohttp
import pytest

from bot.errors import (
    CreditsExhausted,
    EmptyAnswer,
    InvalidRequest,
    KeyRejected,
    ModelError,
    Moderated,
    NoEndpoint,
    ProviderTrouble,
    RateLimited,
    StreamBroken,
    Unreachable,
)
from bot.streaming import Charged, Started
from sandbox.openrouter.faults import FAULTS, error
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer
from tests.bot.openrouter.conftest import Asking, words

ONCE, TWICE, THRICE = 1, 2, 3


@pytest.mark.parametrize(
    ("name", "kind", "tries"),
    [
        ("400", InvalidRequest, ONCE),
        ("401", KeyRejected, ONCE),
        ("402", CreditsExhausted, ONCE),
        ("403", Moderated, ONCE),
        ("404", NoEndpoint, ONCE),
        ("408", ProviderTrouble, THRICE),
        ("413", InvalidRequest, ONCE),
        ("422", InvalidRequest, ONCE),
        ("429", RateLimited, THRICE),
        ("429 with Retry-After", RateLimited, THRICE),
        ("500", ProviderTrouble, TWICE),
        ("502", ProviderTrouble, THRICE),
        ("502 in HTML", ProviderTrouble, THRICE),
        ("503", ProviderTrouble, THRICE),
        ("503 without a body", ProviderTrouble, THRICE),
        ("504", ProviderTrouble, THRICE),
        ("524", ProviderTrouble, THRICE),
        ("529", ProviderTrouble, THRICE),
        ("error in a 200", RateLimited, THRICE),
        ("error in a 200 without a code", ProviderTrouble, TWICE),
        ("string code", InvalidRequest, ONCE),
        ("unavailable for a while", ProviderTrouble, THRICE),
        ("unavailable for good", NoEndpoint, ONCE),
        ("dropped connection", Unreachable, THRICE),
    ],
)
async def test_every_error(
    client: Asking, router: OpenRouterServer, name: str, kind: type[ModelError], tries: int
) -> None:
    """Each error is the one it means, after as many tries as may help, and leaves a log line."""
    router.fault_next(FAULTS[name], times=tries)
    failure, events = await client.failing("some words of mine")
    assert type(failure) is kind
    assert not failure.begun
    assert len(router.chats) == tries == len(client.time.slept) + 1
    assert events == []
    assert client.lines[-1]["event"] == "model failed"
    assert client.lines[-1]["error"] == kind.__name__
    assert client.lines[-1]["tries"] == tries


def test_the_table_is_whole() -> None:
    """Every error that the sandbox can play is tried here."""
    (mark,) = [m for m in test_every_error.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]  # pytest adds it
    assert {case[0] for case in mark.args[1]} == set(FAULTS)


async def test_another_try_may_succeed(client: Asking, router: OpenRouterServer) -> None:
    """After a failure that may pass, the answer comes, later each time."""
    router.fail_next(503, times=2)
    router.reply_next(Reply(text="Four."))
    assert words(await client.ask())[0] == "Four."
    first, second = client.time.slept
    assert 0.25 <= first <= 0.75
    assert 0.5 <= second <= 1.5


async def test_retry_after_is_honoured(client: Asking, router: OpenRouterServer) -> None:
    """A short wait that was asked for is waited, in seconds or as a date; a long one is told."""
    router.fail_next(429, headers={"Retry-After": "7"})
    await client.ask()
    router.fail_next(503, headers={"Retry-After": "Sat, 01 Aug 2026 12:00:09 GMT"})
    await client.ask()
    assert client.time.slept == [7.0, 9.0]
    router.fail_next(429, headers={"Retry-After": "120"})
    failure, _ = await client.failing()
    assert isinstance(failure, RateLimited)
    assert failure.retry_after == 120.0


async def test_availability_says_when(client: Asking, router: OpenRouterServer) -> None:
    """An availability error without a code says itself whether and when to come back."""
    router.fault_next(FAULTS["unavailable for a while"])
    await client.ask()
    assert client.time.slept == [2.0]


async def test_moderation_keeps_reasons_and_no_words(
    client: Asking, router: OpenRouterServer
) -> None:
    """Moderation's reasons are kept; what was flagged is not, nor a message that repeats it."""
    said = "my very private and quite unusual words"
    body = error(403, f"Refused: “{said}”", reasons=["violence"], flagged_input=said)
    router.fail_next(403, body)
    failure, _ = await client.failing(said)
    assert isinstance(failure, Moderated)
    assert failure.reasons == ("violence",)
    assert said not in repr(failure) + repr(client.lines)


async def test_details_are_short_and_of_our_words(client: Asking, router: OpenRouterServer) -> None:
    """Of a message the technical words are kept, in a line of bearable length; no keys."""
    message = "Key sk-or-v1-0123456789abcdef\x1b[31m\n" + "is Invalid or bad " * 100
    router.fail_next(400, error(400, message, provider_name="Minimax"))
    failure, _ = await client.failing()
    assert failure.detail.startswith("Minimax: key … invalid … bad …")
    assert failure.detail.endswith(f"({len(message)} characters)")
    assert len(failure.detail) <= 250
    assert client.lines[-1]["detail"] == failure.detail
    told = {"code": "context_length_exceeded", "message": "Kelmuffin", "metadata": None}
    router.fail_next(400, {"error": told})
    failure, _ = await client.failing("Kelmuffin")
    assert failure.detail == "context length exceeded: … (9 characters)"


@pytest.mark.parametrize("at", [3, 9])
async def test_an_error_in_the_midst(client: Asking, router: OpenRouterServer, at: int) -> None:
    """An error after a word, thought or said, breaks the answer off; nothing is tried again."""
    router.reply_next(Reply(thinking="hm, hm", text="Four.", fail_after=at))
    failure, events = await client.failing()
    assert isinstance(failure, StreamBroken)
    assert (failure.status, failure.begun) == (502, True)
    assert failure.generation_id == next(iter(router.generations))
    assert len("".join(words(events))) == at
    assert len(router.chats) == 1


@pytest.mark.parametrize(
    ("told", "kind", "tries"),
    [
        ({"code": 429, "message": "slow down"}, RateLimited, 3),
        ({"code": "rate_limit_exceeded", "message": "slow down"}, RateLimited, 3),
        ({"code": "502", "message": "upstream"}, ProviderTrouble, 3),
        ({"message": "upstream"}, ProviderTrouble, 2),
        ({"code": 400, "message": "too long"}, InvalidRequest, 1),
        ({"code": None, "message": None, "metadata": None}, ProviderTrouble, 2),
    ],
)
async def test_an_error_in_a_stream_before_a_word(
    client: Asking,
    router: OpenRouterServer,
    told: dict[str, object],
    kind: type[ModelError],
    tries: int,
) -> None:
    """An error that a stream begins with is what its code says, whatever form that has."""
    router.reply_next(*[Reply(text="Four.", fail_after=0, error=told)] * tries)
    failure, _ = await client.failing()
    assert type(failure) is kind
    assert failure.generation_id in router.generations
    assert not failure.begun
    assert len(router.chats) == tries


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="Four and more", cut_after=4),
        Reply(text="Four", finish_reason=None),
        Reply(text="Four", finish_reason="error"),
        Reply(thinking="Four", text="", cut_after=4),
    ],
)
async def test_a_stream_without_its_end(
    client: Asking, router: OpenRouterServer, reply: Reply
) -> None:
    """A cut connection, or an end without a finish reason, is no complete answer."""
    router.reply_next(reply)
    failure, events = await client.failing()
    assert isinstance(failure, StreamBroken)
    assert failure.begun
    assert "".join(words(events)) == "Four"
    assert len(router.chats) == 1


async def test_a_stream_cut_before_a_word_is_tried_again(
    client: Asking, router: OpenRouterServer
) -> None:
    """A connection lost before a word is tried again, and each accepted try tells its id."""
    router.reply_next(Reply(text="Four", cut_after=0), Reply(text="Four"))
    events = await client.ask()
    assert words(events)[0] == "Four"
    started = [event.generation_id for event in events if isinstance(event, Started)]
    assert started == list(router.generations)


async def test_an_empty_answer(client: Asking, router: OpenRouterServer) -> None:
    """An answer without a word is asked for again; after three times it is an error."""
    empty = Reply(text="", report_usage=False)
    router.reply_next(empty, Reply(text="Four"))
    assert words(await client.ask())[0] == "Four"
    router.reply_next(*[empty] * 3)
    failure, _ = await client.failing()
    assert isinstance(failure, EmptyAnswer)
    assert len(router.chats) == 5


async def test_an_empty_answer_that_was_charged(client: Asking, router: OpenRouterServer) -> None:
    """An empty answer with a report of its cost is an error at once, and the report comes along."""
    router.reply_next(Reply(text=""))
    failure, events = await client.failing()
    assert isinstance(failure, EmptyAnswer)
    [charged] = [event for event in events if isinstance(event, Charged)]
    assert charged.usage is not None
    assert len(router.chats) == 1


async def test_thinking_without_an_answer(client: Asking, router: OpenRouterServer) -> None:
    """Thinking that ends without an answer is an empty one; since it was shown, nobody retries."""
    router.reply_next(Reply(thinking="hm", text=" \n"))
    failure, _ = await client.failing()
    assert isinstance(failure, EmptyAnswer)
    assert failure.begun
    assert len(router.chats) == 1


async def test_filtered_to_nothing(client: Asking, router: OpenRouterServer) -> None:
    """An answer of which the filter left nothing was moderated."""
    router.reply_next(Reply(text="", finish_reason="content_filter"))
    failure, _ = await client.failing()
    assert isinstance(failure, Moderated)
    assert len(router.chats) == 1


async def test_silence_ends_an_answer(http: aiohttp.ClientSession) -> None:
    """Keep-alives alone don't keep an answer waiting for ever, before its first word or after."""
    async with OpenRouterServer() as router:
        client = Asking(http, router.base_url, router.api_key, silence=0.2)
        for at, kind in ((0, ProviderTrouble), (3, StreamBroken)):
            for every in (0.02, None):
                router.reply_next(Reply(text="Four.", hang_after=at, comment_every=every))
                failure, _ = await client.failing()
                assert type(failure) is kind
                assert failure.begun
        assert len(router.chats) == 4
