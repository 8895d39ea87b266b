"""What goes over the wire, as values; whatever is unknown, missing or odd in them is tolerated."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from bot.messages import Price, Usage, micro_dollars
from bot.streaming import Prompt

MOST_TOKENS = 100_000_000
MOST_DOLLARS = Decimal(100)
MOST_DOLLARS_A_TOKEN = Decimal("0.01")
"""Beyond these a figure is absurd: the dearest turn of MiniMax-M1 costs less than a dollar."""

READABLE_ID = re.compile(r"[\x21-\x7e]{1,200}")
ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(?P<lone>u[dD][89a-fA-F][\da-fA-F]{2})|.)"
)


class ChatMessage(msgspec.Struct):
    """One message of a request."""

    role: str
    content: str


BRIEFLY: dict[str, str | bool] = {"effort": "low", "exclude": True}
"""Asks for little thinking, unseen; it can't be turned off, and is paid for all the same."""


class ChatRequest(msgspec.Struct):
    """The body of a request; thinking is mentioned only where there should be little of it."""

    model: str
    messages: list[ChatMessage]
    max_tokens: int
    user: str
    session_id: str
    temperature: float
    top_p: float
    stream: bool = True
    reasoning: dict[str, str | bool] | msgspec.UnsetType = msgspec.UNSET


class Words(msgspec.Struct):
    """What a chunk adds, or, where nothing was streamed, the whole message."""

    content: Any = None
    reasoning: Any = None
    reasoning_details: msgspec.Raw = msgspec.Raw()


class Choice(msgspec.Struct):
    """The one choice we ask for."""

    delta: Words | None = None
    message: Words | None = None
    finish_reason: Any = None


class Chunk(msgspec.Struct):
    """One event of a stream, or a whole completion."""

    id: Any = None
    model: Any = None
    choices: list[Choice] | None = None
    usage: Any = None
    error: Any = None


class Unreadable(ValueError):
    """Say that something was not the JSON it should have been."""


CHUNKS = msgspec.json.Decoder(Chunk, float_hook=Decimal)
ANYTHING = msgspec.json.Decoder(float_hook=Decimal)


def request_body(prompt: Prompt) -> bytes:
    """Return the body that asks this."""
    messages = [ChatMessage(message.role, message.content) for message in prompt.messages]
    request = ChatRequest(
        prompt.model,
        messages,
        prompt.max_output_tokens,
        prompt.user,
        prompt.session,
        prompt.temperature,
        prompt.top_p,
        reasoning=BRIEFLY if prompt.is_brief else msgspec.UNSET,
    )
    try:
        return msgspec.json.encode(request)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON in UTF-8 can't hold
        for message in messages:
            message.content = message.content.encode("utf-8", "replace").decode()
        return msgspec.json.encode(request)


def read_chunk(data: bytes) -> Chunk:
    """Decode a chunk; raise `Unreadable`."""
    try:
        return CHUNKS.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _read_repaired(data)


def _read_repaired(data: bytes) -> Chunk:
    """Decode a chunk in which a character was cut in two."""
    text = ESCAPES.sub(
        lambda match: r"\ufffd" if match["lone"] else match[0], data.decode("utf-8", "replace")
    )
    try:
        return CHUNKS.decode(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Unreadable from error


def read_anything(data: bytes) -> Any:
    """Decode any JSON, with exact decimal fractions; raise `Unreadable`."""
    try:
        return ANYTHING.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable from error


def details_text(details: msgspec.Raw) -> str:
    """Return the words among the details of some thinking; other details have none."""
    try:
        parts = read_anything(bytes(details))
    except Unreadable:
        return ""
    texts = []
    for part in parts if isinstance(parts, list) else []:
        words = part.get("text") or part.get("summary") if isinstance(part, dict) else None
        if isinstance(words, str):
            texts.append(words)
    return "".join(texts)


def readable_id(value: object) -> str | None:
    """Return an id that can be stored and asked for, else None."""
    return value if isinstance(value, str) and READABLE_ID.fullmatch(value) else None


def field(value: object, *names: str) -> Any:
    """Return what stands under these names, one inside the other, or None."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def number(value: object) -> Decimal | None:
    """Return a number, whether it came as one or as a string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def count(value: object) -> int | None:
    """Return a plausible number of tokens."""
    figure = number(value)
    return int(figure) if figure is not None and 0 <= figure <= MOST_TOKENS else None


def cost_micros(value: object) -> int | None:
    """Return a plausible cost in micro-dollars; a reported 0 is 0."""
    dollars = number(value)
    if dollars is None or not 0 <= dollars <= MOST_DOLLARS:
        return None
    return micro_dollars(dollars)


def price(pricing: object) -> Price | None:
    """Return a price from its strings in dollars, or None where one is malformed or absurd."""
    prompt, completion = number(field(pricing, "prompt")), number(field(pricing, "completion"))
    request = field(pricing, "request")
    flat = Decimal(0) if request is None else number(request)
    if prompt is None or completion is None or flat is None:
        return None
    if not (0 <= prompt <= MOST_DOLLARS_A_TOKEN and 0 <= completion <= MOST_DOLLARS_A_TOKEN):
        return None
    return Price(prompt, completion, flat) if 0 <= flat <= MOST_DOLLARS else None


def usage(reported: object, known: Price | None) -> Usage | None:
    """Return what a stream reported of its cost, or None where it told no tokens.

    Without a plausible cost it is reckoned from the known price and marked as estimated.
    """
    prompt = count(field(reported, "prompt_tokens"))
    completion = count(field(reported, "completion_tokens"))
    if prompt is None or completion is None:
        return None
    cost = cost_micros(field(reported, "cost"))
    reckoned = known.micros(prompt, completion) if known else 0
    return Usage(
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost_micros=reckoned if cost is None else cost,
        reasoning_tokens=count(field(reported, "completion_tokens_details", "reasoning_tokens"))
        or 0,
        cached_tokens=count(field(reported, "prompt_tokens_details", "cached_tokens")) or 0,
        estimated=cost is None,
    )


def billed(report: object) -> Usage | None:
    """Return what `/generation` says a generation was charged, or None while it does not say.

    The provider's own tokens count, or else OpenRouter's. Where it tells a cost and no tokens, they
    are 0, and marked as estimated: whoever knows the words can say more.
    """
    cost = cost_micros(field(report, "total_cost"))
    prompt = _tokens_billed(report, "prompt")
    completion = _tokens_billed(report, "completion")
    if cost is None or (prompt is None and not cost):
        return None
    return Usage(
        prompt_tokens=prompt or 0,
        completion_tokens=completion or 0,
        cost_micros=cost,
        reasoning_tokens=count(field(report, "native_tokens_reasoning")) or 0,
        cached_tokens=count(field(report, "native_tokens_cached")) or 0,
        estimated=prompt is None,
    )


def _tokens_billed(report: object, kind: str) -> int | None:
    own = count(field(report, f"native_tokens_{kind}"))
    return own if own is not None else count(field(report, f"tokens_{kind}"))


def allowance(value: object) -> int | None:
    """Return what a key may spend in micro-dollars, or None where it has no limit."""
    dollars = number(value)
    return micro_dollars(dollars) if dollars is not None and abs(dollars) < 10**9 else None
