"""Words for erasing what a person said: what goes, what went, and what stays."""

from bot.records.erasures import Found, Traces
from bot.words import say


def asked_words(found: Found) -> str:
    """Return what is said before anything is forgotten: what would go, and what would stay."""
    return "\n".join(
        (
            say("forget-ask"),
            say("forget-goes"),
            *(f"- {it}" for it in _counted(found)),
            say("forget-running"),
            say("forget-stays"),
            *(f"- {it}" for it in _staying(found)),
        )
    )


def done_words(found: Found, traces: Traces) -> str:
    """Return what was forgotten, when its last traces go, and what stays."""
    return "\n".join(
        (
            say("forget-done"),
            *(f"- {it}" for it in _counted(found) or [say("forget-already")]),
            say(f"forget-traces-{traces}"),
            say("forget-stays"),
            *(f"- {it}" for it in _staying(found)),
            say("forget-from-now-on"),
        )
    )


def nothing_words(found: Found) -> str:
    """Return what is said to somebody of whom nothing is kept."""
    if not found.shared_personas:
        return say("forget-nothing-there")
    return say("forget-nothing-but", but=say("forget-shared", count=found.shared_personas))


def _counted(found: Found) -> list[str]:
    parts = (
        ("questions", found.questions),
        ("files", found.files),
        ("answers", found.answers),
        ("quotes", found.quotes),
        ("echoes", found.echoes),
        ("persona", found.personas),
        ("waiting", found.waiting),
        ("titles", found.titles),
        ("reasons", found.reasons),
    )
    return [say(f"forget-count-{name}", count=count) for name, count in parts if count]


def _staying(found: Found) -> list[str]:
    names = ("amounts", "messages", "others", "provider")
    stays = [say(f"forget-keeps-{it}") for it in names]
    if found.shared_personas:
        stays.insert(1, say("forget-shared", count=found.shared_personas))
    return stays
