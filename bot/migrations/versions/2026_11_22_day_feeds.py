"""The secret addresses at which calendars read their owners' days."""

import sqlalchemy as sa
from alembic import op

revision = "e6b1c03a9d57"
down_revision = "c40d7e91b6a3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_feed",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_day_feed")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_day_feed_key_hash")),
    )


def downgrade() -> None:
    op.drop_table("day_feed")
