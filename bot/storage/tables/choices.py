"""The tables of what servers, channels and people choose, and of who changed what."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Moment, Words, metadata, table

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
