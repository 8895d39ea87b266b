"""Make room for variants, branches, files of their own, pins, personas and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEPT = {"sqlite_autoincrement": True}
_NEW = {
    "conversations": ("cleared_turn_id", "branched_from", "title", "told_of_loss"),
    "turns": ("pinned", "dropped_at", "chosen_answer_id"),
    "answers": ("continues_id", "copy_of"),
}


def _number(name: str, *, nullable: bool = False, default: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=default)


def _word(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _flag(name: str, *, default: bool = True) -> "sa.Column[bool]":
    filled = sa.false() if default else None
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=filled)


def upgrade() -> None:
    """Widen the tables of conversations, and make those for what people choose."""
    with op.batch_alter_table("conversations", table_kwargs=_KEPT) as table:
        table.add_column(_number("cleared_turn_id", default="0"))
        table.add_column(_number("branched_from", nullable=True))
        table.add_column(_word("title", nullable=True))
        table.add_column(_flag("told_of_loss"))
    with op.batch_alter_table("turns", table_kwargs=_KEPT) as table:
        table.add_column(_flag("pinned"))
        table.add_column(_number("dropped_at", nullable=True))
        table.add_column(_number("chosen_answer_id", nullable=True))
    # What is there has got its values; from now on each row brings its own.
    with op.batch_alter_table("conversations", table_kwargs=_KEPT) as table:
        table.alter_column("cleared_turn_id", server_default=None)
        table.alter_column("told_of_loss", server_default=None)
    with op.batch_alter_table("turns", table_kwargs=_KEPT) as table:
        table.alter_column("pinned", server_default=None)
    op.add_column("answers", _number("continues_id", nullable=True))
    op.add_column("answers", _number("copy_of", nullable=True))
    copies = sa.text("copy_of IS NOT NULL")
    op.create_index(
        "ix_answers_copy_of", "answers", ["copy_of"], sqlite_where=copies, postgresql_where=copies
    )
    _make_files()
    _make_choices()
    _make_forgettings()


def _make_files() -> None:
    op.create_table(
        "turn_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        _number("turn_id"),
        _word("name"),
        _word("text"),
        sa.Column("tokens", sa.Integer(), nullable=False),
        _flag("pinned", default=False),
        _number("dropped_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_turn_files"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_turn_files_turn_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turn_files_turn_id", "turn_files", ["turn_id"])
    pinned = sa.text("pinned")
    for name, table, columns in (
        ("ix_turns_pinned", "turns", ["conversation_id", "id"]),
        ("ix_turn_files_pinned", "turn_files", ["turn_id"]),
    ):
        op.create_index(name, table, columns, sqlite_where=pinned, postgresql_where=pinned)


def _make_choices() -> None:
    op.create_table(
        "preferences",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _word("name"),
        _word("value"),
        _number("set_by"),
        _number("set_at"),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", "name", name="pk_preferences"),
    )
    op.create_table(
        "personas",
        _word("scope"),
        sa.Column("target_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _word("text"),
        _number("set_by"),
        _number("set_at"),
        sa.PrimaryKeyConstraint("scope", "target_id", name="pk_personas"),
    )


def _make_forgettings() -> None:
    op.create_table(
        "forgettings",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _number("until"),
        _number("erased_at", nullable=True),
        _number("purged_at", nullable=True),
        sa.PrimaryKeyConstraint("user_id", name="pk_forgettings"),
    )


def downgrade() -> None:
    """Drop what came."""
    op.drop_index("ix_turns_pinned", "turns")
    op.drop_index("ix_answers_copy_of", "answers")
    for name in ("forgettings", "personas", "preferences", "turn_files"):
        op.drop_table(name)
    for name, columns in _NEW.items():
        with op.batch_alter_table(name, table_kwargs=_KEPT) as table:
            for column in columns:
                table.drop_column(column)
