"""What the model sees of a conversation: it goes on, and comes back where there is room."""

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.shelves import assert_sent, choose, listed, shelf, shown, totals
from tests.journeys.test_forgetting import forget, press
from tests.journeys.test_long_conversations import LOST, contents, long
from tests.journeys.test_prices import look
from tests.journeys.test_threads import open_thread, turn


async def talk(house: House, thread: int, turns: int) -> None:
    """Let Ada ask so many questions, the answers to which are of about a hundred tokens."""
    for number in range(turns):
        await turn(house, "ada", thread, f"question {number}", long(number, 80))


def told(person: Person, thread: int) -> list[Seen]:
    """Return the messages that tell somebody of a loss."""
    return [seen for seen in person.sees(thread) if LOST in seen.text]


async def test_a_greater_budget_brings_the_beginning_back(house: House) -> None:
    """Where a server allows more again, all of the past is listed, and sent with what is next."""
    await house.start()
    thread, ada, olga = await open_thread(house), house.person("ada"), house.person("olga")
    await use(olga, thread, "settings set", context=1_500, scope="channel")
    await talk(house, thread, 12)
    assert not all(it.is_seen for it in await shelf(house, ada, thread))
    await use(olga, thread, "settings reset", setting="context", scope="channel")
    await house.stop()
    await house.start()
    found = await shelf(house, ada, thread)
    assert all(it.is_seen for it in found)
    await turn(house, "ada", thread, "so?", "So.")
    assert_sent(house, found)
    assert any("question 0" in it for it in contents(house))
    assert len(told(ada, thread)) == 1


async def test_what_is_dropped_makes_room_for_what_fell_out(house: House) -> None:
    """Where all is dropped that the model saw, it sees what came before, as much as has room."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    await talk(house, thread, 10)
    seen = [it.number for it in await shelf(house, ada, thread) if it.is_seen]
    page = await shown(ada, thread)
    page = await choose(house, ada, page, "drop", *(f"Drop {number}: " for number in seen))
    assert [it.number for it in listed(page) if it.is_seen][-1] == seen[0] - 1
    found = await shelf(house, ada, thread)
    await turn(house, "ada", thread, "so?", "So.")
    assert_sent(house, found)
    after = [it.number for it in await shelf(house, ada, thread) if it.is_seen]
    await turn(house, "ada", thread, "and so?", "And so.")
    assert [it.number for it in await shelf(house, ada, thread) if it.is_seen][:-1] == after


async def test_a_question_that_went_makes_room_again(house: House) -> None:
    """Where the question is deleted that pushed the past out, all of that is sent again."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    await talk(house, thread, 6)
    house.router.reply_next(Reply(text="Long."))
    asking = await ada.say(thread, "lighthouse " * 180)
    await house.answer(ada, thread, both(ended, says("Long.", LOST)))
    assert not any("question 0" in it for it in contents(house))
    await ada.delete(asking)
    await turn(house, "ada", thread, "so?", "So.")
    assert any("question 0" in it for it in contents(house))


async def ask_in_private(house: House, person: Person, channel: int, number: int) -> Seen:
    """Ask in private, and return the answer."""
    house.router.reply_next(Reply(text=long(number, 80)))
    await person.slash(channel, "ask", {"prompt": f"question {number}", "private": True})
    return await house.answer(person, channel, both(ended, says(f"answer {number} ")))


async def test_a_private_conversation_is_told_of_a_loss_once(house: House) -> None:
    """Its prompts begin the same for many turns, and others' questions see as much as before."""
    await house.start(context_tokens=2_000)
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    await ben.say(general, f"{house.me} aloud?")
    await house.answer(ben, general, ended)
    answers: list[Seen] = []
    for number in range(24):
        if number == 14:
            await house.stop()
            await house.start()
        answers.append(await ask_in_private(house, ada, general, number))
    assert sum(LOST in it.text for it in answers) == 1
    prompts = house.prompts()[1:]
    pairs = zip(prompts[1:], prompts, strict=False)
    assert 1 <= sum(new[: len(old)] != old for new, old in pairs) <= 3
    house.router.reply_next(Reply(text="Still aloud."))
    await ben.say(general, f"{house.me} and now?")
    await house.answer(ben, general, both(ended, says("Still aloud.")))
    assert "aloud?" in contents(house)[0]
    await press(ada, await forget(ada, general))
    assert await look(house, "SELECT count(*) FROM past_windows WHERE viewer_id <> 0") == [(0,)]


