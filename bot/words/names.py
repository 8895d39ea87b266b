"""What commands, their options and Discord's permissions are called where people read of them."""

from bot.words.catalogue import find, knows, say
from bot.words.languages import ENGLISH, spoken


def command(path: str) -> str:
    """Return a command's name as its reader sees it: "quota show"; an unknown one as it is."""
    parts = path.split(" ")
    ids = ["-".join(("cmd", *parts[: count + 1])) for count in range(len(parts))]
    return " ".join(say(it) if has_words(it) else part for it, part in zip(ids, parts, strict=True))


def option(name: str) -> str:
    """Return an option's name as its reader sees it; an unknown one as it is."""
    message_id = f"option-{name}"
    return say(message_id) if has_words(message_id) else name


def choice(name: str, value: str) -> str:
    """Return what is chosen for an option as its reader sees it; an unknown value as it is."""
    message_id = f"choice-{name}-{value}"
    return say(message_id) if has_words(message_id) else value


def permission(name: str) -> str:
    """Return what Discord calls a permission; an unknown one as it is."""
    message_id = f"permission-{name.lower().replace(' ', '-')}"
    return say(message_id) if has_words(message_id) else name


def has_words(message_id: str) -> bool:
    """Tell whether there is something to say under this id, beside what may describe it."""
    if not message_id.replace("-", "").replace("_", "").isalnum() or not knows(message_id):
        return False
    return any(find(language, message_id) is not None for language in (spoken(), ENGLISH))
