"""Names of commands that can be clicked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import words


@dataclass(frozen=True, slots=True)
class CommandMentions:
    """Knows the ids that Discord gave the commands."""

    ids: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, path: str) -> str:
        """Return a command by its full name ("quota set"), to be clicked where its id is known."""
        number = self.ids.get(path.partition(" ")[0])
        return f"`/{words.command(path)}`" if number is None else f"</{path}:{number}>"
