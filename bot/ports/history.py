"""What remembers turns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.answers.draft import Kept
from bot.answers.unfinished import LeftAnswer, LeftHold
from bot.messages import AnswerState, Attached, Place, Question, ScreenAddress, Turn, Usage
from bot.prompts.windows import Window


class History(Protocol):
    """Remembers turns, inside one transaction."""

    async def conversation_of(self, channel_id: int) -> int | None:
        """Return the id of a channel's conversation, or None where none was begun."""
        ...

    async def open(self, place: Place) -> int:
        """Return the id of the place's conversation, begun if there was none."""
        ...

    async def past(
        self,
        conversation_id: int,
        viewer_id: int | None,
        most: int,
        before: int | None = None,
        start: int | None = None,
    ) -> list[Turn]:
        """Return the latest turns, oldest first, from the `start` on, and what is pinned before.

        That is where the window starts, if nothing else is asked for. Turns in private are left
        out, but for the viewer's own; without a viewer, all of them. What an old turn rested on,
        `before` it, may lie before the window.
        """
        ...

    async def window(self, conversation_id: int, viewer_id: int | None) -> Window:
        """Return the viewer's window, everybody's where they have none, or one that never moved."""
        ...

    async def keep_window(
        self, conversation_id: int, viewer_id: int | None, window: Window
    ) -> None:
        """Let this be the viewer's window from now on, or everybody's."""
        ...

    async def token_ratios_of(self, conversation_id: int, most: int = 5) -> list[tuple[int, int]]:
        """Return prompts' tokens as estimated and as reported, the latest first."""
        ...

    async def ask(self, conversation_id: int, question: Question, tokens: int) -> int:
        """Store a question with its files and return its turn's id; the tokens are its words'."""
        ...

    async def latest_answer(self, turn_id: int) -> int | None:
        """Return the id of a turn's newest answer, whatever its state."""
        ...

    async def begin(
        self,
        turn_id: int,
        hold_id: int,
        model: str,
        estimated_tokens: int,
        at: datetime,
        *,
        continues: int | None = None,
        address: ScreenAddress | None = None,
    ) -> int:
        """Store a running answer and return its id."""
        ...

    async def is_running(self, answer_id: int) -> bool:
        """Tell whether an answer is stored as one that still grows."""
        ...

    async def locate(self, addresses: Mapping[int, ScreenAddress]) -> None:
        """Remember where answers are shown, by their ids."""
        ...

    async def shown(self, answer_ids: Iterable[int]) -> None:
        """Note that nothing of how these answers ended is to be shown any more."""
        ...

    async def keep(self, drafts: Sequence[Kept]) -> None:
        """Remember how far running answers have come."""
        ...

    async def finish(
        self,
        answer_id: int,
        state: AnswerState,
        generation_id: str | None,
        text: str,
        thinking: str,
        tokens: int,
        usage: Usage | None,
        at: datetime,
    ) -> bool:
        """Store an answer's end, and tell whether what it rested on has changed since it began.

        `usage` is None while the bill is still being asked for.
        """
        ...

    async def charge(self, answer_id: int, usage: Usage) -> None:
        """Store the bill of an answer that has ended, and nothing else of it."""
        ...

    async def revise(
        self,
        message_id: int,
        text: str,
        tokens: int,
        at: datetime,
        files: Sequence[Attached] = (),
        quoted_id: int | None = None,
        quoted_message_id: int | None = None,
    ) -> bool:
        """Replace a question's words and files, in branches too; False where it is not known.

        Where they were others before, answers from there on are marked stale.
        """
        ...

    async def retell(
        self, message_id: int, text: str, tokens: int, at: datetime, files: Sequence[Attached]
    ) -> bool:
        """Replace what threads began with that began with a message; False where none did."""
        ...

    async def attach(
        self, message_id: int, files: Sequence[Attached], at: datetime, *, begun: bool = False
    ) -> bool:
        """Replace the files of a message's question, or of the threads `begun` with it.

        Tell whether that changes any.
        """
        ...

    async def concerns(self, message_id: int) -> bool:
        """Tell whether a turn came from this message, or is about it."""
        ...

    async def requote(self, message_id: int, quote: str) -> bool:
        """Let questions about a message quote it as it is now; False where there are none."""
        ...

    async def unquote_all(self, message_ids: Sequence[int]) -> bool:
        """Take deleted messages' words out of the questions about them; False where none are."""
        ...

    async def knows(self, message_id: int, channel_id: int | None = None) -> bool:
        """Tell whether a turn came from this message, in any conversation or in a channel's own."""
        ...

    async def retract(self, message_id: int, at: datetime) -> bool:
        """Take a question out of the past; False where it is not known."""
        ...

    async def retract_all(self, message_ids: Sequence[int], at: datetime) -> set[int]:
        """Take questions out of the past; return the messages from which there were any."""
        ...

    async def answers_shown(self, channel_id: int, message_ids: Sequence[int]) -> list[int]:
        """Return the answers that any of these messages is a part of."""
        ...

    async def answer_shown(self, channel_id: int, message_id: int) -> int | None:
        """Return the answer that this message is a part of, or None."""
        ...

    async def forget_answer(self, *answer_ids: int) -> None:
        """Forget what answers said, in branches too; what it cost stays."""
        ...

    async def retract_with(self, *answer_ids: int) -> None:
        """Take the questions of deleted answers out, too, that no message but the answer shows."""
        ...

    async def running(self) -> list[LeftAnswer]:
        """Return the answers that are stored as running."""
        ...

    async def unshown(self, since: datetime, before: datetime) -> list[LeftAnswer]:
        """Return answers that ended in that time, and whose end is still to be shown."""
        ...

    async def unshown_in(self, channel_id: int) -> list[LeftAnswer]:
        """Return those of a channel, whenever they ended."""
        ...

    async def unshown_of(self, answer_id: int) -> LeftAnswer | None:
        """Return this answer if it has ended and that is still to be shown."""
        ...

    async def unsettled(self, before: datetime) -> list[LeftAnswer]:
        """Return answers whose hold nobody settles any more, untouched since this moment."""
        ...

    async def orphans(self, before: datetime) -> list[LeftHold]:
        """Return holds that no answer belongs to, made before this moment."""
        ...
