"""Review of catalogue entries, and who keeps them."""

import sqlalchemy as sa
from alembic import op

revision = "5e93b7d1c08f"
down_revision = "b7c05e2d94a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("review", sa.String(length=12), nullable=True))
    op.add_column("service", sa.Column("review_by", sa.String(length=80), nullable=True))
    op.add_column("service", sa.Column("review_note", sa.String(length=1000), nullable=True))
    op.add_column("service_change", sa.Column("note", sa.String(length=1000), nullable=True))
    op.create_table(
        "service_owner",
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
            name=op.f("fk_service_owner_service_id_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "staff_id", name=op.f("pk_service_owner")),
    )


def downgrade() -> None:
    op.drop_table("service_owner")
    op.drop_column("service_change", "note")
    for name in ("review_note", "review_by", "review"):
        op.drop_column("service", name)
