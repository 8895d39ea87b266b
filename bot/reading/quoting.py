"""Reads what a message says, and puts it before the question that it is asked about."""

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.errors import NothingToRead
from bot.messages import Attached, Person, Place, Question
from bot.notes import Unread
from bot.prompts.context import is_blank, plain_name
from bot.reading.attachments import read, why_unread
from bot.reading.mentions import with_names


def about(me: discord.ClientUser, quoted: discord.Message, text: str) -> str:
    """Return words with those of the message that they are about before them."""
    said = all_words(me, quoted)
    what = f"wrote: “{said}”" if said else "sent as a file"
    return f"(about what {writer(me, quoted, 'you')} {what})\n{text}"


def quote(me: discord.ClientUser, quoted: discord.Message) -> str:
    """Return the words of a message as they stand before a question about it."""
    return about(me, quoted, "")


def writer(me: discord.ClientUser, message: discord.Message, myself: str) -> str:
    """Return the name of who wrote a message, on one line; `myself` for the bot's own."""
    author = message.author
    return myself if author.id == me.id else plain_name(author.display_name) or author.name


def all_words(me: discord.ClientUser, message: discord.Message) -> str:
    """Return all that can be read in a message: its words, its embeds' and its layout's."""
    displays = [*_displays(message.components)]
    embeds = [*message.embeds]
    for forwarded in message.message_snapshots:
        displays += _displays(forwarded.components)
        embeds += forwarded.embeds
    if message.author.id == me.id:
        displays = [_without_small_print(text) for text in displays]
    parts = (own_words(me, message), _poll_words(message), *map(_embed_words, embeds), *displays)
    text = "\n".join(part for part in parts if not is_blank(part))
    return with_names(me, message, text)


def own_words(me: discord.ClientUser, message: discord.Message) -> str:
    """Return what somebody wrote or forwarded, mentions as names, the bot's own left out."""
    forwarded = (f"(forwarded) {it.content}" for it in message.message_snapshots if it.content)
    return with_names(me, message, "\n".join((message.content, *forwarded)))


def meant_words(me: discord.ClientUser, message: discord.Message) -> str:
    """Return what somebody says with a message: with all of what they forward, or of their poll.

    Previews of links in it come later, and are nobody's words.
    """
    if message.message_snapshots or message.poll is not None:
        return all_words(me, message)
    return own_words(me, message)


def told(me: discord.ClientUser, message: discord.Message, place: Place) -> Question:
    """Return what somebody wrote as the first thing in another place, its files still to be read.

    An application or a webhook can be called anything: its names stay on their line.
    """
    name = writer(me, message, message.author.display_name)
    return Question(
        author=Person(message.author.id, name, plain_name(message.author.name) or name),
        place=place,
        text=all_words(me, message),
        asked_at=message.created_at,
        message_id=message.id,
    )


def require_readable(me: discord.ClientUser, message: discord.Message) -> None:
    """Raise `NothingToRead` where a message has no words, and no file that may hold any."""
    problems = [why_unread(file) for file in files_of(message)]
    if not all_words(me, message) and all(problems):
        raise NothingToRead(tuple(it for it in problems if it is not None))


async def read_files_of(me: discord.ClientUser, message: discord.Message) -> tuple[Attached, ...]:
    """Read a message's files; raise `NothingToRead` where neither they nor it have any words."""
    files = await read(files_of(message))
    if not all_words(me, message) and all(is_blank(file.text or "") for file in files):
        raise NothingToRead(
            tuple(Unread(it.filename, it.problem or "unread-empty", it.about) for it in files)
        )
    return files


def files_of(message: discord.Message) -> Sequence[discord.Attachment]:
    """Return the files that come with a message, forwarded ones too."""
    forwarded = (file for it in message.message_snapshots for file in it.attachments)
    return [*message.attachments, *forwarded]


def _embed_words(embed: discord.Embed) -> str:
    """Return what an embed shows, and where it leads."""
    fields = (f"{field.name}: {field.value}" for field in embed.fields)
    about = (embed.author.name, embed.title, embed.url, embed.description)
    return "\n".join(part for part in (*about, *fields, embed.footer.text) if part)


def _poll_words(message: discord.Message) -> str:
    """Return what a poll asks, and the answers with their votes."""
    if message.poll is None:
        return ""
    answers = (f"- {it.text} ({it.vote_count} votes)" for it in message.poll.answers)
    return "\n".join((f"(poll) {message.poll.question}", *answers))


def _displays(components: Iterable[discord.Component]) -> Iterator[str]:
    """Yield the texts that a message lays out, from top to bottom."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Container | discord.SectionComponent):
            yield from _displays(component.children)


def _without_small_print(text: str) -> str:
    """Return an answer of our own without the lines that tell its time and cost."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("-# "))
