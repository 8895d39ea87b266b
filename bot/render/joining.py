"""What the bot says of itself when it comes to a server."""

from bot.render.command_mentions import CommandMentions
from bot.words import say


def first_word(command: CommandMentions) -> str:
    """Return who the bot is, how to ask, what to set first, and what becomes of words."""
    ask, chat, help_ = command("ask"), command("chat"), command("help")
    return "\n".join(
        (
            say("join-hello"),
            say("join-what", ask=ask, chat=chat, help=help_),
            "",
            say("join-managers"),
            say("join-quota", quota=command("quota set")),
            say("join-access", access=command("access allow")),
            say("join-settings", settings=command("settings set")),
            "",
            say("join-words", forget=command("history forget")),
        )
    )
