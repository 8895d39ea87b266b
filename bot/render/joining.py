"""What the bot says of itself when it comes to a server."""

from bot.render.command_mentions import CommandMentions


def first_word(command: CommandMentions) -> str:
    """Return who the bot is, how to ask, what to set first, and what becomes of words."""
    return f"""\
## Hello, I am Threadlight
You can talk with a reasoning model through me. {command("ask")} answers one question, \
{command("chat")} opens a thread in which every message is answered, and wherever you mention me \
I answer, too. {command("help")} shows the rest.

**Who manages this server** may want to begin with these:
- {command("quota set")}: how much each member, role or channel may use. Until then the limits \
of whoever runs me hold.
- {command("access allow")}: which channels, roles and members may use me. Until then everybody \
may, wherever I can read and write.
- {command("settings set")}: how I answer, and whether I wait for a mention in threads.

**What becomes of your words:** I keep the questions that I am asked, with their files, and my \
answers, in the database of whoever runs me, so that I can remember a conversation. To be answered \
they go to a language model by way of OpenRouter. Messages that are not for me I do not keep, \
unless somebody asks me about them. \
Deleting a question makes me forget it; {command("history forget")} erases all that you ever said \
to me."""
