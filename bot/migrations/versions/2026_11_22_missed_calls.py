"""Missed calls a telephone exchange tells of."""

import sqlalchemy as sa
from alembic import op

revision = "b1e7a90c52d4"
down_revision = "6be0f1c4a7d2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_event",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_event")),
    )
    with op.batch_alter_table("exchange_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_event_received_at"), ["received_at"], unique=False)

    op.create_table(
        "exchange_caller",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rang_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_caller")),
    )
    with op.batch_alter_table("exchange_caller", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_caller_rang_at"), ["rang_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exchange_caller", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exchange_caller_rang_at"))

    op.drop_table("exchange_caller")
    with op.batch_alter_table("exchange_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exchange_event_received_at"))

    op.drop_table("exchange_event")
