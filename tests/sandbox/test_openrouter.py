"""The sandbox's OpenRouter, asked as any client asks it."""

import json
import math
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from sandbox.openrouter import scripts
from sandbox.openrouter.catalogue import Endpoint, Model, count_tokens, fit
from sandbox.openrouter.replies import Reply
from sandbox.openrouter.server import OpenRouterServer

MODEL = "minimax/minimax-m1"


class Clock:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Client:
    """Asks over HTTP, with the key."""

    def __init__(self, http: aiohttp.ClientSession, router: OpenRouterServer) -> None:
        self.http, self.router = http, router
        self.headers = {"Authorization": f"Bearer {router.api_key}"}

    async def chat(self, **more: object) -> tuple[int, str, str]:
        """Return (status, content type, body) of an answer."""
        body = {"model": MODEL, "messages": [{"role": "user", "content": "hello"}], **more}
        url = f"{self.router.base_url}/chat/completions"
        async with self.http.post(url, json=body, headers=self.headers) as response:
            return response.status, response.content_type, await response.text()

    async def chunks(self, **more: object) -> list[Any]:
        """Return a stream's chunks, decoded."""
        status, content_type, body = await self.chat(stream=True, **more)
        assert (status, content_type) == (200, "text/event-stream")
        *events, end = [line for line in body.split("\n") if line.startswith("data: ")]
        assert end == "data: [DONE]"
        return [json.loads(event.removeprefix("data: ")) for event in events]

    async def get(self, path: str) -> tuple[int, Any]:
        """Return the status and the JSON under a path."""
        async with self.http.get(self.router.base_url + path, headers=self.headers) as response:
            return response.status, await response.json()


@pytest.fixture
def clock() -> Clock:
    """Return a clock at zero."""
    return Clock()


@pytest.fixture
async def client(clock: Clock) -> AsyncIterator[Client]:
    """Run a server that answers at once, and a client of it."""
    router = OpenRouterServer(tokens_per_second=math.inf, clock=clock, generation_lag=2.0)
    async with router, aiohttp.ClientSession() as http:
        yield Client(http, router)


async def test_the_order_of_a_stream(client: Client) -> None:
    """Comments come first, then thinking, text, the finish reason, the usage and the end."""
    client.router.reply_next(Reply(thinking="hm, hm", text="It is four.", chunk_size=4))
    _, _, body = await client.chat(stream=True)
    assert body.startswith(": OPENROUTER PROCESSING\n\ndata: ")
    client.router.reply_next(Reply(thinking="hm, hm", text="It is four.", chunk_size=4))
    *words, finish, report = await client.chunks()
    deltas = [chunk["choices"][0]["delta"] for chunk in words]
    assert [delta.get("reasoning") for delta in deltas[:2]] == ["hm, ", "hm"]
    assert [delta["content"] for delta in deltas] == ["", "", "It i", "s fo", "ur."]
    assert finish["choices"][0]["finish_reason"] == "stop"
    assert report["choices"] == []
    usage = report["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["prompt_tokens"] == 450 + count_tokens("hello") + 8
    assert usage["completion_tokens_details"]["reasoning_tokens"] == count_tokens("hm, hm")
    assert usage["cost"] == pytest.approx(
        usage["prompt_tokens"] * 0.4e-6 + usage["completion_tokens"] * 2.2e-6
    )


@pytest.mark.parametrize("leak", ["", "tags", "closing", "stray"])
async def test_no_answer_is_longer_than_asked(client: Client, leak: Any) -> None:
    """The output limit holds for thinking and text together, and is named as the reason."""
    for limit in (1, 10, 25, 60):
        client.router.reply_next(Reply(thinking="hm " * 20, text="word " * 50, leak=leak))
        *_, finish, report = await client.chunks(max_tokens=limit)
        assert finish["choices"][0]["finish_reason"] == "length"
        assert report["usage"]["completion_tokens"] <= limit


async def test_an_answer_in_one_piece(client: Client) -> None:
    """Without `stream` the answer is one JSON body."""
    client.router.reply_next(Reply(thinking="hm", text="Four."))
    status, content_type, body = await client.chat()
    assert (status, content_type) == (200, "application/json")
    message = json.loads(body)["choices"][0]["message"]
    assert (message["content"], message["reasoning"]) == ("Four.", "hm")


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": [{"role": "robot", "content": "x"}]},
        {"messages": [{"role": "user", "content": 7}]},
        {"model": "minimax/minimax-m0"},
        {"max_tokens": 0},
        {"max_tokens": "many"},
        {"temperature": 3},
        {"top_p": -1},
        {"stream": "yes"},
        {"user": 5},
        {"session_id": "x" * 257},
        {"reasoning": {"effort": "none"}},
        {"reasoning": {"enabled": False}},
    ],
)
async def test_bad_requests_are_refused(client: Client, wrong: dict[str, object]) -> None:
    """A request that OpenRouter would refuse is refused, and nothing is charged."""
    url = f"{client.router.base_url}/chat/completions"
    body = {"model": MODEL, "messages": [{"role": "user", "content": "x"}], **wrong}
    async with client.http.post(url, json=body, headers=client.headers) as response:
        assert response.status == 400
        assert (await response.json())["error"]["message"]
    assert not client.router.generations


