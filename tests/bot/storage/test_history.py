"""What the history remembers."""

from datetime import datetime, timedelta

import pytest

from bot.answers.draft import Kept
from bot.errors import StorageTrouble
from bot.messages import Answer, AnswerState, Person, Place, Question, ScreenAddress, Turn, Usage
from bot.prompts.windows import Window
from bot.quota.rules import Demand, Subject
from bot.storage.database import Database, StoredTransaction
from tests.bot.storage.conftest import NOW, Look

ANN, BEN = Person(20, "Ann", "ann"), Person(21, "Ben", "ben")
PLACE = Place(channel_id=10, guild_id=1)
DEMAND = Demand(prompt_tokens=10, max_output_tokens=100, least_output_tokens=10, price=None)
USAGE = Usage(
    prompt_tokens=9, completion_tokens=5, cost_micros=7, reasoning_tokens=2, cached_tokens=1
)


def question(
    text: str = "Why?",
    author: Person = ANN,
    *,
    place: Place = PLACE,
    message_id: int | None = None,
    private: bool = False,
    at: datetime = NOW,
) -> Question:
    """Return a question."""
    return Question(author, place, text, at, message_id, private)


async def ask(tx: StoredTransaction, asked: Question, tokens: int = 3) -> int:
    """Store a question and return its turn's id."""
    return await tx.history.ask(await tx.history.open(asked.place), asked, tokens)


async def begin(tx: StoredTransaction, turn: int, at: datetime = NOW) -> tuple[int, int]:
    """Begin an answer with a hold, and return both ids."""
    hold = await tx.ledger.reserve(Subject(ANN.id, 1, 10, parent_channel_id=5), DEMAND, at)
    return await tx.history.begin(turn, hold.id, "m1", 11, at), hold.id


async def answer(
    tx: StoredTransaction,
    turn: int,
    text: str = "So.",
    state: AnswerState = AnswerState.COMPLETE,
    usage: Usage | None = USAGE,
) -> int:
    """Answer a turn and return the answer's id."""
    answer_id, hold_id = await begin(tx, turn)
    await tx.history.finish(answer_id, state, None, text, "hm", 4, usage, NOW)
    await tx.ledger.settle(hold_id, usage, NOW)
    return answer_id


async def test_conversation_is_begun_once(database: Database) -> None:
    """A channel has one conversation, found again."""
    async with database.writing() as tx:
        assert await tx.history.conversation_of(PLACE.channel_id) is None
        first = await tx.history.open(PLACE)
        assert await tx.history.open(PLACE) == first
        assert await tx.history.open(Place(channel_id=11)) != first
        await tx.commit()
    async with database.reading() as tx:
        assert await tx.history.conversation_of(PLACE.channel_id) == first


async def test_past_is_in_order_with_answers(database: Database) -> None:
    """The past comes oldest first, each turn with its answer, and no more turns than wanted."""
    async with database.writing() as tx:
        turns = [await ask(tx, question(f"{number}?")) for number in range(4)]
        answers = [await answer(tx, turn, f"{turn}.") for turn in turns]
        past = await tx.history.past(await tx.history.open(PLACE), ANN.id, 3)
    assert past == [
        Turn(turns[n], ANN, f"{n}?", 3, Answer(answers[n], f"{turns[n]}.", AnswerState.COMPLETE, 4))
        for n in (1, 2, 3)
    ]


async def test_past_is_of_one_conversation(database: Database) -> None:
    """Channels do not see each other's turns."""
    async with database.writing() as tx:
        await ask(tx, question())
        elsewhere = await tx.history.open(Place(channel_id=99, guild_id=1))
        assert await tx.history.past(elsewhere, ANN.id, 9) == []


async def test_private_turns_are_the_askers_alone(database: Database) -> None:
    """A private turn is in the past of who asked, and of nobody else."""
    async with database.writing() as tx:
        public = await ask(tx, question("all", BEN))
        secret = await ask(tx, question("mine", ANN, private=True))
        conversation = await tx.history.open(PLACE)
        anns = await tx.history.past(conversation, ANN.id, 9)
        bens = await tx.history.past(conversation, BEN.id, 9)
    assert [turn.id for turn in anns] == [public, secret]
    assert [turn.id for turn in bens] == [public]


async def test_window_starts_where_it_was_moved(database: Database) -> None:
    """Turns before the window's start are no longer in the past."""
    async with database.writing() as tx:
        turns = [await ask(tx, question()) for _ in range(3)]
        conversation = await tx.history.open(PLACE)
        await tx.history.keep_window(conversation, None, Window(turns[1]))
        past = await tx.history.past(conversation, ANN.id, 9)
    assert [turn.id for turn in past] == turns[1:]


