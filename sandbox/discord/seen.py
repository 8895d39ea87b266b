"""What a user's client shows of a message."""

from dataclasses import dataclass

from sandbox.discord.display import shown_files, walk
from sandbox.discord.mentions import all_texts
from sandbox.discord.model import Json, Message, MessageFlag, MessageType, Pings
from sandbox.discord.world import World

BUTTON = 2
SELECTS = {3: "string", 5: "user", 6: "role", 7: "mentionable", 8: "channel"}
_LINK = 5


@dataclass(frozen=True, slots=True)
class SeenButton:
    """A button; one with a url opens that and tells the bot nothing."""

    label: str
    custom_id: str | None
    style: int
    disabled: bool
    url: str | None
    emoji: str | None = None


@dataclass(frozen=True, slots=True)
class SeenSelect:
    """A select menu; `options` (label, value) are those of a string select."""

    custom_id: str
    type: int
    placeholder: str | None
    options: tuple[tuple[str, str], ...]
    min_values: int
    max_values: int
    disabled: bool


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of a message."""

    name: str
    size: int
    url: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as one user sees it; `text` is its content or all text displays, in order."""

    id: int
    channel_id: int
    author_id: int
    author_name: str
    text: str
    thinking: bool
    ephemeral: bool
    edited: bool
    reply_to: int | None
    buttons: tuple[SeenButton, ...]
    selects: tuple[SeenSelect, ...]
    files: tuple[SeenFile, ...]
    components: tuple[Json, ...]
    embeds: tuple[Json, ...]
    pings: Pings
    created_at: float
    type: MessageType
    thread_id: int | None = None
    flags: int = 0

    def button(self, label: str) -> SeenButton:
        """Return the button with this label; raise LookupError that names those there are."""
        for button in self.buttons:
            if label in (button.label, button.emoji):
                return button
        labels = [button.label or button.emoji for button in self.buttons]
        raise LookupError(f"No button {label!r} below this message, but {labels}.")

    def __str__(self) -> str:
        marks = [
            name
            for name, there in (
                ("thinking", self.thinking),
                ("ephemeral", self.ephemeral),
                ("edited", self.edited),
            )
            if there
        ]
        labels = [button.label or str(button.emoji) for button in self.buttons]
        extra = f" ({', '.join(marks)})" if marks else ""
        extra += f" [{' | '.join(labels)}]" if labels else ""
        extra += "".join(f" <{file.name}, {file.size} B>" for file in self.files)
        return f"{self.author_name}{extra}: {self.text}"


def seen(world: World, message: Message) -> Seen:
    """Return a message as it is shown now."""
    parts = list(walk(message.components))
    hidden: set[int] = set()
    if MessageFlag.COMPONENTS_V2 in message.flags:
        hidden = {each.id for each in message.attachments} - shown_files(message.components)
    return Seen(
        id=message.id,
        channel_id=message.channel_id,
        author_id=message.author_id,
        author_name=shown_name(world, message),
        text="\n".join(all_texts(message.content, message.components)),
        thinking=message.loading,
        ephemeral=message.ephemeral,
        edited=message.edited_at is not None,
        reply_to=message.reply_to,
        buttons=tuple(_button(part) for part in parts if part["type"] == BUTTON),
        selects=tuple(_select(part) for part in parts if part["type"] in SELECTS),
        files=tuple(
            SeenFile(
                each.name,
                len(each.content),
                world.cdn_url + each.path,
                each.content,
                each.content_type,
            )
            for each in message.attachments
            if each.id not in hidden
        ),
        components=tuple(message.components),
        embeds=tuple(message.embeds),
        pings=message.pings,
        created_at=message.created_at,
        type=message.type,
        thread_id=message.thread_id,
        flags=int(message.flags),
    )


def shown_name(world: World, message: Message) -> str:
    """Return the name above a message: a nickname, a display name or a user name."""
    user = world.users[message.author_id]
    guild = world.guild_of(world.channels[message.channel_id])
    if guild is not None and (member := guild.members.get(user.id)) and member.nick:
        return member.nick
    return user.name


def _button(part: Json) -> SeenButton:
    emoji = part.get("emoji") or {}
    return SeenButton(
        part.get("label") or "",
        part.get("custom_id"),
        part.get("style", 2),
        bool(part.get("disabled")),
        part.get("url") if part.get("style") == _LINK else None,
        emoji.get("name"),
    )


def _select(part: Json) -> SeenSelect:
    return SeenSelect(
        part["custom_id"],
        part["type"],
        part.get("placeholder"),
        tuple((each["label"], each["value"]) for each in part.get("options") or ()),
        part.get("min_values", 1),
        part.get("max_values", 1),
        bool(part.get("disabled")),
    )
