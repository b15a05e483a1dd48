"""The web addresses of the catalogue and how they answered."""

import sqlalchemy as sa
from alembic import op

revision = "d48b2f6ac905"
down_revision = "c8e3f50a7b16"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ignored_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_due_taken_until"), "link", ["due", "taken_until"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_link_due_taken_until"), table_name="link")
    op.drop_table("link")
