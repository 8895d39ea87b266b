"""Words for erasing what a person said: what goes, what went, and what stays."""

from bot.erasures import Found

KEPT = "Nothing was forgotten."

_STAYS = (
    "the requests, tokens and cost of your questions, under your Discord id: limits rest on them",
    "your messages and my answers in Discord, for you to delete; buttons there do nothing any more",
    "what others asked and what I answered them, although it may repeat words of yours",
    "what was sent to the model and its provider, which OpenRouter's settings decide about",
)


def asked_words(found: Found) -> str:
    """Return what is said before anything is forgotten: what would go, and what would stay."""
    return "\n".join(
        (
            "**Shall I forget all that you ever said to me?** It can't be undone.",
            "This goes, from every server, thread and direct message:",
            *(f"- {it}" for it in _counted(found)),
            "Answers to you that are still being written are stopped.",
            "This stays:",
            *(f"- {it}" for it in _staying(found)),
        )
    )


def done_words(found: Found) -> str:
    """Return what was forgotten, and what stays."""
    counted = _counted(found)
    gone = [f"- {it}" for it in counted] or ["- nothing: it was all forgotten already"]
    return "\n".join(
        (
            "**Forgotten:**",
            *gone,
            "Its last traces in the database's files are overwritten now.",
            "This stays:",
            *(f"- {it}" for it in _staying(found)),
            "-# What you say from now on is remembered again.",
        )
    )


def nothing_words(found: Found) -> str:
    """Return what is said to somebody of whom nothing is kept."""
    words = "I keep nothing that you said, so there is nothing to forget."
    if found.shared_personas:
        words += f" Not counted: {_shared(found.shared_personas)}"
    return words


def _counted(found: Found) -> list[str]:
    parts = [
        (found.questions, _many(found.questions, "question of yours", "questions of yours")),
        (found.files, _many(found.files, "file that came with them", "files that came with them")),
        (
            found.answers,
            _many(found.answers, "answer to them", "answers to them")
            + ", with what the model thought first",
        ),
        (found.personas, "your own persona"),
        (
            found.waiting,
            _many(found.waiting, "question that waits", "questions that wait")
            + " for your yes to its price",
        ),
        (
            found.titles,
            _many(found.titles, "title", "titles") + " made for conversations that you began",
        ),
        (
            found.reasons,
            _many(found.reasons, "reason", "reasons") + " that you wrote to grants and resets",
        ),
    ]
    return [words for count, words in parts if count]


def _staying(found: Found) -> list[str]:
    stays = list(_STAYS)
    if found.shared_personas:
        stays.insert(1, _shared(found.shared_personas))
    return stays


def _shared(count: int) -> str:
    personas = _many(count, "persona", "personas")
    return (
        f"{personas} that you wrote for a channel or a server and that belong there: "
        "`/persona reset` removes them."
    )


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