async def test_a_prompt_needs_room(client: Client) -> None:
    """A prompt that no endpoint has room for, with its answer, is refused."""
    cramped = Endpoint("Cramped", 1000, 500, Decimal(0), Decimal(0))
    client.router.models[MODEL] = Model(MODEL, "Cramped", (cramped,))
    status, _, body = await client.chat(max_tokens=600)
    assert status == 400
    assert "maximum context length is 1000 tokens" in body
    assert (await client.chat(max_tokens=500))[0] == 200


async def test_another_key_is_refused(client: Client) -> None:
    """Only the key opens the door."""
    client.headers["Authorization"] = "Bearer sk-other"
    assert (await client.chat())[0] == 401
    assert (await client.get("/key"))[0] == 401


async def test_what_can_be_looked_up(client: Client) -> None:
    """Models, their endpoints and the key can be asked for; credits need another key."""
    status, models = await client.get("/models")
    assert status == 200
    assert MODEL in [model["id"] for model in models["data"]]
    _, offers = await client.get(f"/models/{MODEL}/endpoints")
    prices = [Decimal(offer["pricing"]["prompt"]) for offer in offers["data"]["endpoints"]]
    assert len(set(prices)) == 2
    assert (await client.get("/models/no/body/endpoints"))[0] == 404
    assert (await client.get("/credits"))[0] == 403
    client.router.key_limit = Decimal(1)
    await client.chat(stream=True)
    _, key = await client.get("/key")
    assert key["data"]["limit"] == 1
    assert 0 < key["data"]["usage"] == pytest.approx(1 - key["data"]["limit_remaining"])


async def test_a_generation_lags_behind_its_end(client: Client, clock: Clock) -> None:
    """A generation's figures can't be had at once, and are those of the usage."""
    *_, report = await client.chunks()
    path = f"/generation?id={report['id']}"
    clock.now = 1.9
    assert (await client.get(path))[0] == 404
    clock.now = 2.0
    status, generation = await client.get(path)
    assert status == 200
    assert generation["data"]["total_cost"] == report["usage"]["cost"]
    assert generation["data"]["native_tokens_prompt"] == report["usage"]["prompt_tokens"]


async def test_a_cancelled_answer_is_charged_whole(client: Client, clock: Clock) -> None:
    """Whoever goes away in the midst pays for all of it."""
    reply = Reply(text="It is four, I think.", hold_after=5)
    client.router.reply_next(reply)
    body = {"model": MODEL, "messages": [{"role": "user", "content": "x"}], "stream": True}
    url = f"{client.router.base_url}/chat/completions"
    async with client.http.post(url, json=body, headers=client.headers) as response:
        await client.router.held()
        response.close()
    await client.router.idle()
    clock.now = 5.0
    (generation,) = client.router.generations
    _, figures = await client.get(f"/generation?id={generation}")
    assert figures["data"]["cancelled"]
    assert figures["data"]["native_tokens_completion"] == count_tokens(reply.text)


