"""Conversations against a plain model: whatever people do in whatever order, both remember alike.

What is compared is what the model is sent, what an export holds, and what the arrows lead to.
"""

import asyncio
import os
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.branching import Branching
from bot.choices import Most
from bot.errors import Repeated
from bot.exports.values import Turn as Exported
from bot.forgetting import Forgetting
from bot.keeper import Keeper
from bot.memory import Memory
from bot.messages import AgainKind, AnswerState, Person, Place, Question, Turn
from bot.onscreen import OnScreen
from bot.opening import Opening, Openings
from bot.prompting import Limits, Prompts
from bot.settlement import End, Settlement
from bot.storage.database import Database, StoredTransaction
from bot.tokens import Correction
from bot.turns import Turns
from bot.variants import Variants
from tests.bot.storage.conftest import NOW
from tests.bot.storage.plain_history import PlainTalk, PlainTurn, messages
from tests.bot.storage.test_opening import Model
from tests.bot.storage.test_variants import Wall, nothing

T = TypeVar("T")

EXAMPLES = int(os.environ.get("HISTORY_EXAMPLES", "25"))
"""Examples on SQLite; on PostgreSQL, where each takes some times as long, a tenth of it."""

STEPS = 25
"""What people do in one example."""

GUILD = 3


class Shared:
    """The database of all examples, what works on it, and the event loop that they live in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.loop = asyncio.new_event_loop()
        self.numbers = count(1)
        self.seconds = count()
        self.run(self.start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run work to its end."""
        return self.loop.run_until_complete(work)

    def now(self) -> datetime:
        """Return a moment that is later than any before."""
        return NOW + timedelta(seconds=next(self.seconds))

    async def start(self) -> None:
        """Open the database, and make anew all that works on it."""
        log, turns = structlog.get_logger(), Turns()
        self.database = await Database.open(self.url, clock=self.now, defaults=(), ceiling=None)
        database, model = self.database, Model(None)
        prompts = Prompts(slug="a/b", limits=Limits(80_000, 2_000), correction=Correction())
        self.openings = Openings(database, model, prompts, now=self.now)
        self.settlement = Settlement(
            database, model, slug="a/b", least_output_tokens=1, now=self.now
        )
        self.keeper = Keeper(database, log=log)
        onscreen = OnScreen()
        self.variants = Variants(database, self.openings, turns, self.keeper, onscreen)
        self.branching = Branching(database, self.openings, most_turns=2_000)
        most = Most(80_000, 2_000)
        self.memory = Memory(database, turns, self.keeper, onscreen, most=most, now=self.now)
        self.forgetting = Forgetting(database, turns, database.purge, now=self.now, log=log)

    async def look(self, statement: str, **values: object) -> Any:
        """Return the one value of a statement, past our own code."""
        engine = create_async_engine(self.url, poolclass=NullPool)
        async with engine.begin() as connection:
            return (await connection.execute(text(statement), values)).scalar()

    async def stop(self) -> None:
        """Close all of it."""
        await self.forgetting.settled()
        await self.forgetting.close()
        await self.keeper.close()
        await self.database.close()

    def close(self) -> None:
        """Close the database and end the loop."""
        self.run(self.stop())
        self.loop.close()


