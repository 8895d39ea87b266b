"""How a long conversation's prompts begin: the same for many turns, whatever people do to it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Answer, AnswerState, KeptFile, Person, Turn
from bot.prompts.context import fit, with_files
from bot.prompts.tokens import Scale
from bot.prompts.windows import Window
from bot.streaming import Message

ADA = Person(1, "Ada", "ada")
TURNS = 100


@dataclass(slots=True)
class Talk:
    """A conversation as the storage keeps it, and how often its prompts began anew."""

    budget: int
    turns: list[Turn] = field(default_factory=list)
    window: Window = field(default_factory=Window)
    changes: int = 0
    reads: int = 0
    sent: tuple[Message, ...] = ()
    taken: int = 0
    asked: int = 0

    def past(self, start: int) -> list[Turn]:
        """Return what is read of the past from a turn on, and what is pinned before."""
        before = [part for it in self.turns if it.id < start and (part := it.pinned_part)]
        return [*before, *(it for it in self.turns if it.id >= start)]

    def ask(self, question: int, answer: int) -> None:
        """Ask a question of so many tokens, and get such an answer."""
        number = self.asked = self.asked + 1
        words = f"question {number}"
        files = (KeptFile(number, "notes.txt", "notes", 60),) if number % 9 == 0 else ()
        text, size = with_files(words, files), question + 60 * len(files)
        past, is_anew = self.past(self.window.start), False
        fitted = fit(past, ADA, text, size, self.budget, Scale())
        if self.window.leaves_room(past, self.budget):
            self.reads += 1
            anew = fit(self.turns, ADA, text, size, self.budget, Scale())
            if self.window.is_later_than(anew):
                fitted, past, is_anew = anew, self.turns, True
        self.window = self.window.after(fitted, past, self.budget, number, size, is_anew=is_anew)
        # What was sent before begins what is sent now, but for the answer that came since.
        if fitted.messages[: len(self.sent)] != self.sent:
            self.changes += 1
        self.sent, self.taken = fitted.messages, fitted.tokens
        said = Answer(number, f"answer {number}", AnswerState.COMPLETE, answer)
        self.turns.append(Turn(number, ADA, words, question, said, files))


def change_nothing(_talk: Talk, _number: int) -> int:
    """Let a conversation go on."""
    return 0


def pin(talk: Talk, _number: int) -> int:
    """Pin the turns with files, or their files alone: no prompt is another for it."""
    last = talk.turns[-1]
    if last.files and last.id % 2:
        talk.turns[-1] = replace(last, pinned=True)
    elif last.files:
        talk.turns[-1] = replace(last, files=(replace(last.files[0], pinned=True),))
    return 0


def edit(talk: Talk, number: int) -> int:
    """Edit a turn of the window now and then: what follows it can't be the same."""
    if number % 20 == 10:
        talk.turns[-3] = replace(talk.turns[-3], text=f"edited {number}")
        return 1
    return 0


def drop(talk: Talk, number: int) -> int:
    """Drop a turn of the window now and then, as a person or a moderator does."""
    if number % 20 == 10:
        del talk.turns[-4]
        return 1
    return 0


@pytest.mark.parametrize("act", [change_nothing, pin, edit, drop])
@pytest.mark.parametrize("budget", [8_000, 32_000])
def test_the_beginning_stays_for_many_turns(act: Callable[[Talk, int], int], budget: int) -> None:
    """Over 100 turns it changes at most 1 turn in 8, beside what people themselves change."""
    chance = random.Random(7)  # noqa: S311  # only lengths
    talk, theirs = Talk(budget), 0
    for number in range(TURNS):
        long = int(min(budget / 20, budget / 60 * chance.lognormvariate(0, 0.8)))
        talk.ask(long // 4, long)
        theirs += act(talk, number)
    assert talk.window.start > 1
    assert talk.reads <= theirs
    assert talk.changes - theirs <= TURNS / 8


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 650)), min_size=16, max_size=16),
    st.integers(20_000, 40_000),
)
def test_turns_of_any_lengths_share_their_beginning(
    lengths: list[tuple[int, int]], budget: int
) -> None:
    """Whatever the lengths, up to a twentieth of the window: at most 1 turn in 8."""
    talk = Talk(budget)
    for number in range(TURNS):
        talk.ask(*lengths[number % len(lengths)])
    assert talk.changes <= TURNS / 8


@pytest.mark.parametrize("turns", range(4, 40))
def test_the_beginning_stays_for_eight_turns_where_so_many_fit(turns: int) -> None:
    """Wherever eight turns and a half fit, the beginning is the same for at least eight of them."""
    talk = Talk(570 + int((turns + 0.5) * 200))
    for _ in range(TURNS):
        talk.ask(50, 120)
    if turns >= 8:
        assert talk.changes <= TURNS / 8
    assert talk.reads == 0


def test_dropped_turns_make_room() -> None:
    """What fell out is sent again, as much as a window holds, where what was seen is dropped."""
    talk = Talk(4_000)
    for _ in range(60):
        talk.ask(50, 100)
    start = talk.window.start
    talk.turns = [it for it in talk.turns if it.id < start or it.id > 57]
    talk.ask(50, 100)
    assert talk.window.start < start
    assert len(talk.sent) > 2 * 8
    changes = talk.changes
    for _ in range(8):
        talk.ask(50, 100)
    assert talk.changes == changes
    assert talk.reads == 1


def test_a_greater_budget_makes_room() -> None:
    """Where all of the past fits again, it begins where it began."""
    talk = Talk(2_000)
    for _ in range(20):
        talk.ask(50, 100)
    assert talk.window.start > 1
    talk.budget = 20_000
    talk.ask(50, 100)
    assert talk.window == Window()
    assert talk.sent[1].content.endswith("question 1")


ACTS = st.sampled_from(["ask", "ask", "ask", "ask", "drop", "edit", "restrict", "allow"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(ACTS, st.integers(0, 300)), min_size=30, max_size=120))
def test_whatever_people_do_the_newest_turns_are_sent(acts: list[tuple[str, int]]) -> None:
    """No prompt is over its budget, and each holds all turns from one on, up to the newest.

    By themselves windows are never read anew; where people dropped much, they are filled again.
    """
    talk, budgets = Talk(3_000), (3_000, 6_000)
    theirs = 0
    for act, size in acts:
        if act in ("restrict", "allow"):
            talk.budget = budgets[act == "allow"]
            theirs += 1
        elif act == "ask" or not talk.turns:
            talk.ask(size // 3, size)
            sent = [it.content for it in talk.sent[1:-1] if it.role == "assistant"]
            said = [it.answer.text for it in talk.turns[:-1] if it.answer]
            assert sent == said[len(said) - len(sent) :]
            assert talk.taken <= talk.budget
        elif act == "drop":
            del talk.turns[size % len(talk.turns)]
            theirs += 1
        else:
            which = size % len(talk.turns)
            talk.turns[which] = replace(talk.turns[which], tokens=size)
            theirs += 1
    assert talk.reads <= theirs
