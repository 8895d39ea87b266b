"""What people do, by HTTP: each action is one POST that says who acts."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from sandbox.discord import problems
from sandbox.discord.display import walk
from sandbox.discord.modals import Modal, shown_modal
from sandbox.discord.model import Json
from sandbox.discord.options import NotPossible, find
from sandbox.discord.people import Person
from sandbox.discord.problems import Problem
from sandbox.discord.rest.reading import Body, read
from sandbox.discord.seen import Seen, seen
from sandbox.discord.server import DiscordServer
from sandbox.discord.used import Used
from sandbox.driving.switches import Switches
from sandbox.driving.values import (
    check_sendable,
    entries,
    files,
    modal_values,
    options,
    select_values,
    snowflake,
    text,
    truth,
)
from sandbox.driving.views import modal_json
from sandbox.driving.words import cut, sentence

NO_ANSWER = "The application did not respond"
"""What Discord tells who used something of a bot's in vain."""

Action = Callable[[Person, Body], Awaitable[Json]]


class Actions:
    """Lets people act in a Discord; a refusal comes back as a sentence."""

    def __init__(self, discord: DiscordServer, switches: Switches) -> None:
        self._discord = discord
        self._world = discord.world
        self._switches = switches
        self._actions: Mapping[str, Action] = {
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "typing": self._typing,
            "slash": self._slash,
            "autocomplete": self._autocomplete,
            "menu": self._menu,
            "click": self._click,
            "choose": self._choose,
            "submit": self._submit,
            "thread": self._thread,
            "archive": self._archive,
            "rename": self._rename,
            "lock": self._lock,
            "delete_thread": self._delete_thread,
            "dm": self._dm,
            "switch": self._switch,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Do what a request says; answer with JSON, `error` in it where that can't be done."""
        action = self._actions.get(request.match_info["action"])
        if action is None:
            return web.json_response({"error": "There is no such action."}, status=404)
        try:
            body = await _read(request)
            answer = await action(self._person(body.object()), body)
        except Problem as problem:
            return web.json_response({"error": cut(sentence(problem))}, status=problem.status)
        except NotPossible as refusal:
            return web.json_response({"error": cut(str(refusal))}, status=400)
        return web.json_response(answer)

    def _person(self, payload: Json) -> Person:
        user = self._world.user(snowflake(payload.get("as"), "as"))
        if user.bot:
            raise NotPossible("A bot acts by itself.")
        return Person(self._discord, user.id)

    # Writing

    async def _say(self, person: Person, body: Body) -> Json:
        payload = body.object()
        reply_to = payload.get("reply_to")
        said = await person.say(
            _place(payload),
            text(payload, "text", default=""),
            reply_to=None if reply_to is None else self._open_to_all(person, payload, "reply_to"),
            files=files(body.uploads),
        )
        return {"message": str(said.id)}

    async def _edit(self, person: Person, body: Body) -> Json:
        payload = body.object()
        await person.edit(self._seen(person, payload), text(payload, "text", default=""))
        return {}

    async def _delete(self, person: Person, body: Body) -> Json:
        await person.delete(self._seen(person, body.object()))
        return {}

    async def _typing(self, person: Person, body: Body) -> Json:
        await person.type(_place(body.object()))
        return {}

    # Commands, menus, components, modals

    async def _slash(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place, path = _place(payload), _path(payload)
        _, wanted, _ = find(person.commands(place), path)
        entered = options(wanted, entries(payload, "options"), body.uploads)
        return await _outcome(await person.slash(place, path, entered))

    async def _autocomplete(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place, path, focused = _place(payload), _path(payload), text(payload, "focused")
        _, wanted, _ = find(person.commands(place), path)
        entered = options(wanted, entries(payload, "options"), body.uploads, focused)
        try:
            choices = await person.autocomplete(place, path, entered, focused=focused)
        except TimeoutError:
            return {"failed": "Loading options failed"}
        return {"choices": [{"name": name, "value": value} for name, value in choices]}

    async def _menu(self, person: Person, body: Body) -> Json:
        payload = body.object()
        name = text(payload, "name")
        if "user" in payload:
            user_id = snowflake(payload["user"], "user")
            return await _outcome(await person.menu_user(name, _place(payload), user_id))
        return await _outcome(await person.menu(name, self._seen(person, payload)))

    async def _click(self, person: Person, body: Body) -> Json:
        payload = body.object()
        message, custom_id = self._seen(person, payload), text(payload, "custom_id")
        return await _outcome(await person.click(message, custom_id=custom_id))

    async def _choose(self, person: Person, body: Body) -> Json:
        payload = body.object()
        message, custom_id = self._seen(person, payload), text(payload, "custom_id")
        parts = walk(message.components)
        kind = next((part["type"] for part in parts if part.get("custom_id") == custom_id), 0)
        values = select_values(kind, payload.get("values", []))
        return await _outcome(await person.choose(message, custom_id, values))

    async def _submit(self, person: Person, body: Body) -> Json:
        payload = body.object()
        modal = self._modal(person, snowflake(payload.get("interaction"), "interaction"))
        self._world.require(person.id, self._world.channel(modal.interaction.channel_id))
        entered = modal_values(modal, entries(payload, "values"), body.uploads)
        return await _outcome(await person.submit(modal, entered))

    def _modal(self, person: Person, interaction_id: int) -> Modal:
        for interaction in self._world.interactions.values():
            if interaction.id == interaction_id and interaction.user_id == person.id:
                modal = shown_modal(interaction)
                if modal is not None:
                    return modal
        raise NotPossible("That form is no longer open.")

    # Threads and direct messages

    async def _thread(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place, message = _place(payload), None
        if "message" in payload:
            message = self._open_to_all(person, payload, "message")
        name, private = text(payload, "name", default=""), truth(payload, "private")
        thread = await person.start_thread(place, name, message=message, private=private)
        return {"channel": str(thread)}

    async def _archive(self, person: Person, body: Body) -> Json:
        payload = body.object()
        await person.archive(self._entered(person, payload), locked=truth(payload, "locked"))
        return {}

    async def _rename(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place = self._entered(person, payload)
        await person.rename(place, text(payload, "name", default=""))
        return {}

    async def _lock(self, person: Person, body: Body) -> Json:
        payload = body.object()
        await person.lock(self._entered(person, payload), locked=truth(payload, "locked"))
        return {}

    async def _delete_thread(self, person: Person, body: Body) -> Json:
        await person.delete_thread(self._entered(person, body.object()))
        return {}

    def _entered(self, person: Person, payload: Json) -> int:
        """Return a place that this person sees."""
        place = _place(payload)
        self._world.require(person.id, self._world.channel(place))
        return place

    async def _dm(self, person: Person, body: Body) -> Json:
        del body
        return {"channel": str(await person.open_dm())}

    # Trouble

    async def _switch(self, person: Person, body: Body) -> Json:
        del person
        payload = body.object()
        try:
            self._switches.turn(text(payload, "name"), on=truth(payload, "on"))
        except LookupError as unknown:
            raise NotPossible(str(unknown)) from None
        self._world.emit("SWITCHES_CHANGED")
        return {}

    # Finding

    def _seen(self, person: Person, payload: Json, name: str = "message") -> Seen:
        """Return a message that this person sees; there is no other one, as far as they know."""
        place = _place(payload)
        self._world.require(person.id, self._world.channel(place))
        message = self._world.message(place, snowflake(payload.get(name), name))
        if message.only_for not in (None, person.id):
            raise problems.unknown_message()
        return seen(self._world, message)

    def _open_to_all(self, person: Person, payload: Json, name: str) -> Seen:
        """Return a message that others see as well."""
        found = self._seen(person, payload, name)
        if found.ephemeral:
            raise NotPossible("Others do not see that message.")
        return found


async def _read(request: web.Request) -> Body:
    """Return what came with a request, if a client could have sent it."""
    try:
        body = await read(request)
    except RecursionError:
        raise NotPossible("That is nested too deeply.") from None
    except web.HTTPRequestEntityTooLarge:
        raise problems.request_too_large() from None
    check_sendable(body.payload)
    return body


def _place(payload: Json) -> int:
    return snowflake(payload.get("channel"), "channel")


def _path(payload: Json) -> str:
    path = text(payload, "path")
    if not path.removeprefix("/").strip():
        raise NotPossible("path takes the name of a command.")
    return path


async def _outcome(used: Used) -> Json:
    """Wait for the bot's acknowledgement, which a person sees as an answer, a form or a failure."""
    try:
        await used.acknowledged()
    except TimeoutError:
        return {"failed": NO_ANSWER}
    return {} if used.modal is None else {"modal": modal_json(used.modal)}
