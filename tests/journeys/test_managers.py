"""Who may use the commands for managers, whatever Discord shows to whom."""

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import FOR_MANAGERS, show_to_everybody, use
from tests.journeys.menus import ask as ask_about

CHANGING: list[tuple[str, dict[str, object]]] = [
    ("quota set", {"meter": "requests", "window": "day", "amount": 5}),
    ("quota remove", {"meter": "requests", "window": "day"}),
    ("access allow", {"area": "reports"}),
    ("access deny", {}),
    ("access remove", {}),
    ("settings set", {"timezone": "Asia/Tokyo"}),
    ("settings reset", {"setting": "timezone"}),
]
"""What only who manages the server may do, whatever Discord shows."""

READING = ["quota list", "quota show", "access list", "audit", "settings show"]


async def test_a_moderator_changes_nothing(house: House) -> None:
    """Without Manage Server every changing command is refused, shown to everybody or not.

    This holds also for whoever may read reports.
    """
    await house.start()
    max_, olga, general = house.person("max"), house.person("olga"), house.channel("general")
    assert not {each.name for each in max_.commands(general)} & set(FOR_MANAGERS)
    show_to_everybody(house)
    await use(olga, general, "access allow", member=max_.id, area="reports")
    for path, options in CHANGING:
        named = {"member": max_.id} if "access" in path else {}
        refusal = await use(max_, general, path, **options, **named)
        assert "Manage Server" in refusal.text, path
    assert await max_.autocomplete(general, "quota remove", {}, focused="limit") == []
    trail = await use(olga, general, "audit")
    assert trail.text.count("\n- ") == 1


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
