"""`threadlight demo`: the shipped bot at work, in a browser or a terminal, without any account."""

import asyncio
import gc
import os
import sys
from typing import Annotated

import typer

INTERRUPTED = 130
TERMINATED = 143
"""Exit codes after Ctrl-C and after SIGTERM, as shells know them."""


def demo(
    *,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Play a scene here, then type here.")
    ] = False,
    scene: Annotated[
        bool, typer.Option("--scene", help="Play the scene here and end after it.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="The page's port; 0 takes any that is free.",
            show_default="7342, or any that is free",
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option(help="Open the page in a browser, where there is one.")
    ] = True,
) -> None:
    """Show the bot at work on a page in your browser; no account is needed."""
    # Of all that is loaded until the bot runs nothing goes away: who looks for garbage meanwhile
    # finds none, and makes the start a fifth longer.
    gc.disable()
    # Every start of the command line loads this module: only the demo pays for the sandbox.
    from sandbox.demo_show import run
    from sandbox.demo_wishes import Wishes

    wishes = Wishes(terminal=terminal, scene=scene, port=port, browser=browser)
    try:
        code = asyncio.run(run(wishes, environ=os.environ, out=sys.stdout))
    except KeyboardInterrupt:
        code = INTERRUPTED
    except asyncio.CancelledError:
        code = TERMINATED
    raise typer.Exit(code)
