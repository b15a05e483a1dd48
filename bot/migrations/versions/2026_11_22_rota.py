"""The rota, and the places of calls."""

import sqlalchemy as sa
from alembic import op

revision = "a94d7be3f016"
down_revision = "e7a41c90b6d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_exception",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_area_exception_days_in_order")),
        sa.CheckConstraint("(opens IS NULL) = (closes IS NULL)", name=op.f("ck_area_exception_both_hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_exception")),
    )
    op.create_index(op.f("ix_area_exception_area"), "area_exception", ["area"], unique=False)
    op.create_table(
        "advisor_hours",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_advisor_hours_weekday")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_advisor_hours_hours_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advisor_hours")),
    )
    op.create_index(op.f("ix_advisor_hours_staff_id"), "advisor_hours", ["staff_id"], unique=False)
    op.create_table(
        "advisor_absence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_advisor_absence_moments_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advisor_absence")),
    )
    op.create_index(op.f("ix_advisor_absence_staff_id"), "advisor_absence", ["staff_id"], unique=False)
    op.create_table(
        "rota_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_revision")),
    )
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place_start", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("place_number", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_callback_area_place_start_place_number"), ["area", "place_start", "place_number"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_callback_place_is_whole"), "(place_start IS NULL) = (place_number IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_callback_place_is_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_callback_area_place_start_place_number"), type_="unique")
        batch_op.drop_column("place_number")
        batch_op.drop_column("place_start")

    for table in ("rota_revision", "advisor_absence", "advisor_hours", "area_exception"):
        op.drop_table(table)
