"""One page's live view: what its person sees where they look, told as it changes.

What is told is drawn up when it is sent: a page that reads slowly is told less often, and then
the newest state.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.discord.model import Channel, Event, Json, Message
from sandbox.discord.options import NotPossible
from sandbox.discord.problems import Problem
from sandbox.discord.world import World
from sandbox.driving.figures import Figures
from sandbox.driving.switches import Switches
from sandbox.driving.values import snowflake
from sandbox.driving.views import PAGE, Views

FIGURES_EVERY = 1.0
"""Seconds between two readings of the figures."""
MOST_NEWS = 100
"""Messages elsewhere of which a page that reads slowly is still told one by one."""

_STRUCTURE = ("GUILD_", "CHANNEL_", "THREAD_", "COMMANDS_", "SHARD_", "DM_")
_MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE")


class Live:
    """Tells one connection of what one person sees; the page says who looks, and where."""

    def __init__(
        self, world: World, views: Views, switches: Switches, figures: Figures, about: Json
    ) -> None:
        self._world = world
        self._views = views
        self._switches = switches
        self._figures = figures
        self._about = about
        self._me = 0
        self._place: int | None = None
        self._owed: dict[tuple[str, int], Callable[[], Json | None]] = {}
        self._wake = asyncio.Event()

    async def run(self, socket: web.WebSocketResponse) -> None:
        """Serve a connection until the page leaves."""
        self._owe("world", 0, lambda: {**self._views.people(), **self._about})
        self._owe("switches", 0, lambda: {"switches": self._switches.state()})
        unsubscribe = self._world.news.subscribe(self._hear)
        tasks = [asyncio.create_task(each) for each in (self._write(socket), self._count())]
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._obey(message.data)
        finally:
            unsubscribe()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # What the page asks for

    def _obey(self, text: str) -> None:
        try:
            wish = json.loads(text)
            do, number = wish["do"], snowflake(wish["id"], "id")
        except (ValueError, LookupError, TypeError, NotPossible, RecursionError):
            self._refuse("That was not understood.")
            return
        if do == "be":
            self._become(number)
        elif do == "look":
            self._look(number)
        elif do == "earlier":
            place, me = self._place, self._me
            self._owe("earlier", 0, lambda: self._earlier(me, place, number))
        else:
            self._refuse("That was not understood.")

    def _become(self, user_id: int) -> None:
        user = self._world.users.get(user_id)
        if user is None or user.bot:
            self._refuse("There is nobody of that name.")
            return
        self._me, self._place = user_id, None
        self._owed = {
            key: make for key, make in self._owed.items() if key[0] in ("world", "switches")
        }
        self._owe("places", 0, lambda: self._views.places(user_id))

    def _look(self, channel_id: int) -> None:
        channel = self._world.channels.get(channel_id)
        if channel is None or not self._sees(channel):
            self._refuse("You do not see that channel.")
            return
        self._place = channel_id
        self._forget_messages()
        self._owe("channel", 0, lambda: self._shown(self._views.channel))

    def _earlier(self, me: int, place: int | None, before: int) -> Json | None:
        channel = self._world.channels.get(place or 0)
        if channel is None or (me, place) != (self._me, self._place) or not self._sees(channel):
            return None
        return {"channel": str(place), **self._views.messages(me, channel, before)}

    # What happens meanwhile

    def _hear(self, event: Event) -> None:
        if event.name == "SWITCHES_CHANGED":
            self._owe("switches", 0, lambda: {"switches": self._switches.state()})
        if not self._me:
            return
        if event.name in _MESSAGES or event.name.startswith("MESSAGE_REACTION"):
            self._hear_message(event, event.subject)
        elif event.name == "TYPING_START":
            self._hear_typing(event)
        elif event.name.startswith(_STRUCTURE):
            me = self._me
            self._owe("places", 0, lambda: self._views.places(me))
            self._owe("doors", 0, lambda: self._shown(self._doors))

    def _hear_message(self, event: Event, message: Message) -> None:
        if message.only_for not in (None, self._me):
            return
        if message.channel_id == self._place:
            self._owe("message", message.id, lambda: self._message(message))
            if self._count_owed("message") > PAGE:  # too far behind: what is there now tells more
                self._forget_messages()
                self._owe("channel", 0, lambda: self._shown(self._views.channel))
            return
        channel = self._world.channels.get(message.channel_id)
        if event.name != "MESSAGE_CREATE" or channel is None or not self._sees(channel):
            return
        if channel.is_dm:
            me = self._me
            self._owe("places", 0, lambda: self._views.places(me))
        if self._count_owed("news") >= MOST_NEWS:
            return
        pinged = self._me in message.pings.user_ids or channel.is_dm
        news = {"channel": str(channel.id), "author": str(message.author_id), "pinged": pinged}
        self._owe("news", message.id, lambda: news if self._sees(channel) else None)

    def _message(self, message: Message) -> Json | None:
        channel = self._world.channels.get(message.channel_id)
        if message.channel_id != self._place or channel is None or not self._sees(channel):
            return None
        if self._world.messages.get(message.id) is not message:
            return {"gone": str(message.id)}
        return {"message": self._views.message(self._me, message)}

    def _hear_typing(self, event: Event) -> None:
        user = event.subject
        if event.channel_id == self._place and user.id != self._me:
            told = {"channel": str(event.channel_id), "user": str(user.id)}
            self._owe("typing", user.id, lambda: told)

    def _doors(self, user_id: int, channel: Channel) -> Json:
        return {"channel": str(channel.id), **self._views.doors(user_id, channel)}

    def _shown(self, view: Callable[[int, Channel], Json]) -> Json | None:
        """Return a view of the place that is looked at, or that it is gone."""
        if self._place is None:
            return None
        channel = self._world.channels.get(self._place)
        if channel is None or not self._sees(channel):
            lost, self._place = self._place, None
            return {"lost": str(lost)}
        return view(self._me, channel)

    def _sees(self, channel: Channel) -> bool:
        try:
            return self._world.can_see(self._me, channel)
        except (Problem, KeyError):  # its server or parent went away meanwhile
            return False

    # Telling

    def _owe(self, what: str, number: int, make: Callable[[], Json | None]) -> None:
        self._owed[what, number] = make
        self._wake.set()

    def _count_owed(self, what: str) -> int:
        return sum(key[0] == what for key in self._owed)

    def _forget_messages(self) -> None:
        self._owed = {key: make for key, make in self._owed.items() if key[0] != "message"}

    def _refuse(self, words: str) -> None:
        self._owe("refused", 0, lambda: {"error": words})

    async def _write(self, socket: web.WebSocketResponse) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._owed:
                (what, number), make = next(iter(self._owed.items()))
                del self._owed[what, number]
                try:
                    told: Any = make()
                except (Problem, LookupError):  # what it is about went away meanwhile
                    continue
                if told is not None:
                    await socket.send_json({"what": what, **told})

    async def _count(self) -> None:
        while True:
            self._owe("figures", 0, lambda: self._figures.read(self._sees))
            await asyncio.sleep(FIGURES_EVERY)
