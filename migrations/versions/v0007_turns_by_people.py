"""Find people's turns, those that quote them, and copies of commands without reading all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_BY_AUTHOR = "ix_turns_author_id"
_BY_QUOTED = "ix_turns_quoted_id"
_BY_COMMAND = "ix_turns_asked_by_command"


def upgrade() -> None:
    """Add the indexes."""
    op.create_index(_BY_AUTHOR, "turns", ["author_id", "id"])
    for name, columns, some in (
        (_BY_QUOTED, ["quoted_id", "id"], sa.text("quoted_id IS NOT NULL")),
        (_BY_COMMAND, ["author_id", "asked_at"], sa.text("message_id IS NULL")),
    ):
        op.create_index(name, "turns", columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    """Drop them."""
    for name in (_BY_COMMAND, _BY_QUOTED, _BY_AUTHOR):
        op.drop_index(name, "turns")
