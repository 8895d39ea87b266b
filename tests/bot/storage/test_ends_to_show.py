"""Ends of answers that are still to be shown: marked until somebody has painted them."""

import asyncio
from datetime import timedelta

import pytest
import structlog

from bot.errors import NotHere, OutOfReach, ScreenGone
from bot.memory.variants import Variants
from bot.messages import AnswerState, ScreenAddress
from bot.storage.database import Database
from bot.turns.keeper import Keeper
from bot.turns.onscreen import OnScreen
from bot.turns.order import Turns
from bot.turns.repainting import Repainting
from tests.bot.storage.conftest import NOW, Look
from tests.bot.storage.test_history import USAGE, ask, begin, question
from tests.bot.storage.test_keeper import Counting, draft_of
from tests.bot.storage.test_opening import openings
from tests.bot.storage.test_variants import QUESTION, SHOWN, Wall, nothing, past
from tests.bot.storage.test_variants import ask as ask_for

LOG = structlog.get_logger(__name__)
PLACE = ScreenAddress(10, (901,))
ALWAYS = timedelta(days=999)


async def begun(database: Database, *, ends: bool = True) -> tuple[int, int]:
    """Begin an answer that is shown somewhere, and let it end; return the turn and the answer."""
    async with database.writing() as tx:
        turn = await ask(tx, question())
        answer, hold = await begin(tx, turn)
        await tx.history.locate({answer: PLACE})
        if ends:
            await tx.history.finish(answer, AnswerState.COMPLETE, "gen", "Yes.", "", 1, None, NOW)
            await tx.ledger.settle(hold, None, NOW)
        await tx.commit()
    return turn, answer


async def unshown(database: Database) -> list[int]:
    """Return the answers whose ends are to be shown."""
    async with database.reading() as tx:
        return [it.id for it in await tx.history.unshown(NOW - ALWAYS, NOW + ALWAYS)]


async def test_marked_until_it_is_shown(database: Database) -> None:
    """An answer that ended is to be shown until it was; one that runs is running."""
    turn, answer = await begun(database)
    _, growing = await begun(database, ends=False)
    assert await unshown(database) == [answer]
    async with database.reading() as tx:
        assert [it.id for it in await tx.history.running()] == [growing]
        [left] = await tx.history.unshown_in(10)
        assert (left.id, left.turn_id, left.text, left.address) == (answer, turn, "Yes.", PLACE)
        assert not left.bill_is_open
        assert await tx.history.unshown_of(answer) == left
        assert await tx.history.unshown_of(growing) is None
        assert await tx.history.unshown_in(11) == []
        assert await tx.history.unshown(NOW - ALWAYS, NOW - timedelta(seconds=1)) == []
        assert await tx.history.unshown(NOW + timedelta(seconds=1), NOW + ALWAYS) == []
    async with database.writing() as tx:
        await tx.history.shown([answer])
        await tx.commit()
    assert await unshown(database) == []


async def test_who_paid(database: Database, look: Look) -> None:
    """Where another paid for an answer, that is known from its hold, and later from the ledger."""
    await begun(database)
    await begun(database, ends=False)
    await look("UPDATE holds SET asker_id = user_id, user_id = 77")
    async with database.writing() as tx:
        [left] = await tx.history.running()
        assert left.paid_by == 77
        await tx.ledger.settle(left.hold_id, USAGE, NOW)
        await tx.history.finish(left.id, AnswerState.COMPLETE, None, "So.", "", 1, USAGE, NOW)
        await tx.commit()
    async with database.reading() as tx:
        found = await tx.history.unshown_in(10)
    assert [(it.paid_by, it.usage) for it in found] == [(None, None), (77, USAGE)]


async def test_who_takes_the_place_takes_the_mark(database: Database) -> None:
    """Where another answer takes an earlier one's place, that one alone is to be shown."""
    turn, first = await begun(database)
    async with database.writing() as tx:
        place = await tx.variants.take_over(turn)
        await tx.commit()
    assert await unshown(database) == []
    async with database.writing() as tx:
        await tx.variants.choose(turn, first, place)
        await tx.commit()
    assert await unshown(database) == [first]


