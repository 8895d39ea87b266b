"""Conversations against a plain model: whatever people do in whatever order, both remember alike.

What is compared is what the model is sent, what `/history show` lists with its marks, what an
export holds, and what the arrows lead to.
"""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import initialize, precondition, run_state_machine_as_test

from bot.errors import NothingThere, Repeated
from bot.messages import AgainKind
from bot.records.shelf import Deed
from tests.bot.storage.history_example import Example
from tests.bot.storage.history_house import House
from tests.bot.storage.history_sights import plain_listed, prompt_of, shown_of
from tests.bot.storage.plain_history import PlainTurn, messages
from tests.bot.storage.shrinking import Enough, Shrinking, step

EXAMPLES = int(os.environ.get("HISTORY_EXAMPLES", "30"))
"""Examples on SQLite; `make test-history` runs more of them."""

_ON_POSTGRES = 0.2
"""The share of examples there: each takes some times as long."""

_MOST_IN_ONE = {"sqlite": 10, "postgresql": 3}
"""Examples in one test of `make test`, so that all processors share them."""

STEPS = 30
"""What people do in one example."""

SHRINKS_FOR = 20.0
"""Seconds in which a failure is made smaller; the smallest that was found by then is told."""

ENDING = st.sampled_from(["whole", "whole", "cut", "failed"])
WAY = st.sampled_from(["by message", "by message", "by command", "in private"])
WHICH = st.integers(0, 99)
WHERE = st.integers(0, 9)
WHO = st.integers(0, 2)