class Machine(RuleBasedStateMachine):
    """Three people in a channel, and in threads that branch off."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self.shared = shared
        self.talks: list[PlainTalk] = []
        self.people: list[Person] = []
        self.texts = count(1)
        self.is_fresh = True

    @initialize()
    def begin(self) -> None:
        """Begin in a channel, with people, of whom no other example knows."""
        self.talks = [self.talk()]
        for name in ("Ada", "Ben", "Cleo"):
            number = next(self.shared.numbers)
            self.people.append(Person(number, name, f"{name.lower()}{number}"))

    def talk(self) -> PlainTalk:
        """Return a conversation in a new place."""
        return PlainTalk(Place(next(self.shared.numbers), GUILD))

    def words(self, what: str) -> str:
        """Return words that nobody has said before."""
        self.is_fresh = False
        return f"{what} {next(self.texts)}. "

    def turns(self, *, answered: bool = True) -> list[tuple[PlainTalk, PlainTurn]]:
        """Return the questions that are there, wherever they were asked."""
        return [
            (talk, it)
            for talk in self.talks
            for it in talk.turns
            if not it.is_gone and (it.answer or not answered)
        ]

    def picked(self, which: int) -> tuple[PlainTalk, PlainTurn]:
        """Return one of those that have an answer."""
        found = self.turns()
        return found[which % len(found)]

    @rule(where=st.integers(0, 9), who=st.integers(0, 2), private=st.booleans(), end=st.data())
    def say(self, where: int, who: int, private: bool, end: st.DataObject) -> None:
        """Ask, in a channel or in private, and be answered or not."""
        talk, author = self.talks[where % len(self.talks)], self.people[who]
        message = None if private else next(self.shared.numbers)
        turn = PlainTurn(author, message, self.words("Question"), private)
        question = self.question(talk, author, turn.text, private=private)
        question = replace(question, message_id=message)
        said, state = self.answered(end)
        sent = self.shared.run(self.ask(question, said, state))
        viewer = author.id if private else None
        assert sent == messages([*talk.past(viewer), turn])
        talk.turns.append(turn)
        turn.regenerate(said, is_cut=state is AnswerState.LENGTH)

    def question(
        self, talk: PlainTalk, author: Person, text: str = "", *, private: bool = False
    ) -> Question:
        """Return a question that is asked now."""
        return Question(author, talk.place, text, self.shared.now(), private=private)

    def answered(self, end: st.DataObject) -> tuple[str, AnswerState]:
        """Return what the model says, and how that ends."""
        how = end.draw(st.sampled_from(["whole", "cut", "failed"]))
        if how == "failed":
            return "", AnswerState.FAILED
        cut = how == "cut"
        return self.words("Answer"), AnswerState.LENGTH if cut else AnswerState.COMPLETE

    async def ask(self, question: Question, said: str, state: AnswerState) -> list[str]:
        """Let a question be answered, and return what the model was sent."""
        opening = await self.shared.openings.open(question)
        assert isinstance(opening, Opening)
        begins = opening.placement.begins
        text = begins + said if said else ""
        end = End(opening.answer_id, opening.hold_id, state, None, text, "A thought.")
        await self.shared.settlement.settle(end, None, None)
        return [it.content for it in opening.prompt.messages[1:]]

    @precondition(lambda self: self.turns())
    @rule(which=st.integers(0, 99), end=st.data())
    def regenerate(self, which: int, end: st.DataObject) -> None:
        """Let a question be answered another time."""
        talk, turn = self.picked(which)
        said, state = self.answered(end)
        sent = self.shared.run(self.again(talk, turn, AgainKind.REGENERATE, said, state))
        viewer = turn.author.id if turn.private else None
        assert sent == messages([*talk.past(viewer, talk.before(turn)), replace(turn, variants=[])])
        turn.regenerate(said, is_cut=state is AnswerState.LENGTH)

    async def again(
        self, talk: PlainTalk, turn: PlainTurn, kind: AgainKind, said: str, state: AnswerState
    ) -> list[str]:
        """Press a button below an answer."""
        by = self.question(talk, turn.author)
        number = await self.answer_of(talk, turn)
        question = await self.shared.variants.asked_before(number, by, kind)
        return await self.ask(question, said, state)

    async def answer_of(self, talk: PlainTalk, turn: PlainTurn) -> int:
        """Return the id of the answer that is shown; no other in its place has the same words."""
        assert turn.answer is not None
        found = await self.shared.look(
            "SELECT max(answers.id) FROM answers JOIN turns ON turns.id = answers.turn_id"
            " JOIN conversations ON conversations.id = turns.conversation_id"
            " WHERE channel_id = :channel AND answers.text = :text",
            channel=talk.place.channel_id,
            text=turn.answer.text,
        )
        return int(found)

    @precondition(lambda self: self.turns())
    @rule(which=st.integers(0, 99), end=st.data())
    def go_on(self, which: int, end: st.DataObject) -> None:
        """Let an answer go on that was cut off; no other one can."""
        talk, turn = self.picked(which)
        said, state = self.answered(end)
        work = self.again(talk, turn, AgainKind.CONTINUE, said, state)
        if not (turn.answer and turn.answer.is_cut):
            with pytest.raises(Repeated):
                self.shared.run(work)
            return
        *sent, _instruction = self.shared.run(work)
        viewer = turn.author.id if turn.private else None
        assert sent == messages([*talk.past(viewer, talk.before(turn)), turn])
        turn.go_on(said, is_cut=state is AnswerState.LENGTH)

    @precondition(lambda self: self.turns())
    @rule(which=st.integers(0, 99), step=st.sampled_from([-1, 1]))
    def turn_over(self, which: int, step: int) -> None:
        """Press an arrow below an answer."""
        talk, turn = self.picked(which)
        self.shared.run(self.arrow(talk, turn, step))
        turn.shown = max(0, min(turn.shown + step, len(turn.variants) - 1))

    async def arrow(self, talk: PlainTalk, turn: PlainTurn, step: int) -> None:
        """Show the answer before or after the one that is shown."""
        number, by = await self.answer_of(talk, turn), self.question(talk, turn.author)
        await self.shared.variants.turn_over(number, by, step, Wall().open, nothing)

    @precondition(lambda self: any(it.message for _, it in self.turns(answered=False)))
    @rule(which=st.integers(0, 99))
    def edit(self, which: int) -> None:
        """Edit a question's message, which its copies in branches share."""
        message, text = self.message(which), self.words("Edited")
        edited = Question(Person(1, "Ada", "ada"), Place(0), text, NOW, message_id=message)
        assert self.shared.run(self.shared.memory.revise(edited))
        for _, it in self.turns(answered=False):
            if it.message == message:
                it.text = text

    @precondition(lambda self: any(it.message for _, it in self.turns(answered=False)))
    @rule(which=st.integers(0, 99))
    def delete(self, which: int) -> None:
        """Delete a question's message, which its copies in branches share."""
        message = self.message(which)
        self.shared.run(self.shared.memory.retract(0, [message]))
        for _, it in self.turns(answered=False):
            if it.message == message:
                it.is_gone = True

    def message(self, which: int) -> int:
        """Return one of the messages that questions stand in."""
        found = [it.message for _, it in self.turns(answered=False) if it.message is not None]
        return found[which % len(found)]

    @precondition(lambda self: self.turns() and len(self.talks) < 6)
    @rule(which=st.integers(0, 99))
    def branch(self, which: int) -> None:
        """Go on from an answer in a thread of its own."""
        talk, turn = self.picked(which)
        made = talk.branch(turn, self.talk().place)
        assert self.shared.run(self.branched(talk, turn, made.place)) == len(made.turns)
        self.talks.append(made)

    async def branched(self, talk: PlainTalk, turn: PlainTurn, place: Place) -> int:
        """Press Thread below an answer."""
        number, by = await self.answer_of(talk, turn), self.question(talk, turn.author)
        root = await self.shared.branching.root(number, by)
        return await self.shared.branching.begin(root, place, turn.author.id)

    @precondition(lambda self: self.turns())
    @rule(where=st.integers(0, 9))
    def clear(self, where: int) -> None:
        """Let a conversation begin afresh."""
        talk = self.talks[where % len(self.talks)]
        viewer = talk.turns[-1].author.id if talk.turns else 0
        if self.shared.run(self.cleared(talk.place, viewer)):
            talk.cleared = len(talk.turns)

    async def cleared(self, place: Place, viewer_id: int) -> bool:
        """Clear a place, if somebody sees anything there."""
        async with self.shared.database.writing() as tx:
            done = await tx.shelves.clear(await tx.history.open(place), viewer_id)
            await tx.commit()
        return done is not None

    @precondition(lambda self: len(self.turns()) > 3)
    @rule(who=st.integers(0, 2))
    def forget(self, who: int) -> None:
        """Let somebody have all forgotten that they said."""
        person = self.people[who]
        self.shared.run(self.shared.forgetting.forget(person.id, self.shared.now()))
        for talk in self.talks:
            for it in talk.turns:
                it.is_gone = it.is_gone or it.author == person

    @precondition(lambda self: not self.is_fresh)
    @rule()
    def restart(self) -> None:
        """Close everything and open it anew, if anything was said since that was done last."""
        self.is_fresh = True
        self.shared.run(self.shared.stop())
        self.shared.run(self.shared.start())

    @invariant()
    def remember_alike(self) -> None:
        """Compare what everybody's prompts would hold, and what they would export."""
        self.shared.run(self.shared.database.write(self.compare))

    async def compare(self, tx: StoredTransaction) -> None:
        """Do it in one transaction."""
        for talk in self.talks:
            conversation = await tx.history.conversation_of(talk.place.channel_id)
            if conversation is None:
                assert not talk.turns
                continue
            for viewer in (None, *(it.id for it in self.people)):
                past = await tx.history.past(conversation, viewer, 2_000)
                assert [said(it) for it in past] == [said(it) for it in talk.past(viewer)]
            exported = await exported_of(tx, talk, self.people[0])
            assert exported == [
                (it.text, [(one.text, one is it.answer) for one in it.variants])
                for it in talk.past(self.people[0].id)
            ]


def said(turn: Turn | PlainTurn) -> tuple[int, str, str | None]:
    """Return who asked what, and which answer to it is in the past."""
    return turn.author.id, turn.text, turn.answer.text if turn.answer else None


async def exported_of(
    tx: StoredTransaction, talk: PlainTalk, person: Person
) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return the questions of an export, with their variants, of which one is chosen."""
    found: list[Exported] = []
    pages = tx.exports.turns(talk.place.channel_id, person.id)
    async with aclosing(pages):
        async for turns in pages:
            found += turns
    return [(it.text, [(one.text, one.chosen) for one in it.answers]) for it in found]


@pytest.mark.timeout(1_800)
def test_history_is_what_a_plain_model_says(url: str, kind: str) -> None:
    """Said, edited, deleted, regenerated, continued, branched, cleared, forgotten, restarted."""
    shared = Shared(url)
    try:
        run_state_machine_as_test(
            lambda: Machine(shared),  # type: ignore[arg-type]  # it takes whatever makes one
            settings=settings(
                max_examples=EXAMPLES if kind == "sqlite" else max(1, EXAMPLES // 10),
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        shared.close()
