"""Let each person's private questions have a window of their own, and note where a loss was told.

Of answers it is noted how often their prompt was read: what several tries took measures no prompt.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEPT = {"sqlite_autoincrement": True}
_EVERYBODY = 0
_SOME_TURN = 0
"""That of an old loss is not known."""


def upgrade() -> None:
    """Take the windows out of the conversations, and widen the answers."""
    op.create_table(
        "past_windows",
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("told_in", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "viewer_id", name="pk_past_windows"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_past_windows_conversation_id"
        ),
    )
    conversations = sa.table(
        "conversations",
        sa.column("id", sa.BigInteger()),
        sa.column("window_start", sa.BigInteger()),
        sa.column("told_of_loss", sa.Boolean()),
    )
    known = conversations.c
    told = sa.case((known.told_of_loss, sa.literal(_SOME_TURN)))
    # What a window held is not known: it is fitted anew once.
    moved = sa.select(
        known.id, sa.literal(_EVERYBODY), known.window_start, sa.literal(0), sa.literal(0), told
    ).where(sa.or_(known.window_start > 0, known.told_of_loss))
    names = ["conversation_id", "viewer_id", "start", "tokens", "budget", "told_in"]
    windows = sa.table("past_windows", *(sa.column(name, sa.BigInteger()) for name in names))
    op.execute(windows.insert().from_select(names, moved))
    with op.batch_alter_table("conversations", table_kwargs=_KEPT) as table:
        table.drop_column("window_start")
        table.drop_column("told_of_loss")
    op.add_column("answers", sa.Column("tries", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Put everybody's windows back into the conversations, and drop what came."""
    with op.batch_alter_table("answers", table_kwargs=_KEPT) as table:
        table.drop_column("tries")
    with op.batch_alter_table("conversations", table_kwargs=_KEPT) as table:
        table.add_column(
            sa.Column("window_start", sa.BigInteger(), nullable=False, server_default="0")
        )
        table.add_column(
            sa.Column("told_of_loss", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    of = " FROM past_windows WHERE conversation_id = conversations.id AND viewer_id = 0"
    op.execute(
        f"UPDATE conversations SET window_start = (SELECT start{of}),"  # noqa: S608  # no value
        f" told_of_loss = (SELECT told_in IS NOT NULL{of}) WHERE EXISTS (SELECT 1{of})"
    )
    with op.batch_alter_table("conversations", table_kwargs=_KEPT) as table:
        table.alter_column("window_start", server_default=None)
        table.alter_column("told_of_loss", server_default=None)
    op.drop_table("past_windows")
