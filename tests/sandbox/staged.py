"""A house in which there is one thing of each kind to act on."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.discord import interactions, posting
from sandbox.discord.model import CallbackType, InteractionType, Json, Message
from tests.journeys.house import House, open_house
from tests.sandbox.driven import Page, opened
from tests.sandbox.raw import RawBot

NAMES = {
    3: "text",
    4: "whole",
    5: "truth",
    6: "user",
    7: "place",
    8: "role",
    9: "any",
    10: "number",
}
BUTTON = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
SELECTS: list[Json] = [
    {"type": 3, "custom_id": "pick", "options": [{"label": "A", "value": "a"}]},
    {"type": 5, "custom_id": "who", "max_values": 3},
]
FORM: Json = {
    "title": "A form",
    "custom_id": "form",
    "components": [
        {"type": 18, "label": name, "component": {"type": kind, "custom_id": name, **more}}
        for name, kind, more in (
            ("words", 4, {"style": 1}),
            ("choice", 3, {"options": [{"label": "A", "value": "a"}]}),
            ("people", 5, {}),
            ("upload", 19, {"required": False}),
            ("radio", 21, {"options": [{"label": "A", "value": "a"}], "required": False}),
            ("checks", 22, {"options": [{"label": "A", "value": "a"}], "required": False}),
            ("check", 23, {}),
        )
    ],
}


@dataclass
class Stage:
    """A house in which there is one thing of each kind to act on."""

    page: Page
    general: int
    staff: int
    mine: Message
    bots: Message
    secret: Message
    form: str

    @property
    def payloads(self) -> dict[str, Json]:
        """Return a payload for each action, of which every field could be right."""
        here = self.page.here("ada", self.general)
        on_bots = here | {"message": str(self.bots.id)}
        return {
            "say": here | {"text": "Hello", "reply_to": str(self.mine.id)},
            "edit": here | {"text": "Hello", "message": str(self.mine.id)},
            "delete": here | {"message": str(self.mine.id)},
            "typing": here,
            "slash": here | {"path": "all", "options": {}},
            "autocomplete": here | {"path": "all", "options": {}, "focused": "text"},
            "menu": on_bots | {"name": "Look"},
            "click": on_bots | {"custom_id": "press"},
            "choose": on_bots | {"custom_id": "pick", "values": ["a"]},
            "submit": here | {"interaction": self.form, "values": {}},
            "thread": here | {"name": "A thread", "message": str(self.mine.id), "private": False},
            "archive": here | {"locked": False},
            "rename": here | {"name": "Another name"},
            "lock": here | {"locked": True},
            "delete_thread": here,
            "dm": {"as": here["as"]},
            "switch": {"as": here["as"], "name": "slow-model", "on": False},
        }


@asynccontextmanager
async def set_stage(folder: Path) -> AsyncGenerator[Stage]:
    """Set a stage: commands, messages, an ephemeral one of Ada's, a form open for her."""
    async with open_house(folder) as house, opened(house) as page:
        async with RawBot(house.discord) as bot:
            options = [
                {"type": kind, "name": name, "description": name} for kind, name in NAMES.items()
            ]
            options += [{"type": 11, "name": "file", "description": "file"}]
            options[0]["autocomplete"] = True
            command = {"name": "all", "description": "All", "options": options}
            look = {"name": "Look", "type": 3}
            registered = await bot.register(command, look, {"name": "See", "type": 2})
            assert registered.status == 200, registered.body
        yield set_up(house, page)


def set_up(house: House, page: Page) -> Stage:
    """Put one message of each kind into #general, and open a form for Ada."""
    world = house.discord.world
    general, ada = world.channel_named("general"), house.person("ada")
    rows = [{"type": 1, "components": [part]} for part in (BUTTON, *SELECTS)]
    mine = posting.post(world, general, ada.id, posting.Draft({"content": "Mine"}))
    bots = posting.post(world, general, world.bot.id, posting.Draft({"components": rows}))
    only_hers = posting.Draft(
        {"content": "Only for Ada", "flags": 64, "components": rows}, only_for=ada.id
    )
    secret = posting.post(world, general, world.bot.id, only_hers)
    used = interactions.begin(world, InteractionType.COMMAND, ada.id, general.id, {})
    interactions.acknowledge(world, used, CallbackType.MODAL, FORM, ())
    staff = world.channel_named("staff").id
    return Stage(page, general.id, staff, mine, bots, secret, str(used.id))
