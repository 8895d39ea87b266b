"""The tables of conversations: what was asked and answered, and what becomes of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    literal_column,
)

from bot.storage.columns import Moment, Words, index_where, metadata, table

conversations = table(
    "conversations",
    Column("guild_id", BigInteger),
    Column("channel_id", BigInteger, nullable=False, unique=True),
    # for whom the bot opened this thread
    Column("owner_id", BigInteger),
    # turns up to this one are out of the past: the conversation was cleared after it
    Column("cleared_turn_id", BigInteger, nullable=False, default=0),
    # the answer up to which another conversation's past was copied, in a branch
    Column("branched_from", BigInteger),
    Column("title", Words),
)

past_windows = Table(
    "past_windows",
    metadata,
    Column(
        "conversation_id",
        BigInteger,
        ForeignKey("conversations.id"),
        primary_key=True,
        autoincrement=False,
    ),
    # 0 for everybody; else whose private questions these are
    Column("viewer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("start", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("budget", BigInteger, nullable=False),
    # with the answer to which turn it was told that the beginning no longer fits
    Column("told_in", BigInteger),
)
"""From which turn on the past is read, and what it held and might hold when it last was."""

turns = table(
    "turns",
    Column("conversation_id", BigInteger, ForeignKey("conversations.id"), nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("author_username", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("message_id", BigInteger, index=True),
    Column("private_to", BigInteger),
    Column("asked_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("deleted_at", Moment),
    Column("pinned", Boolean, nullable=False, default=False),
    # taken out of the past by hand; its message stays
    Column("dropped_at", Moment),
    # the variant that is in the past: the newest one where none was chosen
    Column("chosen_answer_id", BigInteger),
    # whose message stands before the words, where it is somebody's
    Column("quoted_id", BigInteger),
    # and which message that is: what becomes of it, becomes of those words
    Column("quoted_message_id", BigInteger),
    Index("ix_turns_conversation_id", "conversation_id", "id"),
    Index("ix_turns_author_id", "author_id", "id"),
)

turn_files = table(
    "turn_files",
    Column("turn_id", BigInteger, ForeignKey("turns.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False, default=False),
    Column("dropped_at", Moment),
)
"""Files that came with a question, in their order."""

IS_PINNED: ColumnClause[bool] = literal_column("turns.pinned")
IS_PINNED_FILE: ColumnClause[bool] = literal_column("turn_files.pinned")
"""What makes a turn or a file pinned, written out as the indexes over those have it."""
_pinned: ColumnClause[bool] = literal_column("pinned")
index_where(_pinned, "ix_turns_pinned", turns.c.conversation_id, turns.c.id)
index_where(_pinned, "ix_turn_files_pinned", turn_files.c.turn_id)

_quotes_somebody: ColumnClause[bool] = literal_column("quoted_id IS NOT NULL")
index_where(_quotes_somebody, "ix_turns_quoted_id", turns.c.quoted_id, turns.c.id)
# What tells a copy of a question from others, where no message does.
_by_command: ColumnClause[bool] = literal_column("message_id IS NULL")
index_where(_by_command, "ix_turns_asked_by_command", turns.c.author_id, turns.c.asked_at)
_quotes: ColumnClause[bool] = literal_column("quoted_message_id IS NOT NULL")
index_where(_quotes, "ix_turns_quoted_message_id", turns.c.quoted_message_id)

answers = table(
    "answers",
    Column("turn_id", BigInteger, ForeignKey("turns.id"), nullable=False, index=True),
    Column("hold_id", BigInteger, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("generation_id", Text),
    Column("text", Words, nullable=False, default=""),
    Column("thinking", Words, nullable=False, default=""),
    Column("tokens", Integer, nullable=False, default=0),
    Column("estimated_prompt_tokens", Integer, nullable=False),
    Column("prompt_tokens", Integer),
    Column("completion_tokens", Integer),
    Column("reasoning_tokens", Integer),
    Column("cached_tokens", Integer),
    Column("cost_micros", BigInteger),
    Column("usage_estimated", Boolean),
    # of how many tries those are the sum; none where it was one
    Column("tries", Integer),
    Column("started_at", Moment, nullable=False),
    Column("drafted_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("stale", Boolean, nullable=False, default=False),
    Column("address", Text),
    # the answer that this one goes on with: it begins with that one's text, and stands for it
    Column("continues_id", BigInteger),
    # in a branch: the answer that this one was copied from, and is forgotten with
    Column("copy_of", BigInteger),
    # true until its message shows how it ended: a kill in between leaves none that seems to grow
    Column("unshown", Boolean),
)
_is_copy: ColumnClause[bool] = literal_column("copy_of IS NOT NULL")
index_where(_is_copy, "ix_answers_copy_of", answers.c.copy_of)
UNSHOWN: ColumnClause[bool] = literal_column("answers.unshown")
"""What marks an answer whose end is to be shown, written out as the index over those has it."""
_unshown: ColumnClause[bool] = literal_column("unshown")
index_where(_unshown, "ix_answers_unshown", answers.c.id)

proposals = table(
    "proposals",
    Column("user_id", BigInteger, nullable=False),
    Column("question", Words, nullable=False),
    Column("made_at", Moment, nullable=False, index=True),
)
"""Questions that wait for a person's yes to their price."""

forgettings = Table(
    "forgettings",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    # all that was said up to then goes; who says something later is remembered again
    Column("until", Moment, nullable=False),
    # when nothing of it was in any table any more, and when not in the database's files either
    Column("erased_at", Moment),
    Column("purged_at", Moment),
)
"""Who had their words erased: what a kill broke off is done at the next start."""
