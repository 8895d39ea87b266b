"""How people ask about a message from its menu."""

from sandbox.discord.modals import Modal
from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.discord.used import Used
from tests.journeys.house import House

MENU, FIELD = "Ask about this", "Your question"


async def opened(person: Person, message: Seen) -> Modal:
    """Let somebody open the form for a message."""
    return await (await person.menu(MENU, message)).opened()


async def ask(person: Person, message: Seen, question: str) -> Used:
    """Let somebody ask about a message."""
    return await person.submit(await opened(person, message), {FIELD: question})


def asked(house: House) -> str:
    """Return the newest question as the model was sent it."""
    return str(house.prompts()[-1][-1]["content"])
