"""Tells people what went wrong with their commands, and the log what was not their doing."""

import discord
from discord import app_commands
from structlog.typing import FilteringBoundLogger

from bot.errors import NotHere, PlaceClosed, Refused, StorageTrouble, ThreadlightError, Withdrawn
from bot.render.notices import notice
from bot.render.sayings import composed, given_back
from bot.render.screen.refusals import UNDONE, told_of

TOO_LATE = 10062
"""Discord's code for an interaction that it no longer knows."""


def cause_of(error: app_commands.AppCommandError) -> Exception:
    """Return what went wrong with a command; what Discord's clients got wrong, as ours."""
    match error:
        case app_commands.CommandInvokeError(original=original):
            return original
        case app_commands.TransformerError():
            return NotHere("advice-choose-again")
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return NotHere("advice-command-changed")
        case _:
            return error


async def explain(
    interaction: discord.Interaction, error: Exception, log: FilteringBoundLogger, typed: str = ""
) -> None:
    """Tell the person alone what went wrong, in place of the answer they waited for.

    What they `typed` into a form they get back, unless it was withdrawn or erased at their wish.
    """
    if isinstance(error, discord.NotFound) and error.code == TOO_LATE:
        log.warning("Discord took a command back: it was acknowledged too late")
        return
    take_note(error, "command failed", log)
    back = () if isinstance(error, Withdrawn) else given_back(typed)
    view, uploads = composed([notice(error), *back])
    files = uploads or discord.utils.MISSING
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=view, files=files, ephemeral=True)
            return
        if interaction.extras.get("ephemeral"):
            await interaction.edit_original_response(view=view, attachments=files)
            return
        if interaction.extras.get("ephemeral") is False:
            await _remove_thinking(interaction, error)
        await interaction.followup.send(view=view, files=files, ephemeral=True)
    except UNDONE as failure:
        if isinstance(error, PlaceClosed):
            return  # nobody is there any more
        log.warning("could not explain an error", exc_info=False, **told_of(failure))


async def _remove_thinking(interaction: discord.Interaction, error: Exception) -> None:
    """Take a public "thinking…" away: it can't become a private note, which comes instead."""
    if not isinstance(error, Refused):
        original = await interaction.original_response()
        if not original.flags.loading:
            return  # an answer stands there already
    await interaction.delete_original_response()


async def remove_pressed(interaction: discord.Interaction, log: FilteringBoundLogger) -> None:
    """Take the message away that somebody pressed a button below."""
    try:
        await interaction.delete_original_response()
    except UNDONE as failure:
        log.info("a message could not be removed", **told_of(failure))


def take_note(error: BaseException | None, what: str, log: FilteringBoundLogger) -> None:
    """Log what is not a person's own doing; a database's complaint may quote what they said."""
    if isinstance(error, StorageTrouble):
        log.error(what, error=str(error))
    elif not isinstance(error, ThreadlightError):
        log.error(what, exc_info=error)
