"""Trouble at OpenRouter: a clear sentence, a settled hold, a line in the log, retries in time."""

import pytest

from sandbox.discord.people import Person
from sandbox.openrouter.faults import error
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says

FREE = "It cost nothing."
"""How a sentence says that a failure cost nothing."""


async def ask(house: House) -> tuple[Person, int]:
    """Let Ada ask something."""
    ada, general = house.person("ada"), house.channel("general")
    await ada.slash(general, "ask", {"prompt": "a question nobody may log"})
    return ada, general


async def nothing_is_held(house: House, requests_used: int) -> None:
    """Check through `/usage` that no hold is left."""
    ada, general = house.person("ada"), house.channel("general")
    seen = await (await ada.slash(general, "usage")).answered()
    assert f"{requests_used} of 50 requests used" in seen.text
    assert "held" not in seen.text


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
async def test_refusals_are_final_and_free(
    house: House, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    """What OpenRouter refuses for good is asked once, told plainly, logged, and costs nothing."""
    await house.start()
    house.router.fail_next(status)
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says(FREE))
    assert seen.button("Retry").custom_id
    assert len(house.router.chats) == 1
    await nothing_is_held(house, 0)
    log = capsys.readouterr().out
    assert f"status={status}" in log
    assert "nobody may log" not in log


async def test_a_short_question_reaches_no_log(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of an error that quotes a question of one word, the log has what helps, and not the word."""
    await house.start()
    ada, general, known = house.person("ada"), house.channel("general"), set[int]()
    for status in (400, 403):
        message = 'Input was flagged: "Kelmuffin". Try again.'
        about = {"reasons": ["Kelmuffin"], "flagged_input": "Kelmuffin", "provider_name": "Nebius"}
        house.router.fail_next(status, error(status, message, **about))
        await ada.slash(general, "ask", {"prompt": "Kelmuffin"})
        await house.answer(ada, general, lambda it: it.id not in known and FREE in it.text)
        known.update(it.id for it in ada.sees(general))
    log = capsys.readouterr().out
    assert "Kelmuffin" not in log
    assert "status=400" in log
    assert "Nebius: … flagged … (42 characters)" in log


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 524, 529])
async def test_passing_trouble_is_ridden_out(house: House, status: int) -> None:
    """One passing failure before the first token is retried, and nobody notices."""
    await house.start()
    house.router.fail_next(status, headers={"Retry-After": "0"})
    house.router.reply_next(Reply(text="Here you are."))
    ada, general = await ask(house)
    await house.answer(ada, general, both(ended, says("Here you are.")))
    assert len(house.router.chats) == 2
    await nothing_is_held(house, 1)


async def test_lasting_trouble_is_told(house: House) -> None:
    """Three failures in a row are told with what to do, cost nothing, and can be retried."""
    await house.start()
    house.router.fail_next(503, headers={"Retry-After": "0"}, times=3)
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says(FREE))
    await nothing_is_held(house, 0)
    house.router.reply_next(Reply(text="Now it works."))
    used = await ada.click(seen, label="Retry")
    await used.acknowledged()
    await house.answer(ada, general, both(ended, says("Now it works.")))
    assert house.prompts()[-1][-1]["content"].endswith("a question nobody may log")
    asked = len(house.router.chats)
    await ada.click(seen, label="Retry")
    await house.answer(ada, general, says("asked already"))
    assert len(house.router.chats) == asked


async def test_an_empty_answer_that_was_charged_is_not_tried_again(house: House) -> None:
    """An empty answer that cost something is told with its cost: a hold covers one try."""
    await house.start()
    house.router.reply_next(Reply(text="", usage={"cost": 0.01}))
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says("$0.01"))
    assert seen.button("Retry").custom_id
    assert len(house.router.chats) == 1


async def test_an_answer_deleted_while_it_grows_is_forgotten(house: House) -> None:
    """Deleting a growing answer ends it, and nothing of it is remembered."""
    await house.start()
    house.router.reply_next(Reply(text="word " * 200, hold_after=200))
    ada, general = house.person("ada"), house.channel("general")
    await ada.say(general, f"{house.me} write")
    await house.router.held()
    half = await house.answer(ada, general, says("word word"))
    await house.person("max").delete(half)
    house.router.release()
    house.router.reply_next(Reply(text="Next answer."))
    await ada.say(general, f"{house.me} and now?")
    await house.answer(ada, general, both(ended, says("Next answer.")))
    assert "word word" not in str(house.prompts()[-1])


async def test_a_thought_without_an_answer_costs_what_was_reported(house: House) -> None:
    """Thinking that led to no answer is settled with the stream's own report."""
    await house.start()
    house.router.reply_next(Reply(thinking="hm " * 50, text="", usage={"cost": 0.04}))
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says("$0.04"))
    assert seen.button("Retry").custom_id


async def test_an_error_in_mid_stream_keeps_what_came(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer that breaks off is kept, said to be cut, paid for, and logged with its id."""
    await house.start()
    house.router.reply_next(Reply(text="Half of it. " * 40, fail_after=300))
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says("Half of it.", "$"))
    assert seen.button("Continue").custom_id
    assert len(house.router.chats) == 1
    generation = next(iter(house.router.generations))
    assert generation in capsys.readouterr().out
    await nothing_is_held(house, 1)


@pytest.mark.parametrize("change", [{"cut_after": 200}, {"finish_reason": None}])
async def test_a_cut_stream_is_no_whole_answer(house: House, change: dict[str, object]) -> None:
    """A connection that is cut, or a stream without its end, is told as broken off."""
    await house.start()
    house.router.reply_next(Reply(text="Some words. " * 30, **change))  # type: ignore[arg-type]  # one field each
    ada, general = await ask(house)
    seen = await house.answer(ada, general, says("Some words.", "$"))
    assert seen.button("Continue").custom_id
    await nothing_is_held(house, 1)


async def test_the_length_limit_is_said(house: House) -> None:
    """An answer that ended for its length says so."""
    await house.start()
    house.router.reply_next(Reply(text="On and on.", finish_reason="length"))
    ada, general = await ask(house)
    seen = await house.answer(ada, general, both(ended, says("On and on.")))
    assert "length" in seen.text or "limit" in seen.text.rpartition("On and on.")[2]


async def test_discord_in_trouble_loses_no_answer(house: House) -> None:
    """Edits that Discord fails are made again: the whole answer arrives."""
    await house.start()
    house.discord.faults.fail("PATCH", r"@original", status=503, times=3)
    house.router.reply_next(Reply(text="Whole answer, to the last word."))
    ada, general = await ask(house)
    await house.answer(ada, general, both(ended, says("to the last word.")))


async def test_a_dropped_gateway_loses_no_message(house: House) -> None:
    """Messages said while the gateway was away are answered after it resumed."""
    await house.start()
    house.discord.gateway.drop()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="Still here."))
    await ada.say(general, f"{house.me} are you there?")
    await house.answer(ada, general, both(ended, says("Still here.")))


async def test_an_event_that_cannot_be_read_ends_nothing(house: House) -> None:
    """An event of an unexpected form is passed over, and the bot goes on."""
    await house.start()
    for session in house.discord.gateway.sessions.values():
        session.dispatch("MESSAGE_UPDATE", {"id": "1", "content": "no author, no channel"})
    ada, general = await ask(house)
    await house.answer(ada, general, ended)
