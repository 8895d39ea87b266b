"""An OpenRouter on loopback, with the means to make it answer, wait and fail as wanted."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import msgspec
from aiohttp import web
from multidict import CIMultiDict

from sandbox.loopback import only_from_here, require_loopback
from sandbox.openrouter import scripts
from sandbox.openrouter.catalogue import MODELS, Model, prompt_tokens
from sandbox.openrouter.checking import checked, refuse
from sandbox.openrouter.controls import REMEMBERED, Controls, Recorded
from sandbox.openrouter.faults import Fault
from sandbox.openrouter.generations import Generation
from sandbox.openrouter.replies import Reply, plan
from sandbox.openrouter.streaming import Cut, Streaming, completion

ROOT = "/api/v1"
LARGEST_BODY = 32 * 1024 * 1024

Script = Callable[[Sequence[Mapping[str, Any]]], Reply]


class OpenRouterServer(Controls):
    """Speaks OpenRouter's protocol on loopback; used as an async context manager.

    `tokens_per_second` is the usual speed (`math.inf`: at once). `hidden_prompt_tokens` are added
    to every prompt, as upstream does. A generation's figures can be had `generation_lag` seconds
    of the clock after its end.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str = "sk-or-v1-sandbox",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seed: int = 0,
        tokens_per_second: float = 80.0,
        hidden_prompt_tokens: int = 450,
        generation_lag: float = 0.5,
        models: Sequence[Model] = MODELS,
        script: Script = scripts.answer,
    ) -> None:
        super().__init__()
        require_loopback(host)
        self.host, self.port = host, port
        self.api_key = api_key
        self.tokens_per_second = tokens_per_second
        self.hidden_prompt_tokens = hidden_prompt_tokens
        self.generation_lag = generation_lag
        self.models = {model.slug: model for model in models}
        self.script = script
        self.key_limit: Decimal | None = None
        self.spent = Decimal(0)
        self._clock, self._sleep = clock, sleep
        self._random = random.Random(seed)
        self._handlers: set[asyncio.Task[Any]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Return the address to set as `OPENROUTER_BASE_URL`."""
        return f"http://{self.host}:{self.port}{ROOT}"

    async def __aenter__(self) -> Self:
        app = web.Application(
            middlewares=[only_from_here, self._front], client_max_size=LARGEST_BODY
        )
        app.router.add_post(f"{ROOT}/chat/completions", self._chat)
        app.router.add_get(f"{ROOT}/models", self._models)
        app.router.add_get(ROOT + "/models/{author}/{slug}/endpoints", self._endpoints)
        app.router.add_get(f"{ROOT}/key", self._key)
        app.router.add_get(f"{ROOT}/credits", self._credits)
        app.router.add_get(f"{ROOT}/generation", self._generation)
        # A stream whose reader went away must notice, even while it is held.
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.5
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._handlers:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _front(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Record a request, let a fault happen to it, and turn away whoever has no key."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a handler always runs in a task
        self._handlers.add(task)
        try:
            fault = await self._record(request)
            if fault is not None:
                await self._sleep(fault.delay)
                if fault.drop and request.transport is not None:
                    request.transport.close()
                if fault.drop or fault.status is not None:
                    self.too_many_requests += fault.status == 429
                    return refusal(fault)
            return await handler(request)
        finally:
            self._handlers.discard(task)

    async def _record(self, request: web.Request) -> Fault | None:
        path = request.path.removeprefix(ROOT)
        body = await body_of(request)
        headers = CIMultiDict(request.headers)
        peer = request.get_extra_info("peername") or ("", 0)
        self.requests.append(Recorded(request.method, path, headers, body, self._clock(), peer[1]))
        self.asked += path == "/chat/completions"
        self._changed.set()
        for fault in self.faults:
            if path.endswith(fault.path):
                self.faults.remove(fault)
                return fault
        if self.standing is not None and path.endswith(self.standing.path):
            return self.standing
        if path.startswith("/models") or headers.get("Authorization") == f"Bearer {self.api_key}":
            return None
        return Fault(status=401)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        problem = checked(body, self.models, self.hidden_prompt_tokens)
        if problem is not None:
            return refusal(problem)
        generation = self._begin(body)
        reply = generation.plan.reply
        try:
            if reply.accept_delay > 0:
                await self._sleep(reply.accept_delay)
            if not generation.streamed:
                return web.json_response(completion(generation))
            return await self._stream(request, generation)
        except (asyncio.CancelledError, ConnectionError):
            generation.cancelled = True
            raise
        finally:
            self._end(generation)

    async def _stream(self, request: web.Request, generation: Generation) -> web.StreamResponse:
        reply = generation.plan.reply
        response = web.StreamResponse(headers={"Cache-Control": "no-cache"})
        response.content_type = "text/event-stream"
        if reply.id_header:
            response.headers["X-Generation-Id"] = generation.id
        await response.prepare(request)
        speed = reply.tokens_per_second
        streaming = Streaming(
            generation,
            response,
            self,
            tokens_per_second=self.tokens_per_second if speed is None else speed,
            sleep=self._sleep,
        )
        try:
            await streaming.run()
        except Cut:
            if request.transport is not None:
                request.transport.close()
        return response

    def _begin(self, body: Mapping[str, Any]) -> Generation:
        model = self.models[body["model"]]
        tokens = prompt_tokens(body["messages"], self.hidden_prompt_tokens)
        fitting = [e for e in model.endpoints if e.context_length >= tokens]
        endpoint = (fitting or list(model.endpoints))[0]
        limit = min(body.get("max_tokens", 1 << 30), endpoint.max_completion_tokens)
        reply = self.replies.popleft() if self.replies else self.script(body["messages"])
        generation = Generation(
            id=f"gen-{1754000000 + len(self.generations)}-{self._random.randbytes(10).hex()}",
            model=model,
            endpoint=endpoint,
            plan=plan(reply, limit),
            prompt_tokens=tokens,
            streamed=bool(body.get("stream", False)),
            began=self._clock(),
            created=1754000000,
        )
        self.generations[generation.id] = generation
        while len(self.generations) > REMEMBERED:
            self.generations.popitem(last=False)
        self.streaming.add(generation.id)
        self._changed.set()
        return generation

    def _end(self, generation: Generation) -> None:
        generation.ended = self._clock()
        self.spent += generation.cost()
        self.streaming.discard(generation.id)
        self._changed.set()

    async def _models(self, _request: web.Request) -> web.Response:
        return web.json_response({"data": [m.described() for m in self.models.values()]})

    async def _endpoints(self, request: web.Request) -> web.Response:
        model = self.models.get(f"{request.match_info['author']}/{request.match_info['slug']}")
        if model is None:
            return refusal(refuse("Model not found", 404))
        return web.json_response({"data": model.offers()})

    async def _key(self, _request: web.Request) -> web.Response:
        limit, spent = self.key_limit, float(self.spent)
        figures = {
            "label": "sk-or-v1-san...box",
            "limit": None if limit is None else float(limit),
            "limit_remaining": None if limit is None else float(limit - self.spent),
            "limit_reset": None,
            "usage": spent,
            "usage_daily": spent,
            "usage_weekly": spent,
            "usage_monthly": spent,
            "is_free_tier": False,
        }
        return web.json_response({"data": figures})

    async def _credits(self, _request: web.Request) -> web.Response:
        return refusal(refuse("Only management keys can perform this operation", 403))

    async def _generation(self, request: web.Request) -> web.Response:
        wanted = request.query.get("id", "")
        generation = self.generations.get(wanted)
        now = self._clock()
        if generation is None or generation.ended is None:
            return refusal(refuse(f"Generation {wanted} not found", 404))
        if now < generation.ended + self.generation_lag:
            return refusal(refuse(f"Generation {wanted} not found", 404))
        return web.json_response({"data": generation.report()})


async def body_of(request: web.Request) -> Any:
    """Return a request's body: decoded where it is JSON, else as it is."""
    raw = await request.read()
    try:
        return msgspec.json.decode(raw) if raw else None
    except ValueError:
        return raw


def refusal(fault: Fault) -> web.Response:
    """Return a fault as the response it is sent as."""
    payload, content_type = fault.payload()
    response = web.Response(status=fault.status or 500, body=payload)
    response.headers["Content-Type"] = content_type
    response.headers.extend(fault.headers)
    return response
