"""Where Debian's Chromium is, and how it is started."""

import os
import shutil

FLAGS = (
    "--no-sandbox",  # CI is root in a container of its own, and the page is ours
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """Return the path of Chromium (`CHROMIUM` where that is set), or None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")
