"""People who use a Discord: they write, use commands, click, and see what is there for them."""

import asyncio
from collections.abc import Callable, Sequence

from sandbox.discord import posting, problems, threads
from sandbox.discord.acting import Acting
from sandbox.discord.checks import check_create, check_thread_name
from sandbox.discord.membership import add_member, state_of
from sandbox.discord.model import ATTACHMENT_LIMIT, ChannelType, Json, MessageType, Upload
from sandbox.discord.options import File
from sandbox.discord.permissions import Permission
from sandbox.discord.seen import Seen, seen
from sandbox.discord.used import PATIENCE


class Person(Acting):
    """A user at a client; Discord refuses with a Problem, the client itself with NotPossible."""

    # Writing

    async def say(
        self,
        channel_id: int,
        text: str = "",
        *,
        reply_to: Seen | int | None = None,
        ping: bool = True,
        files: Sequence[File] = (),
    ) -> Seen:
        """Write a message; `ping` notifies the author of the one replied to."""
        channel = self._world.channel(channel_id)
        if any(len(file[1]) > ATTACHMENT_LIMIT for file in files):
            raise problems.request_too_large()
        needed = [Permission.ATTACH_FILES] if files else []
        self._world.require(self.id, channel, *needed)
        payload: Json = {"content": text}
        if not ping:
            payload["allowed_mentions"] = {"parse": ["users", "roles", "everyone"]}
        check_create(payload, [file[0] for file in files])
        threads.open_for_writing(self._world, channel, self.id)
        target = reply_to.id if isinstance(reply_to, Seen) else reply_to
        draft = posting.Draft(
            payload,
            tuple(Upload(*file) for file in files),
            MessageType.DEFAULT if target is None else MessageType.REPLY,
            None if target is None else self._world.message(channel_id, target).id,
        )
        message = posting.post(self._world, channel, self.id, draft)
        await asyncio.sleep(0)
        return seen(self._world, message)

    async def edit(self, message: Seen, text: str) -> Seen:
        """Change one's own message."""
        found = self._world.message(message.channel_id, message.id)
        posting.check_editable(self._world, found, self.id)
        check_create({"content": text}, [])
        posting.edit(self._world, found, {"content": text})
        await asyncio.sleep(0)
        return seen(self._world, found)

    async def delete(self, message: Seen) -> None:
        """Delete one's own message, or as a moderator anybody's."""
        found = self._world.message(message.channel_id, message.id)
        channel = self._world.channel(message.channel_id)
        if found.author_id != self.id:
            self._world.require(self.id, channel, Permission.MANAGE_MESSAGES)
        posting.delete(self._world, found)
        await asyncio.sleep(0)

    async def delete_together(self, messages: Sequence[Seen]) -> None:
        """Delete several messages of a server's channel at once, as moderators' bots do."""
        channel = self._world.channel(messages[0].channel_id)
        self._world.require(self.id, channel, Permission.MANAGE_MESSAGES)
        found = [self._world.message(channel.id, message.id) for message in messages]
        posting.delete_together(self._world, channel, found)
        await asyncio.sleep(0)

    async def type(self, channel_id: int) -> None:
        """Let it be seen that one is writing."""
        channel = self._world.channel(channel_id)
        self._world.require(self.id, channel)
        self._world.emit("TYPING_START", channel, self.user)
        await asyncio.sleep(0)

    async def start_thread(
        self, channel_id: int, name: str, *, message: Seen | None = None, private: bool = False
    ) -> int:
        """Begin a thread, on a message or on its own, and return its id."""
        check_thread_name(name)
        parent = self._world.channel(channel_id)
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        wish = threads.ThreadWish(name, kind)
        if message is None:
            return threads.start(self._world, parent, self.id, wish).id
        found = self._world.message(channel_id, message.id)
        return threads.start_from_message(self._world, parent, found, self.id, wish).id

    async def archive(self, thread_id: int, *, locked: bool = False) -> None:
        """Archive a thread of one's own, or as a moderator any, and lock it."""
        thread = self._world.channel(thread_id)
        state = state_of(thread)
        if locked or state.owner_id != self.id:
            self._world.require(self.id, thread, Permission.MANAGE_THREADS)
        state.locked = locked
        threads.set_archived(self._world, thread, True)
        self._world.emit("THREAD_UPDATE", thread, thread)

    async def wake(self, thread_id: int) -> None:
        """Take a thread out of the archive as a moderator, and unlock it."""
        thread = self._world.channel(thread_id)
        self._world.require(self.id, thread, Permission.MANAGE_THREADS)
        state_of(thread).locked = False
        threads.set_archived(self._world, thread, False)
        self._world.emit("THREAD_UPDATE", thread, thread)

    async def rename(self, thread_id: int, name: str) -> None:
        """Give a thread of one's own, or as a moderator any, another name."""
        check_thread_name(name)
        thread = self._world.channel(thread_id)
        if state_of(thread).owner_id != self.id:
            self._world.require(self.id, thread, Permission.MANAGE_THREADS)
        threads.rename(self._world, thread, name, self.id)
        self._world.emit("THREAD_UPDATE", thread, thread)
        await asyncio.sleep(0)

    async def lock(self, thread_id: int, *, locked: bool = True) -> None:
        """Lock a thread as a moderator, so that none but moderators write in it, or unlock it."""
        thread = self._world.channel(thread_id)
        self._world.require(self.id, thread, Permission.MANAGE_THREADS)
        state_of(thread).locked = locked
        self._world.emit("THREAD_UPDATE", thread, thread)
        await asyncio.sleep(0)

    async def delete_thread(self, thread_id: int) -> None:
        """Delete a thread as a moderator."""
        thread = self._world.channel(thread_id)
        state_of(thread)
        self._world.require(self.id, thread, Permission.MANAGE_THREADS)
        self._world.delete_channel(thread)
        await asyncio.sleep(0)

    async def invite(self, thread_id: int, user_id: int) -> None:
        """Put somebody, who may be the bot, into a thread."""
        thread = self._world.channel(thread_id)
        self._world.require(self.id, thread, Permission.SEND_MESSAGES_IN_THREADS)
        self._world.require(user_id, self._world.parent_of(thread))
        add_member(self._world, thread, user_id)

    async def open_dm(self) -> int:
        """Return the id of the DM with the bot, opened if there was none."""
        return self._world.dm(self.id, self._world.bot.id).id

    # Seeing

    def sees(self, channel_id: int) -> list[Seen]:
        """Return what is in a channel for this user now, oldest first."""
        channel = self._world.channel(channel_id)
        self._world.require(self.id, channel)
        return [seen(self._world, each) for each in self._world.visible_messages(self.id, channel)]

    async def wait_for(
        self,
        channel_id: int,
        condition: Callable[[Seen], bool],
        timeout: float = PATIENCE,
    ) -> Seen:
        """Return the first message for which a condition holds, once it does.

        Raise a TimeoutError that says what was there instead.
        """
        found: list[Seen] = []

        def look() -> bool:
            found[:] = [each for each in self.sees(channel_id) if condition(each)]
            return bool(found)

        try:
            await self._world.news.until(look, timeout, channel_id)
        except TimeoutError:
            there = "\n".join(f"  {each}" for each in self.sees(channel_id)) or "  nothing"
            message = f"Not seen within {timeout} s; what {self.user.name} sees instead:\n{there}"
            raise TimeoutError(message) from None
        return found[0]
