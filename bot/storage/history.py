"""Remembers turns: questions and their answers, as the tables hold them."""

from sqlalchemy import Integer, bindparam, func, or_, select

from bot.messages import Place, Question, Turn
from bot.prompts.windows import Window
from bot.storage.files import keep_files
from bot.storage.past import past_of
from bot.storage.quick import Prepared
from bot.storage.requoting import Requoting
from bot.storage.tables import answers, conversations, turns
from bot.storage.windows import keep_window, window_of


class TurnHistory(Requoting):
    """Remembers turns, inside one transaction."""

    async def conversation_of(self, channel_id: int) -> int | None:
        """Return the id of a channel's conversation, or None where none was begun."""
        found: int | None = await self._work.value(
            select(conversations.c.id).where(conversations.c.channel_id == channel_id)
        )
        return found

    async def open(self, place: Place) -> int:
        """Return the id of the place's conversation, begun if there was none."""
        known = await self.conversation_of(place.channel_id)
        if known is None:
            new = self._work.insert(conversations).values(
                channel_id=place.channel_id, guild_id=place.guild_id
            )
            await self._work.run(new.on_conflict_do_nothing(index_elements=["channel_id"]))
            known = await self.conversation_of(place.channel_id)
        if known is None:
            raise LookupError(f"the conversation of channel {place.channel_id} is not there")
        return known

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
        return await past_of(self._work, conversation_id, viewer_id, most, before, start)

    async def window(self, conversation_id: int, viewer_id: int | None) -> Window:
        """Return the viewer's window, everybody's where they have none, or one that never moved."""
        return await window_of(self._work, conversation_id, viewer_id)

    async def keep_window(
        self, conversation_id: int, viewer_id: int | None, window: Window
    ) -> None:
        """Let this be the viewer's window from now on, or everybody's."""
        await keep_window(self._work, conversation_id, viewer_id, window)

    async def ask(self, conversation_id: int, question: Question, tokens: int) -> int:
        """Store a question with its files and return its turn's id; the tokens are its words'."""
        turn_id = await self._insert(
            turns,
            conversation_id=conversation_id,
            author_id=question.author.id,
            author_name=question.author.name,
            author_username=question.author.username,
            text=question.text,
            tokens=tokens,
            message_id=question.message_id,
            private_to=question.author.id if question.private else None,
            asked_at=question.asked_at,
            pinned=False,
            quoted_id=question.quoted_id,
            quoted_message_id=question.quoted_message_id,
        )
        await keep_files(self._work, turn_id, question.files)
        return turn_id

    async def latest_answer(self, turn_id: int) -> int | None:
        """Return the id of a turn's newest answer, whatever its state."""
        newest: int | None = await self._work.value(
            select(func.max(answers.c.id)).where(answers.c.turn_id == turn_id)
        )
        return newest

    async def token_ratios(self, most: int = 50) -> list[tuple[int, int]]:
        """Return prompts' tokens as estimated and as reported, of the latest answers."""
        rows = await self._work.rows(
            select(answers.c.estimated_prompt_tokens, answers.c.prompt_tokens)
            .where(*_IS_REPORTED)
            .order_by(answers.c.id.desc())
            .limit(most)
        )
        return [(estimated, reported) for estimated, reported in rows]

    async def token_ratios_of(self, conversation_id: int, most: int = 5) -> list[tuple[int, int]]:
        """Return the same of a conversation's latest turns, the latest first.

        Those that were cleared away measured another conversation.
        """
        values = {"conversation": conversation_id, "most": most}
        rows = await self._work.quick(_RATIOS, values)
        return [(estimated, reported) for estimated, reported in rows]


_IS_REPORTED = (
    # A sum of several tries is no one prompt's.
    or_(answers.c.tries.is_(None), answers.c.tries == 1),
    answers.c.prompt_tokens > 0,
    answers.c.estimated_prompt_tokens > 0,
    answers.c.usage_estimated.is_(False),
)
_RATIOS = Prepared(
    select(answers.c.estimated_prompt_tokens, answers.c.prompt_tokens)
    .join_from(turns, answers, answers.c.turn_id == turns.c.id)
    .where(turns.c.conversation_id == bindparam("conversation"), *_IS_REPORTED)
    .where(
        turns.c.id
        > select(conversations.c.cleared_turn_id)
        .where(conversations.c.id == bindparam("conversation"))
        .scalar_subquery()
    )
    .order_by(turns.c.id.desc(), answers.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
