"""`/settings show, set, reset`, by simcord's reading of Discord's rules."""

from simcord import assert_error

from bot.errors import InvalidChoice
from tests.second_opinion.server import Server, names, patient, private

pytestmark = patient


async def test_a_time_zone_from_set_to_reset(server: Server) -> None:
    """A time zone is proposed, set, shown and taken back."""
    assert "**UTC**" in await server.tell("settings show")
    for typed in ("", "berlin", "a", "nowhere at all"):
        choices = await server.admin.autocomplete(server.channel, "settings set", "timezone", typed)
        assert bool(names(choices)) is (typed != "nowhere at all")
        if typed == "berlin":
            assert "**Europe/Berlin**" in await server.tell(
                "settings set", timezone=choices[0]["value"]
            )
    assert "**Europe/Berlin**" in await server.tell("settings show")
    assert "**UTC**" in await server.tell("settings reset", setting="timezone")


async def test_an_unknown_time_zone_is_explained(server: Server) -> None:
    """What is no time zone is refused, however long it is."""
    for zone in ("Nowhere", "x" * 100):
        refused = await server.admin.slash(server.channel, "settings set", timezone=zone)
        assert "timezone" in private(refused)
        assert_error(server.env, InvalidChoice)
