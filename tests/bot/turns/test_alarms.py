"""Alarms: everybody is turned away for a minute, the operator hears once an hour of each kind."""

import asyncio
from collections.abc import AsyncGenerator
from decimal import Decimal

import pytest
import structlog

from bot.errors import CreditsExhausted, KeyRejected, ModelError, RateLimited
from bot.messages import KeyInfo, Price, Usage
from bot.notes import Alarm
from bot.streaming import Prompt, StreamEvent
from bot.turns.alarms import AGAIN_AFTER, SHUT_FOR, Alarms


class Model:
    """A model whose key is what a test says."""

    def __init__(self) -> None:
        self.info: KeyInfo | ModelError = KeyInfo(None, None)

    async def key(self) -> KeyInfo:
        if isinstance(self.info, ModelError):
            raise self.info
        return self.info

    async def price(self, model: str) -> Price | None:
        del model
        return Price(Decimal("0.000001"), Decimal("0.000002"))

    async def billed(self, generation_id: str) -> Usage | None:
        del generation_id
        return None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[StreamEvent]:
        del prompt
        nothing: tuple[StreamEvent, ...] = ()
        for event in nothing:
            yield event


class Office:
    """Alarms with a clock to be moved and an operator who notes what they hear."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.model = Model()
        self.heard: list[Alarm] = []
        self.elsewhere: set[Alarm] = set()
        self.alarms = Alarms(
            self.model,
            slug="a/b",
            most_tokens=(1_000, 500),
            clock=lambda: self.now,
            log=structlog.get_logger("test"),
            claim=self.claim,
        )

    async def claim(self, alarm: Alarm) -> bool:
        """Let this process tell of it, unless another has."""
        return alarm not in self.elsewhere

    async def tell(self, alarm: Alarm) -> None:
        """Hear of an alarm."""
        self.heard.append(alarm)


@pytest.fixture
async def office() -> AsyncGenerator[Office]:
    """Return an office whose watch has begun."""
    it = Office()
    it.alarms.start(it.tell)
    await settle()
    yield it
    await it.alarms.close()


async def settle() -> None:
    """Let what was begun run."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("error", "alarm"),
    [
        (CreditsExhausted(status=402), Alarm.CREDITS_GONE),
        (KeyRejected(status=401), Alarm.KEY_REJECTED),
    ],
)
async def test_a_minute_without_asking(office: Office, error: ModelError, alarm: Alarm) -> None:
    """After such an error all are refused with the same for a minute, and then let through."""
    office.alarms.require_open()
    office.alarms.hear(error)
    with pytest.raises(type(error)) as caught:
        office.alarms.require_open()
    assert (caught.value.status, caught.value.begun) == (error.status, False)
    office.now += SHUT_FOR - 1
    with pytest.raises(type(error)):
        office.alarms.require_open()
    office.now += 1
    office.alarms.require_open()
    await settle()
    assert office.heard == [alarm]


async def test_once_an_hour_for_each_kind(office: Office) -> None:
    """The same kind is told again after an hour; another kind is told at once."""
    for _ in range(3):
        office.alarms.hear(CreditsExhausted(status=402))
    office.alarms.hear(KeyRejected(status=401))
    await settle()
    assert office.heard == [Alarm.CREDITS_GONE, Alarm.KEY_REJECTED]
    office.now += AGAIN_AFTER
    office.alarms.hear(CreditsExhausted(status=402))
    await settle()
    assert office.heard == [Alarm.CREDITS_GONE, Alarm.KEY_REJECTED, Alarm.CREDITS_GONE]


async def test_what_another_process_has_told_is_not_told_again(office: Office) -> None:
    """Where the operator has heard of it from elsewhere, people are turned away and that is all."""
    office.elsewhere.add(Alarm.CREDITS_GONE)
    office.alarms.hear(CreditsExhausted(status=402))
    office.alarms.hear(KeyRejected(status=401))
    with pytest.raises(KeyRejected):
        office.alarms.require_open()
    await settle()
    assert office.heard == [Alarm.KEY_REJECTED]


async def test_other_trouble_is_no_alarm(office: Office) -> None:
    """What passes by itself, or is nobody's fault here, turns nobody away."""
    office.alarms.hear(RateLimited(status=429))
    office.alarms.hear(ValueError())
    office.alarms.require_open()
    await settle()
    assert office.heard == []


@pytest.mark.parametrize(
    ("limit", "left", "expected"),
    [
        (None, None, []),
        (10_000_000, 500_000, []),
        (10_000_000, 499_999, [Alarm.CREDITS_LOW]),
        (10_000, 2_000, []),
        (10_000, 1_999, [Alarm.CREDITS_LOW]),
        (None, 1_999, [Alarm.CREDITS_LOW]),
        (10_000_000, 0, [Alarm.CREDITS_GONE]),
        (10_000_000, -5, [Alarm.CREDITS_GONE]),
    ],
)
async def test_what_the_key_has_left(
    office: Office, limit: int | None, left: int | None, expected: list[Alarm]
) -> None:
    """Below a twentieth of the limit, or the dearest turn, it is nearly gone; at 0 it is gone."""
    office.model.info = KeyInfo(limit, left)
    await office.alarms.look()
    await settle()
    assert office.heard == expected
    assert bool(office.alarms.notes) == (expected == [Alarm.CREDITS_LOW])


async def test_credits_that_were_added_end_the_note(office: Office) -> None:
    """After credits were added, answers say nothing of them any more."""
    office.model.info = KeyInfo(10_000_000, 1)
    await office.alarms.look()
    assert office.alarms.notes
    office.model.info = KeyInfo(20_000_000, 10_000_001)
    await office.alarms.look()
    assert not office.alarms.notes


async def test_a_key_that_is_refused_when_looked_at(office: Office) -> None:
    """A look can find the key refused, too; other trouble on the way changes nothing."""
    office.model.info = RateLimited(status=429)
    await office.alarms.look()
    office.alarms.require_open()
    office.model.info = KeyRejected(status=401)
    await office.alarms.look()
    with pytest.raises(KeyRejected):
        office.alarms.require_open()
    await settle()
    assert office.heard == [Alarm.KEY_REJECTED]


async def test_without_an_operator_nothing_is_sent() -> None:
    """Where nobody is told, an alarm is a line in the log and no more."""
    office = Office()
    office.alarms.hear(CreditsExhausted(status=402))
    await office.alarms.close()
    assert office.heard == []
