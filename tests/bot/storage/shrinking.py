"""How long a failure is made smaller: until then, the smallest that was found is told."""

import time

from hypothesis.control import current_build_context
from hypothesis.errors import HypothesisException


class Shrinking:
    """Knows whether there was time enough to make a failure smaller."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing but what is told in the end is worth running."""
        late = self._until is not None and time.monotonic() > self._until
        return late and not current_build_context().is_final

    def note(self, error: BaseException | None) -> None:
        """Take in how an example ended."""
        is_failure = isinstance(error, Exception) and not isinstance(error, HypothesisException)
        if is_failure and self._until is None:
            self._until = time.monotonic() + self._seconds
