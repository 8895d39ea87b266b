"""Whatever people do to conversations, in any order, the past is what a simple model says it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.branches import Branch
from bot.messages import AnswerState, Person, Place, Question, ScreenAddress, Turn
from bot.ports import Transaction
from bot.shelf import Card, Cleared, Deed, Kind, Wish
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW

NUMBERS = count(1)
"""Channels, messages and answers of which no other example has one."""

ADA = Person(1, "Ada", "ada")
TO_TURNS = ("regenerate", "continue", "choose", "forget", "branch", "edit", "delete", "drop")
KINDS = ("say", *TO_TURNS, "restore", "clear", "undo")
steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 99), st.integers(0, 99), st.booleans()),
    max_size=14,
)


@dataclass
class Variant:
    """An answer of the model; what was copied has its original's root and is not its `own`."""

    text: str
    root: int = field(default_factory=lambda: next(NUMBERS))
    own: bool = True
    stale: bool = False


@dataclass
class Said:
    """A question of the model: its message, its variants, and which of them is shown."""

    message: int
    words: str
    variants: list[Variant] = field(default_factory=list)
    shown: int = 0
    deleted: bool = False
    dropped: bool = False

    @property
    def answer(self) -> Variant | None:
        """Return the answer in the past."""
        return self.variants[self.shown] if self.variants else None

    def add(self, variant: Variant) -> None:
        """Be answered once more, or at last."""
        self.variants.append(variant)
        self.shown = len(self.variants) - 1

    def forget(self, roots: set[int]) -> bool:
        """Forget what was copied from these; tell whether there was any."""
        left = [it for it in self.variants if it.own or it.root not in roots]
        if len(left) == len(self.variants):
            return False
        shown = self.answer
        self.variants = left
        self.shown = next((n for n, it in enumerate(left) if it is shown), len(left) - 1)
        return True


class Conversation:
    """One conversation, in the model and in the database."""

    def __init__(self, said: list[Said]) -> None:
        self.place = Place(next(NUMBERS), 3)
        self.all = said
        self.cleared = 0
        self.last_clear: tuple[Cleared, int] | None = None

    @property
    def listed(self) -> list[Said]:
        """Return what a shelf lists."""
        return [it for it in self.all[self.cleared :] if not it.deleted]

    @property
    def said(self) -> list[Said]:
        """Return what is in the past."""
        return [it for it in self.listed if not it.dropped]

    def outdate(self, place: int, *, itself: bool = True) -> None:
        """Let the answers be stale that rested on a question."""
        for number, it in enumerate(self.all):
            rests = number >= place if itself else number > place
            if rests and (self.cleared <= place or number < self.cleared):
                for variant in it.variants:
                    variant.stale = True

    async def id(self, tx: Transaction) -> int:
        """Return its id in the database."""
        return await tx.history.open(self.place)

    async def past(self, tx: Transaction) -> list[Turn]:
        """Return the past as the database has it."""
        return await tx.history.past(await self.id(tx), None, 1_000)

    async def cards(self, tx: Transaction) -> list[Card]:
        """Return what the database lists."""
        return (await tx.shelves.cards(await self.id(tx), None, 1_000))[0]


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
    question = Question(ADA, it.place, "Say!", NOW, message_id=message)
    turn = await tx.history.ask(await it.id(tx), question, 1)
    await answer(tx, turn, text)
    it.all.append(Said(message, "Say!", [Variant(text)] if text else []))


