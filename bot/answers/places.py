"""Where growing answers stand, and which of them were deleted meanwhile; pure."""

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager

DELETED_OF_LATE = 500
"""Messages whose deletion is remembered: Discord may tell of it before it tells of the message."""


class Places:
    """The messages of answers that grow, or whose end is about to be stored."""

    def __init__(self) -> None:
        self._messages: dict[int, tuple[int, ...]] = {}
        self._deleted = deque[int](maxlen=DELETED_OF_LATE)
        self._forgotten: set[int] = set()

    @contextmanager
    def of(self, answer_id: int) -> Generator[None]:
        """Know an answer while the block runs."""
        self._messages[answer_id] = ()
        try:
            yield
        finally:
            del self._messages[answer_id]
            self._forgotten.discard(answer_id)

    def put(self, answer_id: int, message_ids: tuple[int, ...]) -> bool:
        """Note where an answer stands; tell whether one of the messages is deleted already."""
        if answer_id in self._messages:
            self._messages[answer_id] = message_ids
        return any(it in self._deleted for it in message_ids)

    def delete(self, message_id: int) -> list[int]:
        """Note that a message was deleted; return the answers that stood in it."""
        self._deleted.append(message_id)
        return [answer for answer, place in self._messages.items() if message_id in place]

    def is_deleted(self, message_id: int) -> bool:
        """Tell whether a message was deleted of late."""
        return message_id in self._deleted

    def forget(self, answer_id: int) -> None:
        """Let nothing of an answer be stored, if it is known."""
        if answer_id in self._messages:
            self._forgotten.add(answer_id)

    def is_forgotten(self, answer_id: int) -> bool:
        """Tell whether nothing of an answer may be stored."""
        return answer_id in self._forgotten
