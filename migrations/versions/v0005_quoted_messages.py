"""Know which message is quoted: its words go where it is deleted, and change where it is edited."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INDEX = "ix_turns_quoted_message_id"


def upgrade() -> None:
    """Add the column, and the index over those questions that quote."""
    op.add_column("turns", sa.Column("quoted_message_id", sa.BigInteger(), nullable=True))
    known = sa.text("quoted_message_id IS NOT NULL")
    op.create_index(
        _INDEX, "turns", ["quoted_message_id"], sqlite_where=known, postgresql_where=known
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_index(_INDEX, "turns")
    with op.batch_alter_table("turns", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("quoted_message_id")
