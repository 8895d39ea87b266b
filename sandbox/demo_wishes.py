"""What whoever starts the demo asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the demo is shown: on the page alone, or in the terminal, with typing or without."""

    terminal: bool = False
    scene: bool = False
    port: int = 0
    browser: bool = True
