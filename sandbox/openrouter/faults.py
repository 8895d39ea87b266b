"""Every error OpenRouter is known to answer with, ready to be sent on demand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

Body = Mapping[str, object] | str | bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to a request instead of its answer; `drop` closes the connection unanswered.

    `status` of None only delays: the request is then answered as if nothing had been.
    """

    status: int | None = None
    body: Body = None
    headers: Mapping[str, str] = field(default_factory=dict)
    path: str = "/chat/completions"
    delay: float = 0.0
    drop: bool = False

    def payload(self) -> tuple[bytes, str]:
        """Return the body's bytes and their content type."""
        body = self.body
        if body is None:
            body = usual_body(self.status or 500)
        if isinstance(body, bytes):
            return body, "application/octet-stream"
        if isinstance(body, str):
            html = body.lstrip().startswith("<")
            return body.encode(), "text/html; charset=utf-8" if html else "text/plain"
        return json.dumps(body).encode(), "application/json"


MESSAGES = {
    400: "max_tokens is too large",
    401: "No auth credentials found",
    402: "This request requires more credits, or fewer max_tokens",
    403: "Your chosen model requires moderation and your input was flagged",
    404: "No endpoints found for this model",
    408: "Your request timed out",
    413: "Request Entity Too Large",
    422: "Unprocessable Entity",
    429: "Rate limit exceeded: free-models-per-min",
    500: "Internal Server Error",
    502: "Provider returned error",
    503: "No instances available",
    504: "Provider timed out",
    524: "Provider took too long to answer",
    529: "Provider is overloaded",
}


def error(code: object, message: str, **metadata: object) -> dict[str, object]:
    """Return an error body; a code of None is left out."""
    inner: dict[str, object] = {"message": message}
    if code is not None:
        inner["code"] = code
    if metadata:
        inner["metadata"] = metadata
    return {"error": inner}


def usual_body(status: int) -> dict[str, object]:
    """Return the body that usually comes with a status."""
    message = MESSAGES.get(status, "Something went wrong")
    if status == 403:
        return error(
            403,
            message,
            reasons=["violence"],
            flagged_input="the words that were flagged…",
            provider_name="Minimax",
            model_slug="minimax/minimax-m1",
        )
    if status in (429, 502, 503, 504, 524, 529):
        return error(status, message, provider_name="Minimax", raw="upstream said no")
    return error(status, message)


def unavailable(*, retryable: bool, retry_after: float | None = None) -> dict[str, object]:
    """Return an availability error: no code, but whether and when to come back."""
    availability: dict[str, object] = {"retryable": retryable, "reason": "no_healthy_endpoint"}
    if retry_after is not None:
        availability["retry_after"] = retry_after
    return {
        "error": {
            "message": "No endpoint of this model is available now",
            "availability": availability,
            "fallback_models": ["minimax/minimax-m2"],
        }
    }


HTML = "<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>"

FAULTS: dict[str, Fault] = {
    **{f"{status}": Fault(status=status) for status in MESSAGES},
    "429 with Retry-After": Fault(status=429, headers={"Retry-After": "7"}),
    "502 in HTML": Fault(status=502, body=HTML),
    "503 without a body": Fault(status=503, body=b""),
    "error in a 200": Fault(status=200, body=error(429, "Rate limited upstream")),
    "error in a 200 without a code": Fault(status=200, body=error(None, "Upstream failed")),
    "string code": Fault(status=400, body=error("invalid_prompt", "The prompt is malformed")),
    "unavailable for a while": Fault(status=503, body=unavailable(retryable=True, retry_after=2)),
    "unavailable for good": Fault(status=404, body=unavailable(retryable=False)),
    "dropped connection": Fault(drop=True),
}
"""Errors by name: each status of the table with its usual body, and the odd forms."""
