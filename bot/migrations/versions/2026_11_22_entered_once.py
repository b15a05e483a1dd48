"""Keys with which programs enter a request once."""

import sqlalchemy as sa
from alembic import op

revision = "b7c05e2d94a1"
down_revision = "91f4d6a0c7e2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entered_once",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sent", sa.String(length=64), nullable=False),
        sa.Column("callback_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["callback_id"],
            ["callback.id"],
            name=op.f("fk_entered_once_callback_id_callback"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entered_once")),
    )
    op.create_index(op.f("ix_entered_once_at"), "entered_once", ["at"])


def downgrade() -> None:
    op.drop_table("entered_once")