async def test_arrows_leave_nothing_to_show(database: Database) -> None:
    """What an arrow led to is shown; where that failed, what stands there is to be painted anew."""
    first, second = await ask_for(database, "Blue.", "Green.")
    keeper = Keeper(database, log=LOG)
    arrows = Variants(database, openings(database), Turns(), keeper, OnScreen())
    await arrows.turn_over(second, QUESTION, -1, Wall().open, nothing)
    await keeper.close()
    assert first not in await unshown(database)
    with pytest.raises(NotHere):
        await arrows.turn_over(first, QUESTION, 1, Refusing(OutOfReach()).open, nothing)
    assert first in await unshown(database)


async def test_shown_ends_share_what_is_stored(database: Database) -> None:
    """While answers grow, what is shown is stored with what they get next, or when the bot ends."""
    answers = [(await begun(database))[1] for _ in range(20)]
    _, growing = await begun(database, ends=False)
    storage = Counting(database)
    keeper = Keeper(storage, log=LOG, every=600)
    with keeper.keeping(growing, draft_of(growing, "One")):
        for answer in answers[:10]:
            keeper.shown(answer)
        async with asyncio.timeout(10):
            while await unshown(database) != answers[10:]:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
        assert storage.written == 1
        for answer in answers[10:]:
            keeper.shown(answer)
        await keeper.close()
    assert await unshown(database) == []
    assert storage.written == 2


async def test_nobody_waits_long(database: Database) -> None:
    """By itself it is stored once, and then the keeper rests."""
    _, answer = await begun(database)
    storage = Counting(database)
    keeper = Keeper(storage, log=LOG, every=0.05)
    before = asyncio.all_tasks()
    keeper.shown(answer)
    async with asyncio.timeout(10):
        while asyncio.all_tasks() != before:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    assert await unshown(database) == []
    assert storage.written == 1


class Refusing(Wall):
    """A screen on which nothing can be shown, for this reason."""

    def __init__(self, error: ScreenGone) -> None:
        super().__init__()
        self._error = error

    async def finish(self, snapshot: object, before_last: object = None) -> None:
        """Refuse."""
        del snapshot, before_last
        raise self._error


class Watched(OnScreen):
    """Tells when somebody waits for who is painting."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited = asyncio.Event()

    async def quiet(self, turn_id: int) -> None:
        """Wait as others do, and tell of it."""
        self.awaited.set()
        await super().quiet(turn_id)


class Easel:
    """What repaints, and what it needs."""

    def __init__(self, database: Database) -> None:
        self.keeper = Keeper(database, log=LOG)
        self.onscreen = Watched()
        self.now = NOW
        self.repainting = Repainting(
            database, self.onscreen, self.keeper, now=lambda: self.now, log=LOG
        )


async def test_it_is_painted_once(database: Database) -> None:
    """How it ended is shown where it stands, and not another time."""
    _, answer = await begun(database)
    easel, wall = Easel(database), Wall()
    assert await easel.repainting.again(answer, wall.open)
    await easel.keeper.close()
    assert wall.address == PLACE
    assert wall.last is not None
    assert wall.last.closing is not None
    assert (wall.last.text, wall.last.closing.state) == ("Yes.", AnswerState.COMPLETE)
    assert not wall.last.closing.bill_is_open
    assert not await easel.repainting.again(answer, wall.open)


@pytest.mark.parametrize(("error", "stays"), [(OutOfReach(), True), (ScreenGone(), False)])
async def test_what_cannot_be_shown(database: Database, error: ScreenGone, *, stays: bool) -> None:
    """What is out of reach is to be shown later, what is gone never."""
    _, answer = await begun(database)
    easel = Easel(database)
    assert not await easel.repainting.again(answer, Refusing(error).open)
    await easel.keeper.close()
    assert (await unshown(database) == [answer]) is stays


async def test_a_turn_that_still_shows_it_is_left_alone(database: Database) -> None:
    """Who is painting an answer ends that; a thread that opens waits for it, and tries then."""
    turn, answer = await begun(database)
    easel, wall = Easel(database), Wall()
    async with easel.onscreen.showing(turn, Wall(), answer):
        assert not await easel.repainting.again(answer, wall.open)
        opening = asyncio.create_task(easel.repainting.in_channel(10, wall.open))
        await asyncio.wait_for(easel.onscreen.awaited.wait(), 10)
        assert wall.address is None
    await asyncio.wait_for(opening, 10)
    assert wall.last is not None
    await easel.keeper.close()
    assert await unshown(database) == []


async def test_who_comes_later_paints(database: Database) -> None:
    """A repaint that another one ends has shown nothing: the mark is that one's matter."""
    turn, answer = await begun(database)
    easel, later = Easel(database), Wall()

    class Overtaken(Wall):
        """A screen that another one replaces while it paints."""

        async def finish(self, snapshot: object, before_last: object = None) -> None:
            """Paint no more."""
            del snapshot, before_last
            await easel.onscreen.clear(turn)

    assert not await easel.repainting.again(answer, Overtaken().open)
    await easel.keeper.close()
    assert await unshown(database) == [answer]
    assert await easel.repainting.again(answer, later.open)
    await easel.keeper.close()


