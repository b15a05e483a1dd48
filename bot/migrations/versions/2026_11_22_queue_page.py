"""What the queue is narrowed by, and how each member of staff last narrowed it."""

import sqlalchemy as sa
from alembic import op

revision = "5d20c6b8e913"
down_revision = "c4d2e9b71a05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_view",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("query", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_queue_view")),
    )
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("interpreter", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("sender_role", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.drop_column("sender_role")
        batch_op.drop_column("interpreter")

    op.drop_table("queue_view")