@pytest.mark.parametrize(
    ("state", "text", "remembered"),
    [
        (AnswerState.COMPLETE, "So.", True),
        (AnswerState.LENGTH, "So", True),
        (AnswerState.STOPPED, "So", True),
        (AnswerState.INTERRUPTED, "So", True),
        (AnswerState.STOPPED, "", False),
        (AnswerState.FAILED, "So", False),
    ],
)
async def test_answers_that_are_built_on(
    database: Database, state: AnswerState, text: str, remembered: bool
) -> None:
    """An answer with words counts unless it failed; its question stays in any case."""
    async with database.writing() as tx:
        await answer(tx, await ask(tx, question()), text, state)
        [turn] = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert (turn.answer is not None) is remembered


async def test_latest_answer_counts(database: Database) -> None:
    """Of several answers to a turn the latest with words stands, not one that is running."""
    async with database.writing() as tx:
        turn = await ask(tx, question())
        await answer(tx, turn, "first")
        second = await answer(tx, turn, "second")
        await answer(tx, turn, "", AnswerState.STOPPED)
        running, _ = await begin(tx, turn)
        await tx.history.keep([Kept(running, "gen", "third", "")])
        [remembered] = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert remembered.answer == Answer(second, "second", AnswerState.COMPLETE, 4)


async def test_draft_of_an_ended_answer_changes_nothing(database: Database) -> None:
    """A draft that comes late does not overwrite the end."""
    async with database.writing() as tx:
        turn = await ask(tx, question())
        ended = await answer(tx, turn, "whole")
        await tx.history.keep([Kept(ended, "gen", "who", "")])
        [remembered] = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert remembered.answer is not None
    assert remembered.answer.text == "whole"


async def test_running_answers_are_found(database: Database) -> None:
    """After a kill all that is needed to mend an answer is there."""
    address = ScreenAddress(10, (7, 8), 3, "token", NOW + timedelta(minutes=15), ephemeral=True)
    asked = question(message_id=77, private=True)
    async with database.writing() as tx:
        turn = await ask(tx, asked)
        await answer(tx, turn)
        answer_id, hold_id = await begin(tx, turn, NOW - timedelta(minutes=1))
        await tx.history.locate({answer_id: address})
        await tx.history.keep([Kept(answer_id, "gen-1", "So f", "hm")])
        await tx.history.keep([Kept(answer_id, None, "So far", "hmm")])
        await tx.commit()
    async with database.reading() as tx:
        [lost] = await tx.history.running()
    assert (lost.id, lost.guild_id, lost.hold_id) == (answer_id, 1, hold_id)
    assert (lost.generation_id, lost.text, lost.thinking) == ("gen-1", "So far", "hmm")
    assert (lost.state, lost.estimated_prompt_tokens) == (AnswerState.RUNNING, 11)
    assert (lost.started_at, lost.last_seen_at) == (NOW - timedelta(minutes=1), NOW)
    assert lost.address == address


async def test_question_of_an_answer(database: Database) -> None:
    """An answer leads back to its question, deleted or not."""
    asked = question("Why though?", BEN, message_id=77)
    async with database.writing() as tx:
        turn = await ask(tx, asked)
        answer_id = await answer(tx, turn)
        found = await tx.variants.of(answer_id)
        await tx.history.retract(77, NOW)
        deleted = await tx.variants.of(answer_id)
        assert await tx.variants.of(answer_id + 1) is None
    assert found is not None
    assert (found.turn_id, found.question, found.is_deleted) == (turn, asked, False)
    assert ([it.id for it in found.variants], found.address) == ([answer_id], None)
    assert deleted is not None
    assert deleted.is_deleted


class TestUnsettledHolds:
    """Which holds nobody works on any more."""

    soon = NOW + timedelta(minutes=2)
    late = NOW + timedelta(hours=1)

    async def test_running_answer_is_left_alone(self, database: Database) -> None:
        """A hold whose answer is being written is its own turn's to settle."""
        async with database.writing() as tx:
            await begin(tx, await ask(tx, question()))
            assert await tx.history.unsettled(self.soon) == []

    async def test_open_bill(self, database: Database) -> None:
        """A hold is left over when its answer ended a while ago and its bill never came."""
        async with database.writing() as tx:
            answer_id, hold_id = await begin(tx, await ask(tx, question()))
            await tx.history.keep([Kept(answer_id, "gen", "", "")])
            await tx.history.finish(answer_id, AnswerState.STOPPED, None, "So", "hm", 1, None, NOW)
            assert await tx.history.unsettled(NOW) == []
            [left] = await tx.history.unsettled(self.soon)
            await tx.ledger.settle(hold_id, USAGE, NOW)
            assert await tx.history.unsettled(self.soon) == []
        assert (left.id, left.hold_id, left.generation_id) == (answer_id, hold_id, "gen")
        assert (left.state, left.text, left.thinking) == (AnswerState.STOPPED, "So", "hm")
        assert (left.guild_id, left.estimated_prompt_tokens) == (1, 11)

    async def test_hold_without_answer(self, database: Database) -> None:
        """A hold that never got an answer is left over."""
        async with database.writing() as tx:
            hold = await tx.ledger.reserve(Subject(1, 1, 1), DEMAND, NOW)
            assert await tx.history.orphans(NOW) == []
            assert await tx.history.unsettled(self.soon) == []
            [found] = await tx.history.orphans(self.soon)
        assert (found.id, found.guild_id) == (hold.id, 1)

    async def test_expired(self, database: Database) -> None:
        """An answer that went quiet until its hold expired counts as left behind."""
        async with database.writing() as tx:
            await begin(tx, await ask(tx, question()), NOW - timedelta(minutes=1))
            assert len(await tx.history.unsettled(self.late)) == 1