async def test_another_answer_tells_of_the_loss_as_well(house: House) -> None:
    """After Regenerate the note of a loss stands below the new answer, and below no later one."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    number = 0
    while not told(ada, thread):
        await turn(house, "ada", thread, f"question {number}", long(number, 80))
        number += 1
    [seen] = told(ada, thread)
    await house.stop()
    await house.start()
    house.router.reply_next(Reply(text="Another one."))
    await (await ada.click(seen, label="Regenerate")).acknowledged()
    await house.answer(ada, thread, both(ended, says("Another one.")))
    assert [it.id for it in told(ada, thread)] == [seen.id]
    await turn(house, "ada", thread, "and so?", "And so.")
    assert len(told(ada, thread)) == 1


async def test_a_loss_told_by_a_failure_is_told_by_its_retry(house: House) -> None:
    """Where the answer that told of it failed, the one that came at last tells of it."""
    await house.start(context_tokens=1_500)
    thread, ada = await open_thread(house), house.person("ada")
    await talk(house, thread, 8)
    house.router.fail_next(400)
    await ada.say(thread, "failing")
    failed = await house.answer(ada, thread, says("ost nothing"))
    assert LOST in failed.text
    house.router.reply_next(Reply(text="At last."))
    await ada.click(failed, label="Retry")
    at_last = await house.answer(ada, thread, both(ended, says("At last.")))
    assert LOST in at_last.text


async def counted(house: House, thread: int, number: int, tokens: int) -> None:
    """Let Ada ask, and let her prompt be reported to have taken so many tokens."""
    ada = house.person("ada")
    house.router.reply_next(Reply(text=long(number, 80), usage={"prompt_tokens": tokens}))
    await ada.say(thread, f"question {number}")
    await house.answer(ada, thread, both(ended, says(f"answer {number} ")))


async def test_whoever_counts_nothing_gets_no_longer_prompts(house: House) -> None:
    """Where all prompts are said to take a hundred tokens, they keep to the budget all the same."""
    await house.start(context_tokens=1_500)
    thread = await open_thread(house)
    for number in range(24):
        await counted(house, thread, number, 100)
    longest = max(sum(len(it["content"]) for it in prompt) for prompt in house.prompts())
    assert 3_000 < longest < 6 * 1_500  # "light " is a token


async def test_one_absurd_count_ends_no_conversation(house: House) -> None:
    """Where one of the first answers is said to have taken far too much, the next ones come."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    await counted(house, thread, 0, 600)
    await counted(house, thread, 1, 100_000)
    told, _ = totals(await shown(ada, thread))
    assert 600 < told < 1_200
    await turn(house, "ada", thread, "so?", "So.")


async def test_a_fresh_start_forgets_what_was_counted(house: House) -> None:
    """Where always far too much is counted, /history clear lets a conversation go on."""
    await house.start(context_tokens=20_000)
    thread, ada = await open_thread(house), house.person("ada")
    for number in range(3):
        await counted(house, thread, number, 40_000 + 100 * number)
    await ada.say(thread, "so?")
    refused = await house.answer(ada, thread, says("Nothing was spent"))
    assert "too long" in refused.text
    await (await ada.slash(thread, "history clear")).answered()
    await turn(house, "ada", thread, "and so?", "And so.")


async def test_the_total_is_right_where_a_window_moved(house: House) -> None:
    """Before and after, what /history show tells is within a tenth of what is reported next."""
    await house.start(context_tokens=2_000)
    thread, ada = await open_thread(house), house.person("ada")
    for number in range(16):
        expected, _ = totals(await shown(ada, thread))
        await turn(house, "ada", thread, f"q{number}", long(number, 80))
        [(took,)] = await look(house, "SELECT prompt_tokens FROM answers ORDER BY id DESC LIMIT 1")
        assert number < 3 or abs(expected - took) < took / 10
