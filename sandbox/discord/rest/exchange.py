"""One request of the bot and its answer: read, limited, refused, recorded."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.discord import problems
from sandbox.discord.commands import CommandRegistry
from sandbox.discord.faults import Faults
from sandbox.discord.limits import RateLimits
from sandbox.discord.problems import Problem
from sandbox.discord.rest.reading import Body, number, read
from sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the bot and what it was answered; `at` in seconds since 1970."""

    method: str
    path: str
    request: Any
    status: int
    raw_answer: bytes = field(repr=False)
    at: float

    @property
    def answer(self) -> Any:
        """Return the answer's JSON, its text where it is none, None where it is empty."""
        try:
            return json.loads(self.raw_answer) if self.raw_answer else None
        except ValueError:
            return self.raw_answer.decode(errors="replace")


class Exchanges(deque[Exchange]):
    """Keeps the latest exchanges, and counts all that ever were, the refused ones apart."""

    def __init__(self, most: int = 10_000) -> None:
        super().__init__(maxlen=most)
        self.total = 0
        self.too_many_requests = 0
        self.server_errors = 0

    def add(self, exchange: Exchange) -> None:
        """Record one more."""
        self.total += 1
        self.too_many_requests += exchange.status == 429
        self.server_errors += exchange.status >= 500
        self.append(exchange)


@dataclass(slots=True)
class Api:
    """What the routes share."""

    world: World
    token: str
    limits: RateLimits
    faults: Faults
    commands: CommandRegistry
    application_flags: int
    exchanges: Exchanges = field(default_factory=Exchanges)
    url: str = ""
    gateway_url: str = ""
    shards: int = 1
    max_concurrency: int = 1
    identifies_left: Callable[[], int] = lambda: 1000


CUT = 0
"""The status under which a request is recorded whose connection was cut."""

_FAULT_HEADERS = {"Via": "1.1 google"}
"""What tells discord.py that a 429 comes from Discord and not from before it."""

API = web.AppKey("API", Api)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_BODY = web.RequestKey("BODY", Body)


def answer(
    payload: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return JSON with exactly the content type that Discord sends."""
    return web.Response(
        body=json.dumps(payload).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


def nothing() -> web.Response:
    """Return 204."""
    return web.Response(status=204)


def body_of(request: web.Request) -> Body:
    """Return what came with a request."""
    return request[_BODY]


def snowflake(request: web.Request, name: str) -> int:
    """Return an id from the path, or raise 50035."""
    text = request.match_info[name]
    if not text.isdecimal() or len(text) > 20 or int(text) >= 1 << 64:
        error = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{text}" is not snowflake.'}
        raise problems.form_body({name: {"_errors": [error]}})
    return int(text)


def uses_token(path: str) -> bool:
    """Tell whether a route is opened by an interaction's token in its path, not by the bot's."""
    return path.startswith(("/webhooks/", "/interactions/"))


@web.middleware
async def exchange(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Meet faults and limits, check the token, turn refusals into answers, record it all."""
    api = request.app[API]
    path = request.path.removeprefix("/api/v10")
    fault = api.faults.apply(request.method, path)
    if fault is not None and fault.seconds:
        await asyncio.sleep(fault.seconds)
    request[_BODY] = Body(None)
    if fault is not None and fault.drop:
        if request.transport is not None:
            request.transport.abort()
        _record(api, request, path, web.Response(status=CUT))
        return web.Response()
    if fault is not None and fault.status is not None:
        request[_BODY] = await read(request)
        response: web.StreamResponse = answer(dict(fault.body), fault.status, _FAULT_HEADERS)
    else:
        response = await _answered(api, request, path, handler)
    if response.status in (401, 403, 429):
        api.limits.note_invalid()
    _record(api, request, path, response)
    return response


async def _answered(
    api: Api, request: web.Request, path: str, handler: Handler
) -> web.StreamResponse:
    headers: dict[str, str] = {}
    try:
        try:
            request[_BODY] = await read(request)
        finally:
            headers, too_many = _limit(api, request, path)
        response = too_many or await _serve(api, request, path, handler)
    except Problem as problem:
        response = answer(problem.body(), problem.status)
    except web.HTTPException as refused:
        refusals = {
            404: problems.not_found,
            405: problems.method_not_allowed,
            413: problems.request_too_large,
        }
        refusal = refusals.get(refused.status, problems.bad_request)()
        response = answer(refusal.body(), refusal.status)
    response.headers.update(headers)
    return response


async def _serve(api: Api, request: web.Request, path: str, handler: Handler) -> web.Response:
    if not uses_token(path) and request.headers.get("Authorization") != f"Bot {api.token}":
        raise problems.unauthorized()
    response = await handler(request)
    if not isinstance(response, web.Response):
        raise TypeError("An API route answers with a plain response.")
    return response


def _limit(api: Api, request: web.Request, path: str) -> tuple[dict[str, str], web.Response | None]:
    payload = body_of(request).payload
    parts = path.strip("/").split("/")
    age: float | None = None
    renames = False
    if request.method == "PATCH" and parts[0] == "channels":
        if len(parts) == 4 and (message := api.world.messages.get(number(parts[3]))):
            age = api.world.clock() - message.created_at
        if len(parts) == 2 and isinstance(payload, dict) and "name" in payload:
            channel = api.world.channels.get(number(parts[1]))
            renames = channel is not None and channel.name != payload["name"]
    verdict = api.limits.take(request.method, path, message_age_s=age, renames=renames)
    if verdict.retry_after is None:
        return verdict.headers, None
    if verdict.body is None:
        return verdict.headers, web.Response(status=429, text="error code: 1015")
    return verdict.headers, answer(verdict.body, 429)


def _record(api: Api, request: web.Request, path: str, response: web.StreamResponse) -> None:
    body = response.body if isinstance(response, web.Response) else None
    query = f"?{request.query_string}" if request.query_string else ""
    api.exchanges.add(
        Exchange(
            request.method,
            path + query,
            body_of(request).payload,
            response.status,
            body if isinstance(body, bytes) else b"",
            api.world.clock(),
        )
    )
