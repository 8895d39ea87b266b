"""What remembers in the core, on a real database: as people use it, and started anew at will."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.choices import Most
from bot.memory.edits import Memory
from bot.memory.forgetting import Forgetting
from bot.memory.shelves import Shelves
from bot.memory.variants import Variants
from bot.messages import AgainKind, AnswerState, Person, Place, Question, ScreenAddress
from bot.prompts.tokens import Correction
from bot.records.shelf import Deed, Item, Kind, Wish
from bot.storage.database import Database
from bot.threads.branching import Branching
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.opening import Opening, Openings
from bot.turns.order import Turns
from bot.turns.prompting import Limits, Prompts
from bot.turns.settlement import End, Settlement
from tests.bot.storage.conftest import NOW
from tests.bot.storage.test_opening import Model
from tests.bot.storage.test_variants import Wall, nothing

T = TypeVar("T")


class House:
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
        log, turns, onscreen = structlog.get_logger(), Turns(), OnScreen()
        self.database = await Database.open(self.url, clock=self.now, defaults=(), ceiling=None)
        self.eyes: AsyncEngine = create_async_engine(self.url, pool_size=1)
        database, model = self.database, Model(None)
        prompts = Prompts(slug="a/b", limits=Limits(80_000, 2_000), correction=Correction())
        self.openings = Openings(database, model, prompts, now=self.now)
        self.settlement = Settlement(
            database, model, slug="a/b", least_output_tokens=1, now=self.now
        )
        self.keeper = Keeper(database, log=log)
        self.variants = Variants(database, self.openings, turns, self.keeper, onscreen)
        self.branching = Branching(database, self.openings, most_turns=2_000)
        most = Most(80_000, 2_000)
        self.memory = Memory(database, turns, self.keeper, onscreen, most=most, now=self.now)
        self.shelves = Shelves(database, model, self.openings, prompts, now=self.now)
        self.forgetting = Forgetting(database, turns, database, now=self.now, log=log)

    async def stop(self) -> None:
        """Close all of it."""
        await self.forgetting.settled()
        await self.forgetting.close()
        await self.keeper.close()
        await self.eyes.dispose()
        await self.database.close()

    async def restart(self) -> None:
        """Close everything and open it anew."""
        await self.stop()
        await self.start()

    def close(self) -> None:
        """Close the database and end the loop."""
        self.run(self.stop())
        self.loop.close()

    def question(
        self, place: Place, author: Person, words: str = "", *, private: bool = False
    ) -> Question:
        """Return a question that is asked now."""
        return Question(author, place, words, self.now(), private=private)

    async def answer_of(self, place: Place, words: str) -> int:
        """Return the id of the answer with these words; no other in its place has the same."""
        statement = (
            "SELECT max(answers.id) FROM answers JOIN turns ON turns.id = answers.turn_id"
            " JOIN conversations ON conversations.id = turns.conversation_id"
            " WHERE channel_id = :channel AND answers.text = :text"
        )
        async with self.eyes.begin() as connection:
            given = {"channel": place.channel_id, "text": words}
            found = (await connection.execute(text(statement), given)).scalar()
        assert found is not None
        return int(found)

    async def ask(
        self, question: Question, said: str, state: AnswerState, shown_in: int
    ) -> list[str]:
        """Let a question be answered in a message, and return what the model was sent."""
        opening = await self.openings.open(question)
        assert isinstance(opening, Opening)
        address = ScreenAddress(question.place.channel_id, (shown_in,))
        assert opening.address in (None, address)
        await self.keeper.locate(opening.answer_id, address)
        words = opening.placement.begins + said if said else ""
        end = End(opening.answer_id, opening.hold_id, state, None, words, "A thought.")
        await self.settlement.settle(end, None, None)
        return [it.content for it in opening.prompt.messages[1:]]

    async def again(
        self, answer: int, by: Question, kind: AgainKind, said: str, state: AnswerState, where: int
    ) -> list[str]:
        """Press a button below an answer, and return what the model was sent."""
        question = await self.variants.asked_before(answer, by, kind)
        return await self.ask(question, said, state, where)

    async def turn_over(self, answer: int, by: Question, step: int) -> None:
        """Press an arrow below an answer."""
        await self.variants.turn_over(answer, by, step, Wall().open, nothing)

    async def branch(self, answer: int, by: Question, place: Place) -> int:
        """Press Thread below an answer; return how many turns the thread begins with."""
        root = await self.branching.root(answer, by)
        return await self.branching.begin(root, place, by.author.id)

    async def shelf(self, by: Question) -> tuple[Item, ...]:
        """Return what `/history show` lists for somebody."""
        return (await self.shelves.show(by)).items

    async def change(self, by: Question, number: int, deed: Deed) -> None:
        """Do something to a turn on somebody's own shelf."""
        listed = await self.shelf(replace(by, private=True))
        wish = Wish(deed, Kind.TURN, listed[number].id)
        await self.shelves.change(by, [wish], moderates=False)
