"""Bounds how long a failure of a state machine is made smaller, and tells the smallest by then."""

import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from hypothesis.errors import HypothesisException
from hypothesis.stateful import RuleBasedStateMachine, rule

P = ParamSpec("P")


class Enough(BaseException):
    """Ends the search; Hypothesis may make a `Flaky` of it, which it is not."""


class Shrinking:
    """Keeps the smallest failure, and ends the search for a smaller one some seconds later."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None
        self._is_over = False
        self._examples = self._first = 0
        self._steps: Sequence[str] = ()
        self._error: Exception | None = None

    def check(self) -> None:
        """Begin an example, or raise `Enough`."""
        if self._until is not None and time.monotonic() > self._until:
            self._is_over = True
            raise Enough
        self._examples += 1

    def note(self, error: BaseException | None, steps: Sequence[str]) -> None:
        """Take in how an example ended."""
        if not isinstance(error, Exception) or isinstance(error, HypothesisException):
            return
        if self._until is None:
            self._until = time.monotonic() + self._seconds
            self._steps = steps
            self._first = self._examples
        if len(steps) <= len(self._steps):
            self._steps, self._error = tuple(steps), error

    def tell(self) -> None:
        """Fail with the smallest failure, if the search was ended."""
        if not self._is_over:
            return
        told = f"example {self._first} failed; so do these steps:"
        raise AssertionError("\n".join((told, *self._steps))) from self._error


class Telling(RuleBasedStateMachine):
    """A state machine that notes its steps, and begins while there is time."""

    def __init__(self, shrinking: Shrinking) -> None:
        super().__init__()
        shrinking.check()
        self.shrinking = shrinking
        self.steps: list[str] = []

    def teardown(self) -> None:
        """Take in whether it failed."""
        self.shrinking.note(sys.exc_info()[1], self.steps)


M = TypeVar("M", bound=Telling)


def step(**strategies: Any) -> Callable[[Callable[Concatenate[M, P], None]], Any]:
    """Make a rule of a method, each call of which is noted."""

    def made(method: Callable[Concatenate[M, P], None]) -> Any:
        @wraps(method)
        def noted(self: M, *args: P.args, **values: P.kwargs) -> None:
            given = ", ".join(f"{name}={value!r}" for name, value in values.items())
            self.steps.append(f"{method.__name__}({given})")
            method(self, *args, **values)

        ruled: Callable[[Any], Any] = rule(**strategies)
        return ruled(noted)

    return made
