"""The tables of the books: limits, what is held and spent, and who pays."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.storage.columns import Moment, Words, amounts, index_where, metadata, table

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
index_where(
    IS_ALLOWANCE,
    "ix_ledger_allowances",
    ledger.c.user_id,
    ledger.c.guild_id,
    ledger.c.kind,
    ledger.c.at,
)
index_where(_is_granted, "ix_ledger_granted", ledger.c.grant_id)

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

quota_locks = Table("quota_locks", metadata, Column("key", Text, primary_key=True))
"""PostgreSQL only: rows that a reservation locks, in the order of their keys."""
