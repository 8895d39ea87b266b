"""Messages of the bot's own, beside answers: a few lines as Components V2."""

from collections.abc import Sequence

import discord


def messages_of(lines: Sequence[str], most: int = 3_900) -> list[str]:
    """Return the lines in as few messages as hold them, each of at most so many characters."""
    messages = [""]
    for line in lines:
        if messages[-1] and len(messages[-1]) + len(line) >= most:
            messages.append("")
        messages[-1] = f"{messages[-1]}\n{line}" if messages[-1] else line
    return messages


def said(text: str) -> discord.ui.LayoutView:
    """Return a message that holds just this text."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    return view