async def unseen(database: Database) -> int:
    """Let the second of two answers be one that nobody saw, so that the first counts."""
    first, second = await ask_for(database, "Blue.", "Green.")
    async with database.writing() as tx:
        answered = await tx.variants.of(second)
        assert answered is not None
        await tx.history.locate({second: SHOWN})
        await tx.variants.choose(answered.turn_id, first, None)
        await tx.commit()
    assert await past(database) == ["Blue."]
    return second


async def test_what_is_shown_at_last_counts(database: Database) -> None:
    """An answer that none saw when it ended is the one in the past as soon as it is shown."""
    second, easel, wall = await unseen(database), Easel(database), Wall()
    assert not await easel.repainting.again(second, Refusing(OutOfReach()).open)
    assert await past(database) == ["Blue."]
    assert await easel.repainting.again(second, wall.open)
    assert wall.last is not None
    assert wall.last.text == "Green."
    assert await past(database) == ["Green."]
    await easel.keeper.close()


async def test_who_turns_over_meanwhile_chooses(database: Database) -> None:
    """Where an arrow leads elsewhere while that is shown, what it leads to is the one."""
    second, easel = await unseen(database), Easel(database)
    arrows = Variants(database, openings(database), Turns(), easel.keeper, easel.onscreen)

    class Overtaken(Wall):
        """A screen on which somebody presses an arrow while it paints."""

        async def finish(self, snapshot: object, before_last: object = None) -> None:
            """Let the arrow be first."""
            del snapshot, before_last
            await arrows.turn_over(second, QUESTION, -1, Wall().open, nothing)

    assert not await easel.repainting.again(second, Overtaken().open)
    assert await past(database) == ["Blue."]
    await easel.keeper.close()


@pytest.mark.parametrize(
    ("state", "late", "comes"),
    [
        (AnswerState.COMPLETE, timedelta(hours=1), True),
        (AnswerState.COMPLETE, timedelta(hours=1, seconds=1), False),
        (AnswerState.INTERRUPTED, timedelta(days=2), True),
    ],
)
async def test_a_message_comes_soon_or_never(
    database: Database, state: AnswerState, late: timedelta, comes: bool
) -> None:
    """An answer without a message gets one within an hour, and one that was interrupted always."""
    async with database.writing() as tx:
        answer, hold = await begin(tx, await ask(tx, question()))
        await tx.history.finish(answer, state, "gen", "Yes.", "", 1, USAGE, NOW)
        await tx.ledger.settle(hold, USAGE, NOW)
        await tx.commit()
    easel, wall = Easel(database), Wall()
    easel.now += late
    assert await easel.repainting.again(answer, wall.open) is comes
    assert wall.address == (ScreenAddress(10) if comes else None)
    await easel.keeper.close()
    assert await unshown(database) == []