class Model:
    """All conversations, in the model and in the database."""

    def __init__(self) -> None:
        self.all = [Conversation([])]

    def copies(self, message: int) -> Iterator[tuple[Conversation, int, Said]]:
        """Yield where a message's question stands, in branches too."""
        for it in self.all:
            for place, said in enumerate(it.all):
                if said.message == message and not said.deleted:
                    yield it, place, said

    async def to_turn(
        self, tx: Transaction, kind: str, it: Conversation, pick: int, text: str
    ) -> None:
        """Do something to one turn of the past."""
        place = pick % len(it.said)
        said, turn = it.said[place], (await it.past(tx))[place]
        match kind:
            case "edit":
                await tx.history.revise(said.message, text, 1, NOW)
                for where, number, copy in self.copies(said.message):
                    if copy.words != text:
                        copy.words = text
                        where.outdate(number)
            case "delete":
                await tx.history.retract(said.message, NOW)
                for where, number, copy in list(self.copies(said.message)):
                    copy.deleted = True
                    where.outdate(number)
            case "drop":
                await tx.shelves.fulfil(Wish(Deed.DROP, Kind.TURN, turn.id), NOW)
                said.dropped = True
            case "branch":
                await self.branch(tx, it, place, turn)
            case "forget" if turn.answer is not None:
                await tx.history.forget_answer(turn.answer.id)
                self.forget(it, said)
            case _:
                await change(tx, kind, said, turn, pick, text)

    def forget(self, it: Conversation, said: Said) -> None:
        """Forget all answers to a question, and what was copied from them."""
        roots = {variant.root for variant in said.variants if variant.own}
        it.outdate(it.all.index(said), itself=False)
        said.variants, said.shown = [], 0
        for where in self.all:
            for number, other in enumerate(where.all):
                if other.forget(roots):
                    where.outdate(number, itself=False)

    async def branch(self, tx: Transaction, it: Conversation, place: int, turn: Turn) -> None:
        """Go on from an answer in a conversation of its own."""
        if turn.answer is None:
            return
        made = Conversation(
            [
                Said(
                    old.message,
                    old.words,
                    [replace(old.answer, own=False)] if old.answer else [],
                )
                for old in it.said[: place + 1]
            ]
        )
        root = Branch(await it.id(tx), turn.id, turn.answer.id)
        await tx.branches.copy(root, await made.id(tx), 1_000)
        self.all.append(made)

    async def step(self, tx: Transaction, kind: str, where: int, pick: int, text: str) -> None:
        """Do one thing."""
        it = self.all[where % len(self.all)]
        dropped = [card.turn.id for card in await it.cards(tx) if card.is_dropped]
        match kind:
            case "clear":
                cleared = await tx.shelves.clear(await it.id(tx), ADA.id)
                assert (cleared is None) == (not it.listed)
                if cleared is not None:
                    it.last_clear, it.cleared = (cleared, it.cleared), len(it.all)
            case "undo" if it.last_clear is not None:
                (known, before), it.last_clear = it.last_clear, None
                assert await tx.shelves.undo_clear(await it.id(tx), known.until, known.before)
                it.cleared = before
            case "restore" if dropped:
                number = pick % len(dropped)
                await tx.shelves.fulfil(Wish(Deed.RESTORE, Kind.TURN, dropped[number]), NOW)
                [said for said in it.listed if said.dropped][number].dropped = False
            case _ if kind in TO_TURNS and it.said:
                await self.to_turn(tx, kind, it, pick, text)
            case _:
                await say(tx, it, text)

    async def check(self, tx: Transaction) -> None:
        """Compare the database with the model."""
        for it in self.all:
            past = await it.past(tx)
            assert [(turn.text, turn.answer.text if turn.answer else None) for turn in past] == [
                (said.words, said.answer.text if said.answer else None) for said in it.said
            ]
            for turn, said in zip(past, it.said, strict=True):
                known = await tx.variants.of(turn.answer.id) if turn.answer else None
                if known is not None:
                    assert [one.text for one in known.variants] == [v.text for v in said.variants]
            assert [
                (card.turn.text, card.is_dropped, card.is_stale) for card in await it.cards(tx)
            ] == [
                (said.words, said.dropped, bool(said.answer and said.answer.stale))
                for said in it.listed
            ]


async def change(tx: Transaction, kind: str, said: Said, turn: Turn, pick: int, text: str) -> None:
    """Do something to one answer."""
    if turn.answer is None or said.answer is None:
        return
    known = await tx.variants.of(turn.answer.id)
    assert known is not None
    if kind == "regenerate":
        await answer(tx, turn.id, text)
        if text:
            said.add(Variant(text))
    elif kind == "continue":
        await answer(tx, turn.id, text and turn.answer.text + text, turn.answer.id)
        if text:
            before = said.answer
            said.variants[said.shown] = Variant(before.text + text, stale=before.stale)
    elif kind == "choose":
        said.shown = pick % len(said.variants)
        wanted = known.variants[said.shown]
        await tx.variants.choose(turn.id, wanted.id, await tx.variants.take_over(turn.id))


@settings(
    max_examples=30,
    deadline=None,
    # The database is the test's; examples do not meet in it.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
async def test_the_past_is_the_models(
    database: Database, steps: list[tuple[str, int, int, bool]]
) -> None:
    """Whatever is said, done to answers, edited, deleted, branched or cleared, both agree."""
    model = Model()
    for number, (kind, where, pick, works) in enumerate([("say", 0, 0, True), *steps]):
        async with database.writing() as tx:
            await model.step(tx, kind, where, pick, f"text {number}. " if works else "")
            await tx.commit()
        async with database.reading() as tx:
            await model.check(tx)
