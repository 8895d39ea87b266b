"""What people do, by HTTP: each action is one POST that says who acts."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

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
from sandbox.driving.values import files, modal_values, options, select_values, snowflake
from sandbox.driving.views import modal_json
from sandbox.driving.words import sentence

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
            "dm": self._dm,
            "switch": self._switch,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Do what a request says; answer with JSON, `error` in it where that can't be done."""
        action = self._actions.get(request.match_info["action"])
        if action is None:
            return web.json_response({"error": "There is no such action."}, status=404)
        try:
            body = await read(request)
            answer = await action(self._person(body.object()), body)
        except Problem as problem:
            return web.json_response({"error": sentence(problem)}, status=problem.status)
        except (NotPossible, LookupError) as refusal:
            words = "Something is missing" if isinstance(refusal, KeyError) else str(refusal)
            return web.json_response({"error": words}, status=400)
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
            str(payload.get("text") or ""),
            reply_to=None if reply_to is None else snowflake(reply_to, "reply_to"),
            files=files(body.uploads),
        )
        return {"message": str(said.id)}

    async def _edit(self, person: Person, body: Body) -> Json:
        await person.edit(self._seen(body.object()), str(body.object().get("text") or ""))
        return {}

    async def _delete(self, person: Person, body: Body) -> Json:
        await person.delete(self._seen(body.object()))
        return {}

    async def _typing(self, person: Person, body: Body) -> Json:
        await person.type(_place(body.object()))
        return {}

    # Commands, menus, components, modals

    async def _slash(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place, path = _place(payload), str(payload["path"])
        _, wanted, _ = find(person.commands(place), path)
        entered = options(wanted, payload.get("options") or {}, body.uploads)
        return await _outcome(await person.slash(place, path, entered))

    async def _autocomplete(self, person: Person, body: Body) -> Json:
        payload = body.object()
        place, path, focused = _place(payload), str(payload["path"]), str(payload["focused"])
        _, wanted, _ = find(person.commands(place), path)
        entered = options(wanted, payload.get("options") or {}, body.uploads, focused)
        try:
            choices = await person.autocomplete(place, path, entered, focused=focused)
        except TimeoutError:
            return {"failed": "Loading options failed"}
        return {"choices": [{"name": name, "value": value} for name, value in choices]}

    async def _menu(self, person: Person, body: Body) -> Json:
        payload = body.object()
        name = str(payload["name"])
        if "user" in payload:
            user_id = snowflake(payload["user"], "user")
            return await _outcome(await person.menu_user(name, _place(payload), user_id))
        return await _outcome(await person.menu(name, self._seen(payload)))

    async def _click(self, person: Person, body: Body) -> Json:
        payload = body.object()
        custom_id = str(payload["custom_id"])
        return await _outcome(await person.click(self._seen(payload), custom_id=custom_id))

    async def _choose(self, person: Person, body: Body) -> Json:
        payload = body.object()
        message, custom_id = self._seen(payload), str(payload["custom_id"])
        parts = walk(message.components)
        kind = next((part["type"] for part in parts if part.get("custom_id") == custom_id), 0)
        values = select_values(kind, payload.get("values") or [])
        return await _outcome(await person.choose(message, custom_id, values))

    async def _submit(self, person: Person, body: Body) -> Json:
        payload = body.object()
        modal = self._modal(person, snowflake(payload["interaction"], "interaction"))
        entered = modal_values(modal, payload.get("values") or {}, body.uploads)
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
        message = self._seen(payload) if "message" in payload else None
        thread = await person.start_thread(
            _place(payload),
            str(payload.get("name") or ""),
            message=message,
            private=bool(payload.get("private")),
        )
        return {"channel": str(thread)}

    async def _archive(self, person: Person, body: Body) -> Json:
        payload = body.object()
        await person.archive(_place(payload), locked=bool(payload.get("locked")))
        return {}

    async def _dm(self, person: Person, body: Body) -> Json:
        del body
        return {"channel": str(await person.open_dm())}

    # Trouble

    async def _switch(self, person: Person, body: Body) -> Json:
        del person
        payload = body.object()
        self._switches.turn(str(payload.get("name")), on=bool(payload.get("on")))
        self._world.emit("SWITCHES_CHANGED")
        return {}

    def _seen(self, payload: Json) -> Seen:
        message = self._world.message(_place(payload), snowflake(payload["message"], "message"))
        return seen(self._world, message)


def _place(payload: Json) -> int:
    return snowflake(payload.get("channel"), "channel")


async def _outcome(used: Used) -> Json:
    """Wait for the bot's acknowledgement, which a person sees as an answer, a form or a failure."""
    try:
        await used.acknowledged()
    except TimeoutError:
        return {"failed": NO_ANSWER}
    return {} if used.modal is None else {"modal": modal_json(used.modal)}
