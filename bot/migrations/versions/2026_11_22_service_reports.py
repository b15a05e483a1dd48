"""What families tell of entries that are wrong."""

import sqlalchemy as sa
from alembic import op

revision = "c8e3f50a7b16"
down_revision = "a3c81f06e9d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
            name=op.f("fk_service_report_service_id_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_report")),
    )
    op.create_index(op.f("ix_service_report_at"), "service_report", ["at"])
    op.create_index(op.f("ix_service_report_service_id"), "service_report", ["service_id"])


def downgrade() -> None:
    op.drop_table("service_report")
