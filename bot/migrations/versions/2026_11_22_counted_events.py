"""The database counts every entry of a callback's history."""

from alembic import op

from bot.callbacks import counting

revision = "f20a6c7d3b58"
down_revision = "d48b2f6ac905"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in counting.statements(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in counting.taking_away(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
