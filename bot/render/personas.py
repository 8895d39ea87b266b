"""Words for personas."""

from bot.prompts.personas import Persona, Scope
from bot.render.notices import plain_text
from bot.words import say

_A_LINE = 1_500
"""Characters of a persona in one line at most: with its marks it still fits in a message."""

_AS_THEY_ARE = {name: f"{{{name}}}" for name in ("date", "server", "channel", "user")}
"""Placeholders as people write them, in every language."""


def persona_lines(personas: list[Persona]) -> list[str]:
    """Return all personas that hold, the first one first, each as it was written."""
    if not personas:
        return [say("persona-none")]
    lines: list[str] = []
    for persona in personas:
        lines.append(_title(persona))
        for line in persona.text.splitlines() or [""]:
            starts = range(0, max(1, len(line)), _A_LINE)
            lines += [f"> {plain_text(line[at : at + _A_LINE])}" for at in starts]
    return [*lines, say("persona-placeholders", **_AS_THEY_ARE)]


def set_words(scope: Scope) -> str:
    """Return that a persona was set."""
    return say(f"persona-set-{scope}")


def reset_words(scope: Scope, *, was_there: bool) -> str:
    """Return that a persona was removed, or that there was none."""
    return say(f"persona-reset-{scope}") if was_there else say(f"persona-not-there-{scope}")


def hint_words() -> str:
    """Return what can stand in a persona's words for something else."""
    return say("persona-hint", placeholders=" ".join(_AS_THEY_ARE.values()))


def _title(persona: Persona) -> str:
    if persona.scope is Scope.CHANNEL:
        return say("persona-title-channel", channel=f"<#{persona.target_id}>")
    return say(f"persona-title-{persona.scope}")
