"""`/help`: what this person can do in this place, in one private screen."""

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from tests.journeys.house import House, ended
from tests.journeys.managers import show_to_everybody, use
from tests.journeys.test_threads import open_thread


async def helped(house: House, person: Person, channel_id: int) -> Seen:
    """Return the help that somebody gets, which is in one message."""
    seen = await use(person, channel_id, "help")
    ids = {it.name: it.id for it in house.discord.commands.of(None)}
    assert f"</ask:{ids['ask']}>" in seen.text
    assert len(seen.text) < 2_500
    return seen


async def test_a_member_sees_what_members_can_do(house: House) -> None:
    """Help says what is left today, how to begin, and nothing of what only managers may."""
    await house.start(default_quota="requests/day=50")
    ada, general = house.person("ada"), house.channel("general")
    seen = await helped(house, ada, general)
    assert "50 of 50 requests left today" in seen.text
    assert "/ask prompt:" in seen.text
    assert "</chat:" in seen.text
    assert "manage this server" not in seen.text
    assert "/quota" not in seen.text
    await ada.say(general, f"{house.me} hello")
    await house.answer(ada, general, ended)
    assert "49 of 50 requests left today" in (await helped(house, ada, general)).text
    house.assert_polite()


async def test_a_manager_sees_more(house: House) -> None:
    """Who manages the server is shown its commands too; a reader of reports those to read."""
    await house.start()
    olga, ben, general = house.person("olga"), house.person("ben"), house.channel("general")
    seen = await helped(house, olga, general)
    assert "**You manage this server**" in seen.text
    assert "</quota set:" in seen.text
    assert "</settings set:" in seen.text
    show_to_everybody(house)
    await use(olga, general, "access allow", member=ben.id, area="reports")
    seen = await helped(house, ben, general)
    assert "</quota report:" in seen.text
    assert "</quota set:" not in seen.text


async def test_in_a_direct_message(house: House) -> None:
    """In a direct message only what works there is named."""
    await house.start()
    ada = house.person("ada")
    seen = await helped(house, ada, await ada.open_dm())
    assert "every message here is answered" in seen.text
    for path in ("chat", "sponsor", "quota", "settings"):
        assert f"/{path}" not in seen.text


async def test_where_one_may_not_ask(house: House) -> None:
    """Where the server's rules forbid it, help says so, and where one may."""
    await house.start()
    olga, ada = house.person("olga"), house.person("ada")
    general, ideas = house.channel("general"), house.channel("ideas")
    await use(olga, general, "access allow", channel=ideas)
    seen = await helped(house, ada, general)
    assert f"only in <#{ideas}>" in seen.text
    assert "You may ask me here" not in seen.text
    assert "prompt:" not in seen.text
    assert "You may ask me here" in (await helped(house, ada, ideas)).text


async def test_where_mentions_are_waited_for(house: House) -> None:
    """Where only mentions are answered help says that, in a thread as in its channel."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    thread = await open_thread(house)
    assert "just write in this thread" in (await helped(house, olga, thread)).text
    await use(olga, general, "settings set", mention_only="on")
    assert "Other messages are not for me here" in (await helped(house, olga, thread)).text


async def test_who_has_no_limit(house: House) -> None:
    """Who is exempt is told so instead of what is left."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "quota exempt", member=house.person("ada").id, on=True)
    seen = await helped(house, house.person("ada"), general)
    assert "no personal limit" in seen.text
