"""What admins read and change, desk by desk."""

from dataclasses import dataclass

from bot.administration.allowances import AllowanceDesk
from bot.administration.limits import LimitDesk


@dataclass(frozen=True, slots=True)
class Administration:
    """The desks; whoever comes to one has been checked."""

    limits: LimitDesk
    allowances: AllowanceDesk
