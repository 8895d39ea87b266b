"""Existing limits as Discord proposes them while one is chosen."""

import discord
from discord import app_commands

from bot.discord.autocomplete import PlainNames, id_from, proposals
from bot.discord.client import Threadlight
from bot.errors import InvalidChoice
from bot.quota.rules import Meter, Rule, Scope
from bot.quota.windows import Window
from bot.render.amounts import limit_words
from bot.words import say


async def proposed(
    interaction: discord.Interaction[Threadlight], names: PlainNames, typed: str
) -> list[app_commands.Choice[str]]:
    """Return the limits of the command's server that hold all that is typed."""
    guild = interaction.guild
    if guild is None:
        return []
    rules = (await interaction.client.core.administration.limits.limits(guild.id)).own
    members = (it.target_id for it in rules if it.scope is Scope.MEMBER)
    await names.learn(guild, (it for it in members if it is not None))
    return proposals(((_words(guild, it, names), key_of(it)) for it in rules), typed)


def _words(guild: discord.Guild, rule: Rule, names: PlainNames) -> str:
    limit = limit_words(rule.meter, rule.amount, rule.window)
    return say("rule", limit=limit, target=_whom(guild, rule, names))


def _whom(guild: discord.Guild, rule: Rule, names: PlainNames) -> str:
    target_id = rule.target_id or 0
    match rule.scope:
        case Scope.MEMBER:
            return names.member(guild, target_id)
        case Scope.ROLE:
            return say("target-role", role=names.role(guild, target_id))
        case Scope.CHANNEL:
            return names.channel(guild, target_id)
        case Scope.SERVER:
            return say("target-plain-server")
        case _:
            return say("target-everyone")


def key_of(rule: Rule) -> str:
    """Return what names a limit of a server, whatever its amount."""
    return f"{rule.scope}:{rule.target_id or 0}:{rule.meter}:{rule.window}"


def rule_of(key: str) -> Rule:
    """Return the limit that `key_of` named, its amount 0; raise `InvalidChoice`."""
    scope, target_id, meter, window = (*key.split(":"), "", "", "", "")[:4]
    try:
        target = id_from(target_id, least=0)  # 0 where there is none
        return Rule(Scope(scope), Meter(meter), Window(window), 0, target or None)
    except ValueError as error:
        raise InvalidChoice("limit", "advice-proposed-or-its-parts") from error
