"""One example of the history's state machine: its people and places, in the core and the model."""

from itertools import count

from hypothesis.stateful import invariant

from bot.messages import AgainKind, AnswerState, Person, Place
from bot.records.shelf import Cleared
from bot.storage.database import StoredTransaction
from tests.bot.storage.history_house import House
from tests.bot.storage.history_sights import (
    exported_of,
    listed_of,
    plain_exported,
    plain_listed,
    plain_sent,
    sent_of,
)
from tests.bot.storage.plain_history import PlainHistory, PlainTalk, PlainTurn
from tests.bot.storage.shrinking import Shrinking, Telling

GUILD = 3
ENDS = {"whole": AnswerState.COMPLETE, "cut": AnswerState.LENGTH, "failed": AnswerState.FAILED}


class Example(Telling):
    """Three people in a channel, and in threads that branch off; both remember alike."""

    def __init__(self, house: House, shrinking: Shrinking) -> None:
        super().__init__(shrinking)
        self.house = house
        self.plain = PlainHistory()
        self.people: list[Person] = []
        self.texts = count(1)
        self.clears: list[tuple[PlainTalk, Cleared, int, int]] = []
        self.is_fresh = True

    def settle(self) -> None:
        """Begin in a channel, with people, of whom no other example knows."""
        self.plain.talks.append(self.talk())
        for name in ("Ada", "Ben", "Cleo"):
            number = next(self.house.numbers)
            self.people.append(Person(number, name, f"{name.lower()}{number}"))

    def talk(self) -> PlainTalk:
        """Return a conversation in a new place."""
        return PlainTalk(Place(next(self.house.numbers), GUILD))

    def words(self, what: str) -> str:
        """Return words that nobody has said before."""
        self.is_fresh = False
        return f"{what} {next(self.texts)}. "

    def said(self, end: str) -> tuple[str, AnswerState]:
        """Return what the model says, and how that ends."""
        return "" if end == "failed" else self.words("Answer"), ENDS[end]

    def turns(self, *, answered: bool = True) -> list[tuple[PlainTalk, PlainTurn]]:
        """Return the questions that are there, wherever they were asked."""
        return [
            (talk, it)
            for talk in self.plain.talks
            for it in talk.turns
            if not it.is_gone and (it.answer or not answered)
        ]

    def picked(self, which: int) -> tuple[PlainTalk, PlainTurn, int]:
        """Return one of those that have an answer, and the answer's id."""
        found = self.turns()
        talk, turn = found[which % len(found)]
        assert turn.answer is not None
        return talk, turn, self.house.run(self.house.answer_of(talk.place, turn.answer.text))

    def message(self, which: int) -> int:
        """Return one of the messages that questions stand in."""
        found = [it.message for _, it in self.turns(answered=False) if it.message is not None]
        return found[which % len(found)]

    def again(
        self, talk: PlainTalk, turn: PlainTurn, number: int, kind: AgainKind, end: str
    ) -> tuple[list[str], str]:
        """Press a button below an answer; return what is sent, and what is said to that."""
        said, state = self.said(end)
        by = self.house.question(talk.place, turn.author)
        where = turn.shown_in or next(self.house.numbers)
        sent = self.house.run(self.house.again(number, by, kind, said, state, where))
        turn.shown_in = where
        return sent, said

    @invariant()
    def remember_alike(self) -> None:
        """Compare what everybody's prompts would hold, what they see listed and would export."""
        self.house.run(self.house.database.write(self.compare))

    async def compare(self, tx: StoredTransaction) -> None:
        """Do it in one transaction."""
        for talk in self.plain.talks:
            conversation = await tx.history.conversation_of(talk.place.channel_id)
            if conversation is None:
                assert not talk.turns
                continue
            for viewer in (None, *(it.id for it in self.people)):
                past = await tx.history.past(conversation, viewer, 2_000)
                assert [*map(sent_of, past)] == [*map(plain_sent, talk.past(viewer))]
                cards, _ = await tx.shelves.cards(conversation, viewer, 2_000)
                assert [*map(listed_of, cards)] == [*map(plain_listed, talk.listed(viewer))]
            first = self.people[0].id
            assert await exported_of(tx, talk.place, first) == plain_exported(talk, first)
