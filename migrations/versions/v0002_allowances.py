"""Make room for grants, resets, sums by day and quarter, access, and what admins changed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_QUARTER = 15 * 60 * 1_000_000
"""Microseconds."""

_SUMMED = ["at", "kind", "requests", "tokens", "cost_micros"]
_OLD_INDEXES = {
    "ix_ledger_user": ["user_id", "guild_id", *_SUMMED],
    "ix_ledger_guild": ["guild_id", *_SUMMED],
    "ix_ledger_channel": ["channel_id", *_SUMMED],
    "ix_ledger_parent": ["parent_channel_id", *_SUMMED],
    "ix_ledger_at": _SUMMED,
}
_INDEXES = {
    "ix_ledger_user": ["user_id", "guild_id", "at"],
    "ix_ledger_guild": ["guild_id", "at"],
    "ix_ledger_at": ["at"],
}


def _key() -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _word(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _amounts() -> list["sa.Column[int]"]:
    return [_number(name) for name in ("requests", "tokens", "cost_micros")]


def upgrade() -> None:
    """Make the tables, and sum up what the ledger holds."""
    _widen_ledger()
    _make_sums()
    _make_allowances()
    _make_administration()


def _widen_ledger() -> None:
    for name in _OLD_INDEXES:
        op.drop_index(name, "ledger")
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("ledger", table_kwargs=kept) as table:
        table.add_column(sa.Column("grant_id", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(_number("expires_at", nullable=True))
        table.add_column(_number("by_id", nullable=True))
        table.add_column(_word("reason", nullable=True))
        table.add_column(_number("asker_id", nullable=True))
        table.drop_constraint("uq_ledger_hold_id", type_="unique")
        table.create_unique_constraint("uq_ledger_hold_id", ["hold_id", "grant_id"])
    with op.batch_alter_table("ledger", table_kwargs=kept) as table:
        table.alter_column("grant_id", server_default=None)
    for name, columns in _INDEXES.items():
        op.create_index(name, "ledger", columns)
    allowances, granted = sa.text("kind IN ('grant', 'reset')"), sa.text("grant_id > 0")
    op.create_index(
        "ix_ledger_allowances",
        "ledger",
        ["user_id", "guild_id", "kind", "at"],
        sqlite_where=allowances,
        postgresql_where=allowances,
    )
    op.create_index(
        "ix_ledger_granted", "ledger", ["grant_id"], sqlite_where=granted, postgresql_where=granted
    )
    op.add_column("holds", _number("asker_id", nullable=True))


def _make_sums() -> None:
    op.create_table(
        "ledger_sums",
        _number("span"),
        _word("scope"),
        _number("guild_id"),
        _number("target_id"),
        *_amounts(),
        sa.PrimaryKeyConstraint("span", "scope", "guild_id", "target_id", name="pk_ledger_sums"),
        sqlite_with_rowid=False,
    )
    guild, thread = "coalesce(guild_id, 0)", "parent_channel_id IS NOT NULL"
    _sum_up("bot", "0", "0")
    _sum_up("guild", guild, "0", "guild_id IS NOT NULL")
    _sum_up("member", guild, "user_id")
    _sum_up("channel", guild, "coalesce(parent_channel_id, channel_id)")
    _sum_up("thread", guild, "channel_id", thread)
    # A day's number is the complement of how many there were before it; it has 96 quarters.
    op.execute(
        "INSERT INTO ledger_sums SELECT -1 - span / 96, scope, guild_id, target_id, "
        "sum(requests), sum(tokens), sum(cost_micros) FROM ledger_sums GROUP BY 1, 2, 3, 4"
    )


def _sum_up(scope: str, guild: str, target: str, where: str = "1 = 1") -> None:
    op.execute(
        "INSERT INTO ledger_sums "  # noqa: S608 - nobody's words are in it
        f"SELECT at / {_QUARTER}, '{scope}', {guild}, {target}, "
        "sum(requests), sum(tokens), sum(cost_micros) FROM ledger "
        f"WHERE kind IN ('spend', 'correction') AND {where} "
        "GROUP BY 1, 3, 4"
    )


def _make_allowances() -> None:
    op.create_table(
        "hold_grants",
        _key(),
        _number("hold_id"),
        _number("grant_id"),
        *_amounts(),
        sa.PrimaryKeyConstraint("id", name="pk_hold_grants"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hold_grants_hold_id", "hold_grants", ["hold_id"])
    op.create_index("ix_hold_grants_grant_id", "hold_grants", ["grant_id"])
    op.create_table(
        "exemptions",
        _key(),
        _number("guild_id"),
        _word("kind"),
        _number("target_id"),
        _number("set_by"),
        _number("set_at"),
        sa.PrimaryKeyConstraint("id", name="pk_exemptions"),
        sa.UniqueConstraint("guild_id", "kind", "target_id", name="uq_exemptions_target"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sponsorships",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _number("guild_id"),
        _number("sponsor_id"),
        _word("role_ids"),
        _word("meter"),
        _number("cap"),
        _number("spent"),
        _number("set_at"),
        sa.PrimaryKeyConstraint("channel_id", name="pk_sponsorships"),
    )
    op.create_table(
        "quota_warnings",
        _key(),
        _number("guild_id"),
        _number("user_id"),
        _word("rule"),
        _number("window_start"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota_warnings"),
        sa.UniqueConstraint("guild_id", "user_id", "rule", name="uq_quota_warnings_rule"),
        sqlite_autoincrement=True,
    )


def _make_administration() -> None:
    op.add_column("conversations", _number("owner_id", nullable=True))
    op.create_table(
        "access_rules",
        _key(),
        _number("guild_id"),
        _word("area"),
        _word("effect"),
        _word("kind"),
        _number("target_id"),
        _number("set_by"),
        _number("set_at"),
        sa.PrimaryKeyConstraint("id", name="pk_access_rules"),
        sa.UniqueConstraint("guild_id", "area", "kind", "target_id", name="uq_access_rules_target"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        _key(),
        _number("guild_id"),
        _number("at"),
        _number("actor_id"),
        _word("command"),
        _number("subject_id", nullable=True),
        _word("target"),
        _word("before", nullable=True),
        _word("after", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_guild_id", "audit", ["guild_id", "id"])
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "proposals",
        _key(),
        _number("user_id"),
        _word("question"),
        _number("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposals_made_at", "proposals", ["made_at"])


def downgrade() -> None:
    """Drop the tables, and the rows that the first ledger had no place for."""
    for name in (
        "proposals",
        "audit",
        "access_rules",
        "quota_warnings",
        "sponsorships",
        "exemptions",
        "hold_grants",
        "ledger_sums",
    ):
        op.drop_table(name)
    for name in ("ix_ledger_granted", "ix_ledger_allowances", *_INDEXES):
        op.drop_index(name, "ledger")
    op.execute("DELETE FROM ledger WHERE kind IN ('grant', 'reset', 'granted')")
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("ledger", table_kwargs=kept) as table:
        table.drop_constraint("uq_ledger_hold_id", type_="unique")
        for name in ("grant_id", "expires_at", "by_id", "reason", "asker_id"):
            table.drop_column(name)
        table.create_unique_constraint("uq_ledger_hold_id", ["hold_id"])
    for name, columns in _OLD_INDEXES.items():
        op.create_index(name, "ledger", columns)
    with op.batch_alter_table("holds", table_kwargs=kept) as table:
        table.drop_column("asker_id")
