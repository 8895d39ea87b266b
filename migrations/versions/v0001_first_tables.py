"""Make the first tables: conversations, the ledger, rules."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _key() -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True)


def _amounts() -> list["sa.Column[int]"]:
    names = ("requests", "tokens", "cost_micros")
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    _make_history()
    _make_ledger()
    _make_rules()


def _make_history() -> None:
    op.create_table(
        "conversations",
        _key(),
        sa.Column("guild_id", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("window_start", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel_id", name="uq_conversations_channel_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "turns",
        _key(),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_username", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("private_to", sa.BigInteger()),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger()),
        sa.Column("deleted_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_turns_conversation_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_conversation_id", "turns", ["conversation_id", "id"])
    op.create_index("ix_turns_message_id", "turns", ["message_id"])
    op.create_table(
        "answers",
        _key(),
        sa.Column("turn_id", sa.BigInteger(), nullable=False),
        sa.Column("hold_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("generation_id", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("thinking", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("estimated_prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer()),
        sa.Column("completion_tokens", sa.Integer()),
        sa.Column("reasoning_tokens", sa.Integer()),
        sa.Column("cached_tokens", sa.Integer()),
        sa.Column("cost_micros", sa.BigInteger()),
        sa.Column("usage_estimated", sa.Boolean()),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_answers_turn_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_turn_id", "answers", ["turn_id"])
    op.create_index("ix_answers_hold_id", "answers", ["hold_id"])
    running = sa.text("state = 'running'")
    op.create_index(
        "ix_answers_running", "answers", ["id"], sqlite_where=running, postgresql_where=running
    )


def _make_ledger() -> None:
    op.create_table(
        "holds",
        _key(),
        sa.Column("guild_id", sa.BigInteger()),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_channel_id", sa.BigInteger()),
        *_amounts(),
        sa.Column("reserved_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ledger",
        _key(),
        sa.Column("hold_id", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger()),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_channel_id", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=False),
        *_amounts(),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("hold_id", name="uq_ledger_hold_id"),
        sqlite_autoincrement=True,
    )
    summed = ["at", "kind", "requests", "tokens", "cost_micros"]
    op.create_index("ix_ledger_user", "ledger", ["user_id", "guild_id", *summed])
    op.create_index("ix_ledger_guild", "ledger", ["guild_id", *summed])
    op.create_index("ix_ledger_channel", "ledger", ["channel_id", *summed])
    op.create_index("ix_ledger_parent", "ledger", ["parent_channel_id", *summed])
    op.create_index("ix_ledger_at", "ledger", summed)


def _make_rules() -> None:
    op.create_table(
        "quota_rules",
        _key(),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("meter", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota_rules"),
        sa.UniqueConstraint(
            "guild_id", "scope", "target_id", "meter", "window", name="uq_quota_rules_place"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guild_settings"),
    )
    op.create_table(
        "quota_locks",
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_quota_locks"),
    )


def downgrade() -> None:
    """Drop all of them."""
    for table in (
        "quota_locks",
        "guild_settings",
        "quota_rules",
        "ledger",
        "holds",
        "answers",
        "turns",
        "conversations",
    ):
        op.drop_table(table)
