"""Make room for what is known of answers' ends: whether they are still to be shown."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_KEPT = {"sqlite_autoincrement": True}
_UNSHOWN = sa.text("unshown")
_RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    """Add the mark; whoever grows has it already. Its index takes the place of that of these."""
    op.add_column("answers", sa.Column("unshown", sa.Boolean(), nullable=True))
    op.execute("UPDATE answers SET unshown = true WHERE state = 'running'")
    op.drop_index("ix_answers_running", "answers")
    op.create_index(
        "ix_answers_unshown", "answers", ["id"], sqlite_where=_UNSHOWN, postgresql_where=_UNSHOWN
    )


def downgrade() -> None:
    """Drop what came."""
    op.drop_index("ix_answers_unshown", "answers")
    with op.batch_alter_table("answers", table_kwargs=_KEPT) as table:
        table.drop_column("unshown")
    op.create_index(
        "ix_answers_running", "answers", ["id"], sqlite_where=_RUNNING, postgresql_where=_RUNNING
    )
