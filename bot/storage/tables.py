"""The tables; `migrations/` brings a database to this shape."""

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
    UniqueConstraint,
    literal_column,
)

from bot.storage.columns import Moment, Words, amounts, metadata, table

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
Index(
    "ix_turns_pinned",
    turns.c.conversation_id,
    turns.c.id,
    sqlite_where=_pinned,
    postgresql_where=_pinned,
)
Index(
    "ix_turn_files_pinned",
    turn_files.c.turn_id,
    sqlite_where=_pinned,
    postgresql_where=_pinned,
)

_quotes: ColumnClause[bool] = literal_column("quoted_message_id IS NOT NULL")
Index(
    "ix_turns_quoted_message_id",
    turns.c.quoted_message_id,
    sqlite_where=_quotes,
    postgresql_where=_quotes,
)

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
Index(
    "ix_answers_copy_of",
    answers.c.copy_of,
    sqlite_where=_is_copy,
    postgresql_where=_is_copy,
)
UNSHOWN: ColumnClause[bool] = literal_column("answers.unshown")
"""What marks an answer whose end is to be shown, written out as the index over those has it."""
_unshown: ColumnClause[bool] = literal_column("unshown")
Index("ix_answers_unshown", answers.c.id, sqlite_where=_unshown, postgresql_where=_unshown)

holds = table(
    "holds",
    Column("guild_id", BigInteger),
    Column("user_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("parent_channel_id", BigInteger),
    *amounts(),
    Column("reserved_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    # who asked, where another pays
    Column("asker_id", BigInteger),
)

hold_grants = table(
    "hold_grants",
    Column("hold_id", BigInteger, nullable=False, index=True),
    Column("grant_id", BigInteger, nullable=False, index=True),
    *amounts(),
)
"""What of a hold is on grants, and on which."""

ledger = table(
    "ledger",
    Column("hold_id", BigInteger),
    # spend, title (a thread's name, which is no request), granted (a spend's part that a grant
    # pays), grant, reset or correction
    Column("kind", Text, nullable=False),
    Column("guild_id", BigInteger),
    Column("user_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("parent_channel_id", BigInteger),
    # when it was reserved: a spend counts in the window that admitted it
    Column("at", Moment, nullable=False),
    Column("settled_at", Moment, nullable=False),
    *amounts(),
    Column("estimated", Boolean, nullable=False),
    # the grant that pays, 0 for none: a unique key would take two NULLs for different
    Column("grant_id", BigInteger, nullable=False, default=0),
    Column("expires_at", Moment),
    Column("by_id", BigInteger),
    Column("reason", Words),
    Column("asker_id", BigInteger),
    UniqueConstraint("hold_id", "grant_id", name="uq_ledger_hold_id"),
)
Index("ix_ledger_user", ledger.c.user_id, ledger.c.guild_id, ledger.c.at)
Index("ix_ledger_guild", ledger.c.guild_id, ledger.c.at)
Index("ix_ledger_at", ledger.c.at)
IS_ALLOWANCE: ColumnClause[bool] = literal_column("kind IN ('grant', 'reset')")
"""What makes a row an allowance, written out: an index over a part is found by its own words."""
_is_granted: ColumnClause[bool] = literal_column("grant_id > 0")
# With kind and moment: else the latest reset is sought through all that a person ever spent.
Index(
    "ix_ledger_allowances",
    ledger.c.user_id,
    ledger.c.guild_id,
    ledger.c.kind,
    ledger.c.at,
    sqlite_where=IS_ALLOWANCE,
    postgresql_where=IS_ALLOWANCE,
)
Index(
    "ix_ledger_granted",
    ledger.c.grant_id,
    sqlite_where=_is_granted,
    postgresql_where=_is_granted,
)

ledger_sums = Table(
    "ledger_sums",
    metadata,
    # of a quarter of an hour the number since 1970, of a day of UTC the complement of its own;
    # first in the key, so that what is written now lies together, however much there was before
    Column("span", BigInteger, primary_key=True, autoincrement=False),
    # bot, guild, member (without what grants paid), granted, channel (its threads with it), thread
    Column("scope", Text, primary_key=True),
    # 0 in direct messages, and for the whole bot
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("target_id", BigInteger, primary_key=True, autoincrement=False),
    *amounts(),
    sqlite_with_rowid=False,
)
"""What the ledger comes to, kept with each spend: a month of millions is summed in no time."""

exemptions = table(
    "exemptions",
    Column("guild_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target_id", BigInteger, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
    UniqueConstraint("guild_id", "kind", "target_id", name="uq_exemptions_target"),
)

sponsorships = Table(
    "sponsorships",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("sponsor_id", BigInteger, nullable=False),
    Column("role_ids", Text, nullable=False),
    Column("meter", Text, nullable=False),
    Column("cap", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
)

quota_warnings = table(
    "quota_warnings",
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("rule", Text, nullable=False),
    Column("window_start", Moment, nullable=False),
    Column("level", Integer, nullable=False),
    UniqueConstraint("guild_id", "user_id", "rule", name="uq_quota_warnings_rule"),
)

access_rules = table(
    "access_rules",
    Column("guild_id", BigInteger, nullable=False),
    Column("area", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target_id", BigInteger, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
    UniqueConstraint("guild_id", "area", "kind", "target_id", name="uq_access_rules_target"),
)

audit = table(
    "audit",
    Column("guild_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("actor_id", BigInteger, nullable=False),
    Column("command", Text, nullable=False),
    Column("subject_id", BigInteger),
    Column("target", Words, nullable=False),
    Column("before", Words),
    Column("after", Words),
    Index("ix_audit_guild_id", "guild_id", "id"),
)

proposals = table(
    "proposals",
    Column("user_id", BigInteger, nullable=False),
    Column("question", Words, nullable=False),
    Column("made_at", Moment, nullable=False, index=True),
)
"""Questions that wait for a person's yes to their price."""

quota_rules = table(
    "quota_rules",
    Column("guild_id", BigInteger, nullable=False),
    Column("scope", Text, nullable=False),
    # 0 where a rule has no target: a unique key would take two NULLs for different
    Column("target_id", BigInteger, nullable=False),
    Column("meter", Text, nullable=False),
    Column("window", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
    UniqueConstraint(
        "guild_id", "scope", "target_id", "meter", "window", name="uq_quota_rules_place"
    ),
)

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("time_zone", Text, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    # 0 for the whole server
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
)
"""What a server or a channel has chosen, but for the time zone."""

personas = Table(
    "personas",
    metadata,
    # channel, server or person
    Column("scope", Text, primary_key=True),
    Column("target_id", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
)

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

quota_locks = Table("quota_locks", metadata, Column("key", Text, primary_key=True))
"""PostgreSQL only: rows that a reservation locks, in the order of their keys."""
