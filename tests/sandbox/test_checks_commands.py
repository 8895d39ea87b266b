"""Commands are registered by Discord's rules, or refused with its codes."""

from typing import Any

import discord
import pytest
from discord import app_commands

from sandbox.discord import checks
from sandbox.discord.problems import Problem
from tests.sandbox.refusals import Json, refusals

INT53 = 2**53 - 1


def command(*options: Json, **fields: Any) -> Json:
    """Return a slash command."""
    return {"name": "ask", "description": "Ask", "options": list(options), **fields}


def option(kind: int = 3, name: str = "prompt", **fields: Any) -> Json:
    """Return an option, of type string where no other is named."""
    return {"type": kind, "name": name, "description": "What", **fields}


def choices(count: int) -> list[Json]:
    """Return so many choices of a string option."""
    return [{"name": f"Choice {n}", "value": f"{n}"} for n in range(count)]


@pytest.mark.parametrize(
    "payload",
    [
        command(),
        command(name="frag-mich_'2"),
        command(name="質問"),
        command(name="पूछें"),
        command(name="ถาม"),
        command(option(required=True), option(name="other")),
        command(*[option(name=f"o{n}") for n in range(25)]),
        command(option(choices=choices(25))),
        command(option(4, choices=[{"name": "Ten", "value": 10}], min_value=0, max_value=10)),
        command(option(10, min_value=0.5)),
        command(option(min_length=0, max_length=6000, autocomplete=True)),
        command(option(7, channel_types=[0, 11])),
        command(option(1, options=[option()]), option(2, "group", options=[option(1)])),
        command(contexts=[0, 1, 2], integration_types=[0, 1]),
        command(default_member_permissions="32", nsfw=False, dm_permission=None),
        command(default_member_permissions=32),
        command(name_localizations={"de": "frag"}, description_localizations={"de": "Frage"}),
        {"type": 3, "name": "Ask about this"},
        {"type": 2, "name": "Show usage", "description": "", "options": []},
    ],
)
def test_good_commands_pass(payload: Json) -> None:
    """What Discord registers is registered."""
    assert refusals(checks.check_command, payload) == set()


INVALID = "APPLICATION_COMMAND_INVALID_NAME"
MIXED = "options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"


