"""Edits and deletions, one and in bulk: the past follows, and the newest answer offers another."""

from sandbox.discord.people import Person
from sandbox.discord.seen import Seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import PATIENCE, House, both, ended, says
from tests.journeys.shelves import listed, shown, shown_once
from tests.journeys.test_branching import branch
from tests.journeys.test_threads import open_thread, turn

EDITED = "The question was edited since."


async def said(
    house: House, person: Person, channel_id: int, words: str, answer: str
) -> tuple[Seen, Seen]:
    """Let somebody say something; return that and the answer."""
    house.router.reply_next(Reply(text=answer))
    asked = await person.say(channel_id, words)
    return asked, await house.answer(person, channel_id, both(ended, says(answer)))


async def told(house: House, person: Person, answer: Seen, *parts: str) -> Seen:
    """Wait until an answer's message says this."""
    return await house.answer(
        person, answer.channel_id, lambda it: it.id == answer.id and says(*parts)(it)
    )


def contents(house: House) -> list[str]:
    """Return what the model was sent last after the instructions."""
    return [it["content"] for it in house.prompts()[-1][1:]]


async def test_the_newest_question_is_edited(house: House) -> None:
    """Its answer offers another one, after a restart too; with the new words the offer is gone."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    await turn(house, "ada", thread, "hello", "Hi.")
    asked, answer = await said(house, ada, thread, "the capital of France?", "Paris.")
    await ada.edit(asked, "the capital of Norway?")
    answer = await told(house, ada, answer, EDITED, "Paris.")
    assert "tokens" in answer.text
    await house.stop()
    await house.start()
    house.router.reply_next(Reply(text="Oslo."))
    await ada.click(answer, label="Regenerate")
    answer = await house.answer(ada, thread, both(ended, says("Oslo.")))
    assert EDITED not in answer.text
    assert contents(house)[-1] == "Ada (@ada): the capital of Norway?"
    await ada.click(answer, label="◀")
    answer = await told(house, ada, answer, "Paris.", EDITED)
    await ada.click(answer, label="▶")
    answer = await told(house, ada, answer, "Oslo.")
    assert EDITED not in answer.text
    house.assert_polite()


async def test_another_answer_fails(house: House) -> None:
    """Where another answer brings no word, the old one stands there with the offer as before."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    asked, answer = await said(house, ada, thread, "the capital of France?", "Paris.")
    await ada.edit(asked, "the capital of Norway?")
    answer = await told(house, ada, answer, EDITED)
    house.router.fail_next(400)
    await ada.click(answer, label="Regenerate")
    answer = await told(house, ada, answer, "Paris.", "there is no new one", EDITED)
    house.router.reply_next(Reply(text="Oslo."))
    await ada.click(answer, label="Regenerate")
    answer = await house.answer(ada, thread, both(ended, says("Oslo.")))
    assert EDITED not in answer.text


async def test_an_edit_that_changes_nothing_offers_nothing(house: House) -> None:
    """Edited to the same words, and where Discord loads a preview, an answer stays as it is."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    first, _ = await said(house, ada, thread, "the capital of France?", "Paris.")
    asked, answer = await said(house, ada, thread, "and of Norway?", "Oslo.")
    await ada.edit(asked, "and of Norway?")
    await turn(house, "ada", thread, "thanks", "Welcome.")
    assert EDITED not in (await told(house, ada, answer, "Oslo.")).text
    assert "⚠" not in (await shown(ada, thread)).text
    await ada.edit(first, "the capital of Spain?")
    found = await shown_once(ada, thread, lambda it: "Spain" in it[0].words)
    assert [it.marks for it in found] == ["⚠", "⚠", "⚠"]
    assert not any(EDITED in it.text for it in ada.sees(thread))


async def test_edited_while_it_is_answered(house: House) -> None:
    """While an answer is written nothing is offered; when it ends, it says so at once."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="Paris is it. " * 20, hold_after=100))
    asked = await ada.say(thread, "the capital of France?")
    await house.router.held()
    await ada.edit(asked, "the capital of Norway?")
    page = await shown(ada, thread)
    assert "being answered" in page.text
    growing = await house.answer(ada, thread, says("Paris"))
    assert EDITED not in growing.text
    house.router.release()
    await house.answer(ada, thread, both(ended, says(EDITED)))


