"""Alarms to staff, which consoles are open, and letters to staff."""

import sqlalchemy as sa
from alembic import op

revision = "91f4d6a0c7e2"
down_revision = "e6b1c03a9d57"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alarm",
        sa.Column("id", number, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("callback_id", sa.String(length=32), nullable=True),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.String(length=64), nullable=True),
        sa.Column("acknowledged_name", sa.String(length=200), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callback.id"], name=op.f("fk_alarm_callback_id_callback"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_alarm_kind_subject")),
    )
    op.create_index(op.f("ix_alarm_ended_at_area"), "alarm", ["ended_at", "area"])
    op.create_table(
        "open_console",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_open_console")),
    )
    op.create_table(
        "staff_letter",
        sa.Column("id", number, nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_letter")),
        sa.UniqueConstraint("recipient", "occasion", name=op.f("uq_staff_letter_recipient_occasion")),
    )
    op.create_index(op.f("ix_staff_letter_state_due_at"), "staff_letter", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("staff_letter")
    op.drop_table("open_console")
    op.drop_table("alarm")