async def test_a_stream_can_be_held_and_paused(client: Client) -> None:
    """A stream stops where the reply says, and goes on when it is let."""
    client.router.reply_next(Reply(text="It is four.", hold_after=5))
    body = {"model": MODEL, "messages": [{"role": "user", "content": "x"}], "stream": True}
    url = f"{client.router.base_url}/chat/completions"
    async with client.http.post(url, json=body, headers=client.headers) as response:
        await client.router.held()
        assert b"four" not in await response.content.readany()
        client.router.pause()
        client.router.release()
        assert not client.router.holding
        assert client.router.streaming
        client.router.resume()
        assert b" four" in await response.content.read()
    await client.router.idle()


async def test_faults_hit_what_they_are_meant_for(client: Client) -> None:
    """A fault waits for a request to its path, and a request may be dropped or delayed."""
    client.router.fail_next(503, path="/key")
    client.router.fail_next(429, headers={"Retry-After": "3"})
    client.router.delay_next(0.01)
    assert (await client.chat())[0] == 429
    assert (await client.get("/key"))[0] == 503
    assert (await client.chat())[0] == 200
    client.router.drop_next()
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat()
    assert [request.path for request in client.router.requests] == [
        "/chat/completions",
        "/key",
        "/chat/completions",
        "/chat/completions",
    ]


@pytest.mark.parametrize("text", ["", "word", "日本語のテキスト", "x" * 1000, "a€" * 77])
def test_texts_are_cut_to_fit(text: str) -> None:
    """The longest beginning that fits is kept."""
    for tokens in (0, 1, 3, 10, 1000):
        kept = fit(text, tokens)
        assert text.startswith(kept)
        assert count_tokens(kept) <= tokens
        assert kept == text or count_tokens(text[: len(kept) + 1]) > tokens


def said(*words: str) -> list[dict[str, str]]:
    """Return a conversation that people and the model take turns in."""
    roles = ("user", "assistant")
    return [{"role": roles[n % 2], "content": text} for n, text in enumerate(words)]


@pytest.mark.parametrize(
    ("asked", "shows"),
    [
        ("hello!", "a puzzle"),
        ("Ada (@ada): show me Markdown", "### "),
        ("some code, please", "```rust\n"),
        ("compare two things", "| --- |"),
        ("a riddle", "17 minutes"),
        ("a long guide", "## 9."),
        ("recap", "first"),
        ("who said what?", "Nobody"),
    ],
)
def test_scripts_show_what_was_asked_for(asked: str, shows: str) -> None:
    """The last message's words choose the answer, and every answer has its thinking."""
    reply = scripts.answer(said(asked))
    assert shows in reply.text
    assert reply.thinking


def test_the_long_answer_is_long() -> None:
    """The long answer has ten thousand characters, and its fences are balanced."""
    text = scripts.written("long").text
    assert len(text) >= 10_000
    assert text.count("```") % 2 == 0
    assert text.count("```") >= 16


def test_scripts_know_the_conversation() -> None:
    """Earlier turns, and who spoke in them, come back in the answer."""
    past = ("Ada: how tall is it?", "Tall.", "Bo (@bob): how old?", "Old.", "Ada: and wide?", "No.")
    recap = scripts.answer(said(*past, "Bo (@bob): recap, please")).text
    assert "**3** questions and **3** answers" in recap
    assert "2. **Bo (@bob)** asked: “how old?”" in recap
    people = scripts.answer(said(*past, "Ada: who said what?")).text
    assert "- **Ada** said 2 things, lastly “and wide?”" in people
    assert "question 4" in scripts.answer(said(*past, "Ada: tell me something")).text
