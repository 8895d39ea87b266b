"""Words for personas."""

from bot.personas import Persona, Scope
from bot.render.notices import plain_text

_A_LINE = 1_500
"""Characters of a persona in one line at most: with its marks it still fits in a message."""

NOTHING = (
    "No persona is set here: I am a helpful assistant. `/persona set` writes one, "
    "and has some to start from."
)

PLACEHOLDERS = "`{date}`, `{server}`, `{channel}` and `{user}` stand for what they say."


def persona_lines(personas: list[Persona]) -> list[str]:
    """Return all personas that hold, the first one first, each as it was written."""
    if not personas:
        return [NOTHING]
    lines: list[str] = []
    for persona in personas:
        lines.append(f"**{_title(persona)}**")
        for line in persona.text.splitlines() or [""]:
            starts = range(0, max(1, len(line)), _A_LINE)
            lines += [f"> {plain_text(line[at : at + _A_LINE])}" for at in starts]
    return [*lines, f"-# {PLACEHOLDERS}"]


def set_words(scope: Scope) -> str:
    """Return that a persona was set."""
    return f"Set: {_whose(scope)}. It holds from the next question on."


def reset_words(scope: Scope, *, was_there: bool) -> str:
    """Return that a persona was removed, or that there was none."""
    return f"Reset: {_whose(scope)}." if was_there else f"There is no {_whose(scope)} to reset."


def _whose(scope: Scope) -> str:
    if scope is Scope.PERSON:
        return "persona of your own"
    return "persona for this channel" if scope is Scope.CHANNEL else "persona for this server"


def _title(persona: Persona) -> str:
    if persona.scope is Scope.PERSON:
        return "For you, wherever you ask; it is added to what holds there"
    if persona.scope is Scope.SERVER:
        return "For this server"
    return f"For <#{persona.target_id}>"
