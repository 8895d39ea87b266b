"""What admins read and change, desk by desk."""

from dataclasses import dataclass

from bot.administration.access import AccessDesk
from bot.administration.allowances import AllowanceDesk
from bot.administration.auditing import AuditDesk
from bot.administration.choices import ChoiceDesk
from bot.administration.greeting import GreetingDesk
from bot.administration.limits import LimitDesk
from bot.administration.personas import PersonaDesk
from bot.administration.preferences import PreferenceDesk
from bot.administration.reporting import ReportDesk


@dataclass(frozen=True, slots=True)
class Administration:
    """The desks; whoever comes to one has been checked."""

    limits: LimitDesk
    allowances: AllowanceDesk
    access: AccessDesk
    auditing: AuditDesk
    preferences: PreferenceDesk
    reports: ReportDesk
    choices: ChoiceDesk
    personas: PersonaDesk
    greetings: GreetingDesk
