"""What admins read and change, desk by desk."""

from dataclasses import dataclass

from bot.administration.limits import LimitDesk
from bot.administration.reporting import ReportDesk


@dataclass(frozen=True, slots=True)
class Administration:
    """The desks; whoever comes to one has been checked."""

    limits: LimitDesk
    reports: ReportDesk
