"""The shelf: it says of each turn and file whether a prompt holds it, and adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QuestionTooLong
from bot.messages import Answer, AnswerState, KeptFile, Person, Turn
from bot.prompts import context
from bot.prompts.context import Fitted
from bot.prompts.tokens import Scale
from bot.quota.pricing import Estimate
from bot.records.shelf import Card, Item, Kind, Standing, items_of, shelf_of
from bot.streaming import Message

ADA, BEN = Person(1, "Ada", "ada"), Person(2, "Ben", "ben")
FREE = Estimate(0, None)


@st.composite
def cards(draw: st.DrawFn) -> list[Card]:
    """Return turns of all kinds, in order."""
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        words = draw(st.sampled_from(["", f"question {number}"]))
        files = tuple(
            KeptFile(
                10 * number + it, f"{number}-{it}.txt", f"text {it}", size, draw(st.booleans())
            )
            for it, size in enumerate(draw(st.lists(st.integers(1, 300), max_size=3)))
        )
        said = draw(st.none() | st.integers(1, 300))
        answer = said and Answer(number, f"answer {number}", AnswerState.COMPLETE, said)
        turn = Turn(
            id=number,
            author=draw(st.sampled_from([ADA, BEN])),
            text=words,
            tokens=draw(st.integers(1, 200)) if words else 0,
            answer=answer or None,
            files=files,
            pinned=draw(st.booleans()),
        )
        dropped = draw(st.frozensets(st.sampled_from(files))) if files else frozenset[KeptFile]()
        ids = frozenset(it.id for it in dropped)
        found.append(Card(turn, is_dropped=draw(st.booleans()), dropped_files=ids))
    return found


def past_of(found: list[Card], window: int) -> list[Turn]:
    """Return what the storage gives for a prompt: nothing dropped, before the window only pins."""
    turns = []
    for card in found:
        files = tuple(it for it in card.turn.files if it.id not in card.dropped_files)
        turn = Turn(
            card.turn.id,
            card.turn.author,
            card.turn.text,
            card.turn.tokens,
            card.turn.answer,
            files,
            card.turn.pinned,
        )
        part = turn if turn.id >= window else turn.pinned_part
        if part is not None and not card.is_dropped:
            turns.append(part)
    return turns


def listed(items: tuple[Item, ...]) -> list[str]:
    """Return what a shelf says that a prompt holds, with a turn's files before its answer."""
    said: list[str] = []
    answers: dict[int, str] = {}
    for item in items:
        if item.kind is Kind.TURN:
            said += [it for number, it in answers.items() if number < item.number]
            answers = {}
        if item.standing is Standing.SEEN:
            said += [item.words] if item.words else []
            if item.answer:
                answers[item.number] = item.answer
    return [*said, *answers.values()]


def sent(messages: tuple[Message, ...]) -> list[str]:
    """Return what a prompt holds of the past: words, files by their names, answers."""
    said: list[str] = []
    for message in messages[1:-1]:
        if message.role == "assistant":
            said.append(message.content)
            continue
        words, *files = message.content.partition(": ")[2].split("File ")
        said += [words.strip()] if words.strip() else []
        said += [it.partition(":\n")[0] for it in files]
    return said


def fitted(past: list[Turn], budget: int, scale: Scale) -> Fitted:
    """Fit an empty question of Ada's."""
    return context.fit(past, ADA, "", 0, budget, scale)


@given(
    found=cards(),
    window=st.integers(0, 8),
    budget=st.integers(700, 4_000),
    slope=st.floats(0.5, 2.0),
)
def test_a_shelf_lists_what_a_prompt_holds(
    found: list[Card], window: int, budget: int, slope: float
) -> None:
    """Whatever is pinned or dropped and wherever the window begins, both say the same."""
    scale = Scale(slope)
    try:
        fit = fitted(past_of(found, window), budget, scale)
    except QuestionTooLong:
        return
    items = items_of(found, fit.kept, scale)
    assert listed(items) == sent(fit.messages)
    shelf = shelf_of(
        items, total=fit.tokens, budget=budget, instructions=60, estimate=FREE, older=0
    )
    seen = sum(it.tokens for it in shelf.standing(Standing.SEEN))
    assert seen + shelf.instructions + shelf.around == shelf.total <= budget
    assert not shelf.overflows


@given(cards())
def test_everything_is_somewhere(found: list[Card]) -> None:
    """Each turn stands on the shelf once, and each file, but for those that went with a turn."""
    items = items_of(found, (), Scale())
    turns = [it.id for it in items if it.kind is Kind.TURN]
    assert turns == [it.turn.id for it in found]
    files = [it.id for it in items if it.kind is Kind.FILE]
    assert files == [file.id for it in found if not it.is_dropped for file in it.turn.files]
    dropped = [it.id for it in items if it.kind is Kind.TURN and it.standing is Standing.DROPPED]
    assert dropped == [it.turn.id for it in found if it.is_dropped]


@pytest.mark.parametrize("is_pinned", [True, False])
def test_a_pinned_file_outlasts_its_turn(is_pinned: bool) -> None:
    """Of a turn that fell out its pinned files stay, and the turn itself is left out."""
    files = (KeptFile(7, "a.txt", "text", 5, is_pinned), KeptFile(8, "b.txt", "text", 5))
    turn = Turn(1, ADA, "what is in there?", 5, None, files)
    kept = [part] if (part := turn.pinned_part) else []
    standings = [it.standing for it in items_of([Card(turn)], kept, Scale())]
    seen = Standing.SEEN if is_pinned else Standing.LEFT_OUT
    assert standings == [Standing.LEFT_OUT, seen, Standing.LEFT_OUT]
