"""Answers that are forgotten while they grow lead nowhere: no button stands below them."""

import pytest

from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.test_gone_pages import pages, remembered
from tests.journeys.test_variants import BIG, asked


def bare(seen: Seen) -> bool:
    """Tell whether no button stands below a message."""
    return not seen.buttons


async def begin(house: House) -> tuple[Seen, Seen]:
    """Let Ada ask, and return her question and the half answer."""
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text="secret " * 400, hold_after=500))
    question = await ada.say(general, f"{house.me} tell")
    await house.router.held()
    return question, await house.answer(ada, general, says("secret secret"))


@pytest.mark.parametrize("stops", [True, False])
async def test_the_question_is_deleted(house: House, *, stops: bool) -> None:
    """Where the question goes while it is answered, the answer ends without a button."""
    await house.start()
    question, half = await begin(house)
    ada, general = house.person("ada"), house.channel("general")
    await ada.delete(question)
    if stops:
        await ada.click(half, label="Stop")
    else:
        house.router.release()
    await house.answer(ada, general, both(ended, bare, says("secret", "$")))
    assert "secret" not in await remembered(house, ada, general)


async def test_the_question_is_deleted_before_a_restart(house: House) -> None:
    """What a restart breaks off of such an answer has no button either, with its bill or before."""
    await house.start()
    house.router.generation_lag = 3600.0
    question, _ = await begin(house)
    ada, general = house.person("ada"), house.channel("general")
    await ada.delete(question)
    await house.stop()
    await house.answer(ada, general, both(bare, says("secret", "being asked for")))
    house.router.generation_lag = 0.0
    await house.start()
    await house.answer(ada, general, both(ended, bare, says("secret", "$")))
    assert "secret" not in await remembered(house, ada, general)


async def test_a_page_is_deleted(house: House) -> None:
    """Where one page goes while the next ones grow, what is left ends without a button."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    house.router.reply_next(Reply(text=BIG * 2, hold_after=9000))
    await ada.say(general, f"{house.me} at length")
    await house.router.held()
    await house.answer(ada, general, says("Paragraph 8"))
    first, *others = pages(house, ada, general)
    await house.person("max").delete(first)
    await house.answer(ada, general, both(ended, bare, says("stopped", "$")))
    assert all(bare(it) for it in pages(house, ada, general))
    assert [it.id for it in pages(house, ada, general)] == [it.id for it in others]
    assert "Paragraph" not in await remembered(house, ada, general)


async def test_another_answer_is_deleted(house: House) -> None:
    """Where the question goes while it is answered anew, no arrows are left to either answer."""
    await house.start()
    ada, general, seen = await asked(house, "Blue.")
    question = next(it for it in ada.sees(general) if it.author_id == ada.id)
    house.router.reply_next(Reply(text="secret " * 400, hold_after=500))
    await ada.click(seen, label="Regenerate")
    await house.router.held()
    await house.answer(ada, general, says("secret secret"))
    await ada.delete(question)
    house.router.release()
    await house.answer(ada, general, both(ended, bare, says("secret")))
    prompt = await remembered(house, ada, general)
    assert "secret" not in prompt
    assert "Blue." not in prompt