async def test_edited_or_deleted_in_the_very_moment(house: House) -> None:
    """Edited or deleted right behind its arrival, a question counts as it is then."""
    await house.start()
    thread, ada = await open_thread(house), house.person("ada")
    house.router.reply_next(Reply(text="Oslo."))
    asked = await ada.say(thread, "the capital of France?")
    await ada.edit(asked, "the capital of Norway?")
    await ada.delete(await ada.say(thread, "and a secret?"))
    await turn(house, "ada", thread, "thanks", "Welcome.")
    found = listed(await shown(ada, thread))
    assert [it.words for it in found] == ["the capital of Norway?", "thanks"]
    assert "secret" not in str(house.prompts()[-1])


async def test_edits_and_deletions_reach_branches(house: House) -> None:
    """What is edited or deleted in a channel is so in a thread that branched off, answers too."""
    await house.start()
    ada, max_, general = house.person("ada"), house.person("max"), house.channel("general")
    first, _ = await said(house, ada, general, f"{house.me} I live in Rome", "Nice.")
    second, _ = await said(house, ada, general, f"{house.me} forget this", "Never.")
    _, third = await said(house, ada, general, f"{house.me} a secret?", "It is 1234.")
    thread = await branch(ada, third)
    await turn(house, "ada", thread, "go on", "Gladly.")
    await ada.edit(first, f"{house.me} I live in Oslo")
    await max_.delete(second)
    await max_.delete(third)
    found = await shown_once(ada, thread, lambda it: it[-2].answer == "no answer")
    assert [(it.words, it.answer) for it in found] == [
        ("I live in Oslo", "Nice."),
        ("a secret?", "no answer"),
        ("go on", "Gladly."),
    ]
    assert [it.marks for it in found] == ["⚠", "", "⚠"]
    await turn(house, "ada", thread, "where do I live?", "In Oslo.")
    assert contents(house)[:3] == ["Ada (@ada): I live in Oslo", "Nice.", "Ada (@ada): a secret?"]
    assert "1234" not in str(house.prompts()[-1])
    assert "forget" not in str(house.prompts()[-1])
    house.assert_polite()


async def test_moderators_delete_in_bulk(house: House) -> None:
    """Questions and answers that are deleted at once are out of the past at once."""
    await house.start()
    thread, ada, max_ = await open_thread(house), house.person("ada"), house.person("max")
    spoken = [await said(house, ada, thread, f"question {n}", f"answer {n}.") for n in range(4)]
    await max_.delete_together([*spoken[0], spoken[1][1], spoken[2][0]])
    found = await shown_once(ada, thread, lambda it: len(it) == 2 and it[0].answer == "no answer")
    assert [(it.words, it.answer) for it in found] == [
        ("question 1", "no answer"),
        ("question 3", "answer 3."),
    ]
    await turn(house, "ada", thread, "and now?", "Now.")
    assert contents(house) == [
        "Ada (@ada): question 1",
        "Ada (@ada): question 3",
        "answer 3.",
        "Ada (@ada): and now?",
    ]
    house.assert_polite()


async def test_hidden_footers_stay_hidden(house: House) -> None:
    """Where a server hides the closing line, the offer stands alone below the answer."""
    await house.start()
    olga, ada, general = house.person("olga"), house.person("ada"), house.channel("general")
    await (await olga.slash(general, "settings set", {"footer": "hidden"})).answered(PATIENCE)
    house.router.reply_next(Reply(text="Paris."))
    asked = await ada.say(general, f"{house.me} the capital of France?")
    answer = await house.answer(
        ada,
        general,
        lambda it: "Paris." in it.text and any(b.label == "Regenerate" for b in it.buttons),
    )
    await ada.edit(asked, f"{house.me} the capital of Norway?")
    answer = await told(house, ada, answer, EDITED)
    assert "tokens" not in answer.text
