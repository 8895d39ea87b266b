"""What is told of a failure that is no longer made smaller: its steps, and what they came to."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests.bot.storage.shrinking import Enough, Shrinking, Telling, step


class Counter(Telling):
    """Fails at a large number."""

    @step(number=st.integers(0, 9))
    def count(self, number: int) -> None:
        """Take a number."""
        assert number < 5


def test_the_smallest_by_then_is_told() -> None:
    """Where the time is over at once, the first failure is told by its steps, with its cause."""
    shrinking = Shrinking(0.0)
    with pytest.raises((Enough, Flaky)):
        run_state_machine_as_test(
            lambda: Counter(shrinking),  # type: ignore[arg-type]  # it takes whatever makes one
            settings=settings(database=None, suppress_health_check=list(HealthCheck)),
        )
    with pytest.raises(
        AssertionError, match=r"failed; so do these steps:\n(count.*\n)*count"
    ) as it:
        shrinking.tell()
    assert isinstance(it.value.__cause__, AssertionError)
    Shrinking(0.0).tell()  # of nothing there is nothing to tell
