"""What Alembic runs for every command; `run` has put the open connection into its configuration."""

from alembic import context

from bot.database import Base
from bot.migrations.run import plain_types

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,
    render_item=plain_types,
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
