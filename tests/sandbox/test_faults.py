"""Faults on demand meet the requests that they are meant for, and no others."""

import pytest

from sandbox.discord.faults import Fault, Faults


def test_nothing_happens_unasked() -> None:
    """Without a plan every request is served."""
    assert Faults().apply("GET", "/gateway") is None


def test_a_fault_happens_as_often_as_asked() -> None:
    """A plan for two requests is used up by two."""
    faults = Faults()
    faults.fail(status=503, times=2)
    assert [faults.apply("GET", "/gateway") for _ in range(3)] == [
        *[Fault(status=503, body={"message": "503: Fault on demand", "code": 0})] * 2,
        None,
    ]


def test_a_fault_waits_for_its_method_and_path() -> None:
    """Only a request whose method and path match uses the plan up."""
    faults = Faults()
    faults.fail("patch", r"/channels/\d+/messages/\d+$")
    assert faults.apply("POST", "/channels/1/messages") is None
    assert faults.apply("PATCH", "/channels/1") is None
    assert faults.apply("PATCH", "/channels/1/messages/2") is not None
    assert faults.apply("PATCH", "/channels/1/messages/2") is None


def test_the_oldest_matching_plan_goes_first() -> None:
    """Plans for the same request happen in the order in which they were made."""
    faults = Faults()
    faults.delay(path="messages", seconds=1.5)
    faults.drop()
    faults.fail(status=429, body={"message": "no", "retry_after": 1.0, "global": False})
    first, second, third = (faults.apply("POST", "/channels/1/messages") for _ in range(3))
    assert first == Fault(seconds=1.5)
    assert second == Fault(drop=True)
    assert third == Fault(status=429, body={"message": "no", "retry_after": 1.0, "global": False})


def test_clear_forgets_what_has_not_happened() -> None:
    """After clear, every request is served."""
    faults = Faults()
    faults.drop(times=9)
    assert faults.apply("GET", "/gateway") == Fault(drop=True)
    faults.clear()
    assert faults.apply("GET", "/gateway") is None


def test_a_fault_that_never_happens_is_a_mistake() -> None:
    """A plan for no request at all is refused."""
    with pytest.raises(ValueError, match="at least once"):
        Faults().drop(times=0)
