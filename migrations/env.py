"""Run the migrations on the connection that `bot.storage.migrating` hands over."""

from alembic import context

from bot.storage.tables import turns

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=turns.metadata,
    # SQLite alters a table by making it anew.
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
