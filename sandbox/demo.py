"""`threadlight demo`: the shipped bot at work in a terminal, without any account."""

import asyncio
import os
import sys
from typing import Annotated

import typer

INTERRUPTED = 130
TERMINATED = 143
"""Exit codes after Ctrl-C and after SIGTERM, as shells know them."""


def demo(
    scene: Annotated[
        bool, typer.Option("--scene", help="End after the scene, without a prompt.")
    ] = False,
) -> None:
    """Show the bot at work in this terminal; no account is needed."""
    # Every start of the command line loads this module: only the demo pays for the sandbox.
    from sandbox.demo_house import run

    try:
        code = asyncio.run(run(scene_only=scene, environ=os.environ, out=sys.stdout))
    except KeyboardInterrupt:
        code = INTERRUPTED
    except asyncio.CancelledError:
        code = TERMINATED
    raise typer.Exit(code)
