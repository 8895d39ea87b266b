"""Every check of a request's body in one place: pure, and each raises a Problem or nothing."""

from typing import Final

from sandbox.discord.checks_commands import check_command, check_commands
from sandbox.discord.checks_form import Form
from sandbox.discord.checks_messages import check_create, check_deferral, check_edit
from sandbox.discord.checks_modals import check_autocomplete, check_modal

AUTO_ARCHIVE_MINUTES: Final = (60, 1440, 4320, 10080)

__all__ = [
    "AUTO_ARCHIVE_MINUTES",
    "check_auto_archive",
    "check_autocomplete",
    "check_command",
    "check_commands",
    "check_create",
    "check_deferral",
    "check_edit",
    "check_modal",
    "check_thread_name",
]


def check_thread_name(name: object) -> None:
    """Refuse a thread's name that is not of 1 to 100 characters."""
    form = Form({"name": name})
    form["name"].text(100, 1, required=True)
    form.raise_faults()


def check_auto_archive(minutes: object) -> None:
    """Refuse a time until archiving that Discord does not offer; None leaves it to the channel."""
    form = Form({"auto_archive_duration": minutes})
    form["auto_archive_duration"].choice(AUTO_ARCHIVE_MINUTES)
    form.raise_faults()