@pytest.mark.parametrize(
    ("payload", "refused"),
    [
        (command(name="Ask"), f"name {INVALID}"),
        (command(name="ask me"), f"name {INVALID}"),
        (command(name="ask!"), f"name {INVALID}"),
        (command(name="x" * 33), "name BASE_TYPE_BAD_LENGTH"),
        (command(name=None), "name BASE_TYPE_REQUIRED"),
        (command(description=""), "description BASE_TYPE_REQUIRED"),
        (command(description="x" * 101), "description BASE_TYPE_BAD_LENGTH"),
        (command(type=5), "type BASE_TYPE_CHOICES"),
        (command(*[option(name=f"o{n}") for n in range(26)]), "options BASE_TYPE_MAX_LENGTH"),
        (command(option(name="Prompt")), f"options.0.name {INVALID}"),
        (command(option(description="")), "options.0.description BASE_TYPE_REQUIRED"),
        (command(option(12)), "options.0.type BASE_TYPE_CHOICES"),
        (
            command(option(), option()),
            "options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            command(option(), option(name="other", required=True)),
            "options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (command(option(1), option(name="other")), MIXED),
        (
            command(option(2, options=[option(2, options=[option(1)])])),
            "options.0.options.0.type BASE_TYPE_CHOICES",
        ),
        (
            command(option(1, options=[option(1)])),
            "options.0.options.0.type BASE_TYPE_CHOICES",
        ),
        (command(option(options=[option()])), f"options.0.{MIXED}"),
        (command(option(choices=choices(26))), "options.0.choices BASE_TYPE_MAX_LENGTH"),
        (
            command(option(choices=[{"name": "x", "value": "x" * 101}])),
            "options.0.choices.0.value BASE_TYPE_MAX_LENGTH",
        ),
        (
            command(option(4, choices=[{"name": "x", "value": "1"}])),
            "options.0.choices.0.value NUMBER_TYPE_COERCE",
        ),
        (
            command(option(choices=choices(1) * 2)),
            "options.0.choices.1.name APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
        ),
        (
            command(option(choices=choices(1), autocomplete=True)),
            "options.0.autocomplete APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_WITH_CHOICES",
        ),
        (
            command(option(5, choices=[{"name": "x", "value": 1}])),
            "options.0.choices APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED",
        ),
        (command(option(4, min_value=INT53 + 1)), "options.0.min_value NUMBER_TYPE_MAX"),
        (command(option(4, min_value=9, max_value=8)), "options.0.min_value NUMBER_TYPE_MAX"),
        (
            command(option(min_value=1)),
            "options.0.min_value APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED",
        ),
        (command(option(max_length=6001)), "options.0.max_length NUMBER_TYPE_MAX"),
        (command(option(7, channel_types=[99])), "options.0.channel_types.0 BASE_TYPE_CHOICES"),
        (command(contexts=[3]), "contexts.0 BASE_TYPE_CHOICES"),
        (command(contexts=[]), "contexts BASE_TYPE_BAD_LENGTH"),
        (command(contexts=[1, 1]), "contexts.1 SET_TYPE_ALREADY_CONTAINS_VALUE"),
        (command(integration_types=[2]), "integration_types.0 BASE_TYPE_CHOICES"),
        (
            command(default_member_permissions="all"),
            "default_member_permissions NUMBER_TYPE_COERCE",
        ),
        (
            {"type": 3, "name": "Ask", "description": "Ask"},
            "description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
        ),
        (
            {"type": 2, "name": "Ask", "options": [option()]},
            "options APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
        ),
    ],
)
def test_bad_commands_are_refused_where_they_are_bad(payload: Json, refused: str) -> None:
    """Each fault is told at its own path, and no other fault is."""
    assert refusals(checks.check_command, payload) == {refused}


def test_a_command_has_eight_thousand_characters() -> None:
    """Names, descriptions and values count together; of translations only the longest."""

    many = [{"name": f"{n:<99}", "value": "x" * 100} for n in range(25)]
    some = [{"name": f"{n:<99}", "value": "x" * 88} for n in range(16)]
    payload = command(
        option(name="many", description="x", choices=many),
        option(name="some", description="x", choices=some),
    )
    left = 8000 - (len("ask") + len("many") + len("some") + 2 + 25 * 199 + 16 * 187)
    assert 0 < left <= 100

    def translated(*lengths: int) -> set[str]:
        texts = {locale: "x" * it for locale, it in zip(("de", "fr"), lengths, strict=False)}
        return refusals(checks.check_command, payload | {"description_localizations": texts})

    assert translated(left, left) == set()
    assert translated(left + 1) == {"APPLICATION_COMMAND_TOO_LARGE"}


def test_names_are_unique_by_type() -> None:
    """A slash command and a context menu may share a name; two slash commands may not."""
    menu = {"type": 3, "name": "ask"}
    assert refusals(checks.check_commands, [command(), menu, menu | {"type": 2}]) == set()
    assert refusals(checks.check_commands, [command(), command(type=1)]) == {
        "1.name APPLICATION_COMMANDS_DUPLICATE_NAME"
    }


def test_faults_of_a_set_are_told_by_its_index() -> None:
    """The path of a fault begins with the command's place in the list."""
    assert refusals(checks.check_commands, [command(), command(name="Help")]) == {
        f"1.name {INVALID}"
    }


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
def test_an_application_has_so_many_commands(kind: int, most: int) -> None:
    """100 slash commands and 15 context menus of a type are the most."""
    fields: Json = {"description": "x"} if kind == 1 else {}
    many = [{"type": kind, "name": f"c{n}", **fields} for n in range(most + 1)]
    assert refusals(checks.check_commands, many[:most]) == set()
    with pytest.raises(Problem, match=str(most)) as caught:
        checks.check_commands(many)
    assert caught.value.code == 30032


async def test_what_discord_py_registers_passes() -> None:
    """Commands, groups and menus as discord.py sends them are within the rules."""
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)

    @tree.command()
    @app_commands.describe(prompt="What to ask", count="How often")
    async def ask(
        interaction: discord.Interaction,
        prompt: app_commands.Range[str, 1, 6000],
        count: app_commands.Range[int, 1, 5] = 1,
        where: discord.TextChannel | None = None,
    ) -> None:
        """Ask the model."""

    @tree.context_menu(name="Ask about this")
    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask about a message."""

    group = app_commands.Group(
        name="quota",
        description="Limits",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="show")
    async def show(interaction: discord.Interaction, member: discord.Member) -> None:
        """Show a member's quota."""

    tree.add_command(group)
    payloads = [command.to_dict(tree) for command in tree.get_commands()]
    assert refusals(checks.check_commands, payloads) == set()
    await client.close()


def test_names_in_other_languages() -> None:
    """They are as names must be, in locales that Discord knows, and differ from their siblings."""

    def translated(**names: str) -> set[str]:
        return refusals(checks.check_command, command(name_localizations=names))

    assert translated(de="zurücksetzen", ja="質問") == set()
    assert translated(xx="ask") == {"name_localizations.xx BASE_TYPE_CHOICES"}
    invalid = {"name_localizations.de APPLICATION_COMMAND_INVALID_NAME"}
    assert translated(de="Zurück") == translated(de="zu rück") == invalid
    same = [
        option(name=name, description="x", name_localizations={"de": "menge"})
        for name in ("amount", "cap")
    ]
    assert refusals(checks.check_command, command(*same)) == {
        "options.1.name_localizations.de APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
    }
