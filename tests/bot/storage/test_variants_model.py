"""Whatever people do to answers, in any order, the past is what a simple model says it is."""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.branches import Branch
from bot.messages import AnswerState, Person, Place, Question, ScreenAddress, Turn
from bot.ports import Transaction
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

NUMBERS = count(1)
"""Channels and messages of which no other example has one."""

KINDS = ("say", "regenerate", "continue", "choose", "forget", "delete", "branch")
steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 99), st.integers(0, 99), st.booleans()),
    max_size=14,
)


@dataclass
class Said:
    """A question of the model: its message, its variants, and which of them is shown."""

    message: int
    variants: list[str] = field(default_factory=list)
    shown: int = 0

    @property
    def answer(self) -> str | None:
        """Return the answer in the past."""
        return self.variants[self.shown] if self.variants else None


class Conversation:
    """One conversation, in the model and in the database."""

    def __init__(self, said: list[Said]) -> None:
        self.place = Place(next(NUMBERS), 3)
        self.said = said

    async def past(self, tx: Transaction) -> list[Turn]:
        """Return the past as the database has it."""
        return await tx.history.past(await tx.history.open(self.place), None, 1_000)


async def answer(tx: Transaction, turn: int, text: str, continues: int | None = None) -> None:
    """Store an answer in the place of those before it; without text it failed."""
    address = await tx.variants.take_over(turn) or ScreenAddress(1, (next(NUMBERS),))
    number = await tx.history.begin(turn, 0, "a/b", 1, NOW, continues=continues, address=address)
    state = AnswerState.COMPLETE if text else AnswerState.FAILED
    await tx.history.finish(number, state, None, text, "", 1, None, NOW)
    await tx.variants.prefer(number)


async def say(tx: Transaction, it: Conversation, text: str) -> None:
    """Ask and be answered, or not."""
    message = next(NUMBERS)
    question = Question(Person(1, "Ada", "ada"), it.place, "Say!", NOW, message_id=message)
    turn = await tx.history.ask(await tx.history.open(it.place), question, 1)
    await answer(tx, turn, text)
    it.said.append(Said(message, [text] if text else []))


async def change(
    tx: Transaction, kind: str, it: Conversation, place: int, pick: int, text: str
) -> None:
    """Do something to one answer."""
    said, turn = it.said[place], (await it.past(tx))[place]
    if turn.answer is None:
        return
    known = await tx.variants.of(turn.answer.id)
    assert known is not None
    if kind == "regenerate":
        await answer(tx, turn.id, text)
        if text:
            said.variants.append(text)
            said.shown = len(said.variants) - 1
    elif kind == "continue":
        await answer(tx, turn.id, text and turn.answer.text + text, turn.answer.id)
        said.variants[said.shown] += text
    elif kind == "choose":
        said.shown = pick % len(said.variants)
        wanted = known.variants[said.shown]
        await tx.variants.choose(turn.id, wanted.id, await tx.variants.take_over(turn.id))
    else:
        await tx.history.forget_answer(turn.answer.id)
        said.variants = []


async def branch(tx: Transaction, it: Conversation, place: int) -> Conversation | None:
    """Go on from an answer in a conversation of its own."""
    turn = (await it.past(tx))[place]
    if turn.answer is None:
        return None
    copies = [Said(old.message, [old.answer] if old.answer else []) for old in it.said]
    made = Conversation(copies[: place + 1])
    root = Branch(await tx.history.open(it.place), turn.id, turn.answer.id)
    await tx.branches.copy(root, await tx.history.open(made.place), 1_000)
    return made


@settings(
    max_examples=40,
    deadline=None,
    # The database is the test's; examples do not meet in it.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
async def test_the_past_is_the_models(
    database: Database, steps: list[tuple[str, int, int, bool]]
) -> None:
    """Said, regenerated, continued, chosen, forgotten, deleted, branched: both agree each time."""
    all_of_them = [Conversation([])]
    for number, (kind, where, pick, works) in enumerate([("say", 0, 0, True), *steps]):
        it = all_of_them[where % len(all_of_them)]
        text = f"text {number}. " if works else ""
        async with database.writing() as tx:
            if kind == "say" or not it.said:
                await say(tx, it, text)
            elif kind == "delete":
                gone = it.said[pick % len(it.said)].message
                await tx.history.retract(gone, NOW)
                for each in all_of_them:
                    each.said = [old for old in each.said if old.message != gone]
            elif kind == "branch":
                made = await branch(tx, it, pick % len(it.said))
                all_of_them += [made] if made else []
            else:
                await change(tx, kind, it, pick % len(it.said), where, text)
            await tx.commit()
        async with database.reading() as tx:
            for each in all_of_them:
                past = [turn.answer.text if turn.answer else None for turn in await each.past(tx)]
                assert past == [old.answer for old in each.said]
                for turn, old in zip(await each.past(tx), each.said, strict=True):
                    known = await tx.variants.of(turn.answer.id) if turn.answer else None
                    if known is not None:
                        assert [one.text for one in known.variants] == old.variants