@pytest.mark.parametrize("change", ["revise", "retract"])
async def test_answers_go_stale(database: Database, look: Look, change: str) -> None:
    """Answers from a changed question on are stale, earlier ones and other channels' are not."""
    async with database.writing() as tx:
        turns = [await ask(tx, question(message_id=message)) for message in (1, 2, 3)]
        elsewhere = await ask(tx, question(place=Place(99, 1)))
        answers = [await answer(tx, turn) for turn in (*turns, elsewhere)]
        if change == "revise":
            await tx.history.revise(2, "Because?", 9, NOW)
        else:
            await tx.history.retract(2, NOW)
        await tx.commit()
    stale = await look("SELECT id FROM answers WHERE stale ORDER BY id")
    assert stale == [(answers[1],), (answers[2],)]


async def test_edited_words_count(database: Database) -> None:
    """An edited question reads anew."""
    async with database.writing() as tx:
        for message in (1, 2, 3):
            await ask(tx, question(message_id=message))
        assert await tx.history.revise(2, "Because?", 9, NOW)
        past = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert [(turn.text, turn.tokens) for turn in past] == [
        ("Why?", 3),
        ("Because?", 9),
        ("Why?", 3),
    ]


async def test_deleted_words_are_gone(database: Database) -> None:
    """A deleted question leaves the past, once."""
    async with database.writing() as tx:
        first = await ask(tx, question(message_id=1))
        await ask(tx, question(message_id=2))
        assert await tx.history.retract(2, NOW)
        assert not await tx.history.retract(2, NOW)
        assert not await tx.history.revise(2, "back", 1, NOW)
        past = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert [turn.id for turn in past] == [first]


async def test_unknown_message_changes_nothing(database: Database) -> None:
    """Edits and deletions of messages that were no questions say so."""
    async with database.writing() as tx:
        await ask(tx, question())
        assert not await tx.history.revise(404, "?", 1, NOW)
        assert not await tx.history.retract(404, NOW)


async def test_reported_tokens_correct_estimates(database: Database) -> None:
    """Estimates come with what was reported, the latest first, of one try.

    Estimates of usage do not count, and sums over several tries don't.
    """
    guessed = Usage(prompt_tokens=50, completion_tokens=0, cost_micros=0, estimated=True)
    async with database.writing() as tx:
        turn = await ask(tx, question())
        for usage in (USAGE, Usage(22, 1, 1), guessed, Usage(11, 1, 1) + Usage(11, 1, 1), None):
            await answer(tx, turn, usage=usage)
        assert await tx.history.token_ratios() == [(11, 22), (11, 9)]
        assert await tx.history.token_ratios(most=1) == [(11, 22)]


async def test_late_bill_is_kept(database: Database) -> None:
    """A bill that comes after an answer's end is stored with it."""
    async with database.writing() as tx:
        answer_id = await answer(tx, await ask(tx, question()), usage=None)
        late = Usage(33, 1, 1)
        await tx.history.finish(answer_id, AnswerState.STOPPED, "g", "So", "hm", 1, late, NOW)
        assert await tx.history.token_ratios() == [(11, 33)]


async def test_any_words_can_be_kept(database: Database) -> None:
    """Text that no database takes is kept with a sign in its place, and nothing else is lost."""
    odd = "a\0b \ud83d c 🙂 \u202e ' \" -- é"
    async with database.writing() as tx:
        await ask(tx, question(odd, Person(1, "N\0ul", "n")))
        [turn] = await tx.history.past(await tx.history.open(PLACE), ANN.id, 9)
    assert turn.text == "a\ufffdb \ufffd c 🙂 \u202e ' \" -- é"
    assert turn.author.name == "N\ufffdul"


async def test_reading_writes_nothing(database: Database) -> None:
    """A reading transaction refuses to write."""
    with pytest.raises(StorageTrouble) as caught:
        async with database.reading() as tx:
            await tx.history.open(PLACE)
    assert caught.value.kind == "read_only"
