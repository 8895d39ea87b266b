"""One request of the bot and its answer: read, limited, refused, recorded."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.discord import problems
from sandbox.discord.commands import CommandRegistry
from sandbox.discord.faults import Faults
from sandbox.discord.limits import RateLimits
from sandbox.discord.model import ATTACHMENT_LIMIT, REQUEST_LIMIT, Json, Upload
from sandbox.discord.problems import Problem
from sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the bot and what it was answered; `at` in seconds since 1970."""

    method: str
    path: str
    request: Any
    status: int
    answer: Any
    at: float


class Exchanges(deque[Exchange]):
    """Keeps the latest exchanges, and counts the 429s among all that ever were."""

    def __init__(self, most: int = 10_000) -> None:
        super().__init__(maxlen=most)
        self.too_many_requests = 0

    def add(self, exchange: Exchange) -> None:
        """Record one more."""
        self.too_many_requests += exchange.status == 429
        self.append(exchange)


@dataclass(frozen=True, slots=True)
class Body:
    """What came with a request: its JSON, and the files of a multipart form."""

    payload: Any
    uploads: tuple[Upload, ...] = ()

    @property
    def names(self) -> list[str]:
        """Return the names of the files."""
        return [upload.name for upload in self.uploads]

    def object(self) -> Json:
        """Return the JSON as an object, or raise 50035."""
        if not isinstance(self.payload, dict):
            raise problems.form_body({"_errors": [_NOT_AN_OBJECT]})
        return self.payload


_NOT_AN_OBJECT = {"code": "DICT_TYPE_CONVERT", "message": "Only dictionaries may be used here"}


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


API = web.AppKey("API", Api)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_BODY = "body"


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
    body: Body = request[_BODY]
    return body


def snowflake(request: web.Request, name: str) -> int:
    """Return an id from the path, or raise 50035."""
    text = request.match_info[name]
    if not text.isdecimal() or int(text) >= 1 << 64:
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
    if fault is not None and fault.drop:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    request[_BODY] = Body(None)
    headers: dict[str, str] = {}
    try:
        request[_BODY] = await _read(request)
        if fault is not None and fault.status is not None:
            response = answer(dict(fault.body), fault.status)
        else:
            headers, too_many = _limit(api, request, path)
            response = too_many or await _serve(api, request, path, handler)
    except Problem as problem:
        response = answer(problem.body(), problem.status)
    except web.HTTPException as refused:
        refusals = {404: problems.not_found, 405: problems.method_not_allowed}
        refusal = refusals.get(refused.status, problems.bad_request)()
        response = answer(refusal.body(), refusal.status)
    if response.status in (401, 403, 429):
        api.limits.note_invalid()
    response.headers.update(headers)
    _record(api, request, path, response)
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
        if len(parts) == 4 and (message := api.world.messages.get(_number(parts[3]))):
            age = api.world.clock() - message.created_at
        if len(parts) == 2 and isinstance(payload, dict) and "name" in payload:
            channel = api.world.channels.get(_number(parts[1]))
            renames = channel is not None and channel.name != payload["name"]
    verdict = api.limits.take(request.method, path, message_age_s=age, renames=renames)
    if verdict.retry_after is None:
        return verdict.headers, None
    if verdict.body is None:
        return verdict.headers, web.Response(status=429, text="error code: 1015")
    return verdict.headers, answer(verdict.body, 429)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


async def _read(request: web.Request) -> Body:
    if request.method in ("GET", "DELETE") or not request.can_read_body:
        return Body({} if request.method != "GET" else None)
    if (request.content_length or 0) > REQUEST_LIMIT:
        raise problems.request_too_large()
    try:
        if request.content_type == "multipart/form-data":
            return await _read_multipart(request)
        return Body(json.loads(await request.read()))
    except ValueError as error:
        raise problems.invalid_json() from error


async def _read_multipart(request: web.Request) -> Body:
    payload: Any = {}
    files: dict[int, Upload] = {}
    total = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise problems.bad_request()
        content = bytes(await part.read())
        total += len(content)
        if part.name == "payload_json":
            payload = json.loads(content)
        elif part.filename is not None and (part.name or "").startswith("files["):
            if len(content) > ATTACHMENT_LIMIT:
                raise problems.request_too_large()
            index = _number((part.name or "")[6:-1])
            type_ = guess_type(part.filename)
            files[index] = Upload(part.filename, content, type_)
    if total > REQUEST_LIMIT:
        raise problems.request_too_large()
    return Body(payload, tuple(files[index] for index in sorted(files)))


def guess_type(name: str) -> str:
    """Return a file's media type by the end of its name, as Discord guesses it."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}


def _record(api: Api, request: web.Request, path: str, response: web.StreamResponse) -> None:
    answered: Any = None
    if isinstance(response, web.Response) and isinstance(response.body, bytes) and response.body:
        is_json = response.content_type == "application/json"
        answered = json.loads(response.body) if is_json else response.text
    query = f"?{request.query_string}" if request.query_string else ""
    api.exchanges.add(
        Exchange(
            request.method,
            path + query,
            body_of(request).payload,
            response.status,
            answered,
            api.world.clock(),
        )
    )
