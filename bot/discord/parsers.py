"""Keeps discord.py's reading of events from ending the connection, or from taking up the CPU."""

from collections.abc import Callable, MutableMapping
from typing import Any

from structlog.typing import FilteringBoundLogger

Parse = Callable[[Any], None]


def guard(
    parsers: MutableMapping[str, Parse], log: FilteringBoundLogger, own_id: Callable[[], int | None]
) -> None:
    """Let an event that can't be read be logged, and this bot's own edits be left out.

    Any exception in a parser ends discord.py's connection. Discord tells a bot of each edit that
    it makes itself: with hundreds of answers that is as much work as making them.
    """
    parsers.update({name: _guarded(name, parse, log) for name, parse in parsers.items()})
    parsers["MESSAGE_UPDATE"] = _unless_own(parsers["MESSAGE_UPDATE"], own_id)


def _guarded(name: str, parse: Parse, log: FilteringBoundLogger) -> Parse:
    def parse_safely(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("an event could not be read", event_name=name)

    return parse_safely


def _unless_own(parse: Parse, own_id: Callable[[], int | None]) -> Parse:
    def parse_others(data: Any) -> None:
        author = data.get("author") if isinstance(data, dict) else None
        own = isinstance(author, dict) and author.get("id") == str(own_id())
        if not own:
            parse(data)

    return parse_others
