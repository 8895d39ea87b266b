"""What comes with a request: JSON, or a form with JSON and files."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.discord import problems
from sandbox.discord.model import ATTACHMENT_LIMIT, REQUEST_LIMIT, Json, Upload


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


def number(text: str) -> int:
    """Return a part of a path as a number, 0 if it is none."""
    return int(text) if text.isdecimal() and len(text) <= 20 else 0


async def read(request: web.Request) -> Body:
    """Return what came with a request; raise 50109 on bad JSON, 40005 on too much of it."""
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
            index = number((part.name or "")[6:-1])
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
