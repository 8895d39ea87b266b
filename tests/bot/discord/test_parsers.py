"""Parsers: no event can end the connection, and the bot's own edits are not read."""

from collections.abc import Callable
from typing import Any

import structlog
from structlog.testing import capture_logs

from bot.discord.parsers import guard

LOG = structlog.get_logger(__name__)


def guarded(parse: Callable[[Any], None]) -> dict[str, Callable[[Any], None]]:
    """Return parsers of a bot with the id 7, all of which parse like this."""
    parsers = {"MESSAGE_CREATE": parse, "MESSAGE_UPDATE": parse}
    guard(parsers, LOG, lambda: 7)
    return parsers


def test_an_event_that_cannot_be_read_is_logged() -> None:
    """discord.py would end the connection at the first one."""

    def fail(data: Any) -> None:
        raise KeyError(data["secret"])

    with capture_logs() as logged:
        guarded(fail)["MESSAGE_CREATE"]({"secret": "word"})
    [entry] = logged
    assert (entry["event"], entry["event_name"]) == ("an event could not be read", "MESSAGE_CREATE")


def test_own_edits_are_left_out() -> None:
    """What this bot edited itself it knows; what others edited it has to hear."""
    read: list[Any] = []
    parsers = guarded(read.append)
    own, other = {"author": {"id": "7"}}, {"author": {"id": "8"}}
    partial, odd = {"id": "5"}, {"author": "nobody"}
    for event in (own, other, partial, odd):
        parsers["MESSAGE_UPDATE"](event)
        parsers["MESSAGE_CREATE"](event)
    assert read == [own, other, other, partial, partial, odd, odd]
