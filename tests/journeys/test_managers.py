"""Who may use the commands for managers, whatever Discord shows to whom."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import show_to_everybody, use
from tests.journeys.menus import ask as ask_about

READING = ["quota list", "quota show", "access list", "audit", "settings show"]


async def test_reports_are_for_whom_the_rules_name(house: House) -> None:
    """Members read nothing until a rule lets them; a denial takes it away again."""
    await house.start()
    show_to_everybody(house)
    ben, olga, general = house.person("ben"), house.person("olga"), house.channel("general")

    async def read(path: str) -> str:
        options = {"member": ben.id} if path == "quota show" else {}
        return (await use(ben, general, path, **options)).text

    for path in READING:
        assert "Manage Server" in await read(path), path
    told = await use(olga, general, "access allow", member=ben.id, area="reports")
    assert "Integrations" in told.text
    for path in READING:
        assert "Manage Server" not in await read(path), path
    await use(olga, general, "access deny", channel=general, area="reports")
    for path in READING:
        assert f"in <#{general}>" in await read(path), path
    house.router.reply_next(Reply(text="Still here."))  # asking is another area
    await ask_about(ben, await ben.say(general, "words"), "what?")
    await house.answer(ben, general, both(ended, says("Still here.")))