class Machine(Example):
    """What people do to what was said."""

    @initialize(first=st.lists(st.tuples(WHO, WAY, ENDING), min_size=1, max_size=4))
    def begin(self, first: list[tuple[int, str, str]]) -> None:
        """Begin in a place of the example's own, where something was said."""
        self.settle()
        for who, way, end in first:
            self.say(where=0, who=who, way=way, end=end)

    @step(where=WHERE, who=WHO, way=WAY, end=ENDING)
    def say(self, where: int, who: int, way: str, end: str) -> None:
        """Ask in a way: what is sent is what `/history show` told before."""
        talk, author = self.plain.talks[where % len(self.plain.talks)], self.people[who]
        private, message = way == "in private", None
        if way == "by message":
            message = next(self.house.numbers)
        turn = PlainTurn(author, message, self.words("Question"), private)
        question = self.house.question(talk.place, author, turn.text, private=private)
        shelf = self.house.run(self.house.shelf(replace(question, text="")))
        said, state = self.said(end)
        turn.shown_in = next(self.house.numbers)
        question = replace(question, message_id=message)
        sent = self.house.run(self.house.ask(question, said, state, turn.shown_in))
        viewer = author.id if private else None
        assert sent == messages([*talk.past(viewer), turn])
        assert sent[:-1] == prompt_of(shelf)
        assert shown_of(shelf) == [*map(plain_listed, talk.listed(viewer))]
        talk.turns.append(turn)
        turn.regenerate(said, is_cut=end == "cut")

    @precondition(lambda self: self.turns())
    @step(which=WHICH, end=ENDING)
    def regenerate(self, which: int, end: str) -> None:
        """Let a question be answered another time."""
        talk, turn, number = self.picked(which)
        sent, said = self.again(talk, turn, number, AgainKind.REGENERATE, end)
        past = talk.past(turn.author.id if turn.private else None, talk.before(turn))
        assert sent == messages([*past, replace(turn, variants=[])])
        turn.regenerate(said, is_cut=end == "cut")

    @precondition(lambda self: self.turns())
    @step(which=WHICH, end=ENDING)
    def go_on(self, which: int, end: str) -> None:
        """Let an answer go on that was cut off; no other one can."""
        talk, turn, number = self.picked(which)
        if not (turn.answer and turn.answer.is_cut):
            with pytest.raises(Repeated):
                self.again(talk, turn, number, AgainKind.CONTINUE, end)
            return
        (*sent, _instruction), said = self.again(talk, turn, number, AgainKind.CONTINUE, end)
        past = talk.past(turn.author.id if turn.private else None, talk.before(turn))
        assert sent == messages([*past, turn])
        turn.go_on(said, is_cut=end == "cut")

    @precondition(lambda self: any(len(it.variants) > 1 for _, it in self.turns()))
    @step(which=WHICH, by=st.sampled_from([-1, 1]))
    def turn_over(self, which: int, by: int) -> None:
        """Press an arrow below an answer."""
        talk, turn, number = self.picked(which)
        question = self.house.question(talk.place, turn.author)
        self.house.run(self.house.turn_over(number, question, by))
        turn.turn_over(by)

    @precondition(lambda self: any(it.message for _, it in self.turns(answered=False)))
    @step(which=WHICH, is_new=st.sampled_from([True, True, False]))
    def edit(self, which: int, is_new: bool) -> None:
        """Edit a question's message, or something else about it that is no matter here."""
        message = self.message(which)
        old = next(it.text for _, _, it in self.plain.copies(message))
        text = self.words("Edited") if is_new else old
        somewhere = self.house.question(self.plain.talks[0].place, self.people[0])
        edited = replace(somewhere, text=text, message_id=message)
        assert self.house.run(self.house.memory.revise(edited))
        self.plain.edit(message, text)

    @precondition(lambda self: any(it.message for _, it in self.turns(answered=False)))
    @step(which=WHICH)
    def delete(self, which: int) -> None:
        """Delete a question's message, which its copies in branches share."""
        message = self.message(which)
        self.house.run(self.house.memory.retract(0, [message]))
        self.plain.delete(message)

    @precondition(lambda self: any(it.shown_in for _, it in self.turns(answered=False)))
    @step(which=WHICH)
    def delete_answer(self, which: int) -> None:
        """Delete the message that an answer stands in: all variants go, and all their copies.

        So does a question by a command, of which nothing else tells all.
        """
        found = [(talk, it) for talk, it in self.turns(answered=False) if it.shown_in]
        talk, turn = found[which % len(found)]
        assert turn.shown_in is not None
        self.house.run(self.house.memory.retract(talk.place.channel_id, [turn.shown_in]))
        self.plain.delete_answer(turn)

    @precondition(lambda self: self.turns() and len(self.plain.talks) < 4)
    @step(which=WHICH)
    def branch(self, which: int) -> None:
        """Go on from an answer in a thread of its own."""
        talk, turn, number = self.picked(which)
        made = talk.branch(turn, self.talk().place)
        by = self.house.question(talk.place, turn.author)
        assert self.house.run(self.house.branch(number, by, made.place)) == len(made.turns)
        self.plain.talks.append(made)

    @precondition(lambda self: self.turns(answered=False))
    @step(which=WHICH, deed=st.sampled_from(Deed))
    def change(self, which: int, deed: Deed) -> None:
        """Pin, unpin, drop or put back what stands on the shelf of who asked it."""
        found = [
            (talk, place, it)
            for talk in self.plain.talks
            for author in self.people
            for place, it in enumerate(talk.listed(author.id))
            if it.author == author
        ]
        if not found:
            return
        talk, place, turn = found[which % len(found)]
        by = self.house.question(talk.place, turn.author)
        self.house.run(self.house.change(by, place, deed))
        match deed:
            case Deed.PIN | Deed.UNPIN:
                turn.is_pinned = deed is Deed.PIN
            case Deed.DROP | Deed.RESTORE:
                turn.is_dropped = deed is Deed.DROP

    @precondition(lambda self: self.turns(answered=False))
    @step(where=WHERE, who=WHO, is_undone=st.booleans())
    def clear(self, where: int, who: int, is_undone: bool) -> None:
        """Let a conversation begin afresh, if whoever does it sees anything there, or almost so."""
        talk, author = self.plain.talks[where % len(self.plain.talks)], self.people[who]
        by = self.house.question(talk.place, author)
        cleared = self.house.run(self.house.shelves.clear(by))
        seen = talk.listed(author.id)
        assert (cleared.turns if cleared else 0) == len(seen)
        if cleared is not None:
            self.clears.append((talk, cleared, len(talk.turns), talk.cleared))
            talk.cleared = len(talk.turns)
            if is_undone:
                self.undo(-1)

    @precondition(lambda self: self.clears)
    @step(which=st.integers(1, 3))
    def undo_clear(self, which: int) -> None:
        """Undo one of the latest fresh starts, where no other one came after it."""
        self.undo(-min(which, len(self.clears)))

    def undo(self, which: int) -> None:
        """Press Undo below what tells of a fresh start."""
        talk, cleared, until, before = self.clears[which]
        by = self.house.question(talk.place, self.people[0])
        work = self.house.shelves.undo_clear(by, cleared.until, cleared.before)
        if talk.cleared == until:
            self.house.run(work)
            talk.cleared = before
        else:
            with pytest.raises(NothingThere):
                self.house.run(work)

    @precondition(lambda self: len(self.turns()) > 5)
    @step(who=WHO)
    def forget(self, who: int) -> None:
        """Let somebody have all forgotten that they said."""
        person = self.people[who]
        self.house.run(self.house.forgetting.forget(person.id, self.house.now()))
        self.plain.erase(person)

    @precondition(lambda self: not self.is_fresh)
    @step()
    def restart(self) -> None:
        """Close everything and open it anew, if anything was said since that was done last."""
        self.is_fresh = True
        self.house.run(self.house.restart())


def parts() -> list[tuple[str, int]]:
    """Return on which databases how many examples are run."""
    found = []
    on_postgres = max(1, int(EXAMPLES * _ON_POSTGRES))
    for kind, examples in (("sqlite", EXAMPLES), ("postgresql", on_postgres)):
        size = max(_MOST_IN_ONE[kind], -(-examples // 10))
        found += [(kind, min(size, examples - at)) for at in range(0, examples, size)]
    return found


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(("kind", "examples"), parts())
def test_history_is_what_a_plain_model_says(url: str, kind: str, examples: int) -> None:
    """Said, edited, deleted, answered anew, branched, pinned, dropped, cleared, forgotten."""
    del kind  # the address is of this kind
    house, shrinking = House(url), Shrinking(SHRINKS_FOR)
    try:
        run_state_machine_as_test(
            lambda: Machine(house, shrinking),  # type: ignore[arg-type]  # it takes whatever makes one
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                # Parts with one seed would all be the same.
                derandomize=False,
                report_multiple_bugs=False,
                phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
        )
    except (Enough, Flaky):
        shrinking.tell()
        raise
    finally:
        house.close()
