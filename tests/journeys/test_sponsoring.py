"""Threads that others pay: who may sponsor one, and who may end it."""

from sandbox.discord.people import Person
from sandbox.discord.used import Used
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_threads import open_thread

CAP = {"meter": "tokens", "cap": 5_000}


async def refused(house: House, person: Person, thread: int, used: Used, words: str) -> None:
    """Check that somebody is refused, in private."""
    refusal = await house.answer(
        person, thread, lambda it: it.id in used.message_ids and words in it.text
    )
    assert refusal.ephemeral


async def test_who_asked_for_a_thread_sponsors_it(house: House) -> None:
    """Of a thread that the bot opened, who asked for it is the owner; a restart forgets nothing."""
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house)
    begun = await (await ada.slash(thread, "sponsor on", CAP)).answered()
    assert f"<@{ada.id}> sponsors this thread" in begun.text
    assert "5,000 tokens" in begun.text
    assert not begun.ephemeral
    await house.stop()
    await house.start()
    shown = await (await ben.slash(thread, "sponsor show")).answered()
    assert "0 of 5,000 tokens spent, 5,000 left" in shown.text
    assert shown.ephemeral
    ended = await (await ada.slash(thread, "sponsor off")).answered()
    assert "no longer sponsors this thread" in ended.text
    shown = await (await ben.slash(thread, "sponsor show")).answered()
    assert "Nobody sponsors this thread" in shown.text
    house.assert_polite()


async def test_others_may_not(house: House) -> None:
    """A member can sponsor no thread of somebody else's, and end no such sponsorship."""
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house)
    used = await ben.slash(thread, "sponsor on", CAP)
    await refused(house, ben, thread, used, f"Only this thread's owner, <@{ada.id}>, can do that.")
    await (await ada.slash(thread, "sponsor on", CAP)).answered()
    used = await ben.slash(thread, "sponsor off")
    await refused(house, ben, thread, used, "Only this thread's owner")
    shown = await (await ben.slash(thread, "sponsor show")).answered()
    assert f"<@{ada.id}> sponsors" in shown.text


async def test_moderators_and_admins_may_end_it(house: House) -> None:
    """Manage Messages or Manage Server is enough to end a sponsorship, and not to begin one."""
    await house.start()
    ada = house.person("ada")
    thread = await open_thread(house)
    for name in ("max", "cleo"):
        moderator = house.person(name)
        used = await moderator.slash(thread, "sponsor on", CAP)
        await refused(house, moderator, thread, used, "Only this thread's owner")
        await (await ada.slash(thread, "sponsor on", {"meter": "cost", "cap": 0.5})).answered()
        ended = await (await moderator.slash(thread, "sponsor off")).answered()
        assert "$0.00 of $0.50 spent" in ended.text


async def test_somebody_elses_own_thread(house: House) -> None:
    """A thread that a person began in Discord is theirs."""
    await house.start()
    ben, ada, general = house.person("ben"), house.person("ada"), house.channel("general")
    thread = await ben.start_thread(general, "Ben's own")
    used = await ada.slash(thread, "sponsor on", CAP)
    await refused(house, ada, thread, used, "Only this thread's owner")
    begun = await (await ben.slash(thread, "sponsor on", CAP)).answered()
    assert f"<@{ben.id}> sponsors" in begun.text


async def test_outside_a_thread_it_is_explained(house: House) -> None:
    """In a channel the command says where it belongs."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    used = await ada.slash(general, "sponsor on", CAP)
    await refused(house, ada, general, used, "in a thread of yours")


async def test_a_cap_of_nothing_is_explained(house: House) -> None:
    """A cap must be more than nothing, and whole tokens."""
    await house.start()
    ada = house.person("ada")
    thread = await open_thread(house)
    for cap, advice in ((0, "more than 0"), (0.5, "a whole number")):
        used = await ada.slash(thread, "sponsor on", {"meter": "tokens", "cap": cap})
        await refused(house, ada, thread, used, advice)
    shown = await (await ada.slash(thread, "sponsor show")).answered()
    assert says("Nobody")(shown)


async def test_everybodys_turns_count_on_the_sponsor(house: House) -> None:
    """A sponsored answer says who paid and leaves its asker's limits alone; the cap ends it."""
    await house.start()
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house)
    await (await ada.slash(thread, "sponsor on", {"meter": "cost", "cap": 0.02})).answered()
    house.router.reply_next(Reply(text="Hello Ben."))
    await ben.say(thread, "hello")
    answer = await house.answer(ben, thread, both(ended, says("Hello Ben.")))
    assert answer.text.endswith(f"paid by <@{ada.id}>")
    shown = await (await ben.slash(thread, "sponsor show")).answered()
    assert "$0.00 of" not in shown.text
    assert "0 of 50 requests used" in await used(ben, thread)
    assert "1 of 50 requests used" in await used(ada, thread)
    await (await ada.slash(thread, "sponsor on", {"meter": "tokens", "cap": 10})).answered()
    house.router.reply_next(Reply(text="Hello again."))
    await ben.say(thread, "hello again")
    answer = await house.answer(ben, thread, both(ended, says("Hello again.")))
    assert "paid by" not in answer.text
    assert "1 of 50 requests used" in await used(ben, thread)


async def test_nobody_is_warned_of_what_another_pays(house: House) -> None:
    """Neither the asker nor the sponsor is told of limits by a sponsored answer."""
    await house.start(default_quota="requests/day=1")
    ada, ben = house.person("ada"), house.person("ben")
    thread = await open_thread(house)
    await (await ada.slash(thread, "sponsor on", {"meter": "cost", "cap": 1})).answered()
    house.router.reply_next(Reply(text="Hello Ben."))
    await ben.say(thread, "hello")
    answer = await house.answer(ben, thread, both(ended, says("Hello Ben.")))
    assert answer.text.endswith(f"paid by <@{ada.id}>")
    assert "of your" not in answer.text


async def used(person: Person, channel_id: int) -> str:
    """Return what `/usage` says."""
    return (await (await person.slash(channel_id, "usage")).answered()).text
