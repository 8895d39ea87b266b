"""What whoever starts the demo asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the demo is shown: on the page alone, or in the terminal, with typing or without.

    A `port` of None is the usual one, or another where that is taken; of 0 any that is free.
    """

    terminal: bool = False
    scene: bool = False
    port: int | None = None
    browser: bool = True
