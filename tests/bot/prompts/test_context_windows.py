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
from bot.streaming import Message

ADA = Person(1, "Ada", "ada")
TURNS = 100


@dataclass(slots=True)
class Talk:
    """A conversation as the storage keeps it, and how often its prompts began anew."""

    budget: int
    turns: list[Turn] = field(default_factory=list)
    window_start: int = 0
    changes: int = 0
    sent: tuple[Message, ...] = ()

    def ask(self, question: int, answer: int) -> None:
        """Ask a question of so many tokens, and get such an answer."""
        number = len(self.turns) + 1
        inside = [it for it in self.turns if it.id >= self.window_start]
        before = [
            part for it in self.turns if it.id < self.window_start and (part := it.pinned_part)
        ]
        words = f"question {number}"
        files = (KeptFile(number, "notes.txt", "notes", 60),) if number % 9 == 0 else ()
        text, size = with_files(words, files), question + 60 * len(files)
        fitted = fit([*before, *inside], ADA, text, size, self.budget, Scale())
        if fitted.moved:
            self.window_start = fitted.window_start or number
        # What was sent before begins what is sent now, but for the answer that came since.
        if fitted.messages[: len(self.sent)] != self.sent:
            self.changes += 1
        self.sent = fitted.messages
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
        talk.turns[-4] = replace(talk.turns[-4], id=-talk.turns[-4].id)
        talk.turns = [it for it in talk.turns if it.id > 0]
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
    assert talk.window_start > 1
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


def test_the_window_goes_only_forward() -> None:
    """What fell out stays out, also where dropped turns make room again."""
    talk = Talk(4_000)
    for _ in range(60):
        talk.ask(50, 100)
    start = talk.window_start
    talk.turns = [it for it in talk.turns if it.id <= start or it.id > 55]
    talk.ask(50, 100)
    assert talk.window_start == start
    assert talk.sent[1].content.endswith(f"question {start}")
